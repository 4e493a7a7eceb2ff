//! The layers on a GPU, by our own shaders. Weights stay in four and eight bits there.

use burn::tensor::{Device, Int, Tensor, TensorData, s};

use super::Wanted;
use super::config::Config;
use super::layer_names::{LayerNames, qkv_transform};
use super::layers::{all_q4, all_q8, taken};
use crate::device;
use crate::kernel::gpu::{
    Epilogue, Q4Rows, Q8Rows, QkvTransform, fits_grouped, grouped_attention, rms_norm, shape_heads, swiglu,
};
use crate::kernel::{Heads, rope_table};
use crate::weights::{Q8, Reader, Weight};
use crate::{Error, kernel};

/// Tokens that are read at one go: the weights are written out in full once for each.
pub(super) const READ_AT_ONCE: usize = 256;
/// Positions that there is room for at first; it doubles when they are full.
const ROOM: usize = 1024;
/// Outputs of one product, at most: a workgroup for each four along one axis.
const MOST_OUTPUTS: usize = 4 * 65_535;

pub(super) struct Network {
    embedding: Q8Rows,
    layers: Vec<Layer>,
    norm: Tensor<1>,
    /// Where it is not the embedding.
    head: Option<Rows>,
    heads: Heads,
    frequencies: Vec<f32>,
    epsilon: f32,
    most_positions: usize,
    device: Device,
}

struct Layer {
    attention_norm: Tensor<1>,
    query_key_value: Rows,
    constants: Tensor<1>,
    head_epsilon: Option<f32>,
    attention_out: Rows,
    feed_norm: Tensor<1>,
    gate_up: Rows,
    down: Rows,
}

/// Keys and values of all layers.
pub(super) struct Caches {
    /// By layer, `[capacity, key_width]` each. They are written in place.
    layers: Vec<[Tensor<2>; 2]>,
    /// Cosines and sines by position, `[capacity, head_width]`.
    rope_table: Tensor<2>,
    capacity: usize,
}

/// `[outputs, inputs]`.
enum Rows {
    Q4(Box<Q4Rows>),
    Q8(Box<Q8Rows>),
}

impl Rows {
    /// Matrices one below the other; those in full precision become 8-bit.
    fn load(
        reader: &mut Reader,
        names: &[(String, usize)],
        inputs: usize,
        device: &Device,
    ) -> Result<Rows, Error> {
        let weights = taken(reader, names, inputs)?;
        if let Some(parts) = all_q4(&weights) {
            return Ok(Rows::Q4(Box::new(Q4Rows::new(&parts, device))));
        }
        let named = weights.into_iter().zip(names);
        let parts = named.map(|(weight, (name, outputs))| in_eight_bits(weight, name, [*outputs, inputs]));
        let parts = parts.collect::<Result<Vec<Weight>, Error>>()?;
        let parts = all_q8(&parts).unwrap_or_default();
        Ok(Rows::Q8(Box::new(Q8Rows::new(&parts, device))))
    }

    /// `x Wᵀ`, added to `onto` where there is one.
    fn multiply(&self, x: Tensor<2>, onto: Option<Tensor<2>>) -> Tensor<2> {
        match self {
            Rows::Q4(rows) => rows.multiply(x, onto),
            Rows::Q8(rows) => rows.multiply(x, onto.map_or(Epilogue::None, Epilogue::AddTo)),
        }
    }
}

fn in_eight_bits(weight: Weight, name: &str, shape: [usize; 2]) -> Result<Weight, Error> {
    Ok(match weight {
        Weight::Q8(q8) => Weight::Q8(q8),
        other => Weight::Q8(Q8::quantize(name, shape, &other.into_f32())?),
    })
}

impl Network {
    pub fn load(config: &Config, reader: &mut Reader, device: &Device) -> Result<Network, Error> {
        let (width, inner, heads) = (config.hidden_size, config.intermediate_size, config.heads());
        let most = config.vocab_size.max(2 * inner).max(heads.columns());
        if !fits_grouped(heads.width) || most > MOST_OUTPUTS {
            return Err(Error::Unsupported("a model of these sizes on a graphics processor".into()));
        }
        let (name, tokens) = LayerNames::embedding(config);
        let embedding = in_eight_bits(reader.take(&name, &[tokens, width])?, &name, [tokens, width])?;
        let up = |values: Vec<f32>| Tensor::<1>::from_data(TensorData::from(values.as_slice()), device);
        let layer = |layer| {
            let names = LayerNames::new(config, layer);
            let mut rows = |parts: &[(String, usize)], inputs| Rows::load(reader, parts, inputs, device);
            let query_key_value = rows(&names.query_key_value, width)?;
            let attention_out = rows(&names.attention_out, heads.query_width())?;
            let gate_up = rows(&names.gate_up, width)?;
            let down = rows(&names.down, inner)?;
            let kernel::QkvTransform { constants, epsilon } = qkv_transform(config, reader, layer)?;
            Ok(Layer {
                attention_norm: up(reader.take(&names.attention_norm, &[width])?.into_f32()),
                query_key_value,
                constants: up(constants),
                head_epsilon: epsilon,
                attention_out,
                feed_norm: up(reader.take(&names.feed_norm, &[width])?.into_f32()),
                gate_up,
                down,
            })
        };
        let layers = (0..config.num_hidden_layers).map(layer).collect::<Result<_, Error>>()?;
        let norm = up(reader.take(LayerNames::LAST_NORM, &[width])?.into_f32());
        let head =
            LayerNames::head(config).map(|name| Rows::load(reader, &[name], width, device)).transpose()?;
        Ok(Network {
            embedding: Q8Rows::new(&all_q8(&[embedding]).unwrap_or_default(), device),
            layers,
            norm,
            head,
            heads,
            frequencies: config.frequencies(),
            epsilon: config.rms_norm_eps,
            most_positions: config.max_position_embeddings,
            device: device.clone(),
        })
    }

    /// Nothing kept yet.
    pub fn caches(&self) -> Caches {
        let capacity = ROOM.min(self.most_positions);
        let empty = || Tensor::zeros([capacity, self.heads.key_width()], &self.device);
        Caches {
            layers: self.layers.iter().map(|_| [empty(), empty()]).collect(),
            rope_table: self.rope_table(capacity),
            capacity,
        }
    }

    fn rope_table(&self, capacity: usize) -> Tensor<2> {
        let table = rope_table(&self.frequencies, 0..capacity);
        Tensor::from_data(TensorData::new(table, [capacity, self.heads.width]), &self.device)
    }

    /// Makes room for `length` positions.
    fn grow(&self, caches: &mut Caches, length: usize) {
        if length <= caches.capacity {
            return;
        }
        let capacity = length.next_multiple_of(ROOM).max(2 * caches.capacity).min(self.most_positions);
        for cache in caches.layers.iter_mut().flatten() {
            let more = [capacity - caches.capacity, self.heads.key_width()];
            *cache = Tensor::cat(vec![cache.clone(), Tensor::zeros(more, &self.device)], 0);
        }
        caches.rope_table = self.rope_table(capacity);
        caches.capacity = capacity;
    }

    /// Reads `tokens`, the first at position `first`, and gives the logits that are wanted, `[rows, vocabulary]`.
    pub async fn read(
        &self,
        tokens: &[u32],
        caches: &mut Caches,
        first: usize,
        wanted: Wanted,
    ) -> Result<Vec<f32>, Error> {
        self.grow(caches, first + tokens.len());
        let mut x = self.embed(tokens);
        for (layer, kept) in self.layers.iter().zip(&caches.layers) {
            let normed = rms_norm(x.clone(), &layer.attention_norm, self.epsilon);
            let transform = QkvTransform {
                constants: &layer.constants,
                epsilon: layer.head_epsilon,
                rope_table: &caches.rope_table,
            };
            let projected = layer.query_key_value.multiply(normed, None);
            let queries = shape_heads(projected, self.heads, &transform, kept, first);
            let found = grouped_attention(queries, self.heads, kept, first);
            x = layer.attention_out.multiply(found, Some(x));
            let normed = rms_norm(x.clone(), &layer.feed_norm, self.epsilon);
            x = layer.down.multiply(swiglu(layer.gate_up.multiply(normed, None)), Some(x));
        }
        let rows = wanted.rows(tokens.len());
        if rows == 0 {
            return Ok(Vec::new());
        }
        let last = rms_norm(x.slice(s![tokens.len() - rows.., ..]), &self.norm, self.epsilon);
        device::read(match &self.head {
            Some(head) => head.multiply(last, None),
            None => self.embedding.multiply(last, Epilogue::None),
        })
        .await
    }

    /// `[tokens, width]`.
    fn embed(&self, tokens: &[u32]) -> Tensor<2> {
        let ids: Vec<i32> = tokens.iter().map(|token| token.cast_signed()).collect();
        let ids = Tensor::<1, Int>::from_data(TensorData::from(ids.as_slice()), &self.device);
        // Positions are told apart elsewhere: the only row that is added is of zeros.
        let nothing = Tensor::zeros([1, self.norm.dims()[0]], &self.device);
        self.embedding.embed(ids, &nothing, 0, 1)
    }
}
