//! What the models hear in the words of the domain: windows cut in silence, words of a window, voices. Pure, and all that a lane of the
//! page and a thread of the native program have in common; where models lie and who runs them is known to these.

mod frames;
mod voices;
mod windows;
mod words;

pub use frames::SpectralFrames;
pub use voices::voices;
pub use windows::SpeechWindows;
pub use words::{Names, decoding, heard};
