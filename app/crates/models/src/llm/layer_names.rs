//! What the weights of a layer are called, for whatever computes with them. Names are Hugging Face's.

use super::config::Config;
use crate::Error;
use crate::kernel::QkvTransform;
use crate::weights::Reader;

/// Names of one layer's matrices, each with its outputs; those that lie one below another together.
pub(super) struct LayerNames {
    pub attention_norm: String,
    pub query_key_value: [(String, usize); 3],
    pub attention_out: [(String, usize); 1],
    pub feed_norm: String,
    pub gate_up: [(String, usize); 2],
    pub down: [(String, usize); 1],
}

impl LayerNames {
    pub const LAST_NORM: &str = "model.norm.weight";

    pub fn new(config: &Config, layer: usize) -> LayerNames {
        let (width, inner, heads) = (config.hidden_size, config.intermediate_size, config.heads());
        let name = |part: &str| format!("model.layers.{layer}.{part}.weight");
        LayerNames {
            attention_norm: name("input_layernorm"),
            query_key_value: [
                (name("self_attn.q_proj"), heads.query_width()),
                (name("self_attn.k_proj"), heads.key_width()),
                (name("self_attn.v_proj"), heads.key_width()),
            ],
            attention_out: [(name("self_attn.o_proj"), width)],
            feed_norm: name("post_attention_layernorm"),
            gate_up: [(name("mlp.gate_proj"), inner), (name("mlp.up_proj"), inner)],
            down: [(name("mlp.down_proj"), width)],
        }
    }

    pub fn embedding(config: &Config) -> (String, usize) {
        ("model.embed_tokens.weight".to_owned(), config.vocab_size)
    }

    /// `None` where it is the embedding.
    pub fn head(config: &Config) -> Option<(String, usize)> {
        (!config.tie_word_embeddings).then(|| ("lm_head.weight".to_owned(), config.vocab_size))
    }
}

/// Bias and normalization of a layer's heads.
pub(super) fn qkv_transform(
    config: &Config,
    reader: &mut Reader,
    layer: usize,
) -> Result<QkvTransform, Error> {
    let heads = config.heads();
    let mut constants = Vec::with_capacity(heads.columns() + 2 * heads.width);
    let mut part = |name: &str, width: usize, is_there: bool, otherwise: f32| -> Result<(), Error> {
        if is_there {
            let name = format!("model.layers.{layer}.self_attn.{name}");
            constants.extend(reader.take(&name, &[width])?.into_f32());
        } else {
            constants.resize(constants.len() + width, otherwise);
        }
        Ok(())
    };
    part("q_proj.bias", heads.query_width(), config.qkv_bias, 0.0)?;
    part("k_proj.bias", heads.key_width(), config.qkv_bias, 0.0)?;
    part("v_proj.bias", heads.key_width(), config.qkv_bias, 0.0)?;
    part("q_norm.weight", heads.width, config.qk_norm, 1.0)?;
    part("k_norm.weight", heads.width, config.qk_norm, 1.0)?;
    Ok(QkvTransform { constants, epsilon: config.qk_norm.then_some(config.rms_norm_eps) })
}
