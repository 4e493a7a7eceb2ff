//! From an edit and a time to what one picture shows. The preview and the export paint the same recipe.

use crate::captions::{Caption, Page, caption_at};
use crate::edit::{ClipEdit, OutputSize};
use media::facts::{Orientation, VideoFacts};
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

/// A rectangle of the source's upright picture (orientation applied), in pixels; all sides even.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CropPx {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// Everything that a painter needs to know about one picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrameRecipe {
    /// Which instant of the source is shown.
    pub at: Instant,
    /// Absent where the source has no picture: the painter fills a background.
    pub crop: Option<CropPx>,
    /// What makes the source upright.
    pub orientation: Orientation,
    pub size: OutputSize,
    pub caption: Option<Caption>,
}

impl CropPx {
    /// The upright 9:16 (or `size`-shaped) part of a picture around `center_x`, as large as fits; all sides even.
    ///
    /// `video` may have pixels that are not square: the crop is then not 9:16 in pixels, but shows so.
    pub fn of(video: &VideoFacts, size: OutputSize, center_x: f32) -> Self {
        let upright = Upright::of(video);
        // How much wider than high the crop is, in source pixels.
        let shape = f64::from(size.width_px) / f64::from(size.height_px.max(1)) / upright.pixel_aspect;
        let (full_width, full_height) = (f64::from(upright.width), f64::from(upright.height));
        let (width, height) = if full_width > full_height * shape {
            (full_height * shape, full_height)
        } else {
            (full_width, full_width / shape)
        };
        let (width, height) = (even(width, upright.width), even(height, upright.height));
        let center_x = if center_x.is_finite() { f64::from(center_x.clamp(0.0, 1.0)) } else { 0.5 };
        let left = (center_x * full_width - f64::from(width) / 2.0).round().max(0.0) as u32;
        Self {
            x: left.min(upright.width.saturating_sub(width)) / 2 * 2,
            y: upright.height.saturating_sub(height) / 4 * 2,
            width,
            height,
        }
    }
}

impl FrameRecipe {
    /// The recipe for a picture that is not as the one described that the recipe was made for: a stream that changes size,
    /// a container that errs. The crop keeps its middle and its shape, so that nothing is pulled.
    pub fn fitted(&self, described: &VideoFacts, shown: &VideoFacts) -> Self {
        let (from, to) = (Upright::of(described), Upright::of(shown));
        let Some(crop) = self.crop.filter(|_| from != to) else { return self.clone() };
        let center_x = (f64::from(crop.x) + f64::from(crop.width) / 2.0) / f64::from(from.width.max(1));
        Self { crop: Some(CropPx::of(shown, self.size, center_x as f32)), ..self.clone() }
    }
}

/// The nearest even length, at least two and at most the even part of `most`.
fn even(length: f64, most: u32) -> u32 {
    let nearest = ((length / 2.0).round() as u32).saturating_mul(2);
    nearest.min(most / 2 * 2).max(2)
}

/// A picture after it was brought upright.
#[derive(PartialEq)]
struct Upright {
    width: u32,
    height: u32,
    /// Width of one upright pixel over its height, as shown.
    pixel_aspect: f64,
}

impl Upright {
    fn of(video: &VideoFacts) -> Self {
        let stretch = |shown: u32, coded: u32| {
            if shown == 0 || coded == 0 { 1.0 } else { f64::from(shown) / f64::from(coded) }
        };
        let aspect = stretch(video.display_width, video.width) / stretch(video.display_height, video.height);
        let aspect = aspect.clamp(0.1, 10.0);
        if video.orientation.is_sideways() {
            Self { width: video.height, height: video.width, pixel_aspect: 1.0 / aspect }
        } else {
            Self { width: video.width, height: video.height, pixel_aspect: aspect }
        }
    }
}

impl OutputSize {
    pub const HD: Self = Self { width_px: 720, height_px: 1280 };
    pub const FULL_HD: Self = Self { width_px: 1080, height_px: 1920 };

    /// Full HD where the upright crop has the pixels for it, otherwise HD; also for sources without a picture. A crop
    /// that is HD to the pixel stays as it is.
    pub fn for_source(video: Option<&VideoFacts>) -> Self {
        const ENOUGH_PX: u32 = 1000;
        let crop = video.map(|video| CropPx::of(video, Self::HD, 0.5));
        match crop {
            Some(crop) if crop.height >= ENOUGH_PX && crop.height != Self::HD.height_px => Self::FULL_HD,
            _ => Self::HD,
        }
    }
}

/// What the picture shows that is played at `time`, counted from the clip's begin. `captions` are the clip's pages in order; `video` is
/// `None` where the source has no picture.
pub fn recipe(
    edit: &ClipEdit,
    captions: &[Page],
    video: Option<&VideoFacts>,
    size: OutputSize,
    time: Span,
) -> FrameRecipe {
    FrameRecipe {
        at: edit.timeline.source_at(time).unwrap_or_else(|| edit.timeline.last()),
        crop: video.map(|video| CropPx::of(video, size, edit.crop_center_x)),
        orientation: video.map_or(Orientation::UPRIGHT, |video| video.orientation),
        size,
        caption: caption_at(captions, edit.captions, edit.timeline.clock(time)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn video(width: u32, height: u32, display: (u32, u32), rotation: u16) -> VideoFacts {
        VideoFacts {
            width,
            height,
            display_width: display.0,
            display_height: display.1,
            orientation: Orientation::new(rotation.into(), false),
            frame_rate: Some(30.0),
            color: None,
        }
    }

    #[test]
    fn crops_are_even_vertical_and_inside() {
        let check = |(width, height): (u32, u32), display, rotation, center, want: [u32; 4]| {
            let video = video(width, height, display, rotation);
            let crop = CropPx::of(&video, OutputSize::HD, center);
            assert_eq!([crop.x, crop.y, crop.width, crop.height], want, "{video:?} at {center}");
        };
        check((1280, 720), (1280, 720), 0, 0.5, [436, 0, 406, 720]);
        check((1920, 1080), (1920, 1080), 0, 0.5, [656, 0, 608, 1080]);
        check((1920, 1080), (1920, 1080), 0, 0.0, [0, 0, 608, 1080]);
        check((1920, 1080), (1920, 1080), 0, 1.0, [1312, 0, 608, 1080]);
        check((1920, 1080), (1920, 1080), 0, f32::NAN, [656, 0, 608, 1080]);
        // A phone held upright loses nothing.
        check((1920, 1080), (1920, 1080), 90, 0.2, [0, 0, 1080, 1920]);
        check((720, 1280), (720, 1280), 0, 0.9, [0, 0, 720, 1280]);
        // Taller than 9:16: the middle of the height.
        check((1080, 2400), (1080, 2400), 0, 0.5, [0, 240, 1080, 1920]);
        // Anamorphic: 1440 pixels shown 1920 wide, so that 9:16 is 456 of them.
        check((1440, 1080), (1920, 1080), 0, 0.5, [492, 0, 456, 1080]);
        check((1440, 1080), (1920, 1080), 270, 0.5, [0, 0, 1080, 1440]);
        // Odd and tiny pictures.
        check((1919, 1079), (1919, 1079), 0, 0.5, [656, 0, 606, 1078]);
        check((2, 2), (2, 2), 0, 0.5, [0, 0, 2, 2]);
        check((1, 1), (0, 0), 180, 0.5, [0, 0, 2, 2]);
    }

    #[test]
    fn the_size_follows_the_source() {
        let check = |width, height, rotation, want| {
            let video = video(width, height, (width, height), rotation);
            assert_eq!(OutputSize::for_source(Some(&video)), want, "{width}x{height}");
        };
        check(1920, 1080, 0, OutputSize::FULL_HD);
        check(1280, 720, 0, OutputSize::HD);
        check(1280, 720, 90, OutputSize::HD);
        check(2160, 3840, 0, OutputSize::FULL_HD);
        check(640, 480, 0, OutputSize::HD);
        assert_eq!(OutputSize::for_source(None), OutputSize::HD);
    }

    #[test]
    fn a_recipe_without_a_picture_has_no_crop() {
        let edit = crate::edit::tests::clip(1, 0.0, 20.0);
        let recipe = recipe(&edit, &[], None, OutputSize::HD, Span::from_seconds(1.0));
        assert_eq!((recipe.crop, recipe.orientation, recipe.caption), (None, Orientation::UPRIGHT, None));
    }

    #[test]
    fn pictures_of_another_size_are_not_pulled() {
        let described = video(1280, 720, (1280, 720), 0);
        let edit = crate::edit::ClipEdit { crop_center_x: 0.7, ..crate::edit::tests::clip(1, 0.0, 20.0) };
        let made = recipe(&edit, &[], Some(&described), OutputSize::HD, Span::ZERO);
        let check = |shown: VideoFacts, want: [u32; 4]| {
            let crop = made.fitted(&described, &shown).crop.expect("a crop");
            assert_eq!([crop.x, crop.y, crop.width, crop.height], want, "{shown:?}");
        };
        check(described.clone(), [692, 0, 406, 720]);
        check(video(640, 360, (640, 360), 0), [346, 0, 202, 360]);
        // Another shape, and pixels that are not square: the same middle, 9:16 as shown.
        check(video(640, 480, (640, 480), 0), [312, 0, 270, 480]);
        check(video(720, 480, (854, 480), 0), [388, 0, 228, 480]);
        check(video(360, 640, (360, 640), 0), [0, 0, 360, 640]);
    }
}
