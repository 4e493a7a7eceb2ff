//! What a person is told of models that fail.

use clip::failure::{Failure, FailureClass};

/// What went wrong in a model. What a driver says goes to the console: it helps nobody who reads the page.
pub fn model_failure(error: models::Error) -> Failure {
    if let models::Error::Device(reason) = &error {
        log::warn!("the graphics processor: {reason}");
        return Failure::new(
            FailureClass::DeviceLost,
            "The graphics processor stopped working.",
            "Try again; if it stays, choose the CPU in the settings; it works everywhere.",
        );
    }
    Failure::new(
        FailureClass::Model,
        format!("A model failed ({error})."),
        "Try again; if it stays, delete the stored models in the settings and reload the page.",
    )
}

/// What the driver says goes to the console: it helps nobody who reads the page.
pub fn gpu_failure(error: impl std::fmt::Display) -> Failure {
    log::warn!("the graphics processor: {error}");
    Failure::new(
        FailureClass::DeviceLost,
        "The graphics processor could not be used.",
        "Choose the CPU in the settings; it works everywhere.",
    )
}
