//! Why something did not work, as it lies on disk.

use clip::failure::{Failure, FailureClass};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredClass {
    Unsupported,
    Malformed,
    Truncated,
    Empty,
    NoAudio,
    NoSpeech,
    Model,
    Browser,
    DeviceLost,
    TakenBack,
    OutOfRoom,
    OutOfMemory,
    Crash,
    Cancelled,
    Internal,
}

#[derive(Serialize, Deserialize)]
pub struct StoredFailure {
    class: StoredClass,
    message: String,
    advice: String,
}

impl From<&Failure> for StoredFailure {
    fn from(failure: &Failure) -> Self {
        let Failure { class, message, advice } = failure;
        let class = match class {
            FailureClass::Unsupported => StoredClass::Unsupported,
            FailureClass::Malformed => StoredClass::Malformed,
            FailureClass::Truncated => StoredClass::Truncated,
            FailureClass::Empty => StoredClass::Empty,
            FailureClass::NoAudio => StoredClass::NoAudio,
            FailureClass::NoSpeech => StoredClass::NoSpeech,
            FailureClass::Model => StoredClass::Model,
            FailureClass::Browser => StoredClass::Browser,
            FailureClass::DeviceLost => StoredClass::DeviceLost,
            FailureClass::TakenBack => StoredClass::TakenBack,
            FailureClass::OutOfRoom => StoredClass::OutOfRoom,
            FailureClass::OutOfMemory => StoredClass::OutOfMemory,
            FailureClass::Crash => StoredClass::Crash,
            FailureClass::Cancelled => StoredClass::Cancelled,
            FailureClass::Internal => StoredClass::Internal,
        };
        Self { class, message: message.clone(), advice: advice.clone() }
    }
}

impl From<StoredFailure> for Failure {
    fn from(failure: StoredFailure) -> Self {
        let class = match failure.class {
            StoredClass::Unsupported => FailureClass::Unsupported,
            StoredClass::Malformed => FailureClass::Malformed,
            StoredClass::Truncated => FailureClass::Truncated,
            StoredClass::Empty => FailureClass::Empty,
            StoredClass::NoAudio => FailureClass::NoAudio,
            StoredClass::NoSpeech => FailureClass::NoSpeech,
            StoredClass::Model => FailureClass::Model,
            StoredClass::Browser => FailureClass::Browser,
            StoredClass::DeviceLost => FailureClass::DeviceLost,
            StoredClass::TakenBack => FailureClass::TakenBack,
            StoredClass::OutOfRoom => FailureClass::OutOfRoom,
            StoredClass::OutOfMemory => FailureClass::OutOfMemory,
            StoredClass::Crash => FailureClass::Crash,
            StoredClass::Cancelled => FailureClass::Cancelled,
            StoredClass::Internal => FailureClass::Internal,
        };
        Self { class, message: failure.message, advice: failure.advice }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_the_name_that_it_had() {
        let names = [
            "unsupported",
            "malformed",
            "truncated",
            "empty",
            "no_audio",
            "no_speech",
            "model",
            "browser",
            "device_lost",
            "taken_back",
            "out_of_room",
            "out_of_memory",
            "crash",
            "cancelled",
            "internal",
        ];
        for name in names {
            let json = serde_json::json!({ "class": name, "message": "Why.", "advice": "What." });
            let stored: StoredFailure = serde_json::from_value(json.clone()).expect("a failure");
            let again = StoredFailure::from(&Failure::from(stored));
            assert_eq!(serde_json::to_value(again).expect("JSON"), json);
        }
    }
}
