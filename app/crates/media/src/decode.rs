//! A medium's sound as mono samples at 16 kHz, laid on the presentation timeline: what speech recognition takes.
//! Native and pure Rust. Knows the decoders by one type; the page uses the browser's instead.

mod codecs;

pub use codecs::{AudioDecoder, Sound};

use std::cell::Cell;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::demux::Demuxer;
use crate::error::{Error, Result};
use crate::facts::{Container, Packet, Shown, Track, TrackId};
use crate::pcm::{Listened, MonoMixer, Resampler, SPEECH_RATE};
use crate::source::ByteSource;
use crate::time::{Instant, Span, Ticks, Timescale};

/// What was decoded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AudioSummary {
    /// The track's codec, by its short name.
    pub codec: String,
    /// Of the decoder's output, which for HE-AAC is twice what the header says.
    pub sample_rate: u32,
    pub channels: u32,
    /// Mono samples at 16 kHz that were handed out.
    pub samples: u64,
    pub duration: Span,
    pub packets: u64,
    /// Packets that could not be decoded; silence stands in for them.
    pub damaged_packets: u64,
    /// Channels cancelled each other out, so that one of them was taken instead of their mix.
    #[serde(default)]
    pub has_cancelled: bool,
}

/// A hole in the packets' times longer than this is filled with silence. Shorter ones are a codec's own doing.
const HOLE: Span = Span::from_millis(100);
/// No recording pauses for longer; times that say so are damaged.
const LONGEST_HOLE: Span = Span::from_millis(6 * 3600 * 1000);

/// Decodes the first sound track that can be decoded and hands it out in pieces, first sample at presentation time zero.
///
/// # Errors
/// If the source cannot be opened, has no sound, its codec is not read here, or nothing of it can be decoded.
pub fn decode_audio_16k_mono(
    source: Box<dyn ByteSource>,
    sink: &mut dyn FnMut(&[f32]),
) -> Result<AudioSummary> {
    let demuxer = crate::open(source)?;
    let tracks = demuxer.facts().audio_tracks();
    let readable = tracks.iter().find(|track| AudioDecoder::new(track).is_ok());
    let track = readable.or(tracks.first()).map(|track| (*track).clone()).ok_or(Error::NoSoundTrack)?;
    decode(demuxer, &track, Listened::Mix, &mut |samples| {
        sink(samples);
        ControlFlow::Continue(())
    })
}

/// The same of one track, of all its channels or of one, until the sink has had enough.
///
/// # Errors
/// As [`decode_audio_16k_mono`].
pub fn decode_track_16k_mono(
    source: Box<dyn ByteSource>,
    track: TrackId,
    listened: Listened,
    sink: &mut dyn FnMut(&[f32]) -> ControlFlow<()>,
) -> Result<AudioSummary> {
    let demuxer = crate::open(source)?;
    let found = demuxer.facts().track(track).cloned();
    let found = found.ok_or(Error::NoSuchSoundTrack { track })?;
    decode(demuxer, &found, listened, sink)
}

fn decode(
    mut demuxer: Demuxer,
    track: &Track,
    listened: Listened,
    sink: &mut dyn FnMut(&[f32]) -> ControlFlow<()>,
) -> Result<AudioSummary> {
    let is_enough = Cell::new(false);
    let sink: &mut dyn FnMut(&[f32]) = &mut |samples| {
        is_enough.set(is_enough.get() || sink(samples).is_break());
    };
    let mut mixer = MonoMixer::of(listened);
    let mut decoder = AudioDecoder::new(track)?;
    let ends_exactly = matches!(
        demuxer.facts().container,
        Container::Mp4 | Container::Mov | Container::Ogg | Container::Mp3
    );
    let mut line = Line::new(ends_exactly.then(|| track.end()));
    let mut summary = AudioSummary {
        codec: track.codec.name.clone(),
        sample_rate: 0,
        channels: 0,
        samples: 0,
        duration: Span::ZERO,
        packets: 0,
        damaged_packets: 0,
        has_cancelled: false,
    };
    let mut interleaved = Vec::new();
    let mut mono = Vec::new();
    let mut run = (0, 0);
    while let Some(packet) = demuxer.next_packet(track.id)?.filter(|_| !is_enough.get()) {
        summary.packets += 1;
        interleaved.clear();
        mono.clear();
        if run != (packet.run, packet.description) {
            run = (packet.run, packet.description);
            decoder = AudioDecoder::new(&described(track, packet.description)?)?;
            line.begin_run();
        }
        match decoder.decode(&packet, &mut interleaved) {
            Ok(sound) => {
                (summary.sample_rate, summary.channels) = (sound.sample_rate, sound.channels);
                mixer.push(&interleaved, sound.channels as usize, sound.sample_rate, &mut mono);
                line.lay(packet.pts, packet.shown, sound.sample_rate, &mono, sink)?;
            }
            Err(_) => {
                summary.damaged_packets += 1;
                line.silence_at(&packet, sink)?;
            }
        }
    }
    if summary.sample_rate == 0 {
        return Err(nothing_decoded(track, summary.packets));
    }
    line.finish(sink);
    summary.has_cancelled = mixer.has_cancelled();
    summary.samples = line.handed_out;
    summary.duration =
        Timescale::new(SPEECH_RATE).map_or(Span::ZERO, |rate| rate.span(Ticks(line.handed_out as i64)));
    Ok(summary)
}

/// The track as one of its descriptions has it.
fn described(track: &Track, number: u16) -> Result<Track> {
    let (codec, _, audio) = track.described(number).ok_or(Error::NoSuchDescription)?;
    Ok(Track { codec: codec.clone(), audio: audio.cloned(), more: Vec::new(), ..track.clone() })
}

fn nothing_decoded(track: &Track, packets: u64) -> Error {
    Error::NothingDecoded { packets, codec: track.codec.name.clone() }
}

/// Lays pieces of mono sound on the timeline and resamples what results.
struct Line {
    resampler: Option<(u32, Resampler)>,
    /// Where the next sample belongs.
    at: Instant,
    /// Samples since `base`, at the current rate.
    base: Instant,
    since_base: i64,
    /// Whether what comes next lies where it says, however little that is off.
    is_exact: bool,
    end: Option<Instant>,
    out: Vec<f32>,
    handed_out: u64,
}

impl Line {
    fn new(end: Option<Instant>) -> Self {
        Self {
            resampler: None,
            at: Instant::ZERO,
            base: Instant::ZERO,
            since_base: 0,
            is_exact: true,
            end,
            out: Vec::new(),
            handed_out: 0,
        }
    }

    /// What follows was not recorded in one go with what is there.
    fn begin_run(&mut self) {
        self.is_exact = true;
    }

    fn lay(
        &mut self,
        pts: Instant,
        shown: Shown,
        rate: u32,
        mono: &[f32],
        sink: &mut dyn FnMut(&[f32]),
    ) -> Result<()> {
        let Some(scale) = Timescale::new(rate) else { return Ok(()) };
        if self.resampler.as_ref().is_none_or(|(current, _)| *current != rate) {
            if let Some((_, before)) = self.resampler.take() {
                before.finish(&mut self.out);
            }
            self.resampler = Some((rate, Resampler::new(rate, SPEECH_RATE)?));
            (self.base, self.since_base) = (self.at, 0);
        }
        // What is only there to lead in, or hidden by an edit, is cut to the sample; so is what was already there.
        let from = if self.is_exact { shown.from.max(self.at) } else { shown.from };
        let length = mono.len() as u64;
        let early = (from - pts).samples(scale).min(length);
        let until =
            if shown.until == Instant::MAX { length } else { (shown.until - pts).samples(scale).min(length) };
        let mono = &mono[early as usize..until.max(early) as usize];
        if mono.is_empty() {
            return Ok(());
        }
        let hole = pts + scale.span(Ticks(early as i64)) - self.at;
        // At the beginning of a run times are exact; later on, only what cannot be a codec's own doing is a hole.
        let least = if self.is_exact { Span::ZERO } else { HOLE };
        self.is_exact = false;
        if hole > least && hole < LONGEST_HOLE {
            self.push_silence(hole.samples(scale), scale, sink);
        }
        self.push(mono, scale, sink);
        Ok(())
    }

    fn silence_at(&mut self, packet: &Packet, sink: &mut dyn FnMut(&[f32])) -> Result<()> {
        let rate = self.resampler.as_ref().map_or(SPEECH_RATE, |(rate, _)| *rate);
        let Some(scale) = Timescale::new(rate) else { return Ok(()) };
        let silence = vec![0.0; packet.duration.samples(scale).min(u64::from(rate)) as usize];
        self.lay(packet.pts, packet.shown, rate, &silence, sink)
    }

    fn push_silence(&mut self, samples: u64, scale: Timescale, sink: &mut dyn FnMut(&[f32])) {
        let silence = [0.0; 4096];
        let mut left = samples;
        while left > 0 {
            let count = left.min(silence.len() as u64);
            self.push(&silence[..count as usize], scale, sink);
            left -= count;
        }
    }

    fn push(&mut self, mono: &[f32], scale: Timescale, sink: &mut dyn FnMut(&[f32])) {
        if let Some((_, resampler)) = &mut self.resampler {
            resampler.push(mono, &mut self.out);
        }
        self.since_base += mono.len() as i64;
        self.at = self.base + scale.span(Ticks(self.since_base));
        self.hand_out(sink);
    }

    fn hand_out(&mut self, sink: &mut dyn FnMut(&[f32])) {
        let most = self
            .end
            .zip(Timescale::new(SPEECH_RATE))
            .map_or(u64::MAX, |(end, rate)| end.since_zero().samples(rate));
        let count = (self.out.len() as u64).min(most.saturating_sub(self.handed_out)) as usize;
        if count > 0 {
            sink(&self.out[..count]);
            self.handed_out += count as u64;
        }
        self.out.clear();
    }

    fn finish(&mut self, sink: &mut dyn FnMut(&[f32])) {
        if let Some((_, resampler)) = self.resampler.take() {
            resampler.finish(&mut self.out);
            self.hand_out(sink);
        }
    }
}
