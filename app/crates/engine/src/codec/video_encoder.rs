//! H.264 by WebCodecs: painted I420 pictures in, length-prefixed access units out. Picks profile and level by size and
//! asks the browser before it promises anything.

use crate::codec::callbacks::{on_dequeue, on_error};
use crate::codec::frame::{Picture, video_frame};
use crate::codec::queue::CodecQueue;
use crate::web::failure::from_js;
use crate::web::js;
use clip::edit::OutputSize;
use clip::failure::{Failure, FailureClass};
use clip::output::OutputSpec;
use clip::paint::I420;
use js_sys::Uint8Array;
use media::facts::Color;
use media::time::{FrameIndex, FrameRate, Instant, Span};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
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
}

pub struct H264Encoder {
    inner: VideoEncoder,
    queue: Rc<CodecQueue<EncodedPicture>>,
    /// `AVCDecoderConfigurationRecord`, known with the first access unit.
    avcc: Rc<RefCell<Option<Vec<u8>>>>,
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
            .map_err(|error| from_js("asking for an H.264 encoder", &error))?;
        if js::get(&answer, "supported").is_truthy() {
            return Ok(config);
        }
    }
    Err(Failure::new(
        FailureClass::Browser,
        format!("This browser cannot encode H.264 at {}×{}.", size.width_px, size.height_px),
        "Use a current Chrome or Edge to export; your transcript and clips are kept.",
    ))
}

impl H264Encoder {
    pub async fn new(output: &OutputSpec, color: Color) -> Result<Self, Failure> {
        let (config, frame_rate) = (supported_config(output).await?, output.frame_rate);
        let queue = CodecQueue::<EncodedPicture>::new();
        let avcc = Rc::new(RefCell::new(None));
        let (sink, record) = (Rc::downgrade(&queue), Rc::clone(&avcc));
        let output = Closure::<dyn Fn(EncodedVideoChunk, JsValue)>::new(
            move |chunk: EncodedVideoChunk, metadata: JsValue| {
                let Some(sink) = sink.upgrade() else { return };
                let description = js::get(&js::get(&metadata, "decoderConfig"), "description");
                if description.is_object() {
                    *record.borrow_mut() = Some(bytes_of(&description));
                }
                let mut data = vec![0; chunk.byte_length() as usize];
                match chunk.copy_to_with_u8_slice(&mut data) {
                    Ok(()) => sink.push(EncodedPicture {
                        data,
                        pts: Instant::from_micros(chunk.timestamp() as i64),
                        is_key: chunk.type_() == EncodedVideoChunkType::Key,
                    }),
                    Err(error) => sink.fail(from_js("reading the encoded picture", &error)),
                }
            },
        );
        let error = on_error(&queue, "encoding the picture");
        let init = js::dictionary(&[("output", output.into_js_value()), ("error", error)]);
        let fail = |error: JsValue| from_js("starting the H.264 encoder", &error);
        let inner = VideoEncoder::new(&init).map_err(fail)?;
        inner.set_ondequeue(Some(&on_dequeue(&queue)));
        inner.configure(&config).map_err(fail)?;
        let keyframe_every = frame_rate.frames_in(KEYFRAME_EVERY).max(1);
        Ok(Self { inner, queue, avcc, frame_rate, color, keyframe_every })
    }

    /// Takes one picture; resolves once the encoder has room for the next.
    pub async fn push(&self, picture: I420, index: FrameIndex) -> Result<(), Failure> {
        let frame = self.video_frame(picture, index)?;
        let options = js::dictionary(&[("keyFrame", index.0.is_multiple_of(self.keyframe_every).into())]);
        let encoded = self.inner.encode_with_options(frame.raw(), &options);
        drop(frame);
        encoded.map_err(|error| from_js("encoding the picture", &error))?;
        loop {
            if let Some(error) = self.queue.take_error() {
                return Err(error);
            }
            let seen = self.queue.events();
            if self.inner.encode_queue_size() < PICTURES_INSIDE {
                return Ok(());
            }
            self.queue.after(seen).await;
        }
    }

    /// An encoded picture that is ready, in decode order; in Firefox that is not presentation order.
    pub fn pop(&self) -> Option<EncodedPicture> {
        self.queue.pop()
    }

    /// The decoder configuration, once: it comes with the first picture.
    pub fn take_avcc(&self) -> Option<Vec<u8>> {
        self.avcc.borrow_mut().take()
    }

    /// Everything that was pushed is ready to [`pop`](Self::pop) afterwards.
    pub async fn flush(&self) -> Result<(), Failure> {
        let flushed = js::settle(self.inner.flush().unchecked_into()).await;
        if let Some(error) = self.queue.take_error() {
            return Err(error);
        }
        flushed.map(|_| ()).map_err(|error| from_js("finishing the picture", &error))
    }

    fn video_frame(&self, picture: I420, index: FrameIndex) -> Result<Picture, Failure> {
        let at = self.frame_rate.instant_of(index);
        video_frame(picture, self.color, at).map_err(|error| from_js("handing over a picture", &error))
    }
}

impl Drop for H264Encoder {
    fn drop(&mut self) {
        self.inner.set_ondequeue(None);
        let _ = self.inner.close();
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
