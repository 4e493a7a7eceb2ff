//! The opened file's words: the domain's listening loop over this file's sound and these workers.

use super::context::JobContext;
use clip::analyze::{Resume, analyze};
use clip::failure::Failure;
use clip::transcript::SpeechOptions;
use speech::SpeechWindows;

/// # Errors
/// As [`analyze`], and if nothing is open or no model is loaded.
pub async fn transcribe(context: &JobContext, speech: &SpeechOptions, resume: Resume) -> Result<(), Failure> {
    let open = context.opened()?;
    let workers = context.workers()?;
    let (sounds, listening, job) = (&open.sounds, open.sounds.listening, context.job);
    let windows = SpeechWindows::default;
    analyze(sounds, listening, open.duration(), &windows, &workers, speech, resume, job, context.ports())
        .await
}
