//! The layers on the CPU, on slices.

use super::Wanted;
use super::config::Config;
use super::layer_names::{LayerNames, qkv_transform};
use super::layers::{Matrix, Precision};
use crate::Error;
use crate::kernel::{Heads, KvCache, QkvTransform, rms_norm, rope_table, swiglu};
use crate::weights::Reader;

/// Tokens that are read at one go: more would only take more memory.
pub(super) const READ_AT_ONCE: usize = 64;

pub(super) struct Network {
    embedding: Matrix,
    layers: Vec<Layer>,
    /// Weight of the last normalization.
    norm: Vec<f32>,
    /// Where it is not the embedding.
    head: Option<Matrix>,
    heads: Heads,
    frequencies: Vec<f32>,
    epsilon: f32,
    width: usize,
    inner: usize,
}

struct Layer {
    attention_norm: Vec<f32>,
    query_key_value: Matrix,
    transform: QkvTransform,
    attention_out: Matrix,
    feed_norm: Vec<f32>,
    gate_up: Matrix,
    down: Matrix,
}

impl Network {
    pub fn load(config: &Config, reader: &mut Reader, precision: Precision) -> Result<Network, Error> {
        let (width, inner, heads) = (config.hidden_size, config.intermediate_size, config.heads());
        let embedding = Matrix::load(reader, precision, &[LayerNames::embedding(config)], width)?;
        let layer = |layer| {
            let names = LayerNames::new(config, layer);
            let mut matrix =
                |parts: &[(String, usize)], inputs| Matrix::load(reader, precision, parts, inputs);
            let query_key_value = matrix(&names.query_key_value, width)?;
            let attention_out = matrix(&names.attention_out, heads.query_width())?;
            let gate_up = matrix(&names.gate_up, width)?;
            let down = matrix(&names.down, inner)?;
            Ok(Layer {
                attention_norm: reader.take(&names.attention_norm, &[width])?.into_f32(),
                query_key_value,
                transform: qkv_transform(config, reader, layer)?,
                attention_out,
                feed_norm: reader.take(&names.feed_norm, &[width])?.into_f32(),
                gate_up,
                down,
            })
        };
        let layers = (0..config.num_hidden_layers).map(layer).collect::<Result<_, Error>>()?;
        let norm = reader.take(LayerNames::LAST_NORM, &[width])?.into_f32();
        let head = LayerNames::head(config)
            .map(|name| Matrix::load(reader, precision, &[name], width))
            .transpose()?;
        Ok(Network {
            embedding,
            layers,
            norm,
            head,
            heads,
            frequencies: config.frequencies(),
            epsilon: config.rms_norm_eps,
            width,
            inner,
        })
    }

    /// Nothing kept yet.
    pub fn caches(&self) -> Vec<KvCache> {
        self.layers.iter().map(|_| KvCache::default()).collect()
    }

    pub fn truncate(&self, caches: &mut [KvCache], length: usize) {
        caches.iter_mut().for_each(|kept| kept.truncate(length, self.heads));
    }

    /// Reads `tokens`, the first at position `first`, and gives the logits that are wanted, `[rows, vocabulary]`.
    pub fn read(
        &self,
        tokens: &[u32],
        caches: &mut [KvCache],
        first: usize,
        wanted: Wanted,
    ) -> Result<Vec<f32>, Error> {
        let mut x = Vec::with_capacity(tokens.len() * self.width);
        for &token in tokens {
            x.extend(self.embedding.row(token as usize)?);
        }
        let rope_table = rope_table(&self.frequencies, first..first + tokens.len());
        let normed = |x: &[f32], weight: &[f32]| rms_norm(x, weight, self.epsilon);
        let add = |x: &mut [f32], y: Vec<f32>| x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
        for (layer, kept) in self.layers.iter().zip(caches) {
            let projected = layer.query_key_value.multiply(&normed(&x, &layer.attention_norm), self.width);
            let found = kept.attend(projected, self.heads, &layer.transform, &rope_table);
            add(&mut x, layer.attention_out.multiply(&found, self.heads.query_width()));
            let fed = swiglu(&layer.gate_up.multiply(&normed(&x, &layer.feed_norm), self.width), self.inner);
            add(&mut x, layer.down.multiply(&fed, self.inner));
        }
        let rows = &x[(tokens.len() - wanted.rows(tokens.len())) * self.width..];
        let head = self.head.as_ref().unwrap_or(&self.embedding);
        Ok(if rows.is_empty() { Vec::new() } else { head.multiply(&normed(rows, &self.norm), self.width) })
    }
}
