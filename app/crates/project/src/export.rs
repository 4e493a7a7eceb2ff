//! What a person saves of a project besides its clips: the transcript, the report, chapters and notes, as texts.

pub mod outline;
pub mod report;
pub mod timecode;
pub mod transcript_json;
