//! The one writer of weights on disk: decides which tensors are quantized, fills shards in the order given and names
//! them as Hugging Face does. Gives bytes; refuses to know the file system.

use std::borrow::Cow;

use half::f16;
use safetensors::tensor::{Dtype, View, serialize};

use super::{MINIMUM_SUFFIX, Q4, Q8, SCALE_SUFFIX, SCHEME, SCHEME_KEY, WeightsError};

/// No shard takes more bytes than this, so that a browser fetches, hashes and frees them piece by piece. Only a single
/// tensor that is larger, such as the token embedding of the largest models, has a larger shard to itself.
pub const MAX_SHARD_BYTES: usize = 64 << 20;

/// Room left in a shard for its header.
const HEADER_ROOM: usize = 1 << 20;

/// The form a tensor takes on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoredAs {
    /// Half precision, two bytes a value.
    F16,
    /// Four bytes a value, for what is small and already lost precision elsewhere.
    F32,
    /// Eight-bit blocks, 34 bytes for 32 values.
    Q8,
}

impl StoredAs {
    /// The shipped choice: every matrix that a product runs over (linear layers and token embeddings) in blocks; what is
    /// small or sensitive (convolutions, norms, biases, position tables) in half precision.
    pub fn shipped(name: &str, shape: &[usize]) -> Self {
        let is_matrix = name.ends_with(".weight") && Q8::fits(shape);
        if is_matrix && !name.contains("embed_positions") { Self::Q8 } else { Self::F16 }
    }
}

/// Collects tensors into shards.
#[derive(Debug)]
pub struct Writer {
    max_shard_bytes: usize,
    /// Shards given away by [`Writer::take_full`].
    taken: usize,
    full: Vec<Vec<u8>>,
    open: Vec<(String, Bytes)>,
    open_bytes: usize,
}

#[derive(Debug)]
struct Bytes {
    dtype: Dtype,
    shape: Vec<usize>,
    data: Vec<u8>,
}

impl View for Bytes {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.data)
    }

    fn data_len(&self) -> usize {
        self.data.len()
    }
}

impl Writer {
    /// A writer of shards of at most [`MAX_SHARD_BYTES`].
    pub fn new() -> Self {
        Self::with_shard_limit(MAX_SHARD_BYTES)
    }

    /// A writer of shards of at most `max_shard_bytes`, header included, as far as tensors are smaller than that.
    pub fn with_shard_limit(max_shard_bytes: usize) -> Self {
        Self { max_shard_bytes, taken: 0, full: Vec::new(), open: Vec::new(), open_bytes: 0 }
    }

    /// Adds the tensor `name` with row-major `values`. The order of the calls is the order across shards.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] where `values` do not fill `shape`, or one of them is not finite in its stored form.
    pub fn add(
        &mut self,
        name: &str,
        shape: &[usize],
        values: &[f32],
        stored_as: StoredAs,
    ) -> Result<(), WeightsError> {
        let count = shape.iter().try_fold(1usize, |n, len| n.checked_mul(*len));
        if count != Some(values.len()) {
            return Err(WeightsError::tensor(
                name,
                format!("{} values for the shape {shape:?}", values.len()),
            ));
        }
        match (stored_as, shape) {
            (StoredAs::Q8, [rows, columns]) => {
                self.add_q8(name, &Q8::quantize(name, [*rows, *columns], values)?)
            }
            (StoredAs::F32, _) => {
                if values.iter().any(|value| !value.is_finite()) {
                    return Err(WeightsError::tensor(name, "a value is not finite"));
                }
                let data = values.iter().flat_map(|value| value.to_le_bytes()).collect();
                self.push(vec![(name.to_owned(), Bytes { dtype: Dtype::F32, shape: shape.to_vec(), data })])
            }
            (StoredAs::Q8, _) => Err(WeightsError::tensor(name, "only a matrix can be quantized")),
            (StoredAs::F16, _) => {
                let data = f16_bytes(name, values)?;
                self.push(vec![(name.to_owned(), Bytes { dtype: Dtype::F16, shape: shape.to_vec(), data })])
            }
        }
    }

    /// Adds a matrix that is in eight-bit blocks already.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] where a scale does not fit half precision.
    pub fn add_q8(&mut self, name: &str, q8: &Q8) -> Result<(), WeightsError> {
        let [rows, columns] = q8.shape;
        let data = q8.values.iter().map(|v| v.cast_unsigned()).collect();
        let values = Bytes { dtype: Dtype::I8, shape: vec![rows, columns], data };
        let scales = of_blocks(name, q8.shape, &q8.scales)?;
        self.push(vec![(name.to_owned(), values), (format!("{name}{SCALE_SUFFIX}"), scales)])
    }

    /// Adds a matrix in four-bit blocks: two steps to a byte, so half as many columns as it has.
    ///
    /// # Errors
    /// As [`Writer::add_q8`].
    pub fn add_q4(&mut self, name: &str, q4: &Q4) -> Result<(), WeightsError> {
        let [rows, columns] = q4.shape;
        let steps = Bytes { dtype: Dtype::U8, shape: vec![rows, columns / 2], data: q4.steps.clone() };
        let scales = of_blocks(name, q4.shape, &q4.scales)?;
        let minima = of_blocks(name, q4.shape, &q4.minima)?;
        self.push(vec![
            (name.to_owned(), steps),
            (format!("{name}{SCALE_SUFFIX}"), scales),
            (format!("{name}{MINIMUM_SUFFIX}"), minima),
        ])
    }

    /// The shards that are full by now and were not taken before, in order: a model larger than memory is written away as it grows.
    /// Their names are known only at the end, by [`shard_name`].
    pub fn take_full(&mut self) -> Vec<Vec<u8>> {
        self.taken += self.full.len();
        std::mem::take(&mut self.full)
    }

    /// The finished files that were not taken before, as (name, bytes). The same tensors give the same bytes.
    pub fn finish(mut self) -> Result<Vec<(String, Vec<u8>)>, WeightsError> {
        self.close()?;
        let count = self.taken + self.full.len();
        let numbered = (self.taken..).zip(self.full);
        Ok(numbered.map(|(index, bytes)| (shard_name(index, count), bytes)).collect())
    }

    /// Adds tensors that must share a shard.
    fn push(&mut self, tensors: Vec<(String, Bytes)>) -> Result<(), WeightsError> {
        let bytes: usize = tensors.iter().map(|(_, t)| t.data.len()).sum();
        let room = self.max_shard_bytes.saturating_sub(HEADER_ROOM);
        if self.open_bytes + bytes > room {
            self.close()?;
        }
        self.open_bytes += bytes;
        self.open.extend(tensors);
        Ok(())
    }

    fn close(&mut self) -> Result<(), WeightsError> {
        if self.open.is_empty() {
            return Ok(());
        }
        let shard = self.taken + self.full.len();
        // One key only: the header's map has no fixed order, and equal tensors must give equal bytes.
        let metadata = [(SCHEME_KEY.to_owned(), SCHEME.to_owned())].into_iter().collect();
        let bytes = serialize(self.open.drain(..), Some(metadata))
            .map_err(|e| WeightsError::Shard { shard, reason: e.to_string() })?;
        self.full.push(bytes);
        self.open_bytes = 0;
        Ok(())
    }
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

/// Name of shard `index`, from 0, of `count`: `model.safetensors`, or `model-00001-of-0000N.safetensors` and so on.
pub fn shard_name(index: usize, count: usize) -> String {
    match count {
        1 => "model.safetensors".to_owned(),
        _ => format!("model-{:05}-of-{count:05}.safetensors", index + 1),
    }
}

fn of_blocks(name: &str, [rows, columns]: [usize; 2], values: &[f32]) -> Result<Bytes, WeightsError> {
    let shape = vec![rows, columns / super::BLOCK_LEN];
    Ok(Bytes { dtype: Dtype::F16, shape, data: f16_bytes(name, values)? })
}

fn f16_bytes(name: &str, values: &[f32]) -> Result<Vec<u8>, WeightsError> {
    let mut bytes = Vec::with_capacity(values.len() * 2);
    for value in values {
        let stored = f16::from_f32(*value);
        if !stored.is_finite() {
            return Err(WeightsError::tensor(name, format!("{value} does not fit half precision")));
        }
        bytes.extend(stored.to_le_bytes());
    }
    Ok(bytes)
}
