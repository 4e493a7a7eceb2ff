//! What a clip is written as, as data: container, codecs, size, rate and quality. Knows neither encoders nor files.

use media::facts::VideoFacts;
use media::mux::{AudioCodec, OutputContainer, VideoCodec};
use media::time::FrameRate;
use serde::{Deserialize, Serialize};

use crate::edit::{OutputSize, Shape};
use crate::frame::AreaPx;
use crate::scene::Crop;

/// What a clip is written as.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OutputSpec {
    pub container: OutputContainer,
    pub video: VideoCodec,
    pub audio: AudioCodec,
    pub size: OutputSize,
    pub frame_rate: FrameRate,
    pub quality: Quality,
}

/// How many bits are spent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Of a pixel of each picture.
    pub bits_per_pixel: f64,
    /// Of a second of sound, all channels together.
    pub audio_bps: u32,
}

impl Quality {
    /// Looks clean for talking heads; sound at which nothing is heard to be missing.
    pub const GOOD: Self = Self { bits_per_pixel: 0.14, audio_bps: 160_000 };
}

impl OutputSpec {
    /// What is offered for a source: MP4 in the size and at the rate that its picture has the pixels and pictures for.
    pub fn for_source(source: Option<&VideoFacts>, shape: Shape) -> Self {
        Self {
            container: OutputContainer::Mp4,
            video: VideoCodec::H264,
            audio: AudioCodec::Aac,
            size: OutputSize::for_source(source, shape),
            frame_rate: customary_rate(source),
            quality: Quality::GOOD,
        }
    }

    /// Bits of a second of pictures, within what encoders and players take well.
    pub fn video_bps(&self) -> f64 {
        let pixels = f64::from(self.size.width_px) * f64::from(self.size.height_px);
        let bits = pixels * self.frame_rate.frames_per_second() * self.quality.bits_per_pixel;
        bits.clamp(1_000_000.0, 16_000_000.0)
    }
}

impl OutputSize {
    pub const HD: Self = Self::with_short_side(Shape::Upright, 720);
    pub const FULL_HD: Self = Self::with_short_side(Shape::Upright, 1080);

    /// What is painted while somebody watches: of the clip's shape, and small.
    pub const fn preview(shape: Shape) -> Self {
        Self::with_long_side(shape, 640)
    }

    /// The still of a clip: of its shape, and smaller.
    pub const fn poster(shape: Shape) -> Self {
        Self::with_long_side(shape, 480)
    }

    /// HD for a shape.
    pub const fn hd(shape: Shape) -> Self {
        Self::with_short_side(shape, 720)
    }

    /// As near as even sides come.
    const fn with_short_side(shape: Shape, short_px: u32) -> Self {
        let (width, height) = shape.ratio();
        let (short, long) = if width < height { (width, height) } else { (height, width) };
        let long_px = even_part(short_px, long, short);
        if width < height {
            Self { width_px: short_px, height_px: long_px }
        } else {
            Self { width_px: long_px, height_px: short_px }
        }
    }

    const fn with_long_side(shape: Shape, long_px: u32) -> Self {
        let (width, height) = shape.ratio();
        if width < height {
            Self { width_px: even_part(long_px, width, height), height_px: long_px }
        } else {
            Self { width_px: long_px, height_px: even_part(long_px, height, width) }
        }
    }

    /// The side by which captions are sized: the same for all shapes that are shown in one width.
    pub const fn short_side_px(self) -> u32 {
        if self.width_px < self.height_px { self.width_px } else { self.height_px }
    }

    /// Full HD where the crop of that shape has the pixels for it, otherwise HD; also for sources without a picture. A crop
    /// that is HD to the pixel stays as it is.
    pub fn for_source(video: Option<&VideoFacts>, shape: Shape) -> Self {
        const ENOUGH_PX: u32 = 1000;
        let hd = Self::hd(shape);
        let crop = video.map(|video| AreaPx::of_crop(&Crop::LARGEST, video, hd));
        match crop {
            Some(crop) if crop.height >= ENOUGH_PX && crop.height != hd.height_px => {
                Self::with_short_side(shape, 1080)
            }
            _ => hd,
        }
    }
}

/// The even number nearest to `length` times `times` over `over`.
const fn even_part(length: u32, times: u32, over: u32) -> u32 {
    (length * times + over) / (2 * over) * 2
}

/// The constant rate to export at: the source's, rounded to a customary one of at most 60; 30 where it is not known.
/// A slow source is shown at a rate that it divides best, so that its pictures stay equally long.
fn customary_rate(source: Option<&VideoFacts>) -> FrameRate {
    const CUSTOMARY: [(u32, u32); 9] =
        [(24, 1), (25, 1), (30, 1), (24000, 1001), (30000, 1001), (48, 1), (50, 1), (60000, 1001), (60, 1)];
    let wanted = source.and_then(|video| video.frame_rate).filter(|rate| rate.is_finite() && *rate > 0.0);
    let wanted = wanted.unwrap_or(30.0);
    let cost = |(numerator, denominator): (u32, u32)| {
        let rate = f64::from(numerator) / f64::from(denominator);
        if wanted < 20.0 {
            let times = rate / wanted;
            (times - times.round()).abs() / times.max(1.0)
        } else {
            (rate - wanted).abs()
        }
    };
    let best = CUSTOMARY.into_iter().min_by(|&a, &b| cost(a).total_cmp(&cost(b)));
    best.and_then(|(numerator, denominator)| FrameRate::new(numerator, denominator))
        .unwrap_or_else(|| FrameRate::nearest(30.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use media::Orientation;

    fn video(width: u32, height: u32, rotation: u16, frame_rate: Option<f64>) -> VideoFacts {
        VideoFacts {
            width,
            height,
            display_width: width,
            display_height: height,
            orientation: Orientation::new(rotation.into(), false),
            frame_rate,
            color: None,
        }
    }

    #[test]
    fn the_size_follows_the_source() {
        let check = |width, height, rotation, want| {
            let video = video(width, height, rotation, Some(30.0));
            assert_eq!(OutputSize::for_source(Some(&video), Shape::Upright), want, "{width}x{height}");
        };
        check(1920, 1080, 0, OutputSize::FULL_HD);
        check(1280, 720, 0, OutputSize::HD);
        check(1280, 720, 90, OutputSize::HD);
        check(2160, 3840, 0, OutputSize::FULL_HD);
        check(640, 480, 0, OutputSize::HD);
        assert_eq!(OutputSize::for_source(None, Shape::Upright), OutputSize::HD);
    }

    #[test]
    fn what_is_shown_has_the_shape_of_what_is_written() {
        let sides = |size: OutputSize| (size.width_px, size.height_px);
        let of =
            |shape| [OutputSize::preview(shape), OutputSize::poster(shape), OutputSize::hd(shape)].map(sides);
        assert_eq!(of(Shape::Upright), [(360, 640), (270, 480), (720, 1280)]);
        assert_eq!(of(Shape::Portrait), [(512, 640), (384, 480), (720, 900)]);
        assert_eq!(of(Shape::Square), [(640, 640), (480, 480), (720, 720)]);
        assert_eq!(of(Shape::Wide), [(640, 360), (480, 270), (1280, 720)]);
        let full = |shape| sides(OutputSize::for_source(Some(&video(1920, 1080, 0, None)), shape));
        assert_eq!(Shape::ALL.map(full), [(1080, 1920), (1080, 1350), (1080, 1080), (1920, 1080)]);
        let small = |shape| sides(OutputSize::for_source(Some(&video(640, 480, 0, None)), shape));
        assert_eq!(Shape::ALL.map(small), [(720, 1280), (720, 900), (720, 720), (1280, 720)]);
    }

    #[test]
    fn the_rate_is_a_customary_one() {
        let check = |measured: Option<f64>, want: (u32, u32)| {
            let video = video(1280, 720, 0, measured);
            assert_eq!(Some(customary_rate(Some(&video))), FrameRate::new(want.0, want.1), "{measured:?}");
        };
        check(Some(29.97), (30_000, 1001));
        check(Some(30.2), (30, 1));
        check(Some(23.976), (24_000, 1001));
        check(Some(25.0), (25, 1));
        check(Some(120.0), (60, 1));
        check(Some(240.0), (60, 1));
        check(Some(12.0), (24, 1));
        check(Some(12.5), (25, 1));
        check(Some(15.0), (30, 1));
        check(Some(0.0), (30, 1));
        check(Some(f64::NAN), (30, 1));
        check(None, (30, 1));
        assert_eq!(Some(customary_rate(None)), FrameRate::new(30, 1));
    }

    #[test]
    fn bits_go_by_size_and_rate_within_bounds() {
        let check = |size: OutputSize, rate: f64, expected: f64| {
            let spec = OutputSpec {
                size,
                frame_rate: FrameRate::nearest(rate),
                ..OutputSpec::for_source(None, Shape::Upright)
            };
            assert!((spec.video_bps() - expected).abs() < 1.0, "{size:?} at {rate}: {}", spec.video_bps());
        };
        check(OutputSize::HD, 30.0, 3_870_720.0);
        check(OutputSize::FULL_HD, 30.0, 8_709_120.0);
        check(OutputSize::FULL_HD, 60.0, 16_000_000.0);
        check(OutputSize { width_px: 90, height_px: 160 }, 30.0, 1_000_000.0);
    }

    #[test]
    fn what_a_clip_is_written_as_can_be_sent() {
        let spec = OutputSpec::for_source(None, Shape::Upright);
        let json = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<OutputSpec>(&json).unwrap(), spec, "{json}");
    }
}
