//! Products in 32-bit floats over the channels of pixels, for networks too small to be worth quantizing. Unlike the other products it adds
//! what goes past the layer and cuts off below, while the sums are still in registers.

use wide::f32x4;

/// Outputs of a panel, in vectors of four.
const WIDTH: usize = 2;
/// Pixels that go through a panel together: with two vectors for each, half of the sixteen registers that wasm engines have on x86.
pub const PIXELS: usize = 4;

/// A matrix `[outputs, inputs]` and its bias. `outputs` is filled up to whole panels of eight.
pub struct Pointwise {
    /// For each panel, input by input, the weights of its eight outputs.
    panels: Vec<[f32x4; WIDTH]>,
    bias: Vec<[f32x4; WIDTH]>,
    inputs: usize,
}

impl Pointwise {
    /// `weight`: `[outputs, inputs]`, row-major, with as many rows as `bias` has values; `inputs` is not 0.
    pub fn new(weight: &[f32], inputs: usize, bias: &[f32]) -> Pointwise {
        let mut matrix = Pointwise { panels: Vec::new(), bias: Vec::new(), inputs };
        for (rows, bias) in weight.chunks(inputs * 4 * WIDTH).zip(bias.chunks(4 * WIDTH)) {
            for input in 0..inputs {
                let column = rows.iter().skip(input).step_by(inputs).copied();
                matrix.panels.push(lanes(column));
            }
            matrix.bias.push(lanes(bias.iter().copied()));
        }
        matrix
    }

    /// Vectors of four that come out for a pixel: whole panels.
    pub fn groups(&self) -> usize {
        self.bias.len() * WIDTH
    }

    /// `max(x Wᵀ + b + past, floor)` for `x` of `[pixels, inputs]` → `out`, `[pixels, groups]`. `past` has the shape of `out`, and
    /// `pixels` divides by [`PIXELS`].
    pub fn apply(&self, x: &[f32], past: &[f32x4], floor: f32, out: &mut [f32x4]) {
        let (groups, floor) = (self.groups(), f32x4::splat(floor));
        debug_assert!(out.len().is_multiple_of(PIXELS * groups) && out.len() == past.len());
        debug_assert!(x.len() * groups == out.len() * self.inputs);
        let tiles = x
            .chunks_exact(PIXELS * self.inputs)
            .zip(past.chunks_exact(PIXELS * groups))
            .zip(out.chunks_exact_mut(PIXELS * groups));
        for ((x, past), out) in tiles {
            let (first, rest) = x.split_at(self.inputs);
            let (second, rest) = rest.split_at(self.inputs);
            let (third, fourth) = rest.split_at(self.inputs);
            for (index, (panel, bias)) in self.panels.chunks_exact(self.inputs).zip(&self.bias).enumerate() {
                let sums = multiply(panel, [first, second, third, fourth], *bias);
                for (pixel, [low, high]) in sums.into_iter().enumerate() {
                    let at = pixel * groups + index * WIDTH;
                    out[at] = (low + past[at]).fast_max(floor);
                    out[at + 1] = (high + past[at + 1]).fast_max(floor);
                }
            }
        }
    }
}

/// The first eight of `values`, zeros where they are fewer.
fn lanes(values: impl Iterator<Item = f32>) -> [f32x4; WIDTH] {
    let mut lanes = [0.0; 4 * WIDTH];
    lanes.iter_mut().zip(values).for_each(|(lane, value)| *lane = value);
    bytemuck::cast(lanes)
}

#[inline(always)]
fn multiply(
    panel: &[[f32x4; WIDTH]],
    pixels: [&[f32]; PIXELS],
    bias: [f32x4; WIDTH],
) -> [[f32x4; WIDTH]; PIXELS] {
    let mut sums = [bias; PIXELS];
    let pixels = pixels.map(|pixel| &pixel[..panel.len()]);
    for (input, [low, high]) in panel.iter().enumerate() {
        for (sums, pixel) in sums.iter_mut().zip(pixels) {
            let value = f32x4::splat(pixel[input]);
            sums[0] += value * *low;
            sums[1] += value * *high;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pixels: usize, inputs: usize, outputs: usize, floor: f32) {
        let mut rng = fastrand::Rng::with_seed(3);
        let mut random = |count: usize| -> Vec<f32> { (0..count).map(|_| rng.f32() * 2.0 - 1.0).collect() };
        let (weight, bias, x) = (random(outputs * inputs), random(outputs), random(pixels * inputs));
        let matrix = Pointwise::new(&weight, inputs, &bias);
        let width = 4 * matrix.groups();
        let past = random(pixels * width);
        let past: Vec<f32x4> = past.as_chunks::<4>().0.iter().map(|four| f32x4::new(*four)).collect();
        let mut out = vec![f32x4::ZERO; past.len()];
        matrix.apply(&x, &past, floor, &mut out);
        let (out, past): (&[f32], &[f32]) = (bytemuck::cast_slice(&out), bytemuck::cast_slice(&past));
        for pixel in 0..pixels {
            for output in 0..outputs {
                let at = pixel * width + output;
                let mut expected = f64::from(bias[output]) + f64::from(past[at]);
                for input in 0..inputs {
                    expected +=
                        f64::from(weight[output * inputs + input]) * f64::from(x[pixel * inputs + input]);
                }
                let expected = expected.max(f64::from(floor));
                assert!((f64::from(out[at]) - expected).abs() < 1e-4, "{} for {expected}", out[at]);
            }
        }
    }

    #[test]
    fn products_are_those_of_the_definition() {
        check(4, 24, 24, 0.0);
        check(8, 75, 24, 0.0);
        check(8, 96, 34, f32::NEG_INFINITY);
        check(4, 1, 3, -0.5);
    }
}
