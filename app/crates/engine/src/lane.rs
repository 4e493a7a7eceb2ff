//! One lane: a worker of its own that holds weights and answers one request at a time, first of all windows to transcribe. Knows
//! the pool's messages and nothing of the page.

use crate::{js, minds, weight_store};
use clip::failure::{Failure, FailureClass};
use clip::protocol::DeviceKind;
use clip::speakers::utterance::Utterance;
use clip::transcript::SpeechOptions;
use clip::transcript::whole_words;
use clip::transcript::{Segment, Word};
use js_sys::Float32Array;
use media::time::Instant;
use models::device::Device;
use models::weights::ModelEntry;
use models::whisper::{DecodeOptions, Language, Task, Whisper};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

/// What the pool asks of a lane; samples of a window travel beside it as `samples: Float32Array`.
#[derive(Serialize, Deserialize)]
#[serde(tag = "lane", rename_all = "snake_case")]
pub enum ToLane {
    /// The speech model, on a device.
    Load { entry: ModelEntry, device: DeviceKind, trust: Trust },
    /// `samples` to transcribe.
    Window { speech: SpeechOptions },
    /// Who speaks where in `samples`.
    Voices { model: ModelEntry },
    /// What each text is about.
    Meanings { model: ModelEntry, texts: Vec<String> },
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
pub enum FromLane {
    Loaded,
    Heard {
        language: String,
        segments: Vec<Segment>,
    },
    Voices {
        utterances: Vec<Utterance>,
    },
    Meanings {
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

impl FromLane {
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
        let (utterances, vectors) = match self {
            FromLane::Voices { utterances } => (utterances.as_mut_slice(), [].as_mut_slice()),
            FromLane::Meanings { vectors } => ([].as_mut_slice(), vectors.as_mut_slice()),
            _ => ([].as_mut_slice(), [].as_mut_slice()),
        };
        utterances.iter_mut().map(|utterance| &mut utterance.embedding).chain(vectors)
    }
}

thread_local! {
    static WHISPER: RefCell<Option<Rc<Whisper>>> = const { RefCell::new(None) };
    /// The graphics processor that speech runs on: opened once, and used by the language model too.
    static GPU: RefCell<Option<Device>> = const { RefCell::new(None) };
    /// The names that were asked for last, and their tokens: encoding takes longer than some windows.
    static NAMES: RefCell<(String, Vec<u32>)> = const { RefCell::new((String::new(), Vec::new())) };
}

/// Handles a message of the pool.
pub fn receive(data: JsValue) {
    spawn_local(async move {
        let answer = match answer(&data).await {
            Ok(answer) => answer,
            Err(failure) => FromLane::Failed { failure },
        };
        let is_loaded = matches!(answer, FromLane::Loaded);
        post(answer);
        if is_loaded {
            warm_up().await;
        }
    });
}

/// Posts an answer, its vectors beside it: as text they would be megabytes that the browser collects when it likes.
fn post(mut answer: FromLane) {
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
pub fn read(message: &JsValue) -> FromLane {
    let json = js::get(message, "json").as_string().unwrap_or_default();
    let mut answer = serde_json::from_str(&json)
        .unwrap_or_else(|error| FromLane::Failed { failure: Failure::internal(error) });
    if js::has(message, NUMBERS) {
        let numbers: Float32Array = js::get(message, NUMBERS).unchecked_into();
        answer.put_numbers(&numbers.to_vec());
        js::free(&numbers.buffer());
    }
    answer
}

/// Runs the model once before anybody waits for it: browsers compile wasm well only after it was used. A GPU that had to earn
/// trust has run it already.
async fn warm_up() {
    let whisper = WHISPER.with_borrow(Clone::clone);
    if let Some(whisper) = whisper.filter(|whisper| whisper.is_on_cpu()) {
        // What fails here fails again, and is reported, when it matters.
        let _ = whisper.self_test().await;
    }
}

async fn answer(data: &JsValue) -> Result<FromLane, Failure> {
    let json = js::get(data, "lane").as_string().unwrap_or_default();
    match serde_json::from_str(&json).map_err(Failure::internal)? {
        ToLane::Load { entry, device, trust } => load(&entry, device, trust).await,
        ToLane::Window { speech } => hear(&samples_beside(data), &speech).await,
        ToLane::Voices { model } => minds::voices(&model, &samples_beside(data)).await,
        ToLane::Meanings { model, texts } => minds::meanings(&model, &texts).await,
        ToLane::Answer { model, system, user, max_tokens } => {
            minds::answer(&model, [system, user], max_tokens).await
        }
        ToLane::Weigh { model, system, user, choices } => {
            minds::weigh(&model, [system, user], &choices).await
        }
        ToLane::Fill { model, system, user, schema, max_tokens } => {
            minds::fill(&model, [system, user], &schema, max_tokens).await
        }
    }
}

/// The samples that travel beside a request; their buffer is given back at once.
fn samples_beside(data: &JsValue) -> Vec<f32> {
    let samples: Float32Array = js::get(data, "samples").unchecked_into();
    let pcm = samples.to_vec();
    js::free(&samples.buffer());
    js::ask_for_collection();
    pcm
}

async fn load(entry: &ModelEntry, kind: DeviceKind, trust: Trust) -> Result<FromLane, Failure> {
    let files = weight_store::load(entry).await?;
    let device = match kind {
        DeviceKind::Cpu => models::device::flex(),
        DeviceKind::Webgpu => {
            let device = models::device::wgpu().await.map_err(gpu_failure)?;
            GPU.with_borrow_mut(|slot| *slot = Some(device.clone()));
            device
        }
    };
    let twin = (trust == Trust::MustBeEarned).then(|| files.clone());
    let whisper = Whisper::load(files, &device).map_err(model_failure)?;
    if let Some(files) = twin {
        let cpu = Whisper::load(files, &models::device::flex()).map_err(model_failure)?;
        if !Whisper::agrees_with_cpu(&whisper, &cpu).await.map_err(gpu_failure)? {
            return Err(gpu_failure("it computes something else than the processor"));
        }
    }
    WHISPER.with_borrow_mut(|slot| *slot = Some(Rc::new(whisper)));
    Ok(FromLane::Loaded)
}

/// The graphics processor of this lane, where it has one.
pub fn gpu() -> Option<Device> {
    GPU.with_borrow(Clone::clone)
}

async fn hear(samples: &[f32], speech: &SpeechOptions) -> Result<FromLane, Failure> {
    let whisper = WHISPER
        .with_borrow(Clone::clone)
        .ok_or_else(|| Failure::internal("a window came before the model was loaded"))?;
    let options = DecodeOptions {
        language: speech.language.as_deref().map(Language::new),
        task: if speech.translate { Task::Translate } else { Task::Transcribe },
        prompt: tokens_of(&whisper, &speech.names).map_err(model_failure)?,
        ..DecodeOptions::default()
    };
    let heard = whisper.transcribe_window(samples, &options, &|| false).await.map_err(model_failure)?;
    Ok(FromLane::Heard {
        language: heard.language.code().to_owned(),
        segments: heard.segments.into_iter().map(segment).collect(),
    })
}

fn tokens_of(whisper: &Whisper, names: &str) -> Result<Vec<u32>, models::Error> {
    NAMES.with_borrow_mut(|(known, tokens)| {
        if known != names {
            *tokens = whisper.encode(names)?;
            names.clone_into(known);
        }
        Ok(tokens.clone())
    })
}

fn segment(segment: models::whisper::Segment) -> Segment {
    Segment {
        start: Instant::from_seconds(segment.start_s),
        end: Instant::from_seconds(segment.end_s),
        text: segment.text,
        tokens: segment.tokens,
        avg_logprob: segment.avg_logprob,
        no_speech_prob: segment.no_speech_prob,
        words: whole_words(segment.words.into_iter().map(word).collect()),
    }
}

fn word(word: models::whisper::Word) -> Word {
    Word {
        text: word.text,
        start: Instant::from_seconds(word.start_s),
        end: Instant::from_seconds(word.end_s),
        confidence: word.confidence,
    }
}

/// What the driver says goes to the console: it helps nobody who reads the page.
fn gpu_failure(error: impl std::fmt::Display) -> Failure {
    log::warn!("the graphics processor: {error}");
    Failure::new(
        FailureClass::DeviceLost,
        "The graphics processor could not be used.",
        "Choose the CPU in the settings; it works everywhere.",
    )
}

pub fn model_failure(error: models::Error) -> Failure {
    if let models::Error::Device(reason) = &error {
        log::warn!("the graphics processor: {reason}");
        return Failure::new(
            FailureClass::DeviceLost,
            "The graphics processor stopped working.",
            "Try again; if it stays, choose the CPU in the settings; it works everywhere.",
        );
    }
    Failure::new(
        FailureClass::Model,
        format!("A model failed ({error})."),
        "Try again; if it stays, delete the stored models in the settings and reload the page.",
    )
}
