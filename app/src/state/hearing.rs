//! How the words of the open file are heard, and hearing them once more.
//!
//! What a person wishes for (`OpenFile::speech`) belongs to the file, and beside it stands what the words were really heard with. A file
//! that has words is heard once more *beside* them: the new words grow in `OpenFile::draft`, and nothing that is shown or kept changes until
//! they are whole. Then both change places: the old ones lie in `OpenFile::earlier`, under the number that the clips' steps know them by
//! ([`Cut::hearing`](super::clips::Cut)), so that one step back brings everything back. A draft that is cancelled, fails or loses its
//! engine is dropped.
//! Plain data; how words are heard is the engine's.

use super::background::{Questions, Understanding};
use super::clips::{Clips, Cut};
use super::merging::Staying;
use super::writing::{Texts, Writing};
use super::{Analysis, AppState, OpenFile, StageSeconds};
use clip::edit::ClipEdit;
use clip::protocol::{Failure, FailureClass, JobId, SpeechOptions};
use clip::tracks::Tracks;
use serde::{Deserialize, Serialize};
use std::mem::{swap, take};

/// What words were heard with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeardWith {
    /// The speech model.
    pub model: String,
    pub speech: SpeechOptions,
}

impl OpenFile {
    /// What is being heard: the words beside those that are shown, or these.
    pub fn listening(&self) -> &Self {
        self.draft.as_deref().unwrap_or(self)
    }

    pub(super) fn change_listening<T>(&mut self, change: impl FnOnce(&mut Self) -> T) -> T {
        match &mut self.draft {
            Some(draft) => change(draft),
            None => change(self),
        }
    }

    /// Whether what is wished for now would be heard otherwise than the words that are there.
    pub fn would_hear_otherwise(&self, model: &str, speech: &SpeechOptions) -> bool {
        let differs = |heard: &HeardWith| heard.model != model || heard.speech != *speech;
        !self.transcript.segments.is_empty() && self.heard_with.as_ref().is_some_and(differs)
    }

    /// The new words are whole: they take the place of the old ones, and clips follow.
    fn take_draft(&mut self, mut draft: Self, clips: Vec<ClipEdit>, note: Option<String>, staying: &Staying) {
        let hearing = self.earlier.iter().map(|(hearing, _)| *hearing).fold(self.hearing, u32::max) + 1;
        draft.note = note;
        draft.analysis = Analysis::Done;
        draft.has_first_picks = true;
        draft.speech = self.speech.clone();
        self.clips.hear_again(hearing, clips, staying, &draft.transcript);
        if let Some(heard) = &self.heard_with {
            self.speech = heard.speech.clone();
        }
        self.exchange(&mut draft);
        self.earlier.push((self.hearing, draft));
        self.hearing = hearing;
        self.tells_of_hearing = true;
        self.forget_lost_hearings();
    }

    /// A step back or forward may lead to words that were heard earlier or later.
    pub(super) fn follow_the_steps(&mut self) {
        let wanted = self.clips.cut().hearing;
        if let Some(at) = self.earlier.iter().position(|(hearing, _)| *hearing == wanted) {
            let (_, mut other) = self.earlier.swap_remove(at);
            self.exchange(&mut other);
            self.earlier.push((self.hearing, other));
            self.hearing = wanted;
        }
        self.forget_lost_hearings();
    }

    fn forget_lost_hearings(&mut self) {
        let clips = &self.clips;
        self.earlier.retain(|(hearing, _)| clips.leads_to(*hearing));
    }

    /// What belongs to the words changes places; what belongs to the file stays.
    fn exchange(&mut self, other: &mut Self) {
        // Whoever was at it is told to stop, and begins anew where the words come back.
        if self.understanding.job().is_some() {
            self.understanding = Understanding::NotYet;
        }
        (self.writing, self.questions) = (Writing::NotYet, take(&mut self.questions).without_asked());
        swap(&mut self.transcript, &mut other.transcript);
        swap(&mut self.speech, &mut other.speech);
        swap(&mut self.heard_with, &mut other.heard_with);
        swap(&mut self.sound, &mut other.sound);
        swap(&mut self.sound.tracks, &mut other.sound.tracks);
        swap(&mut self.waveform, &mut other.waveform);
        swap(&mut self.analysis, &mut other.analysis);
        swap(&mut self.understanding, &mut other.understanding);
        swap(&mut self.questions, &mut other.questions);
        swap(&mut self.texts, &mut other.texts);
        swap(&mut self.note, &mut other.note);
        swap(&mut self.better, &mut other.better);
        swap(&mut self.has_first_picks, &mut other.has_first_picks);
        self.transcript_edition = self.transcript_edition.wrapping_add(1);
    }
}

impl AppState {
    /// The file is to be heard once more, in these tracks if any are named: beside its words, or from the start where it has none.
    pub fn hear_again(&mut self, tracks: Option<Tracks>) {
        let Some(file) = &mut self.file else { return };
        file.asks_to_hear_again = false;
        if file.transcript.segments.is_empty() {
            if let Some(tracks) = tracks {
                file.sound.want(tracks);
            }
            return self.forget_words();
        }
        let mut sound = file.sound.clone().lasting();
        if let Some(tracks) = tracks {
            sound.want(tracks);
        }
        if file.understanding.job().is_some() {
            file.understanding = Understanding::NotYet;
        }
        file.draft = Some(Box::new(OpenFile { sound, ..OpenFile::default() }));
    }

    /// What is being heard beside the words is not wanted any more. The job that was at it.
    pub fn drop_draft(&mut self) -> Option<JobId> {
        let job = self.work.as_ref().map(|work| work.job)?;
        self.file.as_ref()?.draft.as_ref()?;
        self.stop_work();
        Some(job)
    }

    /// What the analysis that begins now hears with. Words that are gone on with were heard with what was there before.
    pub fn hear_with(&mut self, heard_with: HeardWith) {
        if let Some(file) = &mut self.file {
            file.change_listening(|file| {
                if file.transcript.segments.is_empty() {
                    file.heard_with = Some(heard_with);
                }
            });
        }
    }

    /// Everything was heard, and this is suggested. `false`: there is nothing to go by, and everything stays as it was.
    pub(super) fn words_are_whole(&mut self, clips: Vec<ClipEdit>, note: Option<String>) -> bool {
        let chosen = self.chosen;
        let Some(file) = &mut self.file else { return false };
        match file.draft.take() {
            Some(draft) if draft.transcript.segments.is_empty() => {
                self.failure = Some(nothing_was_heard());
                return false;
            }
            Some(draft) => {
                let staying = file.saved.keys().copied().chain(chosen).collect();
                file.take_draft(*draft, clips, note, &staying);
            }
            None => {
                file.clips = Clips::new(Cut { clips, ..file.clips.cut().lasting() });
                (file.writing, file.texts) = (Writing::NotYet, Texts::default());
                file.note = note;
                file.analysis = Analysis::Done;
                (file.better, file.has_first_picks) = (0, true);
            }
        }
        true
    }

    /// Everything that was heard in the open file, and the clips made of it; the file itself stays open.
    pub(super) fn forget_words(&mut self) {
        self.chosen = None;
        self.posters.clear();
        if let Some(file) = &mut self.file {
            *file = OpenFile {
                label: take(&mut file.label),
                facts: file.facts.take(),
                is_attached: file.is_attached,
                transcript_edition: file.transcript_edition.wrapping_add(1),
                waveform: take(&mut file.waveform),
                speech: take(&mut file.speech),
                is_its_language: file.is_its_language,
                sound: file.sound.lasting(),
                // What a person cares for is no matter of the words; who speaks is.
                clips: Clips::new(file.clips.cut().lasting()),
                seconds: StageSeconds { open: file.seconds.open, ..StageSeconds::default() },
                unknown: take(&mut file.unknown),
                ..OpenFile::default()
            };
        }
    }
}

impl Questions {
    /// Answers stay; nobody waits for others.
    fn without_asked(mut self) -> Self {
        self.stop_asking();
        self
    }
}

fn nothing_was_heard() -> Failure {
    Failure {
        class: FailureClass::NoSpeech,
        message: "No words were found this time.".into(),
        advice: "Your transcript and clips are as they were. Try another language or model.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::state::tests::{analyzed, clip_between, failure, heard, opened, segment_of};
    use crate::state::{Consequence, Phase, SavedClip};
    use clip::edit::ClipId;
    use clip::insights::{Insights, Speaker};
    use clip::protocol::{FromEngine, Stage};
    use clip::transcript::WindowSpan;

    fn with(model: &str) -> HeardWith {
        HeardWith { model: model.into(), speech: SpeechOptions::default() }
    }

    /// A file with words, two clips of which the first has another title and the second is rejected, and a speaker with a name.
    fn worked_on() -> AppState {
        let (mut state, job) = opened();
        state.hear_with(with("tiny.en"));
        state.fold(heard(job, 0), 1.0);
        state.fold(analyzed(job), 2.0);
        let file = state.file.as_mut().expect("open");
        let speakers = (0..2).map(Speaker::numbered).collect();
        file.clips.learn(Insights { speakers, shifts: vec![1.0, 1.0], ..Insights::default() });
        file.understanding = Understanding::Done;
        file.clips.change_insights(|insights| insights.rename(0, "Anna"));
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
            (kept(&state), state.shown_clips(), state.file.as_ref().map(|file| file.transcript_edition));
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
        state.fold(progress, 3.0);
        let now =
            (kept(&state), state.shown_clips(), state.file.as_ref().map(|file| file.transcript_edition));
        assert_eq!(now, before);
        assert_eq!((state.phase(), state.work.as_ref().map(|work| work.done)), (Phase::Ready, Some(0.5)));
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
            assert_eq!((state.work.as_ref(), state.phase()), (None, Phase::Ready));
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
        state.fold(analyzed(job), 4.0);
        assert_eq!(state.failure.take().map(|failure| failure.class), Some(FailureClass::NoSpeech));
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
        assert_eq!(state.file.as_ref().map(|file| file.listening().transcript.windows.len()), Some(1));
        state.fold(analyzed(job), 5.0);
        assert_eq!(state.file.map(|file| file.transcript.language), Some("de".into()));
    }

    #[test]
    fn whole_it_carries_over_what_a_person_did_and_one_step_brings_the_old_one_back() {
        let mut state = worked_on();
        let before = (kept(&state), state.shown_clips());
        let job = begin(&mut state);
        // Also what is done meanwhile.
        state.edit_clips(|clips, _| clips.toggle_kept(ClipId(1)));
        let clips =
            vec![clip_between(1, 1.0, 21.0), clip_between(2, 24.0, 45.0), clip_between(3, 50.0, 70.0)];
        state.fold(other_words(job), 3.0);
        let done =
            FromEngine::Analyzed { job, clips, note: None, transcribe_seconds: 0.0, select_seconds: 0.2 };
        state.fold(done, 4.0);
        let file = state.file.as_mut().expect("open");
        assert_eq!((file.transcript.language.as_str(), file.heard_with.clone()), ("de", Some(with("base"))));
        let shown: Vec<_> = file.clips.shown().map(|clip| (clip.id.0, clip.title.as_str())).collect();
        assert_eq!(shown, [(1, "Mine"), (3, "Clip 3")]);
        assert_eq!(file.clips.cut().kept, [ClipId(1)].into());
        assert_eq!((file.insights().name(0), file.saved.len()), (Some("Anna"), 1));
        assert_eq!(file.understanding, Understanding::NotYet);
        // Names are kept before voices were looked for once more, and hold after it.
        let mut again = OpenFile::default();
        document::read_into(&document::write(file).expect("a document"), &mut again);
        assert_eq!((again.insights().name(0), &again.understanding), (Some("Anna"), &Understanding::NotYet));
        let speakers = (0..3).map(Speaker::numbered).collect();
        file.clips.learn(Insights { speakers, shifts: vec![0.5], ..Insights::default() });
        assert_eq!((file.insights().name(0), &file.insights().shifts), (Some("Anna"), &vec![0.5]));

        state.edit_clips(|clips, _| clips.undo());
        state.edit_clips(|clips, _| clips.undo());
        assert_eq!((kept(&state), state.shown_clips()), before);
        state.edit_clips(|clips, _| clips.redo());
        state.edit_clips(|clips, _| clips.redo());
        let file = state.file.as_mut().expect("open");
        assert_eq!((file.transcript.language.as_str(), file.insights().shifts.len()), ("de", 1));
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
        assert_eq!((state.file, state.work), (before, None));
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
}
