//! From sRGB letters and backgrounds to limited-range Y′CbCr, and from full range to limited.
//! Makes what is laid over a picture agree with it; what the picture itself needs is `convert`'s.

use media::facts::Color;

/// Luma coefficients of the picture (ITU-R BT.601-7 §2.5.1, BT.709-6 §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matrix {
    Bt601,
    #[default]
    Bt709,
}

impl Matrix {
    /// Those of a clip's colors.
    pub fn of(color: Color) -> Self {
        if matches!(color.matrix, 4..=6) { Self::Bt601 } else { Self::Bt709 }
    }

    fn coefficients(self) -> (f32, f32) {
        match self {
            Self::Bt601 => coefficients(6),
            Self::Bt709 => coefficients(1),
        }
    }
}

/// The luma coefficients of red and blue by ITU-T H.273 table 4; those of BT.709 where a picture's samples mean
/// something else altogether.
pub(super) fn coefficients(matrix: u16) -> (f32, f32) {
    match matrix {
        4 => (0.30, 0.11),
        5 | 6 => (0.299, 0.114),
        7 => (0.212, 0.087),
        9 | 10 => (0.2627, 0.0593),
        _ => (0.2126, 0.0722),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Limited range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Yuv {
    pub y: u8,
    pub u: u8,
    pub v: u8,
}

impl Rgb {
    pub fn to_yuv(self, matrix: Matrix) -> Yuv {
        let [y, u, v] = self.to_yuv_exact(matrix);
        let byte = |x: f32| (x + 0.5) as u8;
        Yuv { y: byte(y), u: byte(u), v: byte(v) }
    }

    /// Limited-range values before rounding.
    pub(super) fn to_yuv_exact(self, matrix: Matrix) -> [f32; 3] {
        let (kr, kb) = matrix.coefficients();
        let [r, g, b] = [self.0, self.1, self.2].map(|x| f32::from(x) / 255.0);
        let luma = kr * r + (1.0 - kr - kb) * g + kb * b;
        let (cb, cr) = ((b - luma) / (2.0 * (1.0 - kb)), (r - luma) / (2.0 * (1.0 - kr)));
        [16.0 + 219.0 * luma, 128.0 + 224.0 * cb, 128.0 + 224.0 * cr]
    }
}

/// Luma 0…255 to 16…235 in place. `220/256` stands for `219/255`: at most one level off, and it fits 16 bits.
pub(super) fn limit_luma(row: &mut [u8]) {
    for y in row {
        *y = ((u16::from(*y) * 220 + 4096 + 128) >> 8) as u8;
    }
}

/// Chroma 0…255 to 16…240 around 128 in place.
pub(super) fn limit_chroma(row: &mut [u8]) {
    for c in row {
        *c = ((u16::from(*c) * 225 + 128 * 31 + 128) >> 8) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_colors() {
        let check = |rgb: Rgb, matrix, want: [u8; 3]| {
            let got = rgb.to_yuv(matrix);
            assert_eq!([got.y, got.u, got.v], want, "{rgb:?} {matrix:?}");
        };
        // The color bars of the two recommendations at 100 %.
        check(Rgb(255, 255, 255), Matrix::Bt709, [235, 128, 128]);
        check(Rgb(0, 0, 0), Matrix::Bt709, [16, 128, 128]);
        check(Rgb(255, 0, 0), Matrix::Bt709, [63, 102, 240]);
        check(Rgb(0, 0, 255), Matrix::Bt709, [32, 240, 118]);
        check(Rgb(255, 0, 0), Matrix::Bt601, [81, 90, 240]);
        check(Rgb(0, 255, 0), Matrix::Bt601, [145, 54, 34]);
    }

    #[test]
    fn full_range_becomes_limited() {
        let mut luma: Vec<u8> = (0..=255).collect();
        limit_luma(&mut luma);
        let mut chroma: Vec<u8> = (0..=255).collect();
        limit_chroma(&mut chroma);
        for full in 0..256 {
            let want_luma = 16.0 + full as f32 * 219.0 / 255.0;
            let want_chroma = 128.0 + (full as f32 - 128.0) * 224.0 / 255.0;
            assert!((f32::from(luma[full]) - want_luma).abs() <= 1.0, "luma {full}");
            assert!((f32::from(chroma[full]) - want_chroma).abs() <= 1.0, "chroma {full}");
        }
        assert_eq!((luma[0], luma[255], chroma[0], chroma[128], chroma[255]), (16, 235, 16, 128, 240));
    }
}
