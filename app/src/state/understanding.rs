//! What the engine finds out about the recording beside the work. It stops nothing, and its failing is no error of the page.

use super::jobs::{End, Kind, Outcome};
use super::{AppState, Consequence};
use clip::protocol::{FromEngine, JobId};

impl AppState {
    /// Whether there is more to find out about the open file, and an engine that can.
    pub fn may_understand(&self) -> bool {
        let is_free = !self.jobs.runs(Kind::is_understanding);
        self.file.as_ref().is_some_and(|file| {
            is_free && file.is_heard() && file.is_attached && file.understanding == Outcome::NotYet
        })
    }

    pub fn begin_understanding(&mut self) -> JobId {
        if let Some(file) = &mut self.file {
            file.understanding = Outcome::NotYet;
        }
        self.jobs.begin(Kind::Understand)
    }

    /// How far it is, in a word: also `data-understanding` of the document.
    pub fn understanding(&self) -> &'static str {
        match &self.file {
            _ if self.jobs.runs(Kind::is_understanding) => "running",
            file => file.as_ref().map(|file| file.understanding.name()).unwrap_or_default(),
        }
    }

    pub(super) fn fold_understand(&mut self, job: JobId, event: FromEngine) -> Vec<Consequence> {
        let FromEngine::Understood { insights, .. } = event else { return vec![] };
        self.jobs.end(job);
        let Some(file) = &mut self.file else { return vec![] };
        file.understanding = Outcome::Done;
        file.clips.learn(insights);
        vec![Consequence::Offer, Consequence::Keep]
    }

    pub(super) fn understanding_ends(&mut self, end: End) {
        if let Some(file) = &mut self.file {
            // It ends with what was found out; without that, there is none.
            file.understanding = match end {
                End::Finished { .. } => Outcome::Stopped,
                end => end.into(),
            };
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
        state.understanding()
    }

    #[test]
    fn it_runs_beside_the_work_and_ends_as_it_ends() {
        let check = |event: fn(JobId) -> FromEngine, expected: &str, consequences: &[Consequence]| {
            let (mut state, job) = begun();
            let export = state.begin_export(&[]);
            state.fold(progress(job, 0.4), 2.0);
            assert_eq!((name(&state), state.jobs.stop(Kind::is_understanding)), ("running", Some(job)));
            assert_eq!(state.fold(event(job), 3.0), consequences);
            assert_eq!((name(&state), state.phase()), (expected, Phase::Ready));
            assert_eq!(state.jobs.work().map(|work| work.job), Some(export), "the work goes on");
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
}
