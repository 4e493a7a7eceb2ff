//! What the browser was asked for when it failed.

use serde::{Deserialize, Serialize};

/// What the browser was asked for when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// Whether there is one for a size.
    AskForEncoder,
    StartEncoder,
    HandOverPicture,
    EncodePicture,
    FinishPicture,
    ReadEncodedPicture,
    /// Whether a codec can be decoded.
    AskForPictureDecoder,
    StartPictureDecoder,
    DecodePicture,
    ReadPicture,
    StartSoundDecoder,
    DecodeSound,
    ReadSound,
    StartWorker,
    /// To a worker.
    HandOverWork,
    OpenStorage,
    ReadStorage,
    WriteStorage,
    NameFile,
    StoreModelList,
    StoreModel,
    StoreFonts,
    ReadFont,
    DrawStill,
    DrawCaption,
    ShowPreview,
}
