//! Faces of single pictures put together: the same face through a shot.

use crate::order;
use crate::scene::Area;
use crate::sight::{Face, FacesAt};
use media::time::{Instant, Span};

/// A face that was not found for so long is another one.
const LOST: Span = Span::from_millis(1_200);
/// Between two pictures a face moves so many of its widths at most, and grows so many times.
const MOVED: f32 = 1.2;
const GROWN: f32 = 1.8;
/// A face that was found in one of so many pictures of its shot, or in three, is one.
const OFTEN: usize = 5;
/// What is less sure is left out: drawings and animals have faces too.
const SURE: f32 = 0.6;

/// One face, picture by picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// In the order of time; never empty.
    points: Vec<(Instant, Area)>,
}

/// The tracks of the faces of a shot.
pub fn tracks(seen: &[FacesAt]) -> Vec<Track> {
    let mut tracks: Vec<Track> = Vec::new();
    for FacesAt { at, faces } in seen {
        let faces: Vec<&Face> = faces.iter().filter(|face| face.score >= SURE).collect();
        let known = tracks.len();
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        for (face, found) in faces.iter().enumerate() {
            let far = tracks
                .iter()
                .enumerate()
                .filter_map(|(track, known)| Some((known.far(*at, &found.area)?, track, face)));
            pairs.extend(far);
        }
        order::sort_by(&mut pairs, |a, b| a.0.total_cmp(&b.0));
        let (mut followed, mut placed) = (vec![false; known], vec![false; faces.len()]);
        for (_, track, face) in pairs {
            if !followed[track] && !placed[face] {
                (followed[track], placed[face]) = (true, true);
                tracks[track].points.push((*at, faces[face].area));
            }
        }
        let new = faces.iter().zip(placed).filter(|(_, placed)| !placed);
        tracks.extend(new.map(|(face, _)| Track { points: vec![(*at, face.area)] }));
    }
    let least = (seen.len() / OFTEN).min(3);
    tracks.retain(|track| track.points.len() > least.saturating_sub(1));
    tracks
}

impl Track {
    /// How far a face is from where this one was, in widths; `None`: it cannot be the same.
    fn far(&self, at: Instant, face: &Area) -> Option<f32> {
        let (last_at, last) = self.points.last()?;
        if at - *last_at > LOST {
            return None;
        }
        let width = last.width.max(face.width).max(1e-6);
        let across = (last.left + last.width / 2.0 - face.left - face.width / 2.0).abs();
        let down = (last.top + last.height / 2.0 - face.top - face.height / 2.0).abs();
        let grown = width / last.width.min(face.width).max(1e-6);
        let far = across.max(down) / width;
        (far <= MOVED && grown <= GROWN).then_some(far)
    }

    /// How much it matters: how large it is, for how long.
    pub fn weight(&self) -> f32 {
        self.points.iter().map(|(_, area)| (area.width * area.height).max(0.0).sqrt()).sum()
    }

    /// How long it is before it comes or since it has gone; nothing while it is there.
    pub fn away(&self, at: Instant) -> Span {
        let (Some((first, _)), Some((last, _))) = (self.points.first(), self.points.last()) else {
            return Span::ZERO;
        };
        (*first - at).max(at - *last).max(Span::ZERO)
    }

    /// Where it is at an instant: between two pictures between the two, before the first and behind the last as there.
    pub fn at(&self, at: Instant) -> Area {
        let coming = self.points.partition_point(|(point, _)| *point <= at);
        match (coming.checked_sub(1).and_then(|before| self.points.get(before)), self.points.get(coming)) {
            (Some((before_at, before)), Some((after_at, after))) => {
                let share = ((at - *before_at).seconds() / (*after_at - *before_at).seconds()) as f32;
                let between = |a: f32, b: f32| a + (b - a) * share;
                Area {
                    left: between(before.left, after.left),
                    top: between(before.top, after.top),
                    width: between(before.width, after.width),
                    height: between(before.height, after.height),
                }
            }
            (Some((_, nearest)), None) | (None, Some((_, nearest))) => *nearest,
            (None, None) => Area::WHOLE,
        }
    }
}
