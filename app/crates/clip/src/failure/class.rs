//! What kinds of failures there are for whoever has to do something about one: try again, take another device, choose another file.

use media::{Class, Error};
use serde::{Deserialize, Serialize};

/// What is to be done about a failure goes by this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureClass {
    /// A well-formed file of a kind that cannot be read here.
    Unsupported,
    Malformed,
    Truncated,
    Empty,
    /// The file has no sound.
    NoAudio,
    /// Sound, but nobody speaks.
    NoSpeech,
    /// A model is absent and cannot be fetched, or its bytes are wrong.
    Model,
    /// The browser lacks something that is needed.
    Browser,
    DeviceLost,
    /// The browser took a codec back that it had given.
    TakenBack,
    OutOfRoom,
    OutOfMemory,
    /// A worker died while it was at something.
    Crash,
    Cancelled,
    /// Our own fault.
    Internal,
}

impl FailureClass {
    /// The name that programs know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unsupported => "unsupported",
            Self::Malformed => "malformed",
            Self::Truncated => "truncated",
            Self::Empty => "empty",
            Self::NoAudio => "no_audio",
            Self::NoSpeech => "no_speech",
            Self::Model => "model",
            Self::Browser => "browser",
            Self::DeviceLost => "device_lost",
            Self::TakenBack => "taken_back",
            Self::OutOfRoom => "out_of_room",
            Self::OutOfMemory => "out_of_memory",
            Self::Crash => "crash",
            Self::Cancelled => "cancelled",
            Self::Internal => "internal",
        }
    }

    pub(super) const fn of_media(error: &Error) -> Self {
        match error.class() {
            Class::Unsupported => Self::Unsupported,
            Class::Malformed => Self::Malformed,
            Class::Truncated => Self::Truncated,
            Class::Empty => Self::Empty,
        }
    }
}
