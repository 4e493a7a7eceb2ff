//! How a command ends badly. There are three ways, told apart by the exit code, so that scripts need not read prose.

use std::process::ExitCode;

/// Why a command did not do what it was asked to. Success is exit code 0.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The file given to us is at fault: exit code 1.
    #[error("{0}")]
    Input(String),
    /// The command was asked in a way that makes no sense: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// Something of ours, or of this machine, is at fault: exit code 3.
    #[error("{0}")]
    Ours(String),
    /// Another program has already said what was wrong and gave this exit code.
    #[error("")]
    Said(u8),
}

pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Input(_) => 1,
            Self::Usage(_) => 2,
            Self::Ours(_) => 3,
            Self::Said(code) => *code,
        })
    }

    /// For `map_err`: `what` failed with the error that follows.
    pub fn ours<E: std::fmt::Display>(what: impl std::fmt::Display) -> impl FnOnce(E) -> Self {
        move |error| Self::Ours(format!("{what}: {error}"))
    }
}
