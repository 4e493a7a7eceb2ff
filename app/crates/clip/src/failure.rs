//! Why something did not work, as data: a kind and its details, which cross from the worker to the page. Every loop and every port ends
//! with one of these. What people are told of it lies with the other words; who shows it is the page's matter.

mod class;
mod doing;

pub use class::FailureClass;
pub use doing::Doing;

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why something did not work. Never shown as success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Somebody no longer wants it.
    Cancelled,
    /// Our own fault: which promise was broken, for those who mend it.
    Internal(String),

    // The file that was opened.
    /// A file that cannot be read.
    Media(media::Error),
    /// The one sound track is of a codec that is not decoded here, by its short name.
    UndecodableSound { codec: String },
    /// None of several sound tracks is decoded here.
    UndecodableSounds { tracks: Vec<SoundForm> },
    /// The picture is of a codec that is not decoded here, by its short name.
    UndecodablePicture { codec: String },
    /// There is no sound at all.
    NoSound,
    /// Sound that claims to be of a form that no sound has.
    ImpossibleSound { sample_rate: u32, channels: u32 },
    /// The sound cannot be decoded in too many places; this is the last of what was wrong.
    DamagedSound(Box<Failure>),
    /// The picture cannot be decoded in too many places; this is the last of what was wrong.
    DamagedPicture(Box<Failure>),
    /// At one place of the file nothing can be decoded.
    NoPictureHere,
    /// A decoded picture contradicts what was said of it.
    UnpaintablePicture { detail: String },
    /// Heard once more, and there were no words.
    NothingHeard,
    /// The sample was not to be had.
    NoSample,

    // The clip that is written.
    /// A clip that cannot be written.
    Unwritable(media::Error),
    /// The browser's file storage has no room for a clip.
    NoRoomForClip,
    /// No H.264 encoder for pictures of this size.
    NoEncoder { width_px: u32, height_px: u32 },

    // Models.
    /// No model of this name is listed.
    UnknownModel { id: String },
    /// What of the models is neither stored nor to be fetched.
    ModelMissing(ModelPart),
    /// The models of voices and of sentences are not on this server.
    NoEmbeddingModels,
    /// The model that finds faces is not on this server.
    NoFaceModel,
    /// A stored file that does not match its checksum.
    ModelDamaged { file: String },
    /// A file of the server that does not match its own list.
    ModelMismatch { file: String },
    /// A model that was loaded and did not work.
    ModelFailed { detail: String },
    /// The graphics processor stopped while it worked.
    GpuStopped,
    /// The graphics processor did not begin.
    GpuUnusable,

    // Workers of the engine.
    /// A worker ended while it was at something: that may be its fault.
    WorkerStopped,
    /// A worker got no more memory.
    WorkerMemory,
    /// All workers ended, however often they were started.
    NoWorkersLeft,

    // The browser, while it was asked for something.
    /// Its storage is full.
    NoRoom(Doing),
    /// It took codecs back that it had given.
    TakenBack(Doing),
    /// It does not do this.
    NotSupported { doing: Doing, detail: String },
    /// The file is not where it was.
    FileGone { doing: Doing, detail: String },
    /// Anything else.
    Browser { doing: Doing, detail: String },

    // The page and its engine.
    /// The browser lacks something without which nothing works.
    Lacks(Ability),
    /// The page and what is stored of it are of different builds.
    MixedBuilds,
    /// The part of the page that is fetched later did not come.
    PageIncomplete,
    /// The engine's worker did not start.
    NoEngine,
    /// The engine's worker ended.
    EngineStopped,
    /// The engine's worker ended for want of memory.
    EngineMemory,
    /// A message between page and engine that the other cannot read.
    Misunderstood { detail: String },

    /// In sentences: all that is known of one that an early page kept.
    Told { class: FailureClass, message: String, advice: String },
}

/// How the sound of a track is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundForm {
    /// The codec by the name that people know.
    pub codec: String,
    pub channels: u32,
}

/// What there is of models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelPart {
    /// The list of those that are offered.
    List,
    /// All of one, or the rest of it.
    Whole,
    /// One file.
    File(String),
}

/// What a browser must be able to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    /// WebCodecs.
    Codecs,
    /// A file storage of the page's own.
    Storage,
    /// Workers, and painting in them.
    Workers,
}

impl Failure {
    /// Somebody no longer wants it.
    pub const fn cancelled() -> Self {
        Self::Cancelled
    }

    /// Our own fault: `what` says which promise was broken.
    pub fn internal(what: impl fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }

    /// Whether somebody no longer wanted it.
    pub fn is_cancelled(&self) -> bool {
        self.class() == FailureClass::Cancelled
    }

    /// What is to be done about it goes by this.
    pub const fn class(&self) -> FailureClass {
        match self {
            Self::Cancelled => FailureClass::Cancelled,
            Self::Internal(_)
            | Self::Unwritable(_)
            | Self::Browser { .. }
            | Self::EngineStopped
            | Self::Misunderstood { .. } => FailureClass::Internal,
            Self::Media(error) => FailureClass::of_media(error),
            Self::UndecodableSound { .. }
            | Self::UndecodableSounds { .. }
            | Self::UndecodablePicture { .. }
            | Self::NoSample
            | Self::NotSupported { .. } => FailureClass::Unsupported,
            Self::NoSound => FailureClass::NoAudio,
            Self::ImpossibleSound { .. }
            | Self::DamagedSound(_)
            | Self::DamagedPicture(_)
            | Self::NoPictureHere
            | Self::UnpaintablePicture { .. }
            | Self::FileGone { .. } => FailureClass::Malformed,
            Self::NothingHeard => FailureClass::NoSpeech,
            Self::NoRoomForClip | Self::NoRoom(_) => FailureClass::OutOfRoom,
            Self::UnknownModel { .. }
            | Self::ModelMissing(_)
            | Self::NoEmbeddingModels
            | Self::NoFaceModel
            | Self::ModelDamaged { .. }
            | Self::ModelMismatch { .. }
            | Self::ModelFailed { .. } => FailureClass::Model,
            Self::GpuStopped | Self::GpuUnusable => FailureClass::DeviceLost,
            Self::WorkerStopped | Self::WorkerMemory => FailureClass::Crash,
            Self::NoWorkersLeft | Self::EngineMemory => FailureClass::OutOfMemory,
            Self::TakenBack(_) => FailureClass::TakenBack,
            Self::NoEncoder { .. }
            | Self::Lacks(_)
            | Self::MixedBuilds
            | Self::PageIncomplete
            | Self::NoEngine => FailureClass::Browser,
            Self::Told { class, .. } => *class,
        }
    }
}

/// For logs: class, kind and details.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {self:?}", self.class().name())
    }
}

impl std::error::Error for Failure {}

impl From<media::Error> for Failure {
    fn from(error: media::Error) -> Self {
        Self::Media(error)
    }
}

#[cfg(test)]
mod tests;
