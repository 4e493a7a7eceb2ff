//! The file that is open, as every loop needs it.

use crate::codec::file_sound::FileSounds;
use media::facts::Facts;
use std::rc::Rc;
use web_sys::File;

/// A file that was found readable.
#[derive(Clone)]
pub struct OpenFile {
    pub file: File,
    pub facts: Rc<Facts>,
    pub sounds: FileSounds,
}
