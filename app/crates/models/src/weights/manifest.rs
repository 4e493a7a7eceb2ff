//! `models.json`: which models there are, where they come from, and the size and SHA-256 of each of their files.
//! Knows the document and how to check bytes against it; refuses to know where files lie or how they travel.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::WeightsError;

/// File name of the manifest, at the root of the models folder; a model's files lie in the folder of its id.
pub const MANIFEST_FILE: &str = "models.json";

/// Version of the manifest and of the files it lists. Raised whenever the same source would give other bytes, so that
/// an older folder is exported again rather than misread.
pub const MANIFEST_VERSION: u32 = 4;

/// Limits on a document that may come from a server: above any sane list, below any harm.
const MAX_MODELS: usize = 256;
const MAX_FILES: usize = 1024;

/// The list of models in one folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always [`MANIFEST_VERSION`] in a value that [`Manifest::parse`] returned.
    pub version: u32,
    pub models: Vec<ModelEntry>,
}

/// One model: what it is and the files it consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelEntry {
    /// Short name, also the model's folder: `tiny.en`.
    pub id: String,
    /// Name for people: `Whisper tiny, English`.
    pub title: String,
    pub kind: ModelKind,
    /// SPDX expression of the weights' license.
    pub licence: String,
    /// Where the weights came from, in words, with version and hash.
    pub source: String,
    /// ISO 639 codes of the languages it understands, most spoken first where the model says so.
    pub languages: Vec<String>,
    /// Sum over the files.
    pub bytes: u64,
    pub files: Vec<FileEntry>,
}

/// What a model does, which decides the code that loads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelKind {
    /// Speech to text, Whisper architecture.
    Whisper,
    /// Whether anybody speaks, and a voice to a vector: PyanNet and CAM++.
    Voices,
    /// Text to text, Llama's family.
    Llm,
    /// A sentence to a vector, BERT architecture.
    Sentence,
    /// A picture to where faces are in it: BlazeFace.
    Faces,
    /// Something that a later version knows: no reason to refuse the others.
    #[serde(other)]
    Other,
}

/// One file of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Plain file name inside the model's folder.
    pub name: String,
    pub bytes: u64,
    /// 64 lower-case hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// An empty list.
    pub fn new() -> Self {
        Self { version: MANIFEST_VERSION, models: Vec::new() }
    }

    /// Reads `models.json` and checks that every name is a plain one and every number consistent.
    ///
    /// # Errors
    /// [`WeightsError::Manifest`] for anything else than a manifest of this version.
    pub fn parse(json: &[u8]) -> Result<Self, WeightsError> {
        #[derive(Deserialize)]
        struct VersionOnly {
            version: u32,
        }
        let bad = |reason: String| WeightsError::Manifest(reason);
        let VersionOnly { version } = serde_json::from_slice(json).map_err(|e| bad(e.to_string()))?;
        if version != MANIFEST_VERSION {
            return Err(bad(format!("version {version}, expected {MANIFEST_VERSION}")));
        }
        let manifest: Self = serde_json::from_slice(json).map_err(|e| bad(e.to_string()))?;
        if manifest.models.len() > MAX_MODELS {
            return Err(bad(format!("{} models", manifest.models.len())));
        }
        for (i, model) in manifest.models.iter().enumerate() {
            model.validate()?;
            if manifest.models.iter().take(i).any(|other| other.id == model.id) {
                return Err(bad(format!("the model {} is listed twice", model.id)));
            }
        }
        Ok(manifest)
    }

    /// The document as it is stored: indented, with a final newline.
    pub fn to_json(&self) -> Result<String, WeightsError> {
        let text = serde_json::to_string_pretty(self).map_err(|e| WeightsError::Manifest(e.to_string()))?;
        Ok(text + "\n")
    }

    /// The model called `id`.
    pub fn model(&self, id: &str) -> Option<&ModelEntry> {
        self.models.iter().find(|m| m.id == id)
    }

    /// Puts `entry` in place of the model of the same id, or at the end.
    pub fn put(&mut self, entry: ModelEntry) {
        match self.models.iter_mut().find(|m| m.id == entry.id) {
            Some(old) => *old = entry,
            None => self.models.push(entry),
        }
    }
}

impl Default for Manifest {
    fn default() -> Self {
        Self::new()
    }
}

impl ModelEntry {
    /// The file called `name`.
    pub fn file(&self, name: &str) -> Option<&FileEntry> {
        self.files.iter().find(|f| f.name == name)
    }

    /// Whether every name is a plain one and every number consistent.
    ///
    /// # Errors
    /// [`WeightsError::Manifest`], saying what is not.
    pub fn validate(&self) -> Result<(), WeightsError> {
        let bad = |reason: &str| Err(WeightsError::Manifest(format!("model {:?}: {reason}", self.id)));
        if !is_plain_name(&self.id) {
            return bad("its id is not a plain name");
        }
        if self.files.is_empty() || self.files.len() > MAX_FILES {
            return bad("no files, or too many");
        }
        let mut sum: u64 = 0;
        for (i, file) in self.files.iter().enumerate() {
            let hex = file.sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
            if !is_plain_name(&file.name) || file.sha256.len() != 64 || !hex {
                return bad("a file's name or hash is malformed");
            }
            if self.files.iter().take(i).any(|other| other.name == file.name) {
                return bad("a file is listed twice");
            }
            sum = sum.saturating_add(file.bytes);
        }
        if sum == self.bytes { Ok(()) } else { bad("its size is not the sum of its files") }
    }
}

impl FileEntry {
    /// The entry that describes `bytes`.
    pub fn describing(name: impl Into<String>, bytes: &[u8]) -> Self {
        Self { name: name.into(), bytes: bytes.len() as u64, sha256: sha256_hex(bytes) }
    }

    /// Whether `bytes` are the listed ones, by length and SHA-256.
    ///
    /// # Errors
    /// [`WeightsError::WrongFile`], saying which of the two differs.
    pub fn check(&self, bytes: &[u8]) -> Result<(), WeightsError> {
        let mut checking = self.checking();
        checking.update(bytes)?;
        checking.finish()
    }

    /// The same of bytes that come piece by piece.
    pub fn checking(&self) -> Checking<'_> {
        Checking { entry: self, bytes: 0, hash: Sha256::new() }
    }

    fn wrong_length(&self, bytes: u64, or_more: &str) -> WeightsError {
        let reason = format!("has {bytes} bytes{or_more}, the list says {}", self.bytes);
        WeightsError::wrong_file(&self.name, reason)
    }
}

/// A file on its way, compared with what is listed of it.
#[derive(Clone, Debug)]
pub struct Checking<'a> {
    entry: &'a FileEntry,
    bytes: u64,
    hash: Sha256,
}

impl<'a> Checking<'a> {
    pub fn entry(&self) -> &'a FileEntry {
        self.entry
    }

    /// How many have come.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next piece.
    ///
    /// # Errors
    /// [`WeightsError::WrongFile`] once more has come than is listed.
    pub fn update(&mut self, piece: &[u8]) -> Result<(), WeightsError> {
        self.bytes += piece.len() as u64;
        if self.bytes > self.entry.bytes {
            return Err(self.entry.wrong_length(self.bytes, " or more"));
        }
        self.hash.update(piece);
        Ok(())
    }

    /// All pieces have come.
    ///
    /// # Errors
    /// [`WeightsError::WrongFile`], saying whether length or hash differs.
    pub fn finish(self) -> Result<(), WeightsError> {
        if self.bytes != self.entry.bytes {
            return Err(self.entry.wrong_length(self.bytes, ""));
        }
        if hex(&self.hash.finalize()) != self.entry.sha256 {
            return Err(WeightsError::wrong_file(&self.entry.name, "does not have the listed SHA-256"));
        }
        Ok(())
    }
}

/// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A name that is one path component everywhere and needs no escaping in an address.
fn is_plain_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    !name.is_empty() && name.len() <= 128 && !name.starts_with('.') && name.bytes().all(plain)
}
