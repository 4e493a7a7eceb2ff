//! The domain of Incut: transcript, selection, captions, edit, writing, the page–engine protocol, and the long loops (analyze,
//! understand, search, write, export) written over ports.
//! Refuses to know the browser, codecs and models: those come in through [`port`].

pub mod address;
pub mod analyze;
pub mod captions;
pub mod certainty;
pub mod chapters;
pub mod decimal;
pub mod edit;
pub mod export;
pub mod failure;
#[cfg(test)]
mod fakes;
pub mod fillers;
pub mod frame;
mod headline;
pub mod hesitation;
pub mod insights;
pub mod json;
pub mod line_breaks;
pub mod look;
mod motion;
pub mod note;
pub mod order;
pub mod output;
pub mod paint;
pub mod port;
pub mod protocol;
pub mod reason;
pub mod recording;
pub mod reframe;
pub mod scene;
pub mod script;
pub mod search;
pub mod select;
pub mod sentence;
pub mod shots;
pub mod sight;
pub mod sound;
pub mod speakers;
pub mod subtitles;
pub mod thumbnail;
pub mod timeline;
pub mod topics;
pub mod tracks;
pub mod transcript;
pub mod understand;
pub mod watch;
pub mod word_breaks;
pub mod write;
pub mod writing;
