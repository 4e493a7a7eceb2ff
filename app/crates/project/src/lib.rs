//! What a person made of a recording: clips with every step that led to them, wishes and verdicts, texts, and the document that is kept of
//! it all. Refuses to know the page, the engine's jobs and where documents lie.

pub mod caption_language;
mod carry_over;
pub mod cut;
pub mod document;
pub mod export;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixtures;
pub mod framing;
pub mod history;
pub mod identity;
pub mod merge;
mod passage;
pub mod pauses;
pub mod preferences;
pub mod project;
pub mod ranking;
pub mod snapshot;
pub mod sound;
pub mod spelling;
pub mod split;
pub mod steps;
pub mod texts;
pub mod trim;
pub mod verdicts;
pub mod view;
