//! The two small models of a worker: what voices sound like, and what sentences are about, both as vectors. Each is loaded when it is first
//! asked for and stays. They run on the CPU, where they take a small part of what transcribing takes.

use super::messages::FromWorker;
use crate::models::failure::model_failure;
use crate::models::store;
use clip::failure::Failure;
use clip::speakers::utterance::HeardVoices;
use models::speaker::SpeakerEncoder;
use models::text_embedding::SentenceEncoder;
use models::weights::{ModelEntry, ModelFiles};
use std::cell::RefCell;
use std::rc::Rc;
use std::thread::LocalKey;

/// One model, once it was asked for.
type Slot<T> = RefCell<Option<Rc<T>>>;

thread_local! {
    static SPEAKER: Slot<SpeakerEncoder> = const { RefCell::new(None) };
    static SENTENCE: Slot<SentenceEncoder> = const { RefCell::new(None) };
}

/// The model of a slot, loaded from disk where it is not there yet.
async fn loaded<T>(
    slot: &'static LocalKey<Slot<T>>,
    entry: &ModelEntry,
    load: fn(ModelFiles) -> Result<T, models::Error>,
) -> Result<Rc<T>, Failure> {
    if let Some(model) = slot.with_borrow(Clone::clone) {
        return Ok(model);
    }
    let model = Rc::new(load(store::load(entry).await?).map_err(model_failure)?);
    slot.with_borrow_mut(|slot| *slot = Some(Rc::clone(&model)));
    Ok(model)
}

pub async fn voices(entry: &ModelEntry, samples: &[f32]) -> Result<FromWorker, Failure> {
    let model = loaded(&SPEAKER, entry, SpeakerEncoder::load).await?;
    let HeardVoices { pieces, local } = speech::voices(&model, samples);
    Ok(FromWorker::Voices { utterances: pieces, local })
}

pub async fn embeddings(entry: &ModelEntry, texts: &[String]) -> Result<FromWorker, Failure> {
    let model = loaded(&SENTENCE, entry, SentenceEncoder::load).await?;
    let vectors = texts.iter().map(|text| model.embed(text)).collect::<Result<_, _>>();
    Ok(FromWorker::Embeddings { vectors: vectors.map_err(model_failure)? })
}
