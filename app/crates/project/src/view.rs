//! What is drawn of a project, found out from it as often as it is drawn: plain data, without pixels.

pub mod speaker_turns;
pub mod timeline;
pub mod transcript_search;
pub mod waveform;
