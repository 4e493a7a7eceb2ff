//! The weights on disk: the one reader and the one writer of the files that the page loads, and the manifest that
//! lists them. Knows safetensors, the Hugging Face tensor names and the q8 block form; refuses to know burn, the
//! network, the file system and any particular network architecture.

mod error;
mod manifest;
pub mod q4;
mod q8;
mod reader;
mod writer;

pub use error::WeightsError;
pub use manifest::{
    Checking, FileEntry, MANIFEST_FILE, MANIFEST_VERSION, Manifest, ModelEntry, ModelKind, sha256_hex,
};
pub use q4::Q4;
pub use q8::{BLOCK_LEN, Q8};
pub use reader::{Reader, Weight};
pub use writer::{MAX_SHARD_BYTES, StoredAs, Writer, shard_name};

/// File name of a model's architecture and generation settings.
pub const CONFIG_FILE: &str = "config.json";
/// File name of a model's tokenizer, in the form of the Hugging Face `tokenizers` library.
pub const TOKENIZER_FILE: &str = "tokenizer.json";

/// The suffix that turns the name of a quantized weight into the name of its block scales.
const SCALE_SUFFIX: &str = "_scale";
/// The suffix that turns the name of a four-bit weight into the name of its block minima.
const MINIMUM_SUFFIX: &str = "_minimum";
/// Key of the safetensors header metadata that names the quantization.
const SCHEME_KEY: &str = "quantization";
/// The only scheme written and read: signed bytes, one f16 scale for each 32 values along the last axis.
const SCHEME: &str = "int8-symmetric-block32-f16";

/// Everything one model needs, as bytes whose hashes were already checked against the manifest.
#[derive(Clone, Debug, Default)]
pub struct ModelFiles {
    /// Content of [`CONFIG_FILE`].
    pub config_json: Vec<u8>,
    /// Content of [`TOKENIZER_FILE`]; empty for a model without text.
    pub tokenizer_json: Vec<u8>,
    /// The safetensors shards, in any order.
    pub shards: Vec<Vec<u8>>,
}

impl ModelFiles {
    /// Sorts a model's files, as the manifest names them, into their places; `files` are (name, bytes).
    ///
    /// # Errors
    /// [`WeightsError::WrongFile`] where a file is not in `entry` or its bytes are not the listed ones,
    /// [`WeightsError::MissingFile`] where one that `entry` lists is absent.
    pub fn checked(
        entry: &ModelEntry,
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Self, WeightsError> {
        let mut sorted = Self::default();
        let mut absent: Vec<&str> = entry.files.iter().map(|f| f.name.as_str()).collect();
        for (name, bytes) in files {
            entry
                .file(&name)
                .ok_or_else(|| WeightsError::wrong_file(&name, "is not listed"))?
                .check(&bytes)?;
            absent.retain(|n| *n != name);
            match name.as_str() {
                CONFIG_FILE => sorted.config_json = bytes,
                TOKENIZER_FILE => sorted.tokenizer_json = bytes,
                _ if name.ends_with(".safetensors") => sorted.shards.push(bytes),
                _ => {}
            }
        }
        match absent.first() {
            Some(name) => Err(WeightsError::MissingFile((*name).to_owned())),
            None => Ok(sorted),
        }
    }
}

#[cfg(test)]
mod tests;
