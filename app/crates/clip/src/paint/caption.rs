//! A rasterized caption as premultiplied Y′CbCr with alpha, and its blending over a picture.
//! Refuses to know text: the browser draws the letters, this takes their pixels.

use super::PaintError;
use super::color::{Matrix, Rgb};
use super::picture::{I420, LARGEST_SIDE_PX};

/// Where a caption covers the picture and with what. Made once per caption state, blended once per picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptionBitmap {
    luma: Layer,
    u: Layer,
    v: Layer,
}

/// One plane's part of a caption: rows of what is added and of how much of the picture remains.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Layer {
    x: usize,
    y: usize,
    width: usize,
    /// Value × alpha, row after row.
    added: Vec<u16>,
    /// 255 − alpha.
    kept: Vec<u8>,
    /// The part of each row that is not wholly transparent.
    spans: Vec<(u32, u32)>,
}

impl CaptionBitmap {
    /// `rgba`: sRGB with straight alpha, row after row, as a canvas hands it out; `x_px` and `y_px` say where its first
    /// pixel lies in the picture and may be negative. Odd places move by one pixel so that chroma fits.
    pub fn from_rgba(
        rgba: &[u8],
        width_px: u32,
        height_px: u32,
        x_px: i32,
        y_px: i32,
        matrix: Matrix,
    ) -> Result<Self, PaintError> {
        if width_px.max(height_px) > LARGEST_SIDE_PX {
            return Err(PaintError::Size);
        }
        let (width, height) = (width_px as usize, height_px as usize);
        if rgba.len() < width * height * 4 {
            return Err(PaintError::ShortPlane);
        }
        // What lies left of or above the picture is cut off here, in pairs of pixels.
        let skipped = |at: i32| at.min(0).unsigned_abs().next_multiple_of(2) as usize;
        let (left, top) = (skipped(x_px).min(width), skipped(y_px).min(height));
        let even = |at: i32| at.max(0) as usize / 2 * 2;
        let (x, y) = (even(x_px), even(y_px));
        let (shown_width, shown_height) = (width - left, height - top);
        let (half_width, half_height) = (shown_width.div_ceil(2), shown_height.div_ceil(2));
        let mut luma = Layer::new(x, y, shown_width, shown_height);
        let mut u = Layer::new(x / 2, y / 2, half_width, half_height);
        let mut v = u.clone();
        let pixel = |column: usize, row: usize| -> Option<[u8; 4]> {
            let at = ((row + top) * width + column + left) * 4;
            let inside = column < shown_width && row < shown_height;
            inside.then(|| [rgba[at], rgba[at + 1], rgba[at + 2], rgba[at + 3]])
        };
        for row in 0..shown_height {
            for column in 0..shown_width {
                let Some([r, g, b, alpha]) = pixel(column, row).filter(|pixel| pixel[3] > 0) else {
                    continue;
                };
                let [value, ..] = Rgb(r, g, b).to_yuv_exact(matrix);
                luma.set(column, row, value * f32::from(alpha), alpha);
            }
        }
        for row in 0..half_height {
            for column in 0..half_width {
                let (mut sum_u, mut sum_v, mut alpha, mut count) = (0.0, 0.0, 0.0, 0.0_f32);
                for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                    let Some([r, g, b, a]) = pixel(2 * column + dx, 2 * row + dy) else { continue };
                    count += 1.0;
                    if a > 0 {
                        let [_, cb, cr] = Rgb(r, g, b).to_yuv_exact(matrix);
                        sum_u += cb * f32::from(a);
                        sum_v += cr * f32::from(a);
                        alpha += f32::from(a);
                    }
                }
                let mean = (alpha / count.max(1.0)).round();
                if mean > 0.0 {
                    // The mean color of what is covered, at the mean cover.
                    u.set(column, row, sum_u / alpha * mean, mean as u8);
                    v.set(column, row, sum_v / alpha * mean, mean as u8);
                }
            }
        }
        Ok(Self { luma, u, v })
    }

    /// Lays the caption over `picture`; what sticks out on the right or below is cut off.
    pub fn blend(&self, picture: &mut I420) {
        let size = picture.size();
        let (width, height) = (size.width_px as usize, size.height_px as usize);
        let [y, u, v] = picture.planes_mut();
        self.luma.blend(y, width, height);
        self.u.blend(u, width / 2, height / 2);
        self.v.blend(v, width / 2, height / 2);
    }
}

impl Layer {
    fn new(x: usize, y: usize, width: usize, height: usize) -> Self {
        Self {
            x,
            y,
            width,
            added: vec![0; width * height],
            kept: vec![255; width * height],
            spans: vec![(0, 0); height],
        }
    }

    fn set(&mut self, column: usize, row: usize, added: f32, alpha: u8) {
        let at = row * self.width + column;
        self.added[at] = (added + 0.5) as u16;
        self.kept[at] = 255 - alpha;
        let (from, to) = &mut self.spans[row];
        if *from == *to {
            *from = column as u32;
        }
        *to = column as u32 + 1;
    }

    fn blend(&self, plane: &mut [u8], width: usize, height: usize) {
        for (row, &(from, to)) in self.spans.iter().enumerate() {
            let (from, to) = (from as usize, (to as usize).min(width.saturating_sub(self.x)));
            if from >= to || self.y + row >= height {
                continue;
            }
            let at = (self.y + row) * width + self.x;
            let under = &mut plane[at + from..at + to];
            let layer = row * self.width + from..row * self.width + to;
            for ((pixel, &added), &kept) in
                under.iter_mut().zip(&self.added[layer.clone()]).zip(&self.kept[layer])
            {
                // (p × (255 − a) + v × a) / 255, rounded, in 16 bits: the sum is at most 255 × 255.
                let sum = (u16::from(*pixel) * u16::from(kept)).saturating_add(added).saturating_add(128);
                *pixel = (sum.saturating_add(sum >> 8) >> 8) as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::OutputSize;

    fn picture() -> I420 {
        I420::black(OutputSize { width_px: 8, height_px: 4 }).unwrap()
    }

    fn check(rgba: [u8; 4], size: (u32, u32), at: (i32, i32), luma: [[u8; 8]; 4]) {
        let bytes = rgba.repeat((size.0 * size.1) as usize);
        let bitmap = CaptionBitmap::from_rgba(&bytes, size.0, size.1, at.0, at.1, Matrix::Bt709).unwrap();
        let mut picture = picture();
        bitmap.blend(&mut picture);
        assert_eq!(picture.planes()[0], luma.as_flattened(), "{rgba:?} {size:?} at {at:?}");
    }

    #[test]
    fn letters_cover_what_they_cover() {
        let none = [16; 8];
        check(
            [255; 4],
            (2, 2),
            (2, 2),
            [none, none, [16, 16, 235, 235, 16, 16, 16, 16], [16, 16, 235, 235, 16, 16, 16, 16]],
        );
        // Half transparent: the mean of 16 and 235.
        check([255, 255, 255, 128], (1, 1), (0, 0), [[126, 16, 16, 16, 16, 16, 16, 16], none, none, none]);
        check([255, 255, 255, 0], (8, 4), (0, 0), [none; 4]);
        // Cut off on all sides.
        check(
            [255; 4],
            (4, 4),
            (-2, -2),
            [[235, 235, 16, 16, 16, 16, 16, 16], [235, 235, 16, 16, 16, 16, 16, 16], none, none],
        );
        check(
            [255; 4],
            (4, 4),
            (6, 2),
            [none, none, [16, 16, 16, 16, 16, 16, 235, 235], [16, 16, 16, 16, 16, 16, 235, 235]],
        );
        check([255; 4], (2, 2), (80, 80), [none; 4]);
        check([255; 4], (2, 2), (-80, i32::MIN), [none; 4]);
    }

    #[test]
    fn color_reaches_the_chroma_planes() {
        let red = [255, 0, 0, 255].repeat(4);
        let bitmap = CaptionBitmap::from_rgba(&red, 2, 2, 2, 0, Matrix::Bt709).unwrap();
        let mut picture = picture();
        bitmap.blend(&mut picture);
        let [y, u, v] = picture.planes();
        assert_eq!((y[2], u[1], v[1]), (63, 102, 240));
        assert_eq!((y[0], u[0], v[0], u[2]), (16, 128, 128, 128));
    }

    #[test]
    fn a_short_buffer_is_refused() {
        assert_eq!(
            CaptionBitmap::from_rgba(&[0; 15], 2, 2, 0, 0, Matrix::Bt709),
            Err(PaintError::ShortPlane)
        );
    }
}
