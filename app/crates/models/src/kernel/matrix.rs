//! Products with 8-bit weights, which stay 8-bit in memory. Activations become 15-bit steps row by row, so that what is lost
//! is lost in the weights.

use wide::{f32x4, i8x16};

use super::panel::{ROWS, WIDTH, multiply, quantize_rows, to_f32};
use crate::weights::{BLOCK_LEN, Q8};

/// Steps of the largest activation of a row. A block's sum is at most 32 × 127 × this: far from overflow.
const ACTIVATION_LIMIT: f32 = 32767.0;
/// Steps of a panel (pairs of depths) that share their scales.
const BLOCK_STEPS: usize = BLOCK_LEN / 2;

/// A weight matrix `[outputs, inputs]` and a bias, laid out for [`Q8Matrix::multiply`].
pub struct Q8Matrix {
    outputs: usize,
    inputs: usize,
    /// By panel of eight outputs, by pair of inputs.
    steps: Vec<i8x16>,
    /// By panel, by block of inputs: the scales of the panel's outputs.
    scales: Vec<[f32x4; 2]>,
    /// By panel; zero where there is none.
    bias: Vec<[f32x4; 2]>,
}

impl Q8Matrix {
    /// `parts` lie one below another, each with a factor on weight and bias; a bias is as long as its part has rows.
    ///
    /// # Panics
    /// Where a part has other columns than the first.
    pub fn new(parts: &[(&Q8, f32, Option<&[f32]>)]) -> Q8Matrix {
        let inputs = parts.first().map_or(BLOCK_LEN, |(q8, ..)| q8.shape[1]);
        let rows: Vec<Row<'_>> =
            parts.iter().flat_map(|(q8, factor, bias)| rows(q8, *factor, *bias, inputs)).collect();
        let mut matrix = Q8Matrix {
            outputs: rows.len(),
            inputs,
            steps: Vec::with_capacity(rows.len().div_ceil(WIDTH) * inputs / 2),
            scales: Vec::with_capacity(rows.len().div_ceil(WIDTH) * inputs / BLOCK_LEN),
            bias: Vec::with_capacity(rows.len().div_ceil(WIDTH)),
        };
        for rows in rows.chunks(WIDTH) {
            matrix.push_panel(rows);
        }
        matrix
    }

    fn push_panel(&mut self, rows: &[Row<'_>]) {
        for depth in (0..self.inputs).step_by(2) {
            let mut step = [0; 2 * WIDTH];
            for (pair, row) in step.as_chunks_mut::<2>().0.iter_mut().zip(rows) {
                *pair = [row.values[depth], row.values[depth + 1]];
            }
            self.steps.push(i8x16::new(step));
        }
        let eight = |value: &dyn Fn(&Row<'_>) -> f32| {
            let mut lanes = [0.0; WIDTH];
            lanes.iter_mut().zip(rows).for_each(|(lane, row)| *lane = value(row));
            bytemuck::cast::<_, [f32x4; 2]>(lanes)
        };
        for block in 0..self.inputs / BLOCK_LEN {
            self.scales.push(eight(&|row| row.scales[block] * row.factor));
        }
        self.bias.push(eight(&|row| row.bias));
    }

    /// Rows of the weight: the width of what comes out.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `x Wᵀ + b` for `x` of `[rows, inputs]` → `[rows, outputs]`, row-major.
    pub fn multiply(&self, x: &[f32]) -> Vec<f32> {
        let outputs = self.outputs;
        let pairs = self.inputs / 2;
        let (quantized, scales) = quantize_rows(x, self.inputs, ACTIVATION_LIMIT);
        let mut out = vec![0.0; scales.len() * outputs];
        let groups =
            out.chunks_mut(ROWS * outputs).zip(quantized.chunks(ROWS * pairs)).zip(scales.chunks(ROWS));
        for ((out, rows), scales) in groups {
            let row = |at: usize| &rows[at * pairs..(at + 1) * pairs];
            match scales {
                [a] => self.multiply_rows([row(0)], [*a], out),
                [a, b] => self.multiply_rows([row(0), row(1)], [*a, *b], out),
                [a, b, c] => self.multiply_rows([row(0), row(1), row(2)], [*a, *b, *c], out),
                [a, b, c, d] => {
                    self.multiply_rows([row(0), row(1), row(2), row(3)], [*a, *b, *c, *d], out);
                }
                _ => {}
            }
        }
        out
    }

    fn multiply_rows<const R: usize>(&self, rows: [&[i32]; R], scales: [f32; R], out: &mut [f32]) {
        let outputs = self.outputs;
        let blocks = self.inputs / BLOCK_LEN;
        let panels =
            self.steps.chunks_exact(self.inputs / 2).zip(self.scales.chunks_exact(blocks)).zip(&self.bias);
        for (first, ((steps, block_scales), bias)) in (0..outputs).step_by(WIDTH).zip(panels) {
            let mut sums = [[f32x4::ZERO; 2]; R];
            for (block, (steps, [low, high])) in
                steps.as_chunks::<BLOCK_STEPS>().0.iter().zip(block_scales).enumerate()
            {
                let depth = block * BLOCK_STEPS;
                let products = multiply(steps, rows.map(|row| &row[depth..depth + BLOCK_STEPS]));
                for (sums, products) in sums.iter_mut().zip(products) {
                    let products = to_f32(products);
                    sums[0] += products[0] * *low;
                    sums[1] += products[1] * *high;
                }
            }
            for (row, (sums, scale)) in sums.iter().zip(scales).enumerate() {
                let scale = f32x4::splat(scale);
                let values: [f32; WIDTH] =
                    bytemuck::cast([sums[0] * scale + bias[0], sums[1] * scale + bias[1]]);
                let width = WIDTH.min(outputs - first);
                out[row * outputs + first..][..width].copy_from_slice(&values[..width]);
            }
        }
    }

    /// Row `output` of the weight, without the bias: `[inputs]`.
    pub fn row(&self, output: usize) -> Vec<f32> {
        let (panel, column) = (output / WIDTH, output % WIDTH);
        let steps = &self.steps[panel * self.inputs / 2..][..self.inputs / 2];
        let blocks = self.inputs / BLOCK_LEN;
        let scales = self.scales[panel * blocks..][..blocks].iter();
        let scales = scales.map(|scales| bytemuck::cast::<_, [f32; WIDTH]>(*scales)[column]);
        let blocks = steps.as_chunks::<BLOCK_STEPS>().0.iter().zip(scales);
        blocks
            .flat_map(|(steps, scale)| {
                steps.iter().flat_map(move |step| {
                    let values = step.as_array();
                    [values[2 * column], values[2 * column + 1]].map(|value| f32::from(value) * scale)
                })
            })
            .collect()
    }
}

/// One output of the matrix.
struct Row<'a> {
    values: &'a [i8],
    scales: &'a [f32],
    factor: f32,
    bias: f32,
}

fn rows<'a>(
    q8: &'a Q8,
    factor: f32,
    bias: Option<&'a [f32]>,
    inputs: usize,
) -> impl Iterator<Item = Row<'a>> {
    assert_eq!(q8.shape[1], inputs, "parts of one layer read the same inputs");
    let values = q8.values.chunks_exact(inputs).zip(q8.scales.chunks_exact(inputs / BLOCK_LEN));
    values.enumerate().map(move |(row, (values, scales))| {
        let bias = bias.map_or(0.0, |bias| bias[row] * factor);
        Row { values, scales, factor, bias }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(rng: &mut fastrand::Rng, count: usize) -> Vec<f32> {
        (0..count).map(|_| rng.f32() * 2.0 - 1.0).collect()
    }

    /// Against the same product in f64 with the weights read back.
    fn check(rows: usize, inputs: usize, outputs: &[usize], factor: f32) {
        let mut rng = fastrand::Rng::with_seed(5);
        let parts: Vec<Q8> = outputs
            .iter()
            .map(|&outputs| {
                Q8::quantize("w", [outputs, inputs], &random(&mut rng, outputs * inputs)).unwrap()
            })
            .collect();
        let bias = random(&mut rng, outputs[0]);
        let with_bias: Vec<_> = parts
            .iter()
            .enumerate()
            .map(|(part, q8)| (q8, factor, (part == 0).then_some(bias.as_slice())))
            .collect();
        let matrix = Q8Matrix::new(&with_bias);
        let weight: Vec<f32> = parts.iter().flat_map(Q8::dequantize).map(|value| value * factor).collect();
        let total = outputs.iter().sum::<usize>();
        assert_eq!(matrix.outputs(), total);
        let x = random(&mut rng, rows * inputs);
        let out = matrix.multiply(&x);
        assert_eq!(out.len(), rows * total);
        for (index, value) in out.iter().enumerate() {
            let (row, output) = (index / total, index % total);
            let weights = &weight[output * inputs..][..inputs];
            let products = x[row * inputs..].iter().zip(weights).map(|(x, w)| f64::from(*x) * f64::from(*w));
            let bias = bias.get(output).map_or(0.0, |bias| f64::from(bias * factor));
            let expected = products.sum::<f64>() + bias;
            assert!(
                (f64::from(*value) - expected).abs() < 2e-3,
                "{value} for {expected}, row {row} output {output}"
            );
        }
        for output in [0, total / 2, total - 1] {
            assert_eq!(matrix.row(output), &weight[output * inputs..][..inputs]);
        }
    }

    #[test]
    fn products_are_those_of_the_weights_read_back() {
        for rows in 1..10 {
            check(rows, 64, &[24], 1.0);
        }
        check(3, 384, &[17, 8], 0.125);
        check(1, 1536, &[51], 1.0);
        check(6, 32, &[1], 1.0);
    }

    #[test]
    fn zeros_give_the_bias() {
        let q8 = Q8::quantize("w", [2, 32], &[1.0; 64]).unwrap();
        let matrix = Q8Matrix::new(&[(&q8, 1.0, Some(&[0.5, -3.0]))]);
        assert_eq!(matrix.multiply(&[0.0; 32]), [0.5, -3.0]);
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let q8 = Q8::quantize("w", [1, 1536], &[100.0; 1536]).unwrap();
        let value = Q8Matrix::new(&[(&q8, 1.0, None)]).multiply(&[-1000.0; 1536])[0];
        assert!((value / -153_600_000.0 - 1.0).abs() < 1e-3, "{value}");
    }
}
