//! The layers that hold weights: matrix, normalization, convolution, token embedding. How a weight is stored on the device is
//! known here and nowhere else.

use burn::tensor::module::{conv1d, layer_norm};
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Int, Tensor, TensorData, s};

use crate::device::values;
use crate::kernel::gpu::{self, Epilogue, Q8Rows};
use crate::kernel::{Convolution, Q8Matrix};
use crate::weights::{Q8, Reader, Weight};
use crate::{Error, kernel};

const NORM_EPSILON: f64 = 1e-5;

/// How a model computes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    /// burn's tensors, in 32-bit floating point.
    Float,
    /// On the CPU with 8-bit weights: our kernels, where two factors meet as integers.
    Integer,
    /// On a GPU with 8-bit weights: our shaders for single positions.
    Shaders,
}

/// Takes tensors out of the weights and puts them on a device, one at a time.
pub(super) struct Loader<'a> {
    pub reader: &'a mut Reader,
    pub device: &'a Device,
    pub arithmetic: Arithmetic,
}

impl Loader<'_> {
    /// Values of `name`, row-major.
    pub fn values(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        Ok(self.reader.take(name, shape)?.into_f32())
    }

    pub fn tensor<const D: usize>(&mut self, name: &str, shape: [usize; D]) -> Result<Tensor<D>, Error> {
        let values = self.values(name, &shape)?;
        Ok(self.place(values, shape))
    }

    fn place<const D: usize>(&self, values: Vec<f32>, shape: [usize; D]) -> Tensor<D> {
        Tensor::from_data(TensorData::new(values, shape), self.device)
    }

    /// One layer of several: their outputs lie one after another. `parts` are (name, factor on weight and bias).
    pub fn linear(
        &mut self,
        parts: &[(&str, f32)],
        width_in: usize,
        width_out: usize,
    ) -> Result<Linear, Error> {
        let mut weights = Vec::with_capacity(parts.len());
        let mut biases = Vec::with_capacity(parts.len());
        for (name, _) in parts {
            weights.push(self.reader.take(&format!("{name}.weight"), &[width_out, width_in])?);
            // Whisper's key projections have no bias.
            let bias = format!("{name}.bias");
            let is_there = self.reader.shape(&bias).is_some();
            biases.push(if is_there { self.values(&bias, &[width_out])? } else { vec![0.0; width_out] });
        }
        let factors = || parts.iter().map(|(_, factor)| *factor);
        if let Some(quantized) = all_q8(&weights) {
            let rows = quantized.into_iter().zip(factors()).zip(&biases);
            let rows: Vec<_> = rows.map(|((q8, factor), bias)| (q8, factor, Some(bias.as_slice()))).collect();
            match self.arithmetic {
                Arithmetic::Integer => return Ok(Linear::Q8(Q8Matrix::new(&rows))),
                Arithmetic::Shaders => return Ok(Linear::Gpu(Box::new(Q8Rows::new(&rows, self.device)))),
                Arithmetic::Float => {}
            }
        }
        let scaled = |values: Vec<f32>, factor: f32| values.into_iter().map(move |value| value * factor);
        let weights = weights.into_iter().map(Weight::into_f32).zip(factors());
        let weight = weights.flat_map(|(values, factor)| scaled(values, factor)).collect();
        let bias =
            biases.into_iter().zip(factors()).flat_map(|(values, factor)| scaled(values, factor)).collect();
        let rows = parts.len() * width_out;
        let weight = self.place(weight, [rows, width_in]).swap_dims(0, 1);
        Ok(Linear::Float(Box::new((weight, self.place(bias, [1, rows])))))
    }

    pub fn norm(&mut self, name: &str, width: usize) -> Result<Norm, Error> {
        Ok(Norm {
            gamma: self.tensor(&format!("{name}.weight"), [width])?,
            beta: self.tensor(&format!("{name}.bias"), [width])?,
            arithmetic: self.arithmetic,
        })
    }

    pub fn conv(&mut self, name: &str, channels: [usize; 2], stride: usize) -> Result<Conv, Error> {
        let [channels_in, channels_out] = channels;
        let weight = self.values(&format!("{name}.weight"), &[channels_out, channels_in, 3])?;
        let bias = self.values(&format!("{name}.bias"), &[channels_out])?;
        Ok(match self.arithmetic {
            Arithmetic::Integer => Conv::Integer(Convolution::new(&weight, channels_in, &bias, stride)?),
            Arithmetic::Float | Arithmetic::Shaders => {
                let weight = self.place(weight, [channels_out, channels_in, 3]);
                Conv::Float(Box::new((weight, self.place(bias, [channels_out]))), stride)
            }
        })
    }

    pub fn embedding(&mut self, name: &str, tokens: usize, width: usize) -> Result<Embedding, Error> {
        Ok(match (self.arithmetic, self.reader.take(name, &[tokens, width])?) {
            (Arithmetic::Integer, Weight::Q8(q8)) => Embedding::Q8(Q8Matrix::new(&[(&q8, 1.0, None)])),
            (Arithmetic::Shaders, Weight::Q8(q8)) => {
                Embedding::Gpu(Box::new(Q8Rows::new(&[(&q8, 1.0, None)], self.device)))
            }
            (_, weight) => Embedding::Float(Box::new(self.place(weight.into_f32(), [tokens, width]))),
        })
    }
}

/// The weights as what is stored of them, if all are quantized.
fn all_q8(weights: &[Weight]) -> Option<Vec<&Q8>> {
    weights
        .iter()
        .map(|weight| match weight {
            Weight::Q8(q8) => Some(q8),
            Weight::Full { .. } | Weight::Q4(_) => None,
        })
        .collect()
}

/// `x W + b`.
pub(super) enum Linear {
    /// Weight `[in, out]`, a view of `[out, in]` in memory, and bias `[1, out]`.
    Float(Box<(Tensor<2>, Tensor<2>)>),
    Q8(Q8Matrix),
    Gpu(Box<Q8Rows>),
}

impl Linear {
    /// `[rows, in]` → `[rows, out]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        match self {
            Linear::Float(layer) => {
                let (weight, bias) = layer.as_ref();
                x.matmul(weight.clone()) + bias.clone()
            }
            Linear::Q8(matrix) => multiplied(x, matrix),
            Linear::Gpu(rows) => rows.multiply(x, Epilogue::None),
        }
    }

    /// The Gaussian error linear unit of [`Linear::forward`].
    pub fn forward_gelu(&self, x: Tensor<2>) -> Tensor<2> {
        match self {
            Linear::Float(_) => gelu(self.forward(x), Arithmetic::Float),
            Linear::Q8(_) => gelu(self.forward(x), Arithmetic::Integer),
            Linear::Gpu(rows) => rows.multiply(x, Epilogue::Gelu),
        }
    }

    /// [`Linear::forward`] added to `onto`, `[rows, out]`.
    pub fn forward_onto(&self, x: Tensor<2>, onto: Tensor<2>) -> Tensor<2> {
        match self {
            Linear::Float(_) | Linear::Q8(_) => onto + self.forward(x),
            Linear::Gpu(rows) => rows.multiply(x, Epilogue::AddTo(onto)),
        }
    }
}

/// `x Wᵀ + b`.
fn multiplied(x: Tensor<2>, matrix: &Q8Matrix) -> Tensor<2> {
    let (rows, device) = (x.dims()[0], x.device());
    let out = matrix.multiply(&values(x));
    Tensor::from_data(TensorData::new(out, [rows, matrix.outputs()]), &device)
}

/// Gaussian error linear unit.
pub(super) fn gelu<const D: usize>(x: Tensor<D>, arithmetic: Arithmetic) -> Tensor<D> {
    match arithmetic {
        Arithmetic::Float | Arithmetic::Shaders => burn::tensor::activation::gelu(x),
        Arithmetic::Integer => {
            let (shape, device) = (x.dims(), x.device());
            let mut values = values(x);
            kernel::gelu(&mut values);
            Tensor::from_data(TensorData::new(values, shape), &device)
        }
    }
}

/// Layer normalization over the last axis.
pub(super) struct Norm {
    gamma: Tensor<1>,
    beta: Tensor<1>,
    arithmetic: Arithmetic,
}

impl Norm {
    /// `[rows, width]` → the same shape.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        match self.arithmetic {
            Arithmetic::Shaders => gpu::layer_norm(x, &self.gamma, &self.beta, NORM_EPSILON as f32),
            Arithmetic::Float | Arithmetic::Integer => {
                layer_norm(x, self.gamma.clone(), Some(self.beta.clone()), NORM_EPSILON)
            }
        }
    }
}

/// Convolution over time, three frames wide, zeros at both ends.
pub(super) enum Conv {
    /// Weight `[out, in, 3]` and bias `[out]`; stride.
    Float(Box<(Tensor<3>, Tensor<1>)>, usize),
    Integer(Convolution),
}

impl Conv {
    /// `[frames, in]` → `[frames / stride, out]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        match self {
            Conv::Float(layer, stride) => {
                let (weight, bias) = layer.as_ref();
                let options = ConvOptions::new([*stride], [1], [1], 1);
                let x = x.swap_dims(0, 1).unsqueeze::<3>(); // [1, in, frames]
                let x = conv1d(x, weight.clone(), Some(bias.clone()), options); // [1, out, frames / stride]
                x.squeeze_dim::<2>(0).swap_dims(0, 1)
            }
            Conv::Integer(convolution) => {
                let device = x.device();
                let out = convolution.apply(&values(x));
                let shape = [out.len() / convolution.outputs(), convolution.outputs()];
                Tensor::from_data(TensorData::new(out, shape), &device)
            }
        }
    }
}

/// Token embedding, which is also the last layer (the two are tied).
pub(super) enum Embedding {
    /// `[tokens, width]`.
    Float(Box<Tensor<2>>),
    Q8(Q8Matrix),
    Gpu(Box<Q8Rows>),
}

impl Embedding {
    /// Ids `[sequences × count]`, sequence by sequence, the first of each at position `first` → `[sequences × count, width]`, with
    /// each position's row of `positions` (`[most, width]`) added.
    pub fn embed(&self, ids: Tensor<1, Int>, positions: &Tensor<2>, first: usize, count: usize) -> Tensor<2> {
        if let Embedding::Gpu(rows) = self {
            return rows.embed(ids, positions, first, count);
        }
        let embedded = self.rows(ids);
        let [rows, width] = embedded.dims();
        let positions = positions.clone().slice(s![first..first + count, ..]); // [count, width]
        if rows == count {
            return embedded + positions;
        }
        (embedded.reshape([rows / count, count, width]) + positions.unsqueeze::<3>()).reshape([rows, width])
    }

    /// Ids `[rows]` → `[rows, width]`.
    fn rows(&self, ids: Tensor<1, Int>) -> Tensor<2> {
        match self {
            Embedding::Gpu(_) => unreachable!("embedded with their positions"),
            Embedding::Float(table) => table.as_ref().clone().select(0, ids),
            Embedding::Q8(matrix) => {
                let (count, device) = (ids.dims()[0], ids.device());
                let rows: Vec<f32> =
                    ids.into_data().iter::<i64>().flat_map(|id| matrix.row(id as usize)).collect();
                let shape = [count, rows.len() / count];
                Tensor::from_data(TensorData::new(rows, shape), &device)
            }
        }
    }

    /// `[rows, width]` → logits `[rows, tokens]`.
    pub fn logits(&self, x: Tensor<2>) -> Tensor<2> {
        match self {
            Embedding::Float(table) => x.matmul(table.as_ref().clone().swap_dims(0, 1)),
            Embedding::Q8(matrix) => multiplied(x, matrix),
            Embedding::Gpu(rows) => rows.multiply(x, Epilogue::None),
        }
    }
}
