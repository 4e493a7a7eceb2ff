//! A piece of speech with its voice, and somebody within a few seconds, as models find them.

use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

/// A stretch of speech of well under a second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    pub start: Instant,
    pub end: Instant,
    /// Of length 1, as long as every other piece's.
    pub embedding: Vec<f32>,
    /// Two speak at once: whose voice the vector is of cannot be told.
    pub is_overlapped: bool,
}

/// Somebody whom a network tells apart from who else speaks within the same seconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LocalSpeaker {
    /// Of length 1, as long as every piece's.
    pub embedding: Vec<f32>,
    /// How long nobody else speaks meanwhile.
    pub alone: Span,
    /// From when to when, in order.
    pub spans: Vec<(Instant, Instant)>,
}
