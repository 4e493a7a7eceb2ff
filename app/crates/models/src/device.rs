//! Where tensors live: the CPU backend or a GPU through wgpu. It opens devices; which one deserves trust is decided by
//! whoever compares their answers (`Whisper::agrees_with_cpu`).

use burn::tensor::Tensor;

pub use burn::tensor::Device;

use crate::Error;

/// Tasks gathered into one GPU submission. A decode step of the tiny model is about 60 dispatches: two submissions.
const TASKS_PER_SUBMIT: usize = 32;

/// The CPU backend: SIMD, one thread.
pub fn flex() -> Device {
    Device::flex()
}

/// Opens the GPU that wgpu prefers.
///
/// # Errors
/// `Device` where there is no adapter, or it refuses a device.
pub async fn wgpu() -> Result<Device, Error> {
    Device::wgpu_options()
        .tasks_max(TASKS_PER_SUBMIT)
        .init_async()
        .await
        .map_err(|error| Error::Device(error.to_string()))
}

/// Reads a tensor back, row-major. Never blocks: on the web that would be a panic.
///
/// # Errors
/// `Device` where the device failed at anything since the last read.
pub(crate) async fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, Error> {
    let data = tensor.into_data_async().await.map_err(Error::device)?;
    data.try_into_vec::<f32>().map_err(Error::device)
}

/// The numbers of a tensor on the CPU, row-major; moved where the tensor is their only owner.
pub(crate) fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    match tensor.into_data().try_into_vec::<f32>() {
        Ok(values) => values,
        Err(error) => unreachable!("the CPU's tensors hold 32-bit floats: {error}"),
    }
}
