//! How near sentences come to a text, by meaning: the domain's loop over these workers.

use super::context::JobContext;
use clip::failure::Failure;
use clip::search::Embeddings;
use clip::sentence::SentenceId;

/// # Errors
/// As [`clip::search::search`], and if no model is loaded.
pub async fn search(
    context: &JobContext,
    text: &str,
    sentences: &[(SentenceId, String)],
    known: &Embeddings,
) -> Result<(), Failure> {
    let workers = context.workers()?;
    clip::search::search(text, sentences, known, &workers, context.job, context.ports()).await
}
