//! Sound of one audio track from an instant on, without gaps: demuxer → WebCodecs decoder → interleaved samples.
//! What is missing between two packets comes as zeros; what lies before the start is cut off to the sample.

use crate::codec_queue::CodecQueue;
use crate::failure::{from_js, from_media};
use crate::file_source::FileSource;
use crate::frame::Sound;
use crate::js;
use clip::port::{AudioSource, PcmBlock};
use clip::protocol::{Failure, FailureClass};
use js_sys::Uint8Array;
use media::facts::{Track, TrackId};
use media::time::{Instant, Span, Ticks, Timescale};
use media::{Demuxer, Packet};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AudioData, AudioDataCopyToOptions, AudioDecoder, AudioDecoderConfig, AudioSampleFormat,
    EncodedAudioChunk, File,
};

const PACKETS_INSIDE: u32 = 32;
/// AAC and Opus need earlier packets before their output is right.
const PREROLL: Span = Span::from_millis(120);
/// Timestamps of real files jitter; a gap below this is not one.
const GAP: Span = Span::from_millis(60);
const MAX_RESTARTS: u32 = 64;
/// Silence is handed out in pieces of this length, so that a hole of an hour needs no memory.
const SILENCE: Span = Span::from_millis(1_000);

fn decoder_config(track: &Track) -> Result<AudioDecoderConfig, Failure> {
    let (Some(codec), Some(audio)) = (&track.codec.webcodecs, &track.audio) else {
        return Err(undecodable(track));
    };
    let config: AudioDecoderConfig = js::dictionary(&[
        ("codec", codec.into()),
        ("sampleRate", audio.sample_rate.into()),
        ("numberOfChannels", audio.channels.into()),
    ]);
    if let Some(description) = &track.codec.description {
        js::set(&config, "description", &Uint8Array::from(description.as_slice()));
    }
    Ok(config)
}

pub async fn check_decodable(track: &Track) -> Result<(), Failure> {
    let config = decoder_config(track)?;
    let answer = js::settle(AudioDecoder::is_config_supported(&config).unchecked_into())
        .await
        .map_err(|error| from_js("asking whether the sound can be decoded", &error))?;
    if js::get(&answer, "supported").is_truthy() { Ok(()) } else { Err(undecodable(track)) }
}

fn undecodable(track: &Track) -> Failure {
    Failure::new(
        FailureClass::Unsupported,
        format!(
            "The sound in this file is {}, which this browser cannot decode.",
            track.codec.name.to_uppercase()
        ),
        "Convert the file so that its sound is AAC, MP3 or Opus.",
    )
}

struct Decoder {
    inner: AudioDecoder,
    queue: Rc<CodecQueue<Sound>>,
    _output: Closure<dyn FnMut(AudioData)>,
    _error: Closure<dyn FnMut(JsValue)>,
    _dequeue: Closure<dyn FnMut()>,
}

impl Decoder {
    fn new(config: &AudioDecoderConfig) -> Result<Self, Failure> {
        let queue = CodecQueue::new();
        let sink = Rc::clone(&queue);
        let output = Closure::<dyn FnMut(AudioData)>::new(move |data: AudioData| sink.push(Sound::new(data)));
        let sink = Rc::clone(&queue);
        let error = Closure::<dyn FnMut(JsValue)>::new(move |error: JsValue| {
            sink.fail(from_js("decoding the sound", &error));
        });
        let sink = Rc::clone(&queue);
        let dequeue = Closure::<dyn FnMut()>::new(move || sink.wake());
        let init = js::dictionary(&[("output", output.as_ref().clone()), ("error", error.as_ref().clone())]);
        let fail = |error: JsValue| from_js("starting the sound decoder", &error);
        let inner = AudioDecoder::new(&init).map_err(fail)?;
        inner.set_ondequeue(Some(dequeue.as_ref().unchecked_ref()));
        inner.configure(config).map_err(fail)?;
        Ok(Self { inner, queue, _output: output, _error: error, _dequeue: dequeue })
    }

    fn push(&self, packet: &Packet) -> Result<(), JsValue> {
        let data = Uint8Array::from(packet.data.as_slice());
        let init = js::dictionary(&[
            // Every audio packet can be decoded on its own, as far as WebCodecs is concerned.
            ("type", "key".into()),
            ("timestamp", (packet.pts.micros() as f64).into()),
            ("duration", (packet.duration.micros().max(0) as f64).into()),
            ("data", data.clone().into()),
        ]);
        let chunk = EncodedAudioChunk::new(&init);
        // The chunk has a copy.
        js::free(&data.buffer());
        self.inner.decode(&chunk?)
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        self.inner.set_ondequeue(None);
        let _ = self.inner.close();
    }
}

pub struct FileAudio {
    demuxer: Demuxer,
    track: TrackId,
    config: AudioDecoderConfig,
    decoder: Decoder,
    /// Where the next sample handed out belongs.
    position: Instant,
    /// Whether sound has been handed out.
    started: bool,
    /// Decoded sound that waits behind a gap.
    held: Option<PcmBlock>,
    drained: bool,
    restarts: u32,
}

impl FileAudio {
    /// `None`: the file has no sound.
    pub fn open(file: &File, from: Instant) -> Result<Option<Self>, Failure> {
        let source = FileSource::new(file).map_err(Failure::internal)?;
        let mut demuxer = media::open(Box::new(source)).map_err(|error| from_media(&error))?;
        let Some(track) = demuxer.facts().default_audio() else { return Ok(None) };
        let (id, config) = (track.id, decoder_config(track)?);
        if from > Instant::ZERO {
            demuxer.seek(id, from - PREROLL).map_err(|error| from_media(&error))?;
        }
        let decoder = Decoder::new(&config)?;
        Ok(Some(Self {
            demuxer,
            track: id,
            config,
            decoder,
            position: from,
            started: false,
            held: None,
            drained: false,
            restarts: 0,
        }))
    }

    async fn pull(&mut self) -> Result<Option<Sound>, Failure> {
        loop {
            let queue = Rc::clone(&self.decoder.queue);
            if let Some(sound) = queue.pop() {
                return Ok(Some(sound));
            }
            if let Some(error) = queue.take_error() {
                self.restarts += 1;
                if self.restarts > MAX_RESTARTS {
                    return Err(Failure { class: FailureClass::Malformed, ..error });
                }
                self.decoder = Decoder::new(&self.config)?;
                continue;
            }
            if self.drained {
                return Ok(None);
            }
            let seen = queue.events();
            if self.decoder.inner.decode_queue_size() < PACKETS_INSIDE {
                match self.demuxer.next_packet(self.track).map_err(|error| from_media(&error))? {
                    Some(packet) => {
                        if let Err(error) = self.decoder.push(&packet) {
                            queue.fail(from_js("decoding the sound", &error));
                        }
                    }
                    None => {
                        self.drained = true;
                        let _ = js::settle(self.decoder.inner.flush().unchecked_into()).await;
                    }
                }
                continue;
            }
            queue.after(seen).await;
        }
    }
}

impl AudioSource for FileAudio {
    async fn next_block(&mut self) -> Result<Option<PcmBlock>, Failure> {
        loop {
            let block = match self.held.take() {
                Some(block) => block,
                None => match self.pull().await? {
                    Some(sound) => samples_of(&sound)?,
                    None => return Ok(None),
                },
            };
            let Some(rate) = Timescale::new(block.sample_rate) else { continue };
            let gap = block.start - self.position;
            // Before the first sample every gap counts: sound that begins late must stay late.
            if gap > GAP || (!self.started && gap.is_positive()) {
                let span = gap.min(SILENCE);
                let frames = usize::try_from(span.samples(rate)).unwrap_or(0);
                let silence = PcmBlock {
                    start: self.position,
                    sample_rate: block.sample_rate,
                    channels: block.channels,
                    samples: vec![0.0; frames * block.channels as usize],
                };
                self.position += span;
                self.started = true;
                self.held = Some(block);
                return Ok(Some(silence));
            }
            let channels = block.channels as usize;
            let frames = block.samples.len() / channels.max(1);
            // Within a stretch samples follow each other whatever the timestamps' jitter; only the stretch's start and a
            // large overlap are cut to the sample.
            let overlap = if self.started && gap >= -GAP { Span::ZERO } else { -gap };
            let cut = usize::try_from(overlap.samples(rate)).unwrap_or(0).min(frames);
            if cut == frames {
                continue;
            }
            self.started = true;
            let mut samples = block.samples;
            samples.drain(..cut * channels);
            let start = self.position;
            self.position += rate.span(Ticks(i64::try_from(frames - cut).unwrap_or(0)));
            return Ok(Some(PcmBlock {
                start,
                sample_rate: block.sample_rate,
                channels: block.channels,
                samples,
            }));
        }
    }
}

/// Copies a decoded block as interleaved 32-bit floats; its own rate counts, not the container's (HE-AAC doubles it).
fn samples_of(sound: &Sound) -> Result<PcmBlock, Failure> {
    let raw = sound.raw();
    let (frames, channels) = (raw.number_of_frames() as usize, raw.number_of_channels() as usize);
    let mut samples = vec![0.0_f32; frames * channels];
    let mut plane = vec![0_u8; frames * 4];
    for channel in 0..channels {
        let options = AudioDataCopyToOptions::new(channel as u32);
        options.set_format(AudioSampleFormat::F32Planar);
        raw.copy_to_with_u8_slice(&mut plane, &options)
            .map_err(|error| from_js("reading decoded sound", &error))?;
        for (frame, bytes) in samples.chunks_exact_mut(channels).zip(plane.chunks_exact(4)) {
            if let (Some(sample), &[a, b, c, d]) = (frame.get_mut(channel), bytes) {
                *sample = f32::from_le_bytes([a, b, c, d]);
            }
        }
    }
    Ok(PcmBlock {
        start: Instant::from_micros(raw.timestamp() as i64),
        sample_rate: raw.sample_rate() as u32,
        channels: channels as u32,
        samples,
    })
}
