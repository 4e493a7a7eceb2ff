//! Symmetric eight-bit blocks: 32 values along the last axis share one f16 scale. Knows the arithmetic both ways;
//! refuses to know files and names.

use half::f16;

use super::WeightsError;

/// Values that share one scale.
pub const BLOCK_LEN: usize = 32;

/// Largest magnitude of a quantized value; −128 is left unused so that the code is symmetric.
const LIMIT: f32 = 127.0;

/// A quantized matrix: `value[r, c] = values[r * columns + c] * scales[r * columns / 32 + c / 32]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Q8 {
    /// `[rows, columns]`, for a linear layer `[out, in]`; `columns` divides by [`BLOCK_LEN`].
    pub shape: [usize; 2],
    /// Row by row, `rows × columns`.
    pub values: Vec<i8>,
    /// Row by row, `rows × columns / 32`; f16 on disk, so exactly representable there.
    pub scales: Vec<f32>,
}

impl Q8 {
    /// Whether a matrix of this shape can be stored in blocks.
    pub fn fits(shape: &[usize]) -> bool {
        matches!(shape, [rows, columns] if *rows > 0 && *columns > 0 && columns % BLOCK_LEN == 0)
    }

    /// Quantizes `values` (`rows × columns`, row by row). Each block's scale is its largest magnitude over 127, rounded
    /// to f16 before the values are rounded to it, so that reading back errs by at most half a step.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] where the shape has no whole blocks or does not match, or a value is not finite or too
    /// large for an f16 scale.
    pub fn quantize(name: &str, shape: [usize; 2], values: &[f32]) -> Result<Self, WeightsError> {
        if !Self::fits(&shape) || shape[0].checked_mul(shape[1]) != Some(values.len()) {
            return Err(WeightsError::tensor(name, format!("{shape:?} cannot be cut into blocks")));
        }
        let mut q8 = Self {
            shape,
            values: Vec::with_capacity(values.len()),
            scales: Vec::with_capacity(values.len() / BLOCK_LEN),
        };
        for block in values.chunks_exact(BLOCK_LEN) {
            let peak = block.iter().fold(0.0f32, |peak, v| peak.max(v.abs()));
            let scale = f16::from_f32(peak / LIMIT).to_f32();
            if !scale.is_finite() || block.iter().any(|v| !v.is_finite()) {
                return Err(WeightsError::tensor(name, "a value is not finite"));
            }
            q8.scales.push(scale);
            let to_step =
                |v: &f32| if scale == 0.0 { 0 } else { (v / scale).round().clamp(-LIMIT, LIMIT) as i8 };
            q8.values.extend(block.iter().map(to_step));
        }
        Ok(q8)
    }

    /// The values as numbers, row by row, `rows × columns`.
    pub fn dequantize(&self) -> Vec<f32> {
        let blocks = self.values.chunks_exact(BLOCK_LEN).zip(&self.scales);
        let mut out = Vec::with_capacity(self.values.len());
        for (block, scale) in blocks {
            out.extend(block.iter().map(|v| f32::from(*v) * scale));
        }
        out
    }
}
