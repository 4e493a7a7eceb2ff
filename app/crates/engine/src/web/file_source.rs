//! Reads slices of a `File` synchronously: `FileReaderSync` exists in workers only, which is why demuxing lives here.
//! Never holds more than the slice asked for.

use crate::web::js;
use js_sys::Uint8Array;
use media::source::ByteSource;
use std::io;
use web_sys::{File, FileReaderSync};

pub struct FileSource {
    file: File,
    reader: FileReaderSync,
    bytes: u64,
}

impl FileSource {
    pub fn new(file: &File) -> io::Result<Self> {
        let reader = FileReaderSync::new().map_err(|error| other(&error))?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a size is a whole number"
        )]
        let bytes = file.size() as u64;
        Ok(Self { file: file.clone(), reader, bytes })
    }
}

impl ByteSource for FileSource {
    fn len(&self) -> u64 {
        self.bytes
    }

    fn read_at(&mut self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let end = self.bytes.min(offset.saturating_add(buffer.len() as u64));
        if offset >= end {
            return Ok(0);
        }
        let slice =
            self.file.slice_with_f64_and_f64(offset as f64, end as f64).map_err(|error| other(&error))?;
        let read = self.reader.read_as_array_buffer(&slice).map_err(|error| other(&error))?;
        let bytes = Uint8Array::new(&read);
        let count = bytes.length() as usize;
        bytes.copy_to(buffer.get_mut(..count).ok_or(io::ErrorKind::InvalidData)?);
        js::free(&read);
        Ok(count)
    }
}

fn other(error: &wasm_bindgen::JsValue) -> io::Error {
    io::Error::other(crate::web::js::text_of(error))
}
