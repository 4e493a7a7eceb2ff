//! What a sentence is about, as a vector: sentence-transformers' BERT encoders (<https://arxiv.org/abs/1908.10084>). Two sentences of
//! like meaning point in nearly the same direction. What is compared with what is not its business.

use serde::Deserialize;

use crate::Error;
use crate::kernel::{Columns, Memory, Q8Matrix, gelu};
use crate::q8_loader::Q8Loader;
use crate::tokenizer::TextEncoder;
use crate::weights::ModelFiles;

/// Of a longer text the begin counts, as in training.
const MOST_TOKENS: usize = 256;
const MOST_WIDTH: usize = 4096;
const MOST_LAYERS: usize = 128;

#[derive(Deserialize)]
struct Config {
    hidden_size: usize,
    intermediate_size: usize,
    num_attention_heads: usize,
    num_hidden_layers: usize,
    max_position_embeddings: usize,
    vocab_size: usize,
    layer_norm_eps: f32,
}

/// The encoder's weights, matrices 8-bit.
pub struct SentenceEncoder {
    words: Q8Matrix,
    /// `[positions, width]`, with the row of the first kind of sentence added.
    positions: Vec<f32>,
    norm: LayerNorm,
    layers: Vec<Layer>,
    encoder: TextEncoder,
    first: u32,
    last: u32,
    width: usize,
    heads: usize,
}

struct Layer {
    query_key_value: Q8Matrix,
    attention_out: Q8Matrix,
    attention_norm: LayerNorm,
    feed_in: Q8Matrix,
    feed_out: Q8Matrix,
    feed_norm: LayerNorm,
}

impl SentenceEncoder {
    /// Loads the weights for the CPU.
    ///
    /// # Errors
    /// `Malformed` or `Weights` where the files do not fit together.
    pub fn load(files: ModelFiles) -> Result<SentenceEncoder, Error> {
        let config: Config = serde_json::from_slice(&files.config_json)
            .map_err(|error| Error::malformed(format!("config.json: {error}")))?;
        let (width, heads) = (config.hidden_size, config.num_attention_heads);
        let is_sane = (1..=MOST_WIDTH).contains(&width)
            && heads > 0
            && width.is_multiple_of(heads * 8)
            && (1..=MOST_LAYERS).contains(&config.num_hidden_layers)
            && config.max_position_embeddings >= MOST_TOKENS;
        if !is_sane {
            return Err(Error::malformed("config.json: these are no sizes of a sentence encoder"));
        }
        let mut weights = Q8Loader::new(files.shards)?;
        let feed = config.intermediate_size;
        let norm = |weights: &mut Q8Loader, name: &str| -> Result<LayerNorm, Error> {
            Ok(LayerNorm {
                gamma: weights.values(&format!("{name}.weight"), &[width])?,
                beta: weights.values(&format!("{name}.bias"), &[width])?,
                epsilon: config.layer_norm_eps,
            })
        };
        let scale = ((width / heads) as f32).powf(-0.5);
        let layers = (0..config.num_hidden_layers)
            .map(|layer| {
                let named = |part: &str| format!("encoder.layer.{layer}.{part}");
                let (query, key, value) = (
                    named("attention.self.query"),
                    named("attention.self.key"),
                    named("attention.self.value"),
                );
                Ok(Layer {
                    query_key_value: linear(
                        &mut weights,
                        &[(&query, scale), (&key, 1.0), (&value, 1.0)],
                        [width, width],
                    )?,
                    attention_out: linear(
                        &mut weights,
                        &[(&named("attention.output.dense"), 1.0)],
                        [width, width],
                    )?,
                    attention_norm: norm(&mut weights, &named("attention.output.LayerNorm"))?,
                    feed_in: linear(&mut weights, &[(&named("intermediate.dense"), 1.0)], [feed, width])?,
                    feed_out: linear(&mut weights, &[(&named("output.dense"), 1.0)], [width, feed])?,
                    feed_norm: norm(&mut weights, &named("output.LayerNorm"))?,
                })
            })
            .collect::<Result<_, Error>>()?;
        let mut positions = weights
            .values("embeddings.position_embeddings.weight", &[config.max_position_embeddings, width])?;
        let kinds = weights.values("embeddings.token_type_embeddings.weight", &[2, width])?;
        for row in positions.chunks_exact_mut(width) {
            row.iter_mut().zip(&kinds).for_each(|(position, kind)| *position += kind);
        }
        let words = weights.q8("embeddings.word_embeddings.weight", [config.vocab_size, width])?;
        let encoder = TextEncoder::from_json(&files.tokenizer_json)?;
        let special = |name: &str| {
            encoder.token(name).ok_or_else(|| Error::malformed(format!("tokenizer.json: there is no {name}")))
        };
        let (first, last) = (special("[CLS]")?, special("[SEP]")?);
        Ok(SentenceEncoder {
            words: Q8Matrix::new(&[(&words, 1.0, None)]),
            positions,
            norm: norm(&mut weights, "embeddings.LayerNorm")?,
            layers,
            encoder,
            first,
            last,
            width,
            heads,
        })
    }

    /// The embedding of `text`, of length 1.
    ///
    /// # Errors
    /// `Malformed` where the tokenizer cannot encode.
    pub fn embed(&self, text: &str) -> Result<Vec<f32>, Error> {
        let mut tokens = self.encoder.encode(text)?;
        tokens.truncate(MOST_TOKENS - 2);
        let tokens = [&[self.first], tokens.as_slice(), &[self.last]].concat();
        let mut x = Vec::with_capacity(tokens.len() * self.width);
        for (token, position) in tokens.iter().zip(self.positions.chunks_exact(self.width)) {
            x.extend(
                self.words.row(*token as usize).iter().zip(position).map(|(word, position)| word + position),
            );
        }
        self.norm.apply(&mut x);
        for layer in &self.layers {
            self.forward(layer, &mut x);
        }
        let mut mean = vec![0.0f32; self.width];
        for row in x.chunks_exact(self.width) {
            mean.iter_mut().zip(row).for_each(|(mean, value)| *mean += value);
        }
        let length = mean.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        mean.iter_mut().for_each(|value| *value /= length);
        Ok(mean)
    }

    /// `[tokens, width]`, in place. Normalization comes after each part, as in BERT.
    fn forward(&self, layer: &Layer, x: &mut [f32]) {
        let tokens = x.len() / self.width;
        let projected = layer.query_key_value.multiply(x);
        let part =
            |part: usize| Columns { values: &projected, stride: 3 * self.width, first: part * self.width };
        let memory = Memory::new(part(1), part(2), tokens, self.heads, self.width / self.heads);
        let found = memory.attend(part(0), tokens, &mut |_, _, _| {});
        let add = |x: &mut [f32], y: Vec<f32>| x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
        add(x, layer.attention_out.multiply(&found));
        layer.attention_norm.apply(x);
        let mut fed = layer.feed_in.multiply(x);
        gelu(&mut fed);
        add(x, layer.feed_out.multiply(&fed));
        layer.feed_norm.apply(x);
    }
}

struct LayerNorm {
    gamma: Vec<f32>,
    beta: Vec<f32>,
    epsilon: f32,
}

impl LayerNorm {
    /// Over each row of `[rows, width]`, in place.
    fn apply(&self, x: &mut [f32]) {
        for row in x.chunks_exact_mut(self.gamma.len()) {
            let count = row.len() as f32;
            let mean = row.iter().sum::<f32>() / count;
            let variance = row.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / count;
            let scale = (variance + self.epsilon).sqrt().recip();
            for ((value, gamma), beta) in row.iter_mut().zip(&self.gamma).zip(&self.beta) {
                *value = (*value - mean) * scale * gamma + beta;
            }
        }
    }
}

/// Layers of `shape` one below the other, each with a factor on weight and bias.
fn linear(weights: &mut Q8Loader, parts: &[(&str, f32)], shape: [usize; 2]) -> Result<Q8Matrix, Error> {
    let mut loaded = Vec::with_capacity(parts.len());
    for (name, factor) in parts {
        let bias = weights.values(&format!("{name}.bias"), &[shape[0]])?;
        loaded.push((weights.q8(&format!("{name}.weight"), shape)?, *factor, bias));
    }
    let rows: Vec<_> = loaded.iter().map(|(q8, factor, bias)| (q8, *factor, Some(bias.as_slice()))).collect();
    Ok(Q8Matrix::new(&rows))
}
