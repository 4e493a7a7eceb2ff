//! The models of a lane beside the one of speech: voices, sentences and language. Each is loaded when it is first asked for and stays.
//! The two small ones run on the CPU, where they take a small part of what transcribing takes; the language model on a graphics
//! processor where speech does.

use crate::failure::model_failure;
use crate::lane::gpu;
use crate::lane::messages::FromLane;
use crate::weight_store;
use clip::failure::Failure;
use clip::speakers::utterance::{LocalSpeaker, Utterance};
use media::time::{Instant, Span};
use models::device::Device;
use models::llm::{Llm, Message, Precision, PrefixCache, Role, Sampling};
use models::sentence::SentenceEncoder;
use models::speaker::SpeakerEncoder;
use models::weights::{ModelEntry, ModelFiles};
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;
use std::thread::LocalKey;

/// One model, once it was asked for.
type Slot<T> = RefCell<Option<Rc<T>>>;

thread_local! {
    static SPEAKER: Slot<SpeakerEncoder> = const { RefCell::new(None) };
    static SENTENCE: Slot<SentenceEncoder> = const { RefCell::new(None) };
    static LLM: Slot<Llm> = const { RefCell::new(None) };
    static PREFIX: RefCell<PrefixCache> = RefCell::default();
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
        is_overlapped: found.is_overlapped,
    };
    let at = Instant::from_seconds;
    let local = |found: models::speaker::LocalSpeaker| LocalSpeaker {
        embedding: found.embedding,
        alone: Span::from_seconds(found.alone_s),
        spans: found.spans_s.into_iter().map(|(start, end)| (at(start), at(end))).collect(),
    };
    let heard = model.hear(samples);
    Ok(FromLane::Voices {
        utterances: heard.utterances.into_iter().map(utterance).collect(),
        local: heard.local.into_iter().map(local).collect(),
    })
}

pub async fn meanings(entry: &ModelEntry, texts: &[String]) -> Result<FromLane, Failure> {
    let model = learned(&SENTENCE, entry, SentenceEncoder::load).await?;
    let vectors = texts.iter().map(|text| model.embed(text)).collect::<Result<_, _>>();
    Ok(FromLane::Meanings { vectors: vectors.map_err(model_failure)? })
}

pub async fn answer(entry: &ModelEntry, said: [String; 2], max_tokens: usize) -> Result<FromLane, Failure> {
    let model = language_model(entry).await?;
    let sampling = Sampling { max_tokens, ..Sampling::default() };
    let prompt = model.prompt(&messages(said)).map_err(writing_failure)?;
    let mut prefix = PREFIX.take();
    let tokens = model.generate_after(&prompt, &sampling, &mut prefix, &|| false).await;
    PREFIX.set(prefix);
    let tokens = tokens.map_err(writing_failure)?;
    let text = model.decode(&tokens);
    Ok(FromLane::Answer { text, prompt_tokens: prompt.len(), tokens: tokens.len() })
}

/// By the mean over a choice's tokens: otherwise the shortest is the likeliest.
pub async fn weigh(entry: &ModelEntry, said: [String; 2], choices: &[String]) -> Result<FromLane, Failure> {
    let model = language_model(entry).await?;
    let prompt = model.prompt(&messages(said)).map_err(writing_failure)?;
    let choices = choices.iter().map(|choice| model.encode(choice)).collect::<Result<Vec<_>, _>>();
    let choices = choices.map_err(writing_failure)?;
    let mut prefix = PREFIX.take();
    let sums = model.score_choices_after(&prompt, &choices, &mut prefix).await;
    PREFIX.set(prefix);
    let sums = sums.map_err(writing_failure)?;
    let weights = sums.iter().zip(&choices).map(|(sum, choice)| sum / choice.len() as f32).collect();
    Ok(FromLane::Weights { weights })
}

pub async fn fill(
    entry: &ModelEntry,
    said: [String; 2],
    schema: &Value,
    max_tokens: usize,
) -> Result<FromLane, Failure> {
    let model = language_model(entry).await?;
    let sampling = Sampling { max_tokens, ..Sampling::default() };
    let prompt = model.prompt(&messages(said)).map_err(writing_failure)?;
    let mut prefix = PREFIX.take();
    let document = model.generate_json(&prompt, schema, &sampling, &mut prefix, &|| false).await;
    PREFIX.set(prefix);
    Ok(FromLane::Filled { document: document.map_err(writing_failure)? })
}

/// On the graphics processor where there is one that computes what the processor computes; a model that it cannot hold, or one
/// whose driver is wrong, costs speed and nothing else.
async fn language_model(entry: &ModelEntry) -> Result<Rc<Llm>, Failure> {
    if let Some(model) = LLM.with_borrow(Clone::clone) {
        return Ok(model);
    }
    let files = weight_store::load(entry).await?;
    let model = match usable_gpu(&files).await {
        Some(gpu) => Llm::load_on(files, &gpu),
        None => Llm::load(files, Precision::AsStored),
    };
    let model = Rc::new(model.map_err(model_failure)?);
    LLM.with_borrow_mut(|slot| *slot = Some(Rc::clone(&model)));
    Ok(model)
}

/// A graphics processor that was lost is not asked again: the next answer loads the model anew, which finds out where it runs.
fn writing_failure(error: models::Error) -> Failure {
    if matches!(error, models::Error::Device(_)) {
        LLM.take();
        PREFIX.take();
    }
    model_failure(error)
}

async fn usable_gpu(files: &ModelFiles) -> Option<Device> {
    let gpu = gpu::kept()?;
    let agrees = Llm::agrees_with_cpu(files, &gpu).await;
    agrees.is_ok_and(|agrees| agrees).then_some(gpu)
}

fn messages([system, user]: [String; 2]) -> [Message; 2] {
    [Message { role: Role::System, content: system }, Message { role: Role::User, content: user }]
}
