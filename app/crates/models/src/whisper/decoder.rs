//! Whisper's decoder: tokens so far and the encoder's states to hidden states, with preallocated self-attention caches and
//! cross-attention keys and values made once. It does not choose tokens.

use burn::tensor::{Device, Int, Tensor, TensorData, s};

use super::attention::{CrossKv, KeyValue, Tap, scores, split_heads, weigh};
use super::config::Config;
use super::linear::{Arithmetic, Embedding, Linear, Loader, Norm};
use crate::Error;
use crate::kernel::gpu;

/// Cached positions are attended to in steps of this many, so that a GPU sees few different shapes.
const VISIBLE_STEP: usize = 32;
/// Added to the score of a position that must not be looked at. Not −∞, which shaders need not respect.
const UNSEEN: f32 = -1e9;

/// The decoder's weights.
pub(super) struct Decoder {
    embedding: Embedding,
    /// `[positions, width]`.
    positions: Tensor<2>,
    /// `[positions, positions]`: 0 where a position may look, [`UNSEEN`] where it may not.
    causal: Tensor<2>,
    blocks: Vec<Block>,
    norm: Norm,
    heads: usize,
    width: usize,
    max_positions: usize,
    arithmetic: Arithmetic,
    device: Device,
}

struct Block {
    self_norm: Norm,
    query_key_value: Linear,
    self_out: Linear,
    cross_norm: Norm,
    cross_query: Linear,
    cross_key_value: Linear,
    cross_out: Linear,
    feed_norm: Norm,
    feed_in: Linear,
    feed_out: Linear,
}

/// What one decoding remembers: keys and values of the positions so far.
pub(super) struct Cache {
    layers: Vec<KeyValue>,
    batch: usize,
    /// Positions filled.
    length: usize,
}

impl Decoder {
    pub fn load(loader: &mut Loader<'_>, config: &Config) -> Result<Decoder, Error> {
        let width = config.d_model;
        let positions = config.max_target_positions;
        let scale = (config.decoder_head_width() as f32).powf(-0.5);
        let mut block = |layer: usize| -> Result<Block, Error> {
            let name = |part: &str| format!("model.decoder.layers.{layer}.{part}");
            let (query, key, value) =
                (name("self_attn.q_proj"), name("self_attn.k_proj"), name("self_attn.v_proj"));
            let (cross_key, cross_value) = (name("encoder_attn.k_proj"), name("encoder_attn.v_proj"));
            Ok(Block {
                self_norm: loader.norm(&name("self_attn_layer_norm"), width)?,
                query_key_value: loader.linear(
                    &[(&query, scale), (&key, 1.0), (&value, 1.0)],
                    width,
                    width,
                )?,
                self_out: loader.linear(&[(&name("self_attn.out_proj"), 1.0)], width, width)?,
                cross_norm: loader.norm(&name("encoder_attn_layer_norm"), width)?,
                cross_query: loader.linear(&[(&name("encoder_attn.q_proj"), scale)], width, width)?,
                cross_key_value: loader.linear(&[(&cross_key, 1.0), (&cross_value, 1.0)], width, width)?,
                cross_out: loader.linear(&[(&name("encoder_attn.out_proj"), 1.0)], width, width)?,
                feed_norm: loader.norm(&name("final_layer_norm"), width)?,
                feed_in: loader.linear(&[(&name("fc1"), 1.0)], width, 4 * width)?,
                feed_out: loader.linear(&[(&name("fc2"), 1.0)], 4 * width, width)?,
            })
        };
        let blocks = (0..config.decoder_layers).map(&mut block).collect::<Result<_, _>>()?;
        let causal = (0..positions * positions)
            .map(|index| if index % positions <= index / positions { 0.0 } else { UNSEEN })
            .collect::<Vec<_>>();
        Ok(Decoder {
            embedding: loader.embedding("model.decoder.embed_tokens.weight", config.vocab_size, width)?,
            positions: loader.tensor("model.decoder.embed_positions.weight", [positions, width])?,
            causal: Tensor::from_data(TensorData::new(causal, [positions, positions]), loader.device),
            blocks,
            norm: loader.norm("model.decoder.layer_norm", width)?,
            heads: config.decoder_attention_heads,
            width,
            max_positions: positions,
            arithmetic: loader.arithmetic,
            device: loader.device.clone(),
        })
    }

    /// Keys and values of every layer's cross-attention, from the encoder's states `[positions, width]`.
    pub fn cross(&self, states: &Tensor<2>) -> Vec<CrossKv> {
        let of = |block: &Block| {
            CrossKv::new(block.cross_key_value.forward(states.clone()), self.heads, self.arithmetic)
        };
        self.blocks.iter().map(of).collect()
    }

    /// An empty cache for `batch` sequences.
    pub fn cache(&self, batch: usize) -> Cache {
        let shape = [batch, self.heads, self.max_positions, self.width / self.heads];
        let empty = |_: &Block| KeyValue {
            key: Tensor::zeros(shape, &self.device),
            value: Tensor::zeros(shape, &self.device),
        };
        Cache { layers: self.blocks.iter().map(empty).collect(), batch, length: 0 }
    }

    /// The most tokens that are said after a prompt: half the positions, as in the reference; the prompt may fill the rest.
    pub fn max_said(&self) -> usize {
        self.max_positions / 2
    }

    /// Reads `tokens` (`[batch × count]`, sequence by sequence) after what the cache holds, the positions in all at most 448 →
    /// hidden states `[batch × count, width]`. `tap` takes cross-attention scores of a batch of one.
    pub fn forward(
        &self,
        tokens: Tensor<1, Int>,
        cache: &mut Cache,
        cross: &[CrossKv],
        mut tap: Option<&mut Tap>,
    ) -> Tensor<2> {
        let (batch, first) = (cache.batch, cache.length);
        let count = tokens.dims()[0] / batch;
        let end = first + count;
        let visible = end.next_multiple_of(VISIBLE_STEP).min(self.max_positions);
        let mut x = self.embedding.embed(tokens, &self.positions, first, count); // [batch × count, width]
        let on_gpu = self.arithmetic == Arithmetic::Shaders && count == 1;
        // [1, 1, count, visible]
        let causal = || self.causal.clone().slice(s![first..end, 0..visible]).unsqueeze::<4>();
        // The caches are taken out and put back so that each is written in place, not copied; the shader writes in place anyway.
        let filled = std::mem::take(&mut cache.layers).into_iter().zip(&self.blocks).zip(cross).enumerate();
        cache.layers = filled
            .map(|(layer, ((filled, block), cross))| {
                let projected = block.query_key_value.forward(block.self_norm.forward(x.clone()));
                let (filled, attended) = if on_gpu {
                    let attended = gpu::self_attention(projected, &filled.key, &filled.value, first);
                    (filled, attended)
                } else {
                    let [query, key, value] = split_heads(projected, batch, self.heads);
                    let filled = KeyValue {
                        key: filled.key.slice_assign(s![.., .., first..end, ..], key),
                        value: filled.value.slice_assign(s![.., .., first..end, ..], value),
                    };
                    let seen = filled.visible(visible);
                    let attended = weigh(scores(query, seen.key) + causal(), seen.value);
                    (filled, attended)
                };
                x = block.self_out.forward_onto(attended, x.clone());

                let query = block.cross_query.forward(block.cross_norm.forward(x.clone()));
                let found = cross.attend(query, batch, self.heads, layer, tap.as_deref_mut());
                x = block.cross_out.forward_onto(found, x.clone());

                let fed = block.feed_in.forward_gelu(block.feed_norm.forward(x.clone()));
                x = block.feed_out.forward_onto(fed, x.clone());
                filled
            })
            .collect();
        cache.length = end;
        self.norm.forward(x)
    }

    /// Hidden states `[rows, width]` → logits `[rows, tokens]`.
    pub fn logits(&self, hidden: Tensor<2>) -> Tensor<2> {
        self.embedding.logits(hidden)
    }
}

impl Cache {
    /// Sequences decoded side by side.
    pub fn batch(&self) -> usize {
        self.batch
    }
}

impl KeyValue {
    /// The first `count` positions.
    fn visible(&self, count: usize) -> KeyValue {
        KeyValue {
            key: self.key.clone().slice(s![.., .., 0..count, ..]),
            value: self.value.clone().slice(s![.., .., 0..count, ..]),
        }
    }
}
