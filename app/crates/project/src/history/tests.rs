//! Steps back and forth, drags, and who speaks.

use super::*;
use crate::fixtures::{clip_between, spread_segment};
use crate::spelling::Misheard;
use crate::steps::Part;
use clip::insights::{Speaker, Turn};
use clip::reason::Reason;
use clip::recording::Spelling;
use clip::scene::Scenes;
use clip::select::Slider;
use clip::transcript::WordId;

fn snapshot(clips: Vec<ClipEdit>) -> Snapshot {
    Snapshot { clips, ..Snapshot::default() }
}

#[test]
fn every_step_can_be_taken_back_and_again() {
    let mut clips = History::new(snapshot(vec![clip_between(1, 0.0, 20.0), clip_between(2, 30.0, 50.0)]));
    let first = clips.clone();
    clips.edit(ClipId(1), |clip| clip.title = "New".into());
    clips.toggle_kept(ClipId(2));
    clips.remove(ClipId(2));
    assert_eq!((clips.shown().count(), clips.number(ClipId(2))), (1, None));
    assert_eq!(clips.verdicts(), BTreeMap::from([(ClipId(2), Verdict::Rejected)]));
    let last = clips.now().clone();
    for _ in 0..3 {
        clips.undo();
    }
    assert_eq!(clips.now(), first.now());
    assert!(!clips.can_undo());
    for _ in 0..3 {
        clips.redo();
    }
    assert_eq!(clips.now(), &last);
    clips.restore(ClipId(2), &Pinned::new());
    assert!(!clips.can_redo());
    assert_eq!(clips.shown().count(), 2);
}

#[test]
fn how_speakers_are_marked_can_be_taken_back_and_pins_no_clip() {
    let mut clips = History::new(snapshot(vec![clip_between(1, 0.0, 20.0)]));
    clips.mark_speakers(SpeakerMarks::Names);
    clips.mark_speakers(SpeakerMarks::Names);
    assert_eq!((clips.now().marks, clips.now().touched.len()), (SpeakerMarks::Names, 0));
    clips.undo();
    assert_eq!(clips.now().marks, SpeakerMarks::Off);
    assert!(!clips.can_undo());
}

#[test]
fn a_drag_is_one_step_and_no_change_is_none() {
    let mut clips = History::new(snapshot(vec![clip_between(1, 0.0, 20.0)]));
    for step in 1..=20 {
        clips.drag(ClipId(1), |clip| clip.scenes = Scenes::centered(step as f32 / 20.0));
    }
    clips.edit(ClipId(1), |clip| clip.scenes = Scenes::centered(0.9));
    clips.undo();
    assert_eq!(clips.get(ClipId(1)).map(|clip| clip.scenes.center_x()), Some(0.5));
    assert!(!clips.can_undo());
    clips.edit(ClipId(1), |clip| clip.scenes = Scenes::centered(0.5));
    clips.remove(ClipId(9));
    assert!(!clips.can_undo() && clips.can_redo());
}

#[test]
fn a_run_of_moves_of_the_frame_is_one_step_and_nothing_else_is_in_it() {
    let mut clips = History::new(snapshot(vec![clip_between(1, 0.0, 20.0), clip_between(2, 30.0, 50.0)]));
    let center = |clips: &History, id: u32| clips.get(ClipId(id)).map(|clip| clip.scenes.center_x());
    for step in 1..=8 {
        clips.frame(ClipId(1), 0.5 + step as f32 / 100.0);
    }
    assert_eq!(clips.steps().0, Some(Step::Edited(Part::Framing, 1)), "it can be taken back at once");
    clips.edit(ClipId(1), |clip| clip.title = "New".into());
    clips.frame(ClipId(1), 0.1);
    clips.settle();
    clips.frame(ClipId(1), 0.2);
    clips.frame(ClipId(2), 0.9);
    let mut centers = vec![];
    while clips.can_undo() {
        clips.undo();
        centers.push((center(&clips, 1), center(&clips, 2)));
    }
    let at = |first: f32| (Some(first), Some(0.5));
    assert_eq!(centers, [at(0.2), at(0.1), at(0.58), at(0.58), at(0.5)]);
}

#[test]
fn moves_of_sliders_are_one_step_until_something_else_is_done() {
    let mut clips = History::new(snapshot(vec![clip_between(1, 0.0, 20.0)]));
    let slide = |clips: &mut History, hook: f32| {
        clips.steer(Drag::Sliders, |preferences| preferences.weights.set(Slider::Hook, hook));
        clips.rank(
            Drag::Sliders,
            vec![clip_between(1, 40.0, 60.0 + f64::from(hook))],
            &Pinned::default(),
            &|_| 1.0,
        );
    };
    slide(&mut clips, 0.5);
    slide(&mut clips, 0.4);
    assert!(clips.can_undo());
    clips.toggle_kept(ClipId(3));
    slide(&mut clips, 0.3);
    let hook = |clips: &History| clips.now().preferences.weights[Slider::Hook];
    clips.undo();
    assert_eq!((hook(&clips), clips.now().kept.len()), (0.4, 1));
    clips.undo();
    clips.undo();
    assert_eq!((hook(&clips), clips.shown().next().map(|clip| clip.id)), (1.0, Some(ClipId(1))));
    assert!(!clips.can_undo());
}

#[test]
fn who_speaks_can_be_taken_back_and_the_filter_follows() {
    let turn = |start: f64, speaker| Turn {
        start: Instant::from_seconds(start),
        end: Instant::from_seconds(start + 10.0),
        speaker,
    };
    let insights = Insights {
        turns: vec![turn(0.0, 0), turn(10.0, 1), turn(20.0, 2)],
        speakers: (0..3).map(Speaker::numbered).collect(),
        ..Insights::default()
    };
    let check = |change: fn(&mut Insights), expected: Option<usize>| {
        let mut clips = History::new(Snapshot::default());
        clips.learn(insights.clone());
        clips.steer(Drag::Single, |preferences| preferences.speaker = Some(2));
        clips.settle();
        let edition = clips.now().known.edition;
        clips.change_insights(change);
        clips.settle();
        assert_eq!(clips.now().preferences.speaker, expected);
        assert_ne!(clips.now().known.edition, edition);
        clips.undo();
        assert_eq!(clips.now().known.insights.as_ref(), &insights);
        assert_eq!((clips.now().known.edition, clips.now().preferences.speaker), (edition, Some(2)));
    };
    check(|insights| insights.rename(2, "Anna", ToString::to_string), Some(2));
    check(|insights| insights.merge(0, 1), Some(1));
    check(|insights| insights.merge(2, 0), Some(0));
}

#[test]
fn new_scores_are_told_only_where_the_order_follows_them() {
    let scored = |id: u32, score: f32| ClipEdit {
        score,
        reasons: vec![Reason::Written(format!("{score}"))],
        ..clip_between(id, f64::from(id) * 30.0, f64::from(id) * 30.0 + 20.0)
    };
    let check = |found: [f32; 3], expected: [f32; 3]| {
        let mut clips = History::new(snapshot(vec![scored(1, 90.0), scored(2, 80.0), scored(3, 70.0)]));
        let suggested: Vec<ClipEdit> = (1..).zip(found).map(|(id, score)| scored(id, score)).collect();
        clips.reassess(&suggested);
        assert_eq!(clips.shown().map(|clip| clip.score).collect::<Vec<_>>(), expected);
        assert_eq!(clips.shown().map(|clip| clip.id.0).collect::<Vec<_>>(), [1, 2, 3], "nothing moves");
        let reasons = expected.map(|score| vec![Reason::Written(format!("{score}"))]);
        assert_eq!(clips.shown().map(|clip| clip.reasons.clone()).collect::<Vec<_>>(), reasons);
    };
    check([95.0, 60.0, 50.0], [95.0, 60.0, 50.0]);
    check([60.0, 60.0, 60.0], [60.0, 60.0, 60.0]);
    check([60.0, 70.0, 50.0], [90.0, 80.0, 70.0]);
}

#[test]
fn a_correction_is_one_step_that_titles_follow_where_nobody_gave_them() {
    let mut transcript = Transcript::default();
    transcript.merge(vec![spread_segment("we run cooper net here.", 0.0, 10.0)]);
    let titled = |id, title: &str| ClipEdit { title: title.into(), ..clip_between(id, 0.0, 20.0) };
    let mut clips = History::new(snapshot(vec![
        titled(1, "Cooper net here"),
        titled(2, "My cooper net"),
        ClipEdit { title: "Of cooper net".into(), ..clip_between(3, 30.0, 50.0) },
    ]));
    clips.edit(ClipId(2), |clip| clip.title = "Our cooper net".into());
    let misheard = Misheard::of(&transcript, WordId(2)..=WordId(3)).expect("words");
    clips.spell(&[(misheard.clone(), "Kubernetes".into())], &transcript);
    let titles = |clips: &History| clips.shown().map(|clip| clip.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&clips), ["Kubernetes here", "Our cooper net", "Of cooper net"]);
    let expected = Spelling::from([(WordId(2), "Kubernetes".to_owned()), (WordId(3), String::new())]);
    assert_eq!(clips.now().spelling, expected);
    assert_eq!(clips.steps().0, Some(Step::Spelled));
    assert!(!clips.now().touched.contains(&ClipId(1)), "nobody touched the clip itself");
    // What is said already is no step.
    clips.spell(&[(misheard, "cooper net".into())], &transcript);
    clips.undo();
    assert_eq!(titles(&clips), ["Cooper net here", "Our cooper net", "Of cooper net"]);
    assert!(clips.now().spelling.is_empty());
    clips.redo();
    assert_eq!(clips.now().spelling, expected);
    // Other words are counted anew.
    clips.hear_again(1, vec![clip_between(1, 0.0, 20.0)], &Pinned::new(), &transcript);
    assert!(clips.now().spelling.is_empty());
}

#[test]
fn the_shape_is_of_all_clips_and_of_those_to_come() {
    let mut clips = History::new(snapshot(vec![clip_between(1, 0.0, 20.0), clip_between(2, 30.0, 50.0)]));
    let shapes = |clips: &History| clips.shown().map(|clip| clip.shape).collect::<Vec<_>>();
    clips.reshape(Shape::Square);
    assert_eq!(shapes(&clips), [Shape::Square; 2]);
    assert_eq!((clips.steps().0, clips.now().touched.len()), (Some(Step::Reshaped), 0));
    let suggested =
        vec![clip_between(0, 60.0, 80.0), clip_between(0, 90.0, 110.0), clip_between(0, 0.0, 20.0)];
    clips.rank(Drag::Single, suggested, &Pinned::new(), &|_| 0.0);
    assert_eq!(shapes(&clips), [Shape::Square; 3]);
    clips.undo();
    clips.undo();
    assert_eq!(shapes(&clips), [Shape::Upright; 2]);
    assert!(!clips.can_undo());
    assert_eq!(clips.now().lasting().shape, Shape::Upright);
}
