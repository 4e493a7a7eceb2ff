//! Convolution of pixels three by three, each channel by itself, four channels at a time.

use wide::f32x4;

/// Rows and columns that one output looks at.
const TAPS: usize = 3;

/// A weight for each channel and each of nine places.
pub struct Depthwise {
    /// Row by row and column by column, the weights of all channels.
    taps: [Vec<f32x4>; TAPS * TAPS],
}

impl Depthwise {
    /// `weight`: `[3, 3, channels]`, row-major; `channels` divides by four.
    pub fn new(weight: &[f32]) -> Depthwise {
        let channels = weight.len() / (TAPS * TAPS);
        let tap = |tap: usize| {
            let weights = weight[tap * channels..][..channels].as_chunks::<4>().0;
            weights.iter().map(|four| f32x4::new(*four)).collect()
        };
        Depthwise { taps: std::array::from_fn(tap) }
    }

    /// One row of outputs. `rows`: the three rows of pixels that it looks at, each from the pixel left of the first output's on; an output
    /// lies `stride` pixels right of the one before. `[pixels, channels / 4]`, as is `out`.
    pub fn apply(&self, rows: [&[f32x4]; TAPS], stride: usize, out: &mut [f32x4]) {
        let groups = self.taps[0].len();
        for (index, out) in out.chunks_exact_mut(groups).enumerate() {
            let at = index * stride * groups;
            let seen = |place: usize| &rows[place / TAPS][at + place % TAPS * groups..][..groups];
            let seen: [&[f32x4]; TAPS * TAPS] = std::array::from_fn(seen);
            let taps: [&[f32x4]; TAPS * TAPS] = std::array::from_fn(|place| &self.taps[place][..groups]);
            for (group, out) in out.iter_mut().enumerate() {
                let mut sum = seen[0][group] * taps[0][group];
                for place in 1..TAPS * TAPS {
                    sum += seen[place][group] * taps[place][group];
                }
                *out = sum;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pixels: usize, channels: usize, stride: usize) {
        let mut rng = fastrand::Rng::with_seed(4);
        let width = (pixels - 1) * stride + TAPS;
        let mut random = |count: usize| -> Vec<f32> { (0..count).map(|_| rng.f32() * 2.0 - 1.0).collect() };
        let (weight, x) = (random(TAPS * TAPS * channels), random(TAPS * width * channels));
        let vectors: Vec<f32x4> = x.as_chunks::<4>().0.iter().map(|four| f32x4::new(*four)).collect();
        let row = |row: usize| &vectors[row * width * channels / 4..][..width * channels / 4];
        let mut out = vec![f32x4::ZERO; pixels * channels / 4];
        Depthwise::new(&weight).apply([row(0), row(1), row(2)], stride, &mut out);
        for (index, value) in bytemuck::cast_slice::<_, f32>(&out).iter().enumerate() {
            let (pixel, channel) = (index / channels, index % channels);
            let product = |place: usize| {
                let seen = place / TAPS * width + pixel * stride + place % TAPS;
                f64::from(weight[place * channels + channel]) * f64::from(x[seen * channels + channel])
            };
            let expected: f64 = (0..TAPS * TAPS).map(product).sum();
            assert!((f64::from(*value) - expected).abs() < 1e-5, "{value} for {expected} at {index}");
        }
    }

    #[test]
    fn convolutions_are_those_of_the_definition() {
        check(5, 8, 1);
        check(4, 12, 2);
        check(1, 4, 1);
    }
}
