//! Looking at the picture of a clip, so that it is framed by what is to be seen: beside everything else while the editor shows the clip, as
//! work where clips wait to be exported. That it fails is no error of the page: then the middle is shown, and it is said.

use super::jobs::{End, Kind, Outcome, Watch};
use super::{AppState, Consequence};
use clip::edit::{ClipEdit, ClipId};
use clip::protocol::{FromEngine, JobId};
use clip::timeline::SourceRange;

impl AppState {
    /// The next part to look at for one of these clips; `None`: all were looked at, or nobody can.
    fn to_look_at(&self, ids: &[ClipId]) -> Option<SourceRange> {
        let file = self.file.as_ref().filter(|file| file.is_attached)?;
        let ranges = ids.iter().filter_map(|id| file.to_look_at(file.clips.get(*id)?));
        ranges.into_iter().find(|range| !file.cannot_be_seen.contains(range) && !file.finds_no_faces())
    }

    /// Looks at the clip in the editor, unless that is done or being done, or the person stopped it.
    pub fn begin_watching_chosen(&mut self) -> Option<(JobId, SourceRange)> {
        let chosen = self.chosen?;
        let is_stopped = self.file.as_ref().is_some_and(|file| file.watching == Outcome::Stopped);
        if is_stopped || self.jobs.runs(Kind::is_watching) {
            return None;
        }
        let range = self.to_look_at(&[chosen])?;
        Some((self.jobs.begin(Kind::Watch(Watch { range, then_export: vec![] })), range))
    }

    /// Looks at what clips show before they are exported. `None`: there is nothing to look at; what is being looked at is waited for.
    pub fn begin_watching_for_export(&mut self, ids: &[ClipId]) -> Option<Option<(JobId, SourceRange)>> {
        if let Some(file) = &mut self.file
            && file.watching == Outcome::Stopped
        {
            file.watching = Outcome::NotYet;
        }
        let range = self.to_look_at(ids)?;
        let is_same = |kind: &Kind| matches!(kind, Kind::Watch(watch) if watch.range == range);
        let same = self.jobs.running(is_same).filter(|running| !running.is_stopping);
        if let Some(same) = same
            && let Some(Kind::Watch(watch)) = self.jobs.get_mut(same.job)
        {
            watch.then_export = ids.to_vec();
            return Some(None);
        }
        let watch = Watch { range, then_export: ids.to_vec() };
        Some(Some((self.begin_work(Kind::Watch(watch)), range)))
    }

    /// The person wants it looked at after all.
    pub fn watch_again(&mut self) {
        if let Some(file) = &mut self.file {
            file.watching = Outcome::NotYet;
            file.cannot_be_seen.clear();
        }
    }

    pub(super) fn fold_watch(&mut self, job: JobId, event: FromEngine) -> Vec<Consequence> {
        let FromEngine::Watched { sight, .. } = event else { return vec![] };
        let Some(Kind::Watch(watch)) = self.jobs.end(job) else { return vec![] };
        let Some(file) = &mut self.file else { return vec![] };
        file.see(sight);
        file.watching = Outcome::Done;
        vec![Consequence::Keep, Consequence::Seen(watch.then_export)]
    }

    pub(super) fn watching_ends(&mut self, watch: Watch, end: End) -> Vec<Consequence> {
        let Some(file) = &mut self.file else { return vec![] };
        // It ends with what was seen; without that, nothing was.
        file.watching = match end {
            End::Finished { .. } => Outcome::Stopped,
            end => end.into(),
        };
        match file.watching {
            // The clips are made all the same; another part of the film may be whole.
            Outcome::Failed(_) => {
                file.cannot_be_seen.push(watch.range);
                vec![Consequence::Seen(watch.then_export)]
            }
            _ => vec![],
        }
    }

    /// A clip as it is shown: framed by what was seen, where the person does not frame it.
    pub fn framed(&self, id: ClipId) -> Option<ClipEdit> {
        let file = self.file.as_ref()?;
        Some(file.framed(file.clips.get(id)?))
    }
}

#[cfg(test)]
mod tests;
