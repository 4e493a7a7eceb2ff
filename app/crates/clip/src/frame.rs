//! From an edit and a time to what one picture shows. The preview and the export paint the same recipe.

use crate::captions::{Caption, Page, caption_at};
use crate::edit::{ClipEdit, OutputSize};
use crate::reframe::View;
use crate::scene::{Area, Crop};
use media::facts::{Orientation, VideoFacts};
use media::time::{Instant, Span};

/// A rectangle of a picture that is upright (orientation applied), in pixels; all sides even.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaPx {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// Everything that a painter needs to know about one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameRecipe {
    /// Which instant of the source is shown.
    pub at: Instant,
    /// In the order in which they are painted. None where the source has no picture: the painter fills a background.
    pub regions: Vec<RegionPx>,
    /// What makes the source upright.
    pub orientation: Orientation,
    pub size: OutputSize,
    pub caption: Option<Caption>,
}

/// A part of the source's picture and where it lands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RegionPx {
    /// What the scene asks for.
    asked: Crop,
    /// What of the source it is.
    pub crop: AreaPx,
    pub place: AreaPx,
}

impl AreaPx {
    /// What a crop is of a picture, for a place of this size.
    ///
    /// `video` may have pixels that are not square: the crop then has another shape in pixels, and shows as it should.
    pub fn of_crop(crop: &Crop, video: &VideoFacts, place: OutputSize) -> Self {
        let upright = Upright::of(video);
        let (width, height) = upright.largest(place);
        let (full_width, full_height) = (f64::from(upright.width), f64::from(upright.height));
        let fraction = |value: f32, other: f64| match value.is_finite() {
            true => f64::from(value.clamp(0.0, 1.0)),
            false => other,
        };
        let size = fraction(crop.size, 1.0);
        let (width, height) = (even(width * size, upright.width), even(height * size, upright.height));
        let left = (fraction(crop.center_x, 0.5) * full_width - f64::from(width) / 2.0).round().max(0.0);
        let top = (fraction(crop.center_y, 0.5) * full_height - f64::from(height) / 2.0).max(0.0);
        Self {
            x: (left as u32).min(upright.width.saturating_sub(width)) / 2 * 2,
            y: (top as u32).min(upright.height.saturating_sub(height)) / 2 * 2,
            width,
            height,
        }
    }

    /// Where an area lies in a picture of this size. Areas that meet do so here too.
    fn of_place(area: &Area, size: OutputSize) -> Self {
        let edges = |from: f32, length: f32, full: u32| {
            let edge = |at: f32| {
                ((f64::from(at) * f64::from(full) / 2.0).round() as u32).saturating_mul(2).min(full)
            };
            let from_px = edge(from).min(full.saturating_sub(2));
            (from_px, edge(from + length).max(from_px + 2))
        };
        let (left, right) = edges(area.left, area.width, size.width_px);
        let (top, bottom) = edges(area.top, area.height, size.height_px);
        Self { x: left, y: top, width: right - left, height: bottom - top }
    }

    pub fn size(&self) -> OutputSize {
        OutputSize { width_px: self.width, height_px: self.height }
    }
}

impl FrameRecipe {
    /// The recipe for a picture that is not as the one described that the recipe was made for: a stream that changes size,
    /// a container that errs. Each crop keeps its middle and its shape, so that nothing is pulled.
    pub fn fitted(&self, described: &VideoFacts, shown: &VideoFacts) -> Self {
        let (from, to) = (Upright::of(described), Upright::of(shown));
        if from == to {
            return self.clone();
        }
        let fit = |region: &RegionPx| {
            let middle = f64::from(region.crop.x) + f64::from(region.crop.width) / 2.0;
            let center_x = (middle / f64::from(from.width.max(1))) as f32;
            let crop = AreaPx::of_crop(&Crop { center_x, ..region.asked }, shown, region.place.size());
            RegionPx { crop, ..*region }
        };
        Self { regions: self.regions.iter().map(fit).collect(), ..self.clone() }
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

    /// Sides of the largest part of the shape of `place`, in source pixels.
    fn largest(&self, place: OutputSize) -> (f64, f64) {
        // How much wider than high it is, in source pixels.
        let shape = f64::from(place.width_px) / f64::from(place.height_px.max(1)) / self.pixel_aspect;
        let (full_width, full_height) = (f64::from(self.width), f64::from(self.height));
        if full_width > full_height * shape {
            (full_height * shape, full_height)
        } else {
            (full_width, full_width / shape)
        }
    }
}

/// How much of the picture's sides the largest crop for a clip of this size shows.
pub fn view(video: &VideoFacts, size: OutputSize) -> View {
    let upright = Upright::of(video);
    let (width, height) = upright.largest(size);
    let part = |length: f64, full: u32| ((length / f64::from(full.max(1))) as f32).clamp(0.01, 1.0);
    View { width: part(width, upright.width), height: part(height, upright.height) }
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
    let at = edit.timeline.source_at(time).unwrap_or_else(|| edit.timeline.last());
    let regions = video.into_iter().flat_map(|video| {
        edit.scenes.at(at).regions.iter().map(move |region| {
            let (asked, place) = (region.crop.at(at), AreaPx::of_place(&region.place, size));
            RegionPx { asked, crop: AreaPx::of_crop(&asked, video, place.size()), place }
        })
    });
    FrameRecipe {
        at,
        regions: regions.collect(),
        orientation: video.map_or(Orientation::UPRIGHT, |video| video.orientation),
        size,
        caption: caption_at(captions, edit.captions, edit.timeline.clock(time)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Change, CropPath, Keyframe, Region, Scene, Scenes};

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

    fn around(center_x: f32) -> Crop {
        Crop { center_x, ..Crop::LARGEST }
    }

    #[test]
    fn crops_are_even_vertical_and_inside() {
        let check = |(width, height): (u32, u32), display, rotation, center, want: [u32; 4]| {
            let video = video(width, height, display, rotation);
            let crop = AreaPx::of_crop(&around(center), &video, OutputSize::HD);
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
    fn a_view_is_what_the_largest_crop_shows() {
        let check = |video: VideoFacts, size: OutputSize, want: [f32; 2]| {
            let view = view(&video, size);
            let is_near = |a: f32, b: f32| (a - b).abs() < 1e-3;
            assert!(is_near(view.width, want[0]) && is_near(view.height, want[1]), "{view:?} of {video:?}");
        };
        check(video(1920, 1080, (1920, 1080), 0), OutputSize::HD, [0.3164, 1.0]);
        check(video(1440, 1080, (1920, 1080), 0), OutputSize::HD, [0.3164, 1.0]);
        check(video(1920, 1080, (1920, 1080), 90), OutputSize::HD, [1.0, 1.0]);
        let square = OutputSize { width_px: 1080, height_px: 1080 };
        check(video(1080, 1920, (1080, 1920), 0), square, [1.0, 0.5625]);
        check(video(0, 0, (0, 0), 0), square, [0.01, 0.01]);
    }

    #[test]
    fn a_recipe_without_a_picture_has_no_crop() {
        let edit = crate::edit::tests::clip(1, 0.0, 20.0);
        let recipe = recipe(&edit, &[], None, OutputSize::HD, Span::from_seconds(1.0));
        assert_eq!(
            (recipe.regions, recipe.orientation, recipe.caption),
            (vec![], Orientation::UPRIGHT, None)
        );
    }

    #[test]
    fn pictures_of_another_size_are_not_pulled() {
        let described = video(1280, 720, (1280, 720), 0);
        let edit =
            crate::edit::ClipEdit { scenes: Scenes::centered(0.7), ..crate::edit::tests::clip(1, 0.0, 20.0) };
        let made = recipe(&edit, &[], Some(&described), OutputSize::HD, Span::ZERO);
        let check = |shown: VideoFacts, want: [u32; 4]| {
            let [RegionPx { crop, place, .. }] = made.fitted(&described, &shown).regions[..] else {
                panic!("one region of {shown:?}")
            };
            assert_eq!([crop.x, crop.y, crop.width, crop.height], want, "{shown:?}");
            assert_eq!(place, AreaPx { x: 0, y: 0, width: 720, height: 1280 });
        };
        check(described.clone(), [692, 0, 406, 720]);
        check(video(640, 360, (640, 360), 0), [346, 0, 202, 360]);
        // Another shape, and pixels that are not square: the same middle, 9:16 as shown.
        check(video(640, 480, (640, 480), 0), [312, 0, 270, 480]);
        check(video(720, 480, (854, 480), 0), [388, 0, 228, 480]);
        check(video(360, 640, (360, 640), 0), [0, 0, 360, 640]);
    }

    /// A face that is followed, then that face above and the whole picture's middle below.
    #[test]
    fn the_recipe_follows_the_scenes() {
        let video = video(1920, 1080, (1920, 1080), 0);
        let key = |at_s, center_x| Keyframe { at: Instant::from_seconds(at_s), crop: around(center_x) };
        let followed = CropPath::new(vec![key(2.0, 0.25), key(4.0, 0.75)]);
        let half = |top| Area { top, height: 0.5, ..Area::WHOLE };
        let face = CropPath::still(Crop { center_x: 0.5, center_y: 0.25, size: 0.5 });
        let first = Scene { regions: vec![Region { crop: followed, place: Area::WHOLE }] };
        let stacked = Scene {
            regions: vec![
                Region { crop: face, place: half(0.0) },
                Region { crop: CropPath::still(Crop::LARGEST), place: half(0.5) },
            ],
        };
        let scenes = Scenes::new(first, vec![Change { at: Instant::from_seconds(6.0), scene: stacked }]);
        let edit = crate::edit::ClipEdit { scenes, ..crate::edit::tests::clip(1, 1.0, 20.0) };
        let check = |time_s, want: &[[[u32; 4]; 2]]| {
            let recipe = recipe(&edit, &[], Some(&video), OutputSize::HD, Span::from_seconds(time_s));
            let sides = |area: AreaPx| [area.x, area.y, area.width, area.height];
            let got: Vec<_> = recipe.regions.iter().map(|one| [sides(one.crop), sides(one.place)]).collect();
            assert_eq!(got, want, "{time_s} s in");
        };
        let all = [0, 0, 720, 1280];
        check(0.5, &[[[176, 0, 608, 1080], all]]);
        check(2.0, &[[[656, 0, 608, 1080], all]]);
        check(4.9, &[[[1136, 0, 608, 1080], all]]);
        let (face, below) = ([656, 0, 608, 540], [352, 0, 1216, 1080]);
        check(5.0, &[[face, [0, 0, 720, 640]], [below, [0, 640, 720, 640]]]);
    }

    #[test]
    fn places_meet_and_have_even_sides() {
        let third = |left: f32| Area { left, width: 1.0 / 3.0, ..Area::WHOLE };
        let size = OutputSize { width_px: 1000, height_px: 100 };
        let places = [0.0, 1.0 / 3.0, 2.0 / 3.0].map(|left| AreaPx::of_place(&third(left), size));
        assert_eq!(places.map(|place| (place.x, place.width)), [(0, 334), (334, 332), (666, 334)]);
        let beyond = Area { left: 1.5, top: -1.0, width: 2.0, height: f32::NAN };
        let place = AreaPx::of_place(&beyond, size);
        assert_eq!((place.x, place.y, place.width, place.height), (998, 0, 2, 2));
    }
}
