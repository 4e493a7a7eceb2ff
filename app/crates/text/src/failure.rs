//! What is told of something that did not work: what is wrong, and what to do now. The kinds are `clip`'s, and `media`'s for files;
//! here each has its words, and none is without.

mod doing;

use crate::media::codec_title;
use crate::{media, reasons, say};
use clip::failure::{Ability, Failure, ModelPart, SoundForm};
use doing::at;

/// What is wrong, in one sentence, rarely two.
pub fn message(failure: &Failure) -> String {
    match failure {
        Failure::Cancelled => say!("failure-cancelled"),
        Failure::Internal(detail) => say!("failure-internal", detail = detail),
        Failure::Media(error) | Failure::Unwritable(error) => media::message(error),
        Failure::UndecodableSound { codec } if codec == "unknown" => {
            say!("failure-undecodable-sound-unknown")
        }
        Failure::UndecodableSound { codec } => say!("failure-undecodable-sound", codec = codec_title(codec)),
        Failure::UndecodableSounds { tracks } => {
            say!("failure-undecodable-sounds", count = tracks.len(), forms = forms(tracks))
        }
        Failure::UndecodablePicture { codec } if codec == "unknown" => {
            say!("failure-undecodable-picture-unknown")
        }
        Failure::UndecodablePicture { codec } => {
            say!("failure-undecodable-picture", codec = codec_title(codec))
        }
        Failure::NoSound => say!("failure-no-sound"),
        Failure::ImpossibleSound { sample_rate, channels } => {
            say!("failure-impossible-sound", rate = *sample_rate, channels = *channels)
        }
        Failure::DamagedSound(last) => message(last),
        Failure::DamagedPicture(last) => say!("failure-damaged-picture", why = message(last)),
        Failure::NoPictureHere => say!("failure-no-picture-here"),
        Failure::UnpaintablePicture { detail } => say!("failure-unpaintable-picture", detail = detail),
        Failure::NothingHeard => say!("failure-nothing-heard"),
        Failure::NoSample => say!("failure-no-sample"),
        Failure::NoRoomForClip => say!("failure-no-room-for-clip"),
        Failure::NoEncoder { width_px, height_px } => {
            // As sizes of pictures are written: not grouped by thousands.
            say!("failure-no-encoder", width = width_px.to_string(), height = height_px.to_string())
        }
        Failure::UnknownModel { id } => say!("failure-unknown-model", id = id),
        Failure::ModelMissing(ModelPart::List) => say!("failure-no-model-list"),
        Failure::ModelMissing(ModelPart::Whole) => say!("failure-no-model"),
        Failure::ModelMissing(ModelPart::File(file)) => say!("failure-no-model-file", file = file),
        Failure::NoEmbeddingModels => say!("failure-no-embedding-models"),
        Failure::NoFaceModel => say!("failure-no-face-model"),
        Failure::ModelDamaged { file } => say!("failure-model-damaged", file = file),
        Failure::ModelMismatch { file } => say!("failure-model-mismatch", file = file),
        Failure::ModelFailed { detail } => say!("failure-model-failed", detail = detail),
        Failure::GpuStopped => say!("failure-gpu-stopped"),
        Failure::GpuUnusable => say!("failure-gpu-unusable"),
        Failure::WorkerStopped => say!("failure-worker-stopped"),
        Failure::WorkerMemory => say!("failure-worker-memory"),
        Failure::NoWorkersLeft => say!("failure-no-workers-left"),
        Failure::NoRoom(doing) => say!("failure-no-room", doing = at(*doing)),
        Failure::TakenBack(doing) => say!("failure-taken-back", doing = at(*doing)),
        Failure::NotSupported { doing, detail } => {
            say!("failure-not-supported", doing = at(*doing), detail = detail)
        }
        Failure::FileGone { doing, detail } => say!("failure-file-gone", doing = at(*doing), detail = detail),
        Failure::Browser { doing, detail } => say!("failure-browser", doing = at(*doing), detail = detail),
        Failure::Lacks(Ability::Codecs) => say!("failure-no-codecs"),
        Failure::Lacks(Ability::Storage) => say!("failure-no-storage"),
        Failure::Lacks(Ability::Workers) => say!("failure-no-workers"),
        Failure::MixedBuilds => say!("failure-mixed-builds"),
        Failure::PageIncomplete => say!("failure-page-incomplete"),
        Failure::NoEngine => say!("failure-no-engine"),
        Failure::EngineStopped => say!("failure-engine-stopped"),
        Failure::EngineMemory => say!("failure-engine-memory"),
        Failure::Misunderstood { detail } => say!("failure-misunderstood", detail = detail),
        Failure::Told { message, .. } => message.clone(),
    }
}

/// What to do now.
pub fn advice(failure: &Failure) -> String {
    match failure {
        Failure::Cancelled => say!("failure-advice-cancelled"),
        Failure::Internal(_) => say!("failure-advice-reload"),
        Failure::Media(error) | Failure::Unwritable(error) => media::advice(error),
        Failure::UndecodableSound { .. } | Failure::UndecodableSounds { .. } => {
            say!("failure-advice-sound-codec")
        }
        Failure::UndecodablePicture { .. } => say!("failure-advice-picture-codec"),
        Failure::NoSound => say!("failure-advice-with-speech"),
        Failure::ImpossibleSound { .. } => say!("failure-advice-from-source"),
        Failure::DamagedSound(last) => advice(last),
        Failure::DamagedPicture(_) | Failure::UnpaintablePicture { .. } => say!("failure-advice-fresh-mp4"),
        Failure::NoPictureHere => say!("failure-advice-move-clip"),
        Failure::NothingHeard => say!("failure-advice-nothing-heard"),
        Failure::NoSample => say!("failure-advice-sample"),
        Failure::NoRoomForClip => say!("failure-advice-room-for-clip"),
        Failure::NoEncoder { .. } => say!("failure-advice-export-elsewhere"),
        Failure::UnknownModel { .. } => say!("failure-advice-other-model"),
        Failure::ModelMissing(_) => say!("failure-advice-connect-once"),
        Failure::NoEmbeddingModels => say!("failure-advice-by-words"),
        Failure::NoFaceModel => say!("failure-advice-frame-by-hand"),
        Failure::ModelDamaged { .. } => say!("failure-advice-fetch-again"),
        Failure::ModelMismatch { .. } => say!("failure-advice-export-models"),
        Failure::ModelFailed { .. } => say!("failure-advice-delete-models"),
        Failure::GpuStopped => say!("failure-advice-cpu-if-again"),
        Failure::GpuUnusable => say!("failure-advice-cpu"),
        Failure::WorkerStopped | Failure::WorkerMemory | Failure::NoWorkersLeft => {
            say!("failure-advice-close-other-tabs")
        }
        Failure::NoRoom(_) => say!("failure-advice-room"),
        Failure::TakenBack(_) => say!("failure-advice-front"),
        Failure::NotSupported { .. } => say!("failure-advice-chrome-or-mp4"),
        Failure::FileGone { .. } => say!("failure-advice-moved"),
        Failure::Browser { .. } => say!("failure-advice-try-again"),
        Failure::Lacks(_) => say!("failure-advice-other-browser"),
        Failure::MixedBuilds => say!("failure-advice-close-tabs"),
        Failure::PageIncomplete => say!("failure-advice-goes-on-trying"),
        Failure::NoEngine => say!("failure-advice-current-browser"),
        Failure::EngineStopped => say!("failure-advice-go-on"),
        Failure::EngineMemory => say!("failure-advice-smaller-model"),
        Failure::Misunderstood { .. } => say!("failure-advice-older-page"),
        Failure::Told { advice, .. } => advice.clone(),
    }
}

/// Both, one behind the other.
pub fn message_and_advice(failure: &Failure) -> String {
    say!("failure-both", first = message(failure), second = advice(failure))
}

fn forms(tracks: &[SoundForm]) -> String {
    let each = tracks.iter().map(|track| reasons::form(&track.codec, track.channels));
    each.reduce(|first, second| say!("failure-forms", first = first, second = second)).unwrap_or_default()
}
