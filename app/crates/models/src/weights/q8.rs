//! Symmetric eight-bit blocks: 32 values along the last axis share one f16 scale. Knows the arithmetic both ways;
//! refuses to know files and names.

use half::f16;

use super::WeightsError;

/// Values that share one scale.
pub const BLOCK_LEN: usize = 32;

/// Largest magnitude of a quantized value; −128 is left unused so that the code is symmetric.
const LIMIT: f32 = 127.0;

/// Tried scales, as parts of the one that holds the block's largest magnitude exactly. A little less clips one value and
/// is finer for the other 31.
const FACTORS: std::ops::RangeInclusive<u8> = 90..=102;

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

/// The step nearest to `value`.
fn step(value: f32, scale: f32) -> i8 {
    if scale == 0.0 { 0 } else { (value / scale).round().clamp(-LIMIT, LIMIT) as i8 }
}

/// The scale, exact in f16, with which the block reads back best; not finite where the block is not.
fn best_scale(block: &[f32], peak: f32) -> f32 {
    let scale_of = |percent: u8| f16::from_f32(peak * (f32::from(percent) / 100.0) / LIMIT).to_f32();
    let error_of =
        |scale: f32| -> f32 { block.iter().map(|v| (v - f32::from(step(*v, scale)) * scale).powi(2)).sum() };
    let plain = scale_of(100);
    if !plain.is_finite() {
        return plain;
    }
    FACTORS.map(scale_of).min_by(|a, b| error_of(*a).total_cmp(&error_of(*b))).unwrap_or(plain)
}

impl Q8 {
    /// Whether a matrix of this shape can be stored in blocks.
    pub fn fits(shape: &[usize]) -> bool {
        matches!(shape, [rows, columns] if *rows > 0 && *columns > 0 && columns % BLOCK_LEN == 0)
    }

    /// Quantizes `values` (`rows × columns`, row by row). Each block's scale is the one of [`FACTORS`] times its largest
    /// magnitude over 127, rounded to f16, that gives the least squared error when the block is read back.
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
            let scale = best_scale(block, peak);
            if !scale.is_finite() || block.iter().any(|v| !v.is_finite()) {
                return Err(WeightsError::tensor(name, "a value is not finite"));
            }
            q8.scales.push(scale);
            q8.values.extend(block.iter().map(|v| step(*v, scale)));
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
