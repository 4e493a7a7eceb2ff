//! What small encoders take out of their weights: matrices in eight bits, whatever they are stored in, and what is added to them.

use crate::Error;
use crate::kernel::Q8Matrix;
use crate::weights::{BLOCK_LEN, Q8, Reader, Weight};

/// Takes tensors out of a [`Reader`], each once.
pub struct Q8Loader(Reader);

impl Q8Loader {
    /// # Errors
    /// `Weights` where a shard is malformed.
    pub fn new(shards: Vec<Vec<u8>>) -> Result<Self, Error> {
        Ok(Self(Reader::new(shards)?))
    }

    /// Values of `name`, row-major.
    ///
    /// # Errors
    /// `Weights` where there is no tensor of that name and shape.
    pub fn values(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        Ok(self.0.take(name, shape)?.into_f32())
    }

    /// `name` of `[rows, columns]`, its columns filled up with zeros to whole blocks.
    ///
    /// # Errors
    /// `Weights` where there is no tensor of that name and shape, or where it holds what is no number.
    pub fn q8(&mut self, name: &str, shape: [usize; 2]) -> Result<Q8, Error> {
        let [rows, columns] = shape;
        let values = match self.0.take(name, &shape)? {
            Weight::Q8(q8) => return Ok(q8),
            other => other.into_f32(),
        };
        let filled = columns.next_multiple_of(BLOCK_LEN);
        let mut padded = vec![0.0; rows * filled];
        for (out, row) in padded.chunks_exact_mut(filled).zip(values.chunks_exact(columns)) {
            out[..columns].copy_from_slice(row);
        }
        Ok(Q8::quantize(name, [rows, filled], &padded)?)
    }

    /// One layer.
    ///
    /// # Errors
    /// As [`Self::q8`].
    pub fn matrix(&mut self, name: &str, shape: [usize; 2], bias: Option<&[f32]>) -> Result<Q8Matrix, Error> {
        Ok(Q8Matrix::new(&[(&self.q8(name, shape)?, 1.0, bias)]))
    }

    /// One layer with the bias that lies beside it: `name.weight` and `name.bias`.
    ///
    /// # Errors
    /// As [`Self::q8`].
    pub fn biased(&mut self, name: &str, shape: [usize; 2]) -> Result<Q8Matrix, Error> {
        let bias = self.values(&format!("{name}.bias"), &[shape[0]])?;
        self.matrix(&format!("{name}.weight"), shape, Some(&bias))
    }
}
