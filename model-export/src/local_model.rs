//! What `--from` is given: a folder of official files or a `.gguf` file, told apart by what lies there.

use std::path::{Path, PathBuf};

use models::weights::{CONFIG_FILE, ModelKind};
use serde::Deserialize;

use crate::ExportError;
use crate::convert;
use crate::language::{self, LanguageModel};
use crate::package::Precision;
use crate::sources::gguf::Gguf;
use crate::sources::hugging_face::HuggingFace;
use crate::sources::safetensors::weight_files;
use crate::sources::span::Span;
use crate::store::Draft;

/// A model given by hand, understood but not yet converted.
pub enum LocalModel {
    Whisper(Box<HuggingFace>),
    Language(Box<LanguageModel>, String),
}

/// What the manifest says of it.
pub struct About {
    pub kind: ModelKind,
    pub languages: Vec<String>,
    /// The files read, with their hashes.
    pub source: String,
}

#[derive(Deserialize)]
struct Kind {
    #[serde(default)]
    model_type: String,
}

impl LocalModel {
    /// Looks at `path`.
    ///
    /// # Errors
    /// [`ExportError::Input`] where there is no model that can be converted.
    pub fn open(path: &Path) -> Result<LocalModel, ExportError> {
        if !path.is_dir() {
            return gguf(path);
        }
        let files = gguf_files(path)?;
        match files.as_slice() {
            [] => folder(path),
            // Official files beside it are the better ones: they were not quantized before.
            _ if !weight_files(path)?.is_empty() => folder(path),
            [file] => gguf(file),
            _ => {
                let reason = format!("there are {} .gguf files; name the one that is meant", files.len());
                Err(ExportError::input(path.display().to_string(), reason))
            }
        }
    }

    /// Writes all files into `draft`.
    ///
    /// # Errors
    /// [`ExportError`] where a tensor is of no use.
    pub fn write(self, precision: Precision, draft: &mut Draft) -> Result<About, ExportError> {
        match self {
            LocalModel::Whisper(mut source) => {
                let (config, tokenizer) = (source.config.clone(), std::mem::take(&mut source.tokenizer));
                let converted = convert::whisper(source.as_mut(), precision, &config, &tokenizer)?;
                let languages = converted.write(draft)?;
                Ok(About { kind: ModelKind::Whisper, languages, source: source.source })
            }
            LocalModel::Language(model, source) => {
                model.write(precision, draft)?;
                Ok(About { kind: ModelKind::Llm, languages: model.languages, source })
            }
        }
    }
}

fn folder(path: &Path) -> Result<LocalModel, ExportError> {
    let config = path.join(CONFIG_FILE);
    let bad = |reason: String| ExportError::input(config.display().to_string(), reason);
    let json = std::fs::read(&config).map_err(|e| bad(e.to_string()))?;
    let Kind { model_type } = serde_json::from_slice(&json).map_err(|e| bad(e.to_string()))?;
    match model_type.as_str() {
        "whisper" => Ok(LocalModel::Whisper(Box::new(HuggingFace::open(path)?))),
        other if language::Family::named(other).is_some() => {
            let (model, source) = language::folder::open(path)?;
            Ok(LocalModel::Language(Box::new(model), source))
        }
        other => Err(bad(format!("it describes {other:?}; whisper, llama, qwen2 and qwen3 are converted"))),
    }
}

fn gguf(path: &Path) -> Result<LocalModel, ExportError> {
    let origin = path.display().to_string();
    let model = language::gguf::open(Gguf::parse(Span::open(path)?, &origin)?)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let hash = Span::open(path)?.sha256().map_err(|reason| ExportError::input(&origin, reason))?;
    let source = format!("files given by hand: {name} (sha256 {hash})");
    Ok(LocalModel::Language(Box::new(model), source))
}

fn gguf_files(dir: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let unreadable = |e: std::io::Error| ExportError::input(dir.display().to_string(), e.to_string());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "gguf") {
            files.push(path);
        }
    }
    Ok(files)
}
