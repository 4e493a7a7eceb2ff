//! Our own arithmetic where burn's is too slow: shaders in [`gpu`], and the CPU's on slices: products with 8-bit weights, attention, activations, convolutions of pixels. Where weights have 8 bits, two factors meet as 16-bit integers,
//! of which one SIMD instruction multiplies eight pairs: twice what floating point gives without fused multiply-add, which
//! wasm lacks, and an eighth of the bytes. Knows neither tensors nor models.

mod activation;
mod attention;
mod convolution;
mod depthwise;
pub mod gpu;
mod grouped;
mod lstm;
mod matrix;
mod norm;
mod panel;
mod pointwise;
mod q4;

pub use activation::{gelu, swiglu};
pub use attention::{Columns, Memory};
pub use convolution::Convolution;
pub use depthwise::Depthwise;
pub use grouped::{Heads, KvCache, QkvTransform, rope_table};
pub use lstm::lstm_cell;
pub use matrix::Q8Matrix;
pub use norm::rms_norm;
pub use pointwise::{PIXELS, Pointwise};
pub use q4::Q4Matrix;
