//! How a command ends badly: whose fault it is, the exit code that says so, and the JSON form of it.

use clip::failure::{Failure as Fault, FailureClass};
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

impl From<Fault> for Failure {
    /// What a loop or one of its ports ended with.
    fn from(fault: Fault) -> Self {
        let class = match (&fault, fault.class()) {
            (Fault::Media(error), _) => error.class(),
            (_, FailureClass::Unsupported) => Class::Unsupported,
            (_, FailureClass::Malformed) => Class::Malformed,
            (Fault::ModelFailed { detail }, _) => return Self::Ours(detail.clone()),
            (Fault::Internal(detail), _) => return crate::broken(detail),
            _ => return Self::Ours(text::failure::message(&fault)),
        };
        Self::input(class, text::failure::message_and_advice(&fault))
    }
}

/// What went wrong in a model, as a port says it.
pub fn of_model(error: &models::Error) -> Fault {
    match error {
        models::Error::Cancelled => Fault::Cancelled,
        error => Fault::ModelFailed { detail: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_fault_stays_one_on_its_way_through_a_loop() {
        let error = media::Error::NoSoundTrack;
        let (straight, through) = (Failure::from(error.clone()), Failure::from(Fault::from(error)));
        assert_eq!(straight.to_json(), through.to_json());
        assert_eq!((straight.exit_code(), through.exit_code()), (1, 1));
    }

    #[test]
    fn a_model_that_fails_is_ours() {
        let error = || models::Error::Device("lost".to_owned());
        let (straight, through) = (Failure::from(error()), Failure::from(of_model(&error())));
        assert_eq!(straight.to_json(), through.to_json());
        assert_eq!(through.exit_code(), 3);
    }
}
