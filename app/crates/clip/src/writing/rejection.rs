//! Why an answer of the language model is not shown, and how the model is told of it before its second try.

use serde::{Deserialize, Serialize};

/// What is wrong with an answer; the first thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "complaint", content = "word", rename_all = "snake_case")]
pub enum Rejection {
    Empty,
    /// More characters than there is room for.
    TooLong(usize),
    TooShort,
    /// Stops in the middle of a sentence.
    Unfinished,
    Repeats,
    /// Speaks to whoever asked instead of about the passage.
    Chatter,
    UnknownNumber(String),
    UnknownName(String),
    UnknownWord(String),
    /// Denied by one of answer and passage only.
    Denial(String),
    /// Claimed, where the passage asks or supposes.
    Supposed(String),
    /// Two words that the passage does not put together so.
    Rearranged(String, String),
    /// Not said in these words.
    NotQuoted,
    /// Quoted from the middle of a sentence.
    Torn,
    /// Fewer hashtags than asked for that the passage has words for.
    TooFewTags(usize),
}

impl Rejection {
    /// Whether the answer said what the speaker did not; else it was only not fit for its place.
    pub fn is_untrue(&self) -> bool {
        !matches!(
            self,
            Self::Empty
                | Self::TooLong(_)
                | Self::TooShort
                | Self::Unfinished
                | Self::Repeats
                | Self::Chatter
                | Self::Torn
                | Self::TooFewTags(_)
        )
    }

    /// One plain sentence for the model, which is spoken to in English; the page only counts what was refused.
    pub fn reason(&self) -> String {
        match self {
            Self::Empty => "It was empty.".into(),
            Self::TooLong(most) => format!("It was longer than {most} characters."),
            Self::TooShort => "It said too little.".into(),
            Self::Unfinished => "It stopped in the middle of a sentence.".into(),
            Self::Repeats => "It said the same thing twice.".into(),
            Self::Chatter => "It was not about the passage; it spoke to the reader.".into(),
            Self::UnknownNumber(number) => format!("The number {number} is not in the passage."),
            Self::UnknownName(name) => format!("The name \"{name}\" is not in the passage."),
            Self::UnknownWord(word) => format!("The word \"{word}\" is not in the passage."),
            Self::Denial(word) => format!("It turned what is said about \"{word}\" into its opposite."),
            Self::Supposed(word) => {
                format!("It claimed what the passage only asks or supposes about \"{word}\".")
            }
            Self::Rearranged(first, second) => {
                format!("The passage does not say \"{first}\" and \"{second}\" together like this.")
            }
            Self::NotQuoted => "It was not copied word for word from the passage.".into(),
            Self::Torn => "It was not a whole sentence of the passage.".into(),
            Self::TooFewTags(least) => {
                format!("It had fewer than {least} hashtags with words of the passage.")
            }
        }
    }
}
