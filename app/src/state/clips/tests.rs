//! Steps back and forth, drags, and who speaks.

use super::*;
use crate::state::tests::clip_between;
use clip::insights::{Speaker, Turn};

fn cut(clips: Vec<ClipEdit>) -> Cut {
    Cut { clips, ..Cut::default() }
}

#[test]
fn every_step_can_be_taken_back_and_again() {
    let mut clips = Clips::new(cut(vec![clip_between(1, 0.0, 20.0), clip_between(2, 30.0, 50.0)]));
    let first = clips.clone();
    clips.edit(ClipId(1), |clip| clip.title = "New".into());
    clips.toggle_kept(ClipId(2));
    clips.remove(ClipId(2));
    assert_eq!((clips.shown().count(), clips.number(ClipId(2))), (1, None));
    assert_eq!(clips.verdicts(), BTreeMap::from([(ClipId(2), Verdict::Rejected)]));
    let last = clips.cut().clone();
    for _ in 0..3 {
        clips.undo();
    }
    assert_eq!(clips.cut(), first.cut());
    assert!(!clips.can_undo());
    for _ in 0..3 {
        clips.redo();
    }
    assert_eq!(clips.cut(), &last);
    clips.restore(ClipId(2));
    assert!(!clips.can_redo());
    assert_eq!(clips.shown().count(), 2);
}

#[test]
fn how_speakers_are_marked_can_be_taken_back_and_pins_no_clip() {
    let mut clips = Clips::new(cut(vec![clip_between(1, 0.0, 20.0)]));
    clips.mark_speakers(SpeakerMarks::Names);
    clips.mark_speakers(SpeakerMarks::Names);
    assert_eq!((clips.cut().marks, clips.cut().touched.len()), (SpeakerMarks::Names, 0));
    clips.undo();
    assert_eq!(clips.cut().marks, SpeakerMarks::Off);
    assert!(!clips.can_undo());
}

#[test]
fn a_drag_is_one_step_and_no_change_is_none() {
    let mut clips = Clips::new(cut(vec![clip_between(1, 0.0, 20.0)]));
    for step in 1..=20 {
        clips.drag(ClipId(1), |clip| clip.crop_center_x = step as f32 / 20.0);
    }
    clips.edit(ClipId(1), |clip| clip.crop_center_x = 0.9);
    clips.undo();
    assert_eq!(clips.get(ClipId(1)).map(|clip| clip.crop_center_x), Some(0.5));
    assert!(!clips.can_undo());
    clips.edit(ClipId(1), |clip| clip.crop_center_x = 0.5);
    clips.remove(ClipId(9));
    assert!(!clips.can_undo() && clips.can_redo());
}

#[test]
fn moves_of_sliders_are_one_step_until_something_else_is_done() {
    let mut clips = Clips::new(cut(vec![clip_between(1, 0.0, 20.0)]));
    let slide = |clips: &mut Clips, hook: f32| {
        clips.steer(Drag::Sliders, |steering| steering.weights.hook = hook);
        clips.rank(
            Drag::Sliders,
            vec![clip_between(1, 40.0, 60.0 + f64::from(hook))],
            &Staying::default(),
            &|_| 1.0,
        );
    };
    slide(&mut clips, 0.5);
    slide(&mut clips, 0.4);
    assert!(clips.can_undo());
    clips.toggle_kept(ClipId(3));
    slide(&mut clips, 0.3);
    let hook = |clips: &Clips| clips.cut().steering.weights.hook;
    clips.undo();
    assert_eq!((hook(&clips), clips.cut().kept.len()), (0.4, 1));
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
        let mut clips = Clips::new(Cut::default());
        clips.learn(insights.clone());
        clips.steer(Drag::Single, |steering| steering.speaker = Some(2));
        clips.settle();
        let edition = clips.cut().known.edition;
        clips.change_insights(change);
        clips.settle();
        assert_eq!(clips.cut().steering.speaker, expected);
        assert_ne!(clips.cut().known.edition, edition);
        clips.undo();
        assert_eq!(clips.cut().known.insights.as_ref(), &insights);
        assert_eq!((clips.cut().known.edition, clips.cut().steering.speaker), (edition, Some(2)));
    };
    check(|insights| insights.rename(2, "Anna"), Some(2));
    check(|insights| insights.merge(0, 1), Some(1));
    check(|insights| insights.merge(2, 0), Some(0));
}
