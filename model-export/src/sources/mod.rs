//! Where tensors come from: one trait over the formats that are read. Knows that every format can hand over a tensor
//! under its Hugging Face name; refuses to know how a model is written.

pub mod ct2_file;
mod cursor;
pub mod ggml;
pub mod gguf;
pub mod hugging_face;
pub mod onnx_file;
pub mod safetensors;
pub mod span;
pub mod torch_file;
pub mod whisper_ct2;

use crate::ExportError;

/// Tensors under their Hugging Face names.
pub trait TensorSource {
    /// The tensor `name`, row-major, which must have the shape `shape`.
    ///
    /// # Errors
    /// [`ExportError::Input`] or [`ExportError::Weights`] where it is absent, of another shape or not of floats.
    fn tensor(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ExportError>;
}
