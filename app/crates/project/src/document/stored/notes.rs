//! Notes as they are kept. An earlier page kept one text, which it still reads in its place, and knows nothing of notes as data: to it a
//! project with such notes has nothing to say, and nothing else is lost.

use clip::note::Note;
use serde::{Deserialize, Serialize};

/// Either the one or the other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StoredNotes {
    #[serde(default)]
    pub(super) note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) notes: Vec<Note>,
}

impl From<Vec<Note>> for StoredNotes {
    fn from(notes: Vec<Note>) -> Self {
        match <[Note; 1]>::try_from(notes) {
            Ok([Note::Written(words)]) => Self { note: Some(words), notes: Vec::new() },
            Ok(one) => Self { note: None, notes: one.into() },
            Err(notes) => Self { note: None, notes },
        }
    }
}

impl From<StoredNotes> for Vec<Note> {
    /// A page that writes a text carries along notes that it does not know: the text is younger.
    fn from(kept: StoredNotes) -> Self {
        kept.note.map_or(kept.notes, |words| vec![Note::Written(words)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_come_back_and_a_text_stands_where_it_always_stood() {
        let check = |notes: Vec<Note>, text: &str| {
            let kept = StoredNotes::from(notes.clone());
            assert_eq!(serde_json::to_string(&kept).expect("JSON"), text);
            let read: StoredNotes = serde_json::from_str(text).expect("notes");
            assert_eq!(Vec::<Note>::from(read), notes);
        };
        check(vec![], r#"{"note":null}"#);
        check(vec![Note::Written("Why.".into())], r#"{"note":"Why."}"#);
        check(vec![Note::Few(2)], r#"{"note":null,"notes":[{"few":2}]}"#);
        check(vec![Note::Foreign, Note::Cancelled], r#"{"note":null,"notes":["foreign","cancelled"]}"#);
        let both =
            serde_json::from_str::<StoredNotes>(r#"{"note":"Why.","notes":["foreign"]}"#).expect("notes");
        assert_eq!(Vec::<Note>::from(both), [Note::Written("Why.".into())]);
    }
}
