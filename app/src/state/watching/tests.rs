use super::*;
use crate::state::tests::{analyzed, failure, heard, opened, words_are_whole};
use clip::failure::FailureClass;
use clip::protocol::Stage;
use clip::sight::{Shot, Sight};
use media::time::Instant;
use project::fixtures::film_facts;

/// A film with two clips, from 0 to 20 s and from 25 to 45 s.
fn film() -> AppState {
    let (mut state, job) = opened();
    state.fold(heard(job, 0), 1.0);
    words_are_whole(&mut state, job);
    state.file.as_mut().expect("the file is open").facts = Some(film_facts(60.0));
    state
}

fn seen(job: JobId, range: SourceRange) -> FromEngine {
    let shot = Shot { start: range.start, end: range.end, motion_x: Some(0.3) };
    FromEngine::Watched { job, sight: Sight { shots: vec![shot], faces: vec![] }, seconds: 1.0 }
}

fn center(state: &AppState, id: u32) -> f32 {
    state.framed(ClipId(id)).expect("the clip").scenes.center_x()
}

#[test]
fn the_clip_in_the_editor_is_looked_at_once() {
    let mut state = film();
    assert_eq!(state.begin_watching_chosen(), None, "nothing is chosen");
    state.choose(Some(ClipId(1)));
    let (job, range) = state.begin_watching_chosen().expect("a look");
    assert_eq!((range.start, range.end), (Instant::ZERO, Instant::from_seconds(22.0)));
    assert_eq!((state.begin_watching_chosen(), state.is_working()), (None, false));
    assert_eq!(center(&state, 1), 0.5);
    assert_eq!(state.fold(seen(job, range), 2.0), [Consequence::Keep, Consequence::Seen(vec![])]);
    assert_eq!((center(&state, 1), center(&state, 2)), (0.3, 0.5));
    assert_eq!(state.begin_watching_chosen(), None);
}

#[test]
fn an_export_waits_until_its_clips_were_looked_at() {
    let mut state = film();
    let ids = [ClipId(1), ClipId(2)];
    for _ in ids {
        let (job, range) = state.begin_watching_for_export(&ids).flatten().expect("a look");
        assert_eq!(state.jobs.work().map(|work| work.kind.name()), Some("watch"));
        let consequences = state.fold(seen(job, range), 2.0);
        assert_eq!(consequences, [Consequence::Keep, Consequence::Seen(ids.to_vec())]);
        assert!(!state.is_working());
    }
    assert_eq!(state.begin_watching_for_export(&ids), None);
    assert_eq!((center(&state, 1), center(&state, 2)), (0.3, 0.3));
}

#[test]
fn an_export_waits_for_the_look_that_the_editor_began() {
    let mut state = film();
    state.choose(Some(ClipId(1)));
    let (job, range) = state.begin_watching_chosen().expect("a look");
    assert_eq!(state.begin_watching_for_export(&[ClipId(1)]), Some(None));
    assert!(state.is_working());
    let consequences = state.fold(seen(job, range), 2.0);
    assert_eq!(consequences, [Consequence::Keep, Consequence::Seen(vec![ClipId(1)])]);
}

#[test]
fn what_cannot_be_looked_at_is_exported_all_the_same() {
    let mut state = film();
    let ids = [ClipId(1)];
    let (job, _) = state.begin_watching_for_export(&ids).flatten().expect("a look");
    let event = FromEngine::Failed { job: Some(job), failure: failure(FailureClass::Model) };
    assert_eq!(state.fold(event, 2.0), [Consequence::Seen(ids.to_vec())]);
    assert_eq!((state.begin_watching_for_export(&ids), state.failure.clone()), (None, None));
    state.choose(Some(ClipId(1)));
    assert_eq!(state.begin_watching_chosen(), None);
    state.watch_again();
    assert!(state.begin_watching_chosen().is_some());
}

#[test]
fn another_part_is_looked_at_where_one_cannot_be() {
    let mut state = film();
    let ids = [ClipId(1), ClipId(2)];
    let (job, _) = state.begin_watching_for_export(&ids).flatten().expect("a look");
    let event = FromEngine::Failed { job: Some(job), failure: failure(FailureClass::Malformed) };
    assert_eq!(state.fold(event, 2.0), [Consequence::Seen(ids.to_vec())]);
    let (job, range) = state.begin_watching_for_export(&ids).flatten().expect("the other one");
    assert!(range.start > Instant::from_seconds(20.0));
    state.fold(seen(job, range), 3.0);
    assert_eq!(state.begin_watching_for_export(&ids), None);
    assert_eq!((center(&state, 1), center(&state, 2)), (0.5, 0.3));
}

#[test]
fn an_export_does_not_wait_for_a_look_that_is_being_stopped() {
    let mut state = film();
    state.choose(Some(ClipId(1)));
    let (job, _) = state.begin_watching_chosen().expect("a look");
    state.jobs.stop(Kind::is_watching);
    let begun = state.begin_watching_for_export(&[ClipId(1)]).flatten();
    assert!(begun.is_some_and(|(other, _)| other != job));
    state.fold(FromEngine::Cancelled { job }, 2.0);
    assert!(state.is_working());
}

#[test]
fn what_a_person_stopped_is_looked_at_when_they_ask_or_export() {
    let mut state = film();
    state.choose(Some(ClipId(1)));
    let (job, _) = state.begin_watching_chosen().expect("a look");
    assert_eq!(state.jobs.stop(Kind::is_watching), Some(job));
    assert_eq!(state.fold(FromEngine::Cancelled { job }, 2.0), []);
    assert_eq!(state.begin_watching_chosen(), None);
    assert!(state.begin_watching_for_export(&[ClipId(1)]).is_some());
}

#[test]
fn a_look_that_nobody_waits_for_changes_nothing() {
    let mut state = film();
    state.choose(Some(ClipId(1)));
    let (job, range) = state.begin_watching_chosen().expect("a look");
    state.jobs.leave_all();
    assert_eq!(state.fold(seen(job, range), 2.0), []);
    assert_eq!(state.fold(FromEngine::Finished { job, stage: Stage::Watch, seconds: 1.0 }, 2.0), []);
    assert_eq!(state.fold(analyzed(job), 2.0), []);
    assert_eq!(center(&state, 1), 0.5);
}
