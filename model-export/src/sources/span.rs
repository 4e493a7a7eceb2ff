//! The bytes of a file, read in pieces: out of memory, or from disk so that a large model is never held whole.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::ExportError;

/// Hashed at once.
const PIECE_BYTES: usize = 1 << 20;

/// Bytes of known length.
#[derive(Debug)]
pub enum Span {
    Memory(Vec<u8>),
    OnDisk { file: File, length: u64 },
}

impl Span {
    /// The file at `path`.
    ///
    /// # Errors
    /// [`ExportError::Input`] where it cannot be opened.
    pub fn open(path: &Path) -> Result<Span, ExportError> {
        let file = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
        let (about, file) =
            file.map_err(|e| ExportError::input(path.display().to_string(), e.to_string()))?;
        Ok(Span::OnDisk { file, length: about.len() })
    }

    pub fn length(&self) -> u64 {
        match self {
            Span::Memory(bytes) => bytes.len() as u64,
            Span::OnDisk { length, .. } => *length,
        }
    }

    /// `count` bytes from byte `at` on. Nothing is allocated for what is not there.
    ///
    /// # Errors
    /// In words, where they lie outside or cannot be read.
    pub fn read(&self, at: u64, count: u64) -> Result<Cow<'_, [u8]>, String> {
        let outside = || "it lies outside the file".to_owned();
        let end = at.checked_add(count).filter(|end| *end <= self.length()).ok_or_else(outside)?;
        let place = usize::try_from(at).and_then(|at| Ok(at..usize::try_from(end)?));
        let place = place.map_err(|_| "it is larger than this machine's memory".to_owned())?;
        match self {
            Span::Memory(bytes) => bytes.get(place).map(Cow::Borrowed).ok_or_else(outside),
            Span::OnDisk { file, .. } => {
                let (mut file, mut bytes) = (file, vec![0; place.len()]);
                let read = file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(&mut bytes));
                read.map(|()| Cow::Owned(bytes)).map_err(|e| e.to_string())
            }
        }
    }

    /// SHA-256 of all bytes, as 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// As [`Span::read`].
    pub fn sha256(&self) -> Result<String, String> {
        let mut hash = Sha256::new();
        for at in (0..self.length()).step_by(PIECE_BYTES) {
            hash.update(self.read(at, (self.length() - at).min(PIECE_BYTES as u64))?);
        }
        Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_reads_as_memory_does() {
        let bytes: Vec<u8> = (0..3_000_000u32).map(|at| (at % 251) as u8).collect();
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, &bytes).unwrap();
        let spans = [Span::open(&path).unwrap(), Span::Memory(bytes.clone())];
        for span in &spans {
            assert_eq!(span.length(), 3_000_000);
            assert_eq!(span.read(1_234_567, 4).unwrap(), &bytes[1_234_567..1_234_571]);
            assert_eq!(span.sha256().unwrap(), models::weights::sha256_hex(&bytes));
            for (at, count) in [(2_999_999, 2), (u64::MAX, 1), (1, u64::MAX), (3_000_001, 0)] {
                assert!(span.read(at, count).is_err(), "{at}, {count}");
            }
        }
        assert!(Span::open(&dir.path().join("none")).is_err());
    }
}
