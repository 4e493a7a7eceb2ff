//! What a tab holds of the project that it has open, and the lock by which no other tab writes it.

use crate::locks::Lock;
use crate::store::Record;
use js_sys::Object;
use project::identity::FileLabel;
use std::rc::Rc;

/// A tab that has just let go of a project has done so by then.
pub const SOON_FREE_MS: u32 = 700;

/// What this tab holds of the project that it has open.
#[derive(Default)]
pub struct Holding {
    /// Another one for each opened file, so that what comes late is recognized.
    pub number: u32,
    /// While it is held no other tab writes.
    pub lock: Option<Rc<Lock>>,
    pub order: u64,
    /// Fields of the record that this page does not know.
    pub unknown: Option<Object>,
    /// Length of the document that was saved last.
    pub saved_bytes: u32,
    /// When a change that waits is saved at the latest.
    pub save_by_ms: f64,
}

/// A project that was closed before its last changes could be kept.
pub struct LeftBehind {
    pub record: Record,
    pub known: Option<u64>,
    /// Held until it is written or given up.
    pub _lock: Option<Rc<Lock>>,
}

pub fn lock_of(label: &FileLabel) -> String {
    lock_name(&label.short())
}

/// `short`: as [`FileLabel::short`] gives it.
pub fn lock_name(short: &str) -> String {
    format!("incut project {short}")
}
