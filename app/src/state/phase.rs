//! What the page shows, read off what it knows.

use super::AppState;
use super::loading::Loading;
use project::project::Analysis;

/// What the page shows; also `data-state` of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Starting,
    Empty,
    Opening,
    Working,
    /// The analysis was stopped before its end; it can go on.
    Stopped,
    Ready,
    Error,
}

impl Phase {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Empty => "empty",
            Self::Opening => "opening",
            Self::Working => "working",
            Self::Stopped => "stopped",
            Self::Ready => "ready",
            Self::Error => "error",
        }
    }
}

impl AppState {
    /// Whether anything is being done that a reload would interrupt.
    pub fn is_busy(&self) -> bool {
        self.jobs.are_busy()
    }

    /// Whether a file is being opened, heard or worked on, so that another one would interrupt it.
    pub fn is_at_work(&self) -> bool {
        // Between opening and hearing nothing runs for a moment.
        self.is_busy() || matches!(self.phase(), Phase::Opening | Phase::Working)
    }

    /// Whether nothing is being done and nothing follows by itself.
    pub fn rests(&self) -> bool {
        !self.is_at_work() && self.phase() != Phase::Starting
    }

    /// Whether the next file of a queue may be opened: what is open is done, nothing runs, and nobody looks at a clip.
    pub fn may_open_the_next(&self) -> bool {
        let is_done = |file: &super::OpenFile| file.is_attached && file.analysis == Analysis::Done;
        let is_quiet = !self.is_busy() && self.chosen.is_none();
        self.loading.is_ready() && is_quiet && self.file.as_ref().is_none_or(is_done)
    }

    pub fn phase(&self) -> Phase {
        match (&self.file, &self.failure) {
            (_, Some(_)) => Phase::Error,
            (None, None) if self.loading == Loading::Starting => Phase::Starting,
            (None, None) => Phase::Empty,
            (Some(file), None) if file.facts.is_none() => Phase::Opening,
            (Some(file), None) => match file.analysis {
                Analysis::Untouched | Analysis::Running => Phase::Working,
                Analysis::Stopped => Phase::Stopped,
                Analysis::Done => Phase::Ready,
            },
        }
    }
}
