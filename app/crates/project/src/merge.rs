//! How a new ranking meets the clips that are there: what a person touched stays, what was rejected does not come back, the
//! rest is replaced.

use crate::cut::has_cuts;
use crate::snapshot::Snapshot;
use clip::edit::{ClipEdit, ClipId};
use clip::select::Evidence;
use media::time::Span;
use std::collections::BTreeSet;

/// Clips that stay for reasons that the snapshot does not know: exported, or open in the editor.
pub type Pinned = BTreeSet<ClipId>;

/// Gives a new clip its number, of those that are free.
pub(super) type Number<'a> = dyn FnMut(&ClipEdit, &dyn Fn(ClipId) -> bool) -> ClipId + 'a;

/// The score of a clip that stays, by what is wished now.
pub type Score<'a> = dyn Fn(&Evidence) -> f32 + 'a;

/// The clips after `suggested`, best first. Where one that stays covers a suggestion it takes its place; those that cover none
/// stand where their score puts them.
pub(super) fn merged(
    snapshot: &Snapshot,
    suggested: Vec<ClipEdit>,
    pinned: &Pinned,
    score: &Score<'_>,
    number: &mut Number<'_>,
) -> Vec<ClipEdit> {
    let is_removed = |clip: &&ClipEdit| snapshot.removed.contains(&clip.id);
    let stays = |clip: &&ClipEdit| {
        let is_held = [&snapshot.kept, &snapshot.touched, pinned].iter().any(|ids| ids.contains(&clip.id));
        (is_held || has_cuts(clip)) && !is_removed(clip)
    };
    let mut merged: Vec<ClipEdit> = Vec::with_capacity(suggested.len() + snapshot.clips.len());
    let is_placed = |merged: &[ClipEdit], id: ClipId| merged.iter().any(|clip| clip.id == id);
    for suggestion in suggested {
        if snapshot.clips.iter().filter(is_removed).any(|clip| is_same_passage(clip, &suggestion)) {
            continue;
        }
        let same = |clip: &&ClipEdit| clip.timeline == suggestion.timeline;
        let covers = |clip: &&ClipEdit| stays(clip) && is_same_passage(clip, &suggestion);
        let there = snapshot.clips.iter().find(same);
        match there.or_else(|| snapshot.clips.iter().find(covers)) {
            Some(clip) if is_placed(&merged, clip.id) => {}
            Some(clip) if same(&clip) => {
                let ClipEdit { score, reasons, evidence, .. } = suggestion;
                merged.push(ClipEdit { score, reasons, evidence, ..clip.clone() });
            }
            Some(clip) => merged.push(scored(clip, score)),
            None => {
                let is_free = |id: ClipId| !is_placed(&snapshot.clips, id) && !is_placed(&merged, id);
                let id = number(&suggestion, &is_free);
                merged.push(ClipEdit { id, ..suggestion });
            }
        }
    }
    let left = snapshot.clips.iter().filter(|clip| stays(clip) || is_removed(clip));
    let left = left.filter(|clip| !is_placed(&merged, clip.id)).map(|clip| scored(clip, score));
    let left: Vec<ClipEdit> = left.collect();
    left.into_iter().for_each(|clip| by_score(&mut merged, clip));
    merged
}

/// Puts a clip behind all that are as good.
pub(super) fn by_score(clips: &mut Vec<ClipEdit>, clip: ClipEdit) {
    let at = clips.iter().position(|other| other.score < clip.score).unwrap_or(clips.len());
    clips.insert(at, clip);
}

/// Of a clip of which nothing is known, the score stays as it was.
fn scored(clip: &ClipEdit, score: &Score<'_>) -> ClipEdit {
    let known = Some(&clip.evidence).filter(|evidence| **evidence != Evidence::default());
    ClipEdit { score: known.map_or(clip.score, score), ..clip.clone() }
}

/// Whether two clips share over half of the shorter one.
pub(super) fn is_same_passage(a: &ClipEdit, b: &ClipEdit) -> bool {
    let shared = shared(a, b);
    shared > Span::ZERO && shared > a.length().min(b.length()).half()
}

/// How much of the source both play.
pub(super) fn shared(a: &ClipEdit, b: &ClipEdit) -> Span {
    let pairs =
        a.timeline.ranges().iter().flat_map(|one| b.timeline.ranges().iter().map(move |other| (one, other)));
    let shared = pairs.filter_map(|(one, other)| one.overlap(other));
    shared.fold(Span::ZERO, |sum, range| sum + range.duration())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::clip_between;
    use crate::history::History;
    use crate::snapshot::Drag;
    use clip::reason::Reason;
    use clip::scene::Scenes;
    use clip::select::Signal;

    /// Three clips of 20 s at 0, 30 and 60 s.
    fn clips() -> History {
        let clips = (0..3).map(|at| clip_between(at + 1, f64::from(at) * 30.0, f64::from(at) * 30.0 + 20.0));
        History::new(Snapshot { clips: clips.collect(), ..Snapshot::default() })
    }

    fn without(clip: &ClipEdit, start_s: f64, end_s: f64) -> clip::timeline::Timeline {
        let at = media::time::Instant::from_seconds;
        clip.timeline.without(clip::timeline::SourceRange { start: at(start_s), end: at(end_s) })
    }

    /// What was done to the three clips, what is suggested then, and which clips are shown after it, by number and start.
    fn check(
        touch: impl FnOnce(&mut History),
        suggested: &[(f64, f64)],
        pinned: &[u32],
        expected: &[(u32, f64)],
    ) {
        let mut clips = clips();
        touch(&mut clips);
        let before = clips.now().clone();
        let suggested = suggested.iter().zip(1..).map(|((start, end), id)| clip_between(id, *start, *end));
        let pinned = pinned.iter().copied().map(ClipId).collect();
        clips.rank(Drag::Single, suggested.collect::<Vec<_>>(), &pinned, &|_| 1.0);
        let shown: Vec<(u32, f64)> = clips.shown().map(|clip| (clip.id.0, clip.start().seconds())).collect();
        assert_eq!(shown, expected);
        if *clips.now() != before {
            clips.undo();
            assert_eq!(clips.now(), &before, "one step");
        }
    }

    #[test]
    fn what_nobody_touched_is_replaced_by_what_is_suggested() {
        check(|_| (), &[(100.0, 120.0), (30.0, 50.0)], &[], &[(4, 100.0), (2, 30.0)]);
        // Half a second more is another clip; the same edges are the same one.
        check(|_| (), &[(60.0, 80.5), (0.0, 20.0)], &[], &[(4, 60.0), (1, 0.0)]);
        check(|_| (), &[], &[], &[]);
        check(|_| (), &[(0.0, 20.0), (30.0, 50.0), (60.0, 80.0)], &[], &[(1, 0.0), (2, 30.0), (3, 60.0)]);
    }

    #[test]
    fn what_a_person_touched_stays() {
        let new = [(100.0, 120.0)];
        check(
            |clips| clips.edit(ClipId(2), |clip| clip.title = "Mine".into()),
            &new,
            &[],
            &[(4, 100.0), (2, 30.0)],
        );
        check(
            |clips| clips.edit(ClipId(2), |clip| clip.scenes = Scenes::centered(0.1)),
            &new,
            &[],
            &[(4, 100.0), (2, 30.0)],
        );
        check(|clips| clips.toggle_kept(ClipId(3)), &new, &[], &[(4, 100.0), (3, 60.0)]);
        check(|_| (), &new, &[1], &[(4, 100.0), (1, 0.0)]);
        // It takes the place of what it covers.
        let covered = [(31.0, 52.0), (100.0, 120.0)];
        check(|clips| clips.toggle_kept(ClipId(2)), &covered, &[], &[(2, 30.0), (4, 100.0)]);
        // With a cut, the same passage is another clip, and what is suggested of it makes way.
        let cut =
            |clips: &mut History| clips.edit(ClipId(2), |clip| clip.timeline = without(clip, 35.0, 45.0));
        check(cut, &[(30.0, 50.0), (100.0, 120.0)], &[], &[(2, 30.0), (4, 100.0)]);
        // What it leaves out can be suggested.
        check(cut, &[(34.0, 46.0)], &[], &[(4, 34.0), (2, 30.0)]);
        // Less than half of either: both.
        check(|clips| clips.toggle_kept(ClipId(2)), &[(45.0, 65.0)], &[], &[(4, 45.0), (2, 30.0)]);
    }

    #[test]
    fn a_clip_with_a_cut_is_not_replaced_even_where_nobody_is_said_to_have_touched_it() {
        let before = clip_between(1, 0.0, 20.0);
        let clip = ClipEdit { timeline: without(&before, 5.0, 8.0), ..before };
        let mut clips = History::new(Snapshot { clips: vec![clip.clone()], ..Snapshot::default() });
        clips.rank(Drag::Single, vec![clip_between(9, 0.0, 20.0)], &Pinned::new(), &|_| 1.0);
        clips.reassess(&[ClipEdit { score: 99.0, ..clip_between(9, 0.0, 20.0) }]);
        assert_eq!(clips.now().clips, [clip]);
    }

    #[test]
    fn what_was_rejected_does_not_come_back() {
        check(
            |clips| clips.remove(ClipId(2)),
            &[(30.0, 50.0), (35.0, 60.0), (45.0, 70.0)],
            &[],
            &[(4, 45.0)],
        );
        check(
            |clips| {
                clips.remove(ClipId(2));
                clips.restore(ClipId(2), &Pinned::new());
            },
            &[(30.0, 50.0)],
            &[],
            &[(2, 30.0)],
        );
    }

    #[test]
    fn a_passage_that_comes_again_has_its_number_and_no_other_gets_it() {
        let rank = |clips: &mut History, starts: &[f64]| {
            let suggested = starts.iter().zip(1..).map(|(start, id)| clip_between(id, *start, *start + 20.0));
            clips.rank(Drag::Single, suggested.collect::<Vec<_>>(), &Pinned::new(), &|_| 1.0);
            clips.shown().map(|clip| clip.id.0).collect::<Vec<_>>()
        };
        let mut clips = clips();
        assert_eq!(rank(&mut clips, &[100.0, 200.0]), [4, 5]);
        assert_eq!(rank(&mut clips, &[0.0, 300.0]), [1, 6]);
        assert_eq!(rank(&mut clips, &[200.0, 100.0]), [5, 4]);
        // Moved away by hand: the number is not free any more.
        clips.edit(ClipId(4), |clip| {
            let by = Span::from_seconds(50.0);
            clip.timeline = clip::timeline::Timeline::single(clip.start() + by, clip.end() + by);
        });
        assert_eq!(rank(&mut clips, &[100.0]), [7, 4]);
    }

    #[test]
    fn the_same_edges_keep_the_edit_and_get_the_new_score() {
        let mut clips = clips();
        clips.edit(ClipId(1), |clip| clip.title = "Mine".into());
        let better = ClipEdit { score: 99.0, reasons: vec![Reason::OneTopic], ..clip_between(9, 0.0, 20.0) };
        clips.rank(Drag::Single, vec![better], &Pinned::new(), &|_| 1.0);
        let clip = clips.get(ClipId(1)).expect("it stays");
        assert_eq!((clip.title.as_str(), clip.score, clip.reasons.len()), ("Mine", 99.0, 1));
        assert_eq!(clip.reasons, [Reason::OneTopic]);
    }

    #[test]
    fn what_stays_is_scored_by_what_is_wished_now() {
        let known = Evidence::default().with(Signal::Hook, 0.5);
        let check = |evidence: Evidence, expected: f32| {
            let clip = ClipEdit { evidence, ..clip_between(1, 0.0, 20.0) };
            let mut clips = History::new(Snapshot { clips: vec![clip], ..Snapshot::default() });
            clips.toggle_kept(ClipId(1));
            clips.rank(Drag::Single, vec![], &Pinned::new(), &|evidence| evidence[Signal::Hook] * 50.0);
            assert_eq!(clips.get(ClipId(1)).map(|clip| clip.score), Some(expected));
        };
        check(known, 25.0);
        check(Evidence::default(), 80.0);
    }
}
