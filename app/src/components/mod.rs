//! What the page looks like. Components read the session and call it; what they compute is in `state`.

mod alert;
mod chapters;
mod choices;
mod clip_card;
mod clip_texts;
mod clips;
mod copying;
mod downloads;
mod editor;
mod editor_controls;
mod errand;
mod finding;
mod header;
mod hearing;
mod icon;
mod kept;
mod lanes;
mod lines;
mod nearby;
mod player;
mod progress;
mod recents;
mod settings;
mod sound_tracks;
mod speakers;
mod speech_model;
mod start;
mod steering;
mod stored;
mod transcript;
mod understanding;
mod waveform;
mod whole_page;
mod why;
mod writing;

pub use whole_page::App;
