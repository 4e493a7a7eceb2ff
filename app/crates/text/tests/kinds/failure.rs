//! Failures: the kinds of `clip`, and what the browser was at.

use crate::{has_words_of_its_own, samples, speak};
use clip::failure::{Ability, Doing, Failure, FailureClass, ModelPart, SoundForm};
use media::{Error, MuxFault};
use text::Language;
use text::failure::{advice, message, message_and_advice};

samples!(doings: Doing {
    AskForEncoder, StartEncoder, HandOverPicture, EncodePicture, FinishPicture, ReadEncodedPicture, AskForPictureDecoder, StartPictureDecoder, DecodePicture, ReadPicture, StartSoundDecoder, DecodeSound, ReadSound, StartWorker, HandOverWork, OpenStorage, ReadStorage, WriteStorage, NameFile, StoreModelList, StoreModel, StoreFonts, ReadFont, DrawStill, DrawCaption, ShowPreview
});

samples!(abilities: Ability { Codecs, Storage, Workers });

samples!(model_parts: ModelPart {
    ModelPart::List => ModelPart::List,
    ModelPart::Whole => ModelPart::Whole,
    ModelPart::File(_) => ModelPart::File("model.bin".into()),
});

const DOING: Doing = Doing::DecodeSound;

fn sound(codec: &str) -> Failure {
    Failure::UndecodableSound { codec: codec.into() }
}

samples!(plain: Failure {
    Failure::Cancelled => Failure::Cancelled,
    Failure::Internal(_) => Failure::internal("a worker answered out of turn"),
    Failure::Media(_) => Error::NoBytes.into(),
    Failure::UndecodableSound { .. } => sound("ac3"),
    Failure::UndecodableSounds { .. } => Failure::UndecodableSounds { tracks: tracks() },
    Failure::UndecodablePicture { .. } => Failure::UndecodablePicture { codec: "hevc".into() },
    Failure::NoSound => Failure::NoSound,
    Failure::ImpossibleSound { .. } => Failure::ImpossibleSound { sample_rate: 7, channels: 100 },
    Failure::DamagedSound(_) => Failure::DamagedSound(Box::new(Error::NoKnownStream.into())),
    Failure::DamagedPicture(_) => Failure::DamagedPicture(Box::new(Failure::TakenBack(DOING))),
    Failure::NoPictureHere => Failure::NoPictureHere,
    Failure::UnpaintablePicture { .. } => Failure::UnpaintablePicture { detail: "no pixels".into() },
    Failure::NothingHeard => Failure::NothingHeard,
    Failure::NoSample => Failure::NoSample,
    Failure::Unwritable(_) => Failure::Unwritable(MuxFault::Order.into()),
    Failure::NoRoomForClip => Failure::NoRoomForClip,
    Failure::NoEncoder { .. } => Failure::NoEncoder { width_px: 1080, height_px: 1920 },
    Failure::UnknownModel { .. } => Failure::UnknownModel { id: "tiny".into() },
    Failure::ModelMissing(_) => Failure::ModelMissing(ModelPart::List),
    Failure::NoEmbeddingModels => Failure::NoEmbeddingModels,
    Failure::NoFaceModel => Failure::NoFaceModel,
    Failure::ModelDamaged { .. } => Failure::ModelDamaged { file: "model.bin".into() },
    Failure::ModelMismatch { .. } => Failure::ModelMismatch { file: "model.bin".into() },
    Failure::ModelFailed { .. } => Failure::ModelFailed { detail: "no such tensor".into() },
    Failure::GpuStopped => Failure::GpuStopped,
    Failure::GpuUnusable => Failure::GpuUnusable,
    Failure::WorkerStopped => Failure::WorkerStopped,
    Failure::WorkerMemory => Failure::WorkerMemory,
    Failure::NoWorkersLeft => Failure::NoWorkersLeft,
    Failure::NoRoom(_) => Failure::NoRoom(DOING),
    Failure::TakenBack(_) => Failure::TakenBack(DOING),
    Failure::NotSupported { .. } => Failure::NotSupported { doing: DOING, detail: "no".into() },
    Failure::FileGone { .. } => Failure::FileGone { doing: DOING, detail: "gone".into() },
    Failure::Browser { .. } => Failure::Browser { doing: DOING, detail: "odd".into() },
    Failure::Lacks(_) => Failure::Lacks(Ability::Codecs),
    Failure::MixedBuilds => Failure::MixedBuilds,
    Failure::PageIncomplete => Failure::PageIncomplete,
    Failure::NoEngine => Failure::NoEngine,
    Failure::EngineStopped => Failure::EngineStopped,
    Failure::EngineMemory => Failure::EngineMemory,
    Failure::Misunderstood { .. } => Failure::Misunderstood { detail: "no JSON".into() },
    // In the words that were kept, whatever language is spoken.
    Failure::Told { .. } => told(),
});

fn tracks() -> Vec<SoundForm> {
    [("DTS", 6), ("unknown", 2)].map(|(codec, channels)| SoundForm { codec: codec.into(), channels }).into()
}

fn told() -> Failure {
    Failure::Told { class: FailureClass::Model, message: "It is gone.".into(), advice: "Wait.".into() }
}

/// Every failure there is, with the kinds within kinds.
fn all() -> Vec<Failure> {
    let mut all = plain();
    all.retain(|failure| *failure != told());
    all.extend(doings().into_iter().filter(|doing| *doing != DOING).map(Failure::NoRoom));
    all.extend(abilities().into_iter().skip(1).map(Failure::Lacks));
    all.extend(model_parts().into_iter().skip(1).map(Failure::ModelMissing));
    all.push(sound("unknown"));
    all.push(Failure::UndecodablePicture { codec: "unknown".into() });
    all
}

#[test]
fn every_kind_has_words_in_every_language() {
    has_words_of_its_own(&all(), "failure-", message, advice);
}

#[test]
fn details_are_part_of_what_is_told() {
    let check = |language, failure: &Failure, expected: &str| {
        speak(language);
        assert_eq!(message(failure), expected);
    };
    let sounds = Failure::UndecodableSounds { tracks: tracks() };
    let english =
        "This browser can decode none of the 2 sound tracks of this file (DTS, 5.1; unknown codec, stereo).";
    check(Language::English, &sounds, english);
    let encoder = Failure::NoEncoder { width_px: 1080, height_px: 1920 };
    check(Language::German, &encoder, "Dieser Browser kann H.264 in 1080×1920 nicht kodieren.");
    let browser = Failure::Browser { doing: Doing::StartWorker, detail: "SecurityError".into() };
    check(
        Language::German,
        &browser,
        "Der Browser hat beim Starten eines Workers einen Fehler gemeldet: SecurityError.",
    );
    let room = Failure::NoRoom(Doing::StoreModel);
    check(Language::Spanish, &room, "El navegador ya no tiene espacio para guardar el modelo de voz.");
    let gone = Failure::FileGone { doing: Doing::DecodeSound, detail: "NotFoundError".into() };
    check(
        Language::Japanese,
        &gone,
        "音声のデコードの途中で、ファイルを読み込めなくなりました（NotFoundError）。",
    );
    check(Language::Japanese, &told(), "It is gone.");
}

#[test]
fn damage_is_told_by_what_was_wrong_last() {
    speak(Language::English);
    let last = Failure::Browser { doing: Doing::DecodeSound, detail: "EncodingError".into() };
    let damaged = Failure::DamagedSound(Box::new(last.clone()));
    assert_eq!(message_and_advice(&damaged), message_and_advice(&last));
    let damaged = message(&Failure::DamagedPicture(Box::new(last.clone())));
    assert_eq!(
        damaged,
        format!("The picture in this file is damaged in too many places. {}", message(&last))
    );
}
