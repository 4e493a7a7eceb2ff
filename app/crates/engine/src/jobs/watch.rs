//! What is to be seen in a part of the opened file: the domain's watching loop over its pictures.

use super::context::JobContext;
use crate::picture::thumbnails::FileThumbnails;
use clip::failure::{Failure, FailureClass};
use clip::protocol::FromEngine;
use clip::timeline::SourceRange;

/// # Errors
/// As [`clip::watch::watch`], and if nothing is open or faces cannot be found here.
pub async fn watch(context: &JobContext, range: SourceRange) -> Result<(), Failure> {
    match once(context, range).await {
        // Codecs that the browser took back it gives again.
        Err(failure) if failure.class() == FailureClass::TakenBack => once(context, range).await,
        outcome => outcome,
    }
}

async fn once(context: &JobContext, range: SourceRange) -> Result<(), Failure> {
    let started_s = context.now_s();
    let open = context.opened()?;
    let faces = context.faces().await?;
    let mut pictures = FileThumbnails::open(&open.file)?;
    let (job, ports) = (context.job, context.ports());
    let sight = clip::watch::watch(range, &mut pictures, &faces, job, ports).await?;
    let seconds = context.now_s() - started_s;
    ports.events.emit(FromEngine::Watched { job, sight, seconds });
    Ok(())
}
