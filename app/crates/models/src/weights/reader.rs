//! The one reader of weights on disk: safetensors shards in memory, tensors out one at a time, each shard freed with
//! its last tensor. Takes nothing in the bytes on trust; refuses to know what the tensors mean.

use std::collections::BTreeMap;

use half::{bf16, f16};
use safetensors::tensor::{Dtype, SafeTensors};

use super::{BLOCK_LEN, MINIMUM_SUFFIX, Q4, Q8, SCALE_SUFFIX, SCHEME, SCHEME_KEY, WeightsError};

/// One tensor as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Weight {
    /// Plain values, row-major, widened to f32 from whatever was stored.
    Full { shape: Vec<usize>, values: Vec<f32> },
    /// A matrix in eight-bit blocks.
    Q8(Q8),
    /// A matrix in four-bit blocks.
    Q4(Q4),
}

impl Weight {
    /// The values as f32, row-major, dequantized if need be.
    pub fn into_f32(self) -> Vec<f32> {
        match self {
            Self::Full { values, .. } => values,
            Self::Q8(q8) => q8.dequantize(),
            Self::Q4(q4) => q4.dequantize(),
        }
    }

    /// The shape, outermost axis first.
    pub fn shape(&self) -> &[usize] {
        match self {
            Self::Full { shape, .. } => shape,
            Self::Q8(q8) => &q8.shape,
            Self::Q4(q4) => &q4.shape,
        }
    }
}

/// Tensors of several safetensors shards, by name.
#[derive(Debug)]
pub struct Reader {
    shards: Vec<Shard>,
    tensors: BTreeMap<String, Place>,
}

#[derive(Debug)]
struct Shard {
    /// Emptied when `left` reaches zero.
    bytes: Vec<u8>,
    /// Tensors not yet taken, scales included.
    left: usize,
}

#[derive(Clone, Debug)]
struct Place {
    shard: usize,
    dtype: Dtype,
    shape: Vec<usize>,
    /// Within the shard's bytes; proven to lie inside them when the header was read.
    range: std::ops::Range<usize>,
}

impl Reader {
    /// Reads the headers of `shards` (whole safetensors files, in any order).
    ///
    /// # Errors
    /// [`WeightsError::Shard`] for a damaged file, [`WeightsError::Scheme`] for an unknown quantization,
    /// [`WeightsError::Twice`] for a name in two shards.
    pub fn new(shards: Vec<Vec<u8>>) -> Result<Self, WeightsError> {
        let mut reader = Self { shards: Vec::with_capacity(shards.len()), tensors: BTreeMap::new() };
        for (shard, bytes) in shards.into_iter().enumerate() {
            let damaged = |reason: String| WeightsError::Shard { shard, reason };
            let (header_len, header) =
                SafeTensors::read_metadata(&bytes).map_err(|e| damaged(e.to_string()))?;
            let data_start = header_len + size_of::<u64>();
            let scheme = header.metadata().as_ref().and_then(|m| m.get(SCHEME_KEY)).cloned();
            let mut left = 0;
            for (name, info) in header.tensors() {
                let (from, to) = info.data_offsets;
                let range = data_start + from..data_start + to;
                if bytes.get(range.clone()).is_none() {
                    return Err(damaged(format!("{name} lies outside the file")));
                }
                if info.dtype == Dtype::I8 && scheme.as_deref() != Some(SCHEME) {
                    return Err(WeightsError::Scheme { shard, found: scheme });
                }
                let place = Place { shard, dtype: info.dtype, shape: info.shape.clone(), range };
                if reader.tensors.insert(name.clone(), place).is_some() {
                    return Err(WeightsError::Twice(name));
                }
                left += 1;
            }
            reader.shards.push(Shard { bytes, left });
        }
        Ok(reader)
    }

    /// Names of the tensors not yet taken, in alphabetical order; the scales of a quantized one are not listed.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str).filter(|name| !self.is_scale(name))
    }

    /// Shape of a tensor not yet taken.
    pub fn shape(&self, name: &str) -> Option<&[usize]> {
        self.tensors.get(name).map(|place| place.shape.as_slice())
    }

    /// Whether a tensor not yet taken is stored in eight-bit blocks.
    pub fn is_quantized(&self, name: &str) -> bool {
        self.tensors.get(name).is_some_and(|place| place.dtype == Dtype::I8)
    }

    /// Bytes of weights still held.
    pub fn bytes_held(&self) -> usize {
        self.shards.iter().map(|shard| shard.bytes.len()).sum()
    }

    /// Copies out the tensor `name`, which must have the shape `expected`.
    ///
    /// # Errors
    /// [`WeightsError::Missing`], [`WeightsError::Shape`], or [`WeightsError::Tensor`] where its type is not a
    /// floating one, it is quantized without matching scales, or a value is not finite.
    pub fn read(&self, name: &str, expected: &[usize]) -> Result<Weight, WeightsError> {
        let place = self.tensors.get(name).ok_or_else(|| WeightsError::Missing(name.to_owned()))?;
        if let (Dtype::U8, &[rows, columns]) = (place.dtype, expected)
            && place.shape == [rows, columns / 2]
        {
            return self.read_q4(name, place, [rows, columns]).map(Weight::Q4);
        }
        if place.shape != expected {
            let (found, expected) = (place.shape.clone(), expected.to_vec());
            return Err(WeightsError::Shape { name: name.to_owned(), found, expected });
        }
        match (place.dtype, place.shape.as_slice()) {
            (Dtype::I8, [rows, columns]) => self.read_q8(name, place, [*rows, *columns]).map(Weight::Q8),
            _ => Ok(Weight::Full { shape: place.shape.clone(), values: self.floats(name, place)? }),
        }
    }

    /// As [`Reader::read`], and forgets the tensor; the shard that held its last one is freed.
    pub fn take(&mut self, name: &str, expected: &[usize]) -> Result<Weight, WeightsError> {
        let weight = self.read(name, expected)?;
        self.forget(name);
        if !matches!(weight, Weight::Full { .. }) {
            self.forget(&scale_name(name));
            self.forget(&minimum_name(name));
        }
        Ok(weight)
    }

    fn read_q8(&self, name: &str, place: &Place, shape: [usize; 2]) -> Result<Q8, WeightsError> {
        if !Q8::fits(&shape) {
            return Err(WeightsError::tensor(name, format!("{shape:?} cannot be cut into blocks")));
        }
        let values = self.bytes(place).iter().map(|b| b.cast_signed()).collect();
        Ok(Q8 { shape, values, scales: self.of_blocks(name, &scale_name(name), shape)? })
    }

    fn read_q4(&self, name: &str, place: &Place, shape: [usize; 2]) -> Result<Q4, WeightsError> {
        let scales = self.of_blocks(name, &scale_name(name), shape)?;
        let minima = self.of_blocks(name, &minimum_name(name), shape)?;
        Q4::new(name, shape, self.bytes(place).to_vec(), scales, minima)
    }

    /// The numbers `beside` that each block of the matrix `name` has.
    fn of_blocks(&self, name: &str, beside: &str, shape: [usize; 2]) -> Result<Vec<f32>, WeightsError> {
        let expected = [shape[0], shape[1] / BLOCK_LEN];
        match self.tensors.get(beside) {
            Some(place) if place.dtype == Dtype::F16 && place.shape == expected => self.floats(name, place),
            Some(_) => Err(WeightsError::tensor(name, format!("its scales are not f16 {expected:?}"))),
            None => Err(WeightsError::Missing(beside.to_owned())),
        }
    }

    fn floats(&self, name: &str, place: &Place) -> Result<Vec<f32>, WeightsError> {
        let bytes = self.bytes(place);
        let values: Vec<f32> = match place.dtype {
            Dtype::F32 => bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
            Dtype::F16 => bytes.as_chunks::<2>().0.iter().map(|b| f16::from_le_bytes(*b).to_f32()).collect(),
            Dtype::BF16 => {
                bytes.as_chunks::<2>().0.iter().map(|b| bf16::from_le_bytes(*b).to_f32()).collect()
            }
            other => {
                return Err(WeightsError::tensor(name, format!("the type {other} is not a known float")));
            }
        };
        if values.iter().all(|v| v.is_finite()) {
            Ok(values)
        } else {
            Err(WeightsError::tensor(name, "a value is not finite"))
        }
    }

    fn bytes(&self, place: &Place) -> &[u8] {
        // The range was checked in `new`, and a shard is emptied only after its last tensor was forgotten.
        self.shards.get(place.shard).and_then(|s| s.bytes.get(place.range.clone())).unwrap_or_default()
    }

    fn forget(&mut self, name: &str) {
        let Some(place) = self.tensors.remove(name) else { return };
        if let Some(shard) = self.shards.get_mut(place.shard) {
            shard.left -= 1;
            if shard.left == 0 {
                shard.bytes = Vec::new();
            }
        }
    }

    fn is_scale(&self, name: &str) -> bool {
        let owner = name.strip_suffix(SCALE_SUFFIX).or_else(|| name.strip_suffix(MINIMUM_SUFFIX));
        let owner = owner.and_then(|owner| self.tensors.get(owner));
        owner.is_some_and(|owner| matches!(owner.dtype, Dtype::I8 | Dtype::U8))
    }
}

fn minimum_name(name: &str) -> String {
    format!("{name}{MINIMUM_SUFFIX}")
}

fn scale_name(name: &str) -> String {
    format!("{name}{SCALE_SUFFIX}")
}
