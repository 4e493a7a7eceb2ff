//! One worker that holds weights and answers one request at a time, first of all windows to transcribe. Knows the pool's messages and
//! nothing of the page.

mod embeddings;
pub mod gpu;
mod language_model;
pub mod messages;
mod speech;

use crate::web::js;
use clip::failure::Failure;
use messages::{FromWorker, ToWorker, post, samples_beside};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// Handles a message of the pool.
pub fn receive(data: JsValue) {
    spawn_local(async move {
        let answer = match answer(&data).await {
            Ok(answer) => answer,
            Err(failure) => FromWorker::Failed { failure },
        };
        let is_loaded = matches!(answer, FromWorker::Loaded);
        post(answer);
        if is_loaded {
            speech::warm_up().await;
        }
    });
}

async fn answer(data: &JsValue) -> Result<FromWorker, Failure> {
    let json = js::get(data, "lane").as_string().unwrap_or_default();
    match serde_json::from_str(&json).map_err(Failure::internal)? {
        ToWorker::Load { entry, device, trust } => speech::load(&entry, device, trust).await,
        ToWorker::Window { speech } => speech::hear(&samples_beside(data), &speech).await,
        ToWorker::Voices { model } => embeddings::voices(&model, &samples_beside(data)).await,
        ToWorker::Embeddings { model, texts } => embeddings::embeddings(&model, &texts).await,
        ToWorker::Answer { model, system, user, max_tokens } => {
            language_model::answer(&model, [system, user], max_tokens).await
        }
        ToWorker::Weigh { model, system, user, choices } => {
            language_model::weigh(&model, [system, user], &choices).await
        }
        ToWorker::Fill { model, system, user, schema, max_tokens } => {
            language_model::fill(&model, [system, user], &schema, max_tokens).await
        }
    }
}
