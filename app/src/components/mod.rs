//! What the page looks like. Components read the session and call it; what they compute is in `state`.

mod alert;
mod chapters;
mod clip_card;
mod clips;
mod downloads;
mod editor;
mod editor_controls;
mod finding;
mod header;
mod hearing;
mod icon;
mod lanes;
mod lines;
mod nearby;
mod player;
mod progress;
mod settings;
mod speakers;
mod speech_model;
mod start;
mod steering;
mod transcript;
mod understanding;
mod waveform;
mod whole_page;
mod why;

pub use whole_page::App;
