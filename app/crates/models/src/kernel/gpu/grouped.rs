//! Attention where several queries share a key, each row to itself and all before it, over any number of positions: the softmax is
//! taken tile by tile as in FlashAttention (<https://arxiv.org/abs/2205.14135>). One workgroup a head and row.

use burn::tensor::Tensor;
use cubecl::prelude::*;

use super::{largest_of, on_gpu, room, size, sum_of, tensor};
use crate::kernel::Heads;

/// Invocations of a workgroup and positions of a tile. A head is at most as wide, and divides it.
const UNITS: u32 = 256;

/// Whether this shader can compute heads of this width.
pub fn fits_grouped(head_width: usize) -> bool {
    head_width > 0 && (UNITS as usize).is_multiple_of(head_width)
}

#[cube(launch)]
fn attend_kernel(
    queries: &[f32],
    keys: &[f32],
    values: &[f32],
    out: &mut [f32],
    first: u32,
    sharing: u32,
    head_width: u32,
    scale: f32,
    #[comptime] units: u32,
) {
    let mut asked = Shared::new_slice(comptime!(units as usize));
    let mut weights = Shared::new_slice(comptime!(units as usize));
    let mut parts = Shared::new_slice(comptime!(units as usize));
    let (head, row, heads) = (CUBE_POS_X, CUBE_POS_Y, CUBE_COUNT_X);
    let key_width = heads / sharing * head_width;
    let base = head / sharing * head_width;
    let length = first + row + 1;
    if UNIT_POS < head_width {
        asked[UNIT_POS as usize] = queries[((row * heads + head) * head_width + UNIT_POS) as usize] * scale;
    }
    sync_cube();
    let column = UNIT_POS % head_width;
    let groups = units / head_width;
    let mut largest = f32::new(-1e30);
    let mut sum = 0.0f32;
    // Each group of `head_width` units adds up its share of the positions.
    let mut found = 0.0f32;
    for tile in range_stepped(0u32, length, units) {
        let position = tile + UNIT_POS;
        let mut score = f32::new(-1e30);
        if position < length {
            score = 0.0f32;
            for index in 0..head_width {
                score += asked[index as usize] * keys[(position * key_width + base + index) as usize];
            }
        }
        parts[UNIT_POS as usize] = score;
        let next = max(largest, largest_of(&mut parts, units));
        let weight = select(position < length, (score - next).exp(), 0.0f32);
        weights[UNIT_POS as usize] = weight;
        parts[UNIT_POS as usize] = weight;
        // What was added up before was weighed against a smaller largest score.
        let faded = (largest - next).exp();
        sum = sum * faded + sum_of(&mut parts, units);
        found *= faded;
        let seen = min(units, length - tile);
        for at in range_stepped(UNIT_POS / head_width, seen, groups) {
            found += weights[at as usize] * values[((tile + at) * key_width + base + column) as usize];
        }
        largest = next;
        // Nobody writes the next weights before all have read these.
        sync_cube();
    }
    parts[UNIT_POS as usize] = found;
    sync_cube();
    if UNIT_POS < head_width {
        let mut total = 0.0f32;
        for group in 0..groups {
            total += parts[(group * head_width + UNIT_POS) as usize];
        }
        out[((row * heads + head) * head_width + UNIT_POS) as usize] = total / sum;
    }
}

/// `queries`: `[rows, query_width]`, the first row at position `first`; `keys` and `values`: `[capacity, key_width]`, in which the
/// rows' own are already → the same shape as the queries.
pub fn grouped_attention(
    queries: Tensor<2>,
    heads: Heads,
    [keys, values]: &[Tensor<2>; 2],
    first: usize,
) -> Tensor<2> {
    let rows = queries.dims()[0];
    debug_assert!(fits_grouped(heads.width) && first + rows <= keys.dims()[0]);
    let queries = on_gpu(queries);
    let out = room(&queries, [rows, heads.query_width()]);
    attend_kernel::launch(
        &queries.client.clone(),
        CubeCount::new_2d(size(heads.count), size(rows)),
        CubeDim::new_1d(UNITS),
        queries.into_buffer_arg(),
        on_gpu(keys.clone()).into_buffer_arg(),
        on_gpu(values.clone()).into_buffer_arg(),
        out.clone().into_buffer_arg(),
        size(first),
        size(heads.count / heads.keys),
        size(heads.width),
        heads.scale(),
        UNITS,
    );
    tensor(out)
}

#[cfg(test)]
mod tests {
    use burn::tensor::Tensor;

    use super::super::rotary::{QkvTransform, shape_heads};
    use super::super::testing::{check, gpu, random, up};
    use super::*;
    use crate::kernel::grouped::testing::{frequencies, qkv_transform};
    use crate::kernel::{KvCache, rope_table};

    /// In pieces of all sizes, over the borders of tiles; the twin is the CPU's.
    #[test]
    fn twins_attend_alike() {
        let (device, mut rng) = (gpu(), fastrand::Rng::with_seed(15));
        for (heads, normalizes) in [
            (Heads { count: 9, keys: 3, width: 64 }, false),
            (Heads { count: 4, keys: 2, width: 128 }, true),
            (Heads { count: 2, keys: 2, width: 32 }, true),
        ] {
            let transform = qkv_transform(&mut rng, heads, normalizes);
            let capacity = 600;
            let table = rope_table(&frequencies(heads), 0..capacity);
            let on_device = QkvTransform {
                constants: &up(&transform.constants, [transform.constants.len()], &device),
                epsilon: transform.epsilon,
                rope_table: &up(&table, [capacity, heads.width], &device),
            };
            let caches = [(); 2].map(|()| Tensor::zeros([capacity, heads.key_width()], &device));
            let (mut kept, mut first) = (KvCache::default(), 0);
            for rows in [1, 255, 1, 1, 40, 260, 1] {
                let projected = random(&mut rng, rows * heads.columns());
                let queries = shape_heads(
                    up(&projected, [rows, heads.columns()], &device),
                    heads,
                    &on_device,
                    &caches,
                    first,
                );
                let found = grouped_attention(queries, heads, &caches, first);
                let of_rows = &table[first * heads.width..(first + rows) * heads.width];
                check(found, &kept.attend(projected, heads, &transform, of_rows), 1e-4);
                first += rows;
            }
        }
    }
}
