//! One decoder for one description of a sound track: the browser's own, or ours for plain samples, which browsers widen
//! differently, refuse, or crash over. Packets in, interleaved blocks out; where they belong is not known here.

use crate::codec::frame::Sound;
use crate::codec::queue::CodecQueue;
use crate::web::failure::from_js;
use crate::web::js;
use clip::failure::{Failure, FailureClass};
use js_sys::Uint8Array;
use media::Packet;
use media::facts::Track;
use media::pcm::PcmFormat;
use media::time::{Span, Ticks, Timescale};
use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AudioData, AudioDataCopyToOptions, AudioDecoder, AudioDecoderConfig, AudioSampleFormat, EncodedAudioChunk,
};

const PACKETS_INSIDE: u32 = 32;
const MOST_CHANNELS: u32 = 64;
/// Callbacks of so many closed decoders are kept.
const CALLBACKS_KEPT: usize = 32;

thread_local! {
    /// Firefox calls back after `close()`. What is called must be there still.
    static CALLBACKS: RefCell<VecDeque<Box<dyn Any>>> = const { RefCell::new(VecDeque::new()) };
}

/// A block as it came out. `stamp` is on the decoder's own clock.
pub struct Block {
    pub stamp: Span,
    pub sample_rate: u32,
    pub channels: u32,
    pub samples: Vec<f32>,
}

/// How packets of one description are decoded.
#[derive(Clone)]
enum Form {
    Browser(AudioDecoderConfig),
    Plain(PcmFormat, Timescale, u32),
}

fn form_of(track: &Track, description: u16) -> Result<Form, Failure> {
    let refused = || undecodable(track);
    let (codec, _, audio) = track.described(description).ok_or_else(refused)?;
    let audio = audio.ok_or_else(refused)?;
    if let Some(format) = PcmFormat::from_codec_name(&codec.name) {
        let rate =
            Timescale::new(audio.sample_rate).filter(|_| (1..=MOST_CHANNELS).contains(&audio.channels));
        return rate.map(|rate| Form::Plain(format, rate, audio.channels)).ok_or_else(refused);
    }
    let config: AudioDecoderConfig = js::dictionary(&[
        ("codec", codec.webcodecs.as_ref().ok_or_else(refused)?.into()),
        ("sampleRate", audio.sample_rate.into()),
        ("numberOfChannels", audio.channels.into()),
    ]);
    if let Some(description) = &codec.description {
        js::set(&config, "description", &Uint8Array::from(description.as_slice()));
    }
    Ok(Form::Browser(config))
}

/// Whether all of a track's packets can be decoded here.
pub async fn check_decodable(track: &Track) -> Result<(), Failure> {
    for description in 0..=u16::try_from(track.more.len()).unwrap_or(u16::MAX) {
        let Form::Browser(config) = form_of(track, description)? else { continue };
        // A browser that throws at the question does not know the codec either.
        let answer = js::settle(AudioDecoder::is_config_supported(&config).unchecked_into()).await;
        if !answer.is_ok_and(|answer| js::get(&answer, "supported").is_truthy()) {
            return Err(undecodable(track));
        }
    }
    Ok(())
}

fn undecodable(track: &Track) -> Failure {
    Failure::new(
        FailureClass::Unsupported,
        format!("The sound in this file is {}, which this browser cannot decode.", track.codec.title()),
        "Convert the file so that its sound is AAC, MP3 or Opus.",
    )
}

pub struct Decoder {
    kind: Kind,
    queue: Rc<CodecQueue<Block>>,
}

enum Kind {
    Browser { inner: AudioDecoder, callbacks: Option<Callbacks> },
    Plain { format: PcmFormat, rate: Timescale, channels: u32, frames: i64 },
}

struct Callbacks {
    _output: Closure<dyn FnMut(AudioData)>,
    _error: Closure<dyn FnMut(JsValue)>,
    _dequeue: Closure<dyn FnMut()>,
}

impl Decoder {
    pub fn new(track: &Track, description: u16) -> Result<Self, Failure> {
        let queue = CodecQueue::new();
        let kind = match form_of(track, description)? {
            Form::Browser(config) => in_browser(&config, &queue)?,
            Form::Plain(format, rate, channels) => Kind::Plain { format, rate, channels, frames: 0 },
        };
        Ok(Self { kind, queue })
    }

    pub fn queue(&self) -> &Rc<CodecQueue<Block>> {
        &self.queue
    }

    pub fn has_room(&self) -> bool {
        match &self.kind {
            Kind::Browser { inner, .. } => inner.decode_queue_size() < PACKETS_INSIDE,
            Kind::Plain { .. } => self.queue.len() == 0,
        }
    }

    /// What is refused comes back as the queue's error.
    pub fn push(&mut self, packet: &Packet, stamp: Span) {
        match &mut self.kind {
            Kind::Browser { inner, .. } => {
                if let Err(error) = submit(inner, packet, stamp) {
                    self.queue.fail(from_js("decoding the sound", &error));
                }
            }
            Kind::Plain { format, rate, channels, frames } => {
                let mut samples = Vec::with_capacity(packet.data.len() / format.bytes().max(1));
                format.decode_into(&packet.data, &mut samples);
                // It counts as a browser's does, so that times rounded in the container do not tear the sound.
                let stamp = rate.span(Ticks(*frames));
                *frames += (samples.len() / *channels as usize) as i64;
                self.queue.push(Block { stamp, sample_rate: rate.get(), channels: *channels, samples });
            }
        }
    }

    /// Until all that was pushed has come out; the clock begins anew after it.
    pub async fn drain(&mut self) {
        match &mut self.kind {
            // A failure comes as the queue's error too.
            Kind::Browser { inner, .. } => _ = js::settle(inner.flush().unchecked_into()).await,
            Kind::Plain { frames, .. } => *frames = 0,
        }
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        self.queue.close();
        let Kind::Browser { inner, callbacks } = &mut self.kind else { return };
        inner.set_ondequeue(None);
        // It is closed already where it failed.
        let _ = inner.close();
        if let Some(callbacks) = callbacks.take() {
            CALLBACKS.with_borrow_mut(|kept| {
                kept.push_back(Box::new(callbacks));
                if kept.len() > CALLBACKS_KEPT {
                    kept.pop_front();
                }
            });
        }
    }
}

fn in_browser(config: &AudioDecoderConfig, queue: &Rc<CodecQueue<Block>>) -> Result<Kind, Failure> {
    let sink = Rc::clone(queue);
    let output =
        Closure::<dyn FnMut(AudioData)>::new(move |data: AudioData| match block_of(&Sound::new(data)) {
            Ok(block) => sink.push(block),
            Err(failure) => sink.fail(failure),
        });
    let sink = Rc::clone(queue);
    let error = Closure::<dyn FnMut(JsValue)>::new(move |error: JsValue| {
        sink.fail(from_js("decoding the sound", &error));
    });
    let sink = Rc::clone(queue);
    let dequeue = Closure::<dyn FnMut()>::new(move || sink.wake());
    let init = js::dictionary(&[("output", output.as_ref().clone()), ("error", error.as_ref().clone())]);
    let fail = |error: JsValue| from_js("starting the sound decoder", &error);
    let inner = AudioDecoder::new(&init).map_err(fail)?;
    inner.set_ondequeue(Some(dequeue.as_ref().unchecked_ref()));
    inner.configure(config).map_err(fail)?;
    let callbacks = Some(Callbacks { _output: output, _error: error, _dequeue: dequeue });
    Ok(Kind::Browser { inner, callbacks })
}

fn submit(decoder: &AudioDecoder, packet: &Packet, stamp: Span) -> Result<(), JsValue> {
    let data = Uint8Array::from(packet.data.as_slice());
    let init = js::dictionary(&[
        // Every audio packet can be decoded on its own, as far as WebCodecs is concerned.
        ("type", "key".into()),
        ("timestamp", (stamp.micros() as f64).into()),
        ("duration", (packet.duration.micros().max(0) as f64).into()),
        ("data", data.clone().into()),
    ]);
    let chunk = EncodedAudioChunk::new(&init);
    // The chunk has a copy.
    js::free(&data.buffer());
    decoder.decode(&chunk?)
}

/// Copies a decoded block as interleaved 32-bit floats; its own rate counts, not the container's (HE-AAC doubles it).
fn block_of(sound: &Sound) -> Result<Block, Failure> {
    let raw = sound.raw();
    let (frames, channels) = (raw.number_of_frames() as usize, raw.number_of_channels() as usize);
    let mut samples = vec![0.0_f32; frames * channels];
    let mut plane = vec![0_u8; frames * 4];
    for channel in 0..channels {
        let options = AudioDataCopyToOptions::new(channel as u32);
        options.set_format(AudioSampleFormat::F32Planar);
        raw.copy_to_with_u8_slice(&mut plane, &options)
            .map_err(|error| from_js("reading decoded sound", &error))?;
        for (frame, bytes) in samples.chunks_exact_mut(channels).zip(plane.as_chunks::<4>().0) {
            if let Some(sample) = frame.get_mut(channel) {
                *sample = f32::from_le_bytes(*bytes);
            }
        }
    }
    Ok(Block {
        stamp: Span::from_micros(raw.timestamp() as i64),
        sample_rate: raw.sample_rate() as u32,
        channels: channels as u32,
        samples,
    })
}
