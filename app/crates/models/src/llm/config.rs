//! The settings of a language model of Llama's family, as Hugging Face's `config.json` has them.

use serde::Deserialize;

use crate::Error;
use crate::kernel::Heads;

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
    #[serde(default)]
    pub rope_scaling: Option<RopeScaling>,
    /// Queries, keys and values have a bias (Qwen2).
    #[serde(default)]
    pub qkv_bias: bool,
    /// Heads of queries and keys are normalized (Qwen3).
    #[serde(default)]
    pub qk_norm: bool,
    /// The last layer is the token embedding.
    #[serde(default)]
    pub tie_word_embeddings: bool,
    /// Each ends an answer.
    pub eos_token_id: OneOrMore,
    /// Jinja, as in Hugging Face's `tokenizer_config.json`.
    pub chat_template: String,
    /// As templates spell them.
    #[serde(default)]
    pub bos_token: Option<String>,
    #[serde(default)]
    pub eos_token: Option<String>,
}

/// A number or a list of them, as Hugging Face writes ends.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(u32),
    More(Vec<u32>),
}

impl OneOrMore {
    pub fn first(&self) -> u32 {
        match self {
            OneOrMore::One(one) => *one,
            OneOrMore::More(list) => list.first().copied().unwrap_or_default(),
        }
    }

    pub fn contains(&self, id: u32) -> bool {
        match self {
            OneOrMore::One(one) => *one == id,
            OneOrMore::More(list) => list.contains(&id),
        }
    }
}

/// How a model that was trained on short texts was taught to read long ones.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "rope_type", rename_all = "lowercase")]
pub(super) enum RopeScaling {
    /// Llama 3.1's.
    Llama3 {
        factor: f32,
        low_freq_factor: f32,
        high_freq_factor: f32,
        original_max_position_embeddings: usize,
    },
}

impl RopeScaling {
    /// Waves longer than the texts of the first training are slowed down by the factor, shorter ones left alone, and between the two
    /// it is blended.
    fn applied(&self, frequency: f32) -> f32 {
        let RopeScaling::Llama3 {
            factor,
            low_freq_factor: low,
            high_freq_factor: high,
            original_max_position_embeddings,
        } = self;
        let wave = std::f32::consts::TAU / frequency;
        let waves = *original_max_position_embeddings as f32 / wave;
        let kept = ((waves - low) / (high - low)).clamp(0.0, 1.0);
        (1.0 - kept) * frequency / factor + kept * frequency
    }
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
        if matches!(&config.eos_token_id, OneOrMore::More(list) if list.is_empty()) {
            return Err(malformed("nothing ends an answer".to_owned()));
        }
        if !config.num_attention_heads.is_multiple_of(config.num_key_value_heads) {
            return Err(malformed("the heads cannot share the keys".to_owned()));
        }
        if let Some(RopeScaling::Llama3 { factor, low_freq_factor: low, high_freq_factor: high, .. }) =
            &config.rope_scaling
            && !(*factor > 0.0 && high > low)
        {
            return Err(malformed("rope_scaling cannot be".to_owned()));
        }
        if !config.head_width().is_multiple_of(2) {
            return Err(malformed("a head cannot be turned in pairs".to_owned()));
        }
        Ok(config)
    }

    pub fn head_width(&self) -> usize {
        self.head_dim.unwrap_or_else(|| self.hidden_size / self.num_attention_heads.max(1))
    }

    pub fn heads(&self) -> Heads {
        Heads { count: self.num_attention_heads, keys: self.num_key_value_heads, width: self.head_width() }
    }

    /// Of the rotary embedding, radians from one position to the next: `[head_width / 2]`.
    pub fn frequencies(&self) -> Vec<f32> {
        let width = self.head_width();
        let frequency = |pair: usize| self.rope_theta.powf(-((2 * pair) as f32) / width as f32);
        let scaled = |frequency| self.rope_scaling.as_ref().map_or(frequency, |how| how.applied(frequency));
        (0..width / 2).map(frequency).map(scaled).collect()
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::Config;

    /// A small model with these fields beside or in place of the usual ones, as JSON without braces.
    pub fn config(fields: serde_json::Value) -> Config {
        let mut json = serde_json::json!({
            "hidden_size": 64, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2,
            "num_key_value_heads": 1, "vocab_size": 64, "max_position_embeddings": 64, "rms_norm_eps": 1e-6,
            "rope_theta": 10000.0, "tie_word_embeddings": true, "eos_token_id": [1, 2], "chat_template": ""
        });
        for (name, value) in fields.as_object().unwrap() {
            json[name] = value.clone();
        }
        Config::from_json(json.to_string().as_bytes()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::testing::config;
    use super::*;

    /// Llama 3.1's own numbers: short waves are left alone, long ones slowed eight times, one between them a little.
    #[test]
    fn long_waves_are_slowed_down() {
        let scaling = json!({"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
            "original_max_position_embeddings": 8192});
        let sizes = json!({"head_dim": 128, "rope_theta": 500000.0});
        let plain = config(sizes.clone()).frequencies();
        let mut fields = sizes;
        fields["rope_scaling"] = scaling;
        let slowed = config(fields).frequencies();
        assert_eq!((plain[0], slowed[0]), (1.0, 1.0));
        assert_eq!(slowed[63], plain[63] / 8.0);
        let between = plain.iter().zip(&slowed).filter(|(a, b)| *b < *a && **b > **a / 8.0).count();
        assert_eq!(between, 6);
    }

    #[test]
    fn models_that_cannot_be_are_refused() {
        let is_refused = |text: &str| Config::from_json(text.as_bytes()).is_err();
        let fine = r#"{"hidden_size": 64, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2,
            "num_key_value_heads": 1, "vocab_size": 64, "max_position_embeddings": 64, "rms_norm_eps": 1e-6,
            "rope_theta": 10000.0, "eos_token_id": 2, "chat_template": ""}"#;
        assert!(!is_refused(fine));
        assert!(is_refused("{}"));
        assert!(is_refused(&fine.replace("\"eos_token_id\": 2", "\"eos_token_id\": []")));
        assert!(is_refused(&fine.replace("\"hidden_size\": 64", "\"hidden_size\": 0")));
        assert!(is_refused(&fine.replace("\"num_key_value_heads\": 1", "\"num_key_value_heads\": 3")));
        assert!(is_refused(&fine.replace("\"vocab_size\": 64", "\"vocab_size\": 640000000")));
        let yarn = r#""rope_scaling": {"rope_type": "yarn", "factor": 4.0}, "vocab_size""#;
        assert!(is_refused(&fine.replace("\"vocab_size\"", yarn)), "a way of scaling that is not known");
    }
}
