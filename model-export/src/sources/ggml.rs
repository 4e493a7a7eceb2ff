//! How ggml packs numbers (`ggml-common.h`, `dequantize_row_*` of `ggml-quants.c`): one tensor's bytes to floats, or to our own blocks
//! where those hold the same numbers.

use half::{bf16, f16};
use models::weights::{BLOCK_LEN, Q4, Q8};

/// A tensor in the form that is nearest to how it is stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    Full(Vec<f32>),
    Q8(Q8),
    Q4(Q4),
}

impl Stored {
    pub fn into_f32(self) -> Vec<f32> {
        match self {
            Stored::Full(values) => values,
            Stored::Q8(q8) => q8.dequantize(),
            Stored::Q4(q4) => q4.dequantize(),
        }
    }

    /// The same rows of `columns` in another order: row `r` becomes what was row `order(r)`.
    pub fn with_rows(self, columns: usize, order: impl Fn(usize) -> usize) -> Stored {
        match self {
            Stored::Q4(q4) => Stored::Q4(q4.with_rows(order)),
            other => {
                let values = other.into_f32();
                let rows = (0..values.len() / columns.max(1)).map(order);
                Stored::Full(
                    rows.flat_map(|row| &values[row * columns..(row + 1) * columns]).copied().collect(),
                )
            }
        }
    }
}

/// The number of a type in a GGUF file, and how it packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    F32,
    F16,
    Bf16,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q8_0,
    Q4K,
    Q5K,
    Q6K,
}

/// Those that are read, for messages.
pub const READ: &str = "F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q5_K and Q6_K";

/// Names of the types that are not read, by number.
const NOT_READ: [(u32, &str); 21] = [
    (9, "Q8_1"),
    (10, "Q2_K"),
    (11, "Q3_K"),
    (15, "Q8_K"),
    (16, "IQ2_XXS"),
    (17, "IQ2_XS"),
    (18, "IQ3_XXS"),
    (19, "IQ1_S"),
    (20, "IQ4_NL"),
    (21, "IQ3_S"),
    (22, "IQ2_S"),
    (23, "IQ4_XS"),
    (24, "I8"),
    (25, "I16"),
    (26, "I32"),
    (27, "I64"),
    (28, "F64"),
    (29, "IQ1_M"),
    (34, "TQ1_0"),
    (35, "TQ2_0"),
    (39, "MXFP4"),
];

impl Packing {
    /// # Errors
    /// In words, with the type's name, where it is not read.
    pub fn of(kind: u32) -> Result<Packing, String> {
        Ok(match kind {
            0 => Packing::F32,
            1 => Packing::F16,
            2 => Packing::Q4_0,
            3 => Packing::Q4_1,
            6 => Packing::Q5_0,
            7 => Packing::Q5_1,
            8 => Packing::Q8_0,
            12 => Packing::Q4K,
            13 => Packing::Q5K,
            14 => Packing::Q6K,
            30 => Packing::Bf16,
            other => {
                let name = NOT_READ.iter().find(|(kind, _)| *kind == other);
                let name = name.map_or_else(|| format!("number {other}"), |(_, name)| (*name).to_owned());
                return Err(format!("the type {name} is not read; {READ} are"));
            }
        })
    }

    /// Values in a block, and the bytes it takes.
    pub fn block(self) -> (usize, usize) {
        match self {
            Packing::F32 => (1, 4),
            Packing::F16 | Packing::Bf16 => (1, 2),
            Packing::Q4_0 => (BLOCK_LEN, 18),
            Packing::Q4_1 => (BLOCK_LEN, 20),
            Packing::Q5_0 => (BLOCK_LEN, 22),
            Packing::Q5_1 => (BLOCK_LEN, 24),
            Packing::Q8_0 => (BLOCK_LEN, 34),
            Packing::Q4K => (256, 144),
            Packing::Q5K => (256, 176),
            Packing::Q6K => (256, 210),
        }
    }

    /// The matrix in `bytes`, whole blocks of it. Eight and four bits stay what they are; of Q4_K the steps stay, and each 32 values'
    /// scale and minimum, there a product of two numbers, are rounded to half precision.
    ///
    /// # Errors
    /// In words, where a number of a block is not finite.
    pub fn matrix(self, bytes: &[u8], shape: [usize; 2]) -> Result<Stored, String> {
        match self {
            Packing::Q8_0 => Ok(Stored::Q8(q8_0(bytes, shape))),
            Packing::Q4_0 | Packing::Q4_1 | Packing::Q4K => self.four_bits(bytes, shape).map(Stored::Q4),
            _ => self.values(bytes).map(Stored::Full),
        }
    }

    /// All values in `bytes`, whole blocks of them.
    ///
    /// # Errors
    /// As [`Packing::matrix`].
    pub fn values(self, bytes: &[u8]) -> Result<Vec<f32>, String> {
        let mut values = Vec::with_capacity(bytes.len() / self.block().1 * self.block().0);
        let out = &mut values;
        match self {
            Packing::F32 => out.extend(bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b))),
            Packing::F16 => out.extend(halves(bytes)),
            Packing::Bf16 => {
                out.extend(bytes.as_chunks::<2>().0.iter().map(|b| bf16::from_le_bytes(*b).to_f32()));
            }
            Packing::Q5_0 => bytes.as_chunks::<22>().0.iter().for_each(|block| q5_0(block, out)),
            Packing::Q5_1 => bytes.as_chunks::<24>().0.iter().for_each(|block| q5_1(block, out)),
            Packing::Q5K => bytes.as_chunks::<176>().0.iter().for_each(|block| q5_k(block, out)),
            Packing::Q6K => bytes.as_chunks::<210>().0.iter().for_each(|block| q6_k(block, out)),
            Packing::Q8_0 => *out = q8_0(bytes, [1, bytes.len() / 34 * BLOCK_LEN]).dequantize(),
            Packing::Q4_0 | Packing::Q4_1 | Packing::Q4K => {
                let (count, size) = self.block();
                *out = self.four_bits(bytes, [1, bytes.len() / size * count])?.dequantize();
            }
        }
        let is_finite = values.iter().all(|value| value.is_finite());
        if is_finite { Ok(values) } else { Err("a value is not finite".to_owned()) }
    }

    fn four_bits(self, bytes: &[u8], shape: [usize; 2]) -> Result<Q4, String> {
        let count = shape[0] * shape[1];
        let mut blocks =
            Blocks { steps: Vec::with_capacity(count / 2), scales: Vec::new(), minima: Vec::new() };
        match self {
            Packing::Q4_0 => bytes.as_chunks::<18>().0.iter().for_each(|block| blocks.q4_0(block)),
            Packing::Q4_1 => bytes.as_chunks::<20>().0.iter().for_each(|block| blocks.q4_1(block)),
            _ => bytes.as_chunks::<144>().0.iter().for_each(|block| blocks.q4_k(block)),
        }
        Q4::new("its blocks", shape, blocks.steps, blocks.scales, blocks.minima).map_err(|e| e.to_string())
    }
}

fn halves(bytes: &[u8]) -> impl Iterator<Item = f32> {
    bytes.as_chunks::<2>().0.iter().map(|b| f16::from_le_bytes(*b).to_f32())
}

fn half_at<const N: usize>(block: &[u8; N], at: usize) -> f32 {
    f16::from_le_bytes([block[at], block[at + 1]]).to_f32()
}

/// `block_q8_0`: scale, then 32 signed bytes.
fn q8_0(bytes: &[u8], shape: [usize; 2]) -> Q8 {
    let blocks = bytes.as_chunks::<34>().0;
    Q8 {
        shape,
        values: blocks.iter().flat_map(|block| block[2..].iter().map(|byte| byte.cast_signed())).collect(),
        scales: blocks.iter().map(|block| half_at(block, 0)).collect(),
    }
}

/// Four-bit blocks as they come.
struct Blocks {
    steps: Vec<u8>,
    scales: Vec<f32>,
    minima: Vec<f32>,
}

impl Blocks {
    /// 32 steps out of 16 bytes whose low halves are the first 16 of them and whose high halves the others.
    fn halved(&mut self, bytes: &[u8]) {
        let step = |at: usize| if at < 16 { bytes[at] & 15 } else { bytes[at - 16] >> 4 };
        self.steps.extend((0..16).map(|pair| step(2 * pair) | step(2 * pair + 1) << 4));
    }

    /// `block_q4_0`: scale, then the steps above −8 times it. Eight times a half is a half, so that nothing is lost.
    fn q4_0(&mut self, block: &[u8; 18]) {
        let scale = half_at(block, 0);
        self.scales.push(scale);
        self.minima.push(-8.0 * scale);
        self.halved(&block[2..]);
    }

    /// `block_q4_1`: scale, minimum, then the steps.
    fn q4_1(&mut self, block: &[u8; 20]) {
        self.scales.push(half_at(block, 0));
        self.minima.push(half_at(block, 2));
        self.halved(&block[4..]);
    }

    /// `block_q4_K`: two factors, twelve bytes of scales and minima, then four times 32 bytes of two runs of 32 steps each.
    fn q4_k(&mut self, block: &[u8; 144]) {
        let rounded = |value: f32| f16::from_f32(value).to_f32();
        for run in 0..8 {
            let (scale, minimum) = scale_and_minimum(block, run);
            self.scales.push(rounded(scale));
            self.minima.push(rounded(-minimum));
            let bytes = &block[16 + run / 2 * 32..][..32];
            let step = |at: usize| bytes[at] >> (run % 2 * 4) & 15;
            self.steps.extend((0..16).map(|pair| step(2 * pair) | step(2 * pair + 1) << 4));
        }
    }
}

/// Of run `run` of a block of Q4_K or Q5_K: six bits each, those of the later runs spread over the top bits of the earlier ones.
fn scale_and_minimum<const N: usize>(block: &[u8; N], run: usize) -> (f32, f32) {
    let packed = &block[4..16];
    let (scale, minimum) = match run {
        0..4 => (packed[run] & 63, packed[run + 4] & 63),
        _ => (packed[run + 4] & 15 | packed[run - 4] >> 6 << 4, packed[run + 4] >> 4 | packed[run] >> 6 << 4),
    };
    (half_at(block, 0) * f32::from(scale), half_at(block, 2) * f32::from(minimum))
}

/// 32 steps of five bits: `high` holds the fifth bits, `low` the others as in four-bit blocks.
fn five_bits(high: &[u8], low: &[u8]) -> impl Iterator<Item = u8> {
    (0..32).map(|at| {
        let four = if at < 16 { low[at] & 15 } else { low[at - 16] >> 4 };
        four | (high[at / 8] >> (at % 8) & 1) << 4
    })
}

/// `block_q5_0`: scale, fifth bits, the other four; the steps are above −16.
fn q5_0(block: &[u8; 22], out: &mut Vec<f32>) {
    let scale = half_at(block, 0);
    out.extend(five_bits(&block[2..6], &block[6..]).map(|step| (f32::from(step) - 16.0) * scale));
}

/// `block_q5_1`: scale, minimum, fifth bits, the other four.
fn q5_1(block: &[u8; 24], out: &mut Vec<f32>) {
    let (scale, minimum) = (half_at(block, 0), half_at(block, 2));
    out.extend(five_bits(&block[4..8], &block[8..]).map(|step| f32::from(step) * scale + minimum));
}

/// `block_q5_K`: as `block_q4_K`, with 32 bytes of fifth bits, one bit for each run, before the others.
fn q5_k(block: &[u8; 176], out: &mut Vec<f32>) {
    for run in 0..8 {
        let (scale, minimum) = scale_and_minimum(block, run);
        let (high, low) = (&block[16..48], &block[48 + run / 2 * 32..][..32]);
        out.extend(high.iter().zip(low).map(|(high, low)| {
            let step = low >> (run % 2 * 4) & 15 | (high >> run & 1) << 4;
            f32::from(step) * scale - minimum
        }));
    }
}

/// `block_q6_K`: 128 bytes of low halves, 64 bytes of two top bits, sixteen signed scales, one factor. Each half of the block has four
/// runs of 32 values, which share bytes; the steps are above −32.
fn q6_k(block: &[u8; 210], out: &mut Vec<f32>) {
    let factor = half_at(block, 208);
    for run in 0..8 {
        let (half, quarter) = (run / 4, run % 4);
        let low = &block[64 * half + quarter % 2 * 32..][..32];
        let high = &block[128 + 32 * half..][..32];
        for at in 0..32 {
            let step = low[at] >> (quarter / 2 * 4) & 15 | (high[at] >> (2 * quarter) & 3) << 4;
            let scale = f32::from(block[192 + 2 * run + at / 16].cast_signed());
            out.push(factor * scale * (f32::from(step) - 32.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: [usize; 8] = [0, 1, 9, 15, 16, 17, 30, 31];
    const LARGE: [usize; 8] = [0, 33, 70, 100, 135, 170, 223, 255];

    /// A block whose byte `i` is `37 i + 11`, but for these halves.
    fn block(packing: Packing, halves: &[(usize, f32)]) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..packing.block().1).map(|at| (at * 37 + 11) as u8).collect();
        for (at, value) in halves {
            bytes[*at..at + 2].copy_from_slice(&f16::from_f32(*value).to_le_bytes());
        }
        bytes
    }

    /// The numbers are those of `gguf.quants.dequantize` (the Python package gguf 0.19.0) for the same bytes. By hand, the first of
    /// Q4_0: byte 2 is 85, its low half 5, three below 8, times 1/16.
    #[test]
    fn blocks_are_read_as_their_makers_read_them() {
        let check =
            |packing: Packing, halves: &[(usize, f32)], at: [usize; 8], expected: [f32; 8], sum: f32| {
                let bytes = block(packing, halves);
                let values = packing.values(&bytes).unwrap();
                assert_eq!(at.map(|at| values[at]), expected, "{packing:?}");
                assert_eq!(values.iter().sum::<f32>(), sum, "{packing:?}");
                let matrix = packing.matrix(&bytes, [1, values.len()]).unwrap();
                assert_eq!(matrix.into_f32(), values, "{packing:?}");
            };
        let (scale, minimum) = ((0, 0.0625), (2, -0.5));
        let of_q4_0 = [-0.1875, 0.125, -0.375, -0.5, -0.1875, -0.0625, -0.1875, 0.0];
        let of_q4_1 = [0.4375, -0.25, 0.25, 0.125, 0.0625, 0.25, 0.125, 0.25];
        let of_q5_0 = [0.5625, -0.125, 0.375, -0.75, 0.875, 0.0, 0.875, 0.0625];
        let of_q5_1 = [0.6875, 1.0, -0.5, 1.375, 0.6875, -0.1875, -0.3125, -0.1875];
        let of_q8_0 = [5.3125, 7.625, -5.875, -8.0, -5.6875, -3.375, -5.3125, -3.0];
        let of_q4_k = [19.71875, 1.25, 21.15625, 5.9375, 33.75, -0.9375, 17.84375, 3.03125];
        let of_q5_k = [50.71875, -0.25, 21.15625, 14.6875, 72.75, 36.5625, 66.84375, 6.78125];
        let of_q6_k = [-89.4375, -42.0, 83.125, 157.6875, -11.375, 110.5625, -63.0, -3.75];
        check(Packing::Q4_0, &[scale], SMALL, of_q4_0, -1.3125);
        check(Packing::Q4_1, &[scale, minimum], SMALL, of_q4_1, -0.6875);
        check(Packing::Q5_0, &[scale], SMALL, of_q5_0, 0.9375);
        check(Packing::Q5_1, &[scale, minimum], SMALL, of_q5_1, 15.5625);
        check(Packing::Q8_0, &[scale], SMALL, of_q8_0, -11.0);
        check(Packing::Q4K, &[scale, (2, 0.03125)], LARGE, of_q4_k, 3402.5);
        check(Packing::Q5K, &[scale, (2, 0.03125)], LARGE, of_q5_k, 7263.5);
        check(Packing::Q6K, &[(208, 0.0625)], LARGE, of_q6_k, 288.25);
    }

    #[test]
    fn blocks_that_are_not_finite_are_refused() {
        for packing in
            [Packing::Q4_0, Packing::Q4_1, Packing::Q5_0, Packing::Q5_1, Packing::Q4K, Packing::Q5K]
        {
            assert!(packing.values(&block(packing, &[(0, f32::NAN)])).is_err(), "{packing:?}");
        }
        // Twice 60 000 no half holds.
        assert!(Packing::Q4K.values(&block(Packing::Q4K, &[(0, 60_000.0)])).is_err());
        assert!(Packing::of(10).unwrap_err().contains("Q2_K") && Packing::of(99).unwrap_err().contains("99"));
    }
}
