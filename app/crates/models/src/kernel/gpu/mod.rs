//! The shaders of decoding steps on a GPU, where a step of burn's own operations would be several hundred dispatches. Each stands
//! beside its twin on slices, and a test compares the two on whatever adapter is there. For browsers: no subgroups, at most 256
//! invocations, at most 16 KiB of shared memory, at most seven storage buffers (the sizes are one of them), sizes at run time.
//! Knows tensors, not models.

mod attention;
mod choice;
mod grouped;
mod linear;
mod norm;
mod q4;
mod rotary;
mod swiglu;

use burn::tensor::{Int, Shape, Tensor};
use burn_cubecl::CubeDevice;
use burn_cubecl::kernel::into_contiguous;
use burn_cubecl::ops::numeric::empty_device_contiguous_dtype;
use burn_wgpu::{CubeTensor, Wgpu};
use cubecl::prelude::*;

pub use attention::{cross_attention, fits, self_attention};
pub use choice::{GreedySampler, Limits};
pub use grouped::{fits_grouped, grouped_attention};
pub use linear::{Epilogue, Q8Rows};
pub use norm::{layer_norm, rms_norm};
pub use q4::Q4Rows;
pub use rotary::{QkvTransform, shape_heads};
pub use swiglu::swiglu;

/// Rows up to which a product goes through [`Q8Rows`]' own shader: a decoding step of a small batch. Beyond, the weights are
/// written out once and burn's tiled product is faster.
pub const FEW_ROWS: usize = 8;

/// The device's own view of a tensor, its values row by row.
fn on_gpu<const D: usize>(tensor: Tensor<D>) -> CubeTensor {
    match tensor.try_into_primitive::<Wgpu>() {
        Ok(tensor) => into_contiguous(tensor),
        Err(error) => unreachable!("only tensors of a GPU come here: {error:?}"),
    }
}

fn whole_numbers(tensor: Tensor<1, Int>) -> CubeTensor {
    match tensor.try_into_primitive::<Wgpu>() {
        Ok(tensor) => into_contiguous(tensor),
        Err(error) => unreachable!("only tensors of a GPU come here: {error:?}"),
    }
}

/// The same numbers, row by row in memory of their own.
pub fn laid_out<const D: usize>(view: Tensor<D>) -> Tensor<D> {
    tensor(on_gpu(view))
}

fn tensor<const D: usize>(tensor: CubeTensor) -> Tensor<D> {
    Tensor::from_primitive::<Wgpu>(tensor)
}

/// Room for numbers, beside `like`.
fn room<const D: usize>(like: &CubeTensor, shape: [usize; D]) -> CubeTensor {
    let (client, device): (_, CubeDevice) = (like.client.clone(), like.device.clone());
    empty_device_contiguous_dtype(client, device, Shape::from(shape), like.dtype)
}

fn size(value: usize) -> u32 {
    u32::try_from(value).unwrap_or_else(|_| unreachable!("tensors of a model are smaller than 4 GiB"))
}

/// The sum of `parts`, one a unit, in every unit. `units`: a power of two.
#[cube]
fn sum_of(parts: &mut Shared<[f32]>, #[comptime] units: u32) -> f32 {
    sync_cube();
    #[unroll]
    for level in 0..comptime!(units.ilog2()) {
        let active = comptime!(units >> (level + 1));
        if UNIT_POS < active {
            let other = parts[(UNIT_POS + active) as usize];
            parts[UNIT_POS as usize] += other;
        }
        sync_cube();
    }
    let sum = parts[0];
    // Nobody writes the next parts before all have read this.
    sync_cube();
    sum
}

/// The largest of `parts`, as [`sum_of`].
#[cube]
fn largest_of(parts: &mut Shared<[f32]>, #[comptime] units: u32) -> f32 {
    sync_cube();
    #[unroll]
    for level in 0..comptime!(units.ilog2()) {
        let active = comptime!(units >> (level + 1));
        if UNIT_POS < active {
            let other = parts[(UNIT_POS + active) as usize];
            parts[UNIT_POS as usize] = max(parts[UNIT_POS as usize], other);
        }
        sync_cube();
    }
    let largest = parts[0];
    sync_cube();
    largest
}

#[cfg(test)]
pub mod testing {
    use std::sync::OnceLock;

    use burn::tensor::{Device, Tensor, TensorData};

    /// The GPU, or what computes like one: Mesa's lavapipe will do. A process opens it once.
    pub fn gpu() -> Device {
        static GPU: OnceLock<Device> = OnceLock::new();
        let open = || match pollster::block_on(crate::device::wgpu()) {
            Ok(device) => device,
            Err(error) => panic!("a Vulkan driver is needed, such as mesa-vulkan-drivers: {error}"),
        };
        GPU.get_or_init(open).clone()
    }

    pub fn random(rng: &mut fastrand::Rng, count: usize) -> Vec<f32> {
        (0..count).map(|_| rng.f32() * 2.0 - 1.0).collect()
    }

    pub fn up<const D: usize>(values: &[f32], shape: [usize; D], device: &Device) -> Tensor<D> {
        Tensor::from_data(TensorData::new(values.to_vec(), shape), device)
    }

    pub fn check<const D: usize>(found: Tensor<D>, expected: &[f32], tolerance: f32) {
        let found = pollster::block_on(crate::device::read(found)).unwrap();
        assert_eq!(found.len(), expected.len());
        for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
            assert!((found - expected).abs() <= tolerance, "{found} for {expected} at {index}");
        }
    }
}
