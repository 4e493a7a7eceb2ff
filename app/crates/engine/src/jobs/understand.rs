//! What more there is in the opened file: the domain's understanding loop over its sound and these workers.

use super::context::JobContext;
use clip::failure::{Failure, FailureClass};
use clip::protocol::FromEngine;
use clip::recording::Recording;
use media::time::Instant;
use speech::SpeechWindows;

/// # Errors
/// As [`clip::understand::understand`], and if nothing is open or no model is loaded.
pub async fn understand(context: &JobContext, recording: &Recording) -> Result<(), Failure> {
    match once(context, recording).await {
        // Codecs that the browser took back it gives again.
        Err(failure) if failure.class() == FailureClass::TakenBack => once(context, recording).await,
        outcome => outcome,
    }
}

async fn once(context: &JobContext, recording: &Recording) -> Result<(), Failure> {
    let started_s = context.now_s();
    let open = context.opened()?;
    let workers = context.workers()?;
    let mut audio = open.sounds.in_use(Instant::ZERO)?;
    let mut windows = SpeechWindows::default();
    let (job, ports) = (context.job, context.ports());
    let found = clip::understand::understand(
        &mut audio,
        open.duration(),
        &mut windows,
        &workers,
        recording,
        job,
        ports,
    );
    let insights = found.await?;
    let seconds = context.now_s() - started_s;
    ports.events.emit(FromEngine::Understood { job, insights, seconds });
    Ok(())
}
