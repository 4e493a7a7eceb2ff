//! Why something did not work, and what a person can do about it. Every loop and every port ends with one of these; who shows it
//! is the page's matter.

use serde::{Deserialize, Serialize};

/// Why something did not work and what a person can do about it. Never shown as success.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{message} {advice}")]
pub struct Failure {
    pub class: FailureClass,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do now, one sentence.
    pub advice: String,
}

impl Failure {
    pub fn new(class: FailureClass, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { class, message: message.into(), advice: advice.into() }
    }

    pub fn cancelled() -> Self {
        Self::new(FailureClass::Cancelled, "Stopped.", "What was done so far is kept.")
    }

    /// Our own fault: `what` says which promise was broken.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        let message = format!("Incut made a mistake: {what}.");
        Self::new(FailureClass::Internal, message, "Reload the page and try again; your transcript is kept.")
    }

    pub fn is_cancelled(&self) -> bool {
        self.class == FailureClass::Cancelled
    }
}

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
