//! What the browser was at when it failed, in words that stand within a sentence.

use crate::say;
use clip::failure::Doing;

/// "storing the fonts"
pub(super) fn at(doing: Doing) -> String {
    match doing {
        Doing::AskForEncoder => say!("failure-doing-ask-for-encoder"),
        Doing::StartEncoder => say!("failure-doing-start-encoder"),
        Doing::HandOverPicture => say!("failure-doing-hand-over-picture"),
        Doing::EncodePicture => say!("failure-doing-encode-picture"),
        Doing::FinishPicture => say!("failure-doing-finish-picture"),
        Doing::ReadEncodedPicture => say!("failure-doing-read-encoded-picture"),
        Doing::AskForPictureDecoder => say!("failure-doing-ask-for-picture-decoder"),
        Doing::StartPictureDecoder => say!("failure-doing-start-picture-decoder"),
        Doing::DecodePicture => say!("failure-doing-decode-picture"),
        Doing::ReadPicture => say!("failure-doing-read-picture"),
        Doing::StartSoundDecoder => say!("failure-doing-start-sound-decoder"),
        Doing::DecodeSound => say!("failure-doing-decode-sound"),
        Doing::ReadSound => say!("failure-doing-read-sound"),
        Doing::StartWorker => say!("failure-doing-start-worker"),
        Doing::HandOverWork => say!("failure-doing-hand-over-work"),
        Doing::OpenStorage => say!("failure-doing-open-storage"),
        Doing::ReadStorage => say!("failure-doing-read-storage"),
        Doing::WriteStorage => say!("failure-doing-write-storage"),
        Doing::NameFile => say!("failure-doing-name-file"),
        Doing::StoreModelList => say!("failure-doing-store-model-list"),
        Doing::StoreModel => say!("failure-doing-store-model"),
        Doing::StoreFonts => say!("failure-doing-store-fonts"),
        Doing::ReadFont => say!("failure-doing-read-font"),
        Doing::DrawStill => say!("failure-doing-draw-still"),
        Doing::DrawCaption => say!("failure-doing-draw-caption"),
        Doing::ShowPreview => say!("failure-doing-show-preview"),
    }
}
