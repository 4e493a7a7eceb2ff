//! What a clip shows of the source's picture, and where in its own: scenes of regions, over the source's time.
//! Fractions alone; which pixels they are is [`crate::frame`]'s.

use crate::order;
use media::time::Instant;
use serde::{Deserialize, Serialize};

/// What a clip shows, scene after scene. The first holds from the begin of the source on, so each instant has its scene, however the
/// edges of the clip are moved and its ranges are put.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scenes {
    first: Scene,
    /// In the order of time.
    later: Vec<Change>,
}

/// A scene that takes the place of the one before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Of the source.
    pub at: Instant,
    pub scene: Scene,
}

/// Parts of the source's picture that are shown together, in the order in which they are painted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    pub regions: Vec<Region>,
}

/// One part of the source's picture and its place in the clip's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Region {
    pub crop: CropPath,
    pub place: Area,
}

/// A part of a picture, in fractions of its sides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

/// Which part of the upright source is shown. It has the shape of the place that it fills, whatever the shape of the clip.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Crop {
    /// Its middle, in fractions of the upright picture's sides. Near an edge it lies as far out as the picture goes.
    pub center_x: f32,
    pub center_y: f32,
    /// Its sides over those of the largest part of that shape.
    pub size: f32,
}

/// How a crop moves with the source's time: evenly from keyframe to keyframe. Before the first and behind the last it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CropPath {
    /// In the order of time; two at one instant are a jump.
    keyframes: Vec<Keyframe>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Keyframe {
    /// Of the source.
    pub at: Instant,
    pub crop: Crop,
}

impl Scenes {
    pub fn new(first: Scene, mut later: Vec<Change>) -> Self {
        order::sort_by_key(&mut later, |change| change.at);
        Self { first, later }
    }

    /// One scene: as much of the picture as fills the clip's, around `center_x` of its width.
    pub fn centered(center_x: f32) -> Self {
        let crop = CropPath::still(Crop { center_x, ..Crop::LARGEST });
        Self::new(Scene { regions: vec![Region { crop, place: Area::WHOLE }] }, Vec::new())
    }

    /// The middle of what is shown first: what [`Self::centered`] was given.
    pub fn center_x(&self) -> f32 {
        let region = self.first.regions.first();
        let keyframe = region.and_then(|region| region.crop.keyframes.first());
        keyframe.map_or(Crop::LARGEST.center_x, |keyframe| keyframe.crop.center_x)
    }

    /// What is shown of an instant of the source.
    pub fn at(&self, at: Instant) -> &Scene {
        let begun = self.later.partition_point(|change| change.at <= at);
        self.later[..begun].last().map_or(&self.first, |change| &change.scene)
    }
}

impl Area {
    pub const WHOLE: Self = Self { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };
}

impl Crop {
    /// All that fits, from the middle.
    pub const LARGEST: Self = Self { center_x: 0.5, center_y: 0.5, size: 1.0 };

    /// What lies `share` of the way from this one to `other`.
    fn towards(&self, other: &Self, share: f32) -> Self {
        let between = |from: f32, to: f32| from + (to - from) * share;
        Self {
            center_x: between(self.center_x, other.center_x),
            center_y: between(self.center_y, other.center_y),
            size: between(self.size, other.size),
        }
    }
}

impl CropPath {
    pub fn new(mut keyframes: Vec<Keyframe>) -> Self {
        order::sort_by_key(&mut keyframes, |keyframe| keyframe.at);
        Self { keyframes }
    }

    pub fn still(crop: Crop) -> Self {
        Self { keyframes: vec![Keyframe { at: Instant::ZERO, crop }] }
    }

    /// In the order of time.
    pub fn keyframes(&self) -> &[Keyframe] {
        &self.keyframes
    }

    /// The crop at an instant of the source.
    pub fn at(&self, at: Instant) -> Crop {
        let (passed, coming) =
            self.keyframes.split_at(self.keyframes.partition_point(|keyframe| keyframe.at <= at));
        match (passed.last(), coming.first()) {
            (Some(before), Some(after)) => {
                let share = (at - before.at).seconds() / (after.at - before.at).seconds();
                before.crop.towards(&after.crop, share as f32)
            }
            (Some(nearest), None) | (None, Some(nearest)) => nearest.crop,
            (None, None) => Crop::LARGEST,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(seconds: f64) -> Instant {
        Instant::from_seconds(seconds)
    }

    fn crop(center_x: f32, center_y: f32, size: f32) -> Crop {
        Crop { center_x, center_y, size }
    }

    #[test]
    fn a_crop_that_stands_is_what_it_was_made_of() {
        let scenes = Scenes::centered(0.25);
        assert_eq!(scenes.center_x(), 0.25);
        for at in [-1.0, 0.0, 3600.0] {
            let [region] = scenes.at(second(at)).regions.as_slice() else { panic!("one region at {at}") };
            assert_eq!((region.crop.at(second(at)), region.place), (crop(0.25, 0.5, 1.0), Area::WHOLE));
        }
        assert_ne!(scenes, Scenes::centered(0.5));
    }

    #[test]
    fn each_instant_has_its_scene() {
        let scene = |center_x| Scenes::centered(center_x).first;
        let change = |at, center_x| Change { at: second(at), scene: scene(center_x) };
        let scenes = Scenes::new(scene(0.1), vec![change(20.0, 0.3), change(10.0, 0.2)]);
        for (at, expected) in [(-5.0, 0.1), (9.999, 0.1), (10.0, 0.2), (19.0, 0.2), (20.0, 0.3), (1e6, 0.3)] {
            assert_eq!(scenes.at(second(at)), &scene(expected), "at {at}");
        }
        assert_eq!(scenes.center_x(), 0.1);
    }

    #[test]
    fn a_crop_moves_evenly_and_jumps_where_two_are_given() {
        let key = |at, crop| Keyframe { at: second(at), crop };
        let path = CropPath::new(vec![
            key(20.0, crop(0.9, 0.5, 0.8)),
            key(10.0, crop(0.2, 0.4, 1.0)),
            key(14.0, crop(0.6, 0.6, 0.5)),
            key(20.0, crop(0.1, 0.5, 1.0)),
        ]);
        let check = |at, expected: [f32; 3]| {
            let crop = path.at(second(at));
            let got = [crop.center_x, crop.center_y, crop.size];
            assert!(got.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{got:?} at {at}");
        };
        check(0.0, [0.2, 0.4, 1.0]);
        check(10.0, [0.2, 0.4, 1.0]);
        check(11.0, [0.3, 0.45, 0.875]);
        check(14.0, [0.6, 0.6, 0.5]);
        check(17.0, [0.75, 0.55, 0.65]);
        check(20.0, [0.1, 0.5, 1.0]);
        check(99.0, [0.1, 0.5, 1.0]);
        assert_eq!(CropPath::new(vec![]).at(second(1.0)), Crop::LARGEST);
    }
}
