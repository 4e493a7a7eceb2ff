//! What happens to queries, keys and values before attention: bias, normalization by head, rotation by position (RoPE), and keys and
//! values into their caches. One workgroup a head and row.

use burn::tensor::Tensor;
use cubecl::prelude::*;

use super::{on_gpu, room, size, sum_of, tensor};
use crate::kernel::Heads;

const UNITS: u32 = 64;

/// What a layer does to its projected rows.
pub struct QkvTransform<'a> {
    /// Bias of queries, keys and values (zeros where there is none), then weights of a query head's and a key head's
    /// normalization: `[columns + 2 × head_width]`.
    pub constants: &'a Tensor<1>,
    /// Whether heads are normalized, and what is added to their mean square.
    pub epsilon: Option<f32>,
    /// Cosines and sines by position, `[positions, head_width]`.
    pub rope_table: &'a Tensor<2>,
}

#[cube(launch)]
fn shape_kernel(
    projected: &[f32],
    constants: &[f32],
    rope_table: &[f32],
    queries: &mut [f32],
    keys: &mut [f32],
    values: &mut [f32],
    heads: u32,
    key_heads: u32,
    head_width: u32,
    first: u32,
    epsilon: f32,
    #[comptime] normalizes: bool,
    #[comptime] units: u32,
) {
    let (head, row, all) = (CUBE_POS_X, CUBE_POS_Y, CUBE_COUNT_X);
    let position = first + row;
    let column = head * head_width;
    let from = row * all * head_width + column;
    let half_width = head_width / 2;
    let is_query = head < heads;
    let is_value = head >= heads + key_heads;
    let mut scale = 1.0f32;
    let gains = all * head_width + select(is_query, 0u32, head_width);
    if comptime!(normalizes) {
        let mut parts = Shared::new_slice(comptime!(units as usize));
        let mut squares = 0.0f32;
        for index in range_stepped(UNIT_POS, head_width, units) {
            let value = projected[(from + index) as usize] + constants[(column + index) as usize];
            squares += value * value;
        }
        parts[UNIT_POS as usize] = squares;
        let mean = sum_of(&mut parts, units) / f32::cast_from(head_width);
        scale = 1.0f32 / (mean + epsilon).sqrt();
    }
    for pair in range_stepped(UNIT_POS, half_width, units) {
        let other = pair + half_width;
        let mut a = projected[(from + pair) as usize] + constants[(column + pair) as usize];
        let mut b = projected[(from + other) as usize] + constants[(column + other) as usize];
        if is_value {
            let to = position * key_heads * head_width + (head - heads - key_heads) * head_width;
            values[(to + pair) as usize] = a;
            values[(to + other) as usize] = b;
        } else {
            if comptime!(normalizes) {
                a *= scale * constants[(gains + pair) as usize];
                b *= scale * constants[(gains + other) as usize];
            }
            let cos = rope_table[(position * head_width + pair) as usize];
            let sin = rope_table[(position * head_width + other) as usize];
            let turned = a * cos - b * sin;
            let other_turned = b * cos + a * sin;
            if is_query {
                let to = (row * heads + head) * head_width;
                queries[(to + pair) as usize] = turned;
                queries[(to + other) as usize] = other_turned;
            } else {
                let to = position * key_heads * head_width + (head - heads) * head_width;
                keys[(to + pair) as usize] = turned;
                keys[(to + other) as usize] = other_turned;
            }
        }
    }
}

/// Rows of queries, keys and values side by side (`[rows, columns]`), the first at position `first` → queries
/// `[rows, query_width]`. Keys and values are written into `keys` and `values` (`[capacity, key_width]`), which must have no other
/// owner that minds.
pub fn shape_heads(
    projected: Tensor<2>,
    heads: Heads,
    transform: &QkvTransform<'_>,
    [keys, values]: &[Tensor<2>; 2],
    first: usize,
) -> Tensor<2> {
    let rows = projected.dims()[0];
    debug_assert!(first + rows <= keys.dims()[0] && first + rows <= transform.rope_table.dims()[0]);
    let projected = on_gpu(projected);
    let out = room(&projected, [rows, heads.query_width()]);
    shape_kernel::launch(
        &projected.client.clone(),
        CubeCount::new_2d(size(heads.count + 2 * heads.keys), size(rows)),
        CubeDim::new_1d(UNITS),
        projected.into_buffer_arg(),
        on_gpu(transform.constants.clone()).into_buffer_arg(),
        on_gpu(transform.rope_table.clone()).into_buffer_arg(),
        out.clone().into_buffer_arg(),
        on_gpu(keys.clone()).into_buffer_arg(),
        on_gpu(values.clone()).into_buffer_arg(),
        size(heads.count),
        size(heads.keys),
        size(heads.width),
        size(first),
        transform.epsilon.unwrap_or_default(),
        transform.epsilon.is_some(),
        UNITS,
    );
    tensor(out)
}
