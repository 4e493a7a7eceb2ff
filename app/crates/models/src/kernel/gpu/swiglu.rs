//! The gated activation of a language model's feed-forward layers.

use burn::tensor::Tensor;
use cubecl::prelude::*;

use super::linear::{UNITS, grid};
use super::{on_gpu, room, size, tensor};

#[cube(launch)]
fn swiglu_kernel(x: &[f32], out: &mut [f32], width: u32, count: u32) {
    let at = (CUBE_POS_Y * CUBE_COUNT_X + CUBE_POS_X) * CUBE_DIM + UNIT_POS;
    if at < count {
        let gate_at = at / width * 2 * width + at % width;
        let gate = x[gate_at as usize];
        let up = x[(gate_at + width) as usize];
        // Of two forms the one whose power cannot overflow.
        let power = (-gate.abs()).exp();
        let sigmoid = select(gate >= 0.0f32, 1.0f32, power) / (1.0f32 + power);
        out[at as usize] = gate * sigmoid * up;
    }
}

/// `silu(gate) × up`, for gates and ups side by side: `[rows, 2 × width]` → `[rows, width]`.
pub fn swiglu(x: Tensor<2>) -> Tensor<2> {
    let [rows, twice] = x.dims();
    let width = twice / 2;
    let x = on_gpu(x);
    let out = room(&x, [rows, width]);
    let count = size(rows * width);
    swiglu_kernel::launch(
        &x.client.clone(),
        grid(count),
        CubeDim::new_1d(UNITS),
        x.into_buffer_arg(),
        out.clone().into_buffer_arg(),
        size(width),
        count,
    );
    tensor(out)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, gpu, random, up};
    use super::*;

    #[test]
    fn twins_gate_alike() {
        let (device, mut rng) = (gpu(), fastrand::Rng::with_seed(13));
        for (rows, width) in [(1, 1536), (5, 33)] {
            let mut x = random(&mut rng, rows * 2 * width);
            (x[0], x[1]) = (-200.0, 200.0);
            check(swiglu(up(&x, [rows, 2 * width], &device)), &crate::kernel::swiglu(&x, width), 1e-4);
        }
    }
}
