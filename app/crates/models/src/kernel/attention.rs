//! Attention over positions that are all known: the encoder's to itself, the decoder's to the encoder. Scores of a few
//! queries live at a time, never the whole matrix.

use wide::{f32x4, i16x8};

use super::activation::exp_of_negative;
use super::panel::{ROWS, Step, WIDTH, multiply, narrow, quantize, to_f32};

/// Steps of the largest share of attention.
const SHARE_LIMIT: f32 = 32767.0;
/// Positions whose weighted values are summed as integers.
const BLOCK: usize = 16;
/// Steps of the largest value of a column: 16 × 32767 × this is below 2³¹.
const VALUE_LIMIT: f32 = 4095.0;

/// Some columns of a row-major matrix.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    pub values: &'a [f32],
    /// Width of the whole matrix.
    pub stride: usize,
    pub first: usize,
}

impl<'a> Columns<'a> {
    fn row(&self, row: usize, first: usize, width: usize) -> &'a [f32] {
        &self.values[row * self.stride + self.first + first..][..width]
    }
}

/// Keys and values of all heads, laid out for [`Memory::attend`].
pub struct Memory {
    heads: Vec<Head>,
    positions: usize,
    head_width: usize,
    /// Steps of the largest number of a query or key.
    score_limit: f32,
}

struct Head {
    /// By panel of eight positions, by pair of dimensions.
    keys: Vec<Step>,
    /// By panel.
    key_scales: Vec<[f32x4; 2]>,
    /// By panel of eight dimensions, by pair of positions (whole [`BLOCK`]s of them).
    values: Vec<Step>,
    /// By panel.
    value_scales: Vec<[f32x4; 2]>,
}

impl Memory {
    /// `keys` and `values`: `[positions, heads × head_width]` each; `head_width` divides by eight.
    pub fn new(
        keys: Columns<'_>,
        values: Columns<'_>,
        positions: usize,
        heads: usize,
        head_width: usize,
    ) -> Memory {
        let score_limit = (2f32.powi(31) / head_width as f32).sqrt().floor() - 1.0;
        let head = |head: usize| {
            let column = head * head_width;
            let (keys, key_scales) = pack_keys(keys, column, positions, head_width, score_limit);
            let (values, value_scales) = pack_values(values, column, positions, head_width);
            Head { keys, key_scales, values, value_scales }
        };
        Memory { heads: (0..heads).map(head).collect(), positions, head_width, score_limit }
    }

    /// Each of `rows` queries (`[rows, heads × head_width]`, the factor `1/√head_width` already in them) → the values weighted by
    /// the softmax of its scores, `[rows, heads × head_width]`. `tap` sees the scores before the softmax: (head, row, `[positions]`).
    pub fn attend(
        &self,
        queries: Columns<'_>,
        rows: usize,
        tap: &mut dyn FnMut(usize, usize, &[f32]),
    ) -> Vec<f32> {
        let width = self.heads.len() * self.head_width;
        let mut out = vec![0.0; rows * width];
        let mut scratch = Scratch::new(self);
        for (index, head) in self.heads.iter().enumerate() {
            let column = index * self.head_width;
            for first in (0..rows).step_by(ROWS) {
                let mut tap = |row: usize, scores: &[f32]| tap(index, first + row, scores);
                let query = |row: usize| queries.row(first + row, column, self.head_width);
                let out = &mut out[first * width + column..];
                match rows - first {
                    1 => self.attend_rows::<1>(head, query, &mut scratch, out, width, &mut tap),
                    2 => self.attend_rows::<2>(head, query, &mut scratch, out, width, &mut tap),
                    3 => self.attend_rows::<3>(head, query, &mut scratch, out, width, &mut tap),
                    _ => self.attend_rows::<ROWS>(head, query, &mut scratch, out, width, &mut tap),
                }
            }
        }
        out
    }

    fn attend_rows<'q, const R: usize>(
        &self,
        head: &Head,
        query: impl Fn(usize) -> &'q [f32],
        scratch: &mut Scratch,
        out: &mut [f32],
        stride: usize,
        tap: &mut dyn FnMut(usize, &[f32]),
    ) {
        let pairs = self.head_width / 2;
        let mut scales = [0.0; R];
        for (row, scale) in scales.iter_mut().enumerate() {
            *scale = quantize(query(row), self.score_limit, &mut scratch.queries[row * pairs..][..pairs]);
        }
        let queries: [&[i32]; R] = std::array::from_fn(|row| &scratch.queries[row * pairs..][..pairs]);
        let padded = scratch.positions;
        for (panel, (keys, key_scales)) in head.keys.chunks_exact(pairs).zip(&head.key_scales).enumerate() {
            let products = multiply(keys, queries);
            for (row, (products, scale)) in products.into_iter().zip(scales).enumerate() {
                let products = to_f32(products);
                let scale = f32x4::splat(scale);
                let scores: [f32; WIDTH] = bytemuck::cast([
                    products[0] * key_scales[0] * scale,
                    products[1] * key_scales[1] * scale,
                ]);
                scratch.scores[row * padded + panel * WIDTH..][..WIDTH].copy_from_slice(&scores);
            }
        }
        let mut sums = [0.0; R];
        for (row, sum) in sums.iter_mut().enumerate() {
            let scores = &mut scratch.scores[row * padded..][..padded];
            tap(row, &scores[..self.positions]);
            scores[self.positions..].fill(f32::NEG_INFINITY);
            *sum = soften(scores, &mut scratch.shares[row * padded / 2..][..padded / 2]);
        }
        let shares: [&[i32]; R] =
            std::array::from_fn(|row| &scratch.shares[row * padded / 2..][..padded / 2]);
        for (panel, (values, value_scales)) in
            head.values.chunks_exact(padded / 2).zip(&head.value_scales).enumerate()
        {
            let mut weighted = [[f32x4::ZERO; 2]; R];
            for (block, values) in values.as_chunks::<{ BLOCK / 2 }>().0.iter().enumerate() {
                let first = block * BLOCK / 2;
                let products = multiply(values, shares.map(|shares| &shares[first..first + BLOCK / 2]));
                for (weighted, products) in weighted.iter_mut().zip(products) {
                    let products = to_f32(products);
                    weighted[0] += products[0];
                    weighted[1] += products[1];
                }
            }
            for (row, (weighted, sum)) in weighted.iter().zip(sums).enumerate() {
                let share = f32x4::splat(1.0 / sum);
                let values: [f32; WIDTH] = bytemuck::cast([
                    weighted[0] * value_scales[0] * share,
                    weighted[1] * value_scales[1] * share,
                ]);
                out[row * stride + panel * WIDTH..][..WIDTH].copy_from_slice(&values);
            }
        }
    }
}

/// What a few queries need, kept from one to the next.
struct Scratch {
    /// Positions, filled up to whole blocks.
    positions: usize,
    queries: Vec<i32>,
    scores: Vec<f32>,
    shares: Vec<i32>,
}

impl Scratch {
    fn new(memory: &Memory) -> Scratch {
        let positions = memory.positions.next_multiple_of(BLOCK);
        Scratch {
            positions,
            queries: vec![0; ROWS * memory.head_width / 2],
            scores: vec![0.0; ROWS * positions],
            shares: vec![0; ROWS * positions / 2],
        }
    }
}

/// Scores → shares as pairs of steps, the largest [`SHARE_LIMIT`]; and their sum in steps.
fn soften(scores: &[f32], shares: &mut [i32]) -> f32 {
    let chunks = scores.as_chunks::<8>().0;
    let largest = chunks.iter().fold(f32x4::splat(f32::NEG_INFINITY), |largest, chunk| {
        let [low, high]: [f32x4; 2] = bytemuck::cast(*chunk);
        largest.fast_max(low).fast_max(high)
    });
    let largest = largest.to_array().into_iter().fold(f32::NEG_INFINITY, f32::max);
    let (largest, limit) = (f32x4::splat(largest), f32x4::splat(SHARE_LIMIT));
    let ones = i16x8::splat(1);
    let mut sums = wide::i32x4::ZERO;
    for (out, chunk) in shares.as_chunks_mut::<4>().0.iter_mut().zip(chunks) {
        let halves: [f32x4; 2] = bytemuck::cast(*chunk);
        let steps = narrow(halves.map(|scores| (exp_of_negative(scores - largest) * limit).round_int()));
        sums += steps.dot(ones);
        *out = bytemuck::cast(steps);
    }
    sums.to_array().into_iter().sum::<i32>() as f32
}

/// A panel holds eight positions: their scales follow each other.
fn pack_keys(
    keys: Columns<'_>,
    column: usize,
    positions: usize,
    width: usize,
    limit: f32,
) -> (Vec<Step>, Vec<[f32x4; 2]>) {
    let panels = positions.next_multiple_of(BLOCK) / WIDTH;
    let mut steps = vec![[i16x8::ZERO; 2]; panels * width / 2];
    let mut scales = vec![[f32x4::ZERO; 2]; panels];
    let mut pairs = vec![0; width / 2];
    for position in 0..positions {
        let (panel, lane) = (position / WIDTH, position % WIDTH);
        let scale = quantize(keys.row(position, column, width), limit, &mut pairs);
        bytemuck::cast_mut::<_, [f32; WIDTH]>(&mut scales[panel])[lane] = scale;
        for (step, pair) in steps[panel * width / 2..].iter_mut().zip(&pairs) {
            bytemuck::cast_mut::<_, [i32; WIDTH]>(step)[lane] = *pair;
        }
    }
    (steps, scales)
}

/// A panel holds eight dimensions, each with one scale over all positions.
fn pack_values(
    values: Columns<'_>,
    column: usize,
    positions: usize,
    width: usize,
) -> (Vec<Step>, Vec<[f32x4; 2]>) {
    let pairs = positions.next_multiple_of(BLOCK) / 2;
    let mut steps = vec![[i16x8::ZERO; 2]; width / WIDTH * pairs];
    let mut scales = vec![[f32x4::ZERO; 2]; width / WIDTH];
    let mut peaks = vec![0.0f32; width];
    for position in 0..positions {
        let row = values.row(position, column, width);
        peaks.iter_mut().zip(row).for_each(|(peak, value)| *peak = peak.max(value.abs()));
    }
    let per_step: Vec<f32> =
        peaks.iter().map(|peak| if *peak > 0.0 { VALUE_LIMIT / peak } else { 0.0 }).collect();
    for (scales, peaks) in scales.iter_mut().zip(peaks.as_chunks::<WIDTH>().0) {
        *scales = bytemuck::cast(peaks.map(|peak| peak / VALUE_LIMIT));
    }
    for position in 0..positions {
        let row = values.row(position, column, width);
        let (row, per_step) = (row.as_chunks::<WIDTH>().0, per_step.as_chunks::<WIDTH>().0);
        for (panel, (row, per_step)) in row.iter().zip(per_step).enumerate() {
            let step = &mut steps[panel * pairs + position / 2];
            let lanes = bytemuck::cast_mut::<_, [[i16; 2]; WIDTH]>(step);
            for ((pair, value), per_step) in lanes.iter_mut().zip(row).zip(per_step) {
                pair[position % 2] = (value * per_step).round_ties_even() as i16;
            }
        }
    }
    (steps, scales)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(rng: &mut fastrand::Rng, count: usize, peak: f32) -> Vec<f32> {
        (0..count).map(|_| (rng.f32() * 2.0 - 1.0) * peak).collect()
    }

    /// Against the same in f64.
    fn check(rows: usize, positions: usize, heads: usize, head_width: usize, sharpness: f32) {
        let mut rng = fastrand::Rng::with_seed(9);
        let width = heads * head_width;
        let queries = random(&mut rng, rows * width, sharpness);
        let both = random(&mut rng, positions * 2 * width, 1.0);
        let of = |first| Columns { values: &both, stride: 2 * width, first };
        let memory = Memory::new(of(0), of(width), positions, heads, head_width);
        let mut seen = vec![0.0; heads * rows * positions];
        let out = memory.attend(
            Columns { values: &queries, stride: width, first: 0 },
            rows,
            &mut |head, row, scores| {
                seen[(head * rows + row) * positions..][..positions].copy_from_slice(scores);
            },
        );
        for (row, head) in (0..rows).flat_map(|row| (0..heads).map(move |head| (row, head))) {
            let at = |matrix: &[f32], row: usize, stride: usize, column: usize| -> Vec<f64> {
                matrix[row * stride + column..][..head_width].iter().map(|v| f64::from(*v)).collect()
            };
            let query = at(&queries, row, width, head * head_width);
            let scores: Vec<f64> = (0..positions)
                .map(|p| {
                    at(&both, p, 2 * width, head * head_width).iter().zip(&query).map(|(k, q)| k * q).sum()
                })
                .collect();
            for (score, seen) in scores.iter().zip(&seen[(head * rows + row) * positions..]) {
                assert!((score - f64::from(*seen)).abs() < 2e-3 * f64::from(sharpness), "{seen} for {score}");
            }
            let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = scores.iter().map(|score| (score - largest).exp()).sum();
            for dimension in 0..head_width {
                let column = width + head * head_width + dimension;
                let expected: f64 = (0..positions)
                    .map(|p| (scores[p] - largest).exp() / total * f64::from(both[p * 2 * width + column]))
                    .sum();
                let value = f64::from(out[row * width + head * head_width + dimension]);
                assert!(
                    (value - expected).abs() < 2e-3,
                    "{value} for {expected}: {rows} {positions} row {row}"
                );
            }
        }
    }

    #[test]
    fn attention_is_the_softmax_of_the_scores_over_the_values() {
        for rows in 1..6 {
            check(rows, 40, 2, 16, 1.0);
        }
        check(5, 1500, 2, 64, 0.3);
        check(4, 33, 1, 64, 4.0);
        check(1, 1, 1, 8, 1.0);
    }

    #[test]
    fn values_without_length_stay_zero() {
        let zeros = vec![0.0; 20 * 8];
        let of = Columns { values: &zeros, stride: 8, first: 0 };
        let out = Memory::new(of, of, 20, 1, 8).attend(of, 3, &mut |_, _, _| {});
        assert_eq!(out, [0.0; 24]);
    }
}
