//! What speaks for a clip, as data: `select` finds it, and whoever shows it says it in the words of a language. Each is true of its clip.

use media::time::Span;
use serde::{Deserialize, Serialize};

mod stored;

/// One thing that speaks for a clip. What is measured is as exact as it is told, so that two clips that are said to have the same have
/// the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Reason {
    /// The person chose these words themselves.
    Chosen,
    OpensWith(Opening),
    /// So many sentences, none of them cut.
    WholeSentences(usize),
    /// Begins after silence, in tenths of a second.
    AfterPause(Span),
    /// Begins where something else begins, by its words and their meaning.
    NewTopic,
    /// Words in ten seconds.
    Brisk(u32),
    /// Speaks about what the person looks for.
    AsWanted,
    /// People laugh or applaud, or seem to.
    Reaction {
        is_sure: bool,
    },
    Story,
    /// Louder than the rest.
    Energy,
    /// Somebody asks, and somebody answers.
    Dialogue,
    Feeling,
    OneTopic,
    /// Little filling between words that say something.
    Dense,
    Names(usize),
    Numbers(usize),
    /// Of both so many together.
    NamesAndNumbers(usize),
    /// Ends on a whole sentence, before a pause.
    CleanEnd,
    /// Where nothing else can be said: so many seconds in one piece.
    InOnePiece(Span),
    /// In the words of an earlier page, where it had others.
    Written(String),
}

/// What makes one stay, in the first line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    Question,
    Story,
    /// A contrast or a surprise.
    Surprise,
    Claim,
    /// Speaks to the listener.
    You,
    Number,
    Name,
}
