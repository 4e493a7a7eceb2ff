//! How clips are framed by what was seen: which parts of the source have to be looked at for one, and its scenes once they were.

use crate::project::Project;
use clip::edit::{ClipEdit, Framing, OutputSize};
use clip::frame::view;
use clip::order;
use clip::reframe::{Aim, FramedShot, View, framed, scenes};
use clip::sight::{Shot, Sight};
use clip::timeline::SourceRange;
use media::facts::VideoFacts;
use media::time::{Instant, Span};

/// A clip's edges may be moved by so much without another look.
const MARGIN: Span = Span::from_millis(2_000);
/// Parts of a clip that are nearer to each other than this are looked at together.
const NEAR: Span = Span::from_millis(10_000);
/// A crop with so much of both sides leaves out no more than rounding does.
const WHOLE: f32 = 0.99;

/// How many shots of a clip are framed by what, in the order in which it first is.
pub type Aims = Vec<(Aim, usize)>;

impl Project {
    /// The next part of the source to look at before it is known what a clip shows; `None`: it is known, or a person said it.
    pub fn to_look_at(&self, clip: &ClipEdit) -> Option<SourceRange> {
        let video = self.video();
        // Where all of it is shown, whatever is in it, there is nothing to find.
        let is_whole = |view: View| view.width.min(view.height) > WHOLE;
        if clip.framing == Framing::ByHand
            || video.is_none_or(|video| is_whole(view(video, OutputSize::hd(clip.shape))))
        {
            return None;
        }
        let mut parts: Vec<SourceRange> = Vec::new();
        let mut ranges = clip.timeline.ranges().to_vec();
        order::sort_by_key(&mut ranges, |range| range.start);
        for range in ranges {
            match parts.last_mut() {
                Some(last) if range.start - last.end < NEAR => last.end = last.end.max(range.end),
                _ => parts.push(range),
            }
        }
        let missing = parts.into_iter().find_map(|part| self.sight.missing(part))?;
        let start = (missing.start - MARGIN).max(Instant::ZERO).min(missing.start);
        let end = missing.end + MARGIN;
        let is_known = self.duration().is_positive();
        let end = if is_known { end.min(Instant::ZERO + self.duration()).max(missing.end) } else { end };
        Some(SourceRange { start, end })
    }

    /// Takes in what was seen of a part of the source.
    pub fn see(&mut self, sight: Sight) {
        self.sight.add(sight);
        self.frame_shots();
    }

    fn video(&self) -> Option<&VideoFacts> {
        self.facts.as_ref()?.default_video()?.video.as_ref()
    }

    /// Frames what was seen for another shape, where that is wanted now.
    pub fn follow_the_shape(&mut self) {
        if self.framed_for != self.clips.now().shape {
            self.frame_shots();
        }
    }

    /// Finds out what clips show of what was seen.
    pub(crate) fn frame_shots(&mut self) {
        let mut before = std::mem::take(&mut self.framed_shots);
        let shape = self.clips.now().shape;
        if self.framed_for != shape {
            before.clear();
            self.framed_for = shape;
        }
        let Some(video) = self.video() else { return };
        let view = view(video, OutputSize::hd(shape));
        // Those that are as they were stay: a path takes its time.
        let of = |shot: &Shot| match before.iter().find(|framed| framed.shot == *shot) {
            Some(known) => vec![known.clone()],
            None => framed(&self.sight, &[*shot], view),
        };
        self.framed_shots = self.sight.shots.iter().flat_map(of).collect();
    }

    /// The clip with the scenes that it shows.
    pub fn framed(&self, clip: &ClipEdit) -> ClipEdit {
        let shots: Vec<FramedShot> = self.shots_of(clip).cloned().collect();
        if shots.is_empty() { clip.clone() } else { ClipEdit { scenes: scenes(&shots), ..clip.clone() } }
    }

    /// What the shots of a clip are framed by; empty where a person frames it, and before anybody looked.
    pub fn aims(&self, clip: &ClipEdit) -> Aims {
        let mut aims = Aims::new();
        for FramedShot { aim, .. } in self.shots_of(clip) {
            match aims.iter_mut().find(|(other, _)| other == aim) {
                Some((_, count)) => *count += 1,
                None => aims.push((*aim, 1)),
            }
        }
        aims
    }

    /// The shots of which a clip shows a part, where they say what it shows.
    fn shots_of(&self, clip: &ClipEdit) -> impl Iterator<Item = &FramedShot> {
        let is_automatic = clip.framing == Framing::Automatic;
        let is_shown = move |shot: &Shot| {
            clip.timeline.ranges().iter().any(|range| range.start < shot.end && shot.start < range.end)
        };
        self.framed_shots.iter().filter(move |framed| is_automatic && is_shown(&framed.shot))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{clip_between, film_facts};
    use crate::history::History;
    use crate::snapshot::Snapshot;
    use clip::edit::Shape;
    use clip::scene::{Area, Scenes};
    use clip::sight::{Face, FacesAt};
    use clip::timeline::Timeline;

    fn at(seconds: f64) -> Instant {
        Instant::from_seconds(seconds)
    }

    fn film() -> Project {
        Project { facts: Some(film_facts(100.0)), ..Project::default() }
    }

    /// Two shots: a face on the left, then one on the right.
    fn seen(start_s: f64, cut_s: f64, end_s: f64) -> Sight {
        let shot = |start_s, end_s| Shot { start: at(start_s), end: at(end_s), motion_x: None };
        let faces =
            (0..).map(|step| start_s + 0.2 * f64::from(step)).take_while(|at_s| *at_s < end_s).map(|at_s| {
                let left = if at_s < cut_s { 0.15 } else { 0.75 };
                let face = Face { area: Area { left, top: 0.2, width: 0.1, height: 0.18 }, score: 0.95 };
                FacesAt { at: at(at_s), faces: vec![face] }
            });
        Sight { shots: vec![shot(start_s, cut_s), shot(cut_s, end_s)], faces: faces.collect() }
    }

    fn center(clip: &ClipEdit, at_s: f64) -> f32 {
        clip.scenes.at(at(at_s)).regions[0].crop.at(at(at_s)).center_x
    }

    #[test]
    fn a_clip_is_looked_at_once_with_a_little_around_it() {
        let mut project = film();
        let clip = clip_between(1, 10.0, 30.0);
        let range = |start_s, end_s| Some(SourceRange { start: at(start_s), end: at(end_s) });
        assert_eq!(project.to_look_at(&clip), range(8.0, 32.0));
        assert_eq!(project.to_look_at(&clip_between(2, 0.5, 99.0)), range(0.0, 100.0));
        project.see(seen(8.0, 20.0, 32.0));
        assert_eq!(project.to_look_at(&clip), None);
        // Trimmed within what was seen, and beyond it.
        assert_eq!(project.to_look_at(&clip_between(1, 8.5, 31.5)), None);
        assert_eq!(project.to_look_at(&clip_between(1, 10.0, 40.0)), range(30.0, 42.0));
        let by_hand = ClipEdit { framing: Framing::ByHand, ..clip_between(1, 50.0, 60.0) };
        assert_eq!(project.to_look_at(&by_hand), None);
        assert_eq!(Project::default().to_look_at(&clip), None);
        // A film in its own shape is shown whole.
        let of = |shape| ClipEdit { shape, ..clip_between(1, 50.0, 60.0) };
        assert_eq!(project.to_look_at(&of(Shape::Wide)), None);
        assert_eq!(project.to_look_at(&of(Shape::Square)), range(48.0, 62.0));
    }

    #[test]
    fn another_shape_shows_more_of_the_same() {
        let mut project = Project {
            clips: History::new(Snapshot { clips: vec![clip_between(1, 10.0, 30.0)], ..Snapshot::default() }),
            ..film()
        };
        project.see(seen(8.0, 20.0, 32.0));
        let upright = center(&project.framed(&project.clips.now().clips[0]), 12.0);
        project.clips.reshape(Shape::Square);
        project.follow_the_shape();
        let square = project.framed(&project.clips.now().clips[0]);
        // As far to the left as a wider crop can be.
        let half = 9.0 / 16.0 / 2.0;
        assert!(
            upright < half && (center(&square, 12.0) - half).abs() < 0.01,
            "{upright}, {}",
            center(&square, 12.0)
        );
        project.clips.reshape(Shape::Wide);
        project.follow_the_shape();
        let wide = project.framed(&project.clips.now().clips[0]);
        assert_eq!([12.0, 25.0].map(|at_s| center(&wide, at_s)), [0.5, 0.5], "all of it");
    }

    #[test]
    fn passages_far_from_each_other_are_looked_at_one_by_one() {
        let project = film();
        let part = |start_s, end_s| SourceRange { start: at(start_s), end: at(end_s) };
        let of = |parts: [SourceRange; 2]| ClipEdit {
            timeline: Timeline::new(parts).expect("ranges"),
            ..clip_between(1, 0.0, 1.0)
        };
        let far = of([part(80.0, 90.0), part(10.0, 20.0)]);
        assert_eq!(project.to_look_at(&far), Some(part(8.0, 22.0)));
        let near = of([part(10.0, 20.0), part(25.0, 30.0)]);
        assert_eq!(project.to_look_at(&near), Some(part(8.0, 32.0)));
    }

    #[test]
    fn what_was_seen_frames_clips_that_nobody_framed() {
        let mut project = film();
        let clip = clip_between(1, 10.0, 30.0);
        assert_eq!(project.framed(&clip), clip);
        project.see(seen(8.0, 20.0, 32.0));
        let shown = project.framed(&clip);
        assert!((center(&shown, 12.0) - 0.2).abs() < 0.03 && (center(&shown, 25.0) - 0.8).abs() < 0.05);
        assert_eq!(project.aims(&clip), [(Aim::Face, 2)]);
        // One that lies in one shot has that shot alone.
        assert_eq!(project.aims(&clip_between(2, 21.0, 30.0)), [(Aim::Face, 1)]);
        let by_hand = ClipEdit { framing: Framing::ByHand, scenes: Scenes::centered(0.4), ..clip };
        assert_eq!((project.framed(&by_hand), project.aims(&by_hand)), (by_hand.clone(), vec![]));
    }
}
