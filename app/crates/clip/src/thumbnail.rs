//! Small upright pictures of the source, for what looks at a film rather than shows it.

use crate::scene::Area;
use crate::sight::Face;
use media::time::Instant;

/// Pixels of the longer side of a thumbnail.
pub const LONG_SIDE: usize = 256;

/// A picture of the source, upright and with square pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Thumbnail {
    /// Since when the source shows it.
    pub from: Instant,
    pub width: usize,
    pub height: usize,
    /// `[height, width, 4]`: red, green, blue and what is not looked at.
    pub rgba: Vec<u8>,
}

/// How light a picture of the source is, at as many places as a thumbnail has pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Gray {
    /// Since when the source shows it.
    pub from: Instant,
    pub width: usize,
    pub height: usize,
    /// `[height, width]`, 0 to 255.
    pub luma: Vec<u8>,
}

/// Columns and rows of [`Gray::tones`].
pub const COLUMNS: usize = 32;
pub const ROWS: usize = 18;

/// How light a picture is, piece by piece: `[ROWS, COLUMNS]`, 0 to 255.
pub type Tones = [u8; COLUMNS * ROWS];

impl Thumbnail {
    /// The pixels a picture of this shape has as a thumbnail.
    pub fn size_of(width: f64, height: f64) -> (usize, usize) {
        let long = LONG_SIDE as f64;
        let scale = long / width.max(height).max(1.0);
        let side = |length: f64| ((length * scale).round() as usize).clamp(1, LONG_SIDE);
        (side(width), side(height))
    }

    /// In the middle of a square of [`LONG_SIDE`] pixels, black around: `[LONG_SIDE, LONG_SIDE, 3]`, 0 to 255.
    pub fn squared(&self) -> Vec<u8> {
        let mut square = vec![0; LONG_SIDE * LONG_SIDE * 3];
        let (left, top) = self.in_square();
        for (row, line) in self.rgba.chunks_exact(self.width * 4).take(self.height).enumerate() {
            let start = ((top + row) * LONG_SIDE + left) * 3;
            let slots = square.get_mut(start..).unwrap_or_default().chunks_exact_mut(3);
            for (slot, pixel) in slots.zip(line.chunks_exact(4)) {
                slot.iter_mut().zip(pixel).for_each(|(slot, value)| *slot = *value);
            }
        }
        square
    }

    /// A face that was found in the square, in fractions of the picture; `None`: its middle lies beside the picture.
    pub fn out_of_square(&self, face: &Face) -> Option<Face> {
        let (left, top) = self.in_square();
        let across = |at: f32| (at * LONG_SIDE as f32 - left as f32) / self.width as f32;
        let down = |at: f32| (at * LONG_SIDE as f32 - top as f32) / self.height as f32;
        let Area { left, top, width, height } = face.area;
        let (right, bottom) = (across(left + width), down(top + height));
        let (left, top) = (across(left), down(top));
        let found = Face { area: Area { left, top, width: right - left, height: bottom - top }, ..*face };
        found.center().iter().all(|at| (0.0..=1.0).contains(at)).then_some(found)
    }

    /// Where it lies in its square, in pixels.
    fn in_square(&self) -> (usize, usize) {
        (LONG_SIDE.saturating_sub(self.width) / 2, LONG_SIDE.saturating_sub(self.height) / 2)
    }

    /// How light it is.
    pub fn gray(&self) -> Gray {
        let weighed = |pixel: &[u8]| {
            let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
            ((77 * red + 150 * green + 29 * blue) >> 8) as u8
        };
        let luma = self.rgba.chunks_exact(4).take(self.width * self.height).map(weighed).collect();
        Gray { from: self.from, width: self.width, height: self.height, luma }
    }
}

impl Gray {
    /// Means of the luma over pieces of the picture.
    pub fn tones(&self) -> Tones {
        let mut tones = [0; COLUMNS * ROWS];
        for (row, tones) in tones.chunks_exact_mut(COLUMNS).enumerate() {
            let rows = part(row, ROWS, self.height);
            for (column, tone) in tones.iter_mut().enumerate() {
                let columns = part(column, COLUMNS, self.width);
                let line =
                    |y: usize| self.luma.get(y * self.width + columns.start..y * self.width + columns.end);
                let lines = rows.clone().filter_map(line);
                let (sum, count) =
                    lines.flatten().fold((0, 0), |(sum, count), luma| (sum + u32::from(*luma), count + 1));
                *tone = (sum / u32::max(count, 1)) as u8;
            }
        }
        tones
    }
}

/// The pixels of the `number`th of `count` parts of a side; at least one.
pub fn part(number: usize, count: usize, length: usize) -> std::ops::Range<usize> {
    let start = number * length / count;
    start..((number + 1) * length / count).clamp(start + 1, length.max(start + 1))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A gray picture, each pixel as `tone` says of its place in fractions.
    pub fn gray(at_s: f64, tone: impl Fn(f64, f64) -> u8) -> Thumbnail {
        let (width, height) = Thumbnail::size_of(1280.0, 720.0);
        let pixels = (0..width * height).flat_map(|at| {
            let (x, y) = ((at % width) as f64 / width as f64, (at / width) as f64 / height as f64);
            let tone = tone(x, y);
            [tone, tone, tone, 255]
        });
        Thumbnail { from: Instant::from_seconds(at_s), width, height, rgba: pixels.collect() }
    }

    #[test]
    fn sizes_keep_the_shape() {
        for (size, expected) in [
            ((1920.0, 1080.0), (256, 144)),
            ((1080.0, 1920.0), (144, 256)),
            ((100.0, 100.0), (256, 256)),
            ((10_000.0, 1.0), (256, 1)),
            ((0.0, 0.0), (1, 1)),
        ] {
            assert_eq!(Thumbnail::size_of(size.0, size.1), expected, "{size:?}");
        }
    }

    #[test]
    fn tones_are_means_of_their_pieces() {
        let picture = gray(0.0, |x, _| if x < 0.5 { 40 } else { 200 });
        let tones = picture.gray().tones();
        assert!(tones.chunks_exact(COLUMNS).all(|row| row[..16] == [40; 16] && row[16..] == [200; 16]));
        // Fewer pixels than pieces.
        let tiny = Thumbnail {
            from: Instant::ZERO,
            width: 2,
            height: 1,
            rgba: vec![10, 10, 10, 255, 90, 90, 90, 255],
        };
        let tones = tiny.gray().tones();
        assert_eq!((tones[0], tones[COLUMNS - 1]), (10, 90));
    }

    #[test]
    fn what_is_found_in_the_square_lies_in_the_picture() {
        // Twice as wide as high: a quarter of the square above it, and one below.
        let (width, height) = Thumbnail::size_of(200.0, 100.0);
        let rgba = [9, 8, 7, 255].repeat(width * height);
        let picture = Thumbnail { from: Instant::ZERO, width, height, rgba };
        let square = picture.squared();
        let at = |x: usize, y: usize| &square[(y * LONG_SIDE + x) * 3..][..3];
        assert_eq!(
            [at(0, 63), at(0, 64), at(255, 191), at(255, 192)],
            [[0; 3], [9, 8, 7], [9, 8, 7], [0; 3]]
        );
        let face = |top| Face { area: Area { left: 0.25, top, width: 0.5, height: 0.25 }, score: 0.8 };
        let expected = Face { area: Area { left: 0.25, top: 0.25, width: 0.5, height: 0.5 }, score: 0.8 };
        assert_eq!(picture.out_of_square(&face(0.375)), Some(expected));
        assert_eq!(picture.out_of_square(&face(0.0)), None);
    }

    #[test]
    fn colors_weigh_as_they_are_seen() {
        let of = |rgb: [u8; 3]| {
            let rgba = vec![rgb[0], rgb[1], rgb[2], 255];
            Thumbnail { from: Instant::ZERO, width: 1, height: 1, rgba }.gray().luma[0]
        };
        assert_eq!([of([255; 3]), of([255, 0, 0]), of([0, 255, 0]), of([0, 0, 255])], [255, 76, 149, 28]);
    }
}
