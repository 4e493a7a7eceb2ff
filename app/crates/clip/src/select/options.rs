//! How many clips are suggested and how long they are.

use media::time::Span;

/// What is asked of a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct AnalyzeOptions {
    /// Whether the model knows one language only, so that unsure words are probably of another.
    pub knows_one_language: bool,
    /// How many clips to suggest at most; 4 to 9 unless the person asked otherwise.
    pub clips: u32,
    pub shortest: Span,
    pub longest: Span,
}

impl Default for AnalyzeOptions {
    fn default() -> Self {
        Self {
            knows_one_language: false,
            clips: 9,
            shortest: Span::from_millis(15_000),
            longest: Span::from_millis(60_000),
        }
    }
}
