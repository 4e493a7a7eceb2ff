//! The settings of a language model of Llama's family, as Hugging Face's `config.json` has them.

use serde::Deserialize;

use crate::Error;

const MOST_WIDTH: usize = 1 << 14;
const MOST_LAYERS: usize = 256;
const MOST_TOKENS: usize = 1 << 20;
const MOST_POSITIONS: usize = 1 << 20;

/// Sizes and constants of one model.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Config {
    pub hidden_size: usize,
    pub intermediate_size: usize,
    pub num_hidden_layers: usize,
    pub num_attention_heads: usize,
    pub num_key_value_heads: usize,
    #[serde(default)]
    pub head_dim: Option<usize>,
    pub vocab_size: usize,
    pub max_position_embeddings: usize,
    pub rms_norm_eps: f32,
    pub rope_theta: f32,
    /// The last layer is the token embedding.
    #[serde(default)]
    pub tie_word_embeddings: bool,
    pub eos_token_id: u32,
    /// Jinja, as in Hugging Face's `tokenizer_config.json`.
    pub chat_template: String,
}

impl Config {
    /// # Errors
    /// `Malformed` where it is no such document or no model can have these sizes.
    pub fn from_json(json: &[u8]) -> Result<Config, Error> {
        let malformed = |what: String| Error::malformed(format!("config.json: {what}"));
        let config: Config = serde_json::from_slice(json).map_err(|error| malformed(error.to_string()))?;
        for (name, value, most) in [
            ("hidden_size", config.hidden_size, MOST_WIDTH),
            ("intermediate_size", config.intermediate_size, 8 * MOST_WIDTH),
            ("num_hidden_layers", config.num_hidden_layers, MOST_LAYERS),
            ("num_attention_heads", config.num_attention_heads, MOST_WIDTH),
            ("num_key_value_heads", config.num_key_value_heads, config.num_attention_heads),
            ("head_dim", config.head_width(), MOST_WIDTH),
            ("vocab_size", config.vocab_size, MOST_TOKENS),
            ("max_position_embeddings", config.max_position_embeddings, MOST_POSITIONS),
        ] {
            if value == 0 || value > most {
                return Err(malformed(format!("{name} is {value}")));
            }
        }
        if !config.num_attention_heads.is_multiple_of(config.num_key_value_heads) {
            return Err(malformed("the heads cannot share the keys".to_owned()));
        }
        if !config.head_width().is_multiple_of(2) {
            return Err(malformed("a head cannot be turned in pairs".to_owned()));
        }
        Ok(config)
    }

    pub fn head_width(&self) -> usize {
        self.head_dim.unwrap_or_else(|| self.hidden_size / self.num_attention_heads.max(1))
    }

    /// Width of all queries.
    pub fn query_width(&self) -> usize {
        self.num_attention_heads * self.head_width()
    }

    /// Width of all keys, and of all values.
    pub fn key_width(&self) -> usize {
        self.num_key_value_heads * self.head_width()
    }
}
