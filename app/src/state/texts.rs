//! How far the writing about clips is. Plain data; how it follows the engine's events is `writing`'s, what was written the project's.

use super::background::Errand;
use clip::failure::Failure;
use clip::protocol::JobId;
use project::texts::Place;

/// How far the writing has come that was asked for last.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Writing {
    #[default]
    NotYet,
    Running(Errand, Vec<Place>),
    /// By the person; what was written until then is kept.
    Stopped,
    Failed(Failure),
    Done,
}

impl Writing {
    /// Also `data-writing` of the document.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NotYet => "",
            Self::Running(..) => "running",
            Self::Stopped => "stopped",
            Self::Failed(_) => "failed",
            Self::Done => "done",
        }
    }

    pub fn job(&self) -> Option<JobId> {
        match self {
            Self::Running(errand, _) => Some(errand.job),
            _ => None,
        }
    }
}
