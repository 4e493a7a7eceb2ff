//! What page and engine say to each other. Each message is one JSON document; what JSON cannot hold (a `File`, an
//! `OffscreenCanvas`, a picture) travels beside it in the same `postMessage`, under the name given here.
//! Media bytes never cross: a `File` handle goes in, a finished `File` or a small picture `Blob` comes out.

use crate::captions::CaptionSource;
use crate::edit::{ClipEdit, ClipId, OutputSize};
use crate::failure::Failure;
use crate::insights::Insights;
use crate::note::Note;
use crate::sentence::{BySentence, SentenceId};
use crate::sight::Sight;
use crate::timeline::SourceRange;
use crate::tracks::{Listening, SoundTrack, Tracks};
use crate::transcript::{Segment, SpeechOptions, Transcript, WindowSpan};
use crate::writing::Written;
use media::facts::Facts;
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

/// A number the page gives to each piece of long work, so that events of a cancelled one are recognized and dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct JobId(pub u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DevicePreference {
    /// A real GPU adapter where there is one, otherwise the CPU.
    #[default]
    Auto,
    Cpu,
    /// WebGPU even on a software adapter: for tests.
    Webgpu,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    Cpu,
    Webgpu,
}

impl DeviceKind {
    /// The name used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Webgpu => "webgpu",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToEngine {
    /// Fetch what is missing, check it, load the model. Answered by `Preparing`… and `Ready` or `Failed`.
    Prepare {
        model: String,
        device: DevicePreference,
        /// The language model that writes texts about clips; `None`: the rules write them.
        #[serde(default)]
        writer: Option<String>,
    },
    /// Beside it: `file: File`. Answered by `Opened` or `Failed`. Nothing is fetched from here on.
    Open {
        job: JobId,
    },
    /// What of the opened file's sound is listened to and exported from now on; `None`: found out by the next `Analyze`.
    UseSound {
        listening: Option<Listening>,
    },
    /// Transcribe the opened file, leaving out windows that are finished already.
    /// Answered by `Waveform`, `Segments`, `Progress`… and `Analyzed`, `Cancelled` or `Failed`.
    Analyze {
        job: JobId,
        speech: SpeechOptions,
        finished: Vec<WindowSpan>,
        known: Vec<Segment>,
    },
    /// Find out more about the opened file, whose words are known. Answered by `Progress`… and `Understood`; then `Finished`,
    /// `Cancelled` or `Failed`.
    Understand {
        job: JobId,
        transcript: Transcript,
    },
    /// Look at the picture of a part of the opened file. Answered by `Progress`… and `Watched`; then `Finished`, `Cancelled` or `Failed`.
    Watch {
        job: JobId,
        range: SourceRange,
    },
    /// How near each of these sentences comes to `text`, by meaning. Answered by `Found`, `Cancelled` or `Failed`.
    Search {
        job: JobId,
        text: String,
        sentences: Vec<(SentenceId, String)>,
    },
    /// Write texts about these clips. Answered per clip by `Written` and `Progress`; then `Finished`, `Cancelled` or `Failed`.
    Write {
        job: JobId,
        clips: Vec<SpokenClip>,
    },
    /// A few loud seconds of these tracks. Answered by `Moment`, with `sound: Blob` (WAV) where they are not silent.
    Moment {
        tracks: Tracks,
    },
    /// A small still of the clip as it will look. Answered by `Poster` with `picture: Blob` (JPEG), or `Failed`. `by_its_faces`: framed by
    /// those of its one picture.
    Poster {
        job: JobId,
        clip: ClipEdit,
        words: CaptionSource,
        size: OutputSize,
        by_its_faces: bool,
    },
    /// Beside it: `canvas: OffscreenCanvas`, which the engine paints on from now on.
    AttachPreview,
    /// Show this clip on the attached canvas. Sent again when the edit changes.
    PreviewClip {
        job: JobId,
        clip: ClipEdit,
        words: CaptionSource,
        size: OutputSize,
    },
    /// The page's player stands at this instant of the source; sent once per animation frame while it moves.
    PreviewAt {
        at: Instant,
    },
    PreviewOff,
    /// Answered per clip by `Progress`… and `Exported` with `file: File`; then `Finished`, `Cancelled` or `Failed`.
    /// `project`: the folder below [`EXPORTS`] that the files lie in, as [`finished_name`] calls them.
    Export {
        job: JobId,
        project: String,
        clips: Vec<ExportClip>,
    },
    /// Stops the job at its next step; answered by `Cancelled`.
    Cancel {
        job: JobId,
    },
    /// Forget everything about the opened file.
    Close,
}

/// Folders of the weights and of the fonts that come with them, in the browser's file storage.
pub const MODELS: &str = "models";
pub const FONTS: &str = "fonts";

/// Held by the tab that fetches models, or deletes them.
pub const MODELS_LOCK: &str = "incut models";

/// Folder of finished clips in the browser's file storage, below it one folder a project.
pub const EXPORTS: &str = "exports";

/// What the finished file of a clip is called there, whatever name it is saved by. Unfinished, it is called otherwise.
pub fn finished_name(clip: ClipId) -> String {
    format!("{}.mp4", clip.0)
}

/// One clip to export with what its captions are made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportClip {
    pub clip: ClipEdit,
    pub words: CaptionSource,
    /// File name without a folder, ending in `.mp4`.
    pub name: String,
}

/// What is said in a clip, for writing about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpokenClip {
    pub clip: ClipId,
    pub sentences: Vec<String>,
    /// The title that the rules gave it.
    pub title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Open,
    Transcribe,
    Understand,
    Watch,
    Hesitations,
    Search,
    Write,
    Export,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrepareStep {
    /// Bytes are coming from the server.
    Fetching,
    /// Stored bytes are being checked against their SHA-256.
    Checking,
    /// Weights are being laid out for the device.
    Loading,
    /// Another tab fetches them.
    Waiting,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromEngine {
    Preparing {
        step: PrepareStep,
        done_bytes: u64,
        total_bytes: u64,
    },
    Ready {
        model: String,
        model_title: String,
        device: DeviceKind,
        adapter: Option<String>,
        threads: u32,
        seconds: f64,
        /// The language model that will write, where one was asked for.
        #[serde(default)]
        writer: Option<String>,
    },
    /// The graphics processor was lost twice: the model runs there from now on.
    DeviceChanged {
        device: DeviceKind,
        threads: u32,
    },
    Opened {
        job: JobId,
        facts: Facts,
        /// The sound tracks, the one that would be played first.
        #[serde(default)]
        tracks: Vec<SoundTrack>,
        seconds: f64,
    },
    /// What is listened to from here on. Words of anything else do not hold any more. `notes` say why it is not what one would
    /// expect.
    Listening {
        job: JobId,
        listening: Listening,
        notes: Vec<Note>,
    },
    /// Loudest absolute sample of each bucket, 0 to 255; `first_bucket` counts from the start of the audio.
    Waveform {
        job: JobId,
        bucket: Span,
        first_bucket: u64,
        peaks: Vec<u8>,
    },
    /// A window is finished. Windows may come out of order; segments carry absolute times.
    Segments {
        job: JobId,
        window: WindowSpan,
        language: String,
        segments: Vec<Segment>,
    },
    /// `done` from 0 to 1; of an export, the named clip's own part. `seconds_left` of the whole job is absent while it
    /// cannot be told. `speed` is seconds of media per second.
    Progress {
        job: JobId,
        stage: Stage,
        clip: Option<ClipId>,
        done: f32,
        seconds_left: Option<f32>,
        speed: Option<f32>,
    },
    /// All windows were reported. `notes`: what was left out of them, and why there are hardly any words.
    Analyzed {
        job: JobId,
        notes: Vec<Note>,
        seconds: f64,
    },
    Understood {
        job: JobId,
        insights: Insights,
        seconds: f64,
    },
    Watched {
        job: JobId,
        sight: Sight,
        seconds: f64,
    },
    /// For each sentence asked about: the cosine of its vector with the question's.
    Found {
        job: JobId,
        likeness: BySentence,
    },
    Written {
        job: JobId,
        clip: ClipId,
        written: Written,
    },
    /// Beside it: `sound: Blob`, unless it is silent or could not be read, as `failure` says.
    Moment {
        tracks: Tracks,
        failure: Option<Failure>,
    },
    /// Beside it: `picture: Blob`.
    Poster {
        job: JobId,
        clip: ClipId,
    },
    /// Beside it: `file: File`.
    Exported {
        job: JobId,
        clip: ClipId,
        name: String,
        bytes: u64,
        seconds: f64,
    },
    Finished {
        job: JobId,
        stage: Stage,
        seconds: f64,
    },
    Cancelled {
        job: JobId,
    },
    /// `job` is `None` when the engine itself could not start or prepare.
    Failed {
        job: Option<JobId>,
        failure: Failure,
    },
}

impl FromEngine {
    /// Which job it belongs to, if to any.
    pub const fn job(&self) -> Option<JobId> {
        match self {
            Self::Preparing { .. }
            | Self::Ready { .. }
            | Self::DeviceChanged { .. }
            | Self::Moment { .. } => None,
            Self::Opened { job, .. }
            | Self::Listening { job, .. }
            | Self::Waveform { job, .. }
            | Self::Segments { job, .. }
            | Self::Progress { job, .. }
            | Self::Analyzed { job, .. }
            | Self::Understood { job, .. }
            | Self::Watched { job, .. }
            | Self::Found { job, .. }
            | Self::Written { job, .. }
            | Self::Poster { job, .. }
            | Self::Exported { job, .. }
            | Self::Finished { job, .. }
            | Self::Cancelled { job } => Some(*job),
            Self::Failed { job, .. } => *job,
        }
    }
}

#[cfg(test)]
mod tests;
