//! What is written as a language model's `config.json`, the bounds on it, and the list of tensors that follows from it. Refuses to know
//! where the settings come from.

use std::fmt;

use serde::Serialize;

use super::{Part, TensorSpec, divides};
use crate::ExportError;

/// Bounds on what a file may claim, those of the loader: a damaged one is refused before anything is allocated for it.
const MOST_WIDTH: usize = 1 << 14;
const MOST_LAYERS: usize = 256;
const MOST_TOKENS: usize = 1 << 20;
const MOST_POSITIONS: usize = 1 << 20;

/// What Hugging Face calls `model_type` and GGUF `general.architecture`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    Llama,
    Qwen2,
    Qwen3,
}

impl Family {
    /// The family of that name.
    pub fn named(name: &str) -> Option<Family> {
        [Family::Llama, Family::Qwen2, Family::Qwen3].into_iter().find(|family| family.to_string() == name)
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Family::Llama => "llama",
            Family::Qwen2 => "qwen2",
            Family::Qwen3 => "qwen3",
        })
    }
}

/// Llama 3's way of stretching the angles of the slow pairs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RopeScaling {
    /// Always `llama3`.
    pub rope_type: &'static str,
    pub factor: f64,
    pub low_freq_factor: f64,
    pub high_freq_factor: f64,
    pub original_max_position_embeddings: usize,
}

/// One number where there is one, as the oldest readers expect it; else a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum EndTokens {
    One(u32),
    Many(Vec<u32>),
}

/// The document, its fields named as Hugging Face names them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    pub model_type: Family,
    pub hidden_size: usize,
    pub intermediate_size: usize,
    pub num_hidden_layers: usize,
    pub num_attention_heads: usize,
    pub num_key_value_heads: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_dim: Option<usize>,
    pub vocab_size: usize,
    pub max_position_embeddings: usize,
    pub rms_norm_eps: f64,
    pub rope_theta: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rope_scaling: Option<RopeScaling>,
    pub tie_word_embeddings: bool,
    /// Whether queries, keys and values have biases.
    pub qkv_bias: bool,
    /// Whether each head's queries and keys are normed.
    pub qk_norm: bool,
    pub eos_token_id: EndTokens,
    /// As chat templates spell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bos_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eos_token: Option<String>,
    /// Jinja.
    pub chat_template: String,
}

impl Settings {
    pub fn head_width(&self) -> usize {
        self.head_dim.unwrap_or_else(|| self.hidden_size / self.num_attention_heads.max(1))
    }

    /// Whether a model can have these sizes and they can be stored.
    ///
    /// # Errors
    /// [`ExportError::Input`] naming the first that is not possible.
    pub fn validate(&self, origin: &str) -> Result<(), ExportError> {
        let bad = |reason: String| Err(ExportError::input(origin, reason));
        for (name, value, most) in [
            ("hidden_size", self.hidden_size, MOST_WIDTH),
            ("intermediate_size", self.intermediate_size, 8 * MOST_WIDTH),
            ("num_hidden_layers", self.num_hidden_layers, MOST_LAYERS),
            ("num_attention_heads", self.num_attention_heads, MOST_WIDTH),
            ("num_key_value_heads", self.num_key_value_heads, self.num_attention_heads),
            ("head_dim", self.head_width(), MOST_WIDTH),
            ("vocab_size", self.vocab_size, MOST_TOKENS),
            ("max_position_embeddings", self.max_position_embeddings, MOST_POSITIONS),
        ] {
            if value == 0 || value > most {
                return bad(format!("{name} is {value}"));
            }
        }
        if !self.num_attention_heads.is_multiple_of(self.num_key_value_heads) {
            return bad("its heads cannot share the keys".to_owned());
        }
        if !self.head_width().is_multiple_of(2) {
            return bad("its heads cannot be turned in pairs".to_owned());
        }
        if self.head_dim.is_none() && !self.hidden_size.is_multiple_of(self.num_attention_heads) {
            return bad(format!("{} heads do not divide {}", self.num_attention_heads, self.hidden_size));
        }
        for (name, value) in [("rms_norm_eps", self.rms_norm_eps), ("rope_theta", self.rope_theta)] {
            if !(value.is_finite() && value > 0.0) {
                return bad(format!("{name} is {value}"));
            }
        }
        self.validate_widths(origin)
    }

    /// Matrices are cut into blocks of 32 along their inputs.
    fn validate_widths(&self, origin: &str) -> Result<(), ExportError> {
        let queries = self.num_attention_heads.saturating_mul(self.head_width());
        for (what, width) in [
            ("hidden_size", self.hidden_size),
            ("intermediate_size", self.intermediate_size),
            ("the width of all heads", queries),
        ] {
            if !divides(width) {
                let reason = format!("{what} is {width}; only multiples of 32 can be stored in blocks");
                return Err(ExportError::input(origin, reason));
            }
        }
        if queries > 8 * MOST_WIDTH {
            return Err(ExportError::input(origin, format!("the width of all heads is {queries}")));
        }
        Ok(())
    }

    /// Every tensor, in the order in which a loader needs them.
    pub fn tensors(&self) -> Vec<TensorSpec> {
        let mut list = Vec::new();
        let mut add = |name: String, shape: &[usize], part: Part| {
            list.push(TensorSpec { name, shape: shape.to_vec(), part });
        };
        let (width, inner) = (self.hidden_size, self.intermediate_size);
        let embedding = [self.vocab_size, width];
        add("model.embed_tokens.weight".to_owned(), &embedding, Part::Vocabulary);
        for layer in (0..self.num_hidden_layers).map(|layer| format!("model.layers.{layer}")) {
            add(format!("{layer}.input_layernorm.weight"), &[width], Part::Vector);
            self.attention(&format!("{layer}.self_attn"), &mut add);
            add(format!("{layer}.post_attention_layernorm.weight"), &[width], Part::Vector);
            add(format!("{layer}.mlp.gate_proj.weight"), &[inner, width], Part::Matrix);
            add(format!("{layer}.mlp.up_proj.weight"), &[inner, width], Part::Matrix);
            add(format!("{layer}.mlp.down_proj.weight"), &[width, inner], Part::Matrix);
        }
        add("model.norm.weight".to_owned(), &[width], Part::Vector);
        if !self.tie_word_embeddings {
            add("lm_head.weight".to_owned(), &embedding, Part::Vocabulary);
        }
        list
    }

    fn attention(&self, within: &str, add: &mut impl FnMut(String, &[usize], Part)) {
        let width = self.hidden_size;
        let queries = self.num_attention_heads * self.head_width();
        let keys = self.num_key_value_heads * self.head_width();
        for (name, rows) in [("q_proj", queries), ("k_proj", keys), ("v_proj", keys)] {
            add(format!("{within}.{name}.weight"), &[rows, width], Part::Matrix);
            if self.qkv_bias {
                add(format!("{within}.{name}.bias"), &[rows], Part::Vector);
            }
        }
        if self.qk_norm {
            for name in ["q_norm", "k_norm"] {
                add(format!("{within}.{name}.weight"), &[self.head_width()], Part::Vector);
            }
        }
        add(format!("{within}.o_proj.weight"), &[width, queries], Part::Matrix);
    }
}
