//! What the long loops need from the world, as small traits. The engine implements them over WebCodecs,
//! OPFS and the models; native tests implement them with fakes.

pub use crate::word_breaks::WordBreaks;

use crate::failure::Failure;
use crate::frame::FrameRecipe;
use crate::protocol::FromEngine;
use crate::sight::Face;
use crate::speakers::utterance::HeardVoices;
use crate::thumbnail::{Gray, Thumbnail};
use crate::tracks::{SoundTrack, Tracks};
use crate::transcript::SpeechOptions;
use crate::transcript::{Segment, WindowSpan};
use crate::writing::Prompt;
use media::time::{FrameIndex, Instant};
use serde_json::Value;

/// Interleaved samples, [frame × channel], from `start` on.
#[derive(Debug, Clone, PartialEq)]
pub struct PcmBlock {
    pub start: Instant,
    pub sample_rate: u32,
    pub channels: u32,
    pub samples: Vec<f32>,
}

/// Decoded sound in presentation order, without gaps (a gap in the file comes as zeros).
#[expect(async_fn_in_trait, reason = "futures stay on one thread")]
pub trait AudioSource {
    /// The next block, `None` at the end.
    async fn next_block(&mut self) -> Result<Option<PcmBlock>, Failure>;
}

/// The sound of one file. A track's blocks keep its channels; [`Tracks::One`] of any track that can be decoded gives who listens
/// to channels or tracks by themselves what they need.
pub trait SoundFile {
    type Sound: AudioSource;
    /// All tracks, those that cannot be decoded included, in the order in which they are offered.
    fn tracks(&self) -> &[SoundTrack];
    /// From `from` on; all tracks together come as 48 kHz stereo.
    fn open(&self, tracks: Tracks, from: Instant) -> Result<Self::Sound, Failure>;
}

/// A stretch of 16 kHz mono that is decoded on its own.
#[derive(Debug, Clone, PartialEq)]
pub struct PcmWindow {
    pub span: WindowSpan,
    /// Empty where `has_speech` is false.
    pub samples: Vec<f32>,
    pub has_speech: bool,
}

/// Cuts 16 kHz mono into windows of at most 30 s, in silence. Deterministic: the same samples give the same windows.
pub trait Windows {
    fn push(&mut self, samples: &[f32]) -> Vec<PcmWindow>;
    fn finish(&mut self) -> Vec<PcmWindow>;
}

/// What 10 ms of sound are like.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SoundFrame {
    /// Root mean square, full scale 1.
    pub level: f32,
    /// How far it repeats itself as a voice does, 0 to 1.
    pub voicing: f32,
    /// Energy in bands spaced as ears hear, in nepers; none more than 7 below the loudest.
    pub bands: [f32; SoundFrame::BANDS],
}

impl SoundFrame {
    pub const BANDS: usize = 24;
    /// From one frame to the next, in 16 kHz samples.
    pub const HOP: usize = 160;
    /// What one frame is measured from, in 16 kHz samples; its middle is what it tells of.
    pub const LENGTH: usize = 512;
}

/// Measures sound, frame by frame.
pub trait FrameMeter {
    /// The frames of 16 kHz mono, the first of its first [`SoundFrame::LENGTH`] samples.
    fn frames(&self, samples: &[f32]) -> Vec<SoundFrame>;
}

/// What a window said; times are relative to the window's start.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// What was spoken, as an ISO 639 code; what is written may be a translation.
    pub language: String,
    pub segments: Vec<Segment>,
}

/// A pool that turns windows into words.
#[expect(async_fn_in_trait, reason = "futures stay on one thread")]
pub trait Transcriber {
    /// How many windows it works on at once.
    fn worker_count(&self) -> usize;
    async fn transcribe(&self, window: PcmWindow, speech: &SpeechOptions) -> Result<Heard, Failure>;
}

/// A pool that hears voices and reads sentences.
#[expect(async_fn_in_trait, reason = "futures stay on one thread")]
pub trait Understander {
    /// How many requests it works on at once.
    fn worker_count(&self) -> usize;
    /// Who speaks where in 16 kHz mono; times from its begin.
    async fn voices(&self, samples: Vec<f32>) -> Result<HeardVoices, Failure>;
    /// What each text is about, as a vector of length 1.
    async fn embeddings(&self, texts: Vec<String>) -> Result<Vec<Vec<f32>>, Failure>;
}

/// A language model that answers prompts.
#[expect(async_fn_in_trait, reason = "futures stay on one thread")]
pub trait Writer {
    /// At most `most_tokens` of an answer; one that is cut off there is no failure.
    async fn answer(&self, prompt: &Prompt, most_tokens: usize) -> Result<String, Failure>;
    /// How likely each of `choices` is as the answer, by the mean over its tokens, in nats.
    async fn weigh(&self, prompt: &Prompt, choices: &[String]) -> Result<Vec<f32>, Failure>;
    /// A JSON document of `schema` (JSON Schema) as the answer; `None` where it was not complete after `most_tokens`.
    async fn fill(
        &self,
        prompt: &Prompt,
        schema: &Value,
        most_tokens: usize,
    ) -> Result<Option<Value>, Failure>;
}

/// Decoded pictures of one video track.
#[expect(async_fn_in_trait, reason = "futures stay on one thread")]
pub trait VideoSource {
    type Frame;
    /// The latest picture at or before `at` (the first one where `at` lies before it). Instants do not decrease within a range of a
    /// clip; the next range may lie anywhere. `None`: the file has no picture.
    async fn frame_at(&mut self, at: Instant) -> Result<Option<&Self::Frame>, Failure>;
}

/// Small pictures of one video track, for looking at what is in them. Instants do not decrease. `None`: the file has no picture.
#[expect(async_fn_in_trait, reason = "futures stay on one thread")]
pub trait Thumbnails {
    /// How light what is shown at `at` is: asked of every picture, so cheap.
    async fn gray(&mut self, at: Instant) -> Result<Option<Gray>, Failure>;
    /// What is shown at `at`.
    async fn thumbnail(&mut self, at: Instant) -> Result<Option<Thumbnail>, Failure>;
}

/// What finds faces.
#[expect(async_fn_in_trait, reason = "futures stay on one thread")]
pub trait FaceFinder {
    /// The faces in a picture, in fractions of it.
    async fn faces(&self, picture: Thumbnail) -> Result<Vec<Face>, Failure>;
}

/// Turns a source picture and a recipe into the picture that is shown or encoded.
#[expect(async_fn_in_trait, reason = "futures stay on one thread")]
pub trait Painter<Frame> {
    type Painted;
    async fn paint(&mut self, frame: Option<&Frame>, recipe: &FrameRecipe) -> Result<Self::Painted, Failure>;
}

/// Encoder and muxer of one clip. Awaiting a write is the backpressure.
#[expect(async_fn_in_trait, reason = "futures stay on one thread")]
pub trait ClipSink<Painted> {
    /// A finished file.
    type Output;
    async fn write_frame(&mut self, picture: Painted, index: FrameIndex) -> Result<(), Failure>;
    /// 48 kHz stereo, interleaved.
    async fn write_audio(&mut self, samples: &[f32]) -> Result<(), Failure>;
    async fn finish(self) -> Result<Self::Output, Failure>;
    /// Removes what was written so far.
    async fn abandon(self);
}

/// Where events go.
pub trait Events {
    fn emit(&self, event: FromEngine);
}

/// Seconds since some moment; only differences mean something.
pub trait Clock {
    fn now_s(&self) -> f64;
}

/// Asked between steps.
pub trait Cancellation {
    fn is_cancelled(&self) -> bool;
}
