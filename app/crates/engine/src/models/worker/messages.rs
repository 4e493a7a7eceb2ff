//! What the pool asks of a worker and what a worker answers: the messages, and how they cross.

use crate::web::js;
use clip::failure::Failure;
use clip::protocol::DeviceKind;
use clip::speakers::utterance::{LocalSpeaker, Utterance};
use clip::transcript::{Segment, SpeechOptions};
use js_sys::Float32Array;
use models::weights::ModelEntry;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};

/// What the pool asks of a worker; samples of a window travel beside it as `samples: Float32Array`. Request and answer are told from
/// the page's messages by `lane`.
#[derive(Serialize, Deserialize)]
#[serde(tag = "lane", rename_all = "snake_case")]
pub enum ToWorker {
    /// The speech model, on a device.
    Load { entry: ModelEntry, device: DeviceKind, trust: Trust },
    /// `samples` to transcribe.
    Window { speech: SpeechOptions },
    /// Who speaks where in `samples`.
    Voices { model: ModelEntry },
    /// What each text is about.
    Embeddings { model: ModelEntry, texts: Vec<String> },
    /// What a language model answers.
    Answer { model: ModelEntry, system: String, user: String, max_tokens: usize },
    /// How likely each choice is as its answer.
    Weigh { model: ModelEntry, system: String, user: String, choices: Vec<String> },
    /// What it answers as JSON of a schema.
    Fill { model: ModelEntry, system: String, user: String, schema: Value, max_tokens: usize },
}

/// Whether a device must show that it computes what the CPU computes. A shader that a driver gets wrong gives words too,
/// only not the ones that were said.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    Given,
    MustBeEarned,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "lane", rename_all = "snake_case")]
pub enum FromWorker {
    Loaded,
    Heard {
        language: String,
        segments: Vec<Segment>,
    },
    Voices {
        utterances: Vec<Utterance>,
        local: Vec<LocalSpeaker>,
    },
    Embeddings {
        vectors: Vec<Vec<f32>>,
    },
    Answer {
        text: String,
        prompt_tokens: usize,
        tokens: usize,
    },
    Weights {
        weights: Vec<f32>,
    },
    /// `None`: it was not complete.
    Filled {
        document: Option<Value>,
    },
    Failed {
        failure: Failure,
    },
}

/// Name of the vectors beside an answer.
const NUMBERS: &str = "numbers";

impl FromWorker {
    /// All vectors, one after another; they are empty afterwards.
    fn take_numbers(&mut self) -> Vec<f32> {
        self.vectors().flat_map(std::mem::take).collect()
    }

    /// Gives each vector its part.
    fn put_numbers(&mut self, numbers: &[f32]) {
        let width = numbers.len() / self.vectors().count().max(1);
        if width > 0 {
            self.vectors()
                .zip(numbers.chunks_exact(width))
                .for_each(|(vector, part)| *vector = part.to_vec());
        }
    }

    fn vectors(&mut self) -> impl Iterator<Item = &mut Vec<f32>> {
        let (utterances, local, vectors) = match self {
            FromWorker::Voices { utterances, local } => {
                (utterances.as_mut_slice(), local.as_mut_slice(), [].as_mut_slice())
            }
            FromWorker::Embeddings { vectors } => {
                ([].as_mut_slice(), [].as_mut_slice(), vectors.as_mut_slice())
            }
            _ => ([].as_mut_slice(), [].as_mut_slice(), [].as_mut_slice()),
        };
        let utterances = utterances.iter_mut().map(|utterance| &mut utterance.embedding);
        utterances.chain(local.iter_mut().map(|local| &mut local.embedding)).chain(vectors)
    }
}

/// Posts an answer, its vectors beside it: as text they would be megabytes that the browser collects when it likes.
pub fn post(mut answer: FromWorker) {
    let numbers = answer.take_numbers();
    let json = serde_json::to_string(&answer).unwrap_or_default();
    let message: js_sys::Object = js::dictionary(&[("json", json.into())]);
    let transfer = js_sys::Array::new();
    if !numbers.is_empty() {
        let numbers = Float32Array::from(numbers.as_slice());
        transfer.push(&numbers.buffer());
        js::set(&message, NUMBERS, &numbers);
    }
    // The pool's worker owns this one: it cannot be gone while we run.
    let _ = js::scope().post_message_with_transfer(&message, &transfer);
}

/// An answer as it was posted.
pub fn read(message: &JsValue) -> FromWorker {
    let json = js::get(message, "json").as_string().unwrap_or_default();
    let mut answer = serde_json::from_str(&json)
        .unwrap_or_else(|error| FromWorker::Failed { failure: Failure::internal(error) });
    if js::has(message, NUMBERS) {
        let numbers: Float32Array = js::get(message, NUMBERS).unchecked_into();
        answer.put_numbers(&numbers.to_vec());
        js::free(&numbers.buffer());
    }
    answer
}

/// The samples that travel beside a request; their buffer is given back at once.
pub fn samples_beside(data: &JsValue) -> Vec<f32> {
    let samples: Float32Array = js::get(data, "samples").unchecked_into();
    let pcm = samples.to_vec();
    js::free(&samples.buffer());
    js::ask_for_collection();
    pcm
}

/// An answer to something else than what was asked.
pub fn out_of_turn() -> Failure {
    Failure::internal("a worker answered out of turn")
}
