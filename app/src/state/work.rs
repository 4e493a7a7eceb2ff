//! The long work that runs now, and the queue of small stills that wait for it to be quiet.
//! Plain data; answers of other jobs do not touch it.

use clip::edit::ClipId;
use clip::protocol::{ExportClip, JobId, Stage};
use std::collections::VecDeque;

#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    pub job: JobId,
    pub stage: Stage,
    /// How many clips this export makes; 0 for other work.
    pub clips: usize,
    pub clips_done: usize,
    /// What this export was asked to make: the clips may be edited before they are done.
    pub made_of: Vec<ExportClip>,
    pub clip: Option<ClipId>,
    /// 0 to 1 of the stage.
    pub done: f32,
    pub seconds_left: Option<f32>,
    /// Seconds of media per second.
    pub speed: Option<f32>,
    /// The person asked to stop, and the engine has not answered yet.
    pub stopping: bool,
}

impl Work {
    pub fn new(job: JobId, stage: Stage) -> Self {
        Self {
            job,
            stage,
            clips: 0,
            clips_done: 0,
            made_of: Vec::new(),
            clip: None,
            done: 0.0,
            seconds_left: None,
            speed: None,
            stopping: false,
        }
    }

    pub fn is_export(&self) -> bool {
        self.stage == Stage::Export
    }

    /// 0 to 1 of everything that was asked for: `done` is one clip's own part.
    pub fn whole_done(&self) -> f32 {
        if self.clips == 0 {
            return self.done;
        }
        ((self.clips_done as f32 + self.done) / self.clips as f32).clamp(0.0, 1.0)
    }
}

/// Stills are asked for one at a time, so that work a person waits for is never behind them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Posters {
    waiting: VecDeque<ClipId>,
    pub asked: Option<(JobId, ClipId)>,
}

impl Posters {
    pub fn want(&mut self, id: ClipId) {
        if !self.waiting.contains(&id) {
            self.waiting.push_back(id);
        }
    }

    /// Clips that have gone in the meantime need none.
    pub fn keep_only(&mut self, is_there: impl Fn(ClipId) -> bool) {
        self.waiting.retain(|id| is_there(*id));
    }

    /// The next one to ask for, unless one is being painted.
    pub fn next(&mut self, job: JobId) -> Option<ClipId> {
        if self.asked.is_some() {
            return None;
        }
        let id = self.waiting.pop_front()?;
        self.asked = Some((job, id));
        Some(id)
    }

    /// Whether the answer belongs to the still that was asked for.
    pub fn settle(&mut self, job: JobId) -> bool {
        let ours = self.asked.is_some_and(|(asked, _)| asked == job);
        if ours {
            self.asked = None;
        }
        ours
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
