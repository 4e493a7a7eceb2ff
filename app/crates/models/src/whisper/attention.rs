//! Multi-head attention: heads split, scores, heads joined. It knows shapes, not what is attended to or why.

use burn::tensor::activation::softmax;
use burn::tensor::module::attention;
use burn::tensor::ops::AttentionModuleOptions;
use burn::tensor::{Tensor, TensorData};

use super::linear::Arithmetic;
use crate::Error;
use crate::device::values;
use crate::kernel::gpu::{self, FEW_ROWS};
use crate::kernel::{Columns, Memory};

/// Keys and values of one layer, `[batch, heads, positions, head_width]` each.
#[derive(Clone)]
pub(super) struct KeyValue {
    pub key: Tensor<4>,
    pub value: Tensor<4>,
}

/// Cuts `[batch × positions, parts × heads × head_width]` into `PARTS` tensors of
/// `[batch, heads, positions, head_width]`. Views: nothing is copied on the CPU.
pub(super) fn split_heads<const PARTS: usize>(
    x: Tensor<2>,
    batch: usize,
    heads: usize,
) -> [Tensor<4>; PARTS] {
    let [rows, width] = x.dims();
    let x = x.reshape([batch, rows / batch, PARTS * heads, width / (PARTS * heads)]);
    std::array::from_fn(|part| x.clone().slice_dim(2, part * heads..(part + 1) * heads).swap_dims(1, 2))
}

/// `[batch, heads, positions, head_width]` → `[batch × positions, heads × head_width]`.
fn join_heads(x: Tensor<4>) -> Tensor<2> {
    let [batch, heads, positions, head_width] = x.dims();
    x.swap_dims(1, 2).reshape([batch * positions, heads * head_width])
}

/// Scores of queries against keys, `[batch, heads, queries, keys]`. The factor `1/√head_width` is in the query's weights
/// already. A key of batch 1 serves every query.
pub(super) fn scores(query: Tensor<4>, key: Tensor<4>) -> Tensor<4> {
    query.matmul(key.swap_dims(2, 3))
}

/// The values weighted by the softmax of `scores`, heads joined: `[batch × queries, heads × head_width]`.
pub(super) fn weigh(scores: Tensor<4>, value: Tensor<4>) -> Tensor<2> {
    join_heads(softmax(scores, 3).matmul(value))
}

/// Every position attends to every other. `projected`: queries, keys and values side by side, `[positions, 3 × width]` →
/// `[positions, width]`. What [`weigh`] of [`scores`] gives, without ever holding all the scores (54 MB in the encoder of the tiny
/// model).
pub(super) fn attend_all(projected: Tensor<2>, heads: usize, arithmetic: Arithmetic) -> Tensor<2> {
    let ([positions, columns], device) = (projected.dims(), projected.device());
    let width = columns / 3;
    match arithmetic {
        Arithmetic::Float | Arithmetic::Shaders => {
            let [query, key, value] = split_heads(projected, 1, heads);
            let unscaled = AttentionModuleOptions { scale: Some(1.0), softcap: None, is_causal: false };
            join_heads(attention(query, key, value, None, None, unscaled))
        }
        Arithmetic::Integer => {
            let projected = values(projected);
            let part = |part: usize| Columns { values: &projected, stride: columns, first: part * width };
            let memory = Memory::new(part(1), part(2), positions, heads, width / heads);
            let out = memory.attend(part(0), positions, &mut |_, _, _| {});
            Tensor::from_data(TensorData::new(out, [positions, width]), &device)
        }
    }
}

/// What a decoder layer hears of the encoder's states: their keys and values.
pub(super) enum CrossKv {
    Float(Box<KeyValue>),
    Integer(Memory),
    /// Each in memory of its own, as the shaders read them.
    Gpu(Box<KeyValue>),
}

impl CrossKv {
    /// `projected`: keys and values side by side, `[positions, 2 × width]`.
    pub fn new(projected: Tensor<2>, heads: usize, arithmetic: Arithmetic) -> CrossKv {
        let [positions, columns] = projected.dims();
        let width = columns / 2;
        match arithmetic {
            Arithmetic::Float => {
                let [key, value] = split_heads(projected, 1, heads);
                CrossKv::Float(Box::new(KeyValue { key, value }))
            }
            Arithmetic::Shaders => {
                let [key, value] = split_heads(projected, 1, heads).map(gpu::laid_out);
                CrossKv::Gpu(Box::new(KeyValue { key, value }))
            }
            Arithmetic::Integer => {
                let projected = values(projected);
                let part = |part: usize| Columns { values: &projected, stride: columns, first: part * width };
                CrossKv::Integer(Memory::new(part(0), part(1), positions, heads, width / heads))
            }
        }
    }

    /// What `queries` (`[batch × count, width]`) find: the same shape. `tap` takes the scores it wants of `layer`.
    pub fn attend(
        &self,
        queries: Tensor<2>,
        batch: usize,
        heads: usize,
        layer: usize,
        tap: Option<&mut Tap>,
    ) -> Tensor<2> {
        match self {
            CrossKv::Gpu(of) if tap.is_none() && queries.dims()[0] <= FEW_ROWS => {
                gpu::cross_attention(queries, &of.key, &of.value)
            }
            CrossKv::Float(of) | CrossKv::Gpu(of) => {
                let KeyValue { key, value } = of.as_ref();
                let [queries] = split_heads(queries, batch, heads);
                let scores = scores(queries, key.clone());
                if let Some(tap) = tap {
                    tap.take(layer, &scores);
                }
                weigh(scores, value.clone())
            }
            CrossKv::Integer(memory) => {
                let ([rows, width], device) = (queries.dims(), queries.device());
                let queries = values(queries);
                let queries = Columns { values: &queries, stride: width, first: 0 };
                let out = match tap {
                    Some(tap) => {
                        memory.attend(queries, rows, &mut |head, _, scores| tap.take_row(layer, head, scores))
                    }
                    None => memory.attend(queries, rows, &mut |_, _, _| {}),
                };
                Tensor::from_data(TensorData::new(out, [rows, width]), &device)
            }
        }
    }
}

/// Collects the scores of some heads, before the softmax, while a single sequence is read.
pub(super) struct Tap {
    heads: Vec<[usize; 2]>,
    /// As many as are kept of each row.
    positions: usize,
    /// By head.
    rows: Vec<Vec<f32>>,
    tensors: Vec<Tensor<2>>,
}

impl Tap {
    /// `heads`: `[layer, head]` of each.
    pub fn new(heads: Vec<[usize; 2]>, positions: usize) -> Tap {
        Tap { rows: vec![Vec::new(); heads.len()], tensors: Vec::new(), heads, positions }
    }

    /// `scores`: `[1, heads, count, positions]`.
    fn take(&mut self, layer: usize, scores: &Tensor<4>) {
        for [_, head] in self.heads.iter().filter(|[of, _]| *of == layer) {
            let scores = scores.clone().slice_dim(1, *head..head + 1).slice_dim(3, 0..self.positions);
            let [.., count, positions] = scores.dims();
            self.tensors.push(scores.reshape([count, positions]));
        }
    }

    fn take_row(&mut self, layer: usize, head: usize, scores: &[f32]) {
        if let Some(at) = self.heads.iter().position(|of| *of == [layer, head]) {
            self.rows[at].extend_from_slice(&scores[..self.positions]);
        }
    }

    /// The scores of one head after the other, `[heads × count × positions]`.
    ///
    /// # Errors
    /// `Device` where reading them back fails.
    pub async fn read(self) -> Result<Vec<f32>, Error> {
        if self.tensors.is_empty() {
            return Ok(self.rows.concat());
        }
        crate::device::read(Tensor::cat(self.tensors, 0)).await
    }
}
