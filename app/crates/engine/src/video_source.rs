//! Pictures of one video track in presentation order: demuxer → WebCodecs decoder → the latest picture at an instant.
//! Keeps at most a handful of pictures open, whatever the length of the file.

use crate::codec_queue::CodecQueue;
use crate::failure::{from_js, from_media};
use crate::file_source::FileSource;
use crate::frame::Picture;
use crate::js;
use crate::painter::matrix_of;
use clip::paint::Matrix;
use clip::port::VideoSource;
use clip::protocol::{Failure, FailureClass};
use js_sys::Uint8Array;
use media::facts::{Track, TrackId};
use media::time::{Instant, Span};
use media::{Demuxer, Packet};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EncodedVideoChunk, File, VideoDecoder, VideoDecoderConfig, VideoFrame};

/// Packets inside the decoder. Safari gives nothing before it holds about sixteen.
const PACKETS_INSIDE: u32 = 16;
/// A jump further ahead than this looks for a later keyframe instead of decoding everything in between.
const JUMP: Span = Span::from_millis(2_000);
/// Damaged stretches that are stepped over before the picture is given up.
const MAX_RESTARTS: u32 = 32;

/// The WebCodecs configuration for a track, or why there is none.
pub fn decoder_config(track: &Track) -> Result<VideoDecoderConfig, Failure> {
    let (Some(codec), Some(video)) = (&track.codec.webcodecs, &track.video) else {
        return Err(undecodable(track));
    };
    let config: VideoDecoderConfig = js::dictionary(&[
        ("codec", codec.into()),
        ("codedWidth", video.width.into()),
        ("codedHeight", video.height.into()),
        // Software first decodes on the machine that tests run on; the browser still picks hardware where it is better.
        ("hardwareAcceleration", "no-preference".into()),
    ]);
    if let Some(description) = &track.codec.description {
        js::set(&config, "description", &Uint8Array::from(description.as_slice()));
    }
    Ok(config)
}

/// Whether this browser decodes the track; the failure says what to do where it does not.
pub async fn check_decodable(track: &Track) -> Result<(), Failure> {
    let config = decoder_config(track)?;
    let answer = js::settle(VideoDecoder::is_config_supported(&config).unchecked_into())
        .await
        .map_err(|error| from_js("asking whether the picture can be decoded", &error))?;
    if js::get(&answer, "supported").is_truthy() { Ok(()) } else { Err(undecodable(track)) }
}

fn undecodable(track: &Track) -> Failure {
    let name = match track.codec.name.as_str() {
        "hevc" => "HEVC (H.265)".to_owned(),
        other => other.to_uppercase(),
    };
    Failure::new(
        FailureClass::Unsupported,
        format!("The picture in this file is {name}, which this browser cannot decode."),
        "Convert the video to H.264 (on an iPhone: Settings › Camera › Formats › Most Compatible), or try another browser.",
    )
}

struct Decoder {
    inner: VideoDecoder,
    queue: Rc<CodecQueue<Picture>>,
    _output: Closure<dyn FnMut(VideoFrame)>,
    _error: Closure<dyn FnMut(JsValue)>,
    _dequeue: Closure<dyn FnMut()>,
}

impl Decoder {
    fn new(config: &VideoDecoderConfig) -> Result<Self, Failure> {
        let queue = CodecQueue::new();
        let sink = Rc::clone(&queue);
        let output =
            Closure::<dyn FnMut(VideoFrame)>::new(move |frame: VideoFrame| sink.push(Picture::new(frame)));
        let sink = Rc::clone(&queue);
        let error = Closure::<dyn FnMut(JsValue)>::new(move |error: JsValue| {
            sink.fail(from_js("decoding the picture", &error));
        });
        let sink = Rc::clone(&queue);
        let dequeue = Closure::<dyn FnMut()>::new(move || sink.wake());
        let init = js::dictionary(&[("output", output.as_ref().clone()), ("error", error.as_ref().clone())]);
        let fail = |error: JsValue| from_js("starting the picture decoder", &error);
        let inner = VideoDecoder::new(&init).map_err(fail)?;
        inner.set_ondequeue(Some(dequeue.as_ref().unchecked_ref()));
        inner.configure(config).map_err(fail)?;
        Ok(Self { inner, queue, _output: output, _error: error, _dequeue: dequeue })
    }

    fn push(&self, packet: &Packet) -> Result<(), JsValue> {
        let data = Uint8Array::from(packet.data.as_slice());
        let init = js::dictionary(&[
            ("type", if packet.is_key { "key" } else { "delta" }.into()),
            ("timestamp", (packet.pts.micros() as f64).into()),
            ("duration", (packet.duration.micros().max(0) as f64).into()),
            ("data", data.clone().into()),
        ]);
        let chunk = EncodedVideoChunk::new(&init);
        // The chunk has a copy.
        js::free(&data.buffer());
        self.inner.decode(&chunk?)
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        self.inner.set_ondequeue(None);
        // A codec that failed has closed itself already.
        let _ = self.inner.close();
    }
}

pub struct FileVideo {
    demuxer: Demuxer,
    track: TrackId,
    config: VideoDecoderConfig,
    decoder: Option<Decoder>,
    /// The picture shown now, and the next one where it is known.
    current: Option<Picture>,
    next: Option<Picture>,
    /// Presentation time of the last packet given to the decoder.
    fed_to: Instant,
    /// No packets are left, and the decoder was told so.
    drained: bool,
    restarts: u32,
}

impl FileVideo {
    /// Opens the file anew, so that several readers of one file do not disturb each other.
    pub fn open(file: &File) -> Result<Option<Self>, Failure> {
        let source = FileSource::new(file).map_err(Failure::internal)?;
        let demuxer = media::open(Box::new(source)).map_err(|error| from_media(&error))?;
        let Some(track) = demuxer.facts().default_video() else { return Ok(None) };
        let (id, config) = (track.id, decoder_config(track)?);
        Ok(Some(Self {
            demuxer,
            track: id,
            config,
            decoder: None,
            current: None,
            next: None,
            fed_to: Instant::MIN,
            drained: false,
            restarts: 0,
        }))
    }

    fn start_at(&mut self, at: Instant) -> Result<(), Failure> {
        self.current = None;
        self.next = None;
        self.drained = false;
        self.decoder = None;
        self.demuxer.seek(self.track, at).map_err(|error| from_media(&error))?;
        self.decoder = Some(Decoder::new(&self.config)?);
        self.fed_to = Instant::MIN;
        Ok(())
    }

    /// Whether `at` is better reached by seeking than by decoding on.
    fn must_seek(&self, at: Instant) -> bool {
        let Some(current) = &self.current else { return self.decoder.is_none() };
        at.micros() < current.timestamp_us() || (self.fed_to != Instant::MIN && at > self.fed_to + JUMP)
    }

    /// After a decoding error: a new decoder, and packets up to the next keyframe are passed over.
    fn restart(&mut self, error: Failure) -> Result<(), Failure> {
        self.restarts += 1;
        if self.restarts > MAX_RESTARTS {
            return Err(Failure {
                class: FailureClass::Malformed,
                message: format!("The picture in this file is damaged in too many places. {}", error.message),
                advice: "Convert the video to a fresh MP4, then open that.".into(),
            });
        }
        self.decoder = Some(Decoder::new(&self.config)?);
        loop {
            match self.demuxer.next_packet(self.track).map_err(|error| from_media(&error))? {
                Some(packet) if packet.is_key => return self.feed(&packet),
                Some(_) => {}
                None => {
                    self.drained = true;
                    return Ok(());
                }
            }
        }
    }

    fn feed(&mut self, packet: &Packet) -> Result<(), Failure> {
        self.fed_to = self.fed_to.max(packet.pts);
        let Some(decoder) = &self.decoder else { return Ok(()) };
        // An error thrown here is one of the chunk; one of the codec comes by its callback.
        decoder.push(packet).map_err(|error| from_js("decoding the picture", &error))
    }

    /// The next picture in presentation order, `None` at the end.
    async fn pull(&mut self) -> Result<Option<Picture>, Failure> {
        loop {
            let Some(decoder) = &self.decoder else { return Ok(None) };
            let queue = Rc::clone(&decoder.queue);
            if let Some(picture) = queue.pop() {
                return Ok(Some(picture));
            }
            if let Some(error) = queue.take_error() {
                self.restart(error)?;
                continue;
            }
            if self.drained {
                return Ok(None);
            }
            let seen = queue.events();
            if decoder.inner.decode_queue_size() < PACKETS_INSIDE {
                match self.demuxer.next_packet(self.track).map_err(|error| from_media(&error))? {
                    Some(packet) => {
                        if let Err(error) = self.feed(&packet) {
                            self.restart(error)?;
                        }
                    }
                    None => self.drain().await?,
                }
                continue;
            }
            queue.after(seen).await;
        }
    }

    async fn drain(&mut self) -> Result<(), Failure> {
        self.drained = true;
        let Some(decoder) = &self.decoder else { return Ok(()) };
        let queue = Rc::clone(&decoder.queue);
        if js::settle(decoder.inner.flush().unchecked_into()).await.is_err() && queue.len() == 0 {
            // The last stretch could not be decoded: what came before it stands.
            queue.take_error();
        }
        Ok(())
    }
}

impl VideoSource for FileVideo {
    type Frame = Picture;

    async fn frame_at(&mut self, at: Instant) -> Result<Option<&Picture>, Failure> {
        if self.must_seek(at) {
            self.start_at(at)?;
        }
        loop {
            if self.next.is_none() {
                self.next = self.pull().await?;
            }
            match &self.next {
                Some(next) if next.timestamp_us() <= at.micros() || self.current.is_none() => {
                    let is_late = next.timestamp_us() > at.micros();
                    self.current = self.next.take();
                    if is_late {
                        break;
                    }
                }
                Some(_) | None => break,
            }
        }
        if self.current.is_none() {
            return Err(Failure::new(
                FailureClass::Malformed,
                "No picture could be decoded at this place of the file.",
                "Move the clip, or convert the video to a fresh MP4.",
            ));
        }
        Ok(self.current.as_ref())
    }
}

/// The pictures of a file, or the want of them.
pub enum Pictures {
    File(Box<FileVideo>),
    /// A file of sound alone.
    None,
}

impl Pictures {
    pub fn open(file: &File) -> Result<Self, Failure> {
        Ok(FileVideo::open(file)?.map_or(Self::None, |video| Self::File(Box::new(video))))
    }

    /// The luma coefficients of the picture at this instant.
    pub async fn matrix_at(&mut self, at: Instant) -> Result<Matrix, Failure> {
        Ok(self.frame_at(at).await?.map_or(Matrix::Bt709, matrix_of))
    }
}

impl VideoSource for Pictures {
    type Frame = Picture;

    async fn frame_at(&mut self, at: Instant) -> Result<Option<&Picture>, Failure> {
        match self {
            Self::File(video) => video.frame_at(at).await,
            Self::None => Ok(None),
        }
    }
}
