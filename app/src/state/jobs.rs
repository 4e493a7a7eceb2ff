//! Everything the engine was asked for and has not ended: what it is, and whether it was told to stop. Work is what a person waits for, one
//! at a time; all else runs beside it. An answer of a job that is not in here changes nothing.
//! Plain data. How far each job is changes many times a second and stands apart, see `ticks`.

use clip::captions::CaptionSource;
use clip::edit::{ClipEdit, ClipId};
use clip::failure::Failure;
use clip::protocol::{ExportClip, JobId};
use clip::timeline::SourceRange;
use project::texts::Place;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Jobs {
    /// In the order in which they began.
    running: Vec<(JobId, Job)>,
    last: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    pub kind: Kind,
    /// The person asked to stop it, and the engine has not answered yet.
    pub is_stopping: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Open,
    Transcribe,
    Export(Export),
    Understand,
    /// Texts about clips that are cut like this.
    Write(Vec<Place>),
    Search(Purpose, String),
    Poster(Box<Still>),
    Watch(Watch),
}

/// Looking at a part of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    pub range: SourceRange,
    /// Clips that are exported afterwards; where there are any, a person waits for it.
    pub then_export: Vec<ClipId>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Export {
    /// What it was asked to make: the clips may be edited before they are done.
    pub made_of: Vec<ExportClip>,
    pub clips_done: usize,
}

impl Kind {
    pub fn is_work(&self) -> bool {
        self.work().is_some()
    }

    pub const fn is_understanding(&self) -> bool {
        matches!(self, Self::Understand)
    }

    pub const fn is_writing(&self) -> bool {
        matches!(self, Self::Write(_))
    }

    pub const fn is_poster(&self) -> bool {
        matches!(self, Self::Poster(_))
    }

    pub const fn is_watching(&self) -> bool {
        matches!(self, Self::Watch(_))
    }

    /// What it looks at.
    pub fn watched(&self) -> Option<SourceRange> {
        if let Self::Watch(watch) = self { Some(watch.range) } else { None }
    }

    /// Whether it is worth nothing where other words take the place of these.
    pub const fn is_about_words(&self) -> bool {
        matches!(self, Self::Understand | Self::Write(_) | Self::Search(..))
    }

    /// What work it is.
    fn work(&self) -> Option<WorkKind> {
        match self {
            Self::Open => Some(WorkKind::Open),
            Self::Transcribe => Some(WorkKind::Transcribe),
            Self::Export(_) => Some(WorkKind::Export),
            Self::Watch(watch) if !watch.then_export.is_empty() => Some(WorkKind::Watch),
            Self::Understand | Self::Write(_) | Self::Search(..) | Self::Poster(_) | Self::Watch(_) => None,
        }
    }
}

/// What a question is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Clips about it.
    Clips,
    /// Its place in the transcript.
    Places,
}

/// What a still is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Still {
    pub clip: ClipEdit,
    pub words: CaptionSource,
    /// Nobody has looked at the clip yet: the still is framed by the faces of its own picture.
    pub is_unseen: bool,
}

impl Still {
    /// Whether both show the same, whatever the clip is called.
    pub fn is_same(&self, other: &Self) -> bool {
        let is_same = self.clip.id == other.clip.id && self.is_unseen == other.is_unseen;
        is_same && self.clip.is_same_film(&other.clip) && self.words == other.words
    }
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    Finished { seconds: f64 },
    Stopped,
    Failed(Failure),
}

/// What became of something that runs beside the work, when it was asked for last.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Outcome {
    /// It was never asked for, or has not ended.
    #[default]
    NotYet,
    /// By the person; what was there until then is kept.
    Stopped,
    Failed(Failure),
    Done,
}

impl Outcome {
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NotYet => "",
            Self::Stopped => "stopped",
            Self::Failed(_) => "failed",
            Self::Done => "done",
        }
    }
}

impl From<End> for Outcome {
    fn from(end: End) -> Self {
        match end {
            End::Finished { .. } => Self::Done,
            End::Stopped => Self::Stopped,
            End::Failed(failure) => Self::Failed(failure),
        }
    }
}

/// A running job as far as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    pub job: JobId,
    pub is_stopping: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkKind {
    Open,
    Transcribe,
    /// Before an export.
    Watch,
    Export,
}

impl WorkKind {
    /// Also `data-job` of the document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Transcribe => "transcribe",
            Self::Watch => "watch",
            Self::Export => "export",
        }
    }
}

/// The work as far as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    pub job: JobId,
    pub kind: WorkKind,
    pub is_stopping: bool,
    /// How many clips an export makes; 0 for other work.
    pub clips: usize,
    pub clips_done: usize,
}

impl Jobs {
    /// A number that no job has had.
    pub fn next(&mut self) -> JobId {
        self.last = self.last.wrapping_add(1);
        JobId(self.last)
    }

    pub fn begin(&mut self, kind: Kind) -> JobId {
        let job = self.next();
        self.running.push((job, Job { kind, is_stopping: false }));
        job
    }

    /// What this job is, unless it has ended or nobody waits for it.
    pub fn get(&self, job: JobId) -> Option<&Kind> {
        self.running.iter().find(|(of, _)| *of == job).map(|(_, job)| &job.kind)
    }

    pub fn get_mut(&mut self, job: JobId) -> Option<&mut Kind> {
        self.running.iter_mut().find(|(of, _)| *of == job).map(|(_, job)| &mut job.kind)
    }

    pub fn end(&mut self, job: JobId) -> Option<Kind> {
        let at = self.running.iter().position(|(of, _)| *of == job)?;
        Some(self.running.remove(at).1.kind)
    }

    /// Those that are such, whatever they are.
    pub fn all(&self, which: impl Fn(&Kind) -> bool) -> Vec<JobId> {
        self.running.iter().filter(|(_, job)| which(&job.kind)).map(|(of, _)| *of).collect()
    }

    pub fn running(&self, which: impl Fn(&Kind) -> bool) -> Option<Running> {
        let (of, job) = self.running.iter().find(|(_, job)| which(&job.kind))?;
        Some(Running { job: *of, is_stopping: job.is_stopping })
    }

    pub fn runs(&self, which: impl Fn(&Kind) -> bool) -> bool {
        self.running(which).is_some()
    }

    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.running.iter().map(|(_, job)| &job.kind)
    }

    /// The person does not want it any more. Gives the job, if one runs: it runs until the engine has answered.
    pub fn stop(&mut self, which: impl Fn(&Kind) -> bool) -> Option<JobId> {
        let (of, job) = self.running.iter_mut().find(|(_, job)| which(&job.kind))?;
        job.is_stopping = true;
        Some(*of)
    }

    /// Nobody waits for these any more: what they answer changes nothing.
    pub fn leave(&mut self, which: impl Fn(&Kind) -> bool) -> Vec<JobId> {
        let left = self.all(&which);
        self.running.retain(|(_, job)| !which(&job.kind));
        left
    }

    pub fn leave_all(&mut self) {
        self.running.clear();
    }

    pub fn work(&self) -> Option<Work> {
        self.running.iter().find_map(|(of, Job { kind, is_stopping })| {
            let what = kind.work()?;
            let (clips, clips_done) = match kind {
                Kind::Export(export) => (export.made_of.len(), export.clips_done),
                _ => (0, 0),
            };
            Some(Work { job: *of, kind: what, is_stopping: *is_stopping, clips, clips_done })
        })
    }

    /// Whether anything is being done that a reload would interrupt. Stills and answers to questions are made again in no time.
    pub fn are_busy(&self) -> bool {
        self.runs(|kind| kind.is_work() || kind.is_understanding() || kind.is_writing())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_runs_until_it_ends_or_nobody_waits_for_it() {
        let mut jobs = Jobs::default();
        assert_eq!((jobs.work(), jobs.are_busy(), jobs.stop(Kind::is_work)), (None, false, None));
        let look = jobs.begin(Kind::Search(Purpose::Clips, "sea".into()));
        assert!(!jobs.are_busy() && jobs.runs(Kind::is_about_words));
        let (voices, texts) = (jobs.begin(Kind::Understand), jobs.begin(Kind::Write(vec![])));
        assert!(jobs.are_busy() && jobs.work().is_none());
        let open = jobs.begin(Kind::Open);
        assert_eq!(jobs.work().map(|work| (work.job, work.kind)), Some((open, WorkKind::Open)));
        assert_eq!(jobs.stop(Kind::is_understanding), Some(voices));
        assert_eq!(jobs.running(Kind::is_understanding), Some(Running { job: voices, is_stopping: true }));
        assert_eq!(jobs.running(Kind::is_writing), Some(Running { job: texts, is_stopping: false }));
        assert_eq!(jobs.leave(Kind::is_about_words), [look, voices, texts]);
        assert_eq!((jobs.end(voices), jobs.end(open), jobs.end(open)), (None, Some(Kind::Open), None));
        assert!(!jobs.are_busy());
        let numbers = [look, voices, texts, open];
        assert!(!numbers.contains(&jobs.next()) && !numbers.contains(&jobs.begin(Kind::Transcribe)));
    }
}
