//! Products with 4-bit weights, which stay 4-bit in memory: reading them is what a token of a language model costs.

use wide::{f32x4, i8x16, i16x8, i16x16, i32x4};

use super::panel::{ROWS, WIDTH, quantize_rows, to_f32};
use crate::weights::{BLOCK_LEN, Q4};

/// Steps of the largest activation of a row, as in [`super::Q8Matrix`]. A block's sum is at most 32 × 15 × this.
const ACTIVATION_LIMIT: f32 = 32767.0;
/// Stored vectors of a block: four depths of eight outputs each.
const BLOCK_VECTORS: usize = BLOCK_LEN / 4;
const BLOCK_PAIRS: usize = BLOCK_LEN / 2;

/// A weight matrix `[outputs, inputs]`, laid out for [`Q4Matrix::multiply`].
pub struct Q4Matrix {
    outputs: usize,
    inputs: usize,
    /// By panel of eight outputs, by four depths: in the low half of byte `2c + i` depth `i` of output `c`, in its high half
    /// depth `2 + i`.
    steps: Vec<[u8; 16]>,
    /// By panel, by block of inputs: the scales and the minima of the panel's outputs.
    blocks: Vec<[[f32x4; 2]; 2]>,
}

impl Q4Matrix {
    /// `parts` lie one below another.
    ///
    /// # Panics
    /// Where a part has other columns than the first.
    pub fn new(parts: &[&Q4]) -> Q4Matrix {
        let inputs = parts.first().map_or(BLOCK_LEN, |q4| q4.shape[1]);
        assert!(parts.iter().all(|q4| q4.shape[1] == inputs), "parts of one layer read the same inputs");
        let rows: Vec<(&Q4, usize)> =
            parts.iter().flat_map(|q4| (0..q4.shape[0]).map(move |row| (*q4, row))).collect();
        let panels = rows.len().div_ceil(WIDTH);
        let mut matrix = Q4Matrix {
            outputs: rows.len(),
            inputs,
            steps: Vec::with_capacity(panels * inputs / 4),
            blocks: Vec::with_capacity(panels * inputs / BLOCK_LEN),
        };
        for rows in rows.chunks(WIDTH) {
            let step = |(q4, row): &(&Q4, usize), depth: usize| {
                let byte = q4.steps[(row * inputs + depth) / 2];
                if depth.is_multiple_of(2) { byte & 15 } else { byte >> 4 }
            };
            for depth in (0..inputs).step_by(4) {
                let mut vector = [0; 16];
                for (bytes, row) in vector.as_chunks_mut::<2>().0.iter_mut().zip(rows) {
                    *bytes = [0, 1].map(|i| step(row, depth + i) | step(row, depth + 2 + i) << 4);
                }
                matrix.steps.push(vector);
            }
            for block in 0..inputs / BLOCK_LEN {
                let eight = |list: fn(&Q4) -> &[f32]| {
                    let mut lanes = [0.0; WIDTH];
                    for (lane, (q4, row)) in lanes.iter_mut().zip(rows) {
                        *lane = list(q4)[row * inputs / BLOCK_LEN + block];
                    }
                    bytemuck::cast::<_, [f32x4; 2]>(lanes)
                };
                matrix.blocks.push([eight(|q4| &q4.scales), eight(|q4| &q4.minima)]);
            }
        }
        matrix
    }

    /// `x Wᵀ` for `x` of `[rows, inputs]` → `[rows, outputs]`, row-major.
    pub fn multiply(&self, x: &[f32]) -> Vec<f32> {
        let (quantized, scales) = quantize_rows(x, self.inputs, ACTIVATION_LIMIT);
        let count = scales.len();
        // What the minimum of a block is multiplied with: the sum of the block's activations, in steps.
        let sum = |pairs: &[i32]| -> f32 {
            pairs.iter().map(|pair| (*pair as i16 as i32 + (pair >> 16)) as f32).sum()
        };
        let sums: Vec<f32> = quantized.chunks_exact(BLOCK_PAIRS).map(sum).collect();
        let mut out = vec![0.0; count * self.outputs];
        for first in (0..count).step_by(ROWS) {
            let group = Group { quantized: &quantized, sums: &sums, scales: &scales, first };
            let out = &mut out[first * self.outputs..];
            match count - first {
                1 => self.multiply_rows::<1>(&group, out),
                2 => self.multiply_rows::<2>(&group, out),
                3 => self.multiply_rows::<3>(&group, out),
                _ => self.multiply_rows::<ROWS>(&group, out),
            }
        }
        out
    }

    fn multiply_rows<const R: usize>(&self, group: &Group<'_>, out: &mut [f32]) {
        let (blocks, vectors) = (self.inputs / BLOCK_LEN, self.inputs / 4);
        let rows: [&[i32]; R] = std::array::from_fn(|row| group.row(row, self.inputs / 2));
        let row_sums: [&[f32]; R] = std::array::from_fn(|row| {
            &group.sums[(group.first + row) * blocks..(group.first + row + 1) * blocks]
        });
        let panels = self.steps.chunks_exact(vectors).zip(self.blocks.chunks_exact(blocks));
        for (panel, (steps, of_blocks)) in panels.enumerate() {
            let mut totals = [[f32x4::ZERO; 2]; R];
            for (block, (steps, [scale, minimum])) in
                steps.as_chunks::<BLOCK_VECTORS>().0.iter().zip(of_blocks).enumerate()
            {
                let depth = block * BLOCK_PAIRS;
                let products = products(steps, rows.map(|row| &row[depth..depth + BLOCK_PAIRS]));
                for ((total, products), sums) in totals.iter_mut().zip(products).zip(row_sums) {
                    let products = to_f32(products);
                    let sum = f32x4::splat(sums[block]);
                    total[0] += products[0] * scale[0] + sum * minimum[0];
                    total[1] += products[1] * scale[1] + sum * minimum[1];
                }
            }
            let first = panel * WIDTH;
            let width = WIDTH.min(self.outputs - first);
            for (row, total) in totals.iter().enumerate() {
                let scale = f32x4::splat(group.scales[group.first + row]);
                let values: [f32; WIDTH] = bytemuck::cast([total[0] * scale, total[1] * scale]);
                out[row * self.outputs + first..][..width].copy_from_slice(&values[..width]);
            }
        }
    }
}

/// A few rows of activations that go through the weights together.
struct Group<'a> {
    /// Pairs of steps of all rows.
    quantized: &'a [i32],
    /// By row, by block.
    sums: &'a [f32],
    scales: &'a [f32],
    first: usize,
}

impl Group<'_> {
    fn row(&self, row: usize, pairs: usize) -> &[i32] {
        &self.quantized[(self.first + row) * pairs..(self.first + row + 1) * pairs]
    }
}

/// One block of eight outputs times the same block of some rows.
#[inline(always)]
fn products<const R: usize>(steps: &[[u8; 16]; BLOCK_VECTORS], rows: [&[i32]; R]) -> [[i32x4; 2]; R] {
    let mut sums = [[i32x4::ZERO; 2]; R];
    let low = i16x8::splat(0x0F0F);
    for (index, vector) in steps.iter().enumerate() {
        let packed: i16x8 = bytemuck::cast(*vector);
        let halves = [packed & low, (packed >> 4) & low];
        for (half, nibbles) in halves.into_iter().enumerate() {
            let wide: [i16x8; 2] =
                bytemuck::cast(i16x16::from_i8x16(bytemuck::cast::<i16x8, i8x16>(nibbles)));
            for (sums, row) in sums.iter_mut().zip(rows) {
                let pair: i16x8 = bytemuck::cast(i32x4::splat(row[2 * index + half]));
                sums[0] += pair.dot(wide[0]);
                sums[1] += pair.dot(wide[1]);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(rng: &mut fastrand::Rng, rows: usize, columns: usize) -> Q4 {
        let blocks = rows * columns / BLOCK_LEN;
        let steps = (0..rows * columns / 2).map(|_| rng.u8(..)).collect();
        let scales = (0..blocks).map(|_| 0.02 + 0.1 * rng.f32()).collect();
        let minima = (0..blocks).map(|_| -rng.f32()).collect();
        Q4::new("w", [rows, columns], steps, scales, minima).unwrap()
    }

    /// Against the same product in f64 with the weights read back.
    #[test]
    fn products_are_those_of_the_weights_read_back() {
        let mut rng = fastrand::Rng::with_seed(9);
        for (rows, inputs, outputs) in [(1, 576, 33), (2, 64, 8), (3, 32, 1), (4, 576, 40), (7, 96, 17)] {
            let parts = [random(&mut rng, outputs, inputs), random(&mut rng, outputs + 3, inputs)];
            let matrix = Q4Matrix::new(&[&parts[0], &parts[1]]);
            let weight: Vec<f32> = parts.iter().flat_map(Q4::dequantize).collect();
            assert_eq!(matrix.outputs, 2 * outputs + 3);
            let x: Vec<f32> = (0..rows * inputs).map(|_| rng.f32() * 2.0 - 1.0).collect();
            let out = matrix.multiply(&x);
            for (index, value) in out.iter().enumerate() {
                let (row, output) = (index / matrix.outputs, index % matrix.outputs);
                let pairs = x[row * inputs..(row + 1) * inputs].iter().zip(&weight[output * inputs..]);
                let expected: f64 = pairs.map(|(x, w)| f64::from(*x) * f64::from(*w)).sum();
                assert!((f64::from(*value) - expected).abs() < 3e-3, "{value} for {expected}");
            }
        }
    }
}
