//! What is written about a clip, piece by piece, and by whom.

use serde::{Deserialize, Serialize};

use super::rejection::Rejection;
use crate::failure::Failure;

pub(super) const FEWEST_TAGS: usize = 3;
pub(super) const MOST_TAGS: usize = 5;

/// What is written about every clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    Title,
    /// One sentence of the passage, word for word.
    Hook,
    /// One or two sentences.
    Summary,
    /// To go with the clip on a social network.
    Post,
    Hashtags,
}

impl Piece {
    /// In the order in which they are asked for.
    pub const ALL: [Self; 5] = [Self::Title, Self::Hook, Self::Summary, Self::Post, Self::Hashtags];

    /// Characters that there is room for.
    pub fn most_chars(self) -> usize {
        match self {
            Self::Title => 60,
            Self::Hook => 120,
            Self::Summary => 300,
            Self::Post => 280,
            Self::Hashtags => 150,
        }
    }

    /// Tokens after which an answer can only be wrong.
    pub fn most_tokens(self) -> usize {
        match self {
            Self::Title => 24,
            Self::Hook => 40,
            Self::Summary | Self::Post => 90,
            Self::Hashtags => 80,
        }
    }
}

/// Who wrote a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// In the model's words, which are the speaker's.
    Model,
    /// Chosen by the model among the speaker's own clauses.
    Choice,
    #[default]
    Rules,
}

/// Who wrote what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Authors {
    pub title: Author,
    pub hook: Author,
    pub summary: Author,
    pub post: Author,
    pub hashtags: Author,
}

/// All that was written about a clip.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Written {
    pub title: String,
    pub hook: String,
    pub summary: String,
    pub post: String,
    /// Each with its `#`.
    pub hashtags: Vec<String>,
    pub by: Authors,
    /// Answers of the model that were not shown.
    #[serde(default)]
    pub refused: Vec<Refused>,
    /// Why the model was not asked to the end.
    #[serde(default)]
    pub trouble: Option<Failure>,
}

/// An answer that failed its check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub piece: Piece,
    pub answer: String,
    pub rejection: Rejection,
}

impl Written {
    /// Takes one piece in.
    pub(super) fn accept(&mut self, piece: Piece, text: String, author: Author) {
        let (place, by) = match piece {
            Piece::Title => (&mut self.title, &mut self.by.title),
            Piece::Hook => (&mut self.hook, &mut self.by.hook),
            Piece::Summary => (&mut self.summary, &mut self.by.summary),
            Piece::Post => (&mut self.post, &mut self.by.post),
            Piece::Hashtags => {
                self.hashtags = text.split_whitespace().map(str::to_owned).collect();
                self.by.hashtags = author;
                return;
            }
        };
        (*place, *by) = (text, author);
    }
}
