//! Our own arithmetic where burn's is too slow: shaders in [`gpu`], and the CPU's on slices: products with 8-bit weights, attention, activations. Two factors meet as 16-bit integers,
//! of which one SIMD instruction multiplies eight pairs: twice what floating point gives without fused multiply-add, which
//! wasm lacks, and an eighth of the bytes. Knows neither tensors nor models.

mod activation;
mod attention;
mod convolution;
pub mod gpu;
mod grouped;
mod lstm;
mod matrix;
mod norm;
mod panel;
mod q4;

pub use activation::{gelu, swiglu};
pub use attention::{Columns, Memory};
pub use convolution::Convolution;
pub use grouped::{Heads, KvCache, QkvTransform, rope_table};
pub use lstm::lstm_cell;
pub use matrix::Q8Matrix;
pub use norm::rms_norm;
pub use q4::Q4Matrix;
