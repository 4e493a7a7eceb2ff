//! What was written about clips, as it lies on disk, each text with the clip as it was cut then.

use super::clip::StoredRange;
use super::failure::StoredFailure;
use crate::texts::{Place, Text, Texts};
use clip::edit::ClipId;
use clip::failure::Failure;
use clip::timeline::SourceRange;
use clip::writing::{Author, Authors, Piece, Refused, Rejection, Written};
use media::time::Instant;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct StoredPlace {
    clip: u32,
    start: i64,
    end: i64,
    /// Only where something is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<StoredRange>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredPiece {
    Title,
    Hook,
    Summary,
    Post,
    Hashtags,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredAuthor {
    Model,
    Choice,
    Rules,
}

#[derive(Serialize, Deserialize)]
struct StoredAuthors {
    title: StoredAuthor,
    hook: StoredAuthor,
    summary: StoredAuthor,
    post: StoredAuthor,
    hashtags: StoredAuthor,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "complaint", content = "word", rename_all = "snake_case")]
enum StoredRejection {
    Empty,
    TooLong(usize),
    TooShort,
    Unfinished,
    Repeats,
    Chatter,
    UnknownNumber(String),
    UnknownName(String),
    UnknownWord(String),
    Denial(String),
    Supposed(String),
    Rearranged(String, String),
    NotQuoted,
    Torn,
    TooFewTags(usize),
}

#[derive(Serialize, Deserialize)]
struct StoredRefused {
    piece: StoredPiece,
    answer: String,
    #[serde(rename = "complaint")]
    rejection: StoredRejection,
}

#[derive(Serialize, Deserialize)]
struct StoredWritten {
    title: String,
    hook: String,
    summary: String,
    post: String,
    hashtags: Vec<String>,
    by: StoredAuthors,
    #[serde(default)]
    refused: Vec<StoredRefused>,
    #[serde(default)]
    trouble: Option<StoredFailure>,
}

#[derive(Serialize, Deserialize)]
struct StoredText {
    place: StoredPlace,
    written: StoredWritten,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredTexts(Vec<StoredText>);

impl From<&Place> for StoredPlace {
    fn from(place: &Place) -> Self {
        let Place { clip, start, end, ranges } = place;
        let ranges = ranges.iter().map(StoredRange::from).collect();
        Self { clip: clip.0, start: start.micros(), end: end.micros(), ranges }
    }
}

impl From<StoredPlace> for Place {
    fn from(place: StoredPlace) -> Self {
        Self {
            clip: ClipId(place.clip),
            start: Instant::from_micros(place.start),
            end: Instant::from_micros(place.end),
            ranges: place.ranges.into_iter().map(SourceRange::from).collect(),
        }
    }
}

impl From<Piece> for StoredPiece {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Title => Self::Title,
            Piece::Hook => Self::Hook,
            Piece::Summary => Self::Summary,
            Piece::Post => Self::Post,
            Piece::Hashtags => Self::Hashtags,
        }
    }
}

impl From<StoredPiece> for Piece {
    fn from(piece: StoredPiece) -> Self {
        match piece {
            StoredPiece::Title => Self::Title,
            StoredPiece::Hook => Self::Hook,
            StoredPiece::Summary => Self::Summary,
            StoredPiece::Post => Self::Post,
            StoredPiece::Hashtags => Self::Hashtags,
        }
    }
}

impl From<Author> for StoredAuthor {
    fn from(author: Author) -> Self {
        match author {
            Author::Model => Self::Model,
            Author::Choice => Self::Choice,
            Author::Rules => Self::Rules,
        }
    }
}

impl From<StoredAuthor> for Author {
    fn from(author: StoredAuthor) -> Self {
        match author {
            StoredAuthor::Model => Self::Model,
            StoredAuthor::Choice => Self::Choice,
            StoredAuthor::Rules => Self::Rules,
        }
    }
}

impl From<Rejection> for StoredRejection {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Empty => Self::Empty,
            Rejection::TooLong(most) => Self::TooLong(most),
            Rejection::TooShort => Self::TooShort,
            Rejection::Unfinished => Self::Unfinished,
            Rejection::Repeats => Self::Repeats,
            Rejection::Chatter => Self::Chatter,
            Rejection::UnknownNumber(number) => Self::UnknownNumber(number),
            Rejection::UnknownName(name) => Self::UnknownName(name),
            Rejection::UnknownWord(word) => Self::UnknownWord(word),
            Rejection::Denial(word) => Self::Denial(word),
            Rejection::Supposed(word) => Self::Supposed(word),
            Rejection::Rearranged(one, other) => Self::Rearranged(one, other),
            Rejection::NotQuoted => Self::NotQuoted,
            Rejection::Torn => Self::Torn,
            Rejection::TooFewTags(fewest) => Self::TooFewTags(fewest),
        }
    }
}

impl From<StoredRejection> for Rejection {
    fn from(rejection: StoredRejection) -> Self {
        match rejection {
            StoredRejection::Empty => Self::Empty,
            StoredRejection::TooLong(most) => Self::TooLong(most),
            StoredRejection::TooShort => Self::TooShort,
            StoredRejection::Unfinished => Self::Unfinished,
            StoredRejection::Repeats => Self::Repeats,
            StoredRejection::Chatter => Self::Chatter,
            StoredRejection::UnknownNumber(number) => Self::UnknownNumber(number),
            StoredRejection::UnknownName(name) => Self::UnknownName(name),
            StoredRejection::UnknownWord(word) => Self::UnknownWord(word),
            StoredRejection::Denial(word) => Self::Denial(word),
            StoredRejection::Supposed(word) => Self::Supposed(word),
            StoredRejection::Rearranged(one, other) => Self::Rearranged(one, other),
            StoredRejection::NotQuoted => Self::NotQuoted,
            StoredRejection::Torn => Self::Torn,
            StoredRejection::TooFewTags(fewest) => Self::TooFewTags(fewest),
        }
    }
}

impl From<&Written> for StoredWritten {
    fn from(written: &Written) -> Self {
        let Written { title, hook, summary, post, hashtags, by, refused, trouble } = written.clone();
        let refused = refused.into_iter().map(|Refused { piece, answer, rejection }| StoredRefused {
            piece: piece.into(),
            answer,
            rejection: rejection.into(),
        });
        let by = StoredAuthors {
            title: by.title.into(),
            hook: by.hook.into(),
            summary: by.summary.into(),
            post: by.post.into(),
            hashtags: by.hashtags.into(),
        };
        let trouble = trouble.as_ref().map(StoredFailure::from);
        Self { title, hook, summary, post, hashtags, by, refused: refused.collect(), trouble }
    }
}

impl From<StoredWritten> for Written {
    fn from(written: StoredWritten) -> Self {
        let StoredWritten { title, hook, summary, post, hashtags, by, refused, trouble } = written;
        let refused = refused.into_iter().map(|StoredRefused { piece, answer, rejection }| Refused {
            piece: piece.into(),
            answer,
            rejection: rejection.into(),
        });
        let by = Authors {
            title: by.title.into(),
            hook: by.hook.into(),
            summary: by.summary.into(),
            post: by.post.into(),
            hashtags: by.hashtags.into(),
        };
        let trouble = trouble.map(Failure::from);
        Self { title, hook, summary, post, hashtags, by, refused: refused.collect(), trouble }
    }
}

impl From<&Texts> for StoredTexts {
    fn from(texts: &Texts) -> Self {
        let text =
            |Text { place, written }: &Text| StoredText { place: place.into(), written: written.into() };
        Self(texts.iter().map(text).collect())
    }
}

impl From<StoredTexts> for Texts {
    fn from(texts: StoredTexts) -> Self {
        let text = |StoredText { place, written }| Text { place: place.into(), written: written.into() };
        texts.0.into_iter().map(text).collect()
    }
}
