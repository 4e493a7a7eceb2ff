//! The speech model of a worker: loaded on the device that was chosen, trusted once it earned it, and asked for the words of windows.

use super::gpu;
use super::messages::{FromWorker, Trust};
use crate::models::failure::{gpu_failure, model_failure};
use crate::models::store;
use crate::web::word_breaks::BrowserWordBreaks;
use clip::failure::Failure;
use clip::port::Heard;
use clip::protocol::DeviceKind;
use clip::transcript::SpeechOptions;
use models::weights::ModelEntry;
use models::whisper::Whisper;
use speech::{Names, decoding, heard};
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    static WHISPER: RefCell<Option<Rc<Whisper>>> = const { RefCell::new(None) };
    static NAMES: RefCell<Names> = RefCell::default();
}

/// Runs the model once before anybody waits for it: browsers compile wasm well only after it was used. A GPU that had to earn
/// trust has run it already.
pub async fn warm_up() {
    let whisper = WHISPER.with_borrow(Clone::clone);
    if let Some(whisper) = whisper.filter(|whisper| whisper.is_on_cpu()) {
        // What fails here fails again, and is reported, when it matters.
        let _ = whisper.fingerprint().await;
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
    let options = NAMES.with_borrow_mut(|names| decoding(&whisper, speech, names)).map_err(model_failure)?;
    let window = whisper.transcribe_window(samples, &options, &|| false).await.map_err(model_failure)?;
    let Heard { language, segments } = heard(window, &BrowserWordBreaks);
    Ok(FromWorker::Heard { language, segments })
}
