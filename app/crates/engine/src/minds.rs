//! The models of a lane beside the one of speech: voices and sentences. Each is loaded when it is first asked for and stays; all
//! run on the CPU, where they take a small part of what transcribing takes.

use crate::lane::{FromLane, model_failure};
use crate::weight_store;
use clip::protocol::Failure;
use clip::speakers::Utterance;
use media::time::Instant;
use models::sentence::SentenceEncoder;
use models::speaker::SpeakerEncoder;
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
async fn learned<T>(
    slot: &'static LocalKey<Slot<T>>,
    entry: &ModelEntry,
    load: fn(ModelFiles) -> Result<T, models::Error>,
) -> Result<Rc<T>, Failure> {
    if let Some(model) = slot.with_borrow(Clone::clone) {
        return Ok(model);
    }
    let model = Rc::new(load(weight_store::load(entry).await?).map_err(model_failure)?);
    slot.with_borrow_mut(|slot| *slot = Some(Rc::clone(&model)));
    Ok(model)
}

pub async fn voices(entry: &ModelEntry, samples: &[f32]) -> Result<FromLane, Failure> {
    let model = learned(&SPEAKER, entry, SpeakerEncoder::load).await?;
    let utterance = |found: models::speaker::Utterance| Utterance {
        start: Instant::from_seconds(found.start_s),
        end: Instant::from_seconds(found.end_s),
        embedding: found.embedding,
    };
    Ok(FromLane::Voices { utterances: model.utterances(samples).into_iter().map(utterance).collect() })
}

pub async fn meanings(entry: &ModelEntry, texts: &[String]) -> Result<FromLane, Failure> {
    let model = learned(&SENTENCE, entry, SentenceEncoder::load).await?;
    let vectors = texts.iter().map(|text| model.embed(text)).collect::<Result<_, _>>();
    Ok(FromLane::Meanings { vectors: vectors.map_err(model_failure)? })
}
