//! How many clips are suggested and how long they are, and how the speech for them is written down.

use media::time::Span;
use serde::{Deserialize, Serialize};

use crate::transcript::SpeechOptions;

/// What is asked of an analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnalyzeOptions {
    pub speech: SpeechOptions,
    /// Whether the model knows one language only, so that unsure words are probably of another.
    #[serde(default)]
    pub knows_one_language: bool,
    /// How many clips to suggest at most; 4 to 9 unless the person asked otherwise.
    pub clips: u32,
    pub shortest: Span,
    pub longest: Span,
}

impl Default for AnalyzeOptions {
    fn default() -> Self {
        Self {
            speech: SpeechOptions::default(),
            knows_one_language: false,
            clips: 9,
            shortest: Span::from_millis(15_000),
            longest: Span::from_millis(60_000),
        }
    }
}
