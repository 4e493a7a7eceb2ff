//! In which language captions and subtitles are, where a file has words in two.

/// What Whisper translates to.
pub const ENGLISH: &str = "en";

/// Whose words captions and subtitles show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CaptionLanguage {
    /// As it was spoken, or as the transcript has it.
    #[default]
    Original,
    English,
}
