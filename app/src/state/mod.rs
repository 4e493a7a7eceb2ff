//! Everything the page knows, as plain data folded from what the engine says and what the person does.
//! Knows neither the browser nor Leptos: every transition can be tested natively.

pub mod background;
pub mod cards;
pub mod counting;
pub mod hearing;
pub mod loading;
pub mod notes;
mod open_file;
mod phase;
pub mod playhead;
pub mod queue;
pub mod ranking;
pub mod receipt;
pub mod saving;
pub mod shelf;
pub mod switching;
pub mod texts;
pub mod translation;
pub mod work;
pub mod writing;

use clip::edit::{ClipEdit, ClipId};
use clip::failure::{Failure, FailureClass};
use clip::note::Note;
use clip::protocol::{ExportClip, FromEngine, JobId, Stage};
use clip::recording::Recording;
use loading::{Loading, Ready};
pub use open_file::OpenFile;
pub use phase::Phase;
use project::history::History;
use project::identity::FileLabel;
use project::project::{Analysis, Exported, Project, SavedClip};
use std::ops::ControlFlow;
use switching::Switching;
use work::{Posters, Work};

#[derive(Debug, Clone, PartialEq, Default)]
pub struct AppState {
    pub loading: Loading,
    /// Another engine is got ready beside the one that works.
    pub switching: Option<Switching>,
    pub file: Option<OpenFile>,
    pub work: Option<Work>,
    pub posters: Posters,
    pub failure: Option<Failure>,
    /// The clip that the editor shows.
    pub chosen: Option<ClipId>,
    last_job: u32,
}

/// What the page has to do after an event was folded in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consequence {
    /// The engine can take a file now.
    EngineReady,
    /// The file is open: look for what is stored about it, then analyze.
    FileOpened,
    /// A new engine has opened the file that the page works on already.
    FileReopened,
    /// Something worth keeping has changed.
    Keep,
    /// The analysis was broken off for a reason that has passed: it goes on.
    GoOn,
    /// The `picture` beside the event belongs to this clip.
    TakePoster(ClipId),
    /// The `file` beside the event is this clip, finished.
    TakeClip(ClipId),
    AskNextPoster,
    /// All words are there, and this is to be said of them: clips are made of them.
    WordsAreWhole(Vec<Note>),
    /// An interruption is over: what is not known yet is found out.
    UnderstandOn,
    /// More is known: see whether there are better clips.
    Offer,
    /// It is known what comes near to this.
    RankAbout(String),
}

impl AppState {
    pub fn next_job(&mut self) -> JobId {
        self.last_job = self.last_job.wrapping_add(1);
        JobId(self.last_job)
    }

    /// A file was chosen. Whatever was open is let go; it is stored already.
    pub fn take_file(&mut self, label: FileLabel) {
        self.file = Some(Project { label, ..Project::default() }.into());
        self.work = None;
        self.failure = None;
        self.chosen = None;
        self.posters.clear();
    }

    /// The file goes to the engine now.
    pub fn begin_open(&mut self) -> JobId {
        let job = self.next_job();
        self.work = Some(Work::new(job, Stage::Open));
        job
    }

    pub fn begin_analysis(&mut self) -> JobId {
        let job = self.next_job();
        self.work = Some(Work::new(job, Stage::Transcribe));
        self.failure = None;
        if let Some(file) = &mut self.file {
            file.change_listening(|file| (file.analysis, file.notes) = (Analysis::Running, vec![]));
        }
        job
    }

    pub fn begin_export(&mut self, clips: &[ExportClip]) -> JobId {
        let job = self.next_job();
        let (clips, made_of) = (clips.len(), clips.to_vec());
        self.work = Some(Work { clips, made_of, ..Work::new(job, Stage::Export) });
        self.failure = None;
        job
    }

    pub fn close_file(&mut self) {
        self.file = None;
        self.work = None;
        self.failure = None;
        self.chosen = None;
        self.posters.clear();
    }

    /// The worker ended. What was heard so far stays.
    pub fn engine_died(&mut self, failure: Failure) {
        self.loading = Loading::Broken(failure.clone());
        self.background_ends(Some(&failure));
        self.writing_ends(Some(&failure));
        self.engine_left();
        self.failure = Some(failure);
    }

    /// No model is stored any more, and the engine that had one loaded was ended.
    pub fn models_are_deleted(&mut self) {
        self.engine_starts();
        self.loading = Loading::Deleted;
    }

    /// A new engine is started in place of the one that ran, if one did.
    pub fn engine_starts(&mut self) {
        self.loading = Loading::Starting;
        self.failure = None;
        self.background_ends(None);
        self.writing_ends(None);
        self.engine_left();
    }

    fn engine_left(&mut self) {
        self.stop_work();
        self.posters.stop();
        if let Some(file) = &mut self.file {
            file.is_attached = false;
        }
    }

    /// Whether a file waits to be given to the engine.
    pub fn awaits_opening(&self) -> bool {
        self.work.is_none() && self.file.as_ref().is_some_and(|file| !file.is_attached)
    }

    /// Whether the engine that runs now has the file open.
    pub fn is_attached(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.is_attached)
    }

    /// Whether the analysis of the open file can go on.
    pub fn is_unfinished(&self) -> bool {
        let can_go_on = |file: &OpenFile| file.is_attached && file.analysis != Analysis::Done;
        self.work.is_none() && self.file.as_ref().is_some_and(can_go_on)
    }

    /// The open file is only shown: what was not heard of it will not be heard here.
    pub fn nothing_is_heard(&mut self) {
        if let Some(file) = &mut self.file
            && matches!(file.analysis, Analysis::Untouched | Analysis::Running)
        {
            file.analysis = Analysis::Stopped;
        }
    }

    pub fn work_is_stopping(&mut self) {
        if let Some(work) = &mut self.work {
            work.stopping = true;
        }
    }

    /// The person read the message and goes on.
    pub fn dismiss_failure(&mut self) {
        self.failure = None;
    }

    pub fn edit_clips<T>(&mut self, change: impl FnOnce(&mut History, &Recording) -> T) -> Option<T> {
        let file = self.file.as_mut()?;
        let Project { clips, recording, .. } = &mut file.project;
        let changed = change(clips, recording);
        file.follow_the_steps();
        // A step taken back may have made it.
        self.chosen = self.chosen.filter(|chosen| file.clips.get(*chosen).is_some());
        Some(changed)
    }

    pub fn shown_clips(&self) -> Vec<ClipEdit> {
        self.file.as_ref().map(|file| file.clips.shown().cloned().collect()).unwrap_or_default()
    }

    /// Events of a cancelled or older job change nothing. `now_s`: any clock that does not go backwards.
    pub fn fold(&mut self, event: FromEngine, now_s: f64) -> Vec<Consequence> {
        let event = match self.fold_background(event) {
            ControlFlow::Break(consequences) => return consequences,
            ControlFlow::Continue(event) => event,
        };
        let event = match self.fold_writing(event) {
            ControlFlow::Break(consequences) => return consequences,
            ControlFlow::Continue(event) => event,
        };
        match event {
            FromEngine::Preparing { step, done_bytes, total_bytes } => {
                self.loading.advance(step, done_bytes, total_bytes, now_s);
                vec![]
            }
            FromEngine::Ready { model, model_title, device, adapter, threads, .. } => {
                self.loading = Loading::Ready(Ready { model, model_title, device, adapter, threads });
                vec![Consequence::EngineReady]
            }
            FromEngine::DeviceChanged { device, threads } => {
                if let Loading::Ready(ready) = &mut self.loading {
                    (ready.device, ready.adapter, ready.threads) = (device, None, threads);
                }
                vec![]
            }
            FromEngine::Opened { job, facts, tracks, seconds } if self.is_current(job) => {
                self.work = None;
                let Some(file) = &mut self.file else { return vec![] };
                file.seconds.open = seconds;
                file.is_attached = true;
                file.sound.tracks = tracks;
                match file.facts.replace(facts) {
                    None => vec![Consequence::FileOpened],
                    Some(_) => vec![Consequence::FileReopened],
                }
            }
            FromEngine::Listening { job, listening, notes } if self.is_current(job) => {
                if let Some(file) = &mut self.file {
                    file.change_listening(|file| file.listen(listening, notes));
                }
                vec![Consequence::Keep]
            }
            FromEngine::Waveform { job, bucket, first_bucket, peaks } if self.is_current(job) => {
                if let Some(file) = &mut self.file {
                    file.change_listening(|file| file.waveform.put(bucket, first_bucket, &peaks));
                }
                vec![]
            }
            FromEngine::Segments { job, window, language, segments } if self.is_current(job) => {
                if let Some(file) = &mut self.file {
                    file.change_listening(|file| file.hear(window, language, segments));
                }
                vec![Consequence::Keep]
            }
            FromEngine::Progress { job, stage, clip, done, seconds_left, speed } if self.is_current(job) => {
                if let Some(work) = &mut self.work {
                    work.stage = stage;
                    work.clip = clip.or(work.clip);
                    work.done = done.clamp(0.0, 1.0);
                    work.seconds_left = seconds_left;
                    work.speed = speed.or(work.speed);
                }
                vec![]
            }
            FromEngine::Analyzed { job, notes, seconds } if self.is_current(job) => {
                self.work = None;
                if self.takes_translation() {
                    return vec![Consequence::Keep, Consequence::UnderstandOn];
                }
                if self.nothing_was_heard_again() {
                    return vec![Consequence::UnderstandOn];
                }
                if let Some(file) = &mut self.file {
                    file.seconds.transcribe += seconds;
                }
                vec![Consequence::WordsAreWhole(notes)]
            }
            FromEngine::Poster { job, clip } => {
                let ours = self.posters.settle(job, true);
                if ours { vec![Consequence::TakePoster(clip), Consequence::AskNextPoster] } else { vec![] }
            }
            FromEngine::Exported { job, clip, name, bytes, .. } if self.is_current(job) => {
                let mut made_of = None;
                if let Some(work) = &mut self.work {
                    work.clips_done += 1;
                    work.done = 0.0;
                    let asked = work.made_of.iter().find(|asked| asked.clip.id == clip).cloned();
                    made_of = asked.map(|ExportClip { clip, words, name }| Exported { clip, words, name });
                }
                let Some(file) = &mut self.file else { return vec![] };
                file.saved.insert(clip, SavedClip { name, bytes, made_of });
                vec![Consequence::TakeClip(clip)]
            }
            FromEngine::Finished { job, stage, seconds } if self.is_current(job) => {
                if let (Stage::Export, Some(file)) = (stage, &mut self.file) {
                    file.seconds.export += seconds;
                }
                self.work = None;
                vec![Consequence::Keep]
            }
            FromEngine::Cancelled { job } if self.posters.settle(job, false) => {
                vec![Consequence::AskNextPoster]
            }
            FromEngine::Cancelled { job } if self.is_current(job) => {
                let was_opening = self.file.as_ref().is_some_and(|file| file.facts.is_none());
                self.stop_work();
                if was_opening {
                    self.file = None;
                }
                vec![Consequence::Keep, Consequence::UnderstandOn]
            }
            FromEngine::Failed { job: Some(job), failure } => {
                if self.posters.settle(job, false) {
                    return vec![Consequence::AskNextPoster];
                }
                if !self.is_current(job) {
                    return vec![];
                }
                if self.goes_on_after(&failure) {
                    self.work = None;
                    return vec![Consequence::Keep, Consequence::GoOn];
                }
                self.stop_work();
                // A file that cannot be opened leaves nothing to look at: back to where another one is chosen.
                if self.file.as_ref().is_some_and(|file| file.facts.is_none()) {
                    self.file = None;
                }
                if failure.class() != FailureClass::Cancelled {
                    self.failure = Some(failure);
                }
                vec![Consequence::Keep, Consequence::UnderstandOn]
            }
            FromEngine::Failed { job: None, failure } => {
                self.engine_died(failure);
                vec![Consequence::Keep]
            }
            // An answer of a job that is no longer ours.
            _ => vec![],
        }
    }

    fn is_current(&self, job: JobId) -> bool {
        self.work.as_ref().is_some_and(|work| work.job == job)
    }

    /// Codecs that the browser took back it gives again; if it takes them once more before anything was heard, it is a failure.
    fn goes_on_after(&mut self, failure: &Failure) -> bool {
        let is_heard = self.work.as_ref().is_some_and(|work| work.stage == Stage::Transcribe);
        let Some(file) =
            self.file.as_mut().filter(|_| failure.class() == FailureClass::TakenBack && is_heard)
        else {
            return false;
        };
        file.change_listening(|file| !std::mem::replace(&mut file.lost_its_codecs, true))
    }

    /// What was being heard beside the words is dropped; words that are not whole can be gone on with.
    fn stop_work(&mut self) {
        self.work = None;
        if let Some(file) = &mut self.file {
            file.draft = None;
            if file.analysis == Analysis::Running {
                file.analysis = Analysis::Stopped;
            }
        }
    }
}

#[cfg(test)]
pub mod tests;
