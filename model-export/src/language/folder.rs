//! A language model in its official Hugging Face files: `config.json`, `generation_config.json`, `tokenizer.json`,
//! `tokenizer_config.json`, `chat_template.jinja` and safetensors. Knows which file says what.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use models::weights::{CONFIG_FILE, TOKENIZER_FILE};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::hugging_face_config::{Architecture, Ids};
use super::prompt::{chat_template, end_tokens};
use super::{Family, LanguageModel, Settings, WeightSource};
use crate::ExportError;
use crate::sources::ggml::Stored;
use crate::sources::hugging_face::missing_weights;
use crate::sources::safetensors::{Safetensors, weight_files};
use crate::sources::span::Span;

const GENERATION_FILE: &str = "generation_config.json";
const TOKENIZER_CONFIG_FILE: &str = "tokenizer_config.json";
const TEMPLATE_FILE: &str = "chat_template.jinja";
/// No such document is larger.
const MOST_DOCUMENT_BYTES: u64 = 256 << 20;

const FOREIGN_TOKENIZER: &str = "its tokenizer came from SentencePiece (as Llama 2's and TinyLlama's did); only those that spell tokens \
                                 in bytes are read, as all of Qwen, SmolLM2 and Llama 3 do";

/// The head width that transformers takes for a Qwen3 whose file names none.
const QWEN3_HEAD_WIDTH: usize = 128;

#[derive(Default, Deserialize)]
struct Generation {
    #[serde(default)]
    eos_token_id: Option<Ids>,
}

#[derive(Default, Deserialize)]
struct TokenizerConfig {
    #[serde(default)]
    chat_template: Option<Templates>,
    #[serde(default)]
    bos_token: Option<Spelled>,
    #[serde(default)]
    eos_token: Option<Spelled>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Templates {
    One(String),
    Many(Vec<NamedTemplate>),
}

#[derive(Deserialize)]
struct NamedTemplate {
    name: String,
    template: String,
}

/// A token as text, or as an object that also says how it is stripped.
#[derive(Deserialize)]
#[serde(untagged)]
enum Spelled {
    Text(String),
    Token { content: String },
}

impl Spelled {
    fn text(self) -> String {
        match self {
            Spelled::Text(text) | Spelled::Token { content: text } => text,
        }
    }
}

/// The documents of a folder, read as they are asked for and remembered for the manifest.
struct Documents<'a> {
    dir: &'a Path,
    origin: String,
    /// Files and their hashes, in words.
    source: String,
}

impl Documents<'_> {
    fn read(&mut self, name: &str) -> Result<Vec<u8>, ExportError> {
        let path = self.dir.join(name);
        let bad = |reason: String| ExportError::input(path.display().to_string(), reason);
        let span = Span::open(&path)?;
        if span.length() > MOST_DOCUMENT_BYTES {
            return Err(bad(format!("it has {} bytes", span.length())));
        }
        let bytes = span.read(0, span.length()).map_err(bad)?.into_owned();
        self.remember(name, &span)?;
        Ok(bytes)
    }

    fn remember(&mut self, name: &str, span: &Span) -> Result<(), ExportError> {
        let hash = span.sha256().map_err(|reason| ExportError::input(name, reason))?;
        self.source.push_str(&format!(" {name} (sha256 {hash})"));
        Ok(())
    }

    fn json<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, ExportError> {
        let bytes = self.read(name)?;
        serde_json::from_slice(&bytes).map_err(|e| ExportError::input(&self.origin, format!("{name}: {e}")))
    }

    /// The document, or what stands for none where it is not there.
    fn json_or_none<T: DeserializeOwned + Default>(&mut self, name: &str) -> Result<T, ExportError> {
        if self.dir.join(name).exists() { self.json(name) } else { Ok(T::default()) }
    }
}

/// Reads the folder `dir`, all but the tensors; with what the manifest says of its files.
///
/// # Errors
/// [`ExportError::Input`] where a file is absent, or the model is one that is not computed here.
pub fn open(dir: &Path) -> Result<(LanguageModel, String), ExportError> {
    let origin = dir.display().to_string();
    let paths = weight_files(dir)?;
    if paths.is_empty() {
        return Err(ExportError::input(&origin, missing_weights(dir)));
    }
    let mut documents = Documents { dir, origin: origin.clone(), source: "files given by hand:".to_owned() };
    let architecture: Architecture = documents.json(CONFIG_FILE)?;
    // Before anything large is read.
    architecture.family().map_err(|reason| ExportError::input(&origin, reason))?;
    let mut tokenizer: Value = documents.json(TOKENIZER_FILE)?;
    if !is_byte_level(&tokenizer) {
        return Err(ExportError::input(&origin, FOREIGN_TOKENIZER));
    }
    check_tokenizer(&mut tokenizer, &origin)?;
    let weights = Weights(Safetensors::open(&paths, &origin)?);
    let settings = settings(architecture, &mut documents, &tokenizer, &weights)?;
    remember_weights(&mut documents, &paths)?;
    let (weights, languages) = (Box::new(weights), Vec::new());
    let model = LanguageModel { settings, tokenizer, weights, languages, origin };
    Ok((model, documents.source))
}

/// Whether tokens are spelled in bytes, as those of SentencePiece are not.
fn is_byte_level(tokenizer: &Value) -> bool {
    let is_one = |part: &Value| part.get("type").and_then(Value::as_str) == Some("ByteLevel");
    let decoder = tokenizer.get("decoder");
    let parts = decoder.and_then(|decoder| decoder.get("decoders")).and_then(Value::as_array);
    decoder.is_some_and(is_one) || parts.into_iter().flatten().any(is_one)
}

fn remember_weights(documents: &mut Documents, paths: &[PathBuf]) -> Result<(), ExportError> {
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        documents.remember(&name, &Span::open(path)?)?;
    }
    Ok(())
}

fn settings(
    architecture: Architecture,
    documents: &mut Documents,
    tokenizer: &Value,
    weights: &Weights,
) -> Result<Settings, ExportError> {
    let origin = documents.origin.clone();
    let bad = |reason: String| ExportError::input(&origin, reason);
    let family = architecture.family().map_err(bad)?;
    let (scaling, theta) = (architecture.scaling().map_err(bad)?, architecture.rope_theta());
    let generation: Generation = documents.json_or_none(GENERATION_FILE)?;
    let spoken: TokenizerConfig = documents.json_or_none(TOKENIZER_CONFIG_FILE)?;
    let id_of = |token: &str| id_of(tokenizer, token);
    let eos_token = spoken.eos_token.map(Spelled::text);
    let template = chat_template(template(documents, spoken.chat_template)?, &id_of, &origin)?;
    let named = Ids::list(architecture.eos_token_id).into_iter().chain(Ids::list(generation.eos_token_id));
    let named = named.chain(eos_token.as_deref().and_then(id_of));
    let ends = end_tokens(named, &template, &id_of, architecture.vocab_size, &origin)?;
    let settings = Settings {
        model_type: family,
        hidden_size: architecture.hidden_size,
        intermediate_size: architecture.intermediate_size,
        num_hidden_layers: architecture.num_hidden_layers,
        num_attention_heads: architecture.num_attention_heads,
        num_key_value_heads: architecture.num_key_value_heads.unwrap_or(architecture.num_attention_heads),
        head_dim: architecture.head_dim.or((family == Family::Qwen3).then_some(QWEN3_HEAD_WIDTH)),
        vocab_size: architecture.vocab_size,
        max_position_embeddings: architecture.max_position_embeddings,
        rms_norm_eps: architecture.rms_norm_eps,
        rope_theta: theta,
        rope_scaling: scaling,
        tie_word_embeddings: architecture.tie_word_embeddings.unwrap_or(false),
        qkv_bias: family == Family::Qwen2 || weights.0.names().any(|name| name.ends_with(".q_proj.bias")),
        qk_norm: family == Family::Qwen3,
        eos_token_id: ends,
        bos_token: spoken.bos_token.map(Spelled::text),
        eos_token,
        chat_template: template,
    };
    settings.validate(&origin)?;
    Ok(settings)
}

/// The file of its own wins, as in transformers; of several templates the one that is called default counts.
fn template(documents: &mut Documents, theirs: Option<Templates>) -> Result<Option<String>, ExportError> {
    if documents.dir.join(TEMPLATE_FILE).exists() {
        let bytes = documents.read(TEMPLATE_FILE)?;
        let text = String::from_utf8(bytes);
        let no_text = |_| ExportError::input(&documents.origin, format!("{TEMPLATE_FILE} is no UTF-8"));
        return text.map(Some).map_err(no_text);
    }
    Ok(match theirs {
        None => None,
        Some(Templates::One(template)) => Some(template),
        Some(Templates::Many(list)) => {
            list.into_iter().find(|named| named.name == "default").map(|named| named.template)
        }
    })
}

/// The id of the token spelled `token` in a `tokenizer.json`.
fn id_of(tokenizer: &Value, token: &str) -> Option<u32> {
    let added = tokenizer.get("added_tokens").and_then(Value::as_array).into_iter().flatten();
    let mut added = added.filter(|added| added.get("content").and_then(Value::as_str) == Some(token));
    let id = added.next().and_then(|added| added.get("id"));
    let id = id.or_else(|| tokenizer.get("model")?.get("vocab")?.get(token))?;
    u32::try_from(id.as_u64()?).ok()
}

/// The kind of tokenizer is one that is read, and cuts no text short: a text is as long as it is.
fn check_tokenizer(tokenizer: &mut Value, origin: &str) -> Result<(), ExportError> {
    let model = tokenizer.get("model").filter(|model| model.get("vocab").is_some_and(Value::is_object));
    let kind = model.and_then(|model| model.get("type")).and_then(Value::as_str).unwrap_or("none");
    if kind != "BPE" {
        let reason = format!("tokenizer.json holds a tokenizer of the kind {kind}; BPE is read");
        return Err(ExportError::input(origin, reason));
    }
    for field in ["padding", "truncation"] {
        if let Some(value) = tokenizer.get_mut(field) {
            *value = Value::Null;
        }
    }
    Ok(())
}

/// Tensors of the official files, under the names they have there.
struct Weights(Safetensors);

impl WeightSource for Weights {
    fn names(&self) -> BTreeSet<String> {
        self.0.names().map(str::to_owned).collect()
    }

    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Stored, ExportError> {
        self.0.tensor(name, shape).map(Stored::Full)
    }
}
