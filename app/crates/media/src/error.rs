//! Why a file cannot be read or written, in words a person can act on.
//! Knows the four classes the outside world distinguishes; knows no container.

use std::io;

/// Why a medium cannot be used. `what` is a whole sentence: what is wrong, then what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes are in order, but they are of a kind that is not read here.
    #[error("{what}")]
    Unsupported { what: String },
    /// The bytes contradict their own format.
    #[error("{what}")]
    Malformed { what: String },
    /// The file ends before anything usable.
    #[error("{what}")]
    Truncated { what: String },
    /// The format is right, and there is nothing in it.
    #[error("{what}")]
    Empty { what: String },
    /// The source or the target itself failed.
    #[error("the file could not be read or written: {0}")]
    Io(#[from] io::Error),
}

impl Error {
    pub(crate) fn unsupported(what: impl Into<String>) -> Self {
        Self::Unsupported { what: what.into() }
    }

    pub(crate) fn malformed(what: impl Into<String>) -> Self {
        Self::Malformed { what: what.into() }
    }

    pub(crate) fn truncated(what: impl Into<String>) -> Self {
        Self::Truncated { what: what.into() }
    }

    pub(crate) fn empty(what: impl Into<String>) -> Self {
        Self::Empty { what: what.into() }
    }

    /// The class as `docs/CLI.md` names it. A source that fails to deliver counts as truncated.
    pub fn class(&self) -> &'static str {
        match self {
            Self::Unsupported { .. } => "unsupported",
            Self::Malformed { .. } => "malformed",
            Self::Truncated { .. } | Self::Io(_) => "truncated",
            Self::Empty { .. } => "empty",
        }
    }
}

/// What this crate returns.
pub type Result<T> = std::result::Result<T, Error>;
