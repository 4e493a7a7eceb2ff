//! Whisper's encoder: 30 s of log-mel frames to 1500 states. Runs once for each stretch that is decoded.

use burn::tensor::{Device, Tensor, TensorData};

use super::attention::attend_all;
use super::config::Config;
use super::linear::{Arithmetic, Conv, Linear, Loader, Norm, gelu};
use crate::Error;

/// The encoder's weights.
pub(super) struct Encoder {
    conv1: Conv,
    conv2: Conv,
    /// `[positions, width]`.
    positions: Tensor<2>,
    blocks: Vec<Block>,
    norm: Norm,
    heads: usize,
    mel_bands: usize,
    arithmetic: Arithmetic,
    device: Device,
}

struct Block {
    attention_norm: Norm,
    query_key_value: Linear,
    attention_out: Linear,
    feed_norm: Norm,
    feed_in: Linear,
    feed_out: Linear,
}

impl Encoder {
    pub fn load(loader: &mut Loader<'_>, config: &Config) -> Result<Encoder, Error> {
        let width = config.d_model;
        let scale = ((width / config.encoder_attention_heads) as f32).powf(-0.5);
        let mut block = |layer: usize| -> Result<Block, Error> {
            let name = |part: &str| format!("model.encoder.layers.{layer}.{part}");
            let (query, key, value) =
                (name("self_attn.q_proj"), name("self_attn.k_proj"), name("self_attn.v_proj"));
            Ok(Block {
                attention_norm: loader.norm(&name("self_attn_layer_norm"), width)?,
                query_key_value: loader.linear(
                    &[(&query, scale), (&key, 1.0), (&value, 1.0)],
                    width,
                    width,
                )?,
                attention_out: loader.linear(&[(&name("self_attn.out_proj"), 1.0)], width, width)?,
                feed_norm: loader.norm(&name("final_layer_norm"), width)?,
                feed_in: loader.linear(&[(&name("fc1"), 1.0)], width, 4 * width)?,
                feed_out: loader.linear(&[(&name("fc2"), 1.0)], 4 * width, width)?,
            })
        };
        let blocks = (0..config.encoder_layers).map(&mut block).collect::<Result<_, _>>()?;
        Ok(Encoder {
            conv1: loader.conv("model.encoder.conv1", [config.num_mel_bins, width], 1)?,
            conv2: loader.conv("model.encoder.conv2", [width, width], 2)?,
            positions: loader
                .tensor("model.encoder.embed_positions.weight", [config.max_source_positions, width])?,
            blocks,
            norm: loader.norm("model.encoder.layer_norm", width)?,
            heads: config.encoder_attention_heads,
            mel_bands: config.num_mel_bins,
            arithmetic: loader.arithmetic,
            device: loader.device.clone(),
        })
    }

    /// `mel`: `[bands, 2 × positions]`, row-major → states `[positions, width]`.
    pub fn forward(&self, mel: Vec<f32>) -> Tensor<2> {
        let frames = mel.len() / self.mel_bands;
        let mel = Tensor::<2>::from_data(TensorData::new(mel, [self.mel_bands, frames]), &self.device);
        let x = gelu(self.conv1.forward(mel.swap_dims(0, 1)), self.arithmetic); // [frames, width]
        let x = gelu(self.conv2.forward(x), self.arithmetic); // [positions, width]
        let x = x + self.positions.clone();
        let x = self.blocks.iter().fold(x, |x, block| block.forward(x, self.heads, self.arithmetic));
        self.norm.forward(x)
    }
}

impl Block {
    /// `[positions, width]` → the same shape.
    fn forward(&self, x: Tensor<2>, heads: usize, arithmetic: Arithmetic) -> Tensor<2> {
        let projected = self.query_key_value.forward(self.attention_norm.forward(x.clone()));
        let x = self.attention_out.forward_onto(attend_all(projected, heads, arithmetic), x);
        let fed = self.feed_in.forward_gelu(self.feed_norm.forward(x.clone()));
        self.feed_out.forward_onto(fed, x)
    }
}
