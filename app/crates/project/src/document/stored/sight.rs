//! What was seen of a recording's picture, as it lies on disk: in whole numbers, for there are five pictures of each second.

use ::clip::order;
use ::clip::scene::Area;
use ::clip::sight::{Face, FacesAt, Shot, Sight};
use media::time::Instant;
use serde::{Deserialize, Serialize};

/// Parts of the picture are kept in as many parts of its sides.
const PARTS: f32 = 10_000.0;

#[derive(Default, Serialize, Deserialize)]
pub struct StoredSight {
    /// Start and end in microseconds, and where most moves.
    shots: Vec<(i64, i64, Option<i32>)>,
    /// When, and of each face: left, top, width, height, how sure it is.
    faces: Vec<(i64, Vec<[i32; 5]>)>,
}

fn whole(part: f32) -> i32 {
    (part * PARTS).round() as i32
}

fn part(whole: i32) -> f32 {
    whole as f32 / PARTS
}

impl StoredSight {
    pub fn is_empty(&self) -> bool {
        self.shots.is_empty()
    }
}

impl From<&Sight> for StoredSight {
    fn from(sight: &Sight) -> Self {
        let shot = |shot: &Shot| (shot.start.micros(), shot.end.micros(), shot.motion_x.map(whole));
        let face = |face: &Face| {
            let Area { left, top, width, height } = face.area;
            [left, top, width, height, face.score].map(whole)
        };
        let seen = |seen: &FacesAt| (seen.at.micros(), seen.faces.iter().map(face).collect());
        Self { shots: sight.shots.iter().map(shot).collect(), faces: sight.faces.iter().map(seen).collect() }
    }
}

impl From<StoredSight> for Sight {
    fn from(stored: StoredSight) -> Self {
        let shot = |(start, end, motion): (i64, i64, Option<i32>)| Shot {
            start: Instant::from_micros(start),
            end: Instant::from_micros(end),
            motion_x: motion.map(part),
        };
        let face = |numbers: [i32; 5]| {
            let [left, top, width, height, score] = numbers.map(part);
            Face { area: Area { left, top, width, height }, score }
        };
        let seen = |(at, faces): (i64, Vec<[i32; 5]>)| FacesAt {
            at: Instant::from_micros(at),
            faces: faces.into_iter().map(face).collect(),
        };
        let mut sight = Self {
            shots: stored.shots.into_iter().map(shot).filter(|shot| shot.start < shot.end).collect(),
            faces: stored.faces.into_iter().map(seen).collect(),
        };
        // What is looked up by time has to be in its order.
        order::sort_by_key(&mut sight.shots, |shot| shot.start);
        order::sort_by_key(&mut sight.faces, |seen| seen.at);
        sight
    }
}
