//! The file that is open, as every job needs it.

use crate::codec::file_sound::FileSounds;
use media::facts::Facts;
use media::time::Span;
use std::rc::Rc;
use web_sys::File;

/// A file that was found readable.
#[derive(Clone)]
pub struct OpenFile {
    pub file: File,
    pub facts: Rc<Facts>,
    pub sounds: FileSounds,
}

impl OpenFile {
    /// `None` where the file does not say how long it is.
    pub fn duration(&self) -> Option<Span> {
        Some(self.facts.duration).filter(|duration| duration.is_positive())
    }
}
