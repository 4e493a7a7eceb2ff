//! Hugging Face's `config.json` of a language model, read and judged: what is computed otherwise here is refused by name. Refuses to know
//! tokenizers and tensors.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Family, RopeScaling};

/// What `config.json` says of the architecture, as far as it matters.
#[derive(Debug, Deserialize)]
pub struct Architecture {
    pub model_type: String,
    #[serde(default)]
    pub architectures: Option<Vec<String>>,
    pub hidden_size: usize,
    pub intermediate_size: usize,
    pub num_hidden_layers: usize,
    pub num_attention_heads: usize,
    #[serde(default)]
    pub num_key_value_heads: Option<usize>,
    #[serde(default)]
    pub head_dim: Option<usize>,
    pub vocab_size: usize,
    pub max_position_embeddings: usize,
    pub rms_norm_eps: f64,
    #[serde(default)]
    pub rope_theta: Option<f64>,
    #[serde(default)]
    pub rope_scaling: Option<Rope>,
    #[serde(default)]
    pub rope_parameters: Option<Rope>,
    #[serde(default)]
    pub tie_word_embeddings: Option<bool>,
    #[serde(default)]
    pub eos_token_id: Option<Ids>,
    #[serde(default)]
    hidden_act: Option<String>,
    #[serde(default)]
    partial_rotary_factor: Option<f64>,
    #[serde(default)]
    use_sliding_window: Option<bool>,
    #[serde(default)]
    sliding_window: Option<usize>,
    #[serde(default)]
    max_window_layers: Option<usize>,
    #[serde(default)]
    layer_types: Option<Vec<String>>,
    #[serde(default)]
    mlp_bias: Option<bool>,
    #[serde(default)]
    num_experts: Option<usize>,
    #[serde(default)]
    num_local_experts: Option<usize>,
    #[serde(default)]
    quantization_config: Option<Value>,
}

/// One token or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Ids {
    One(u32),
    Many(Vec<u32>),
}

impl Ids {
    pub fn list(this: Option<Ids>) -> Vec<u32> {
        match this {
            None => Vec::new(),
            Some(Ids::One(id)) => vec![id],
            Some(Ids::Many(ids)) => ids,
        }
    }
}

/// `rope_scaling`, or `rope_parameters` as newer files have it.
#[derive(Debug, Deserialize)]
pub struct Rope {
    #[serde(default)]
    rope_type: Option<String>,
    /// The older name of `rope_type`; some files have both.
    #[serde(default, rename = "type")]
    older_type: Option<String>,
    #[serde(default)]
    pub rope_theta: Option<f64>,
    #[serde(default)]
    partial_rotary_factor: Option<f64>,
    #[serde(default)]
    factor: Option<f64>,
    #[serde(default)]
    low_freq_factor: Option<f64>,
    #[serde(default)]
    high_freq_factor: Option<f64>,
    #[serde(default)]
    original_max_position_embeddings: Option<usize>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl Rope {
    /// Llama 3's scaling, or none.
    ///
    /// # Errors
    /// In words, for every other kind and for numbers that are none.
    fn scaling(&self) -> Result<Option<RopeScaling>, String> {
        if self.rest.values().any(Value::is_object) {
            return Err("its positions turn otherwise in some layers, which is not computed".to_owned());
        }
        match self.rope_type.as_ref().or(self.older_type.as_ref()).map(String::as_str) {
            None | Some("default") => Ok(None),
            Some("llama3") => self.llama3().map(Some),
            Some(other) => {
                Err(format!("its positions are scaled by {other:?}, which is not computed; \"llama3\" is"))
            }
        }
    }

    fn llama3(&self) -> Result<RopeScaling, String> {
        let (Some(factor), Some(low), Some(high), Some(original)) =
            (self.factor, self.low_freq_factor, self.high_freq_factor, self.original_max_position_embeddings)
        else {
            return Err("its rope_scaling lacks a field of \"llama3\"".to_owned());
        };
        // The slow and the fast pairs part at the original length over these two factors.
        let is_sane = factor >= 1.0 && low > 0.0 && high > low && original > 0;
        if !(is_sane && factor.is_finite() && high.is_finite()) {
            return Err("the numbers of its rope_scaling are none".to_owned());
        }
        Ok(RopeScaling {
            rope_type: "llama3",
            factor,
            low_freq_factor: low,
            high_freq_factor: high,
            original_max_position_embeddings: original,
        })
    }
}

impl Architecture {
    /// # Errors
    /// In words, naming what is not computed here and why.
    pub fn family(&self) -> Result<Family, String> {
        let family = Family::named(&self.model_type);
        let family = family.ok_or_else(|| {
            format!("config.json describes {:?}; llama, qwen2 and qwen3 are converted", self.model_type)
        })?;
        let named = self.architectures.iter().flatten().next();
        if let Some(other) = named.filter(|name| !name.ends_with("ForCausalLM")) {
            return Err(format!("it is a {other}, which writes no text"));
        }
        if let Some(act) = self.hidden_act.as_ref().filter(|act| *act != "silu") {
            return Err(format!("its activation is {act:?}, which is not computed; \"silu\" is"));
        }
        if self.mlp_bias == Some(true) {
            return Err("its feed-forward layers have biases (mlp_bias), which are not computed".to_owned());
        }
        if self.num_experts.or(self.num_local_experts).is_some_and(|count| count > 0) {
            return Err("it is a mixture of experts, which is not computed".to_owned());
        }
        if self.quantization_config.is_some() {
            return Err(
                "its weights are quantized already (quantization_config); take those in F32, F16 or BF16"
                    .into(),
            );
        }
        self.check_window()?;
        Ok(family)
    }

    /// Attention that sees only what is near would need a cache of its own.
    fn check_window(&self) -> Result<(), String> {
        let mut kinds = self.layer_types.iter().flatten();
        if let Some(kind) = kinds.find(|kind| *kind != "full_attention") {
            return Err(format!(
                "it has layers of the type {kind:?}, which is not computed; \"full_attention\" is"
            ));
        }
        let is_used = self.use_sliding_window == Some(true)
            && self.layer_types.is_none()
            && self.max_window_layers.is_none_or(|first| first < self.num_hidden_layers);
        match self.sliding_window.filter(|window| is_used && *window < self.max_position_embeddings) {
            Some(window) => Err(format!(
                "its attention sees the last {window} tokens only (sliding_window), which is not computed"
            )),
            None => Ok(()),
        }
    }

    /// Llama 3's scaling of positions, or none.
    ///
    /// # Errors
    /// As [`Architecture::family`].
    pub fn scaling(&self) -> Result<Option<RopeScaling>, String> {
        let ropes = || self.rope_parameters.iter().chain(&self.rope_scaling);
        let mut parts =
            ropes().map(|rope| rope.partial_rotary_factor).chain([self.partial_rotary_factor]).flatten();
        if parts.any(|part| part != 1.0) {
            return Err("only a part of each head is turned (partial_rotary_factor), which is not computed"
                .to_owned());
        }
        let found: Vec<_> = ropes().map(Rope::scaling).collect::<Result<_, _>>()?;
        Ok(found.into_iter().flatten().next())
    }

    /// Of the angles; what the oldest files leave out is Llama's first.
    pub fn rope_theta(&self) -> f64 {
        let newer = self.rope_parameters.as_ref().and_then(|rope| rope.rope_theta);
        newer.or(self.rope_theta).unwrap_or(10_000.0)
    }
}
