//! How near sentences come to a text, by meaning.

use super::context::JobContext;
use clip::failure::Failure;
use clip::meaning::likeness;
use clip::protocol::{FromEngine, Stage};
use clip::understand::read;
use std::cell::RefCell;
use std::collections::HashMap;

/// Vectors of texts that were read since the file was opened.
pub type Meanings = RefCell<HashMap<String, Vec<f32>>>;

/// Sentences that were read before are not read again.
///
/// # Errors
/// If no model is loaded, or one fails.
pub async fn search(
    context: &JobContext,
    text: &String,
    sentences: &[String],
    meanings: &Meanings,
) -> Result<(), Failure> {
    let workers = context.workers()?;
    let (job, ports) = (context.job, context.ports());
    let known = |text: &&String| meanings.borrow().contains_key(*text);
    let unread: Vec<String> =
        std::iter::once(text).chain(sentences).filter(|text| !known(text)).cloned().collect();
    let progress = |done| {
        let stage = Stage::Search;
        let (clip, seconds_left, speed) = (None, None, None);
        ports.events.emit(FromEngine::Progress { job, stage, clip, done, seconds_left, speed });
    };
    let vectors = read(&unread, &workers, ports, &progress).await?;
    let mut meanings = meanings.borrow_mut();
    meanings.extend(unread.into_iter().zip(vectors));
    let vector = |text: &String| meanings.get(text).map(Vec::as_slice).unwrap_or_default();
    let asked = vector(text);
    let likeness = sentences.iter().map(|sentence| likeness(asked, vector(sentence))).collect();
    ports.events.emit(FromEngine::Found { job, likeness });
    Ok(())
}
