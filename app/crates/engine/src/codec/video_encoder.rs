//! H.264 by WebCodecs: painted I420 pictures in, length-prefixed access units out. Picks profile and level by size and
//! asks the browser before it promises anything.

use super::frame::{Picture, video_frame};
use super::owner::{Codec, WebCodec};
use crate::web::failure::from_js;
use crate::web::js;
use clip::edit::OutputSize;
use clip::failure::{Doing, Failure};
use clip::output::OutputSpec;
use clip::paint::I420;
use js_sys::{Function, Object, Promise, Uint8Array};
use media::facts::Color;
use media::time::{FrameIndex, FrameRate, Instant, Span};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EncodedVideoChunk, EncodedVideoChunkType, VideoEncoder, VideoEncoderConfig};

/// Pictures inside the encoder. Awaiting beyond this is the backpressure of the whole export.
const PICTURES_INSIDE: u32 = 4;
/// A player can start at a keyframe only.
const KEYFRAME_EVERY: Span = Span::from_millis(2_000);

pub struct EncodedPicture {
    pub data: Vec<u8>,
    pub pts: Instant,
    pub is_key: bool,
    /// The `AVCDecoderConfigurationRecord` from here on, where it is said: with the first picture it is.
    pub avcc: Option<Vec<u8>>,
}

pub struct H264Encoder {
    codec: Codec<VideoEncoder>,
    frame_rate: FrameRate,
    color: Color,
    keyframe_every: u64,
}

/// `level_idc` of the lowest level that holds this size and rate (H.264 table A-1: macroblocks a second, a frame).
fn level(size: OutputSize, frame_rate: FrameRate) -> u8 {
    const LEVELS: [(u8, f64, u32); 7] = [
        (30, 40_500.0, 1_620),
        (31, 108_000.0, 3_600),
        (32, 216_000.0, 5_120),
        (40, 245_760.0, 8_192),
        (42, 522_240.0, 8_704),
        (50, 589_824.0, 22_080),
        (51, 983_040.0, 36_864),
    ];
    let macroblocks = size.width_px.div_ceil(16) * size.height_px.div_ceil(16);
    let rate = f64::from(macroblocks) * frame_rate.frames_per_second();
    LEVELS
        .into_iter()
        .find(|&(_, per_second, per_frame)| rate <= per_second && macroblocks <= per_frame)
        .map_or(52, |(idc, ..)| idc)
}

/// The first configuration that the browser takes: High, Main, then Baseline (some encoders refuse High for tall
/// pictures), each with the level that the size needs.
async fn supported_config(output: &OutputSpec) -> Result<VideoEncoderConfig, Failure> {
    let (size, frame_rate) = (output.size, output.frame_rate);
    let level = level(size, frame_rate);
    for profile in ["6400", "4D00", "42E0"] {
        let avc: JsValue = js::dictionary::<js_sys::Object>(&[("format", "avc".into())]).into();
        let config: VideoEncoderConfig = js::dictionary(&[
            ("codec", format!("avc1.{profile}{level:02X}").into()),
            ("width", size.width_px.into()),
            ("height", size.height_px.into()),
            ("bitrate", output.video_bps().into()),
            ("framerate", frame_rate.frames_per_second().into()),
            ("latencyMode", "quality".into()),
            ("avc", avc),
        ]);
        let answer = js::settle(VideoEncoder::is_config_supported(&config).unchecked_into())
            .await
            .map_err(|error| from_js(Doing::AskForEncoder, &error))?;
        if js::get(&answer, "supported").is_truthy() {
            return Ok(config);
        }
    }
    Err(Failure::NoEncoder { width_px: size.width_px, height_px: size.height_px })
}

impl H264Encoder {
    pub async fn new(output: &OutputSpec, color: Color) -> Result<Self, Failure> {
        let (config, frame_rate) = (supported_config(output).await?, output.frame_rate);
        let codec = Codec::open(config)?;
        let keyframe_every = frame_rate.frames_in(KEYFRAME_EVERY).max(1);
        Ok(Self { codec, frame_rate, color, keyframe_every })
    }

    /// Takes one picture; resolves once the encoder has room for the next.
    pub async fn push(&self, picture: I420, index: FrameIndex) -> Result<(), Failure> {
        let at = self.frame_rate.instant_of(index);
        let frame = video_frame(picture, self.color, at);
        let frame = frame.map_err(|error| from_js(Doing::HandOverPicture, &error))?;
        let is_key = index.0.is_multiple_of(self.keyframe_every);
        self.codec.feed((frame, is_key))?;
        let queue = self.codec.queue();
        loop {
            if let Some(error) = queue.take_error() {
                return Err(error);
            }
            let seen = queue.events();
            if self.codec.waiting() < PICTURES_INSIDE {
                return Ok(());
            }
            queue.after(seen).await;
        }
    }

    /// An encoded picture that is ready, in decode order; in Firefox that is not presentation order.
    pub fn pop(&self) -> Option<EncodedPicture> {
        self.codec.queue().pop()
    }

    /// Everything that was pushed is ready to [`pop`](Self::pop) afterwards.
    pub async fn drain(&self) -> Result<(), Failure> {
        let drained = self.codec.drain().await;
        self.codec.queue().take_error().map_or(drained, Err)
    }
}

impl WebCodec for VideoEncoder {
    type Config = VideoEncoderConfig;
    /// A picture, and whether a player shall be able to start with it.
    type Input<'a> = (Picture, bool);
    type Output = EncodedVideoChunk;
    type Item = EncodedPicture;

    const STARTING: Doing = Doing::StartEncoder;
    const WORKING: Doing = Doing::EncodePicture;
    const FINISHING: Doing = Doing::FinishPicture;

    fn construct(callbacks: &Object) -> Result<Self, JsValue> {
        Self::new(callbacks.unchecked_ref())
    }

    fn set_up(&self, config: &VideoEncoderConfig) -> Result<(), JsValue> {
        self.configure(config)
    }

    fn listen(&self, on_dequeue: Option<&Function>) {
        self.set_ondequeue(on_dequeue);
    }

    fn submit(&self, (picture, is_key): (Picture, bool)) -> Result<(), JsValue> {
        let options = js::dictionary(&[("keyFrame", is_key.into())]);
        self.encode_with_options(picture.raw(), &options)
    }

    fn waiting(&self) -> u32 {
        self.encode_queue_size()
    }

    fn finish(&self) -> Promise {
        self.flush().unchecked_into()
    }

    fn end(&self) -> Result<(), JsValue> {
        self.close()
    }

    fn receive(chunk: EncodedVideoChunk, more: &JsValue) -> Result<EncodedPicture, Failure> {
        let description = js::get(&js::get(more, "decoderConfig"), "description");
        let mut data = vec![0; chunk.byte_length() as usize];
        chunk.copy_to_with_u8_slice(&mut data).map_err(|error| from_js(Doing::ReadEncodedPicture, &error))?;
        Ok(EncodedPicture {
            data,
            pts: Instant::from_micros(chunk.timestamp() as i64),
            is_key: chunk.type_() == EncodedVideoChunkType::Key,
            avcc: description.is_object().then(|| bytes_of(&description)),
        })
    }
}

/// The bytes of an `ArrayBuffer` or of a view of one.
fn bytes_of(source: &JsValue) -> Vec<u8> {
    if let Some(view) = source.dyn_ref::<Uint8Array>() {
        view.to_vec()
    } else {
        Uint8Array::new(source).to_vec()
    }
}
