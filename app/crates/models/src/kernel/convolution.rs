//! Convolution over time, three frames wide, as a product with 8-bit weights.

use super::Q8Matrix;
use crate::weights::{BLOCK_LEN, Q8, WeightsError};

/// Frames that one output looks at.
const TAPS: usize = 3;

/// A convolution `[outputs, inputs, 3]`. The models store it in 16 bits: it is split into what 8 bits hold and what they leave, which
/// 8 bits hold again, so that nothing is lost.
pub struct Convolution {
    coarse: Q8Matrix,
    fine: Q8Matrix,
    inputs: usize,
    /// `3 × inputs`, filled up to whole blocks.
    width: usize,
    stride: usize,
}

impl Convolution {
    /// `weight`: `[outputs, inputs, 3]`, row-major; `bias`: `[outputs]`.
    ///
    /// # Errors
    /// Where a weight is not finite.
    pub fn new(
        weight: &[f32],
        inputs: usize,
        bias: &[f32],
        stride: usize,
    ) -> Result<Convolution, WeightsError> {
        let width = (TAPS * inputs).next_multiple_of(BLOCK_LEN);
        let mut rows = vec![0.0; bias.len() * width];
        // From [input, tap] to [tap, input], as the frames lie.
        for (row, weight) in rows.chunks_exact_mut(width).zip(weight.chunks_exact(inputs * TAPS)) {
            for (input, taps) in weight.chunks_exact(TAPS).enumerate() {
                taps.iter().enumerate().for_each(|(tap, value)| row[tap * inputs + input] = *value);
            }
        }
        let shape = [bias.len(), width];
        let coarse = Q8::quantize("convolution", shape, &rows)?;
        rows.iter_mut().zip(coarse.dequantize()).for_each(|(value, held)| *value -= held);
        let fine = Q8::quantize("convolution", shape, &rows)?;
        Ok(Convolution {
            coarse: Q8Matrix::new(&[(&coarse, 1.0, Some(bias))]),
            fine: Q8Matrix::new(&[(&fine, 1.0, None)]),
            inputs,
            width,
            stride,
        })
    }

    /// What comes out for each frame.
    pub fn outputs(&self) -> usize {
        self.coarse.outputs()
    }

    /// `[frames, inputs]`, with silence before and after → `[frames / stride, outputs]`.
    pub fn apply(&self, frames: &[f32]) -> Vec<f32> {
        let count = frames.len() / self.inputs;
        let mut rows = vec![0.0; count.div_ceil(self.stride) * self.width];
        for (row, frame) in rows.chunks_exact_mut(self.width).zip((0..count).step_by(self.stride)) {
            // The frame before the first and the one after the last stay zero.
            let (first, end) = (frame.saturating_sub(1), (frame + 2).min(count));
            let at = (first + 1 - frame) * self.inputs;
            let seen = &frames[first * self.inputs..end * self.inputs];
            row[at..at + seen.len()].copy_from_slice(seen);
        }
        let mut out = self.coarse.multiply(&rows);
        out.iter_mut().zip(self.fine.multiply(&rows)).for_each(|(value, rest)| *value += rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(frames: usize, inputs: usize, outputs: usize, stride: usize) {
        let mut rng = fastrand::Rng::with_seed(2);
        let mut random = |count: usize| -> Vec<f32> { (0..count).map(|_| rng.f32() * 2.0 - 1.0).collect() };
        let (weight, bias, x) = (random(outputs * inputs * TAPS), random(outputs), random(frames * inputs));
        let out = Convolution::new(&weight, inputs, &bias, stride).unwrap().apply(&x);
        assert_eq!(out.len(), frames.div_ceil(stride) * outputs);
        for (index, value) in out.iter().enumerate() {
            let (frame, output) = (index / outputs * stride, index % outputs);
            let mut expected = f64::from(bias[output]);
            for tap in 0..TAPS {
                let Some(seen) = (frame + tap).checked_sub(1).filter(|seen| *seen < frames) else { continue };
                for input in 0..inputs {
                    let weight = weight[(output * inputs + input) * TAPS + tap];
                    expected += f64::from(weight) * f64::from(x[seen * inputs + input]);
                }
            }
            assert!(
                (f64::from(*value) - expected).abs() < 1e-3,
                "{value} for {expected} at {frame}, {output}"
            );
        }
    }

    #[test]
    fn convolutions_lose_nothing() {
        check(7, 16, 9, 1);
        check(8, 80, 8, 2);
        check(1, 4, 3, 1);
        check(5, 32, 8, 2);
    }
}
