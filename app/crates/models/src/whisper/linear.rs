//! The layers that hold weights: matrix, normalization, convolution, token embedding. How a weight is stored on the device is
//! known here and nowhere else.

use burn::tensor::module::{conv1d, layer_norm};
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Int, Tensor, TensorData};

use crate::Error;
use crate::weights::Reader;

const NORM_EPSILON: f64 = 1e-5;

/// Takes tensors out of the weights and puts them on a device, one at a time.
pub(super) struct Loader<'a> {
    pub reader: &'a mut Reader,
    pub device: &'a Device,
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
        let mut weight = Vec::with_capacity(parts.len() * width_out * width_in);
        let mut bias = Vec::with_capacity(parts.len() * width_out);
        for &(name, factor) in parts {
            let values = self.values(&format!("{name}.weight"), &[width_out, width_in])?;
            weight.extend(values.into_iter().map(|value| value * factor));
            // Whisper's key projections have no bias.
            let bias_name = format!("{name}.bias");
            match self.reader.shape(&bias_name) {
                Some(_) => {
                    let values = self.values(&bias_name, &[width_out])?;
                    bias.extend(values.into_iter().map(|value| value * factor));
                }
                None => bias.resize(bias.len() + width_out, 0.0),
            }
        }
        let rows = parts.len() * width_out;
        Ok(Linear {
            weight: self.place(weight, [rows, width_in]).swap_dims(0, 1),
            bias: self.place(bias, [1, rows]),
        })
    }

    pub fn norm(&mut self, name: &str, width: usize) -> Result<Norm, Error> {
        Ok(Norm {
            gamma: self.tensor(&format!("{name}.weight"), [width])?,
            beta: self.tensor(&format!("{name}.bias"), [width])?,
        })
    }

    pub fn conv(&mut self, name: &str, channels: [usize; 2], stride: usize) -> Result<Conv, Error> {
        let [channels_in, channels_out] = channels;
        Ok(Conv {
            weight: self.tensor(&format!("{name}.weight"), [channels_out, channels_in, 3])?,
            bias: self.tensor(&format!("{name}.bias"), [channels_out])?,
            stride,
        })
    }

    pub fn embedding(&mut self, name: &str, tokens: usize, width: usize) -> Result<Embedding, Error> {
        Ok(Embedding { table: self.tensor(name, [tokens, width])? })
    }
}

/// `x W + b`.
pub(super) struct Linear {
    /// `[in, out]`, a view of `[out, in]` in memory.
    weight: Tensor<2>,
    /// `[1, out]`.
    bias: Tensor<2>,
}

impl Linear {
    /// `[rows, in]` → `[rows, out]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        x.matmul(self.weight.clone()) + self.bias.clone()
    }
}

/// Layer normalization over the last axis.
pub(super) struct Norm {
    gamma: Tensor<1>,
    beta: Tensor<1>,
}

impl Norm {
    /// `[rows, width]` → the same shape.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        layer_norm(x, self.gamma.clone(), Some(self.beta.clone()), NORM_EPSILON)
    }
}

/// Convolution over time, three frames wide, zeros at both ends.
pub(super) struct Conv {
    /// `[out, in, 3]`.
    weight: Tensor<3>,
    bias: Tensor<1>,
    stride: usize,
}

impl Conv {
    /// `[1, in, frames]` → `[1, out, frames / stride]`.
    pub fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let options = ConvOptions::new([self.stride], [1], [1], 1);
        conv1d(x, self.weight.clone(), Some(self.bias.clone()), options)
    }
}

/// Token embedding, which is also the last layer (the two are tied).
pub(super) struct Embedding {
    /// `[tokens, width]`.
    table: Tensor<2>,
}

impl Embedding {
    /// Ids `[rows]` → `[rows, width]`.
    pub fn rows(&self, ids: Tensor<1, Int>) -> Tensor<2> {
        self.table.clone().select(0, ids)
    }

    /// `[rows, width]` → logits `[rows, tokens]`.
    pub fn logits(&self, x: Tensor<2>) -> Tensor<2> {
        x.matmul(self.table.clone().swap_dims(0, 1))
    }

    /// As [`Embedding::logits`], for the first `tokens` of the vocabulary.
    pub fn logits_below(&self, x: Tensor<2>, tokens: usize) -> Tensor<2> {
        x.matmul(self.table.clone().slice_dim(0, 0..tokens).swap_dims(0, 1))
    }
}
