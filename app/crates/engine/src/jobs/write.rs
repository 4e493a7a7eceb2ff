//! Texts about clips: the domain's loop over the language model of these workers.

use super::context::JobContext;
use clip::failure::Failure;
use clip::protocol::SpokenClip;

/// # Errors
/// As [`clip::write::write`], and if no model is loaded.
pub async fn write(context: &JobContext, clips: &[SpokenClip]) -> Result<(), Failure> {
    let workers = context.workers()?;
    clip::write::write(clips, &workers, context.job, context.ports()).await
}
