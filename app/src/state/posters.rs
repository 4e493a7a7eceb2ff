//! The small stills of clips: those that are there, and those that wait to be painted.
//! Plain data; the one that is being painted is a job like any other.

use super::jobs::{Kind, Still};
use super::{AppState, Consequence};
use clip::edit::ClipId;
use clip::protocol::{FromEngine, JobId};
use std::collections::VecDeque;

/// Stills are asked for one at a time, so that work a person waits for is never behind them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Posters {
    waiting: VecDeque<ClipId>,
    /// What the stills that are there were made of.
    made: Vec<Still>,
}

impl Posters {
    pub fn want(&mut self, id: ClipId) {
        if !self.waiting.contains(&id) {
            self.waiting.push_back(id);
        }
    }

    /// The next one to ask for.
    fn next(&mut self) -> Option<ClipId> {
        self.waiting.pop_front()
    }

    fn take(&mut self, still: Still) {
        self.made.retain(|made| made.clip.id != still.clip.id);
        self.made.push(still);
    }

    /// Whether there is a still of that clip, be it of what it was a moment ago; none is left of words that were forgotten.
    pub fn is_made(&self, id: ClipId) -> bool {
        self.made.iter().any(|made| made.clip.id == id)
    }

    /// Nobody is there who paints.
    pub fn stop(&mut self) {
        self.waiting.clear();
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl AppState {
    /// What a still of the clip is made of now.
    pub fn still(&self, id: ClipId) -> Option<Still> {
        let file = self.file.as_ref()?;
        let clip = file.clips.get(id)?;
        let (is_unseen, words) = (file.to_look_at(clip).is_some(), file.caption_source(clip));
        Some(Still { words, is_unseen, clip: file.framed(clip) })
    }

    /// Whether there is a still of this, or one is being painted: of the clip as it is now, not as it was.
    pub fn has_still(&self, still: &Still) -> bool {
        let is_same = |kind: &Kind| matches!(kind, Kind::Poster(asked) if asked.is_same(still));
        self.jobs.runs(is_same) || self.posters.made.iter().any(|made| made.is_same(still))
    }

    /// The next still is asked for, unless one is being painted. Clips that have gone in the meantime need none.
    pub fn begin_poster(&mut self) -> Option<(JobId, Still)> {
        let shown: Vec<ClipId> = self.shown_clips().iter().map(|clip| clip.id).collect();
        self.posters.waiting.retain(|id| shown.contains(id));
        if self.jobs.runs(Kind::is_poster) {
            return None;
        }
        let id = self.posters.next()?;
        let still = self.still(id)?;
        Some((self.jobs.begin(Kind::Poster(still.clone().into())), still))
    }

    pub(super) fn fold_poster(&mut self, job: JobId, event: &FromEngine) -> Vec<Consequence> {
        let FromEngine::Poster { clip, .. } = event else { return vec![] };
        if let Some(Kind::Poster(still)) = self.jobs.end(job) {
            self.posters.take(*still);
        }
        vec![Consequence::TakePoster(*clip), Consequence::AskNextPoster]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{failure, opened, words_are_whole};
    use clip::captions::CaptionSource;
    use clip::edit::ClipEdit;
    use clip::failure::FailureClass;
    use clip::scene::Scenes;
    use project::fixtures::clip_between;

    fn still(id: u32, end: f64, crop: f32) -> Still {
        let clip = ClipEdit { scenes: Scenes::centered(crop), ..clip_between(id, 0.0, end) };
        Still { clip, words: CaptionSource::default(), is_unseen: false }
    }

    #[test]
    fn a_still_holds_for_what_it_was_made_of_and_for_nothing_else() {
        let mut state = AppState::default();
        let job = state.jobs.begin(Kind::Poster(still(1, 20.0, 0.2).into()));
        let painted = |job| FromEngine::Poster { job, clip: ClipId(1) };
        assert!(state.has_still(&still(1, 20.0, 0.2)) && !state.has_still(&still(1, 20.0, 0.5)));
        assert!(state.fold(painted(JobId(job.0 + 9)), 0.0).is_empty());
        assert_eq!(
            state.fold(painted(job), 0.0),
            [Consequence::TakePoster(ClipId(1)), Consequence::AskNextPoster]
        );
        assert!(state.has_still(&still(1, 20.0, 0.2)));
        // Heard again: the number may be the same, the cut or the crop is not.
        assert!(!state.has_still(&still(1, 20.0, 0.5)) && !state.has_still(&still(1, 30.0, 0.2)));
        let mut renamed = still(1, 20.0, 0.2);
        renamed.clip.title = "Another title".into();
        assert!(state.has_still(&renamed));
        // One that could not be painted is none.
        let job = state.jobs.begin(Kind::Poster(still(2, 20.0, 0.5).into()));
        assert_eq!(state.fold(FromEngine::Cancelled { job }, 0.0), [Consequence::AskNextPoster]);
        assert!(!state.has_still(&still(2, 20.0, 0.5)));
        // An engine that ends takes no picture along; words that are forgotten do.
        state.engine_starts();
        assert!(state.posters.is_made(ClipId(1)) && !state.posters.is_made(ClipId(2)));
        state.posters.clear();
        assert!(!state.posters.is_made(ClipId(1)));
    }

    #[test]
    fn one_at_a_time_and_a_failed_one_stops_nothing() {
        let (mut state, job) = opened();
        words_are_whole(&mut state, job);
        for id in [1, 2, 1, 9] {
            state.posters.want(ClipId(id));
        }
        let ask = |state: &mut AppState, id: u32| {
            let (job, still) = state.begin_poster().expect("a still to paint");
            assert_eq!(still.clip.id, ClipId(id));
            job
        };
        let first = ask(&mut state, 1);
        assert_eq!(state.begin_poster(), None);
        let failed = FromEngine::Failed { job: Some(first), failure: failure(FailureClass::Internal) };
        assert_eq!(state.fold(failed, 2.0), [Consequence::AskNextPoster]);
        assert!(state.failure.is_none());
        let second = ask(&mut state, 2);
        let painted = FromEngine::Poster { job: second, clip: ClipId(2) };
        assert_eq!(
            state.fold(painted, 3.0),
            [Consequence::TakePoster(ClipId(2)), Consequence::AskNextPoster]
        );
        assert_eq!(state.begin_poster(), None, "there is no ninth clip");
    }
}
