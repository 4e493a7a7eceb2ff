//! What the page shows, read off what it knows.

use super::loading::Loading;
use super::{Analysis, AppState};

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
        let beside = |file: &super::OpenFile| file.understanding.job().or(file.writing.job()).is_some();
        self.work.is_some() || self.file.as_ref().is_some_and(beside)
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
