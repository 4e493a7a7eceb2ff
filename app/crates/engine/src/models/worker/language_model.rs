//! The language model of a worker: loaded when it is first asked for, on the graphics processor where speech is there too, and kept with
//! what it has read of the last prompt.

use super::gpu;
use super::messages::FromWorker;
use crate::models::failure::model_failure;
use crate::models::store;
use clip::failure::Failure;
use models::device::Device;
use models::llm::{Llm, Message, Precision, PrefixCache, Role, Sampling};
use models::weights::{ModelEntry, ModelFiles};
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    static LLM: RefCell<Option<Rc<Llm>>> = const { RefCell::new(None) };
    static PREFIX: RefCell<PrefixCache> = RefCell::default();
}

pub async fn answer(entry: &ModelEntry, said: [String; 2], max_tokens: usize) -> Result<FromWorker, Failure> {
    let model = language_model(entry).await?;
    let sampling = Sampling { max_tokens, ..Sampling::default() };
    let prompt = model.prompt(&messages(said)).map_err(writing_failure)?;
    let mut prefix = PREFIX.take();
    let tokens = model.generate_after(&prompt, &sampling, &mut prefix, &|| false).await;
    PREFIX.set(prefix);
    let tokens = tokens.map_err(writing_failure)?;
    let text = model.decode(&tokens);
    Ok(FromWorker::Answer { text, prompt_tokens: prompt.len(), tokens: tokens.len() })
}

/// By the mean over a choice's tokens: otherwise the shortest is the likeliest.
pub async fn weigh(entry: &ModelEntry, said: [String; 2], choices: &[String]) -> Result<FromWorker, Failure> {
    let model = language_model(entry).await?;
    let prompt = model.prompt(&messages(said)).map_err(writing_failure)?;
    let choices = choices.iter().map(|choice| model.encode(choice)).collect::<Result<Vec<_>, _>>();
    let choices = choices.map_err(writing_failure)?;
    let mut prefix = PREFIX.take();
    let sums = model.score_choices_after(&prompt, &choices, &mut prefix).await;
    PREFIX.set(prefix);
    let sums = sums.map_err(writing_failure)?;
    let weights = sums.iter().zip(&choices).map(|(sum, choice)| sum / choice.len() as f32).collect();
    Ok(FromWorker::Weights { weights })
}

pub async fn fill(
    entry: &ModelEntry,
    said: [String; 2],
    schema: &Value,
    max_tokens: usize,
) -> Result<FromWorker, Failure> {
    let model = language_model(entry).await?;
    let sampling = Sampling { max_tokens, ..Sampling::default() };
    let prompt = model.prompt(&messages(said)).map_err(writing_failure)?;
    let mut prefix = PREFIX.take();
    let document = model.generate_json(&prompt, schema, &sampling, &mut prefix, &|| false).await;
    PREFIX.set(prefix);
    Ok(FromWorker::Filled { document: document.map_err(writing_failure)? })
}

/// On the graphics processor where there is one that computes what the processor computes; a model that it cannot hold, or one
/// whose driver is wrong, costs speed and nothing else.
async fn language_model(entry: &ModelEntry) -> Result<Rc<Llm>, Failure> {
    if let Some(model) = LLM.with_borrow(Clone::clone) {
        return Ok(model);
    }
    let files = store::load(entry).await?;
    let model = match usable_gpu(&files).await {
        Some(gpu) => Llm::load_on(files, &gpu),
        None => Llm::load(files, Precision::AsStored),
    };
    let model = Rc::new(model.map_err(model_failure)?);
    LLM.with_borrow_mut(|slot| *slot = Some(Rc::clone(&model)));
    Ok(model)
}

/// A graphics processor that was lost is not asked again: the next answer loads the model again, which finds out where it runs.
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
