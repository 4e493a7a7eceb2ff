//! How the page's state follows the engine's events.

use super::*;
use clip::failure::FailureClass;
use clip::protocol::{DeviceKind, ExportClip, FromEngine, JobId, PrepareStep, Stage};
use clip::scene::Scenes;
use clip::tracks::{Listening, SoundChoice, Tracks};
use clip::transcript::WindowSpan;
use media::facts::TrackId;
use project::fixtures::{clip_between, facts, segment_of};

pub fn failure(class: FailureClass) -> Failure {
    Failure::Told { class, message: "It did not work.".into(), advice: "Try again.".into() }
}

fn ready() -> FromEngine {
    FromEngine::Ready {
        model: "tiny.en".into(),
        model_title: "Tiny, English".into(),
        device: DeviceKind::Cpu,
        adapter: None,
        threads: 2,
        seconds: 1.0,
        writer: None,
    }
}

pub fn opened() -> (AppState, JobId) {
    let mut state = AppState::default();
    state.fold(ready(), 0.0);
    state.take_file(FileLabel { name: "talk.mp4".into(), bytes: 9, ..FileLabel::default() });
    let job = state.begin_open();
    assert_eq!(
        state.fold(FromEngine::Opened { job, facts: facts(), tracks: vec![], seconds: 0.1 }, 1.0),
        [Consequence::FileOpened]
    );
    let job = state.begin_analysis();
    (state, job)
}

/// Half a minute.
fn window(start_s: u64) -> WindowSpan {
    WindowSpan { start_sample: start_s * 16_000, end_sample: (start_s + 30) * 16_000 }
}

pub fn heard(job: JobId, start_s: u64) -> FromEngine {
    let segments = vec![segment_of(start_s as f64, &["Hello", " there."])];
    FromEngine::Segments { job, window: window(start_s), language: "en".into(), segments }
}

pub fn analyzed(job: JobId) -> FromEngine {
    FromEngine::Analyzed { job, notes: vec![], seconds: 3.0 }
}

/// All words are there, and two clips of them.
pub fn words_are_whole(state: &mut AppState, job: JobId) {
    assert_eq!(state.fold(analyzed(job), 3.0), [Consequence::WordsAreWhole(vec![])]);
    state.words_are_whole(vec![clip_between(1, 0.0, 20.0), clip_between(2, 25.0, 45.0)], vec![]);
}

#[test]
fn the_whole_way() {
    let mut state = AppState::default();
    assert_eq!(state.phase(), Phase::Starting);
    state.fold(FromEngine::Preparing { step: PrepareStep::Fetching, done_bytes: 1, total_bytes: 2 }, 0.0);
    assert_eq!(state.phase(), Phase::Empty);
    state.take_file(FileLabel::default());
    assert_eq!(state.phase(), Phase::Opening);

    let (mut state, job) = opened();
    assert_eq!(state.phase(), Phase::Working);
    state.fold(heard(job, 0), 2.0);
    words_are_whole(&mut state, job);
    assert_eq!((state.phase(), state.shown_clips().len()), (Phase::Ready, 2));

    let file = state.file.as_ref().expect("the file is open");
    let clip = file.clips.get(ClipId(1)).expect("it was suggested").clone();
    let asked = ExportClip { words: file.caption_source(&clip), clip, name: "01 Clip 1.mp4".into() };
    let job = state.begin_export(&[asked]);
    assert_eq!(state.phase(), Phase::Ready);
    let name = "01 Clip 1.mp4".to_owned();
    let event = FromEngine::Exported { job, clip: ClipId(1), name, bytes: 5, seconds: 1.0 };
    assert_eq!(state.fold(event, 4.0), [Consequence::TakeClip(ClipId(1))]);
    state.fold(FromEngine::Finished { job, stage: Stage::Export, seconds: 1.5 }, 5.0);
    let mut file = state.file.expect("the file is open");
    assert_eq!((file.saved.len(), file.seconds.export, state.jobs.work()), (1, 1.5, None));
    let is_current = |file: &OpenFile| file.saved_now(ClipId(1)).is_some();
    file.clips.edit(ClipId(1), |clip| clip.title = "Another name".into());
    assert!(is_current(&file));
    file.clips.edit(ClipId(1), |clip| clip.scenes = Scenes::centered(0.1));
    assert!(!is_current(&file), "the file shows what the clip no longer shows");
    file.clips.undo();
    assert!(is_current(&file));
}

#[test]
fn windows_come_in_any_order_and_twice() {
    let (mut state, job) = opened();
    state.fold(heard(job, 30), 1.0);
    state.fold(heard(job, 0), 2.0);
    state.fold(heard(job, 30), 3.0);
    let transcript = state.file.expect("the file is open").project.recording.into_transcript();
    let starts: Vec<f64> = transcript.segments.iter().map(|segment| segment.start.seconds()).collect();
    assert_eq!(starts, [0.0, 30.0]);
    assert_eq!(transcript.windows, [window(0), window(30)]);
    assert_eq!(transcript.language, "en");
}

#[test]
fn events_of_another_job_change_nothing() {
    let (mut state, job) = opened();
    let before = state.clone();
    let other = JobId(job.0 + 7);
    let events = [
        heard(other, 0),
        analyzed(other),
        FromEngine::Cancelled { job: other },
        FromEngine::Failed { job: Some(other), failure: failure(FailureClass::Malformed) },
        FromEngine::Finished { job: other, stage: Stage::Export, seconds: 1.0 },
        FromEngine::Exported { job: other, clip: ClipId(1), name: "x.mp4".into(), bytes: 1, seconds: 1.0 },
        FromEngine::Poster { job: other, clip: ClipId(1) },
    ];
    for event in events {
        assert_eq!(state.fold(event.clone(), 1.0), [], "{event:?}");
        assert_eq!(state, before, "{event:?}");
    }
}

#[test]
fn stopping_keeps_what_was_heard() {
    let stop = |event: fn(JobId) -> FromEngine, phase| {
        let (mut state, job) = opened();
        state.fold(heard(job, 0), 1.0);
        state.fold(event(job), 2.0);
        assert_eq!(state.phase(), phase);
        state.dismiss_failure();
        assert_eq!(state.phase(), Phase::Stopped);
        assert_eq!(state.file.map(|file| file.transcript().segments.len()), Some(1));
    };
    stop(|job| FromEngine::Cancelled { job }, Phase::Stopped);
    stop(
        |job| FromEngine::Failed { job: Some(job), failure: failure(FailureClass::OutOfRoom) },
        Phase::Error,
    );
    stop(|_| FromEngine::Failed { job: None, failure: failure(FailureClass::DeviceLost) }, Phase::Error);
    stop(
        |job| FromEngine::Failed { job: Some(job), failure: failure(FailureClass::Cancelled) },
        Phase::Stopped,
    );
}

#[test]
fn codecs_that_the_browser_took_back_are_asked_for_once_more() {
    let taken_back = |job| FromEngine::Failed { job: Some(job), failure: failure(FailureClass::TakenBack) };
    let (mut state, job) = opened();
    assert_eq!(state.fold(taken_back(job), 1.0), [Consequence::Keep, Consequence::GoOn]);
    let job = state.begin_analysis();
    state.fold(heard(job, 0), 2.0);
    // Something was heard, so it may be lost again.
    assert_eq!(state.fold(taken_back(job), 3.0), [Consequence::Keep, Consequence::GoOn]);
    let job = state.begin_analysis();
    assert_eq!(state.fold(taken_back(job), 4.0), [Consequence::Keep, Consequence::UnderstandOn]);
    assert_eq!(state.failure.map(|failure| failure.class()), Some(FailureClass::TakenBack));
}

#[test]
fn what_is_only_shown_waits_for_nothing() {
    let (mut state, _) = opened();
    state.jobs.leave_all();
    state.nothing_is_heard();
    assert_eq!(state.phase(), Phase::Stopped);
}

#[test]
fn a_file_that_does_not_open_leads_back_to_the_start() {
    let open = |answer: fn(JobId) -> FromEngine| {
        let mut state = AppState::default();
        state.fold(ready(), 0.0);
        state.take_file(FileLabel::default());
        let job = state.begin_open();
        state.fold(answer(job), 1.0);
        state.dismiss_failure();
        assert_eq!((state.phase(), state.file), (Phase::Empty, None));
    };
    open(|job| FromEngine::Cancelled { job });
    open(|job| FromEngine::Failed { job: Some(job), failure: failure(FailureClass::Malformed) });
}

#[test]
fn a_new_engine_goes_on_with_the_open_file() {
    let (mut state, job) = opened();
    state.fold(heard(job, 0), 1.0);
    state.fold(FromEngine::Failed { job: None, failure: failure(FailureClass::DeviceLost) }, 2.0);
    state.engine_starts();
    assert!(state.awaits_opening() && !state.is_unfinished());
    state.fold(ready(), 3.0);
    let job = state.begin_open();
    assert!(!state.awaits_opening());
    let reopened = FromEngine::Opened { job, facts: facts(), tracks: vec![], seconds: 0.1 };
    assert_eq!(state.fold(reopened, 4.0), [Consequence::FileReopened]);
    assert!(state.is_unfinished());
    assert_eq!(
        state.file.map(|file| file.project.recording.into_transcript().windows),
        Some(vec![window(0)])
    );
}

fn listening(id: u32, is_wanted: bool) -> Listening {
    Listening { sound: SoundChoice::of(Tracks::One(TrackId(id))), is_wanted }
}

#[test]
fn words_hold_for_what_they_were_heard_in() {
    let (mut state, job) = opened();
    let mut listen = |id, notes: &[Note]| {
        let event = FromEngine::Listening { job, listening: listening(id, false), notes: notes.to_vec() };
        state.fold(event, 0.0);
        state.fold(heard(job, 0), 0.0);
        let file = state.file.clone().unwrap();
        (file.transcript().segments.len(), file.project.sound)
    };
    assert_eq!(listen(1, &[]).0, 1);
    let (segments, sound) = listen(1, &[Note::Cancelled]);
    assert_eq!((segments, sound.notes), (1, vec![Note::Cancelled]));
    let edition = state.file.as_ref().unwrap().recording.edition();
    let event = FromEngine::Listening { job, listening: listening(2, false), notes: vec![] };
    state.fold(event, 0.0);
    let file = state.file.as_ref().unwrap();
    assert!(file.transcript().segments.is_empty() && file.recording.edition() != edition);
    assert_eq!(file.sound.in_use(), Some(Tracks::One(TrackId(2))));
}

#[test]
fn a_wish_outlives_the_words() {
    let (mut state, _) = opened();
    state.file.as_mut().unwrap().sound.want(Tracks::All);
    state.forget_words();
    assert_eq!(state.file.as_ref().unwrap().sound.in_use(), Some(Tracks::All));
    state.file.as_mut().unwrap().sound.listening = Some(listening(2, false));
    state.forget_words();
    assert_eq!(state.file.as_ref().unwrap().sound.listening, None);
}
