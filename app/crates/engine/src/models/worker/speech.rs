//! The speech model of a worker: loaded on the device that was chosen, trusted once it earned it, and asked for the words of windows.

use super::gpu;
use super::messages::{FromWorker, Trust};
use crate::models::failure::{gpu_failure, model_failure};
use crate::models::store;
use clip::failure::Failure;
use clip::protocol::DeviceKind;
use clip::transcript::{Segment, SpeechOptions, Word, whole_words};
use media::time::Instant;
use models::weights::ModelEntry;
use models::whisper::{DecodeOptions, Language, Task, Whisper};
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    static WHISPER: RefCell<Option<Rc<Whisper>>> = const { RefCell::new(None) };
    /// The names that were asked for last, and their tokens: encoding takes longer than some windows.
    static NAMES: RefCell<(String, Vec<u32>)> = const { RefCell::new((String::new(), Vec::new())) };
}

/// Runs the model once before anybody waits for it: browsers compile wasm well only after it was used. A GPU that had to earn
/// trust has run it already.
pub async fn warm_up() {
    let whisper = WHISPER.with_borrow(Clone::clone);
    if let Some(whisper) = whisper.filter(|whisper| whisper.is_on_cpu()) {
        // What fails here fails again, and is reported, when it matters.
        let _ = whisper.self_test().await;
    }
}

pub async fn load(entry: &ModelEntry, kind: DeviceKind, trust: Trust) -> Result<FromWorker, Failure> {
    let files = store::load(entry).await?;
    let device = match kind {
        DeviceKind::Cpu => models::device::flex(),
        DeviceKind::Webgpu => {
            let device = models::device::wgpu().await.map_err(gpu_failure)?;
            gpu::keep(&device);
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
    Ok(FromWorker::Loaded)
}

pub async fn hear(samples: &[f32], speech: &SpeechOptions) -> Result<FromWorker, Failure> {
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
    Ok(FromWorker::Heard {
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
