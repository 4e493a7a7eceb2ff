//! Multi-head attention: heads split, scores, heads joined. It knows shapes, not what is attended to or why.

use burn::tensor::Tensor;
use burn::tensor::activation::softmax;
use burn::tensor::module::attention;
use burn::tensor::ops::AttentionModuleOptions;

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

/// Every position attends to every other: what [`weigh`] of [`scores`] gives, left to burn, whose CPU kernel never holds
/// all the scores at once (54 MB in the encoder of the tiny model).
pub(super) fn attend_all(query: Tensor<4>, key: Tensor<4>, value: Tensor<4>) -> Tensor<2> {
    let unscaled = AttentionModuleOptions { scale: Some(1.0), softcap: None, is_causal: false };
    join_heads(attention(query, key, value, None, None, unscaled))
}
