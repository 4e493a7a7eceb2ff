//! Whisper as a list of tensors: the settings in `config.json` and every tensor's Hugging Face name and shape. Refuses to
//! know where the tensors come from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ExportError;

/// Bounds on what a config may claim, so that a damaged one is refused before anything is allocated for it.
const MAX_WIDTH: usize = 4096;
const MAX_LAYERS: usize = 128;
const MAX_VOCABULARY: usize = 1 << 18;
const MAX_POSITIONS: usize = 1 << 14;

/// What is written as `config.json`: the fields of Hugging Face's `config.json` and those of its
/// `generation_config.json` that decoding needs, in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhisperConfig {
    pub model_type: String,
    pub d_model: usize,
    pub encoder_layers: usize,
    pub encoder_attention_heads: usize,
    pub encoder_ffn_dim: usize,
    pub decoder_layers: usize,
    pub decoder_attention_heads: usize,
    pub decoder_ffn_dim: usize,
    pub vocab_size: usize,
    pub num_mel_bins: usize,
    /// Frames of the encoder's output, 50 a second.
    pub max_source_positions: usize,
    /// Tokens the decoder can hold.
    pub max_target_positions: usize,
    #[serde(flatten)]
    pub generation: Generation,
}

/// What decoding needs beside the shapes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Generation {
    pub is_multilingual: bool,
    pub eos_token_id: u32,
    pub decoder_start_token_id: u32,
    pub no_timestamps_token_id: u32,
    /// `[layer, head]` of the cross-attentions that follow the words in time; empty where the source names none.
    pub alignment_heads: Vec<[usize; 2]>,
    /// How much later than the words those heads look, in seconds; 0 where nobody has measured it.
    #[serde(default)]
    pub alignment_lag_s: f64,
    /// Tokens never sampled.
    pub suppress_tokens: Vec<u32>,
    /// Tokens not sampled first.
    pub begin_suppress_tokens: Vec<u32>,
    /// `<|en|>` → its token, and so on; empty for an English-only model.
    pub lang_to_id: BTreeMap<String, u32>,
    /// `transcribe`, `translate` → their tokens; empty for an English-only model.
    pub task_to_id: BTreeMap<String, u32>,
}

/// A tensor that the model consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorSpec {
    pub name: String,
    pub shape: Vec<usize>,
}

impl WhisperConfig {
    /// Whether the shapes are ones that a Whisper can have.
    ///
    /// # Errors
    /// [`ExportError::Input`] naming the first field that is not.
    pub fn validate(&self, origin: &str) -> Result<(), ExportError> {
        let bad = |what: String| Err(ExportError::input(origin, what));
        let within = [
            ("d_model", self.d_model, MAX_WIDTH),
            ("encoder_ffn_dim", self.encoder_ffn_dim, 4 * MAX_WIDTH),
            ("decoder_ffn_dim", self.decoder_ffn_dim, 4 * MAX_WIDTH),
            ("encoder_layers", self.encoder_layers, MAX_LAYERS),
            ("decoder_layers", self.decoder_layers, MAX_LAYERS),
            ("vocab_size", self.vocab_size, MAX_VOCABULARY),
            ("num_mel_bins", self.num_mel_bins, MAX_WIDTH),
            ("max_source_positions", self.max_source_positions, MAX_POSITIONS),
            ("max_target_positions", self.max_target_positions, MAX_POSITIONS),
        ];
        for (name, value, most) in within {
            if value == 0 || value > most {
                return bad(format!("{name} is {value}"));
            }
        }
        for heads in [self.encoder_attention_heads, self.decoder_attention_heads] {
            if heads == 0 || !self.d_model.is_multiple_of(heads) {
                return bad(format!("{heads} heads do not divide a width of {}", self.d_model));
            }
        }
        for [layer, head] in &self.generation.alignment_heads {
            if *layer >= self.decoder_layers || *head >= self.decoder_attention_heads {
                return bad(format!("there is no alignment head [{layer}, {head}]"));
            }
        }
        Ok(())
    }

    /// Every tensor, in the order in which a loader needs them: encoder first, layer by layer.
    pub fn tensors(&self) -> Vec<TensorSpec> {
        let d = self.d_model;
        let mut list = Vec::new();
        let mut add = |name: String, shape: &[usize]| list.push(TensorSpec { name, shape: shape.to_vec() });
        let encoder = "model.encoder";
        add(format!("{encoder}.conv1.weight"), &[d, self.num_mel_bins, 3]);
        add(format!("{encoder}.conv1.bias"), &[d]);
        add(format!("{encoder}.conv2.weight"), &[d, d, 3]);
        add(format!("{encoder}.conv2.bias"), &[d]);
        add(format!("{encoder}.embed_positions.weight"), &[self.max_source_positions, d]);
        for layer in 0..self.encoder_layers {
            let layer = format!("{encoder}.layers.{layer}");
            attention(&mut add, &layer, "self_attn", d);
            feed_forward(&mut add, &layer, d, self.encoder_ffn_dim);
        }
        norm(&mut add, &format!("{encoder}.layer_norm"), d);
        let decoder = "model.decoder";
        add(format!("{decoder}.embed_tokens.weight"), &[self.vocab_size, d]);
        add(format!("{decoder}.embed_positions.weight"), &[self.max_target_positions, d]);
        for layer in 0..self.decoder_layers {
            let layer = format!("{decoder}.layers.{layer}");
            attention(&mut add, &layer, "self_attn", d);
            attention(&mut add, &layer, "encoder_attn", d);
            feed_forward(&mut add, &layer, d, self.decoder_ffn_dim);
        }
        norm(&mut add, &format!("{decoder}.layer_norm"), d);
        list
    }
}

fn norm(add: &mut impl FnMut(String, &[usize]), name: &str, d: usize) {
    add(format!("{name}.weight"), &[d]);
    add(format!("{name}.bias"), &[d]);
}

fn attention(add: &mut impl FnMut(String, &[usize]), layer: &str, name: &str, d: usize) {
    norm(add, &format!("{layer}.{name}_layer_norm"), d);
    for projection in ["q_proj", "k_proj", "v_proj", "out_proj"] {
        add(format!("{layer}.{name}.{projection}.weight"), &[d, d]);
        // A bias of the keys would shift all scores of a query alike, so Whisper has none.
        if projection != "k_proj" {
            add(format!("{layer}.{name}.{projection}.bias"), &[d]);
        }
    }
}

fn feed_forward(add: &mut impl FnMut(String, &[usize]), layer: &str, d: usize, inner: usize) {
    norm(add, &format!("{layer}.final_layer_norm"), d);
    add(format!("{layer}.fc1.weight"), &[inner, d]);
    add(format!("{layer}.fc1.bias"), &[inner]);
    add(format!("{layer}.fc2.weight"), &[d, inner]);
    add(format!("{layer}.fc2.bias"), &[d]);
}

impl Generation {
    /// What the special tokens of a `tokenizer.json` say by themselves; the lists come from elsewhere.
    ///
    /// # Errors
    /// [`ExportError::Input`] where it is not a Whisper tokenizer.
    pub fn from_tokenizer(tokenizer: &Value, origin: &str) -> Result<Self, ExportError> {
        let added: BTreeMap<&str, u32> = tokenizer
            .get("added_tokens")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|t| Some((t.get("content")?.as_str()?, u32::try_from(t.get("id")?.as_u64()?).ok()?)))
            .collect();
        let id = |token: &str| {
            let missing = || ExportError::input(origin, format!("tokenizer.json has no token {token}"));
            added.get(token).copied().ok_or_else(missing)
        };
        let (start, translate, transcribe) =
            (id("<|startoftranscript|>")?, id("<|translate|>")?, id("<|transcribe|>")?);
        // GPT-2's 50 257 tokens end with <|endoftext|>; the multilingual vocabulary has one text token more.
        let eos = id("<|endoftext|>")?;
        let is_multilingual = eos > 50_256;
        // Language tokens stand between the start and the first task in every Whisper vocabulary.
        let first_task = translate.min(transcribe);
        let languages = || added.iter().filter(|(_, id)| (start + 1..first_task).contains(*id));
        Ok(Self {
            is_multilingual,
            eos_token_id: eos,
            decoder_start_token_id: start,
            no_timestamps_token_id: id("<|notimestamps|>")?,
            lang_to_id: if is_multilingual {
                languages().map(|(token, id)| ((*token).to_owned(), *id)).collect()
            } else {
                BTreeMap::new()
            },
            task_to_id: if is_multilingual {
                [("transcribe".to_owned(), transcribe), ("translate".to_owned(), translate)].into()
            } else {
                BTreeMap::new()
            },
            ..Self::default()
        })
    }

    /// ISO 639 codes in the order of their tokens, which is that of the training hours.
    pub fn languages(&self) -> Vec<String> {
        if !self.is_multilingual {
            return vec!["en".to_owned()];
        }
        let mut codes: Vec<_> = self.lang_to_id.iter().map(|(token, id)| (*id, token)).collect();
        codes.sort_unstable();
        codes.into_iter().map(|(_, token)| token.trim_matches(['<', '|', '>']).to_owned()).collect()
    }
}
