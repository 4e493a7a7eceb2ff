//! How far each running job is: what the engine says many times a second, and what only bars and figures show.
//! Plain data, in a signal of its own, so that nothing else on the page is looked at again for it.

use super::jobs::{Jobs, Work};
use clip::edit::ClipId;
use clip::protocol::{FromEngine, JobId};

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ticks(Vec<(JobId, Tick)>);

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tick {
    /// The clip that is being made.
    pub clip: Option<ClipId>,
    /// 0 to 1 of the job; of an export, of that clip.
    pub done: f32,
    pub seconds_left: Option<f32>,
    /// Seconds of media per second.
    pub speed: Option<f32>,
}

impl Tick {
    /// 0 to 1 of everything that was asked for.
    pub fn whole_done(&self, work: &Work) -> f32 {
        if work.clips == 0 {
            return self.done;
        }
        ((work.clips_done as f32 + self.done) / work.clips as f32).clamp(0.0, 1.0)
    }
}

impl Ticks {
    /// Of a job that has not said anything yet, nothing is done.
    pub fn of(&self, job: JobId) -> Tick {
        self.0.iter().find(|(of, _)| *of == job).map(|(_, tick)| *tick).unwrap_or_default()
    }

    /// Takes in what an event says of how far a job of these is. Whether it said something.
    pub fn fold(&mut self, event: &FromEngine, jobs: &Jobs) -> bool {
        let (job, tick) = match event {
            FromEngine::Progress { job, clip, done, seconds_left, speed, .. } => {
                let before = self.of(*job);
                let (clip, speed) = (clip.or(before.clip), speed.or(before.speed));
                (*job, Tick { clip, done: done.clamp(0.0, 1.0), seconds_left: *seconds_left, speed })
            }
            // The next clip begins with nothing.
            FromEngine::Exported { job, .. } => (*job, Tick { done: 0.0, ..self.of(*job) }),
            _ => return false,
        };
        if jobs.get(job).is_none() {
            return false;
        }
        self.0.retain(|(of, _)| *of != job && jobs.get(*of).is_some());
        self.0.push((job, tick));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::jobs::{Export, Kind, WorkKind};
    use clip::protocol::Stage;

    fn progress(job: JobId, clip: Option<u32>, done: f32, speed: Option<f32>) -> FromEngine {
        let (stage, clip, seconds_left) = (Stage::Export, clip.map(ClipId), Some(4.0));
        FromEngine::Progress { job, stage, clip, done, seconds_left, speed }
    }

    #[test]
    fn a_job_that_does_not_run_is_nowhere() {
        let (mut jobs, mut ticks) = (Jobs::default(), Ticks::default());
        assert!(!ticks.fold(&progress(JobId(1), None, 0.5, None), &jobs));
        let first = jobs.begin(Kind::Understand);
        assert!(ticks.fold(&progress(first, None, 1.5, None), &jobs));
        assert_eq!(ticks.of(first), Tick { done: 1.0, seconds_left: Some(4.0), ..Tick::default() });
        jobs.end(first);
        let second = jobs.begin(Kind::Understand);
        assert_eq!(ticks.of(second), Tick::default());
        assert!(ticks.fold(&progress(second, None, 0.2, None), &jobs));
        assert_eq!(ticks.of(first), Tick::default(), "it is forgotten");
        assert!(!ticks.fold(&FromEngine::Cancelled { job: second }, &jobs));
    }

    #[test]
    fn an_export_is_as_far_as_all_of_its_clips() {
        let (mut jobs, mut ticks) = (Jobs::default(), Ticks::default());
        let job = jobs.begin(Kind::Export(Export::default()));
        let work = |clips_done| {
            let (kind, is_stopping) = (WorkKind::Export, false);
            Work { job, kind, is_stopping, clips: 4, clips_done }
        };
        ticks.fold(&progress(job, Some(3), 0.5, Some(2.0)), &jobs);
        assert_eq!(ticks.of(job).whole_done(&work(0)), 0.125);
        ticks.fold(&progress(job, None, 1.0, None), &jobs);
        let tick = ticks.of(job);
        assert_eq!((tick.clip, tick.speed, tick.whole_done(&work(0))), (Some(ClipId(3)), Some(2.0), 0.25));
        let name = String::new();
        let made = FromEngine::Exported { job, clip: ClipId(3), name, bytes: 1, seconds: 1.0 };
        assert!(ticks.fold(&made, &jobs));
        assert_eq!(ticks.of(job).whole_done(&work(1)), 0.25);
        assert_eq!(Tick { done: 0.5, ..tick }.whole_done(&Work { clips: 0, ..work(0) }), 0.5);
    }
}
