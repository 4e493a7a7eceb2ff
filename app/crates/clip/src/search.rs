//! The loop that finds sentences by what they mean. Refuses to know the model that reads them: it comes through [`crate::port`].

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::Ports;
use crate::failure::Failure;
use crate::port::Understander;
use crate::protocol::{FromEngine, JobId, Stage};
use crate::sentence::SentenceId;
use crate::topics::likeness;
use crate::understand::read;

/// Vectors of texts that were read before. One for each open file: sentences are asked about again and again.
pub type Embeddings = RefCell<BTreeMap<String, Vec<f32>>>;

/// Says how near each of `sentences` comes to `text`. What was read before is not read again. Emits `Progress` and at the end `Found`; the
/// caller reports the outcome.
///
/// # Errors
/// What the model failed with; `Cancelled`.
pub async fn search(
    text: &str,
    sentences: &[(SentenceId, String)],
    known: &Embeddings,
    models: &impl Understander,
    job: JobId,
    ports: Ports<'_>,
) -> Result<(), Failure> {
    let unread = unread(text, sentences, known);
    let progress = |done| {
        let stage = Stage::Search;
        ports.events.emit(FromEngine::Progress {
            job,
            stage,
            clip: None,
            done,
            seconds_left: None,
            speed: None,
        });
    };
    let vectors = read(&unread, models, ports, &progress).await?;
    let mut known = known.borrow_mut();
    known.extend(unread.into_iter().zip(vectors));
    let vector = |text: &str| known.get(text).map(Vec::as_slice).unwrap_or_default();
    let asked = vector(text);
    let likeness = sentences.iter().map(|(id, sentence)| (*id, likeness(asked, vector(sentence)))).collect();
    ports.events.emit(FromEngine::Found { job, likeness });
    Ok(())
}

/// Each text once, as they come.
fn unread(text: &str, sentences: &[(SentenceId, String)], known: &Embeddings) -> Vec<String> {
    let known = known.borrow();
    let mut seen = BTreeSet::new();
    let texts = std::iter::once(text).chain(sentences.iter().map(|(_, sentence)| sentence.as_str()));
    texts.filter(|text| !known.contains_key(*text) && seen.insert(*text)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
