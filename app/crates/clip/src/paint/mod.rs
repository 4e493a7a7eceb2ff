//! Pure I420 painting: crop, turn and scale a decoded picture, convert its colors, blend the caption over it, or fill a
//! background.
//! Refuses to know codecs, canvases and text shaping; works on planes of bytes with integer arithmetic.

mod axis;
pub mod background;
pub mod caption;
pub mod color;
pub mod convert;
pub mod picture;
pub mod regions;
pub mod scale;
#[cfg(test)]
mod scale_tests;
mod turn;

pub use background::fill_gradient;
pub use caption::CaptionBitmap;
pub use color::{Matrix, Rgb, Yuv};
pub use convert::{Conversion, painted_in};
pub use picture::{I420, I420View, Plane};
pub use regions::RegionPainter;
pub use scale::{Geometry, Scaler};

/// Why a picture cannot be painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaintError {
    #[error("a plane holds fewer bytes than its size says")]
    ShortPlane,
    #[error("the picture has no pixels, an odd output side or a side over {limit} pixels", limit = picture::LARGEST_SIDE_PX)]
    Size,
    #[error("the crop lies outside the picture")]
    Crop,
}
