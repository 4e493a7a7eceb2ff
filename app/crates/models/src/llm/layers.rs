//! What a layer is made of: matrices in the form they are stored in, and normalization by the root of the mean square.

use burn::tensor::{Tensor, TensorData};

use crate::Error;
use crate::device::{flex, values};
use crate::kernel::{Q4Matrix, Q8Matrix};
use crate::weights::{Q4, Q8, Reader, Weight};

/// How a model computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Weights stay as they are stored, 4-bit or 8-bit; activations become 15-bit steps.
    AsStored,
    /// Everything in 32-bit floating point, on burn's tensors: for comparing.
    Float,
}

/// `[outputs, inputs]`.
pub(super) enum Matrix {
    /// A view `[inputs, outputs]`.
    Float(Box<Tensor<2>>),
    Q8(Box<Q8Matrix>),
    Q4(Box<Q4Matrix>),
}

impl Matrix {
    /// The matrices `names`, `[outputs, inputs]` each, one below the other.
    pub fn load(
        reader: &mut Reader,
        precision: Precision,
        names: &[(String, usize)],
        inputs: usize,
    ) -> Result<Matrix, Error> {
        let weights: Vec<Weight> = names
            .iter()
            .map(|(name, outputs)| Ok(reader.take(name, &[*outputs, inputs])?))
            .collect::<Result<_, Error>>()?;
        if precision == Precision::AsStored {
            if let Some(parts) = all(&weights, |weight| match weight {
                Weight::Q4(q4) => Some(q4),
                _ => None,
            }) {
                return Ok(Matrix::Q4(Box::new(Q4Matrix::new(&parts as &[&Q4]))));
            }
            if let Some(parts) = all(&weights, |weight| match weight {
                Weight::Q8(q8) => Some(q8),
                _ => None,
            }) {
                let parts: Vec<(&Q8, f32, Option<&[f32]>)> =
                    parts.into_iter().map(|q8| (q8, 1.0, None)).collect();
                return Ok(Matrix::Q8(Box::new(Q8Matrix::new(&parts))));
            }
        }
        let outputs = names.iter().map(|(_, outputs)| outputs).sum::<usize>();
        let values: Vec<f32> = weights.into_iter().flat_map(Weight::into_f32).collect();
        let weight = Tensor::<2>::from_data(TensorData::new(values, [outputs, inputs]), &flex());
        Ok(Matrix::Float(Box::new(weight.swap_dims(0, 1))))
    }

    /// `x Wᵀ`: `[rows, inputs]` → `[rows, outputs]`.
    pub fn multiply(&self, x: &[f32], inputs: usize) -> Vec<f32> {
        match self {
            Matrix::Float(weight) => {
                let rows = x.len() / inputs;
                let x = Tensor::<2>::from_data(TensorData::new(x.to_vec(), [rows, inputs]), &flex());
                values(x.matmul(weight.as_ref().clone()))
            }
            Matrix::Q8(matrix) => matrix.multiply(x),
            Matrix::Q4(matrix) => matrix.multiply(x),
        }
    }

    /// Row `output`.
    ///
    /// # Errors
    /// `Unsupported` for a 4-bit matrix: token embeddings are never stored so.
    pub fn row(&self, output: usize) -> Result<Vec<f32>, Error> {
        match self {
            Matrix::Float(weight) => {
                Ok(values(weight.as_ref().clone().slice_dim(1, output..output + 1).swap_dims(0, 1)))
            }
            Matrix::Q8(matrix) => Ok(matrix.row(output)),
            Matrix::Q4(_) => Err(Error::Unsupported("a token embedding in four bits".into())),
        }
    }
}

fn all<'a, T>(weights: &'a [Weight], part: impl Fn(&'a Weight) -> Option<&'a T>) -> Option<Vec<&'a T>> {
    weights.iter().map(part).collect()
}

/// Normalization by the root mean square over the last axis, times `weight`.
pub(super) struct RmsNorm {
    pub weight: Vec<f32>,
    pub epsilon: f32,
}

impl RmsNorm {
    /// `[rows, width]` → the same shape.
    pub fn forward(&self, x: &[f32]) -> Vec<f32> {
        let row = |row: &[f32]| {
            let square = row.iter().map(|value| value * value).sum::<f32>() / row.len() as f32;
            let scale = (square + self.epsilon).sqrt().recip();
            row.iter().zip(&self.weight).map(|(value, weight)| value * scale * weight).collect::<Vec<f32>>()
        };
        x.chunks_exact(self.weight.len()).flat_map(row).collect()
    }
}

/// SwiGLU: `silu(gate) × up`, for gates and ups side by side: `[rows, 2 × width]` → `[rows, width]`.
pub(super) fn swiglu(x: &[f32], width: usize) -> Vec<f32> {
    let silu = |x: f32| x / (1.0 + (-x).exp());
    let row = |row: &[f32]| {
        let (gates, ups) = row.split_at(width);
        gates.iter().zip(ups).map(|(gate, up)| silu(*gate) * up).collect::<Vec<f32>>()
    };
    x.chunks_exact(2 * width).flat_map(row).collect()
}
