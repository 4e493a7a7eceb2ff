//! A file is heard once more: beside what is there, to the end, and broken off.

use super::*;
use crate::state::tests::{analyzed, failure, heard, opened, words_are_whole};
use crate::state::ticks::Ticks;
use crate::state::{Consequence, Phase};
use clip::edit::ClipId;
use clip::failure::FailureClass;
use clip::insights::{Insights, Speaker};
use clip::protocol::{FromEngine, Stage};
use clip::sentence::BySentence;
use clip::transcript::WindowSpan;
use project::document;
use project::fixtures::{clip_between, segment_of};
use project::project::SavedClip;

fn with(model: &str) -> HeardWith {
    HeardWith { model: model.into(), speech: SpeechOptions::default() }
}

/// A file with words, two clips of which the first has another title and the second is rejected, and a speaker with a name.
fn worked_on() -> AppState {
    let (mut state, job) = opened();
    state.hear_with(with("tiny.en"));
    state.fold(heard(job, 0), 1.0);
    words_are_whole(&mut state, job);
    let file = state.file.as_mut().expect("open");
    let speakers = (0..2).map(Speaker::numbered).collect();
    let topic_shifts = file.recording.gaps().zip([1.0, 1.0]).collect();
    file.clips.learn(Insights { speakers, topic_shifts, ..Insights::default() });
    file.understanding = Outcome::Done;
    file.clips.change_insights(|insights| insights.rename(0, "Anna", ToString::to_string));
    file.clips.edit(ClipId(1), |clip| clip.title = "Mine".into());
    file.clips.remove(ClipId(2));
    file.saved.insert(ClipId(1), SavedClip { name: "1.mp4".into(), bytes: 1, made_of: None });
    state
}

fn begin(state: &mut AppState) -> JobId {
    state.hear_again(None);
    let job = state.begin_analysis();
    state.hear_with(with("base"));
    job
}

fn other_words(job: JobId) -> FromEngine {
    let window = WindowSpan { start_sample: 0, end_sample: 480_000 };
    let segments = vec![segment_of(0.0, &["Good", " day", " to", " you."])];
    FromEngine::Segments { job, window, language: "de".into(), segments }
}

/// All that is kept of it.
fn kept(state: &AppState) -> String {
    document::write(state.file.as_ref().expect("open")).expect("a document")
}

#[test]
fn while_it_is_heard_again_everything_stays_and_is_kept() {
    let mut state = worked_on();
    let before =
        (kept(&state), state.shown_clips(), state.file.as_ref().map(|file| file.recording.edition()));
    let job = begin(&mut state);
    state.fold(other_words(job), 3.0);
    let progress = FromEngine::Progress {
        job,
        stage: Stage::Transcribe,
        clip: None,
        done: 0.5,
        seconds_left: None,
        speed: None,
    };
    let mut ticks = Ticks::default();
    assert!(ticks.fold(&progress, &state.jobs));
    state.fold(progress, 3.0);
    let now = (kept(&state), state.shown_clips(), state.file.as_ref().map(|file| file.recording.edition()));
    assert_eq!(now, before);
    assert_eq!((state.phase(), ticks.of(job).done), (Phase::Ready, 0.5));
}

#[test]
fn cancelled_failed_or_without_its_engine_everything_is_as_before() {
    let check = |end: fn(JobId) -> FromEngine| {
        let mut state = worked_on();
        let before = state.file.clone();
        let job = begin(&mut state);
        state.fold(other_words(job), 3.0);
        state.fold(end(job), 4.0);
        state.dismiss_failure();
        assert_eq!((state.jobs.work(), state.phase()), (None, Phase::Ready));
        let after = state.file.map(|file| OpenFile { is_attached: true, ..file });
        assert_eq!(after, before);
    };
    check(|job| FromEngine::Cancelled { job });
    check(|job| FromEngine::Failed { job: Some(job), failure: failure(FailureClass::OutOfMemory) });
    check(|job| FromEngine::Failed { job: Some(job), failure: failure(FailureClass::NoSpeech) });
    check(|_| FromEngine::Failed { job: None, failure: failure(FailureClass::Crash) });
}

#[test]
fn no_words_this_time_is_said_and_changes_nothing() {
    let mut state = worked_on();
    let before = state.file.clone();
    let job = begin(&mut state);
    assert_eq!(state.fold(analyzed(job), 4.0), [Consequence::UnderstandOn]);
    assert_eq!(state.failure.take().map(|failure| failure.class()), Some(FailureClass::NoSpeech));
    assert_eq!(state.file, before);
}

#[test]
fn codecs_that_were_taken_back_cost_nothing_that_was_heard_anew() {
    let mut state = worked_on();
    let job = begin(&mut state);
    state.fold(other_words(job), 3.0);
    let taken = FromEngine::Failed { job: Some(job), failure: failure(FailureClass::TakenBack) };
    assert_eq!(state.fold(taken, 4.0), [Consequence::Keep, Consequence::GoOn]);
    let job = state.begin_analysis();
    assert_eq!(state.file.as_ref().map(|file| file.listening().transcript().windows.len()), Some(1));
    words_are_whole(&mut state, job);
    assert_eq!(state.file.map(|file| file.project.recording.into_transcript().language), Some("de".into()));
}

#[test]
fn whole_it_carries_over_what_a_person_did_and_one_step_brings_the_old_one_back() {
    let mut state = worked_on();
    let before = (kept(&state), state.shown_clips());
    let job = begin(&mut state);
    // Also what is done meanwhile.
    state.edit_clips(|clips, _| clips.toggle_kept(ClipId(1)));
    let clips = vec![clip_between(1, 1.0, 21.0), clip_between(2, 24.0, 45.0), clip_between(3, 50.0, 70.0)];
    state.fold(other_words(job), 3.0);
    let done = FromEngine::Analyzed { job, notes: vec![], seconds: 0.0 };
    assert_eq!(state.fold(done, 4.0), [Consequence::WordsAreWhole(vec![])]);
    state.words_are_whole(clips, vec![]);
    let file = state.file.as_mut().expect("open");
    assert_eq!((file.transcript().language.as_str(), file.heard_with.clone()), ("de", Some(with("base"))));
    let shown: Vec<_> = file.clips.shown().map(|clip| (clip.id.0, clip.title.as_str())).collect();
    assert_eq!(shown, [(1, "Mine"), (3, "Clip 3")]);
    assert_eq!(file.clips.now().kept, [ClipId(1)].into());
    assert_eq!((file.insights().name(0), file.saved.len()), (Some(&"Anna".into()), 1));
    assert_eq!(file.understanding, Outcome::NotYet);
    // Names are kept before voices were looked for once more, and hold after it.
    let mut again = OpenFile::default();
    again.restore(document::write(file).as_deref());
    assert_eq!((again.insights().name(0), &again.understanding), (Some(&"Anna".into()), &Outcome::NotYet));
    let speakers = (0..3).map(Speaker::numbered).collect();
    let topic_shifts = file.recording.gaps().zip([0.5]).collect::<BySentence>();
    file.clips.learn(Insights { speakers, topic_shifts: topic_shifts.clone(), ..Insights::default() });
    assert_eq!(
        (file.insights().name(0), &file.insights().topic_shifts),
        (Some(&"Anna".into()), &topic_shifts)
    );

    state.edit_clips(|clips, _| clips.undo());
    state.edit_clips(|clips, _| clips.undo());
    assert_eq!((kept(&state), state.shown_clips()), before);
    state.edit_clips(|clips, _| clips.redo());
    state.edit_clips(|clips, _| clips.redo());
    let file = state.file.as_mut().expect("open");
    assert_eq!((file.transcript().language.as_str(), &file.insights().topic_shifts), ("de", &topic_shifts));
    // A step that cannot be made again is forgotten with its words.
    file.clips.undo();
    file.follow_the_steps();
    state.edit_clips(|clips, _| clips.toggle_kept(ClipId(2)));
    assert_eq!(state.file.map(|file| (file.hearing, file.earlier.len())), Some((0, 0)));
}

#[test]
fn words_of_a_draft_that_was_dropped_go_nowhere() {
    let mut state = worked_on();
    let before = state.file.clone();
    assert_eq!(state.drop_draft(), None);
    let job = begin(&mut state);
    assert_eq!(state.drop_draft(), Some(job));
    state.fold(other_words(job), 3.0);
    state.fold(analyzed(job), 4.0);
    assert_eq!((state.file, state.jobs.work()), (before, None));
}

#[test]
fn a_file_without_words_is_heard_from_the_start() {
    let (mut state, _) = opened();
    state.hear_again(Some(Tracks::All));
    let file = state.file.expect("open");
    assert!(file.draft.is_none());
    assert_eq!(file.sound.in_use(), Some(Tracks::All));
}

#[test]
fn it_is_known_when_another_hearing_would_be_another() {
    let mut state = worked_on();
    let check = |state: &AppState, model: &str, names: &str, expected: bool| {
        let speech = SpeechOptions { names: names.into(), ..SpeechOptions::default() };
        let file = state.file.as_ref().expect("open");
        assert_eq!(file.would_hear_otherwise(model, &speech), expected, "{model} {names}");
    };
    check(&state, "tiny.en", "", false);
    check(&state, "base", "", true);
    check(&state, "tiny.en", "Anna", true);
    state.file.as_mut().expect("open").heard_with = None;
    check(&state, "base", "Anna", false);
}
