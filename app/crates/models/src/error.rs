//! The one error of this crate. It says which of four things went wrong, so that a caller can answer "what now?";
//! it knows nothing of how the answer is shown.

/// What can go wrong while a model is loaded or run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The model's files do not fit together or are not what this crate reads. Fetch the model again.
    #[error("the model files are malformed: {0}")]
    Malformed(String),
    /// The files are fine, but describe a model that this crate does not run.
    #[error("this model is not supported: {0}")]
    Unsupported(String),
    /// The weights are not those of such a model. Fetch the model again.
    #[error(transparent)]
    Weights(#[from] crate::weights::WeightsError),
    /// The caller handed over something outside the documented range.
    #[error("bad input: {0}")]
    Input(String),
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// The device refused, ran out of room or was lost. Try again on another device.
    #[error("the device failed: {0}")]
    Device(String),
}

#[cfg(feature = "run")]
impl Error {
    pub(crate) fn malformed(what: impl Into<String>) -> Error {
        Error::Malformed(what.into())
    }

    /// burn's own errors have no common type and say what they are in `Debug` alone.
    pub(crate) fn device(error: impl std::fmt::Debug) -> Error {
        Error::Device(format!("{error:?}"))
    }
}
