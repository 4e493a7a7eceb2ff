//! Numbers by name, as signals and sliders are stored. A name that nobody knows is passed over, whatever stands behind it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// Those that are numbers, in the order in which they were written.
pub(super) struct Values(Vec<(String, f32)>);

impl Values {
    pub fn get(&self, name: &str) -> Option<f32> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Names)
    }
}

struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = Values;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("numbers by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
        let mut values = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            match map.next_value::<Value>()? {
                Value::Number(value) => values.push((name, value)),
                Value::Other(_) => {}
            }
        }
        Ok(Values(values))
    }
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Value {
    Number(f32),
    Other(serde::de::IgnoredAny),
}
