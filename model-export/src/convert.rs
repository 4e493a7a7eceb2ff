//! From a source of tensors to a model's files: every tensor once, quantized as shipped, with config and tokenizer.

use models::weights::{CONFIG_FILE, StoredAs, TOKENIZER_FILE, Writer};
use serde_json::Value;

use crate::ExportError;
use crate::catalogue::{CatalogueModel, Recipe, Registry, pins};
use crate::fetch::Packages;
use crate::language;
use crate::package::{Converted, Precision, compact};
use crate::sources::TensorSource;
use crate::sources::gguf::Gguf;
use crate::sources::onnx_file::OnnxFile;
use crate::sources::span::Span;
use crate::sources::torch_file::TorchFile;
use crate::sources::whisper_ct2::WhisperCt2;
use crate::store::Draft;
use crate::whisper::WhisperConfig;
use crate::{faces, text_embedding, voices};

/// Converts a model of the catalogue out of its packages into `draft`; gives the languages it understands.
pub fn known(
    model: &CatalogueModel,
    precision: Precision,
    packages: &mut Packages,
    draft: &mut Draft,
) -> Result<Vec<String>, ExportError> {
    let converted = match &model.recipe {
        Recipe::WhisperCt2 { model: parts, config, tokenizer, alignment_lag_s } => {
            let mut bytes = Vec::new();
            for part in *parts {
                bytes.extend(packages.read(*part)?);
            }
            let mut source = WhisperCt2::parse(bytes, model.id)?;
            let tokenizer = serde_json::from_slice(&packages.read(*tokenizer)?)
                .map_err(|e| ExportError::input(model.id, format!("tokenizer.json: {e}")))?;
            let mut config = source.config(&packages.read(*config)?, &tokenizer)?;
            config.generation.alignment_lag_s = *alignment_lag_s;
            whisper(&mut source, precision, &config, &tokenizer)?
        }
        Recipe::LlamaGguf { file } => {
            let file = Gguf::parse(Span::Memory(packages.read(*file)?), model.id)?;
            let converted = language::gguf::open(file)?;
            converted.write(precision, draft)?;
            return Ok(converted.languages);
        }
        Recipe::SentenceBert { config, tokenizer, weights } => {
            let files = text_embedding::Files {
                config: packages.read(*config)?,
                tokenizer: packages.read(*tokenizer)?,
                weights: packages.read(*weights)?,
            };
            text_embedding::converted(files, precision, model.id)?
        }
        Recipe::Voices { encoder, activity } => {
            let mut encoder = TorchFile::parse(packages.read(*encoder)?, model.id)?;
            let mut activity = TorchFile::parse(packages.read(*activity)?, model.id)?;
            voices::converted(&mut encoder, &mut activity, precision)?
        }
        Recipe::BlazeFaceOnnx { file } => {
            faces::converted(&mut OnnxFile::parse(&packages.read(*file)?, model.id)?)?
        }
    };
    converted.write(draft)
}

/// The manifest's words on where a model of the catalogue comes from.
pub fn source_of(model: &CatalogueModel) -> String {
    let names = model.packages();
    let mut source = model.origin.to_owned();
    for registry in Registry::ALL {
        let packages: Vec<String> = pins()
            .filter(|pin| pin.registry == registry && names.contains(&pin.name))
            .map(|pin| format!("{} {} (sha256 {})", pin.name, pin.version, pin.sha256))
            .collect();
        if !packages.is_empty() {
            source.push_str(&format!("; from {}: {}", registry.name(), packages.join(", ")));
        }
    }
    source
}

/// Writes a Whisper's files.
pub fn whisper(
    source: &mut dyn TensorSource,
    precision: Precision,
    config: &WhisperConfig,
    tokenizer: &Value,
) -> Result<Converted, ExportError> {
    let mut writer = Writer::new();
    for spec in config.tensors() {
        let values = source.tensor(&spec.name, &spec.shape)?;
        let stored_as = match precision {
            Precision::Shipped => StoredAs::shipped(&spec.name, &spec.shape),
            Precision::Full => StoredAs::F16,
        };
        writer.add(&spec.name, &spec.shape, &values, stored_as)?;
    }
    let json = |e: serde_json::Error| ExportError::input("config.json", e.to_string());
    let mut config_json = serde_json::to_vec_pretty(config).map_err(json)?;
    config_json.push(b'\n');
    // Without the indentation of the official files, which is almost half of their bytes.
    let tokenizer_json = compact(tokenizer.clone());
    let mut files = vec![(CONFIG_FILE.to_owned(), config_json), (TOKENIZER_FILE.to_owned(), tokenizer_json)];
    files.extend(writer.finish()?);
    Ok(Converted { files, languages: config.generation.languages() })
}
