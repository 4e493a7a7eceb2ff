//! The models of a lane beside the one of speech: voices, sentences and language. Each is loaded when it is first asked for and stays; all
//! run on the CPU, where they take a small part of what transcribing takes.

use crate::lane::{FromLane, model_failure};
use crate::weight_store;
use clip::protocol::Failure;
use clip::speakers::Utterance;
use media::time::Instant;
use models::llm::{Llm, Message, Precision, PrefixCache, Role, Sampling};
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
    };
    Ok(FromLane::Voices { utterances: model.utterances(samples).into_iter().map(utterance).collect() })
}

pub async fn meanings(entry: &ModelEntry, texts: &[String]) -> Result<FromLane, Failure> {
    let model = learned(&SENTENCE, entry, SentenceEncoder::load).await?;
    let vectors = texts.iter().map(|text| model.embed(text)).collect::<Result<_, _>>();
    Ok(FromLane::Meanings { vectors: vectors.map_err(model_failure)? })
}

pub async fn answer(entry: &ModelEntry, said: [String; 2], max_tokens: usize) -> Result<FromLane, Failure> {
    let model = learned(&LLM, entry, load_llm).await?;
    let sampling = Sampling { max_tokens, ..Sampling::default() };
    let answered = PREFIX.with_borrow_mut(|prefix| {
        let prompt = model.prompt(&messages(said))?;
        let tokens = model.generate_after(&prompt, &sampling, prefix, &|| false)?;
        Ok((prompt.len(), tokens))
    });
    let (prompt_tokens, tokens) = answered.map_err(model_failure)?;
    Ok(FromLane::Answer { text: model.decode(&tokens), prompt_tokens, tokens: tokens.len() })
}

/// By the mean over a choice's tokens: otherwise the shortest is the likeliest.
pub async fn weigh(entry: &ModelEntry, said: [String; 2], choices: &[String]) -> Result<FromLane, Failure> {
    let model = learned(&LLM, entry, load_llm).await?;
    let weights = PREFIX.with_borrow_mut(|prefix| {
        let prompt = model.prompt(&messages(said))?;
        let choices: Vec<Vec<u32>> =
            choices.iter().map(|choice| model.encode(choice)).collect::<Result<_, _>>()?;
        let sums = model.score_choices_after(&prompt, &choices, prefix)?;
        Ok(sums.iter().zip(&choices).map(|(sum, choice)| sum / choice.len() as f32).collect())
    });
    Ok(FromLane::Weights { weights: weights.map_err(model_failure)? })
}

fn load_llm(files: ModelFiles) -> Result<Llm, models::Error> {
    Llm::load(files, Precision::AsStored)
}

fn messages([system, user]: [String; 2]) -> [Message; 2] {
    [Message { role: Role::System, content: system }, Message { role: Role::User, content: user }]
}
