//! Pictures as three planes of bytes: borrowed with strides as a decoder hands them out, or owned and packed.

use super::PaintError;
use crate::edit::OutputSize;

/// No picture that a browser decodes is larger.
pub const LARGEST_SIDE_PX: u32 = 16_384;

/// One plane: `height` rows of `width` bytes, `stride` bytes apart.
#[derive(Debug, Clone, Copy)]
pub struct Plane<'a> {
    pub bytes: &'a [u8],
    pub stride: usize,
    pub width: usize,
    pub height: usize,
}

impl<'a> Plane<'a> {
    pub fn new(bytes: &'a [u8], stride: usize, width: usize, height: usize) -> Result<Self, PaintError> {
        if width == 0 || height == 0 {
            return Err(PaintError::Size);
        }
        let needed = stride.checked_mul(height - 1).and_then(|n| n.checked_add(width));
        if stride < width || needed.is_none_or(|n| n > bytes.len()) {
            return Err(PaintError::ShortPlane);
        }
        Ok(Self { bytes, stride, width, height })
    }

    /// Row `y`; the last one where `y` lies below the plane.
    pub fn row(&self, y: usize) -> &'a [u8] {
        let at = y.min(self.height - 1) * self.stride;
        &self.bytes[at..at + self.width]
    }
}

/// A decoded picture as it lies in memory: chroma planes are half as wide and high, rounded up.
#[derive(Debug, Clone, Copy)]
pub struct I420View<'a> {
    pub width_px: u32,
    pub height_px: u32,
    pub y: Plane<'a>,
    pub u: Plane<'a>,
    pub v: Plane<'a>,
}

impl<'a> I420View<'a> {
    /// `strides` are bytes from one row to the next of Y, U and V.
    pub fn new(
        width_px: u32,
        height_px: u32,
        planes: [&'a [u8]; 3],
        strides: [usize; 3],
    ) -> Result<Self, PaintError> {
        if width_px.max(height_px) > LARGEST_SIDE_PX {
            return Err(PaintError::Size);
        }
        let (width, height) = (width_px as usize, height_px as usize);
        let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
        Ok(Self {
            width_px,
            height_px,
            y: Plane::new(planes[0], strides[0], width, height)?,
            u: Plane::new(planes[1], strides[1], half_width, half_height)?,
            v: Plane::new(planes[2], strides[2], half_width, half_height)?,
        })
    }
}

/// An owned picture with even sides; Y, U and V packed one after the other in one buffer, as `VideoFrame` takes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct I420 {
    width_px: u32,
    height_px: u32,
    bytes: Vec<u8>,
}

impl I420 {
    /// Black, limited range.
    pub fn black(size: OutputSize) -> Result<Self, PaintError> {
        let OutputSize { width_px, height_px } = size;
        let odd = !width_px.is_multiple_of(2) || !height_px.is_multiple_of(2);
        if odd || width_px == 0 || height_px == 0 || width_px.max(height_px) > LARGEST_SIDE_PX {
            return Err(PaintError::Size);
        }
        let luma = width_px as usize * height_px as usize;
        let mut bytes = vec![16; luma];
        bytes.resize(luma + luma / 2, 128);
        Ok(Self { width_px, height_px, bytes })
    }

    pub fn size(&self) -> OutputSize {
        OutputSize { width_px: self.width_px, height_px: self.height_px }
    }

    /// Y, U, V one after the other: width × height × 3 / 2 bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The Y, U and V planes.
    pub fn planes(&self) -> [&[u8]; 3] {
        let luma = self.luma_len();
        let (y, chroma) = self.bytes.split_at(luma);
        let (u, v) = chroma.split_at(luma / 4);
        [y, u, v]
    }

    pub fn planes_mut(&mut self) -> [&mut [u8]; 3] {
        let luma = self.luma_len();
        let (y, chroma) = self.bytes.split_at_mut(luma);
        let (u, v) = chroma.split_at_mut(luma / 4);
        [y, u, v]
    }

    /// Copies `other` into this picture without allocating; both must have one size.
    pub fn copy_from(&mut self, other: &I420) -> Result<(), PaintError> {
        if self.size() != other.size() {
            return Err(PaintError::Size);
        }
        self.bytes.copy_from_slice(&other.bytes);
        Ok(())
    }

    /// Lays `part` over this picture, its first pixel at `x` and `y`, which are even. It must lie inside.
    pub fn put(&mut self, part: &I420, x: u32, y: u32) -> Result<(), PaintError> {
        let inside = |at: u32, length: u32, full: u32| at.checked_add(length).is_some_and(|end| end <= full);
        let is_even = x.is_multiple_of(2) && y.is_multiple_of(2);
        if !is_even || !inside(x, part.width_px, self.width_px) || !inside(y, part.height_px, self.height_px)
        {
            return Err(PaintError::Size);
        }
        let (width, part_width) = (self.width_px as usize, part.width_px as usize);
        let (x, y) = (x as usize, y as usize);
        for (number, (plane, part)) in self.planes_mut().into_iter().zip(part.planes()).enumerate() {
            let half = usize::from(number > 0);
            let rows = plane.chunks_exact_mut(width >> half).skip(y >> half);
            for (row, part) in rows.zip(part.chunks_exact(part_width >> half)) {
                row[x >> half..][..part.len()].copy_from_slice(part);
            }
        }
        Ok(())
    }

    fn luma_len(&self) -> usize {
        self.width_px as usize * self.height_px as usize
    }
}
