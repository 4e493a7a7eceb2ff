//! From what was seen of a film to what a clip of another shape shows of it: in each shot the camera stands on the face, follows it
//! smoothly where it does not stay, or looks at what moves; never across a cut. Fractions of the upright picture throughout.

mod camera;
mod tracks;

use crate::order;
use crate::scene::{Area, Change, Crop, CropPath, Keyframe, Region, Scene, Scenes};
use crate::sight::{Shot, Sight};
use camera::{Corridor, camera_path};
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};
use tracks::{Track, tracks};

/// The part of the source's picture that the largest crop shows, in fractions of its sides. One of them is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    pub width: f32,
    pub height: f32,
}

/// What a shot is framed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aim {
    /// A face that hardly moves.
    Face,
    /// A face that is followed.
    MovingFace,
    /// Faces that fit in together.
    Faces,
    /// There is no face: what moves.
    Motion,
    /// There is no face, and nothing moves more than anything else.
    Middle,
}

/// How one shot is framed.
#[derive(Debug, Clone, PartialEq)]
pub struct FramedShot {
    pub shot: Shot,
    pub aim: Aim,
    pub path: CropPath,
}

/// A track of faces that is a part of this of the most prominent one's weight matters too.
const MATTERS: f32 = 0.5;
/// A face may be so far from the middle of the crop, in parts of the crop, before the camera moves.
const CALM: f32 = 0.25;
/// So near at least, however large it is.
const NARROW: f32 = 0.08;
/// Beside the face there is so much of its width to the edge of the crop, in parts of it.
const BESIDE: f32 = 0.15;
/// The middle of a face lies so far down in the crop.
const EYE_LINE: f32 = 0.42;
/// Where the camera is let move, it takes pictures at this distance for its path.
const STEP: Span = Span::from_millis(200);
/// It is not drawn more exactly than this, in fractions of the picture.
const DRAWN: f32 = 0.003;

/// Shots of what was seen, framed for crops of `view`.
pub fn framed(sight: &Sight, shots: &[Shot], view: View) -> Vec<FramedShot> {
    shots.iter().map(|shot| frame(sight, *shot, view)).collect()
}

/// The same as the scenes of a clip.
pub fn scenes(shots: &[FramedShot]) -> Scenes {
    let scene = |framed: &FramedShot| Scene {
        regions: vec![Region { crop: framed.path.clone(), place: Area::WHOLE }],
    };
    let Some((first, later)) = shots.split_first() else { return Scenes::centered(Crop::LARGEST.center_x) };
    let later = later.iter().map(|framed| Change { at: framed.shot.start, scene: scene(framed) });
    Scenes::new(scene(first), later.collect())
}

fn frame(sight: &Sight, shot: Shot, view: View) -> FramedShot {
    let tracks = tracks(sight.faces_between(shot.start, shot.end));
    let times = times(shot);
    let (subject, several) = match subject(&tracks, &times, view) {
        Some(found) => found,
        None => {
            let aim = if shot.motion_x.is_some() { Aim::Motion } else { Aim::Middle };
            let center_x = shot.motion_x.unwrap_or(Crop::LARGEST.center_x);
            return FramedShot { shot, aim, path: CropPath::still(Crop { center_x, ..Crop::LARGEST }) };
        }
    };
    let along = |axis: usize, view: f32| {
        // Whole sides have nowhere to go.
        if view > 0.999 {
            return vec![0.5; times.len()];
        }
        let line = if axis == 0 { 0.5 } else { EYE_LINE };
        let corridor = subject.iter().map(|area| Corridor::around(area, axis, view, line));
        camera_path(&corridor.collect::<Vec<_>>(), view)
    };
    let (across, down) = (along(0, view.width), along(1, view.height));
    let keyframes = drawn(&times, &across, &down);
    let aim = match (several, keyframes.len()) {
        (true, _) => Aim::Faces,
        (false, 1) => Aim::Face,
        (false, _) => Aim::MovingFace,
    };
    FramedShot { shot, aim, path: CropPath::new(keyframes) }
}

/// Instants of a shot for which the path is found.
fn times(shot: Shot) -> Vec<Instant> {
    let count = ((shot.end - shot.start).micros() / STEP.micros()).max(0);
    (0..=count).map(|step| shot.start + Span::from_micros(step * STEP.micros())).collect()
}

/// Where at each of `times` that lies which is to be shown, and whether these are several faces; `None`: there are none.
fn subject(tracks: &[Track], times: &[Instant], view: View) -> Option<(Vec<Area>, bool)> {
    let most = tracks.iter().map(Track::weight).max_by(f32::total_cmp)?;
    let mut prominent: Vec<&Track> = tracks.iter().filter(|track| track.weight() >= most * MATTERS).collect();
    order::sort_by(&mut prominent, |a, b| b.weight().total_cmp(&a.weight()));
    let main = *prominent.first()?;
    // All that matter at once, where they fit in at any time.
    if prominent.len() > 1 {
        let together: Option<Vec<Area>> = times
            .iter()
            .map(|at| {
                let areas = prominent.iter().map(|track| track.at(*at));
                let around = areas.reduce(|one, other| around(&one, &other))?;
                (around.width <= view.width * 0.9 && around.height <= view.height * 0.9).then_some(around)
            })
            .collect();
        if let Some(together) = together {
            return Some((together, true));
        }
    }
    // One after the other: who is there is looked at, else who was there last or comes next.
    let of = |at: &Instant| prominent.iter().min_by_key(|track| track.away(*at)).unwrap_or(&main).at(*at);
    Some((times.iter().map(of).collect(), false))
}

/// The smallest area that holds both.
fn around(one: &Area, other: &Area) -> Area {
    let (left, top) = (one.left.min(other.left), one.top.min(other.top));
    let right = (one.left + one.width).max(other.left + other.width);
    let bottom = (one.top + one.height).max(other.top + other.height);
    Area { left, top, width: right - left, height: bottom - top }
}

/// The path as few keyframes as it takes (Douglas and Peucker): one where it stands.
fn drawn(times: &[Instant], across: &[f32], down: &[f32]) -> Vec<Keyframe> {
    let points: Vec<Keyframe> = times
        .iter()
        .zip(across.iter().zip(down))
        .map(|(at, (x, y))| Keyframe { at: *at, crop: Crop { center_x: *x, center_y: *y, size: 1.0 } })
        .collect();
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return points };
    let is_near =
        |a: &Crop, b: &Crop| (a.center_x - b.center_x).abs().max((a.center_y - b.center_y).abs()) <= DRAWN;
    if points.iter().all(|point| is_near(&point.crop, &first.crop)) {
        return vec![*first];
    }
    let mut kept = vec![*first];
    let mut waiting = vec![(0, points.len() - 1)];
    while let Some((from, to)) = waiting.pop() {
        let straight = CropPath::new(vec![points[from], points[to]]);
        let off = |at: usize| {
            let (drawn, meant) = (straight.at(points[at].at), points[at].crop);
            (drawn.center_x - meant.center_x).abs().max((drawn.center_y - meant.center_y).abs())
        };
        let farthest = (from + 1..to).map(|at| (off(at), at)).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, at)) = farthest.filter(|(off, _)| *off > DRAWN) {
            kept.push(points[at]);
            waiting.extend([(from, at), (at, to)]);
        }
    }
    kept.push(*last);
    kept
}

#[cfg(test)]
mod tests;
