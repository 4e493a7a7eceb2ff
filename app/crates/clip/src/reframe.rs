//! From what was seen of a film to what a clip of another shape shows of it: in each shot the camera stands on the face, follows it
//! smoothly where it does not stay, shows several together or each in a place of its own, or looks at what moves; never across a cut. Fractions of the upright picture throughout.

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
    /// Faces that do not, each in a part of the picture.
    Split,
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
    pub regions: Vec<Region>,
}

/// A track of faces that is a part of this of the most prominent one's weight matters too.
const MATTERS: f32 = 0.5;
/// Faces that are there at once for so much of a shot are shown together.
const TOGETHER: f32 = 0.6;
/// So many have places of their own; in a shorter shot nobody could look at each of them.
const MOST_PLACES: usize = 4;
const SHORTEST_SPLIT: Span = Span::from_millis(1_500);
/// There a face fills so much of its place's height, if the crop need not be smaller than this part of the largest.
const FILLED: f32 = 0.36;
const CLOSEST: f32 = 0.65;
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
    let scene = |framed: &FramedShot| Scene { regions: framed.regions.clone() };
    let Some((first, later)) = shots.split_first() else { return Scenes::centered(Crop::LARGEST.center_x) };
    let later = later.iter().map(|framed| Change { at: framed.shot.start, scene: scene(framed) });
    Scenes::new(scene(first), later.collect())
}

impl View {
    /// What the largest crop for a part of the clip's picture shows.
    pub fn of_place(self, place: &Area) -> Self {
        let shape = self.width / self.height * (place.width / place.height);
        Self { width: shape.min(1.0), height: (1.0 / shape).min(1.0) }
    }
}

fn frame(sight: &Sight, shot: Shot, view: View) -> FramedShot {
    let tracks = tracks(sight.faces_between(shot.start, shot.end));
    let times = times(shot);
    let people = prominent(&tracks);
    let Some(main) = people.first() else {
        let aim = if shot.motion_x.is_some() { Aim::Motion } else { Aim::Middle };
        let center_x = shot.motion_x.unwrap_or(Crop::LARGEST.center_x);
        let crop = CropPath::still(Crop { center_x, ..Crop::LARGEST });
        return FramedShot { shot, aim, regions: vec![Region { crop, place: Area::WHOLE }] };
    };
    let whole = |subject: &[Area]| followed(subject, &times, view, 1.0, Area::WHOLE);
    if are_together(&people, &times) {
        if let Some(all) = all_in_one(&people, &times, view) {
            return FramedShot { shot, aim: Aim::Faces, regions: vec![whole(&all)] };
        }
        if people.len() <= MOST_PLACES && shot.end - shot.start >= SHORTEST_SPLIT {
            return FramedShot { shot, aim: Aim::Split, regions: split(people, &times, view) };
        }
    }
    // Who is there is looked at, else who was there last or comes next.
    let of = |at: &Instant| people.iter().min_by_key(|track| track.away(*at)).unwrap_or(main).at(*at);
    let region = whole(&times.iter().map(of).collect::<Vec<_>>());
    let aim = if region.crop.keyframes().len() == 1 { Aim::Face } else { Aim::MovingFace };
    FramedShot { shot, aim, regions: vec![region] }
}

/// A crop that goes with what is shown at each of `times`. `size`: its sides over those of the largest.
fn followed(subject: &[Area], times: &[Instant], view: View, size: f32, place: Area) -> Region {
    let along = |axis: usize, view: f32| {
        // Whole sides have nowhere to go.
        if view > 0.999 {
            return vec![0.5; times.len()];
        }
        let line = if axis == 0 { 0.5 } else { EYE_LINE };
        let corridor = subject.iter().map(|area| Corridor::around(area, axis, view, line));
        camera_path(&corridor.collect::<Vec<_>>(), view)
    };
    let (across, down) = (along(0, view.width * size), along(1, view.height * size));
    Region { crop: CropPath::new(drawn(times, &across, &down, size)), place }
}

/// The tracks that matter, the most prominent first.
fn prominent(tracks: &[Track]) -> Vec<&Track> {
    let most = tracks.iter().map(Track::weight).fold(0.0, f32::max);
    let mut people: Vec<&Track> = tracks.iter().filter(|track| track.weight() >= most * MATTERS).collect();
    order::sort_by(&mut people, |a, b| b.weight().total_cmp(&a.weight()));
    people
}

/// Whether several are there at the same time, most of the time.
fn are_together(people: &[&Track], times: &[Instant]) -> bool {
    let all_there = times.iter().filter(|at| people.iter().all(|track| !track.away(**at).is_positive()));
    people.len() > 1 && all_there.count() as f32 >= TOGETHER * times.len() as f32
}

/// What holds all of them at each of `times`; `None` where they do not always fit in.
fn all_in_one(people: &[&Track], times: &[Instant], view: View) -> Option<Vec<Area>> {
    let around_all = |at: &Instant| {
        let all = people.iter().map(|track| track.at(*at)).reduce(|one, other| around(&one, &other))?;
        // Whole sides hold whatever there is.
        let fits = |length: f32, view: f32| view > 0.999 || length <= view * 0.9;
        (fits(all.width, view.width) && fits(all.height, view.height)).then_some(all)
    };
    times.iter().map(around_all).collect()
}

/// Each in a part of the picture of its own, from the left to the right one below the other; four in two rows.
fn split(mut people: Vec<&Track>, times: &[Instant], view: View) -> Vec<Region> {
    let first = times.first().copied().unwrap_or_default();
    order::sort_by(&mut people, |a, b| a.at(first).left.total_cmp(&b.at(first).left));
    let columns = if people.len() > 3 { 2 } else { 1 };
    let rows = people.len().div_ceil(columns);
    let (width, height) = (1.0 / columns as f32, 1.0 / rows as f32);
    let one = |(number, track): (usize, &&Track)| {
        let (column, row) = ((number % columns) as f32, (number / columns) as f32);
        let place = Area { left: column * width, top: row * height, width, height };
        let view = view.of_place(&place);
        let subject: Vec<Area> = times.iter().map(|at| track.at(*at)).collect();
        let tallest = subject.iter().map(|area| area.height).fold(0.0, f32::max);
        let size = (tallest / (FILLED * view.height)).clamp(CLOSEST, 1.0);
        followed(&subject, times, view, size, place)
    };
    people.iter().enumerate().map(one).collect()
}

/// Instants of a shot for which the path is found.
fn times(shot: Shot) -> Vec<Instant> {
    // A shot of a day is none.
    let count = ((shot.end - shot.start).micros() / STEP.micros()).clamp(0, 500_000);
    (0..=count).map(|step| shot.start + Span::from_micros(step * STEP.micros())).collect()
}

/// The smallest area that holds both.
fn around(one: &Area, other: &Area) -> Area {
    let (left, top) = (one.left.min(other.left), one.top.min(other.top));
    let right = (one.left + one.width).max(other.left + other.width);
    let bottom = (one.top + one.height).max(other.top + other.height);
    Area { left, top, width: right - left, height: bottom - top }
}

/// The path as few keyframes as it takes (Douglas and Peucker): one where it stands.
fn drawn(times: &[Instant], across: &[f32], down: &[f32], size: f32) -> Vec<Keyframe> {
    let points: Vec<Keyframe> = times
        .iter()
        .zip(across.iter().zip(down))
        .map(|(at, (x, y))| Keyframe { at: *at, crop: Crop { center_x: *x, center_y: *y, size } })
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
