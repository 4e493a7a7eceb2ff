//! Everything that can stop an export, and the exit code each cause has.

use std::path::{Path, PathBuf};

use models::weights::WeightsError;

/// Why a model was not exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("there is no model called {0:?}; {1} can be fetched, others come in with --from DIR --id NAME")]
    UnknownModel(String, String),
    #[error("{0}")]
    Usage(String),
    /// The files given or fetched are not a model that can be converted.
    #[error("{origin}: {reason}")]
    Input { origin: String, reason: String },
    /// The packages could not be fetched.
    #[error("{0}")]
    Fetch(String),
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Weights(#[from] WeightsError),
}

impl ExportError {
    pub fn input(origin: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Input { origin: origin.into(), reason: reason.into() }
    }

    /// For `map_err` on an operation at `path`.
    pub fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// 1 the input's fault, 2 usage, 3 the machine's, the network's or ours.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Input { .. } | Self::Weights(_) => 1,
            Self::UnknownModel(..) | Self::Usage(_) => 2,
            Self::Fetch(_) | Self::Io { .. } => 3,
        }
    }
}
