//! From the errors of models to failures.

use clip::failure::Failure;

/// What went wrong in a model. What a driver says goes to the console: it helps nobody who reads the page.
pub fn model_failure(error: models::Error) -> Failure {
    if let models::Error::Device(reason) = &error {
        log::warn!("the graphics processor: {reason}");
        return Failure::GpuStopped;
    }
    Failure::ModelFailed { detail: error.to_string() }
}

/// What the driver says goes to the console: it helps nobody who reads the page.
pub fn gpu_failure(error: impl std::fmt::Display) -> Failure {
    log::warn!("the graphics processor: {error}");
    Failure::GpuUnusable
}
