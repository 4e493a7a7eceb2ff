//! The versions of a document, and how each becomes the next. A version is raised whenever an older page could not read what a newer one
//! writes, or would drop a part of it: only whole fields of the document that a page does not know are carried along by it.

use super::stored::{Kept, StoredProject};
use clip::json;
use serde_json::Value;

/// Clips of several ranges; texts that are about them.
pub const NEWEST: u32 = 2;
/// What any page reads that knows no clips of several ranges: written wherever there are none. Such a page would play what is cut out,
/// and drop the cuts when it writes. Where there are none, the newest form is this one.
pub const OF_SINGLE_RANGES: u32 = 1;

/// The version of a document and what is in it, as the newest form has it; `None` where it cannot be read.
pub fn read(text: &str) -> Option<(u32, Kept)> {
    let tree: Value = serde_json::from_str(text).ok()?;
    let version = tree.get("version")?.as_u64()?.try_into().ok()?;
    let known = json::fields::<StoredProject>();
    let rest = tree.as_object()?.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    let rest = rest.map(|(name, value)| (name.clone(), value.clone())).collect();
    let stored = StoredProject { rest, ..json::of_tree(&tree).ok()? };
    let stored = match version {
        0 => return None,
        1 => from_1_to_2(stored),
        // Of a newer one what is known here.
        _ => stored,
    };
    Some((version, stored.try_into().ok()?))
}

/// Version 2 gave clips, and texts about them, several ranges, and changed nothing else; but the first pages that wrote version 1 did not
/// say what later ones do.
fn from_1_to_2(document: StoredProject) -> StoredProject {
    StoredProject { version: NEWEST, ..document.completed() }
}
