//! Words as the search for sounds sees them: by their letters, with times in the sound looked at.

/// A word, with its times in seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Its letters and digits, small.
    pub bare: String,
    pub start_s: f64,
    pub end_s: f64,
    /// Mean probability, 0 to 1.
    pub confidence: f32,
}

impl Said {
    pub fn new(text: &str, start_s: f64, end_s: f64, confidence: f32) -> Self {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        Self { bare: letters.flat_map(char::to_lowercase).collect(), start_s, end_s, confidence }
    }
}
