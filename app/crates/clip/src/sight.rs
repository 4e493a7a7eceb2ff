//! What was seen of a film: its shots, and the faces in them. Plain data; [`crate::watch`] finds it out.

use crate::order;
use crate::scene::Area;
use crate::timeline::SourceRange;
use media::time::Instant;
use serde::{Deserialize, Serialize};

/// What is known of the picture of parts of a recording.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sight {
    /// In the order of time. They cover what was looked at, and nothing else.
    pub shots: Vec<Shot>,
    /// In the order of time, some in each second of a shot.
    pub faces: Vec<FacesAt>,
}

/// A stretch that the camera took in one go.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Shot {
    pub start: Instant,
    pub end: Instant,
    /// Where most moves in it, in fractions of the picture's width; `None`: everything or nothing does.
    pub motion_x: Option<f32>,
}

/// The faces of one picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FacesAt {
    pub at: Instant,
    pub faces: Vec<Face>,
}

/// From the forehead to the chin, in fractions of the upright picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Face {
    pub area: Area,
    /// How sure it is one, 0 to 1.
    pub score: f32,
}

impl Sight {
    /// From the first instant of a range that was not looked at to the last.
    pub fn missing(&self, range: SourceRange) -> Option<SourceRange> {
        let inside = |at: Instant| self.shots.iter().find(|shot| shot.start <= at && at < shot.end);
        let mut missing = range;
        while let Some(shot) = inside(missing.start) {
            missing.start = shot.end;
        }
        let before = |at: Instant| self.shots.iter().find(|shot| shot.start < at && at <= shot.end);
        while let Some(shot) = before(missing.end) {
            missing.end = shot.start;
        }
        (missing.start < missing.end).then_some(missing)
    }

    /// Puts what was seen elsewhere beside it. What both saw is taken from `other`; a shot in which the one ends and the other begins
    /// is one.
    pub fn add(&mut self, mut other: Self) {
        let (Some(first), Some(last)) = (other.shots.first(), other.shots.last()) else { return };
        let (start, end) = (first.start, last.end);
        let across = |at: Instant| self.shots.iter().find(|shot| shot.start < at && at < shot.end).copied();
        let (before, after) = (across(start), across(end));
        if let (Some(before), Some(first)) = (before, other.shots.first_mut()) {
            first.start = before.start;
        }
        if let (Some(after), Some(last)) = (after, other.shots.last_mut()) {
            last.end = after.end;
        }
        let (first, last) = (before.map_or(start, |shot| shot.start), after.map_or(end, |shot| shot.end));
        self.shots.retain(|shot| shot.end <= first || shot.start >= last);
        self.shots.extend(other.shots);
        order::sort_by_key(&mut self.shots, |shot| shot.start);
        self.faces.retain(|seen| seen.at < start || seen.at >= end);
        self.faces.extend(other.faces);
        order::sort_by_key(&mut self.faces, |seen| seen.at);
    }

    /// The faces from `start` on, before `end`.
    pub fn faces_between(&self, start: Instant, end: Instant) -> &[FacesAt] {
        let at = |instant: Instant| self.faces.partition_point(|seen| seen.at < instant);
        self.faces.get(at(start)..at(end).max(at(start))).unwrap_or_default()
    }
}

impl Face {
    /// The middle of it, across and down.
    pub fn center(&self) -> [f32; 2] {
        [self.area.left + self.area.width / 2.0, self.area.top + self.area.height / 2.0]
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub fn second(seconds: f64) -> Instant {
        Instant::from_seconds(seconds)
    }

    pub fn shot(start_s: f64, end_s: f64) -> Shot {
        Shot { start: second(start_s), end: second(end_s), motion_x: None }
    }

    fn seen(at_s: f64) -> FacesAt {
        FacesAt { at: second(at_s), faces: vec![] }
    }

    fn range(start_s: f64, end_s: f64) -> SourceRange {
        SourceRange { start: second(start_s), end: second(end_s) }
    }

    #[test]
    fn what_is_missing_is_known() {
        let sight =
            Sight { shots: vec![shot(10.0, 12.0), shot(12.0, 20.0), shot(30.0, 40.0)], faces: vec![] };
        let check = |asked: (f64, f64), expected: Option<(f64, f64)>| {
            let expected = expected.map(|(start, end)| range(start, end));
            assert_eq!(sight.missing(range(asked.0, asked.1)), expected, "{asked:?}");
        };
        check((10.0, 20.0), None);
        check((11.0, 19.0), None);
        check((5.0, 15.0), Some((5.0, 10.0)));
        check((15.0, 25.0), Some((20.0, 25.0)));
        check((15.0, 35.0), Some((20.0, 30.0)));
        check((0.0, 5.0), Some((0.0, 5.0)));
    }

    #[test]
    fn what_was_seen_in_pieces_is_one() {
        let mut sight = Sight {
            shots: vec![shot(0.0, 10.0), shot(10.0, 20.0)],
            faces: vec![seen(1.0), seen(9.0), seen(15.0)],
        };
        sight.add(Sight { shots: vec![shot(8.0, 9.0), shot(9.0, 12.0)], faces: vec![seen(8.5), seen(11.0)] });
        assert_eq!(sight.shots, [shot(0.0, 9.0), shot(9.0, 20.0)]);
        assert_eq!(
            sight.faces.iter().map(|seen| seen.at.seconds()).collect::<Vec<_>>(),
            [1.0, 8.5, 11.0, 15.0]
        );
        sight.add(Sight::default());
        assert_eq!(sight.shots.len(), 2);
        assert_eq!(sight.faces_between(second(8.5), second(15.0)).len(), 2);
        assert_eq!(sight.faces_between(second(15.0), second(1.0)).len(), 0);
        // Next to each other, apart, and around.
        let mut sight = Sight { shots: vec![shot(4.0, 8.0)], faces: vec![] };
        sight.add(Sight { shots: vec![shot(8.0, 9.0)], faces: vec![] });
        sight.add(Sight { shots: vec![shot(20.0, 30.0)], faces: vec![] });
        assert_eq!(sight.shots, [shot(4.0, 8.0), shot(8.0, 9.0), shot(20.0, 30.0)]);
        sight.add(Sight { shots: vec![shot(0.0, 10.0), shot(10.0, 22.0)], faces: vec![] });
        assert_eq!(sight.shots, [shot(0.0, 10.0), shot(10.0, 30.0)]);
    }
}
