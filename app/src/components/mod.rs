//! What the page looks like. Components read the session and call it; what they compute is in `state`.

mod alert;
mod clip_card;
mod clips;
mod editor;
mod editor_controls;
mod header;
mod hearing;
mod icon;
mod nearby;
mod player;
mod progress;
mod settings;
mod speech_model;
mod start;
mod transcript;
mod waveform;
mod whole_page;

pub use whole_page::App;
