//! Four-bit blocks: 32 values along the last axis share an f16 scale and an f16 minimum, as in ggml's `Q4_1`. Knows the arithmetic
//! both ways; refuses to know files and names.

use half::f16;

use super::{BLOCK_LEN, Q8, WeightsError};

/// The highest step.
const LIMIT: f32 = 15.0;

/// Tried first guesses of the scale, as parts of the one that reaches from a block's least value to its largest. A smaller one clips
/// the outermost values and is finer for the others.
const FACTORS: [f32; 8] = [1.0, 0.97, 0.94, 0.91, 0.88, 0.84, 0.79, 0.73];

/// How often each guess is fitted: steps to scale and minimum, scale and minimum to steps.
const FITS: usize = 2;

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

    /// Quantizes `values` (`rows × columns`, row by row). From each of [`FACTORS`] a scale and a minimum are fitted by least squares;
    /// a block takes those that, rounded to f16, read back with the least squared error.
    ///
    /// # Errors
    /// [`WeightsError::Tensor`] where the shape has no whole blocks or does not match, or a value is not finite or too large for f16.
    pub fn quantize(name: &str, shape: [usize; 2], values: &[f32]) -> Result<Q4, WeightsError> {
        if !Q8::fits(&shape) || shape[0].checked_mul(shape[1]) != Some(values.len()) {
            return Err(WeightsError::tensor(name, format!("{shape:?} cannot be cut into blocks")));
        }
        let blocks = values.as_chunks::<BLOCK_LEN>().0;
        let mut q4 = Q4 {
            shape,
            steps: Vec::with_capacity(values.len() / 2),
            scales: Vec::with_capacity(blocks.len()),
            minima: Vec::with_capacity(blocks.len()),
        };
        for block in blocks {
            let (scale, minimum) = best_line(block);
            // `min` and `max` pass over a NaN; the sum does not.
            let is_finite = block.iter().sum::<f32>().is_finite();
            if !(is_finite && scale.is_finite() && minimum.is_finite()) {
                return Err(WeightsError::tensor(name, "a value is not finite or too large"));
            }
            let steps = steps_of(block, scale, minimum);
            q4.steps
                .extend(steps.as_chunks::<2>().0.iter().map(|[low, high]| *low as u8 | (*high as u8) << 4));
            q4.scales.push(scale);
            q4.minima.push(minimum);
        }
        Ok(q4)
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

type Block = [f32; BLOCK_LEN];

/// The scale and minimum, exact in f16, with which the block reads back best; not finite where the block is too large.
fn best_line(block: &Block) -> (f32, f32) {
    let (low, high) = block.iter().fold((f32::MAX, f32::MIN), |(low, high), v| (low.min(*v), high.max(*v)));
    let mut best = in_half((high - low) / LIMIT, low);
    let mut least = error_of(block, best);
    for factor in FACTORS {
        let scale = (high - low) / LIMIT * factor;
        let mut line = (scale, (low + high - LIMIT * scale) / 2.0);
        for _ in 0..FITS {
            line = fitted(block, &steps_of(block, line.0, line.1)).unwrap_or(line);
        }
        let line = in_half(line.0, line.1);
        let error = error_of(block, line);
        if error < least {
            (best, least) = (line, error);
        }
    }
    best
}

fn in_half(scale: f32, minimum: f32) -> (f32, f32) {
    (f16::from_f32(scale).to_f32(), f16::from_f32(minimum).to_f32())
}

/// The step nearest to each value.
fn steps_of(block: &Block, scale: f32, minimum: f32) -> Block {
    // Adding and taking away 1.5 × 2^23 rounds to the nearest whole number, in the registers of every machine; `round` is a call.
    const WHOLE: f32 = 12_582_912.0;
    let inverse = if scale == 0.0 { 0.0 } else { 1.0 / scale };
    block.map(|value| ((value - minimum) * inverse).clamp(0.0, LIMIT) + WHOLE - WHOLE)
}

/// The scale and minimum of the least squared error for these steps; none where all steps are one.
fn fitted(block: &Block, steps: &Block) -> Option<(f32, f32)> {
    let count = BLOCK_LEN as f32;
    let (sum_step, sum_value) = (sum(|at| steps[at]), sum(|at| block[at]));
    let (step_mean, value_mean) = (sum_step / count, sum_value / count);
    let spread = sum(|at| (steps[at] - step_mean) * (steps[at] - step_mean));
    let scale = sum(|at| (steps[at] - step_mean) * (block[at] - value_mean)) / spread;
    (spread > 0.0).then_some((scale, value_mean - scale * step_mean))
}

fn error_of(block: &Block, (scale, minimum): (f32, f32)) -> f32 {
    let steps = steps_of(block, scale, minimum);
    let off = |at: usize| steps[at] * scale + minimum - block[at];
    sum(|at| off(at) * off(at))
}

/// Over a block, in eight lanes: in one the additions would wait for each other.
fn sum(term: impl Fn(usize) -> f32) -> f32 {
    let mut lanes = [0.0f32; 8];
    for from in (0..BLOCK_LEN).step_by(8) {
        for (lane, total) in lanes.iter_mut().enumerate() {
            *total += term(from + lane);
        }
    }
    lanes.iter().sum()
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

    /// Bell-shaped, as weights are.
    fn noise(count: usize) -> Vec<f32> {
        let mut state = 7u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 - 0.5
        };
        (0..count).map(|_| (next() + next() + next()) * 0.1).collect()
    }

    fn squared_error(q4: &Q4, values: &[f32]) -> f32 {
        q4.dequantize().iter().zip(values).map(|(got, want)| (got - want).powi(2)).sum()
    }

    #[test]
    fn what_is_on_the_steps_comes_back_exactly() {
        let truth: Vec<f32> = (0..64u8).map(|at| f32::from(at * 7 % 16) * 0.125 - 1.5).collect();
        assert_eq!(Q4::quantize("w", [2, 32], &truth).unwrap().dequantize(), truth);
        let flat = [vec![0.0; 32], vec![-0.75; 32]].concat();
        assert_eq!(Q4::quantize("w", [2, 32], &flat).unwrap().dequantize(), flat);
    }

    /// ggml's `Q4_1` reaches from the least value to the largest; the search must be better by a good part.
    #[test]
    fn the_search_beats_the_plain_range() {
        let values = noise(32 * 200);
        let found = Q4::quantize("w", [200, 32], &values).unwrap();
        let mut plain = found.clone();
        for (at, block) in values.as_chunks::<32>().0.iter().enumerate() {
            let low = block.iter().copied().fold(f32::MAX, f32::min);
            let high = block.iter().copied().fold(f32::MIN, f32::max);
            let (scale, minimum) = in_half((high - low) / LIMIT, low);
            let steps = steps_of(block, scale, minimum);
            let bytes = steps.as_chunks::<2>().0.iter().map(|pair| pair[0] as u8 | (pair[1] as u8) << 4);
            plain.steps[16 * at..16 * at + 16].copy_from_slice(&bytes.collect::<Vec<_>>());
            (plain.scales[at], plain.minima[at]) = (scale, minimum);
        }
        let (ours, theirs) = (squared_error(&found, &values), squared_error(&plain, &values));
        assert!(ours < 0.85 * theirs, "{ours} of {theirs}");
    }

    #[test]
    fn what_cannot_be_quantized_is_refused() {
        let is_refused = |shape, values: &[f32]| Q4::quantize("w", shape, values).is_err();
        assert!(is_refused([1, 30], &[0.0; 30]));
        assert!(is_refused([2, 32], &[0.0; 32]));
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30] {
            let mut values = vec![0.5; 32];
            values[7] = bad;
            assert!(is_refused([1, 32], &values), "{bad}");
        }
    }
}
