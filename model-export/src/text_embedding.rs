//! A sentence encoder of sentence-transformers, BERT inside: settings, tensors and tokenizer out of its official files.

use models::weights::{CONFIG_FILE, Reader, StoredAs, TOKENIZER_FILE, Writer};
use serde_json::Value;

use crate::ExportError;
use crate::package::{Converted, Precision, compact, pretty};

/// A model's official files.
pub struct Files {
    pub config: Vec<u8>,
    pub tokenizer: Vec<u8>,
    pub weights: Vec<u8>,
}

/// The model's files. All tensors but those of the pooling layer, which sentence encoders leave aside.
pub fn converted(files: Files, precision: Precision, origin: &str) -> Result<Converted, ExportError> {
    let parse = |bytes: &[u8], name: &str| -> Result<Value, ExportError> {
        serde_json::from_slice(bytes).map_err(|e| ExportError::input(origin, format!("{name}: {e}")))
    };
    let config = parse(&files.config, CONFIG_FILE)?;
    if config.get("model_type").and_then(Value::as_str) != Some("bert") {
        return Err(ExportError::input(origin, "config.json: it is no BERT"));
    }
    let mut tokenizer = parse(&files.tokenizer, TOKENIZER_FILE)?;
    // A text is as long as it is.
    tokenizer["padding"] = Value::Null;
    tokenizer["truncation"] = Value::Null;
    let mut reader = Reader::new(vec![files.weights])?;
    let names: Vec<String> = reader.names().map(str::to_owned).collect();
    let mut writer = Writer::new();
    for name in names.iter().filter(|name| !name.starts_with("pooler.") && !name.ends_with("position_ids")) {
        let shape = reader.shape(name).unwrap_or_default().to_vec();
        let values = reader.take(name, &shape)?.into_f32();
        let is_table = name.contains("position_embeddings") || name.contains("token_type");
        let stored_as = match precision {
            Precision::Shipped if !is_table => StoredAs::shipped(name, &shape),
            Precision::Shipped => StoredAs::F16,
            Precision::Full => StoredAs::F32,
        };
        writer.add(name, &shape, &values, stored_as)?;
    }
    let mut files =
        vec![(CONFIG_FILE.to_owned(), pretty(config)), (TOKENIZER_FILE.to_owned(), compact(tokenizer))];
    files.extend(writer.finish()?);
    Ok(Converted { files, languages: vec!["en".to_owned()] })
}
