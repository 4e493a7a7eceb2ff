//! The long work that runs now, and the queue of small stills that wait for it to be quiet.
//! Plain data; answers of other jobs do not touch it.

use super::AppState;
use clip::captions::Dialogue;
use clip::edit::{ClipEdit, ClipId};
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
    asked: Option<(JobId, Still)>,
    /// What the stills that are there were made of.
    made: Vec<Still>,
}

/// What a still is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Still {
    pub clip: ClipEdit,
    pub words: Dialogue,
}

impl Still {
    /// Whether both show the same, whatever the clip is called.
    fn is_same(&self, other: &Self) -> bool {
        self.clip.id == other.clip.id && self.clip.is_same_film(&other.clip) && self.words == other.words
    }
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
    pub fn next(&mut self) -> Option<ClipId> {
        if self.asked.is_some() { None } else { self.waiting.pop_front() }
    }

    pub fn ask(&mut self, job: JobId, still: Still) {
        self.asked = Some((job, still));
    }

    /// Whether there is a still of this, or one is being painted: of the clip as it is now, not as it was.
    pub fn has(&self, still: &Still) -> bool {
        let is_asked = self.asked.as_ref().is_some_and(|(_, asked)| asked.is_same(still));
        is_asked || self.made.iter().any(|made| made.is_same(still))
    }

    /// Whether the answer belongs to the still that was asked for. `is_made`: it is a picture.
    pub fn settle(&mut self, job: JobId, is_made: bool) -> bool {
        let asked = self.asked.take_if(|(asked, _)| *asked == job);
        let ours = asked.is_some();
        if let Some((_, still)) = asked.filter(|_| is_made) {
            self.made.retain(|made| made.clip.id != still.clip.id);
            self.made.push(still);
        }
        ours
    }

    /// Whether there is a still of that clip, be it of what it was a moment ago; none is left of words that were forgotten.
    pub fn is_made(&self, id: ClipId) -> bool {
        self.made.iter().any(|made| made.clip.id == id)
    }

    /// Nobody paints what was asked for.
    pub fn stop(&mut self) {
        self.waiting.clear();
        self.asked = None;
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl AppState {
    /// What a still of the clip is made of now.
    pub fn still(&self, id: ClipId) -> Option<Still> {
        let file = self.file.as_ref()?;
        let clip = file.clips.get(id)?.clone();
        Some(Still { words: file.dialogue(&clip), clip })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use project::fixtures::clip_between;

    fn still(id: u32, end: f64, crop: f32) -> Still {
        let clip = ClipEdit { crop_center_x: crop, ..clip_between(id, 0.0, end) };
        Still { clip, words: Dialogue::default() }
    }

    #[test]
    fn a_still_holds_for_what_it_was_made_of_and_for_nothing_else() {
        let mut posters = Posters::default();
        posters.want(ClipId(1));
        assert_eq!(posters.next(), Some(ClipId(1)));
        posters.ask(JobId(7), still(1, 20.0, 0.2));
        assert!(posters.has(&still(1, 20.0, 0.2)) && !posters.has(&still(1, 20.0, 0.5)));
        posters.want(ClipId(2));
        assert_eq!(posters.next(), None, "one at a time");
        assert!(!posters.settle(JobId(6), true) && posters.settle(JobId(7), true));
        assert!(posters.has(&still(1, 20.0, 0.2)));
        // Heard again: the number may be the same, the cut or the crop is not.
        assert!(!posters.has(&still(1, 20.0, 0.5)) && !posters.has(&still(1, 30.0, 0.2)));
        let mut renamed = still(1, 20.0, 0.2);
        renamed.clip.title = "Another title".into();
        assert!(posters.has(&renamed));
        // One that could not be painted is none.
        posters.ask(JobId(8), still(2, 20.0, 0.5));
        assert!(posters.settle(JobId(8), false) && !posters.has(&still(2, 20.0, 0.5)));
        // An engine that ends takes no picture along; words that are forgotten do.
        posters.stop();
        assert!(posters.is_made(ClipId(1)) && !posters.is_made(ClipId(2)));
        posters.clear();
        assert!(!posters.is_made(ClipId(1)));
    }
}
