//! Functions of single numbers, four at a time.

use std::f32::consts::{FRAC_1_SQRT_2, LN_2, LOG2_E};

use wide::{f32x4, i32x4};

/// Gaussian error linear unit, `x/2 (1 + erf(x/√2))`, in place. Error of erf below 5e-7 (Abramowitz and Stegun, 7.1.26).
pub fn gelu(values: &mut [f32]) {
    let (chunks, rest) = values.as_chunks_mut::<4>();
    for chunk in chunks {
        *chunk = gelu_of(f32x4::new(*chunk)).to_array();
    }
    for value in rest {
        *value = gelu_of(f32x4::splat(*value)).to_array()[0];
    }
}

#[inline(always)]
fn gelu_of(x: f32x4) -> f32x4 {
    let z = x.abs() * f32x4::splat(FRAC_1_SQRT_2);
    let t = f32x4::ONE / (f32x4::ONE + z * f32x4::splat(0.327_591_1));
    let series = [1.061_405_4, -1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6];
    let tail = series.into_iter().fold(f32x4::ZERO, |sum, factor| sum * t + f32x4::splat(factor)) * t;
    // 1 − erf(z): what the normal distribution has beyond.
    let beyond = tail * exp_of_negative(f32x4::ZERO - z * z);
    let half = f32x4::HALF * beyond;
    x * x.simd_lt(f32x4::ZERO).select(half, f32x4::ONE - half)
}

/// `eˣ` for `x ≤ 0`; zero below −87. Relative error below 1e-5.
#[inline(always)]
pub(super) fn exp_of_negative(x: f32x4) -> f32x4 {
    // eˣ = 2ⁿ 2ᶠ with n whole and f in [−½, ½].
    let x = x.fast_max(f32x4::splat(-87.0)) * f32x4::splat(LOG2_E);
    let magic = f32x4::splat(12_582_912.0); // 1.5 × 2²³: adding it rounds to a whole number
    let shifted = x + magic;
    let fraction = x - (shifted - magic);
    let whole: i32x4 = bytemuck::cast::<f32x4, i32x4>(shifted) << 23;
    let series = [0.009_618_13, 0.055_504_11, 0.240_226_5, LN_2, 1.0];
    let power = series
        .into_iter()
        .fold(f32x4::splat(0.001_333_36), |sum, factor| sum * fraction + f32x4::splat(factor));
    bytemuck::cast(bytemuck::cast::<f32x4, i32x4>(power) + whole)
}

/// SwiGLU: `silu(gate) × up`, for gates and ups side by side: `[rows, 2 × width]` → `[rows, width]`.
pub fn swiglu(x: &[f32], width: usize) -> Vec<f32> {
    let silu = |x: f32| x / (1.0 + (-x).exp());
    let row = |row: &[f32]| {
        let (gates, ups) = row.split_at(width);
        gates.iter().zip(ups).map(|(gate, up)| silu(*gate) * up).collect::<Vec<f32>>()
    };
    x.chunks_exact(2 * width).flat_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gelu_is_the_exact_one() {
        // x/2 (1 + erf(x/√2)) to eight digits.
        for (x, expected) in [
            (0.0, 0.0),
            (1.0, 0.841_344_8),
            (-1.0, -0.158_655_25),
            (0.1, 0.053_982_784),
            (-0.5, -0.154_268_77),
            (3.0, 2.995_950_3),
            (-3.0, -0.004_049_694),
            (20.0, 20.0),
            (-20.0, 0.0),
        ] {
            for width in 1..6 {
                let mut values = vec![x; width];
                gelu(&mut values);
                assert!(values.iter().all(|value: &f32| (value - expected).abs() < 1e-6), "{x}: {values:?}");
            }
        }
    }

    #[test]
    fn exponentials_are_near() {
        let mut x = 0.0f32;
        while x > -87.0 {
            let near = exp_of_negative(f32x4::splat(x)).to_array()[0];
            assert!((near / x.exp() - 1.0).abs() < 1e-5, "{x}: {near} for {}", x.exp());
            x -= 0.013;
        }
        for x in [-88.0, -1e9, f32::NEG_INFINITY] {
            assert!((0.0..1e-37).contains(&exp_of_negative(f32x4::splat(x)).to_array()[0]));
        }
    }
}
