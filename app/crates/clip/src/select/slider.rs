//! The sliders with which a person says what matters, and how they stand. Which signals a slider weighs is written in the table of
//! `signal`.

use std::ops::Index;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One of the sliders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slider {
    Hook,
    Substance,
    Energy,
    Reaction,
    Dialogue,
    Feeling,
}

impl Slider {
    pub const ALL: [Self; 6] =
        [Self::Hook, Self::Substance, Self::Energy, Self::Reaction, Self::Dialogue, Self::Feeling];
    pub const MOST: f32 = 2.0;

    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hook => "hook",
            Self::Substance => "substance",
            Self::Energy => "energy",
            Self::Reaction => "reaction",
            Self::Dialogue => "dialogue",
            Self::Feeling => "feeling",
        }
    }
}

/// How much each kind of evidence counts for the person, by slider: 0 not at all, 1 as usual, 2 most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights([f32; Slider::ALL.len()]);

impl Weights {
    /// Moves one slider, as far as it goes; what is no number is as usual.
    pub fn set(&mut self, slider: Slider, value: f32) {
        self.0[slider as usize] = if value.is_finite() { value.clamp(0.0, Slider::MOST) } else { 1.0 };
    }

    /// What a weight of the table is multiplied by: a slider is felt at both of its ends.
    pub(super) fn factor(&self, slider: Option<Slider>) -> f32 {
        slider.map_or(1.0, |slider| self[slider].clamp(0.0, Slider::MOST).powi(2))
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self([1.0; Slider::ALL.len()])
    }
}

impl Index<Slider> for Weights {
    type Output = f32;

    fn index(&self, slider: Slider) -> &f32 {
        &self.0[slider as usize]
    }
}

/// By name; a slider that is not named stands as usual.
impl Serialize for Weights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Slider::ALL.map(|slider| (slider.name(), self[slider])))
    }
}

impl<'de> Deserialize<'de> for Weights {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let named = super::named::Values::deserialize(deserializer)?;
        let mut weights = Self::default();
        for slider in Slider::ALL {
            if let Some(value) = named.get(slider.name()) {
                weights.0[slider as usize] = value;
            }
        }
        Ok(weights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slider_moves_its_own_weight_and_no_other() {
        for slider in Slider::ALL {
            let mut weights = Weights::default();
            weights.set(slider, 0.3);
            for other in Slider::ALL {
                let expected = if other == slider { 0.3 } else { 1.0 };
                assert_eq!(weights[other], expected, "{slider:?} {other:?}");
            }
            weights.set(slider, 9.0);
            assert_eq!(weights[slider], 2.0);
            weights.set(slider, f32::NAN);
            assert_eq!(weights, Weights::default());
        }
    }

    #[test]
    fn weights_are_stored_by_name() {
        let mut weights = Weights::default();
        weights.set(Slider::Hook, 0.5);
        let text = r#"{"hook":0.5,"substance":1.0,"energy":1.0,"reaction":1.0,"dialogue":1.0,"feeling":1.0}"#;
        assert_eq!(serde_json::to_string(&weights).expect("JSON"), text);
        let read = |text: &str| serde_json::from_str::<Weights>(text).expect("weights");
        assert_eq!((read(text), read(r#"{"hook":0.5,"of_another_page":2.0}"#)), (weights, weights));
        assert_eq!(read("{}"), Weights::default());
    }
}
