//! The browser's video decoder: whether it takes a track, and what it is asked for. Knows one description of a track; what changes in
//! mid-stream is `video_source`'s.

use super::chunk::chunk_of;
use super::color_space;
use super::frame::Picture;
use super::owner::WebCodec;
use crate::web::failure::from_js;
use crate::web::js;
use clip::failure::{Doing, Failure};
use js_sys::{Function, Object, Promise, Uint8Array};
use media::Packet;
use media::facts::{Codec, Track, VideoFacts};
use media::time::Span;
use std::rc::Rc;
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
            .map_err(|error| from_js(Doing::AskForPictureDecoder, &error))?;
        if !js::get(&answer, "supported").is_truthy() {
            return Err(undecodable(codec));
        }
    }
    Ok(())
}

fn undecodable(codec: &Codec) -> Failure {
    Failure::UndecodablePicture { codec: codec.name.clone() }
}

impl WebCodec for VideoDecoder {
    type Config = VideoDecoderConfig;
    /// A packet, and the time stamp that its picture comes out with.
    type Input<'a> = (&'a Packet, Span);
    type Output = VideoFrame;
    type Item = Picture;

    const STARTING: Doing = Doing::StartPictureDecoder;
    const WORKING: Doing = Doing::DecodePicture;
    const FINISHING: Doing = Self::WORKING;

    fn construct(callbacks: &Object) -> Result<Self, JsValue> {
        Self::new(callbacks.unchecked_ref())
    }

    fn set_up(&self, config: &VideoDecoderConfig) -> Result<(), JsValue> {
        self.configure(config)
    }

    fn listen(&self, on_dequeue: Option<&Function>) {
        self.set_ondequeue(on_dequeue);
    }

    fn submit(&self, (packet, stamp): (&Packet, Span)) -> Result<(), JsValue> {
        self.decode(&chunk_of(packet, packet.is_key, stamp, EncodedVideoChunk::new)?)
    }

    fn waiting(&self) -> u32 {
        self.decode_queue_size()
    }

    fn finish(&self) -> Promise {
        self.flush().unchecked_into()
    }

    fn end(&self) -> Result<(), JsValue> {
        self.close()
    }

    fn receive(output: VideoFrame, _: &JsValue) -> Result<Picture, Failure> {
        Ok(Picture::new(output))
    }
}
