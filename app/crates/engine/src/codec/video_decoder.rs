//! One WebCodecs video decoder: its configuration, what goes in, what comes out. Knows one description of a track; what
//! changes in mid-stream is `video_source`'s.

use crate::codec::callbacks::{on_dequeue, on_error};
use crate::codec::color_space;
use crate::codec::frame::Picture;
use crate::codec::queue::CodecQueue;
use crate::web::failure::from_js;
use crate::web::js;
use clip::failure::{Failure, FailureClass};
use js_sys::Uint8Array;
use media::Packet;
use media::facts::{Codec, Track, VideoFacts};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EncodedVideoChunk, VideoDecoder, VideoDecoderConfig, VideoFrame};

/// The WebCodecs configuration for one description of a track, or why there is none.
fn decoder_config(codec: &Codec, video: Option<&VideoFacts>) -> Result<VideoDecoderConfig, Failure> {
    let (Some(name), Some(video)) = (&codec.webcodecs, video) else {
        return Err(undecodable(codec));
    };
    let config: VideoDecoderConfig = js::dictionary(&[
        ("codec", name.into()),
        ("codedWidth", video.width.into()),
        ("codedHeight", video.height.into()),
        // Software first decodes on the machine that tests run on; the browser still picks hardware where it is better.
        ("hardwareAcceleration", "no-preference".into()),
    ]);
    if let Some(color) = video.color {
        // Told nothing, Chromium takes every picture for BT.709.
        js::set(&config, "colorSpace", &color_space::init(color.resolved(video.height)));
    }
    if let Some(description) = &codec.description {
        js::set(&config, "description", &Uint8Array::from(description.as_slice()));
    }
    Ok(config)
}

/// What a track's packets need: the decoder's configuration and the picture's facts, by [`Packet::description`].
pub fn described(track: &Track) -> Result<Vec<(VideoDecoderConfig, Rc<VideoFacts>)>, Failure> {
    let numbers = (0u16..).map_while(|number| track.described(number));
    let each = numbers.map(|(codec, video, _)| {
        let config = decoder_config(codec, video)?;
        let facts = video.cloned().ok_or_else(|| undecodable(codec))?;
        Ok((config, Rc::new(facts)))
    });
    each.collect()
}

/// Whether this browser decodes every part of the track; the failure says what to do where it does not.
pub async fn check_decodable(track: &Track) -> Result<(), Failure> {
    let numbers = (0u16..).map_while(|number| track.described(number));
    for (codec, video, _) in numbers {
        let config = decoder_config(codec, video)?;
        let answer = js::settle(VideoDecoder::is_config_supported(&config).unchecked_into())
            .await
            .map_err(|error| from_js("asking whether the picture can be decoded", &error))?;
        if !js::get(&answer, "supported").is_truthy() {
            return Err(undecodable(codec));
        }
    }
    Ok(())
}

fn undecodable(codec: &Codec) -> Failure {
    let name = match codec.name.as_str() {
        "hevc" => "HEVC (H.265)".to_owned(),
        other => other.to_uppercase(),
    };
    Failure::new(
        FailureClass::Unsupported,
        format!("The picture in this file is {name}, which this browser cannot decode."),
        "Convert the video to H.264 (on an iPhone: Settings › Camera › Formats › Most Compatible), or try another browser.",
    )
}

pub struct Decoder {
    inner: VideoDecoder,
    pub queue: Rc<CodecQueue<Picture>>,
}

impl Decoder {
    pub fn new(config: &VideoDecoderConfig) -> Result<Self, Failure> {
        let queue = CodecQueue::<Picture>::new();
        let sink = Rc::downgrade(&queue);
        let output = Closure::<dyn Fn(VideoFrame)>::new(move |frame: VideoFrame| {
            // A picture that nobody waits for any more is closed at once.
            let picture = Picture::new(frame);
            if let Some(queue) = sink.upgrade() {
                queue.push(picture);
            }
        });
        let error = on_error(&queue, "decoding the picture");
        let init = js::dictionary(&[("output", output.into_js_value()), ("error", error)]);
        let fail = |error: JsValue| from_js("starting the picture decoder", &error);
        let inner = VideoDecoder::new(&init).map_err(fail)?;
        inner.set_ondequeue(Some(&on_dequeue(&queue)));
        let decoder = Self { inner, queue };
        decoder.inner.configure(config).map_err(fail)?;
        Ok(decoder)
    }

    /// Packets given in and not begun with.
    pub fn waiting(&self) -> u32 {
        self.inner.decode_queue_size()
    }

    /// Gives one packet in; its picture comes out with the time stamp `stamp`, in microseconds.
    pub fn push(&self, packet: &Packet, stamp: i64) -> Result<(), JsValue> {
        let data = Uint8Array::from(packet.data.as_slice());
        let init = js::dictionary(&[
            ("type", if packet.is_key { "key" } else { "delta" }.into()),
            ("timestamp", (stamp as f64).into()),
            ("duration", (packet.duration.micros().max(0) as f64).into()),
            ("data", data.clone().into()),
        ]);
        let chunk = EncodedVideoChunk::new(&init);
        // The chunk has a copy.
        js::free(&data.buffer());
        self.inner.decode(&chunk?)
    }

    /// Whatever was given in has come out afterwards. The next packet must be a key.
    pub async fn flush(&self) -> Result<(), JsValue> {
        js::settle(self.inner.flush().unchecked_into()).await.map(|_| ())
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        self.inner.set_ondequeue(None);
        // A codec that failed has closed itself already.
        let _ = self.inner.close();
    }
}
