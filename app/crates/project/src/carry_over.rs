//! What becomes of a person's clips when the words under them were heard once more: what they did is carried over by time.
//! Plain data; how words are heard once more is the page's.

use crate::cut::has_cuts;
use crate::merge::{Number, Pinned, by_score, is_same_passage, shared};
use crate::snapshot::Snapshot;
use clip::edit::{ClipEdit, ClipId};
use clip::transcript::{Transcript, join_words};

/// The clips after `suggested`, which was chosen from the new words, best first. A clip that a person touched, kept or rejected, and one
/// that is `pinned`, keeps its edges, its crop and its captions, and takes the place of the suggestion that it shares most with, whose
/// reasons it gets, and whose title where a person gave none.
pub(crate) fn carried(
    snapshot: &Snapshot,
    suggested: Vec<ClipEdit>,
    pinned: &Pinned,
    transcript: &Transcript,
    number: &mut Number<'_>,
) -> Vec<ClipEdit> {
    let is_rejected = |id: ClipId| snapshot.removed.contains(&id);
    let holds = |clip: &&ClipEdit| {
        let is_held = [&snapshot.kept, &snapshot.touched, pinned].iter().any(|ids| ids.contains(&clip.id));
        is_rejected(clip.id) || is_held || has_cuts(clip)
    };
    let is_placed = |carried: &[ClipEdit], id: ClipId| carried.iter().any(|clip| clip.id == id);
    let mut carried: Vec<ClipEdit> = Vec::with_capacity(suggested.len() + snapshot.clips.len());
    for suggestion in suggested {
        let nearest = snapshot.clips.iter().filter(holds).filter(|clip| is_same_passage(clip, &suggestion));
        match nearest.max_by_key(|clip| shared(clip, &suggestion)) {
            Some(old) if is_rejected(old.id) || is_placed(&carried, old.id) => {}
            Some(old) => {
                carried.push(renewed(old, suggestion, snapshot.titled.contains(&old.id), transcript))
            }
            None => {
                // The number of one that goes is free.
                let is_held = |id: ClipId| snapshot.clips.iter().filter(holds).any(|clip| clip.id == id);
                let is_free = |id: ClipId| !is_held(id) && !is_placed(&carried, id);
                let id = number(&suggestion, &is_free);
                carried.push(ClipEdit { id, ..suggestion });
            }
        }
    }
    for old in snapshot.clips.iter().filter(holds) {
        if !is_placed(&carried, old.id) {
            by_score(&mut carried, old.clone());
        }
    }
    carried
}

fn renewed(old: &ClipEdit, suggestion: ClipEdit, is_titled: bool, transcript: &Transcript) -> ClipEdit {
    let ClipEdit { title, score, reasons, evidence, .. } = suggestion;
    let title = match !is_titled && is_said(&title, old, transcript) {
        true => title,
        false => old.title.clone(),
    };
    ClipEdit { title, score, reasons, evidence, ..old.clone() }
}

/// Whether a title quotes what is said in what a clip plays.
fn is_said(title: &str, clip: &ClipEdit, transcript: &Transcript) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let within = transcript.words().filter(|word| clip.timeline.plays(word));
    plain(&join_words(within)).contains(&plain(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{clip_between, segment_of};
    use crate::history::History;
    use crate::steps::Step;
    use clip::scene::Scenes;

    /// Three clips of 20 s at 0, 30 and 60 s, what was done to them, and what is suggested from the new words by start and end.
    fn check(
        touch: fn(&mut History),
        pinned: &[u32],
        suggested: &[(f64, f64)],
        expected: &[(u32, f64, f64, &str)],
    ) {
        let clips = (0..3).map(|at| clip_between(at + 1, f64::from(at) * 30.0, f64::from(at) * 30.0 + 20.0));
        let mut clips = History::new(Snapshot { clips: clips.collect(), ..Snapshot::default() });
        touch(&mut clips);
        let before = clips.now().clone();
        let words = |at: i32| segment_of(f64::from(at) * 10.0, &["New", " words", " here."]);
        let transcript = Transcript { segments: (0..8).map(words).collect(), ..Transcript::default() };
        let suggestion = |((start, end), id): (&(f64, f64), u32)| ClipEdit {
            title: "New words".into(),
            ..clip_between(id, *start, *end)
        };
        let suggested = suggested.iter().zip(1..).map(suggestion).collect();
        let pinned = pinned.iter().copied().map(ClipId).collect();
        clips.hear_again(1, suggested, &pinned, &transcript);
        let shown: Vec<_> = clips
            .shown()
            .map(|clip| (clip.id.0, clip.start().seconds(), clip.end().seconds(), clip.title.as_str()))
            .collect();
        assert_eq!(shown, expected);
        assert!(clips.was_heard_again());
        assert_eq!(clips.steps().0, Some(Step::HeardAgain));
        clips.undo();
        assert_eq!(clips.now(), &before, "one step brings back everything");
    }

    #[test]
    fn a_title_is_said_where_captions_have_all_of_its_words() {
        let segments = vec![segment_of(0.0, &["New", " words", " here."])];
        let transcript = Transcript { segments, ..Transcript::default() };
        // The last word lies from 2 to 2.8 seconds.
        for (end_s, expected) in [(2.3, false), (2.5, true)] {
            let clip = clip_between(1, 0.0, end_s);
            assert_eq!(is_said("Words here", &clip, &transcript), expected, "up to {end_s}");
        }
    }

    #[test]
    fn what_nobody_touched_makes_way_for_what_is_chosen_from_the_new_words() {
        check(
            |_| (),
            &[],
            &[(1.0, 22.0), (31.0, 51.0)],
            &[(4, 1.0, 22.0, "New words"), (5, 31.0, 51.0, "New words")],
        );
    }

    #[test]
    fn titles_edges_and_crops_of_a_person_stay_and_machine_titles_follow_the_words() {
        let mine = |clips: &mut History| clips.edit(ClipId(2), |clip| clip.title = "Mine".into());
        check(mine, &[], &[(28.0, 49.0)], &[(2, 30.0, 50.0, "Mine")]);
        let cropped = |clips: &mut History| clips.edit(ClipId(2), |clip| clip.scenes = Scenes::centered(0.1));
        check(cropped, &[], &[(28.0, 49.0)], &[(2, 30.0, 50.0, "New words")]);
        // What was exported or looked at, with nothing that lies over it now.
        check(|_| (), &[3], &[(0.0, 20.0)], &[(1, 0.0, 20.0, "New words"), (3, 60.0, 80.0, "Clip 3")]);
        // Of two suggestions over it, one makes way.
        check(mine, &[], &[(30.0, 42.0), (38.0, 52.0)], &[(2, 30.0, 50.0, "Mine")]);
    }

    #[test]
    fn cuts_of_a_person_stay() {
        use clip::timeline::SourceRange;
        use media::time::Instant;
        let part = SourceRange { start: Instant::from_seconds(35.0), end: Instant::from_seconds(40.0) };
        let mut clips =
            History::new(Snapshot { clips: vec![clip_between(1, 30.0, 50.0)], ..Snapshot::default() });
        clips.edit(ClipId(1), |clip| clip.timeline = clip.timeline.without(part));
        let cut = clips.now().clips[0].timeline.clone();
        clips.hear_again(1, vec![clip_between(1, 30.0, 50.0)], &Pinned::new(), &Transcript::default());
        assert_eq!(
            clips.shown().map(|clip| (clip.id.0, clip.timeline.clone())).collect::<Vec<_>>(),
            [(1, cut)]
        );
    }

    #[test]
    fn verdicts_hold_for_the_same_passage() {
        let kept = |clips: &mut History| clips.toggle_kept(ClipId(1));
        check(kept, &[], &[(2.0, 21.0)], &[(1, 0.0, 20.0, "New words")]);
        let rejected = |clips: &mut History| clips.remove(ClipId(1));
        check(rejected, &[], &[(2.0, 21.0), (60.0, 80.0)], &[(3, 60.0, 80.0, "New words")]);
    }

    #[test]
    fn a_title_that_is_not_said_in_the_clip_is_not_taken() {
        // Kept, and shorter than what is suggested: silence.
        let short = |clips: &mut History| {
            clips.edit(ClipId(1), |clip| {
                let at = media::time::Instant::from_seconds;
                clip.timeline = clip::timeline::Timeline::single(at(4.0), at(9.0));
            });
        };
        check(short, &[], &[(0.0, 20.0)], &[(1, 4.0, 9.0, "Clip 1")]);
    }
}
