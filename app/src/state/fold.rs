//! How the page's state follows the engine's events. Whether an event is of a job that somebody waits for, and how a job ended, is seen
//! here, once; what each kind of job says is taken in where that kind stands.

use super::jobs::{End, Kind};
use super::{AppState, Consequence};
use clip::protocol::{FromEngine, JobId};

impl AppState {
    /// Events of a job that was cancelled or left change nothing. `now_s`: any clock that does not go backwards.
    pub fn fold(&mut self, event: FromEngine, now_s: f64) -> Vec<Consequence> {
        match event {
            FromEngine::Finished { job, seconds, .. } => self.job_ends(job, End::Finished { seconds }),
            FromEngine::Cancelled { job } => self.job_ends(job, End::Stopped),
            FromEngine::Failed { job: Some(job), failure } => {
                self.job_ends(job, if failure.is_cancelled() { End::Stopped } else { End::Failed(failure) })
            }
            FromEngine::Failed { job: None, failure } => {
                self.engine_died(failure);
                vec![Consequence::Keep]
            }
            event => match event.job() {
                Some(job) => self.fold_answer(job, event),
                None if self.loading.fold(event, now_s) => vec![Consequence::EngineReady],
                None => vec![],
            },
        }
    }

    fn fold_answer(&mut self, job: JobId, event: FromEngine) -> Vec<Consequence> {
        match self.jobs.get(job) {
            Some(Kind::Open) => self.fold_open(job, event),
            Some(Kind::Transcribe) => self.fold_transcribe(job, event),
            Some(Kind::Export(_)) => self.fold_export(job, event),
            Some(Kind::Understand) => self.fold_understand(job, event),
            Some(Kind::Write(_)) => self.fold_write(job, event),
            Some(Kind::Search(..)) => self.fold_search(job, event),
            Some(Kind::Poster(_)) => self.fold_poster(job, &event),
            Some(Kind::Watch(_)) => self.fold_watch(job, event),
            None => vec![],
        }
    }

    fn job_ends(&mut self, job: JobId, end: End) -> Vec<Consequence> {
        match self.jobs.end(job) {
            Some(kind @ (Kind::Open | Kind::Transcribe | Kind::Export(_))) => {
                return self.work_ends(&kind, end);
            }
            Some(Kind::Poster(_)) => return vec![Consequence::AskNextPoster],
            Some(Kind::Watch(watch)) => return self.watching_ends(watch, end),
            Some(Kind::Understand) => self.understanding_ends(end),
            Some(Kind::Write(_)) => self.writing_ends(end),
            Some(Kind::Search(purpose, text)) => self.search_ends(purpose, text, end),
            None => {}
        }
        vec![]
    }
}
