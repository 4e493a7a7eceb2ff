//! Failures cross between worker and page, and say of what class they are.

use super::*;
use media::{Error, MuxFault};

#[test]
fn a_failure_crosses_as_json_and_is_the_same() {
    let failures = [
        Failure::Cancelled,
        Failure::internal("a packet of no description"),
        Error::Undecodable { codec: "ac3".into() }.into(),
        Failure::UndecodableSounds { tracks: vec![SoundForm { codec: "DTS".into(), channels: 6 }] },
        Failure::DamagedPicture(Box::new(Failure::TakenBack(Doing::DecodePicture))),
        Failure::ModelMissing(ModelPart::File("model.bin".into())),
        Failure::Browser { doing: Doing::OpenStorage, detail: "SecurityError".into() },
        Failure::Told { class: FailureClass::Model, message: "Gone.".into(), advice: "Again.".into() },
    ];
    for failure in failures {
        let json = serde_json::to_string(&failure).unwrap();
        assert_eq!(serde_json::from_str::<Failure>(&json).unwrap(), failure, "{json}");
    }
}

#[test]
fn the_class_follows_from_the_kind() {
    let check = |failure: Failure, class| assert_eq!(failure.class(), class, "{failure}");
    check(Error::NoSoundTrack.into(), FailureClass::Empty);
    check(Error::IndexUnreadable.into(), FailureClass::Truncated);
    // The file that is written is ours.
    check(Failure::Unwritable(MuxFault::NothingEncoded.into()), FailureClass::Internal);
    let taken = Failure::TakenBack(Doing::DecodeSound);
    check(taken.clone(), FailureClass::TakenBack);
    check(Failure::DamagedSound(Box::new(taken)), FailureClass::Malformed);
    assert!(Failure::cancelled().is_cancelled() && !Failure::NoSound.is_cancelled());
}

#[test]
fn logs_name_class_kind_and_details() {
    let failure = Failure::ModelDamaged { file: "model.bin".into() };
    assert_eq!(failure.to_string(), r#"model: ModelDamaged { file: "model.bin" }"#);
}

#[test]
fn programs_know_a_class_by_the_name_that_it_crosses_with() {
    for class in [FailureClass::NoAudio, FailureClass::DeviceLost, FailureClass::Internal] {
        assert_eq!(serde_json::to_value(class).unwrap(), class.name());
    }
}
