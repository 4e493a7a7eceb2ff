//! Normalization of rows, one workgroup each: by mean and variance, and by the root of the mean square.

use burn::tensor::Tensor;
use cubecl::prelude::*;

use super::{on_gpu, room, size, sum_of, tensor};

const UNITS: u32 = 128;

#[cube(launch)]
fn layer_norm_kernel(
    x: &[f32],
    gamma: &[f32],
    beta: &[f32],
    out: &mut [f32],
    width: u32,
    epsilon: f32,
    #[comptime] units: u32,
) {
    let mut parts = Shared::new_slice(comptime!(units as usize));
    let first = CUBE_POS_X * width;
    let mut sum = 0.0f32;
    for column in range_stepped(UNIT_POS, width, units) {
        sum += x[(first + column) as usize];
    }
    parts[UNIT_POS as usize] = sum;
    let mean = sum_of(&mut parts, units) / f32::cast_from(width);
    let mut squares = 0.0f32;
    for column in range_stepped(UNIT_POS, width, units) {
        let off = x[(first + column) as usize] - mean;
        squares += off * off;
    }
    parts[UNIT_POS as usize] = squares;
    let variance = sum_of(&mut parts, units) / f32::cast_from(width);
    let scale = 1.0f32 / (variance + epsilon).sqrt();
    for column in range_stepped(UNIT_POS, width, units) {
        let at = (first + column) as usize;
        out[at] = (x[at] - mean) * scale * gamma[column as usize] + beta[column as usize];
    }
}

/// Layer normalization over the last axis: `[rows, width]` → the same shape.
pub fn layer_norm(x: Tensor<2>, gamma: &Tensor<1>, beta: &Tensor<1>, epsilon: f32) -> Tensor<2> {
    let [rows, width] = x.dims();
    let x = on_gpu(x);
    let out = room(&x, [rows, width]);
    layer_norm_kernel::launch(
        &x.client.clone(),
        CubeCount::new_1d(size(rows)),
        CubeDim::new_1d(UNITS),
        x.into_buffer_arg(),
        on_gpu(gamma.clone()).into_buffer_arg(),
        on_gpu(beta.clone()).into_buffer_arg(),
        out.clone().into_buffer_arg(),
        size(width),
        epsilon,
        UNITS,
    );
    tensor(out)
}

#[cube(launch)]
fn rms_norm_kernel(
    x: &[f32],
    weight: &[f32],
    out: &mut [f32],
    width: u32,
    epsilon: f32,
    #[comptime] units: u32,
) {
    let mut parts = Shared::new_slice(comptime!(units as usize));
    let first = CUBE_POS_X * width;
    let mut squares = 0.0f32;
    for column in range_stepped(UNIT_POS, width, units) {
        let value = x[(first + column) as usize];
        squares += value * value;
    }
    parts[UNIT_POS as usize] = squares;
    let mean = sum_of(&mut parts, units) / f32::cast_from(width);
    let scale = 1.0f32 / (mean + epsilon).sqrt();
    for column in range_stepped(UNIT_POS, width, units) {
        let at = (first + column) as usize;
        out[at] = x[at] * scale * weight[column as usize];
    }
}

/// Normalization by the root mean square over the last axis, times `weight`: `[rows, width]` → the same shape.
pub fn rms_norm(x: Tensor<2>, weight: &Tensor<1>, epsilon: f32) -> Tensor<2> {
    let [rows, width] = x.dims();
    let x = on_gpu(x);
    let out = room(&x, [rows, width]);
    rms_norm_kernel::launch(
        &x.client.clone(),
        CubeCount::new_1d(size(rows)),
        CubeDim::new_1d(UNITS),
        x.into_buffer_arg(),
        on_gpu(weight.clone()).into_buffer_arg(),
        out.clone().into_buffer_arg(),
        size(width),
        epsilon,
        UNITS,
    );
    tensor(out)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, gpu, random, up};
    use super::*;

    /// The twin, by the definition and in f64.
    fn twin(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f64) -> Vec<f32> {
        let row = |row: &[f32]| -> Vec<f32> {
            let count = row.len() as f64;
            let mean = row.iter().map(|&x| f64::from(x)).sum::<f64>() / count;
            let variance = row.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / count;
            let scaled = |x: f32| (f64::from(x) - mean) / (variance + epsilon).sqrt();
            let columns = row.iter().zip(gamma).zip(beta);
            columns.map(|((&x, g), b)| (scaled(x) * f64::from(*g) + f64::from(*b)) as f32).collect()
        };
        x.chunks(gamma.len()).flat_map(row).collect()
    }

    #[test]
    fn twins_normalize_alike() {
        let (device, mut rng) = (gpu(), fastrand::Rng::with_seed(1));
        for (rows, width) in [(1, 384), (3, 512), (2, 40)] {
            let (x, gamma, beta) =
                (random(&mut rng, rows * width), random(&mut rng, width), random(&mut rng, width));
            let found = layer_norm(
                up(&x, [rows, width], &device),
                &up(&gamma, [width], &device),
                &up(&beta, [width], &device),
                1e-5,
            );
            check(found, &twin(&x, &gamma, &beta, 1e-5), 1e-5);
        }
    }

    /// The twin is the CPU's.
    #[test]
    fn twins_normalize_by_the_mean_square_alike() {
        let (device, mut rng) = (gpu(), fastrand::Rng::with_seed(12));
        for (rows, width) in [(1, 576), (3, 64), (2, 40)] {
            let (x, weight) = (random(&mut rng, rows * width), random(&mut rng, width));
            let found = rms_norm(up(&x, [rows, width], &device), &up(&weight, [width], &device), 1e-5);
            check(found, &crate::kernel::rms_norm(&x, &weight, 1e-5), 1e-5);
        }
    }
}
