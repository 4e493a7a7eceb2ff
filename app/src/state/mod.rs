//! Everything the page knows, as plain data folded from what the engine says and what the person does.
//! Knows neither the browser nor Leptos: every transition can be tested natively.

pub mod cards;
pub mod counting;
mod fold;
pub mod jobs;
pub mod loading;
pub mod notes;
mod open_file;
mod phase;
pub mod playhead;
mod posters;
mod questions;
pub mod queue;
pub mod ranking;
pub mod receipt;
pub mod saving;
pub mod shelf;
pub mod switching;
pub mod ticks;
pub mod transcription;
pub mod translation;
mod understanding;
mod watching;
mod work;
pub mod writing;

use clip::edit::{ClipEdit, ClipId};
use clip::failure::Failure;
use clip::note::Note;
use clip::recording::Recording;
use clip::timeline::SourceRange;
use jobs::{Jobs, Kind, Outcome};
use loading::Loading;
pub use open_file::OpenFile;
pub use phase::Phase;
use posters::Posters;
use project::history::History;
use project::identity::FileLabel;
use project::project::{Analysis, Project};
use switching::Switching;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct AppState {
    pub loading: Loading,
    /// Another engine is got ready beside the one that works.
    pub switching: Option<Switching>,
    pub file: Option<OpenFile>,
    pub jobs: Jobs,
    pub posters: Posters,
    pub failure: Option<Failure>,
    /// The clip that the editor shows.
    pub chosen: Option<ClipId>,
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
    /// More of the picture was looked at, or cannot be: clips show what was seen, and these are exported.
    Seen(Vec<ClipId>),
    /// It is known what comes near to this.
    RankAbout(String),
}

impl AppState {
    /// A file was chosen. Whatever was open is let go; it is stored already.
    pub fn take_file(&mut self, label: FileLabel) {
        self.file = Some(Project { label, ..Project::default() }.into());
        self.jobs.leave_all();
        self.failure = None;
        self.chosen = None;
        self.posters.clear();
    }

    pub fn close_file(&mut self) {
        self.file = None;
        self.jobs.leave_all();
        self.failure = None;
        self.chosen = None;
        self.posters.clear();
    }

    /// The worker ended. What was heard so far stays.
    pub fn engine_died(&mut self, failure: Failure) {
        self.loading = Loading::Broken(failure.clone());
        self.engine_left(Some(&failure));
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
        self.engine_left(None);
    }

    /// Nothing runs any more. `died_of`: what ended the engine, which may have been any of it, so none is begun again by itself.
    fn engine_left(&mut self, died_of: Option<&Failure>) {
        let how = |otherwise| died_of.map_or(otherwise, |why| Outcome::Failed(why.clone()));
        let (understood, wrote) = (self.jobs.runs(Kind::is_understanding), self.jobs.runs(Kind::is_writing));
        let watched: Vec<SourceRange> = self.jobs.kinds().filter_map(Kind::watched).collect();
        self.stop_work();
        self.jobs.leave_all();
        self.posters.stop();
        let Some(file) = &mut self.file else { return };
        file.is_attached = false;
        if understood {
            file.understanding = how(Outcome::NotYet);
        }
        if wrote {
            file.writing = how(Outcome::Stopped);
        }
        if !watched.is_empty() {
            file.watching = how(Outcome::NotYet);
        }
        if died_of.is_some() {
            // It may have been any of them.
            file.cannot_be_seen.extend(watched);
        }
    }

    /// Whether the engine that runs now has the file open.
    pub fn is_attached(&self) -> bool {
        self.file.as_ref().is_some_and(|file| file.is_attached)
    }

    /// The open file is only shown: what was not heard of it will not be heard here.
    pub fn nothing_is_heard(&mut self) {
        if let Some(file) = &mut self.file
            && matches!(file.analysis, Analysis::Untouched | Analysis::Running)
        {
            file.analysis = Analysis::Stopped;
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
        if file.follow_the_steps() {
            self.jobs.leave(Kind::is_about_words);
        }
        let Project { clips, recording, .. } = &mut file.project;
        recording.spell(&clips.now().spelling);
        file.project.follow_the_shape();
        // A step taken back may have made it.
        self.chosen = self.chosen.filter(|chosen| file.clips.get(*chosen).is_some());
        Some(changed)
    }

    pub fn shown_clips(&self) -> Vec<ClipEdit> {
        self.file.as_ref().map(|file| file.clips.shown().cloned().collect()).unwrap_or_default()
    }
}

#[cfg(test)]
pub mod tests;
