//! Crop, turn and scale of a decoded picture into an upright one. What depends on the geometry alone is computed once;
//! per picture there are only 8-bit fixed-point sums over rows, in loops that vectorize.

use super::axis::Axis;
use super::picture::{I420, I420View, Plane};
use super::turn::transpose;
use super::{PaintError, picture::LARGEST_SIDE_PX};
use crate::edit::OutputSize;
use crate::frame::AreaPx;
use media::facts::Orientation;

/// How a picture lies in its source and how it shall lie in the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Geometry {
    /// The decoded picture, before it is brought upright.
    pub source_width_px: u32,
    pub source_height_px: u32,
    /// Of the upright picture.
    pub crop: AreaPx,
    /// What makes the source upright.
    pub orientation: Orientation,
    pub size: OutputSize,
}

impl Geometry {
    /// The crop in the picture as it was decoded: left, top, width, height.
    fn source_rectangle(&self) -> Result<[u32; 4], PaintError> {
        let AreaPx { x, y, width, height } = self.crop;
        let (source_width, source_height) = (self.source_width_px, self.source_height_px);
        let (upright_width, upright_height) = if self.orientation.is_sideways() {
            (source_height, source_width)
        } else {
            (source_width, source_height)
        };
        // One pixel has no even crop; elsewhere a crop that sticks out is an error.
        let width = if upright_width == 1 { 1 } else { width };
        let height = if upright_height == 1 { 1 } else { height };
        let right = x.checked_add(width).filter(|&right| right <= upright_width && width > 0);
        let bottom = y.checked_add(height).filter(|&bottom| bottom <= upright_height && height > 0);
        let (Some(right), Some(bottom)) = (right, bottom) else { return Err(PaintError::Crop) };
        let [left, top, width, height] = match self.orientation.rotation() {
            0 => [x, y, width, height],
            90 => [y, source_height - right, height, width],
            180 => [source_width - right, source_height - bottom, width, height],
            _ => [source_width - bottom, x, height, width],
        };
        let left = if self.orientation.is_flipped() { source_width - left - width } else { left };
        Ok([left, top, width, height])
    }
}

/// Paints pictures of one geometry; keeps its tables and scratch rows between them.
#[derive(Debug)]
pub struct Scaler {
    geometry: Geometry,
    luma: PlaneScaler,
    chroma: PlaneScaler,
}

impl Scaler {
    pub fn new(geometry: Geometry) -> Result<Self, PaintError> {
        let OutputSize { width_px, height_px } = geometry.size;
        let odd = !width_px.is_multiple_of(2) || !height_px.is_multiple_of(2);
        let sides = [width_px, height_px, geometry.source_width_px, geometry.source_height_px];
        if odd || sides.iter().any(|&side| side == 0 || side > LARGEST_SIDE_PX) {
            return Err(PaintError::Size);
        }
        let [left, top, width, height] = geometry.source_rectangle()?.map(|px| px as usize);
        let (out_width, out_height) = (width_px as usize, height_px as usize);
        // Chroma covers the same part of the picture, at half the size.
        let half =
            |start: usize, length: usize| (start / 2, ((start + length).div_ceil(2) - start / 2).max(1));
        let ((half_left, half_width), (half_top, half_height)) = (half(left, width), half(top, height));
        let plane = |x, y, size| PlaneScaler::new(x, y, size, geometry.orientation);
        Ok(Self {
            geometry,
            luma: plane((left, width), (top, height), (out_width, out_height)),
            chroma: plane((half_left, half_width), (half_top, half_height), (out_width / 2, out_height / 2)),
        })
    }

    pub fn geometry(&self) -> &Geometry {
        &self.geometry
    }

    /// Paints `source`, which must have the geometry's source size, over all of `out`, which must have its output size.
    pub fn paint(&mut self, source: &I420View<'_>, out: &mut I420) -> Result<(), PaintError> {
        let fits = source.width_px == self.geometry.source_width_px
            && source.height_px == self.geometry.source_height_px
            && out.size() == self.geometry.size;
        if !fits {
            return Err(PaintError::Size);
        }
        let [y, u, v] = out.planes_mut();
        self.luma.paint(source.y, y);
        self.chroma.paint(source.u, u);
        self.chroma.paint(source.v, v);
        Ok(())
    }
}

/// The same for one plane. Works in the source's orientation, with its axes reversed where the turn needs it; a quarter
/// turn then is a transposition.
#[derive(Debug)]
struct PlaneScaler {
    columns: Axis,
    rows: Axis,
    /// Bytes in a row before the transposition.
    width: usize,
    /// The plane before its transposition; empty where there is none.
    untransposed: Vec<u8>,
    /// Two source rows scaled in width, and which ones they are.
    scaled: [(usize, Vec<u8>); 2],
    /// A row scaled in height only, with its fractions and without.
    sums: Vec<u16>,
    tall: Vec<u8>,
}

const NO_ROW: usize = usize::MAX;

impl PlaneScaler {
    /// `x` and `y`: start and length of the source's part; `size`: width and height of the output.
    fn new(x: (usize, usize), y: (usize, usize), size: (usize, usize), orientation: Orientation) -> Self {
        let (quarter, rotation) = (orientation.is_sideways(), orientation.rotation());
        let (width, height) = if quarter { (size.1, size.0) } else { size };
        let columns = Axis::new(x.0, x.1, width, matches!(rotation, 180 | 270) != orientation.is_flipped());
        let rows = Axis::new(y.0, y.1, height, matches!(rotation, 90 | 180));
        Self {
            columns,
            rows,
            width,
            untransposed: vec![0; if quarter { width * height } else { 0 }],
            scaled: [(NO_ROW, vec![0; width]), (NO_ROW, vec![0; width])],
            sums: vec![0; x.1],
            tall: vec![0; x.1],
        }
    }

    fn paint(&mut self, source: Plane<'_>, out: &mut [u8]) {
        if self.untransposed.is_empty() {
            self.scale(source, out);
        } else {
            let mut untransposed = std::mem::take(&mut self.untransposed);
            self.scale(source, &mut untransposed);
            transpose(&untransposed, self.width, out);
            self.untransposed = untransposed;
        }
    }

    fn scale(&mut self, source: Plane<'_>, out: &mut [u8]) {
        if self.columns.shrinks() || self.rows.shrinks() {
            self.shrink(source, out);
        } else {
            self.interpolate(source, out);
        }
    }

    /// Width first: when a picture grows, each of its rows is scaled once and used for several output rows.
    fn interpolate(&mut self, source: Plane<'_>, out: &mut [u8]) {
        self.scaled[0].0 = NO_ROW;
        self.scaled[1].0 = NO_ROW;
        for (i, out) in out.chunks_exact_mut(self.width).enumerate() {
            let (first, weight) = self.rows.pair(i);
            self.prepare(source, first);
            if weight == 0 {
                out.copy_from_slice(&self.scaled[first % 2].1);
                continue;
            }
            self.prepare(source, first + 1);
            let (upper, lower) = (&self.scaled[first % 2].1, &self.scaled[(first + 1) % 2].1);
            for ((out, &upper), &lower) in out.iter_mut().zip(upper).zip(lower) {
                *out = ((u16::from(upper) * (256 - weight) + u16::from(lower) * weight + 128) >> 8) as u8;
            }
        }
    }

    /// Scales a source row in width, unless it is there already.
    fn prepare(&mut self, source: Plane<'_>, row: usize) {
        let (held, scaled) = &mut self.scaled[row % 2];
        if *held != row {
            *held = row;
            self.columns.apply(self.columns.part_of(source.row(row)), scaled);
        }
    }

    /// Height first: when a picture shrinks, this sums whole rows, and what is left for the width is less.
    fn shrink(&mut self, source: Plane<'_>, out: &mut [u8]) {
        for (i, out) in out.chunks_exact_mut(self.width).enumerate() {
            self.sums.fill(128);
            for (row, weight) in self.rows.taps(i) {
                let part = self.columns.part_of(source.row(row));
                for (sum, &pixel) in self.sums.iter_mut().zip(part) {
                    // The weights add up to 256, so this stays below 2^16.
                    *sum = sum.wrapping_add(u16::from(pixel) * weight);
                }
            }
            for (pixel, sum) in self.tall.iter_mut().zip(&self.sums) {
                *pixel = (sum >> 8) as u8;
            }
            self.columns.apply(&self.tall, out);
        }
    }
}
