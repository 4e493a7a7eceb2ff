//! Attention of single positions, scores and softmax in shared memory: to the positions said so far, and to what was heard. One
//! workgroup a head and row.

use burn::tensor::Tensor;
use burn_wgpu::CubeTensor;
use cubecl::prelude::*;

use super::{largest_of, on_gpu, room, size, sum_of, tensor};

/// Invocations of a workgroup. A head is at most as wide, and divides it.
const UNITS: u32 = 256;
/// Positions that shared memory has room for: 6 KiB.
const MOST_POSITIONS: usize = 1536;

/// Whether these shaders can compute heads of this width over so many positions.
pub fn fits(head_width: usize, positions: usize) -> bool {
    positions <= MOST_POSITIONS && head_width > 0 && (UNITS as usize).is_multiple_of(head_width)
}

/// `query`: a row holds the queries, with `appends` followed by the keys and values of the same position, which are the last of
/// `length` then. `keys` and `values`: `[rows with appends, else 1, heads, capacity, head_width]`.
#[cube(launch)]
fn attend_kernel(
    query: &[f32],
    keys: &mut [f32],
    values: &mut [f32],
    out: &mut [f32],
    length: u32,
    capacity: u32,
    head_width: u32,
    #[comptime] appends: bool,
    #[comptime] units: u32,
) {
    let mut asked = Shared::new_slice(comptime!(units as usize));
    let mut scores = Shared::new_slice(MOST_POSITIONS);
    let mut parts = Shared::new_slice(comptime!(units as usize));
    let (head, row, heads) = (CUBE_POS_X, CUBE_POS_Y, CUBE_COUNT_X);
    let width = heads * head_width;
    let stride = if comptime!(appends) { width * 3 } else { width };
    let owner = if comptime!(appends) { row * heads + head } else { head };
    let from = row * stride + head * head_width;
    let base = owner * capacity * head_width;
    if UNIT_POS < head_width {
        asked[UNIT_POS as usize] = query[(from + UNIT_POS) as usize];
        if comptime!(appends) {
            let at = (base + (length - 1) * head_width + UNIT_POS) as usize;
            keys[at] = query[(from + width + UNIT_POS) as usize];
            values[at] = query[(from + 2 * width + UNIT_POS) as usize];
        }
    }
    sync_storage();
    sync_cube();

    let mut largest = f32::new(-1e30);
    for position in range_stepped(UNIT_POS, length, units) {
        let key = base + position * head_width;
        let mut score = 0.0f32;
        for column in 0..head_width {
            score += asked[column as usize] * keys[(key + column) as usize];
        }
        scores[position as usize] = score;
        largest = max(largest, score);
    }
    parts[UNIT_POS as usize] = largest;
    let largest = largest_of(&mut parts, units);

    let mut sum = 0.0f32;
    for position in range_stepped(UNIT_POS, length, units) {
        let weight = (scores[position as usize] - largest).exp();
        scores[position as usize] = weight;
        sum += weight;
    }
    parts[UNIT_POS as usize] = sum;
    let sum = sum_of(&mut parts, units);

    // Each group of `head_width` units adds up its share of the positions, then the groups are added.
    let column = UNIT_POS % head_width;
    let groups = units / head_width;
    let mut found = 0.0f32;
    for position in range_stepped(UNIT_POS / head_width, length, groups) {
        found += scores[position as usize] * values[(base + position * head_width + column) as usize];
    }
    parts[UNIT_POS as usize] = found;
    sync_cube();
    if UNIT_POS < head_width {
        let mut total = 0.0f32;
        for group in 0..groups {
            total += parts[(group * head_width + UNIT_POS) as usize];
        }
        out[(row * width + head * head_width + UNIT_POS) as usize] = total / sum;
    }
}

/// Attention of the next position of each sequence to the positions so far and itself. `projected`: its queries (scaled), keys and
/// values side by side, `[sequences, 3 × width]`; the keys and values are written into the caches
/// (`[sequences, heads, capacity, head_width]`) at `filled` → `[sequences, width]`. The caches must have no other owner that
/// minds.
pub fn self_attention(
    projected: Tensor<2>,
    keys: &Tensor<4>,
    values: &Tensor<4>,
    filled: usize,
) -> Tensor<2> {
    attend(projected, keys, values, filled + 1, true)
}

/// Attention of `queries` (scaled, `[rows, width]`) to all of `keys` and `values` (`[1, heads, positions, head_width]`) → the same
/// shape as the queries.
pub fn cross_attention(queries: Tensor<2>, keys: &Tensor<4>, values: &Tensor<4>) -> Tensor<2> {
    let positions = keys.dims()[2];
    attend(queries, keys, values, positions, false)
}

fn attend(
    queries: Tensor<2>,
    keys: &Tensor<4>,
    values: &Tensor<4>,
    length: usize,
    appends: bool,
) -> Tensor<2> {
    let ([rows, _], [_, heads, capacity, head_width]) = (queries.dims(), keys.dims());
    debug_assert!(length <= capacity && fits(head_width, capacity));
    let queries = on_gpu(queries);
    let out = room(&queries, [rows, heads * head_width]);
    let owned = |cache: &Tensor<4>| -> CubeTensor { on_gpu(cache.clone()) };
    attend_kernel::launch(
        &queries.client.clone(),
        CubeCount::new_2d(size(heads), size(rows)),
        CubeDim::new_1d(UNITS),
        queries.into_buffer_arg(),
        owned(keys).into_buffer_arg(),
        owned(values).into_buffer_arg(),
        out.clone().into_buffer_arg(),
        size(length),
        size(capacity),
        size(head_width),
        appends,
        UNITS,
    );
    tensor(out)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, gpu, random, up};
    use super::*;

    const HEADS: usize = 3;

    /// The twin: one head of one query, `keys` and `values` row by row.
    fn twin(query: &[f32], keys: &[f32], values: &[f32]) -> Vec<f32> {
        let scores: Vec<f32> =
            keys.chunks(query.len()).map(|key| key.iter().zip(query).map(|(k, q)| k * q).sum()).collect();
        let largest = scores.iter().copied().fold(f32::MIN, f32::max);
        let weights: Vec<f32> = scores.iter().map(|score| (score - largest).exp()).collect();
        let sum: f32 = weights.iter().sum();
        let mut out = vec![0.0; query.len()];
        for (weight, value) in weights.iter().zip(values.chunks(query.len())) {
            out.iter_mut().zip(value).for_each(|(out, value)| *out += weight / sum * value);
        }
        out
    }

    #[test]
    fn twins_hear_alike() {
        let (device, mut rng) = (gpu(), fastrand::Rng::with_seed(4));
        for (rows, positions, head_width) in [(1, 1500, 64), (3, 40, 32), (2, 7, 128)] {
            let width = HEADS * head_width;
            let queries = random(&mut rng, rows * width);
            let shape = [1, HEADS, positions, head_width];
            let (keys, values) = (random(&mut rng, positions * width), random(&mut rng, positions * width));
            let found = cross_attention(
                up(&queries, [rows, width], &device),
                &up(&keys, shape, &device),
                &up(&values, shape, &device),
            );
            let expected: Vec<f32> = queries
                .chunks(head_width)
                .enumerate()
                .flat_map(|(at, query)| {
                    let head =
                        (at % HEADS) * positions * head_width..(at % HEADS + 1) * positions * head_width;
                    twin(query, &keys[head.clone()], &values[head])
                })
                .collect();
            check(found, &expected, 1e-4);
        }
    }

    /// Position after position, two sequences at once: what was appended before is seen by what comes after.
    #[test]
    fn twins_remember_alike() {
        let (device, mut rng) = (gpu(), fastrand::Rng::with_seed(5));
        let (sequences, capacity, head_width) = (2, 9, 64);
        let (width, shape) = (HEADS * head_width, [sequences, HEADS, capacity, head_width]);
        let (keys, values) = (Tensor::zeros(shape, &device), Tensor::zeros(shape, &device));
        let mut said = vec![(Vec::new(), Vec::new()); sequences * HEADS];
        for filled in 0..capacity {
            let projected = random(&mut rng, sequences * 3 * width);
            let found =
                self_attention(up(&projected, [sequences, 3 * width], &device), &keys, &values, filled);
            let mut expected = Vec::new();
            for (owner, (keys, values)) in said.iter_mut().enumerate() {
                let (sequence, head) = (owner / HEADS, owner % HEADS);
                let part = |part: usize| {
                    &projected[sequence * 3 * width + part * width + head * head_width..][..head_width]
                };
                keys.extend_from_slice(part(1));
                values.extend_from_slice(part(2));
                expected.extend(twin(part(0), keys, values));
            }
            check(found, &expected, 1e-5);
        }
    }
}
