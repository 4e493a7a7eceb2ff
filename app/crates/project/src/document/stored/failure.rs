//! Why something did not work, as it lies on disk: its class and a sentence, which all pages read, and beside them the kind, which early
//! ones neither know nor keep. Of one without a kind, or of a kind that is unknown here, the sentence is shown as it stands.

use clip::failure::{Failure, FailureClass};
use clip::json;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// As it crosses from the engine to the page. No type of its own: what a later page calls otherwise costs the reader some words.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "known")]
    kind: Option<Failure>,
}

/// The kind, unless it is of a later page.
fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Failure>, D::Error> {
    let kind = Value::deserialize(deserializer)?;
    Ok(json::of_tree(&kind).ok())
}

/// What an early page shows of a kind that it does not know, in English as all that it shows. A form of the file, which never changes.
const fn told(class: StoredClass) -> (&'static str, &'static str) {
    match class {
        StoredClass::Unsupported => ("This browser or this file cannot do this.", "Try another browser."),
        StoredClass::Malformed => ("The file is damaged.", "Copy or export the file again."),
        StoredClass::Truncated => ("The file could not be read.", "Choose the file again."),
        StoredClass::Empty => ("There is nothing in the file.", "Choose another file."),
        StoredClass::NoAudio => ("The file has no sound.", "Choose another file."),
        StoredClass::NoSpeech => ("No words were found.", "Choose another file."),
        StoredClass::Model => ("A model failed.", "Try again."),
        StoredClass::Browser => ("This browser cannot do this.", "Try another browser."),
        StoredClass::DeviceLost => ("The graphics processor stopped working.", "Try again."),
        StoredClass::TakenBack => ("The browser took its codecs back.", "Try again."),
        StoredClass::OutOfRoom => ("The browser has no room left.", "Free some disk space, then try again."),
        StoredClass::OutOfMemory => ("There was not enough memory.", "Close other tabs, then try again."),
        StoredClass::Crash => ("A worker stopped in the middle of its work.", "Try again."),
        StoredClass::Cancelled => ("Stopped.", "What was done so far is kept."),
        StoredClass::Internal => ("Something went wrong.", "Reload the page and try again."),
    }
}

impl From<&Failure> for StoredFailure {
    fn from(failure: &Failure) -> Self {
        let class = match failure.class() {
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
        if let Failure::Told { message, advice, class: _ } = failure {
            return Self { class, message: message.clone(), advice: advice.clone(), kind: None };
        }
        let (message, advice) = told(class);
        Self { class, message: message.to_owned(), advice: advice.to_owned(), kind: Some(failure.clone()) }
    }
}

impl From<StoredFailure> for Failure {
    fn from(failure: StoredFailure) -> Self {
        let StoredFailure { class, message, advice, kind } = failure;
        if let Some(known) = kind {
            return known;
        }
        let class = match class {
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
        Self::Told { class, message, advice }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clip::failure::Doing;
    use serde_json::json;

    #[test]
    fn every_class_has_the_name_that_it_had_and_early_sentences_stay() {
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
            let json = json!({ "class": name, "message": "Why.", "advice": "What." });
            let stored: StoredFailure = serde_json::from_value(json.clone()).expect("a failure");
            let again = StoredFailure::from(&Failure::from(stored));
            assert_eq!(serde_json::to_value(again).expect("JSON"), json);
        }
    }

    #[test]
    fn a_kind_comes_back_and_an_early_page_finds_its_sentences() {
        let failure = Failure::NoRoom(Doing::StoreModel);
        let json = serde_json::to_value(StoredFailure::from(&failure)).expect("JSON");
        let sentences = [&json["class"], &json["message"], &json["advice"]];
        let early = ["out_of_room", "The browser has no room left.", "Free some disk space, then try again."];
        assert_eq!(sentences, early);
        let stored: StoredFailure = serde_json::from_value(json).expect("a failure");
        assert_eq!(Failure::from(stored), failure);
    }

    #[test]
    fn a_kind_that_is_unknown_here_is_told_by_its_sentences() {
        let json = json!({ "class": "crash", "message": "Why.", "advice": "What.", "kind": { "tired": 7 } });
        let stored: StoredFailure = serde_json::from_value(json).expect("a failure");
        let told =
            Failure::Told { class: FailureClass::Crash, message: "Why.".into(), advice: "What.".into() };
        assert_eq!(Failure::from(stored), told);
    }
}
