//! What a step of the person did, for the buttons that take it back and make it again.
//! Plain data: it is read off what was before and after. What a step is called is the page's.

use crate::snapshot::Snapshot;
use clip::edit::{ClipEdit, ClipId};

/// A step, with the number that its clip has among those shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    HeardAgain,
    Skipped(usize),
    BroughtBack(usize),
    Kept(usize),
    KeptNoLonger(usize),
    Found,
    ChoseSpeaker,
    Tuned,
    NamedSpeakers,
    MarkedSpeakers,
    Reshaped,
    CaptionedIn,
    /// Words were corrected.
    Spelled,
    Counted,
    Ranked,
    /// A clip of the person's own.
    Added(usize),
    /// One became two.
    Split(usize),
    Edited(Part, usize),
    /// Of which no more can be said.
    Other,
}

/// What of a clip was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Title,
    Trim,
    WordsBack,
    Cut,
    Captions,
    Framing,
}

pub(super) fn told(before: &Snapshot, after: &Snapshot) -> Step {
    let number = |snapshot: &Snapshot, id: ClipId| {
        let mut shown = snapshot.clips.iter().filter(|clip| !snapshot.removed.contains(&clip.id));
        shown.position(|clip| clip.id == id).map(|at| at + 1)
    };
    let of = |step: fn(usize) -> Step, number: Option<usize>| number.map_or(Step::Other, step);
    if before.hearing != after.hearing {
        return Step::HeardAgain;
    }
    if let Some(id) = after.removed.iter().find(|id| !before.removed.contains(id)) {
        return of(Step::Skipped, number(before, *id));
    }
    if let Some(id) = before.removed.iter().find(|id| !after.removed.contains(id)) {
        return of(Step::BroughtBack, number(after, *id));
    }
    if let Some(id) = after.kept.difference(&before.kept).next() {
        return of(Step::Kept, number(after, *id));
    }
    if let Some(id) = before.kept.difference(&after.kept).next() {
        return of(Step::KeptNoLonger, number(after, *id));
    }
    if before.preferences != after.preferences {
        return match (
            before.preferences.about != after.preferences.about,
            before.preferences.speaker != after.preferences.speaker,
        ) {
            (true, _) => Step::Found,
            (_, true) => Step::ChoseSpeaker,
            _ => Step::Tuned,
        };
    }
    if before.known != after.known {
        return Step::NamedSpeakers;
    }
    if before.marks != after.marks {
        return Step::MarkedSpeakers;
    }
    if before.shape != after.shape {
        return Step::Reshaped;
    }
    if before.captions_in != after.captions_in {
        return Step::CaptionedIn;
    }
    if before.spelling != after.spelling {
        return Step::Spelled;
    }
    let same = |clip: &&ClipEdit| before.clips.iter().find(|old| old.id == clip.id);
    // What is suggested was touched by nobody yet.
    if let Some(own) =
        after.clips.iter().find(|clip| same(clip).is_none() && after.touched.contains(&clip.id))
    {
        // The first part of a clip is that clip.
        let whole =
            after.clips.iter().find(|clip| same(clip).is_some_and(|old| old.timeline != clip.timeline));
        return match whole {
            Some(part) => of(Step::Split, number(after, part.id)),
            None => of(Step::Added, number(after, own.id)),
        };
    }
    let ids = |snapshot: &Snapshot| snapshot.clips.iter().map(|clip| clip.id).collect::<Vec<_>>();
    let (old, new) = (ids(before), ids(after));
    let stay = |of: &[ClipId], others: &[ClipId]| of.iter().all(|id| others.contains(id));
    if old.len() != new.len() && (stay(&old, &new) || stay(&new, &old)) {
        return Step::Counted;
    }
    if old != new {
        return Step::Ranked;
    }
    let edited = after.clips.iter().filter_map(|clip| same(&clip).map(|old| (old, clip)));
    let edited = edited.into_iter().find(|(old, clip)| old != clip);
    let told = edited.and_then(|(old, clip)| Some(Step::Edited(part(old, clip), number(after, clip.id)?)));
    told.unwrap_or(Step::Other)
}

fn part(old: &ClipEdit, clip: &ClipEdit) -> Part {
    if old.title != clip.title {
        Part::Title
    } else if old.timeline != clip.timeline {
        let is_trimmed = [old.timeline.starting_at(clip.start()), old.timeline.ending_at(clip.end())]
            .contains(&clip.timeline);
        match old.length() < clip.length() {
            _ if is_trimmed => Part::Trim,
            true => Part::WordsBack,
            false => Part::Cut,
        }
    } else if old.captions != clip.captions {
        Part::Captions
    } else {
        Part::Framing
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, Step};
    use crate::fixtures::clip_between;
    use crate::history::History;
    use crate::merge::Pinned;
    use crate::snapshot::{Drag, Snapshot};
    use clip::edit::{CaptionStyle, ClipEdit, ClipId, SpeakerMarks};
    use clip::insights::{Insights, Speaker};
    use clip::scene::Scenes;
    use clip::select::Slider;
    use clip::timeline::{SourceRange, Timeline};
    use media::time::Instant;

    #[test]
    fn each_step_says_what_it_did() {
        let check = |act: fn(&mut History), expected: Step| {
            let mut clips = History::new(Snapshot {
                clips: vec![
                    clip_between(1, 0.0, 20.0),
                    clip_between(2, 30.0, 50.0),
                    clip_between(3, 60.0, 80.0),
                ],
                removed: vec![ClipId(1)],
                kept: [ClipId(2)].into(),
                ..Snapshot::default()
            });
            clips
                .learn(Insights { speakers: (0..2).map(Speaker::numbered).collect(), ..Insights::default() });
            assert_eq!(clips.steps(), (None, None), "nothing was done yet");
            act(&mut clips);
            clips.settle();
            assert_eq!(clips.steps(), (Some(expected), None));
            clips.undo();
            assert_eq!(clips.steps(), (None, Some(expected)));
        };
        check(|clips| clips.remove(ClipId(3)), Step::Skipped(2));
        check(|clips| clips.restore(ClipId(1), &Pinned::new()), Step::BroughtBack(1));
        check(|clips| clips.toggle_kept(ClipId(3)), Step::Kept(2));
        check(|clips| clips.toggle_kept(ClipId(2)), Step::KeptNoLonger(1));
        check(|clips| clips.edit(ClipId(2), |clip| clip.title = "New".into()), Step::Edited(Part::Title, 1));
        check(
            |clips| {
                clips.edit(ClipId(3), |clip| {
                    clip.timeline = clip.timeline.ending_at(Instant::from_seconds(70.0))
                })
            },
            Step::Edited(Part::Trim, 2),
        );
        check(
            |clips| clips.drag(ClipId(3), |clip| clip.scenes = Scenes::centered(0.1)),
            Step::Edited(Part::Framing, 2),
        );
        check(
            |clips| clips.edit(ClipId(2), |clip| clip.captions = CaptionStyle::Off),
            Step::Edited(Part::Captions, 1),
        );
        check(|clips| clips.mark_speakers(SpeakerMarks::Names), Step::MarkedSpeakers);
        check(
            |clips| clips.change_insights(|insights| insights.rename(1, "Anna", ToString::to_string)),
            Step::NamedSpeakers,
        );
        check(
            |clips| clips.steer(Drag::Single, |preferences| preferences.weights.set(Slider::Hook, 0.1)),
            Step::Tuned,
        );
        check(
            |clips| clips.steer(Drag::Single, |preferences| preferences.speaker = Some(1)),
            Step::ChoseSpeaker,
        );
        check(
            |clips| clips.steer(Drag::Single, |preferences| preferences.about = Some("bread".into())),
            Step::Found,
        );
        let better = |clips: &mut History| {
            clips.rank(Drag::Single, vec![clip_between(1, 90.0, 99.0)], &Pinned::new(), &|_| 1.0)
        };
        check(better, Step::Ranked);
    }

    #[test]
    fn a_cut_and_its_end_are_told_apart_from_a_trim() {
        let part = |start_s: f64, end_s: f64| SourceRange {
            start: Instant::from_seconds(start_s),
            end: Instant::from_seconds(end_s),
        };
        let cut = clip_between(1, 0.0, 20.0).timeline.without(part(5.0, 7.0)).without(part(9.0, 10.0));
        let check = |after: Timeline, expected: Part| {
            let clip = ClipEdit { timeline: cut.clone(), ..clip_between(1, 0.0, 20.0) };
            let mut clips = History::new(Snapshot { clips: vec![clip], ..Snapshot::default() });
            clips.edit(ClipId(1), |clip| clip.timeline = after);
            assert_eq!(clips.steps().0, Some(Step::Edited(expected, 1)));
        };
        check(cut.without(part(12.0, 13.0)), Part::Cut);
        check(cut.with(part(5.5, 6.0)), Part::WordsBack);
        check(cut.with(part(5.0, 7.0)), Part::WordsBack);
        check(cut.starting_at(Instant::from_seconds(8.0)), Part::Trim);
        check(cut.ending_at(Instant::from_seconds(25.0)), Part::Trim);
    }

    #[test]
    fn what_no_person_did_is_no_step() {
        let mut clips =
            History::new(Snapshot { clips: vec![clip_between(1, 0.0, 20.0)], ..Snapshot::default() });
        clips.rank_unseen(vec![clip_between(1, 90.0, 99.0)], &Pinned::new(), &|_| 1.0);
        clips.reassess(&[clip_between(1, 90.0, 99.0)]);
        clips.look_at(ClipId(2));
        clips.learn(Insights::default());
        assert!(!clips.can_undo() && clips.steps().0.is_none());
        assert_eq!(clips.now().looked_at, [ClipId(2)].into());
    }
}
