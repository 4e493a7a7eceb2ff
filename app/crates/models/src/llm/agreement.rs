//! Whether a device computes what it should: a small made-up model reads a made-up text there and on the CPU.

use burn::tensor::Device;

use super::config::Config;
use super::layer_names::LayerNames;
use super::layers::Precision;
use super::{Wanted, cpu, gpu};
use crate::Error;
use crate::weights::{BLOCK_LEN, Q4, Reader, StoredAs, WeightsError, Writer};

/// How far a logit may lie from the CPU's. They span about 8, and both compute in 32 bits.
const TOLERANCE: f32 = 0.01;
/// Tokens read at one go, one after the other: through products for many rows and for few.
const PIECES: [usize; 4] = [40, 1, 3, 1];

/// Reads the text on both and compares.
pub(super) async fn agrees_with_cpu(config: &Config, device: &Device) -> Result<bool, Error> {
    let config = small(config);
    let shards = made_up(&config)?;
    let on_cpu = cpu::Network::load(&config, &mut Reader::new(shards.clone())?, Precision::Float)?;
    let on_device = gpu::Network::load(&config, &mut Reader::new(shards)?, device)?;
    let (mut kept, mut caches, mut first) = (on_cpu.caches(), on_device.caches(), 0);
    for count in PIECES {
        let tokens: Vec<u32> =
            (first..first + count).map(|at| ((at * 37 + 11) % config.vocab_size) as u32).collect();
        let expected = on_cpu.read(&tokens, &mut kept, first, Wanted::All)?;
        let found = on_device.read(&tokens, &mut caches, first, Wanted::All).await?;
        let is_near = |(a, b): (&f32, &f32)| (a - b).abs() <= TOLERANCE;
        if found.len() != expected.len() || !found.iter().zip(&expected).all(is_near) {
            return Ok(false);
        }
        first += count;
    }
    Ok(true)
}

/// The same kind of model with the same heads, and little else.
fn small(config: &Config) -> Config {
    Config {
        hidden_size: 8 * BLOCK_LEN,
        intermediate_size: 10 * BLOCK_LEN,
        num_hidden_layers: 2,
        vocab_size: 300,
        head_dim: Some(config.head_width()),
        max_position_embeddings: 256,
        ..config.clone()
    }
}

/// Weights of about the size that keeps activations near one: matrices in four bits, the embedding in eight.
fn made_up(config: &Config) -> Result<Vec<Vec<u8>>, WeightsError> {
    let mut weights = MadeUp { writer: Writer::new(), rng: fastrand::Rng::with_seed(21) };
    let (width, inner, heads) = (config.hidden_size, config.intermediate_size, config.heads());
    let (embedding, tokens) = LayerNames::embedding(config);
    weights.numbers(&embedding, &[tokens, width], StoredAs::Q8)?;
    for layer in 0..config.num_hidden_layers {
        let names = LayerNames::new(config, layer);
        weights.matrices(&names.query_key_value, width)?;
        weights.matrices(&names.attention_out, heads.query_width())?;
        weights.matrices(&names.gate_up, width)?;
        weights.matrices(&names.down, inner)?;
        weights.numbers(&names.attention_norm, &[width], StoredAs::F16)?;
        weights.numbers(&names.feed_norm, &[width], StoredAs::F16)?;
        let mut of_heads = |name: &str, width: usize| {
            weights.numbers(&format!("model.layers.{layer}.self_attn.{name}"), &[width], StoredAs::F16)
        };
        if config.qkv_bias {
            of_heads("q_proj.bias", heads.query_width())?;
            of_heads("k_proj.bias", heads.key_width())?;
            of_heads("v_proj.bias", heads.key_width())?;
        }
        if config.qk_norm {
            of_heads("q_norm.weight", heads.width)?;
            of_heads("k_norm.weight", heads.width)?;
        }
    }
    weights.numbers(LayerNames::LAST_NORM, &[width], StoredAs::F16)?;
    if let Some(head) = LayerNames::head(config) {
        weights.matrices(&[head], width)?;
    }
    Ok(weights.writer.finish()?.into_iter().map(|(_, bytes)| bytes).collect())
}

struct MadeUp {
    writer: Writer,
    rng: fastrand::Rng,
}

impl MadeUp {
    fn numbers(&mut self, name: &str, shape: &[usize], stored_as: StoredAs) -> Result<(), WeightsError> {
        let values: Vec<f32> = (0..shape.iter().product()).map(|_| self.rng.f32() * 2.0 - 1.0).collect();
        self.writer.add(name, shape, &values, stored_as)
    }

    fn matrices(&mut self, names: &[(String, usize)], inputs: usize) -> Result<(), WeightsError> {
        for (name, outputs) in names {
            let blocks = outputs * inputs / BLOCK_LEN;
            let steps = (0..outputs * inputs / 2).map(|_| self.rng.u8(..)).collect();
            // Fifteen steps from a little below zero to a little above.
            let scale = 1.0 / (5.0 * (inputs as f32).sqrt());
            let scales = (0..blocks).map(|_| scale * (0.5 + self.rng.f32())).collect();
            let minima = (0..blocks).map(|_| -7.5 * scale * (0.8 + 0.4 * self.rng.f32())).collect();
            self.writer.add_q4(name, &Q4::new(name, [*outputs, inputs], steps, scales, minima)?)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::config::testing::config;
    use super::*;
    use crate::kernel::gpu::testing::gpu;

    /// Families differ in bias, normalized heads, widths of heads and an own last layer.
    #[test]
    fn a_gpu_that_computes_right_agrees() {
        let llama = json!({"num_attention_heads": 9, "num_key_value_heads": 3, "head_dim": 64, "rope_scaling": {
            "rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
            "original_max_position_embeddings": 32}});
        let qwen2 =
            json!({"num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 32, "qkv_bias": true});
        let qwen3 = json!({"num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 128, "qk_norm": true,
            "tie_word_embeddings": false});
        for fields in [llama, qwen2, qwen3] {
            let agrees = pollster::block_on(agrees_with_cpu(&config(fields.clone()), &gpu()));
            assert!(agrees.unwrap(), "{fields}");
        }
        let odd = json!({"num_attention_heads": 2, "num_key_value_heads": 2, "head_dim": 80});
        let refused = pollster::block_on(agrees_with_cpu(&config(odd), &gpu()));
        assert!(matches!(refused, Err(Error::Unsupported(_))));
    }
}
