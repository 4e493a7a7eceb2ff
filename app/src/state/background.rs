//! What the engine finds out beside the work: more about the recording, and what comes near to a question. Neither stops anything,
//! and neither failing is an error of the page. Knows nothing of what is done with what was found.

use super::{AppState, Consequence};
use clip::failure::Failure;
use clip::protocol::{FromEngine, JobId};
use clip::sentence::BySentence;
use std::collections::VecDeque;
use std::ops::ControlFlow;

/// Answers that are kept, so that a question asked again is answered at once.
const MOST_ANSWERS: usize = 12;

/// How far finding out more about the recording has come.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Understanding {
    #[default]
    NotYet,
    Running(Errand),
    /// By the person.
    Stopped,
    Failed(Failure),
    Done,
}

impl Understanding {
    /// Also `data-understanding` of the document.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NotYet => "",
            Self::Running(_) => "running",
            Self::Stopped => "stopped",
            Self::Failed(_) => "failed",
            Self::Done => "done",
        }
    }

    pub fn job(&self) -> Option<JobId> {
        match self {
            Self::Running(errand) => Some(errand.job),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Errand {
    pub job: JobId,
    /// 0 to 1.
    pub done: f32,
    pub seconds_left: Option<f32>,
    pub stopping: bool,
}

/// What a question is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Clips about it.
    Clips,
    /// Its place in the transcript.
    Places,
}

/// Questions of meaning and their answers: how near each sentence comes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Questions {
    asked: Vec<(JobId, Purpose, String)>,
    answers: VecDeque<(String, BySentence)>,
    failed: Vec<(Purpose, String, Failure)>,
}

impl Questions {
    pub fn answer(&self, text: &str) -> Option<&BySentence> {
        self.answers.iter().find(|(asked, _)| asked == text).map(|(_, likeness)| likeness)
    }

    /// What waits for an answer.
    pub fn pending(&self, purpose: Purpose) -> Option<&str> {
        self.asked.iter().find(|(_, of, _)| *of == purpose).map(|(_, _, text)| text.as_str())
    }

    pub fn failure(&self, purpose: Purpose) -> Option<(&str, &Failure)> {
        let failed = self.failed.iter().find(|(of, ..)| *of == purpose);
        failed.map(|(_, text, failure)| (text.as_str(), failure))
    }

    /// A new question takes the place of the one before. Gives the job that nobody waits for any more.
    pub fn ask(&mut self, job: JobId, purpose: Purpose, text: String) -> Option<JobId> {
        let before = self.forget(purpose);
        self.asked.push((job, purpose, text));
        before
    }

    /// Nobody waits for an answer any more.
    pub fn forget(&mut self, purpose: Purpose) -> Option<JobId> {
        self.failed.retain(|(of, ..)| *of != purpose);
        let at = self.asked.iter().position(|(_, of, _)| *of == purpose)?;
        Some(self.asked.remove(at).0)
    }

    pub fn jobs(&self) -> impl Iterator<Item = JobId> {
        self.asked.iter().map(|(job, ..)| *job)
    }

    pub(super) fn stop_asking(&mut self) {
        self.asked.clear();
    }

    fn settle(&mut self, job: JobId) -> Option<(Purpose, String)> {
        let at = self.asked.iter().position(|(asked, ..)| *asked == job)?;
        let (_, purpose, text) = self.asked.remove(at);
        Some((purpose, text))
    }

    fn found(&mut self, text: &str, likeness: BySentence) {
        self.answers.retain(|(asked, _)| asked != text);
        self.answers.push_back((text.to_owned(), likeness));
        if self.answers.len() > MOST_ANSWERS {
            self.answers.pop_front();
        }
    }
}

impl AppState {
    /// Whether there is more to find out about the open file, and an engine that can.
    pub fn may_understand(&self) -> bool {
        self.file.as_ref().is_some_and(|file| {
            file.is_heard() && file.is_attached && file.understanding == Understanding::NotYet
        })
    }

    pub fn begin_understanding(&mut self) -> JobId {
        let job = self.next_job();
        if let Some(file) = &mut self.file {
            file.understanding =
                Understanding::Running(Errand { job, done: 0.0, seconds_left: None, stopping: false });
        }
        job
    }

    /// Gives the job, if one runs.
    pub fn understanding_is_stopping(&mut self) -> Option<JobId> {
        let Understanding::Running(errand) = &mut self.file.as_mut()?.understanding else { return None };
        errand.stopping = true;
        Some(errand.job)
    }

    /// Everything that runs beside the work.
    pub fn background_jobs(&self) -> Vec<JobId> {
        let Some(file) = &self.file else { return vec![] };
        let others = file.questions.jobs().chain(file.writing.job());
        file.understanding.job().into_iter().chain(others).collect()
    }

    /// The engine is gone with everything that it was finding out.
    pub(super) fn background_ends(&mut self, died_of: Option<&Failure>) {
        let Some(file) = &mut self.file else { return };
        if file.understanding.job().is_some() {
            // What it died of may have been this: it is not begun again by itself.
            file.understanding =
                died_of.map_or(Understanding::NotYet, |why| Understanding::Failed(why.clone()));
        }
        file.questions.stop_asking();
    }

    /// Takes in what belongs to a job beside the work; gives back every other event.
    pub(super) fn fold_background(&mut self, event: FromEngine) -> ControlFlow<Vec<Consequence>, FromEngine> {
        let Some(file) = &mut self.file else { return ControlFlow::Continue(event) };
        let understands = |job: JobId| file.understanding.job() == Some(job);
        match event {
            FromEngine::Progress { job, done, seconds_left, .. } if understands(job) => {
                if let Understanding::Running(errand) = &mut file.understanding {
                    errand.done = done.clamp(0.0, 1.0);
                    errand.seconds_left = seconds_left;
                }
                ControlFlow::Break(vec![])
            }
            FromEngine::Understood { job, insights, .. } if understands(job) => {
                file.understanding = Understanding::Done;
                file.clips.learn(insights);
                ControlFlow::Break(vec![Consequence::Offer, Consequence::Keep])
            }
            FromEngine::Finished { job, .. } | FromEngine::Cancelled { job } if understands(job) => {
                file.understanding = Understanding::Stopped;
                ControlFlow::Break(vec![])
            }
            FromEngine::Failed { job: Some(job), failure } if understands(job) => {
                file.understanding = match failure.is_cancelled() {
                    true => Understanding::Stopped,
                    false => Understanding::Failed(failure),
                };
                ControlFlow::Break(vec![])
            }
            FromEngine::Found { job, likeness } => match file.questions.settle(job) {
                Some((purpose, text)) => {
                    file.questions.found(&text, likeness);
                    ControlFlow::Break(if purpose == Purpose::Clips {
                        vec![Consequence::RankAbout(text)]
                    } else {
                        vec![]
                    })
                }
                None => ControlFlow::Break(vec![]),
            },
            FromEngine::Cancelled { job } if file.questions.settle(job).is_some() => {
                ControlFlow::Break(vec![])
            }
            FromEngine::Failed { job: Some(job), failure } => match file.questions.settle(job) {
                Some((purpose, text)) => {
                    file.questions.failed.push((purpose, text, failure));
                    ControlFlow::Break(vec![])
                }
                None => ControlFlow::Continue(FromEngine::Failed { job: Some(job), failure }),
            },
            event => ControlFlow::Continue(event),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Phase;
    use crate::state::tests::{failure, heard, opened, words_are_whole};
    use clip::failure::FailureClass;
    use clip::insights::{Insights, Speaker};
    use clip::protocol::Stage;
    use clip::sentence::SentenceId;
    use clip::transcript::WordId;

    fn begun() -> (AppState, JobId) {
        let (mut state, job) = opened();
        state.fold(heard(job, 0), 0.5);
        words_are_whole(&mut state, job);
        assert!(state.may_understand());
        let job = state.begin_understanding();
        assert!(!state.may_understand());
        (state, job)
    }

    fn understood(job: JobId) -> FromEngine {
        let insights = Insights { speakers: vec![Speaker::numbered(0)], ..Insights::default() };
        FromEngine::Understood { job, insights, seconds: 2.0 }
    }

    fn progress(job: JobId, done: f32) -> FromEngine {
        let stage = Stage::Understand;
        FromEngine::Progress { job, stage, clip: None, done, seconds_left: Some(4.0), speed: None }
    }

    fn name(state: &AppState) -> &'static str {
        state.file.as_ref().map(|file| file.understanding.name()).unwrap_or_default()
    }

    #[test]
    fn it_runs_beside_the_work_and_ends_as_it_ends() {
        let check = |event: fn(JobId) -> FromEngine, expected: &str, consequences: &[Consequence]| {
            let (mut state, job) = begun();
            let export = state.begin_export(&[]);
            state.fold(progress(job, 0.4), 2.0);
            let errand = Errand { job, done: 0.4, seconds_left: Some(4.0), stopping: false };
            let running = state.file.as_ref().map(|file| file.understanding.clone());
            assert_eq!(running, Some(Understanding::Running(errand)));
            assert_eq!(state.fold(event(job), 3.0), consequences);
            assert_eq!((name(&state), state.phase()), (expected, Phase::Ready));
            assert_eq!(state.work.as_ref().map(|work| work.job), Some(export), "the work goes on");
            // What comes after its end changes nothing.
            let before = state.clone();
            state.fold(FromEngine::Finished { job, stage: Stage::Understand, seconds: 1.0 }, 4.0);
            state.fold(progress(job, 0.9), 4.0);
            assert_eq!(state, before);
        };
        check(understood, "done", &[Consequence::Offer, Consequence::Keep]);
        check(|job| FromEngine::Cancelled { job }, "stopped", &[]);
        check(
            |job| FromEngine::Failed { job: Some(job), failure: failure(FailureClass::Model) },
            "failed",
            &[],
        );
        check(
            |job| FromEngine::Failed { job: Some(job), failure: failure(FailureClass::Cancelled) },
            "stopped",
            &[],
        );
    }

    #[test]
    fn what_belongs_to_another_job_or_file_changes_nothing() {
        let (mut state, job) = begun();
        let before = state.clone();
        for event in [understood(JobId(job.0 + 9)), progress(JobId(job.0 + 9), 0.5)] {
            assert_eq!(state.fold(event, 2.0), []);
            assert_eq!(state, before);
        }
        let check = |leave: fn(&mut AppState)| {
            let (mut state, job) = begun();
            leave(&mut state);
            let before = state.clone();
            assert_eq!(state.fold(understood(job), 3.0), []);
            assert_eq!(state, before);
        };
        check(AppState::close_file);
        check(AppState::forget_words);
        check(|state| state.take_file(project::identity::FileLabel::default()));
        check(AppState::engine_starts);
    }

    #[test]
    fn an_engine_that_died_is_not_asked_again_by_itself() {
        let (mut state, _) = begun();
        state.engine_starts();
        assert_eq!(name(&state), "");
        let (mut state, _) = begun();
        state.engine_died(failure(FailureClass::OutOfMemory));
        assert_eq!(name(&state), "failed");
        state.engine_starts();
        assert_eq!(name(&state), "failed");
    }

    #[test]
    fn questions_are_answered_once_and_the_last_one_counts() {
        let (mut state, _) = begun();
        let ask = |state: &mut AppState, purpose, text: &str| {
            let job = state.next_job();
            let file = state.file.as_mut().expect("the file is open");
            (job, file.questions.ask(job, purpose, text.to_owned()))
        };
        let (first, _) = ask(&mut state, Purpose::Clips, "sea");
        let (second, before) = ask(&mut state, Purpose::Clips, "bread");
        let (places, none) = ask(&mut state, Purpose::Places, "sea");
        assert_eq!((before, none), (Some(first), None));
        let answer = |value| BySentence::from_iter([(SentenceId(WordId(0)), value)]);
        let found = |job, value| FromEngine::Found { job, likeness: answer(value) };
        assert_eq!(state.fold(found(first, 0.1), 1.0), []);
        assert_eq!(state.fold(found(second, 0.2), 1.0), [Consequence::RankAbout("bread".into())]);
        assert_eq!(state.fold(found(places, 0.3), 1.0), []);
        let failed = ask(&mut state, Purpose::Places, "stone").0;
        state.fold(FromEngine::Failed { job: Some(failed), failure: failure(FailureClass::Model) }, 1.0);
        let questions = &state.file.as_ref().expect("the file is open").questions;
        assert_eq!(
            (questions.answer("bread"), questions.answer("sea")),
            (Some(&answer(0.2)), Some(&answer(0.3)))
        );
        assert_eq!(questions.failure(Purpose::Places).map(|(text, _)| text), Some("stone"));
        assert_eq!((questions.pending(Purpose::Places), state.phase()), (None, Phase::Ready));
    }
}
