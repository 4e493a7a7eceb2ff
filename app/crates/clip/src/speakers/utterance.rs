//! A piece of speech with its voice, as models find it.

use media::time::Instant;
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
