//! A folder of a Whisper's official Hugging Face files: `config.json`, `generation_config.json`, `tokenizer.json` and safetensors.
//! Knows which file says what; leaves the tensors to the one reader.

use std::fs;
use std::path::Path;

use models::weights::{CONFIG_FILE, Reader, TOKENIZER_FILE, sha256_hex};
use serde::Deserialize;
use serde_json::Value;

use super::TensorSource;
use super::safetensors::weight_files;
use crate::ExportError;
use crate::whisper::{Generation, WhisperConfig};

const GENERATION_FILE: &str = "generation_config.json";

/// A folder's files, read.
pub struct HuggingFace {
    reader: Reader,
    /// Whether the names lack `model.` in front, as a bare `WhisperModel` saves them.
    bare_names: bool,
    pub config: WhisperConfig,
    pub tokenizer: Value,
    /// The files read, with their hashes, for the manifest.
    pub source: String,
}

impl HuggingFace {
    /// Reads the folder `dir`.
    ///
    /// # Errors
    /// [`ExportError::Input`] where a file is absent or is not a Whisper's.
    pub fn open(dir: &Path) -> Result<Self, ExportError> {
        let origin = dir.display().to_string();
        let weights = weight_files(dir)?;
        if weights.is_empty() {
            return Err(ExportError::input(&origin, missing_weights(dir)));
        }
        let mut source = "files given by hand:".to_owned();
        let mut read = |path: &Path| {
            let bytes =
                fs::read(path).map_err(|e| ExportError::input(path.display().to_string(), e.to_string()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            source.push_str(&format!(" {name} (sha256 {})", sha256_hex(&bytes)));
            Ok::<_, ExportError>(bytes)
        };
        let config_json = parse(&read(&dir.join(CONFIG_FILE))?, &origin, CONFIG_FILE)?;
        let tokenizer = parse(&read(&dir.join(TOKENIZER_FILE))?, &origin, TOKENIZER_FILE)?;
        let generation_path = dir.join(GENERATION_FILE);
        let generation_json = if generation_path.exists() {
            parse(&read(&generation_path)?, &origin, GENERATION_FILE)?
        } else {
            Value::Null
        };
        let shards = weights.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
        let config = whisper_config(config_json, generation_json, &tokenizer, &origin)?;
        let reader = Reader::new(shards)?;
        let bare_names = reader.shape("model.encoder.conv1.weight").is_none();
        Ok(Self { reader, bare_names, config, tokenizer, source })
    }
}

impl TensorSource for HuggingFace {
    fn tensor(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ExportError> {
        let stored = if self.bare_names { name.trim_start_matches("model.") } else { name };
        Ok(self.reader.take(stored, shape)?.into_f32())
    }
}

pub fn missing_weights(dir: &Path) -> String {
    let other = |ending: &str| {
        let names = fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.file_name());
        names.into_iter().any(|n| n.to_string_lossy().ends_with(ending))
    };
    let hint = match () {
        () if other(".gguf") => "; GGUF is not read",
        () if other(".bin") || other(".pt") => "; PyTorch pickles are not read, fetch the safetensors file",
        () => "",
    };
    format!("there is no model.safetensors{hint}")
}

fn parse(bytes: &[u8], origin: &str, name: &str) -> Result<Value, ExportError> {
    serde_json::from_slice(bytes).map_err(|e| ExportError::input(origin, format!("{name}: {e}")))
}

/// The part of both configs that is carried over. Newer files have the lists in the second, older ones in the first;
/// a null or an empty list stands for "not said".
#[derive(Default, Deserialize)]
#[serde(default)]
struct Lists {
    alignment_heads: Option<Vec<[usize; 2]>>,
    suppress_tokens: Option<Vec<u32>>,
    begin_suppress_tokens: Option<Vec<u32>>,
}

fn whisper_config(
    mut config: Value,
    generation: Value,
    tokenizer: &Value,
    origin: &str,
) -> Result<WhisperConfig, ExportError> {
    let bad = |e: serde_json::Error| ExportError::input(origin, format!("config.json: {e}"));
    let kind = config.get("model_type").and_then(Value::as_str).unwrap_or("nothing");
    if kind != "whisper" {
        return Err(ExportError::input(
            origin,
            format!("config.json describes {kind:?}; only whisper is converted"),
        ));
    }
    let lists = |value: &Value| match value {
        Value::Null => Ok(Lists::default()),
        value => Lists::deserialize(value),
    };
    let (older, newer) = (lists(&config).map_err(bad)?, lists(&generation).map_err(bad)?);
    let generation = Generation {
        alignment_heads: said(newer.alignment_heads, older.alignment_heads),
        suppress_tokens: said(newer.suppress_tokens, older.suppress_tokens),
        begin_suppress_tokens: said(newer.begin_suppress_tokens, older.begin_suppress_tokens),
        ..Generation::from_tokenizer(tokenizer, origin)?
    };
    // The shapes by serde, after what was just decided is put in place of whatever the file says or leaves out.
    if let (Some(fields), Ok(Value::Object(decided))) =
        (config.as_object_mut(), serde_json::to_value(generation))
    {
        fields.extend(decided);
    }
    let config: WhisperConfig = serde_json::from_value(config).map_err(bad)?;
    config.validate(origin)?;
    Ok(config)
}

fn said<T>(newer: Option<Vec<T>>, older: Option<Vec<T>>) -> Vec<T> {
    newer.filter(|list| !list.is_empty()).or(older).unwrap_or_default()
}
