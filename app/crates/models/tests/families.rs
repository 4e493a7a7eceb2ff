//! What sets the families of language models apart (bias, normalized heads, an own last layer, slowed long waves): logits of small
//! made-up models beside those of another implementation, Apple's `mlx_lm` 0.32.2 on the CPU, in 32-bit floating point.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use models::llm::{Llm, Precision};
use models::weights::{ModelFiles, StoredAs, Writer};
use pollster::block_on;
use serde_json::{Value, json};

const WIDTH: usize = 64;
const INNER: usize = 96;
const HEADS: usize = 4;
const KEY_HEADS: usize = 2;
const VOCABULARY: usize = 64;
const TEXT: [u32; 12] = [1, 5, 9, 33, 2, 60, 17, 8, 40, 41, 42, 43];

/// Tensors with numbers that anybody can make again.
struct MadeUp {
    writer: Writer,
    tensors: usize,
}

impl MadeUp {
    fn put(&mut self, name: &str, shape: &[usize], scale: f64, offset: f64) {
        let number = |at: usize| (at * 7919 + self.tensors * 15_485) % 2003;
        let count: usize = shape.iter().product();
        let values: Vec<f32> =
            (0..count).map(|at| ((number(at) as f64 / 2003.0 - 0.5) * scale + offset) as f32).collect();
        self.writer.add(name, shape, &values, StoredAs::F32).unwrap();
        self.tensors += 1;
    }

    fn layer(&mut self, layer: usize, head_width: usize, [bias, norm]: [bool; 2]) {
        let name = |part: &str| format!("model.layers.{layer}.{part}");
        let (queries, keys) = (HEADS * head_width, KEY_HEADS * head_width);
        self.put(&name("input_layernorm.weight"), &[WIDTH], 0.4, 1.0);
        for (part, outputs) in [("q", queries), ("k", keys), ("v", keys)] {
            self.put(&name(&format!("self_attn.{part}_proj.weight")), &[outputs, WIDTH], 0.5, 0.0);
        }
        for (part, outputs) in [("q", queries), ("k", keys), ("v", keys)].into_iter().filter(|_| bias) {
            self.put(&name(&format!("self_attn.{part}_proj.bias")), &[outputs], 1.0, 0.0);
        }
        for part in ["q", "k"].into_iter().filter(|_| norm) {
            self.put(&name(&format!("self_attn.{part}_norm.weight")), &[head_width], 0.6, 1.2);
        }
        self.put(&name("self_attn.o_proj.weight"), &[WIDTH, queries], 0.5, 0.0);
        self.put(&name("post_attention_layernorm.weight"), &[WIDTH], 0.4, 1.0);
        self.put(&name("mlp.gate_proj.weight"), &[INNER, WIDTH], 0.5, 0.0);
        self.put(&name("mlp.up_proj.weight"), &[INNER, WIDTH], 0.5, 0.0);
        self.put(&name("mlp.down_proj.weight"), &[WIDTH, INNER], 0.5, 0.0);
    }
}

/// The last logits of a model with two layers whose configuration has these fields too.
fn last_logits(fields: &Value) -> Vec<f32> {
    let mut config = json!({
        "hidden_size": WIDTH, "intermediate_size": INNER, "num_hidden_layers": 2, "num_attention_heads": HEADS,
        "num_key_value_heads": KEY_HEADS, "head_dim": 16, "vocab_size": VOCABULARY, "max_position_embeddings": 64,
        "rms_norm_eps": 1e-6, "rope_theta": 10000.0, "tie_word_embeddings": true, "eos_token_id": 2, "chat_template": ""
    });
    for (name, value) in fields.as_object().unwrap() {
        config[name] = value.clone();
    }
    let head_width = config["head_dim"].as_u64().unwrap() as usize;
    let has = |field: &str| config[field].as_bool().unwrap_or_default();
    let mut weights = MadeUp { writer: Writer::new(), tensors: 0 };
    weights.put("model.embed_tokens.weight", &[VOCABULARY, WIDTH], 1.0, 0.0);
    (0..2).for_each(|layer| weights.layer(layer, head_width, ["qkv_bias", "qk_norm"].map(has)));
    weights.put("model.norm.weight", &[WIDTH], 0.4, 1.0);
    if !has("tie_word_embeddings") {
        weights.put("lm_head.weight", &[VOCABULARY, WIDTH], 1.0, 0.0);
    }
    let tokenizer = json!({"added_tokens": [], "model": {"type": "BPE", "merges": [], "vocab": {"a": 0}}});
    let files = ModelFiles {
        config_json: config.to_string().into_bytes(),
        tokenizer_json: tokenizer.to_string().into_bytes(),
        shards: weights.writer.finish().unwrap().into_iter().map(|(_, bytes)| bytes).collect(),
    };
    let llm = Llm::load(files, Precision::Float).unwrap();
    block_on(llm.read(&TEXT, &mut llm.context())).unwrap()
}

fn check(fields: &Value, likeliest: usize, expected: [f32; 8]) {
    let found = last_logits(fields);
    let best = (0..VOCABULARY).max_by(|a, b| found[*a].total_cmp(&found[*b]));
    assert_eq!(best, Some(likeliest), "{fields}");
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-3, "{found} for {expected}, {fields}");
    }
}

#[test]
fn llama_3_slows_long_waves_down() {
    let scaling = json!({"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 16});
    let expected = [3.21176, 4.39273, 3.69516, 5.75504, 4.35314, 3.20753, 4.70109, 3.09251];
    check(&json!({"rope_scaling": scaling}), 3, expected);
}

#[test]
fn qwen2_has_a_bias() {
    let expected = [1.80455, 2.84054, 1.31741, 2.50728, 0.69214, -0.13975, 0.66289, -1.19307];
    check(&json!({"qkv_bias": true}), 33, expected);
}

#[test]
fn qwen3_normalizes_its_heads() {
    let expected = [-3.37178, -2.89337, -3.5822, -4.08405, -4.9068, -4.69537, -6.01158, -5.73429];
    check(&json!({"head_dim": 32, "qk_norm": true, "tie_word_embeddings": false}), 59, expected);
}
