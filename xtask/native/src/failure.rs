//! How a command ends badly: whose fault it is, the exit code that says so, and the JSON form of it.

use media::Class;
use serde_json::json;

/// Why a command did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The file given is at fault.
    #[error("{message}")]
    Input { class: Class, message: String },
    /// The command was asked for something that there is not.
    #[error("{0}")]
    Usage(String),
    /// This program, its models or this machine is at fault.
    #[error("{0}")]
    Ours(String),
}

impl Failure {
    pub fn input(class: Class, message: impl Into<String>) -> Self {
        Self::Input { class, message: message.into() }
    }

    /// 1 the input's fault, 2 usage, 3 ours.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Input { .. } => 1,
            Self::Usage(_) => 2,
            Self::Ours(_) => 3,
        }
    }

    /// `{"error": {"class", "message"}}`, as `probe` has it; beyond the input's classes there are `usage` and `internal`.
    pub fn to_json(&self) -> serde_json::Value {
        let class = match self {
            Self::Input { class, .. } => class.name(),
            Self::Usage(_) => "usage",
            Self::Ours(_) => "internal",
        };
        json!({"error": {"class": class, "message": self.to_string()}})
    }
}

impl From<models::Error> for Failure {
    fn from(error: models::Error) -> Self {
        Self::Ours(error.to_string())
    }
}

impl From<media::Error> for Failure {
    fn from(error: media::Error) -> Self {
        Self::input(error.class(), text::media::message_and_advice(&error))
    }
}
