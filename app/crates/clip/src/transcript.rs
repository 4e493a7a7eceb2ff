//! What was said and when: words, segments and the windows they were decoded in.
//! Knows nothing of the model that heard it.

use media::time::Instant;
use serde::{Deserialize, Serialize};

/// One spoken word. `text` keeps the leading space that the tokenizer gave it, so that joining words gives the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    pub text: String,
    pub start: Instant,
    pub end: Instant,
    /// Mean probability of the word's tokens, 0 to 1.
    pub confidence: f32,
}

/// A run of words between two timestamp tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    pub start: Instant,
    pub end: Instant,
    pub text: String,
    pub tokens: Vec<u32>,
    pub avg_logprob: f32,
    pub no_speech_prob: f32,
    pub words: Vec<Word>,
}

/// A stretch of audio that was (or will be) decoded on its own, in 16 kHz samples from the start of the audio track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WindowSpan {
    pub start_sample: u64,
    pub end_sample: u64,
}

/// Everything heard so far. `windows` says which stretches are finished, so that work can be resumed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// ISO 639-1 code, empty until known.
    pub language: String,
    /// Ordered by start.
    pub segments: Vec<Segment>,
    /// Finished windows, ordered by start.
    pub windows: Vec<WindowSpan>,
}
