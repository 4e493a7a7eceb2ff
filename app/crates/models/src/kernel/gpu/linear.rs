//! A linear layer whose weights stay 8-bit on the GPU: steps and scales in separate buffers, so that both are read aligned.

use burn::tensor::{Device, Int, Tensor, TensorData};
use burn_wgpu::CubeTensor;
use cubecl::prelude::*;

use super::{FEW_ROWS, on_gpu, room, size, tensor, whole_numbers};
use crate::weights::{BLOCK_LEN, Q8};

/// Units that share one output, each a fourth of a 64-byte line of weights.
pub(super) const LANES: u32 = 16;
/// Outputs of a workgroup.
pub(super) const OUTPUTS: u32 = 4;
/// Four steps to an `i32`.
const QUAD: usize = 4;
/// Invocations of a workgroup that writes weights out.
pub(super) const UNITS: u32 = 256;
/// Workgroups along one axis, at most.
const MOST_CUBES: u32 = 65_535;

/// What becomes of a product before it is written.
#[expect(clippy::large_enum_variant, reason = "made for one call and matched at once, never kept")]
pub enum Epilogue {
    None,
    /// The Gaussian error linear unit of it.
    Gelu,
    /// It is added to this, `[rows, outputs]`.
    AddTo(Tensor<2>),
}

/// Weight `[outputs, inputs]` and bias.
pub struct Q8Rows {
    /// `[outputs × inputs / 4]`, the first of four steps lowest.
    quants: CubeTensor,
    /// `[outputs × inputs / 32]`.
    scales: CubeTensor,
    /// `[outputs]`.
    bias: CubeTensor,
    inputs: usize,
    outputs: usize,
}

#[cube]
fn step(packed: i32, #[comptime] shift: i32) -> f32 {
    f32::cast_from((packed << (24i32 - shift)) >> 24i32)
}

/// Adds up `parts` of the lanes of each output into its first lane's.
#[cube]
pub(super) fn sum_of_lanes(parts: &mut Shared<[f32]>) {
    sync_cube();
    #[unroll]
    for level in 0..comptime!(LANES.ilog2()) {
        let active = comptime!(LANES >> (level + 1));
        if UNIT_POS_X < active {
            let other = parts[(UNIT_POS + active) as usize];
            parts[UNIT_POS as usize] += other;
        }
        sync_cube();
    }
}

#[cube(launch)]
fn multiply_kernel(
    x: &[f32],
    quants: &[i32],
    scales: &[f32],
    bias: &[f32],
    onto: &[f32],
    out: &mut [f32],
    inputs: u32,
    outputs: u32,
    #[comptime] bends: bool,
    #[comptime] adds: bool,
) {
    let mut parts = Shared::new_slice(comptime!((LANES * OUTPUTS) as usize));
    let output = CUBE_POS_X * OUTPUTS + UNIT_POS_Y;
    let quads = inputs / 4;
    let mut sum = 0.0f32;
    if output < outputs {
        let row = CUBE_POS_Y * inputs;
        for quad in range_stepped(UNIT_POS_X, quads, LANES) {
            let packed = quants[(output * quads + quad) as usize];
            let at = (row + quad * 4) as usize;
            let part = step(packed, 0) * x[at]
                + step(packed, 8) * x[at + 1]
                + step(packed, 16) * x[at + 2]
                + step(packed, 24) * x[at + 3];
            sum += part * scales[((output * quads + quad) / 8) as usize];
        }
    }
    parts[UNIT_POS as usize] = sum;
    sum_of_lanes(&mut parts);
    if UNIT_POS_X == 0 && output < outputs {
        let at = (CUBE_POS_Y * outputs + output) as usize;
        let mut value = parts[UNIT_POS as usize] + bias[output as usize];
        if comptime!(bends) {
            value *= 0.5f32 * (1.0f32 + Erf::erf(value * std::f32::consts::FRAC_1_SQRT_2));
        }
        if comptime!(adds) {
            value += onto[at];
        }
        out[at] = value;
    }
}

#[cube(launch)]
fn write_out_kernel(quants: &[i32], scales: &[f32], out: &mut [f32], quads: u32) {
    let quad = (CUBE_POS_Y * CUBE_COUNT_X + CUBE_POS_X) * CUBE_DIM + UNIT_POS;
    if quad < quads {
        let packed = quants[quad as usize];
        let scale = scales[(quad / 8) as usize];
        let at = (quad * 4) as usize;
        out[at] = step(packed, 0) * scale;
        out[at + 1] = step(packed, 8) * scale;
        out[at + 2] = step(packed, 16) * scale;
        out[at + 3] = step(packed, 24) * scale;
    }
}

#[cube(launch)]
fn embed_kernel(
    tokens: &[i32],
    quants: &[i32],
    scales: &[f32],
    positions: &[f32],
    out: &mut [f32],
    width: u32,
    first: u32,
    count: u32,
) {
    let quads = width / 4;
    let row = CUBE_POS_X;
    let token = u32::cast_from(tokens[row as usize]);
    let position = first + row % count;
    for quad in range_stepped(UNIT_POS, quads, CUBE_DIM) {
        let packed = quants[(token * quads + quad) as usize];
        let scale = scales[((token * quads + quad) / 8) as usize];
        let at = (row * width + quad * 4) as usize;
        let from = (position * width + quad * 4) as usize;
        out[at] = step(packed, 0) * scale + positions[from];
        out[at + 1] = step(packed, 8) * scale + positions[from + 1];
        out[at + 2] = step(packed, 16) * scale + positions[from + 2];
        out[at + 3] = step(packed, 24) * scale + positions[from + 3];
    }
}

/// Workgroups of [`UNITS`] for so many units.
pub(super) fn grid(units: u32) -> CubeCount {
    let cubes = units.div_ceil(UNITS);
    let columns = cubes.min(MOST_CUBES);
    CubeCount::new_2d(columns, cubes.div_ceil(columns))
}

impl Q8Rows {
    /// `parts` as in [`crate::kernel::Q8Matrix::new`]: matrices one below the other, each with the factor on its weight and bias.
    pub fn new(parts: &[(&Q8, f32, Option<&[f32]>)], device: &Device) -> Q8Rows {
        let inputs = parts.first().map_or(0, |(q8, ..)| q8.shape[1]);
        let outputs = parts.iter().map(|(q8, ..)| q8.shape[0]).sum::<usize>();
        let quants: Vec<i32> = parts
            .iter()
            .flat_map(|(q8, ..)| q8.values.as_chunks::<QUAD>().0)
            .map(|quad| i32::from_le_bytes(quad.map(i8::cast_unsigned)))
            .collect();
        let scales: Vec<f32> = parts
            .iter()
            .flat_map(|(q8, factor, _)| q8.scales.iter().map(move |scale| scale * factor))
            .collect();
        let bias: Vec<f32> = parts
            .iter()
            .flat_map(|(q8, factor, bias)| {
                (0..q8.shape[0]).map(move |row| bias.map_or(0.0, |b| b[row] * factor))
            })
            .collect();
        debug_assert!(inputs.is_multiple_of(BLOCK_LEN) && quants.len() * QUAD == inputs * outputs);
        let quants = Tensor::<1, Int>::from_data(TensorData::from(quants.as_slice()), device);
        let up =
            |values: Vec<f32>| on_gpu(Tensor::<1>::from_data(TensorData::from(values.as_slice()), device));
        Q8Rows { quants: whole_numbers(quants), scales: up(scales), bias: up(bias), inputs, outputs }
    }

    /// `[rows, inputs]` → `[rows, outputs]`.
    pub fn multiply(&self, x: Tensor<2>, epilogue: Epilogue) -> Tensor<2> {
        let rows = x.dims()[0];
        if rows > FEW_ROWS {
            let product =
                x.matmul(self.weight().swap_dims(0, 1)) + tensor::<1>(self.bias.clone()).unsqueeze::<2>();
            return match epilogue {
                Epilogue::None => product,
                Epilogue::Gelu => burn::tensor::activation::gelu(product),
                Epilogue::AddTo(onto) => onto + product,
            };
        }
        let (bends, onto) = match epilogue {
            Epilogue::None => (false, None),
            Epilogue::Gelu => (true, None),
            Epilogue::AddTo(onto) => (false, Some(on_gpu(onto))),
        };
        let x = on_gpu(x);
        let out = room(&x, [rows, self.outputs]);
        let adds = onto.is_some();
        multiply_kernel::launch(
            &x.client.clone(),
            CubeCount::new_2d(size(self.outputs).div_ceil(OUTPUTS), size(rows)),
            CubeDim::new_2d(LANES, OUTPUTS),
            x.into_buffer_arg(),
            self.quants.clone().into_buffer_arg(),
            self.scales.clone().into_buffer_arg(),
            self.bias.clone().into_buffer_arg(),
            // Where nothing is added, something must be bound nevertheless.
            onto.unwrap_or_else(|| self.bias.clone()).into_buffer_arg(),
            out.clone().into_buffer_arg(),
            size(self.inputs),
            size(self.outputs),
            bends,
            adds,
        );
        tensor(out)
    }

    /// The weight as numbers, `[outputs, inputs]`.
    fn weight(&self) -> Tensor<2> {
        let out = room(&self.scales, [self.outputs, self.inputs]);
        let quads = size(self.outputs * self.inputs / QUAD);
        write_out_kernel::launch(
            &self.scales.client,
            grid(quads),
            CubeDim::new_1d(UNITS),
            self.quants.clone().into_buffer_arg(),
            self.scales.clone().into_buffer_arg(),
            out.clone().into_buffer_arg(),
            quads,
        );
        tensor(out)
    }

    /// Rows of the weight, each with its position's row added: tokens `[sequences × count]`, sequence by sequence, of which the
    /// first of each stands at `first` → `[sequences × count, inputs]`. `positions`: `[most, inputs]`.
    pub fn embed(
        &self,
        tokens: Tensor<1, Int>,
        positions: &Tensor<2>,
        first: usize,
        count: usize,
    ) -> Tensor<2> {
        let rows = tokens.dims()[0];
        let out = room(&self.scales, [rows, self.inputs]);
        embed_kernel::launch(
            &self.scales.client,
            CubeCount::new_1d(size(rows)),
            CubeDim::new_1d(UNITS / 2),
            whole_numbers(tokens).into_buffer_arg(),
            self.quants.clone().into_buffer_arg(),
            self.scales.clone().into_buffer_arg(),
            on_gpu(positions.clone()).into_buffer_arg(),
            out.clone().into_buffer_arg(),
            size(self.inputs),
            size(first),
            size(count),
        );
        tensor(out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, gpu, random, up};
    use super::*;

    fn gelu(x: f32) -> f32 {
        let mut values = [x];
        crate::kernel::gelu(&mut values);
        values[0]
    }

    /// The twin: the product with the weights read back, `[rows, outputs]`.
    fn twin(x: &[f32], weight: &[f32], bias: &[f32], inputs: usize) -> Vec<f32> {
        let product = |x: &[f32], w: &[f32]| -> f32 { x.iter().zip(w).map(|(x, w)| x * w).sum() };
        let row = |x: &[f32]| -> Vec<f32> {
            weight.chunks(inputs).zip(bias).map(|(w, bias)| product(x, w) + bias).collect()
        };
        x.chunks(inputs).flat_map(row).collect()
    }

    #[test]
    fn twins_multiply_alike() {
        let (device, mut rng) = (gpu(), fastrand::Rng::with_seed(2));
        for (rows, inputs, outputs) in [(1, 384, 50), (3, 64, 7), (8, 1536, 384), (9, 32, 5), (40, 384, 96)] {
            let parts: Vec<Q8> = (0..2)
                .map(|_| Q8::quantize("w", [outputs, inputs], &random(&mut rng, outputs * inputs)).unwrap())
                .collect();
            let bias = random(&mut rng, outputs);
            let matrix = Q8Rows::new(&[(&parts[0], 0.5, Some(&bias)), (&parts[1], 1.0, None)], &device);
            let half = |values: Vec<f32>| values.into_iter().map(|value| value * 0.5);
            let weight: Vec<f32> = half(parts[0].dequantize()).chain(parts[1].dequantize()).collect();
            let bias: Vec<f32> = half(bias).chain(vec![0.0; outputs]).collect();
            let (x, onto) = (random(&mut rng, rows * inputs), random(&mut rng, rows * 2 * outputs));
            let plain = twin(&x, &weight, &bias, inputs);
            let on_device = || up(&x, [rows, inputs], &device);
            check(matrix.multiply(on_device(), Epilogue::None), &plain, 2e-4);
            let bent: Vec<f32> = plain.iter().map(|&value| gelu(value)).collect();
            check(matrix.multiply(on_device(), Epilogue::Gelu), &bent, 2e-4);
            let sum: Vec<f32> = plain.iter().zip(&onto).map(|(a, b)| a + b).collect();
            let add = Epilogue::AddTo(up(&onto, [rows, 2 * outputs], &device));
            check(matrix.multiply(on_device(), add), &sum, 2e-4);
        }
    }

    #[test]
    fn twins_embed_alike() {
        let (device, mut rng) = (gpu(), fastrand::Rng::with_seed(3));
        let (tokens, width, first) = (60, 96, 5);
        let q8 = Q8::quantize("w", [tokens, width], &random(&mut rng, tokens * width)).unwrap();
        let positions = random(&mut rng, 20 * width);
        let asked = [59, 0, 7, 7, 30, 12];
        let ids = Tensor::<1, Int>::from_data(TensorData::from(asked), &device);
        let matrix = Q8Rows::new(&[(&q8, 1.0, None)], &device);
        let found = matrix.embed(ids, &up(&positions, [20, width], &device), first, 3);
        let table = q8.dequantize();
        let expected: Vec<f32> = asked
            .iter()
            .enumerate()
            .flat_map(|(row, &token)| {
                let position = &positions[(first + row % 3) * width..][..width];
                table[token as usize * width..][..width]
                    .iter()
                    .zip(position)
                    .map(|(a, b)| a + b)
                    .collect::<Vec<_>>()
            })
            .collect();
        check(found, &expected, 1e-6);
    }
}
