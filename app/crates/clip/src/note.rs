//! What there is to say beside a result: why there are no more clips, and why something else was listened to than one would expect. Data;
//! whoever shows it says it in the words of a language.

use media::time::Span;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::json;
use crate::timeline::SourceRange;

/// One thing to be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Note {
    /// Parts that were left out, because the speech model failed there twice.
    Skipped(Vec<SourceRange>),
    /// Nobody speaks, or hardly anybody.
    NoSpeech { has_words: bool },
    /// The same, where several places were tried.
    Silent {
        has_words: bool,
        tried: Vec<SoundPlace>,
        /// Channels were listened to one by one as well.
        by_channel: bool,
        undecodable: Vec<SoundPlace>,
    },
    /// What was spoken is not the one language that the speech model knows.
    Foreign,
    /// Too little is said to choose from: the one clip is all of it.
    AllOfIt { spoken: Span },
    /// No whole passage has the asked length: what comes nearest.
    Nearest,
    /// So many clips at the asked length, and no more.
    Few(usize),
    /// Nothing speaks clearly about what was looked for: what comes nearest.
    NothingAbout(String),
    /// Hardly anybody speaks in the usual place, so another one was listened to.
    ListenedElsewhere { usual: SoundPlace, instead: SoundPlace },
    /// Channels cancel each other out when they are mixed, so the louder one was listened to.
    Cancelled,
    /// In the words of a page that kept words.
    #[serde(skip)]
    Written(String),
}

/// Words stand as they are, where the others have their kind.
impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Written(words) => serializer.serialize_str(words),
            note => Self::serialize(note, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Note {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kept = Value::deserialize(deserializer)?;
        match (Self::deserialize(json::tree(&kept)), kept) {
            (Ok(note), _) => Ok(note),
            (Err(_), Value::String(words)) => Ok(Self::Written(words)),
            (Err(error), _) => Err(D::Error::custom(error)),
        }
    }
}

/// What of a file's sound is spoken of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoundPlace {
    AllTracks,
    Track {
        /// Counted from 1; `None`: there is no other.
        number: Option<usize>,
        /// The codec by the name that people know.
        codec: String,
        channels: u32,
        /// Counted from 0; `None`: all channels together.
        channel: Option<u32>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_earlier_page_are_read_as_they_are() {
        let track = SoundPlace::Track { number: Some(2), codec: "AAC".into(), channels: 2, channel: None };
        let notes = vec![
            Note::Foreign,
            Note::Few(2),
            Note::Silent { has_words: false, tried: vec![track], by_channel: true, undecodable: vec![] },
            Note::Written("Not transcribed: 0:10 to 0:12.".into()),
        ];
        let text = serde_json::to_string(&notes).expect("JSON");
        assert!(
            text.starts_with(r#"["foreign",{"few":2},{"silent":"#)
                && text.ends_with(r#""Not transcribed: 0:10 to 0:12."]"#)
        );
        assert_eq!(serde_json::from_str::<Vec<Note>>(&text).expect("notes"), notes);
    }
}
