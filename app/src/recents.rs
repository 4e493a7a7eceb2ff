//! Kept projects as the first page lists them, those that were forgotten a moment ago, and the word that tells of it. Plain data; what is
//! done with them is `projects`'s.

use crate::state::receipt::Load;
use crate::state::shelf::Place;
use crate::store::Stored;
use project::document::{self, Finished, Reading, Summary};
use project::identity::FileLabel;
use wasm_bindgen::JsValue;

/// A kept project as the first page lists it.
#[derive(Debug, Clone)]
pub struct Recent {
    pub key: JsValue,
    pub label: FileLabel,
    pub standing: Standing,
    pub place: Place,
    pub handle: Option<JsValue>,
    /// What is kept of it, without the exported clips.
    pub kept_bytes: u64,
}

/// What goes with these projects.
pub fn load<'a>(projects: impl IntoIterator<Item = &'a Recent>) -> Load {
    projects.into_iter().fold(Load::default(), |load, recent| {
        let exports = recent.exports();
        let bytes: u64 = exports.iter().map(|export| export.bytes).sum();
        load.add(exports.len(), recent.kept_bytes + bytes)
    })
}

#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    Whole(Summary),
    /// A newer Incut made it.
    Newer,
    Unreadable,
}

impl Recent {
    /// The exported clips that go with it.
    pub fn exports(&self) -> &[Finished] {
        match &self.standing {
            Standing::Whole(summary) => &summary.finished,
            _ => &[],
        }
    }

    pub fn of(stored: Stored) -> Self {
        let named = FileLabel { name: stored.name(), bytes: stored.bytes(), ..FileLabel::default() };
        let Stored { key, record, .. } = stored;
        let Some(record) = record else {
            return Self {
                key,
                label: named,
                standing: Standing::Unreadable,
                place: Place::default(),
                handle: None,
                kept_bytes: 0,
            };
        };
        let standing = match document::summary(&record.document) {
            (Reading::Whole, Some(summary)) => Standing::Whole(summary),
            (Reading::Newer, _) => Standing::Newer,
            _ => Standing::Unreadable,
        };
        let place = Place { order: record.order, kept_ms: record.kept_ms };
        let kept_bytes = (record.document.len() + record.waveform.peaks.len()) as u64;
        Self { key, label: record.label, standing, place, handle: record.handle, kept_bytes }
    }
}

/// What was forgotten a moment ago and can still come back.
pub struct Forgotten {
    pub recent: Recent,
    pub raw: JsValue,
}

/// A word that goes away by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Another one for each.
    pub number: u32,
    pub words: String,
    /// Whether what it tells can be taken back.
    pub can_undo: bool,
}
