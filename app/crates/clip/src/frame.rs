//! From an edit and a time to what one picture shows. The preview and the export paint the same recipe.

use crate::edit::{CaptionStyle, OutputSize};
use media::time::Instant;
use serde::{Deserialize, Serialize};

/// A rectangle of the source's upright picture (rotation applied), in pixels; all sides even.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CropPx {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// One word of a caption as it is shown now.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CaptionWord {
    pub text: String,
    /// Whether this is the word being spoken.
    pub spoken: bool,
}

/// The caption on one picture: at most two lines.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Caption {
    pub lines: Vec<Vec<CaptionWord>>,
    pub style: CaptionStyle,
}

/// Everything that a painter needs to know about one picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrameRecipe {
    /// Which instant of the source is shown.
    pub at: Instant,
    /// Absent where the source has no picture: the painter fills a background.
    pub crop: Option<CropPx>,
    /// Clockwise turn that makes the source upright: 0, 90, 180 or 270 degrees.
    pub rotation: u16,
    pub size: OutputSize,
    pub caption: Option<Caption>,
}
