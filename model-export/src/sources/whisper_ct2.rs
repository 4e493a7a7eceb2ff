//! Whisper out of a CTranslate2 file: which variable, and which rows of it, a Hugging Face tensor is. Names after
//! CTranslate2's `python/ctranslate2/converters/transformers.py` (`WhisperLoader`).

use serde_json::Value;

use super::TensorSource;
use super::ct2_file::Ct2File;
use crate::ExportError;
use crate::whisper::{Generation, WhisperConfig};

/// A CTranslate2 Whisper.
pub struct WhisperCt2 {
    file: Ct2File,
    origin: String,
}

/// Where a tensor lies: the variable, and which of how many equal stacks of its rows.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    variable: String,
    part: usize,
    parts: usize,
}

impl WhisperCt2 {
    /// Parses `model.bin`; `origin` names it in errors.
    pub fn parse(bytes: Vec<u8>, origin: &str) -> Result<Self, ExportError> {
        let file = Ct2File::parse(bytes).map_err(|reason| ExportError::input(origin, reason))?;
        if file.spec != "WhisperSpec" {
            return Err(ExportError::input(origin, format!("holds a {:?}, not a Whisper", file.spec)));
        }
        Ok(Self { file, origin: origin.to_owned() })
    }

    /// The model's settings: shapes from the variables, token lists from CTranslate2's `config.json` and the tokenizer.
    pub fn config(&self, config_json: &[u8], tokenizer: &Value) -> Result<WhisperConfig, ExportError> {
        let bad = |reason: String| ExportError::input(&self.origin, reason);
        let settings: Settings =
            serde_json::from_slice(config_json).map_err(|e| bad(format!("config.json: {e}")))?;
        let generation = Generation {
            alignment_heads: settings.alignment_heads,
            suppress_tokens: settings.suppress_ids,
            begin_suppress_tokens: settings.suppress_ids_begin,
            ..Generation::from_tokenizer(tokenizer, &self.origin)?
        };
        let axis = |name: &str, axis: usize| {
            let len = self.file.shape(name).and_then(|shape| shape.get(axis)).copied();
            len.ok_or_else(|| bad(format!("{name} is missing")))
        };
        let heads = |side: &str| {
            let count = self.file.integer(&format!("{side}/num_heads")).map_err(bad)?;
            usize::try_from(count).map_err(|_| bad(format!("{count} heads")))
        };
        let layers = |side: &str| {
            let there =
                |i: &usize| self.file.shape(&format!("{side}/layer_{i}/ffn/linear_0/weight")).is_some();
            (0..).take_while(there).count()
        };
        let config = WhisperConfig {
            model_type: "whisper".to_owned(),
            d_model: axis("decoder/embeddings/weight", 1)?,
            encoder_layers: layers("encoder"),
            encoder_attention_heads: heads("encoder")?,
            encoder_ffn_dim: axis("encoder/layer_0/ffn/linear_0/weight", 0)?,
            decoder_layers: layers("decoder"),
            decoder_attention_heads: heads("decoder")?,
            decoder_ffn_dim: axis("decoder/layer_0/ffn/linear_0/weight", 0)?,
            vocab_size: axis("decoder/embeddings/weight", 0)?,
            num_mel_bins: axis("encoder/conv1/weight", 1)?,
            max_source_positions: axis("encoder/position_encodings/encodings", 0)?,
            max_target_positions: axis("decoder/position_encodings/encodings", 0)?,
            generation,
        };
        config.validate(&self.origin)?;
        self.check_key_biases(&config)?;
        Ok(config)
    }

    /// The stacked biases have room for one of the keys, which the Hugging Face layout does not: it must be zero.
    fn check_key_biases(&self, config: &WhisperConfig) -> Result<(), ExportError> {
        let sides = [("encoder", config.encoder_layers), ("decoder", config.decoder_layers)];
        for (side, layers) in sides {
            for layer in 0..layers {
                let name = format!("model.{side}.layers.{layer}.self_attn.k_proj.bias");
                if self.locate_and_read(&name, &[config.d_model])?.iter().any(|v| *v != 0.0) {
                    return Err(ExportError::input(&self.origin, format!("{name} is not zero")));
                }
            }
        }
        Ok(())
    }

    fn locate_and_read(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ExportError> {
        let bad = |reason: String| ExportError::input(&self.origin, reason);
        let place = locate(name).ok_or_else(|| bad(format!("no variable is known for {name}")))?;
        let mut stacked = shape.to_vec();
        if let Some(rows) = stacked.first_mut() {
            *rows *= place.parts;
        }
        let found = self.file.shape(&place.variable);
        if found != Some(stacked.as_slice()) {
            return Err(bad(format!("{} has the shape {found:?}, expected {stacked:?}", place.variable)));
        }
        let mut values = self.file.floats(&place.variable).map_err(bad)?;
        let len = values.len() / place.parts;
        values.drain(..place.part * len);
        values.truncate(len);
        Ok(values)
    }
}

impl TensorSource for WhisperCt2 {
    fn tensor(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ExportError> {
        self.locate_and_read(name, shape)
    }
}

/// CTranslate2's `config.json`. Its `lang_ids` are off by one for English-only models and are not used.
#[derive(serde::Deserialize)]
struct Settings {
    #[serde(default)]
    alignment_heads: Vec<[usize; 2]>,
    #[serde(default)]
    suppress_ids: Vec<u32>,
    #[serde(default)]
    suppress_ids_begin: Vec<u32>,
}

/// The place of the Hugging Face tensor `name`.
fn locate(name: &str) -> Option<Place> {
    let whole = |variable: String| Some(Place { variable, part: 0, parts: 1 });
    let (side, rest) = name.strip_prefix("model.")?.split_once('.')?;
    let (module, leaf) = rest.rsplit_once('.')?;
    let norm_leaf = if leaf == "weight" { "gamma" } else { "beta" };
    match module {
        "conv1" | "conv2" => return whole(format!("{side}/{module}/{leaf}")),
        "embed_positions" => return whole(format!("{side}/position_encodings/encodings")),
        "embed_tokens" => return whole(format!("{side}/embeddings/weight")),
        "layer_norm" => return whole(format!("{side}/layer_norm/{norm_leaf}")),
        _ => {}
    }
    let (index, module) = module.strip_prefix("layers.")?.split_once('.')?;
    let layer = format!("{side}/layer_{index}");
    let stacked = |variable: &str, part, parts| {
        Some(Place { variable: format!("{layer}/{variable}/{leaf}"), part, parts })
    };
    match module {
        "self_attn_layer_norm" => whole(format!("{layer}/self_attention/layer_norm/{norm_leaf}")),
        "self_attn.q_proj" => stacked("self_attention/linear_0", 0, 3),
        "self_attn.k_proj" => stacked("self_attention/linear_0", 1, 3),
        "self_attn.v_proj" => stacked("self_attention/linear_0", 2, 3),
        "self_attn.out_proj" => stacked("self_attention/linear_1", 0, 1),
        "encoder_attn_layer_norm" => whole(format!("{layer}/attention/layer_norm/{norm_leaf}")),
        "encoder_attn.q_proj" => stacked("attention/linear_0", 0, 1),
        "encoder_attn.k_proj" => stacked("attention/linear_1", 0, 2),
        "encoder_attn.v_proj" => stacked("attention/linear_1", 1, 2),
        "encoder_attn.out_proj" => stacked("attention/linear_2", 0, 1),
        "final_layer_norm" => whole(format!("{layer}/ffn/layer_norm/{norm_leaf}")),
        "fc1" => stacked("ffn/linear_0", 0, 1),
        "fc2" => stacked("ffn/linear_1", 0, 1),
        _ => None,
    }
}
