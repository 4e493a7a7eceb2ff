//! Why a text could not be read.

use serde::de::{self, Expected, Unexpected};
use std::fmt;

/// Where in a text something has another form than it should have, or what is wrong with the whole. What was
/// expected there is known to whoever looks the place up, and not carried along in words for every type.
#[derive(Debug, Default)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("unlike what was expected: ")?;
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl Error {
    /// Of a text that is no JSON.
    pub(super) fn of_text(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }

    #[cold]
    pub(super) fn within(self, name: &str) -> Self {
        Self(if self.0.is_empty() { name.to_owned() } else { [name, &self.0].join(".") })
    }
}

impl de::Error for Error {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::default()
    }

    fn invalid_type(_: Unexpected, _: &dyn Expected) -> Self {
        Self::default()
    }

    fn invalid_value(_: Unexpected, _: &dyn Expected) -> Self {
        Self::default()
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::default()
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::default()
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::default()
    }

    fn missing_field(_: &'static str) -> Self {
        Self::default()
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self::default()
    }
}
