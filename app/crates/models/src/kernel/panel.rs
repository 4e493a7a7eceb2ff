//! The inner loop that all products share: a few rows of 16-bit pairs times a panel of eight columns, summed in 32 bits. The
//! callers choose magnitudes so that no sum overflows.

use bytemuck::cast;
use wide::{f32x4, i8x16, i16x8, i16x16, i32x4};

/// Columns of a panel.
pub const WIDTH: usize = 8;
/// Rows that go through a panel together: their sums fill half of the sixteen registers that wasm engines have on x86.
pub const ROWS: usize = 4;

/// Two consecutive depths of eight columns: `[column 0 depth 0, column 0 depth 1, column 1 depth 0, …]`.
pub type Step = [i16x8; 2];

/// Sums of some rows with the columns of a panel.
pub type Sums<const R: usize> = [[i32x4; 2]; R];

/// What a panel is stored as.
pub trait Stored: Copy {
    fn step(self) -> Step;
}

impl Stored for Step {
    #[inline(always)]
    fn step(self) -> Step {
        self
    }
}

impl Stored for i8x16 {
    #[inline(always)]
    fn step(self) -> Step {
        cast(i16x16::from_i8x16(self))
    }
}

/// `rows` (pairs of 16-bit numbers, two depths to an `i32`) times `panel`, from the same depth on; as many steps as the panel has.
#[inline(always)]
pub fn multiply<const R: usize, S: Stored>(panel: &[S], rows: [&[i32]; R]) -> Sums<R> {
    let mut sums = [[i32x4::ZERO; 2]; R];
    let rows = rows.map(|row| &row[..panel.len()]);
    for (depth, stored) in panel.iter().enumerate() {
        let [low, high] = stored.step();
        for (sums, row) in sums.iter_mut().zip(rows) {
            let pair: i16x8 = cast(i32x4::splat(row[depth]));
            sums[0] += pair.dot(low);
            sums[1] += pair.dot(high);
        }
    }
    sums
}

/// Rows of `inputs` numbers as pairs of steps, row after row, the largest of each row `limit` steps; and the rows' scales.
pub fn quantize_rows(x: &[f32], inputs: usize, limit: f32) -> (Vec<i32>, Vec<f32>) {
    let pairs = inputs / 2;
    let mut quantized = vec![0; x.len() / inputs * pairs];
    let rows = x.chunks_exact(inputs).zip(quantized.chunks_exact_mut(pairs));
    let scales = rows.map(|(row, out)| quantize(row, limit, out)).collect();
    (quantized, scales)
}

/// Numbers as whole steps of `scale`, the largest of them `limit` steps, written as pairs to `out`.
pub fn quantize(values: &[f32], limit: f32, out: &mut [i32]) -> f32 {
    let (chunks, rest) = values.as_chunks::<8>();
    debug_assert!(rest.is_empty() && out.len() * 2 == values.len());
    let halves = |chunk: &[f32; 8]| -> [f32x4; 2] { cast(*chunk) };
    let peaks = chunks.iter().fold(f32x4::ZERO, |peaks, chunk| {
        let [low, high] = halves(chunk);
        peaks.fast_max(low.abs()).fast_max(high.abs())
    });
    let peak = peaks.to_array().into_iter().fold(0.0, f32::max);
    if peak == 0.0 {
        out.fill(0);
        return 0.0;
    }
    let steps = f32x4::splat(limit / peak);
    for (out, chunk) in out.as_chunks_mut::<4>().0.iter_mut().zip(chunks) {
        *out = cast(narrow(halves(chunk).map(|half| (half * steps).round_int())));
    }
    peak / limit
}

/// Eight 32-bit numbers as 16-bit ones.
#[inline(always)]
pub fn narrow(halves: [i32x4; 2]) -> i16x8 {
    i16x8::from_i32x8_saturate(cast(halves))
}

/// `sums` as numbers.
#[inline(always)]
pub fn to_f32(sums: [i32x4; 2]) -> [f32x4; 2] {
    sums.map(f32x4::from_i32x4)
}
