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

/// Who speaks where in a stretch of sound, in two ways: how voices sound, piece by piece, and who is told apart within a few seconds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HeardVoices {
    /// They do not overlap.
    pub pieces: Vec<Utterance>,
    pub local: Vec<LocalSpeaker>,
}

impl HeardVoices {
    /// The same `by` later.
    #[must_use]
    pub fn later(mut self, by: Span) -> HeardVoices {
        for piece in &mut self.pieces {
            (piece.start, piece.end) = (piece.start + by, piece.end + by);
        }
        for (start, end) in self.local.iter_mut().flat_map(|local| &mut local.spans) {
            (*start, *end) = (*start + by, *end + by);
        }
        self
    }
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
