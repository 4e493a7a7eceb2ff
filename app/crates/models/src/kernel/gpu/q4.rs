//! Products with 4-bit weights that stay 4-bit on the GPU, as [`crate::kernel::Q4Matrix`] on the CPU.

use burn::tensor::{Device, Int, Tensor, TensorData};
use burn_wgpu::CubeTensor;
use cubecl::prelude::*;
use half::f16;

use super::linear::{LANES, OUTPUTS, UNITS, grid, sum_of_lanes};
use super::{FEW_ROWS, on_gpu, room, size, tensor, whole_numbers};
use crate::weights::{BLOCK_LEN, Q4};

/// Eight steps to a `u32`.
const EIGHT: usize = 8;
/// Words of a block.
const WORDS: u32 = (BLOCK_LEN / EIGHT) as u32;

/// A weight matrix `[outputs, inputs]`.
pub struct Q4Rows {
    /// `[outputs × inputs / 8]`, the first of eight steps lowest.
    steps: CubeTensor,
    /// `[outputs × inputs / 32]`: the block's scale as an f16, above it its minimum.
    blocks: CubeTensor,
    inputs: usize,
    outputs: usize,
}

/// The number that 16 bits stand for. By way of integers, as a GPU may take small halves for zero.
#[cube]
fn widened(bits: u32) -> f32 {
    let exponent = (bits >> 10u32) & 31u32;
    let hidden = select(exponent > 0u32, 1024u32, 0u32);
    let significand = f32::cast_from((bits & 1023u32) + hidden);
    // 2^(exponent - 25), where the smallest exponent stands for itself and for none.
    let power = f32::reinterpret((max(exponent, 1u32) + 102u32) << 23u32);
    let sign = select(bits >= 32768u32, -1.0f32, 1.0f32);
    sign * significand * power
}

#[cube(launch)]
fn multiply_kernel(
    x: &[f32],
    steps: &[u32],
    blocks: &[u32],
    onto: &[f32],
    out: &mut [f32],
    inputs: u32,
    outputs: u32,
    #[comptime] adds: bool,
) {
    let mut parts = Shared::new_slice(comptime!((LANES * OUTPUTS) as usize));
    let output = CUBE_POS_X * OUTPUTS + UNIT_POS_Y;
    let words = inputs / 8;
    let mut sum = 0.0f32;
    if output < outputs {
        let row = CUBE_POS_Y * inputs;
        for word in range_stepped(UNIT_POS_X, words, LANES) {
            let packed = steps[(output * words + word) as usize];
            let block = blocks[((output * words + word) / WORDS) as usize];
            let mut stepped = 0.0f32;
            let mut total = 0.0f32;
            #[unroll]
            for index in 0..8u32 {
                let value = x[(row + word * 8 + index) as usize];
                stepped += f32::cast_from((packed >> (index * 4u32)) & 15u32) * value;
                total += value;
            }
            sum += stepped * widened(block & 65535u32) + total * widened(block >> 16u32);
        }
    }
    parts[UNIT_POS as usize] = sum;
    sum_of_lanes(&mut parts);
    if UNIT_POS_X == 0 && output < outputs {
        let at = (CUBE_POS_Y * outputs + output) as usize;
        let mut value = parts[UNIT_POS as usize];
        if comptime!(adds) {
            value += onto[at];
        }
        out[at] = value;
    }
}

#[cube(launch)]
fn write_out_kernel(steps: &[u32], blocks: &[u32], out: &mut [f32], words: u32) {
    let word = (CUBE_POS_Y * CUBE_COUNT_X + CUBE_POS_X) * CUBE_DIM + UNIT_POS;
    if word < words {
        let packed = steps[word as usize];
        let block = blocks[(word / WORDS) as usize];
        let scale = widened(block & 65535u32);
        let minimum = widened(block >> 16u32);
        #[unroll]
        for index in 0..8u32 {
            let step = f32::cast_from((packed >> (index * 4u32)) & 15u32);
            out[(word * 8 + index) as usize] = step * scale + minimum;
        }
    }
}

impl Q4Rows {
    /// `parts` lie one below another and have the same columns.
    pub fn new(parts: &[&Q4], device: &Device) -> Q4Rows {
        let inputs = parts.first().map_or(0, |q4| q4.shape[1]);
        let outputs = parts.iter().map(|q4| q4.shape[0]).sum::<usize>();
        let steps: Vec<i32> = parts
            .iter()
            .flat_map(|q4| q4.steps.as_chunks::<{ EIGHT / 2 }>().0)
            .map(|bytes| i32::from_le_bytes(*bytes))
            .collect();
        let pair = |(scale, minimum): (&f32, &f32)| {
            let bits = |value: &f32| u32::from(f16::from_f32(*value).to_bits());
            (bits(scale) | bits(minimum) << 16).cast_signed()
        };
        let blocks: Vec<i32> =
            parts.iter().flat_map(|q4| q4.scales.iter().zip(&q4.minima)).map(pair).collect();
        debug_assert!(
            steps.len() * EIGHT == inputs * outputs && blocks.len() * BLOCK_LEN == inputs * outputs
        );
        let up = |numbers: Vec<i32>| {
            whole_numbers(Tensor::<1, Int>::from_data(TensorData::from(numbers.as_slice()), device))
        };
        Q4Rows { steps: up(steps), blocks: up(blocks), inputs, outputs }
    }

    /// `x Wᵀ`, added to `onto` where there is one: `[rows, inputs]` → `[rows, outputs]`.
    pub fn multiply(&self, x: Tensor<2>, onto: Option<Tensor<2>>) -> Tensor<2> {
        let rows = x.dims()[0];
        if rows > FEW_ROWS {
            let x = on_gpu(x);
            let weight = self.weight(&x);
            let product = tensor::<2>(x).matmul(weight.swap_dims(0, 1));
            return onto.map_or_else(|| product.clone(), |onto| onto + product.clone());
        }
        let x = on_gpu(x);
        let out = room(&x, [rows, self.outputs]);
        let onto = onto.map(on_gpu);
        let adds = onto.is_some();
        multiply_kernel::launch(
            &x.client.clone(),
            CubeCount::new_2d(size(self.outputs).div_ceil(OUTPUTS), size(rows)),
            CubeDim::new_2d(LANES, OUTPUTS),
            x.clone().into_buffer_arg(),
            self.steps.clone().into_buffer_arg(),
            self.blocks.clone().into_buffer_arg(),
            // Where nothing is added, something must be bound nevertheless.
            onto.unwrap_or(x).into_buffer_arg(),
            out.clone().into_buffer_arg(),
            size(self.inputs),
            size(self.outputs),
            adds,
        );
        tensor(out)
    }

    /// The weight as numbers like those of `like`, `[outputs, inputs]`.
    fn weight(&self, like: &CubeTensor) -> Tensor<2> {
        let out = room(like, [self.outputs, self.inputs]);
        let words = size(self.outputs * self.inputs / EIGHT);
        write_out_kernel::launch(
            &like.client,
            grid(words),
            CubeDim::new_1d(UNITS),
            self.steps.clone().into_buffer_arg(),
            self.blocks.clone().into_buffer_arg(),
            out.clone().into_buffer_arg(),
            words,
        );
        tensor(out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, gpu, random, up};
    use super::*;

    /// Scales and minima of all sizes, also those that a half can hold only as a subnormal number.
    fn matrix(rng: &mut fastrand::Rng, rows: usize, columns: usize) -> Q4 {
        let blocks = rows * columns / BLOCK_LEN;
        let steps = (0..rows * columns / 2).map(|_| rng.u8(..)).collect();
        let half = |rng: &mut fastrand::Rng| {
            let size = 10f32.powi(-rng.i32(1..7));
            f16::from_f32((rng.f32() - 0.3) * size).to_f32()
        };
        let scales = (0..blocks).map(|_| half(rng)).collect();
        let minima = (0..blocks).map(|_| half(rng)).collect();
        Q4::new("w", [rows, columns], steps, scales, minima).unwrap()
    }

    #[test]
    fn twins_multiply_alike() {
        let (device, mut rng) = (gpu(), fastrand::Rng::with_seed(8));
        for (rows, inputs, outputs) in [(1, 576, 50), (3, 64, 7), (8, 1536, 40), (9, 32, 5), (40, 576, 96)] {
            let parts = [matrix(&mut rng, outputs, inputs), matrix(&mut rng, outputs + 2, inputs)];
            let weight: Vec<f32> = parts.iter().flat_map(Q4::dequantize).collect();
            let all = 2 * outputs + 2;
            let (x, onto) = (random(&mut rng, rows * inputs), random(&mut rng, rows * all));
            let product = |x: &[f32], w: &[f32]| -> f32 {
                x.iter().zip(w).map(|(x, w)| f64::from(*x) * f64::from(*w)).sum::<f64>() as f32
            };
            let expected: Vec<f32> =
                x.chunks(inputs).flat_map(|x| weight.chunks(inputs).map(move |w| product(x, w))).collect();
            let found = Q4Rows::new(&[&parts[0], &parts[1]], &device);
            check(found.multiply(up(&x, [rows, inputs], &device), None), &expected, 1e-3);
            let expected: Vec<f32> = expected.iter().zip(&onto).map(|(a, b)| a + b).collect();
            let sum = found.multiply(up(&x, [rows, inputs], &device), Some(up(&onto, [rows, all], &device)));
            check(sum, &expected, 1e-3);
        }
    }

    /// By way of weights written out, which nothing is multiplied with: bit for bit.
    #[test]
    fn halves_are_read_exactly() {
        let (device, mut rng) = (gpu(), fastrand::Rng::with_seed(10));
        let q4 = matrix(&mut rng, 64, 64);
        let rows = Q4Rows::new(&[&q4], &device);
        let like = on_gpu(up(&[0.0], [1], &device));
        check(rows.weight(&like), &q4.dequantize(), 1e-9);
    }
}
