//! Four-bit blocks: 32 values along the last axis share an f16 scale and an f16 minimum, as in ggml's `Q4_1`. Knows the arithmetic of
//! reading back; refuses to know files and names.

use super::{BLOCK_LEN, WeightsError};

/// A quantized matrix: `value[r, c] = step(r, c) * scales[b] + minima[b]` with `b = (r * columns + c) / 32` and steps from 0 to 15.
#[derive(Clone, Debug, PartialEq)]
pub struct Q4 {
    /// `[rows, columns]`, for a linear layer `[out, in]`; `columns` divides by 32.
    pub shape: [usize; 2],
    /// Row by row, two steps to a byte, the first of them in the low half: `rows × columns / 2`.
    pub steps: Vec<u8>,
    /// Row by row, `rows × columns / 32`; f16 on disk, so exactly representable there.
    pub scales: Vec<f32>,
    /// As the scales.
    pub minima: Vec<f32>,
}

impl Q4 {
    /// A matrix of these parts.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] where their lengths do not fit the shape, or a number is not finite.
    pub fn new(
        name: &str,
        shape: [usize; 2],
        steps: Vec<u8>,
        scales: Vec<f32>,
        minima: Vec<f32>,
    ) -> Result<Q4, WeightsError> {
        let [rows, columns] = shape;
        let count = rows.checked_mul(columns).filter(|_| columns.is_multiple_of(BLOCK_LEN) && columns > 0);
        let fits = count.is_some_and(|count| {
            steps.len() * 2 == count && [&scales, &minima].iter().all(|list| list.len() * BLOCK_LEN == count)
        });
        let is_finite = scales.iter().chain(&minima).all(|value| value.is_finite());
        if fits && is_finite {
            Ok(Q4 { shape, steps, scales, minima })
        } else {
            Err(WeightsError::tensor(name, format!("{shape:?} does not fit its four-bit blocks")))
        }
    }

    /// The values read back, row by row.
    pub fn dequantize(&self) -> Vec<f32> {
        let blocks = self.steps.chunks_exact(BLOCK_LEN / 2).zip(self.scales.iter().zip(&self.minima));
        let value = |step: u8, (scale, minimum): (&f32, &f32)| f32::from(step) * scale + minimum;
        blocks
            .flat_map(|(steps, of)| {
                steps.iter().flat_map(move |pair| [value(pair & 15, of), value(pair >> 4, of)])
            })
            .collect()
    }

    /// The same rows in another order: row `r` becomes what was row `order(r)`.
    pub fn with_rows(&self, order: impl Fn(usize) -> usize) -> Q4 {
        let [rows, columns] = self.shape;
        let (bytes, blocks) = (columns / 2, columns / BLOCK_LEN);
        let picked = |list: &[f32]| -> Vec<f32> {
            (0..rows).flat_map(|row| &list[order(row) * blocks..(order(row) + 1) * blocks]).copied().collect()
        };
        Q4 {
            shape: self.shape,
            steps: (0..rows)
                .flat_map(|row| &self.steps[order(row) * bytes..(order(row) + 1) * bytes])
                .copied()
                .collect(),
            scales: picked(&self.scales),
            minima: picked(&self.minima),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_rows() -> Q4 {
        let steps: Vec<u8> = (0..32u8).map(|byte| (byte % 16) | (15 - byte % 16) << 4).collect();
        Q4::new("w", [2, 32], steps, vec![0.5, 2.0], vec![-1.0, 3.0]).unwrap()
    }

    #[test]
    fn values_are_steps_times_scale_above_the_minimum() {
        let values = two_rows().dequantize();
        assert_eq!(values[..4], [-1.0, 6.5, -0.5, 6.0]);
        assert_eq!(values[32..36], [3.0, 33.0, 5.0, 31.0]);
        assert_eq!(two_rows().with_rows(|row| 1 - row).dequantize(), [&values[32..], &values[..32]].concat());
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        let is_refused = |shape, steps: usize, scales: Vec<f32>| {
            let minima = scales.clone();
            Q4::new("w", shape, vec![0; steps], scales, minima).is_err()
        };
        assert!(is_refused([1, 30], 15, vec![1.0]));
        assert!(is_refused([1, 32], 15, vec![1.0]));
        assert!(is_refused([1, 32], 16, vec![1.0, 1.0]));
        assert!(is_refused([1, 32], 16, vec![f32::NAN]));
        assert!(!is_refused([1, 32], 16, vec![1.0]));
    }
}
