//! One decoder for one description of a sound track: the browser's own, or ours for plain samples, which browsers widen
//! differently, refuse, or crash over. Packets in, interleaved blocks out; where they belong is not known here.

use super::chunk::chunk_of;
use super::frame::Sound;
use super::owner::{Codec, WebCodec};
use super::queue::CodecQueue;
use crate::web::failure::from_js;
use crate::web::js;
use clip::failure::{Doing, Failure};
use js_sys::{Function, Object, Promise, Uint8Array};
use media::Packet;
use media::facts::Track;
use media::pcm::PcmFormat;
use media::time::{Span, Ticks, Timescale};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AudioData, AudioDataCopyToOptions, AudioDecoder, AudioDecoderConfig, AudioSampleFormat, EncodedAudioChunk,
};

const PACKETS_INSIDE: u32 = 32;
const MOST_CHANNELS: u32 = 64;

/// A block as it came out. `stamp` is on the decoder's own clock.
pub struct Block {
    pub stamp: Span,
    pub sample_rate: u32,
    pub channels: u32,
    pub samples: Vec<f32>,
}

/// How packets of one description are decoded.
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
    Failure::UndecodableSound { codec: track.codec.name.clone() }
}

pub enum Decoder {
    Browser(Codec<AudioDecoder>),
    Plain(PlainDecoder),
}

/// Ours, for plain samples.
pub struct PlainDecoder {
    format: PcmFormat,
    rate: Timescale,
    channels: u32,
    /// Put out since the clock began.
    frames: i64,
    queue: Rc<CodecQueue<Block>>,
}

impl Decoder {
    pub fn new(track: &Track, description: u16) -> Result<Self, Failure> {
        Ok(match form_of(track, description)? {
            Form::Browser(config) => Self::Browser(Codec::open(config)?),
            Form::Plain(format, rate, channels) => {
                Self::Plain(PlainDecoder { format, rate, channels, frames: 0, queue: CodecQueue::new() })
            }
        })
    }

    pub fn queue(&self) -> &Rc<CodecQueue<Block>> {
        match self {
            Self::Browser(codec) => codec.queue(),
            Self::Plain(plain) => &plain.queue,
        }
    }

    pub fn has_room(&self) -> bool {
        match self {
            Self::Browser(codec) => codec.waiting() < PACKETS_INSIDE,
            Self::Plain(plain) => plain.queue.len() == 0,
        }
    }

    /// What is refused comes back as the queue's error.
    pub fn feed(&mut self, packet: &Packet, stamp: Span) {
        match self {
            Self::Browser(codec) => {
                if let Err(failure) = codec.feed((packet, stamp)) {
                    codec.queue().fail(failure);
                }
            }
            Self::Plain(plain) => plain.widen(packet),
        }
    }

    /// Until all that was fed has come out; the clock begins again after it.
    pub async fn drain(&mut self) {
        match self {
            // A failure comes as the queue's error too.
            Self::Browser(codec) => _ = codec.drain().await,
            Self::Plain(plain) => plain.frames = 0,
        }
    }

    /// As newly opened.
    ///
    /// # Errors
    /// If the browser gives no other decoder.
    pub fn reset(&mut self) -> Result<(), Failure> {
        match self {
            Self::Browser(codec) => codec.reset(),
            Self::Plain(plain) => {
                (plain.frames, plain.queue) = (0, CodecQueue::new());
                Ok(())
            }
        }
    }
}

impl PlainDecoder {
    fn widen(&mut self, packet: &Packet) {
        let mut samples = Vec::with_capacity(packet.data.len() / self.format.bytes().max(1));
        self.format.decode_into(&packet.data, &mut samples);
        // It counts as a browser's does, so that times rounded in the container do not tear the sound.
        let stamp = self.rate.span(Ticks(self.frames));
        self.frames += (samples.len() / self.channels as usize) as i64;
        self.queue.push(Block { stamp, sample_rate: self.rate.get(), channels: self.channels, samples });
    }
}

impl WebCodec for AudioDecoder {
    type Config = AudioDecoderConfig;
    /// A packet, and when it lies on the decoder's clock.
    type Input<'a> = (&'a Packet, Span);
    type Output = AudioData;
    type Item = Block;

    const STARTING: Doing = Doing::StartSoundDecoder;
    const WORKING: Doing = Doing::DecodeSound;
    const FINISHING: Doing = Self::WORKING;

    fn construct(callbacks: &Object) -> Result<Self, JsValue> {
        Self::new(callbacks.unchecked_ref())
    }

    fn set_up(&self, config: &AudioDecoderConfig) -> Result<(), JsValue> {
        self.configure(config)
    }

    fn listen(&self, on_dequeue: Option<&Function>) {
        self.set_ondequeue(on_dequeue);
    }

    fn submit(&self, (packet, stamp): (&Packet, Span)) -> Result<(), JsValue> {
        // Every audio packet can be decoded on its own, as far as WebCodecs is concerned.
        self.decode(&chunk_of(packet, true, stamp, EncodedAudioChunk::new)?)
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

    fn receive(output: AudioData, _: &JsValue) -> Result<Block, Failure> {
        block_of(&Sound::new(output))
    }
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
        raw.copy_to_with_u8_slice(&mut plane, &options).map_err(|error| from_js(Doing::ReadSound, &error))?;
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
