//! Matrices on the CPU, in the form they are stored in.

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
        let weights = taken(reader, names, inputs)?;
        if precision == Precision::AsStored {
            if let Some(parts) = all_q4(&weights) {
                return Ok(Matrix::Q4(Box::new(Q4Matrix::new(&parts))));
            }
            if let Some(parts) = all_q8(&weights) {
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

/// The matrices `names`, `[outputs, inputs]` each, as they are stored.
pub(super) fn taken(
    reader: &mut Reader,
    names: &[(String, usize)],
    inputs: usize,
) -> Result<Vec<Weight>, Error> {
    names.iter().map(|(name, outputs)| Ok(reader.take(name, &[*outputs, inputs])?)).collect()
}

/// The weights, if all are in four bits.
pub(super) fn all_q4(weights: &[Weight]) -> Option<Vec<&Q4>> {
    weights
        .iter()
        .map(|weight| match weight {
            Weight::Q4(q4) => Some(q4),
            Weight::Q8(_) | Weight::Full { .. } => None,
        })
        .collect()
}

/// The weights, if all are in eight bits, as [`Q8Matrix::new`] takes them.
pub(super) fn all_q8(weights: &[Weight]) -> Option<Vec<Q8Part<'_>>> {
    weights
        .iter()
        .map(|weight| match weight {
            Weight::Q8(q8) => Some((q8, 1.0, None)),
            Weight::Q4(_) | Weight::Full { .. } => None,
        })
        .collect()
}

/// A matrix, the factor on it, its bias.
pub(super) type Q8Part<'a> = (&'a Q8, f32, Option<&'a [f32]>);
