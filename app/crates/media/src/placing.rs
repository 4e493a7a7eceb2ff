//! Decoded sound on the presentation timeline: blocks lie where their packets lie, whatever a decoder counts. What is missing is
//! silence, what overlaps or is hidden is cut to the sample, and a clock that runs too fast or slow is followed in steps that nobody hears.

use std::collections::VecDeque;

use crate::facts::{Packet, Shown};
use crate::time::{Instant, Span, Ticks, Timescale};

/// Silence is handed out in pieces of this length, so that a hole of an hour needs no memory.
const SILENCE: Span = Span::from_millis(1_000);
/// No recording pauses for longer, or goes back further; times that say so are damaged, and the sound goes on.
const LONGEST_HOLE: Span = Span::from_millis(6 * 3600 * 1000);
const LONGEST_OVERLAP: Span = Span::from_millis(10_000);
/// A difference between packets and samples is made up for from here on, until so little of it is left.
const NOTICED: Span = Span::from_millis(5);
const SETTLED: Span = Span::from_millis(1);
/// A larger one is no drift: the sound moves at once.
const TORN: Span = Span::from_millis(100);
/// A block becomes longer or shorter by at most one sample in so many: nine cents of pitch.
const STRETCH: i64 = 200;
/// Part of a packet's difference that the estimate of the drift takes over.
const FOLLOW: f64 = 0.05;
/// Packets older than this are forgotten.
const KEPT: Span = Span::from_millis(2_000);

/// Interleaved samples, [frame × channel], from `start` on.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedSound {
    pub start: Instant,
    pub sample_rate: u32,
    pub channels: u32,
    pub samples: Vec<f32>,
}

#[derive(Debug)]
enum Piece {
    Silence { start: Instant, rate: Timescale, channels: u32, frames: u64 },
    Sound(PlacedSound),
}

/// What was fed to the decoder and may come out yet.
#[derive(Debug, Clone, Copy)]
struct Sent {
    pts: Instant,
    duration: Span,
    shown: Shown,
}

/// A point of the timeline and frames counted from there, so that no rounding adds up.
#[derive(Debug, Clone, Copy)]
struct Mark {
    base: Instant,
    rate: Timescale,
    frames: i64,
}

impl Mark {
    fn at(base: Instant, rate: Timescale) -> Self {
        Self { base, rate, frames: 0 }
    }

    fn instant(self) -> Instant {
        self.base + self.rate.span(Ticks(self.frames))
    }

    fn with_rate(self, rate: Timescale) -> Self {
        if self.rate == rate { self } else { Self::at(self.instant(), rate) }
    }
}

/// Puts the blocks of a decoder side by side, from an instant on.
#[derive(Debug)]
pub struct Placer {
    /// Where the next sample handed out belongs.
    position: Mark,
    has_begun: bool,
    /// Where the decoder's clock has its zero, and by how many microseconds the packets' clock is ahead of it by now.
    zero: Instant,
    drift_us: f64,
    /// What the decoder's clock showed at that zero, where it was not set back.
    origin: Span,
    /// What is added to times of this stretch that cannot be.
    shift: Span,
    /// Where the next block of this stretch lies by its packets.
    cursor: Option<Mark>,
    is_catching_up: bool,
    sent: VecDeque<Sent>,
    ready: VecDeque<Piece>,
}

impl Placer {
    /// What lies before `from` is cut off.
    pub fn new(from: Instant) -> Self {
        Self {
            position: Mark::at(from, Timescale::MICROS),
            has_begun: false,
            zero: Instant::ZERO,
            drift_us: 0.0,
            origin: Span::ZERO,
            shift: Span::ZERO,
            cursor: None,
            is_catching_up: false,
            sent: VecDeque::new(),
            ready: VecDeque::new(),
        }
    }

    /// The decoder is drained and starts again with a packet of this time: its clock begins at zero there.
    pub fn begin_stretch(&mut self, pts: Instant) {
        self.zero = pts;
        self.drift_us = 0.0;
        self.origin = Span::ZERO;
        self.shift = Span::ZERO;
        self.cursor = None;
        self.is_catching_up = false;
        self.sent.clear();
    }

    /// A packet goes to the decoder. Returns its time on the decoder's clock, never negative.
    pub fn send(&mut self, packet: &Packet) -> Span {
        let forgotten = packet.pts - KEPT;
        while self.sent.len() > 512 || self.sent.front().is_some_and(|sent| sent.pts < forgotten) {
            self.sent.pop_front();
        }
        self.sent.push_back(Sent { pts: packet.pts, duration: packet.duration, shown: packet.shown });
        (packet.pts - self.zero).max(Span::ZERO)
    }

    /// A decoded block, with its begin on the decoder's clock. A form that cannot be is left out.
    pub fn lay(&mut self, stamp: Span, sample_rate: u32, channels: u32, mut samples: Vec<f32>) {
        let (Some(rate), width @ 1..) = (Timescale::new(sample_rate), channels as usize) else { return };
        let mut frames = (samples.len() / width) as i64;
        if frames == 0 {
            return;
        }
        if self.cursor.is_none() && stamp.micros().abs() > TORN.micros() {
            self.origin = stamp;
        }
        let stamp = stamp - self.origin;
        let shown = self.follow(stamp);
        let start = self.zero + stamp + Span::from_micros(self.drift_us.round() as i64);
        let mut cursor = match self.cursor {
            Some(cursor) => cursor.with_rate(rate),
            None => Mark::at(start, rate),
        };
        let off = start - cursor.instant();
        if off.micros().abs() >= TORN.micros() {
            cursor = Mark::at(start, rate);
        } else if let Some(wanted) = self.catch_up(off, frames, rate) {
            samples = stretched(&samples, width, wanted as usize);
            frames = wanted;
        }
        self.cursor = Some(Mark { frames: cursor.frames + frames, ..cursor });
        self.put(cursor, shown, channels, samples);
    }

    /// The next piece; `None` until more was laid.
    pub fn take(&mut self) -> Option<PlacedSound> {
        match self.ready.pop_front()? {
            Piece::Sound(sound) => Some(sound),
            Piece::Silence { start, rate, channels, frames } => {
                let now = frames.min(SILENCE.samples(rate).max(1));
                if now < frames {
                    let start = start + rate.span(Ticks(now as i64));
                    self.ready.push_front(Piece::Silence { start, rate, channels, frames: frames - now });
                }
                let samples = vec![0.0; now as usize * channels as usize];
                Some(PlacedSound { start, sample_rate: rate.get(), channels, samples })
            }
        }
    }

    /// Finds the packet of which a block was made, learns from it how far the two clocks are apart, and says what of it is shown.
    fn follow(&mut self, stamp: Span) -> Shown {
        let at = self.zero + stamp + Span::from_micros(self.drift_us.round() as i64);
        let off = |sent: &Sent| (sent.pts - at).micros();
        let Some(sent) = self.sent.iter().min_by_key(|sent| off(sent).abs()) else { return Shown::ALL };
        let is_near = off(sent).abs() <= sent.duration.half().micros() + NOTICED.micros();
        if self.cursor.is_some() && is_near {
            self.drift_us += FOLLOW * off(sent) as f64;
        }
        sent.shown
    }

    /// How many frames a block shall have, where it makes up for a part of `off`.
    fn catch_up(&mut self, off: Span, frames: i64, rate: Timescale) -> Option<i64> {
        let limit = if self.is_catching_up { SETTLED } else { NOTICED };
        self.is_catching_up = off.micros().abs() > limit.micros();
        let most = frames / STRETCH;
        let more = rate.ticks(off).0.clamp(-most, most);
        (self.is_catching_up && more != 0).then_some(frames + more)
    }

    /// Hands out what is shown of a block and has its place behind what was handed out.
    fn put(&mut self, at: Mark, shown: Shown, channels: u32, samples: Vec<f32>) {
        let (rate, width) = (at.rate, channels as usize);
        let all = (samples.len() / width) as i64;
        let start = at.instant();
        let Some((from, until)) = shown.clip(start, start + rate.span(Ticks(all))) else { return };
        let mut skip = rate.ticks(from - start).0.clamp(0, all);
        let keep = rate.ticks(until - start).0.clamp(skip, all);
        let position = self.position.with_rate(rate);
        let mut gap = from + self.shift - position.instant();
        if gap > LONGEST_HOLE || (self.has_begun && -gap > LONGEST_OVERLAP) {
            self.shift = self.shift - gap;
            gap = Span::ZERO;
        }
        let gap = rate.ticks(gap).0;
        if gap > 0 {
            let (start, frames) = (position.instant(), gap.unsigned_abs());
            self.ready.push_back(Piece::Silence { start, rate, channels, frames });
        } else {
            skip -= gap;
        }
        self.position = Mark { frames: position.frames + gap.max(0), ..position };
        if skip < keep {
            self.hand_out(channels, samples, skip, keep);
        }
    }

    fn hand_out(&mut self, channels: u32, mut samples: Vec<f32>, skip: i64, keep: i64) {
        let width = channels as usize;
        samples.truncate(keep as usize * width);
        samples.drain(..(skip as usize * width).min(samples.len()));
        let start = self.position.instant();
        self.position.frames += keep - skip;
        self.has_begun = true;
        let sample_rate = self.position.rate.get();
        self.ready.push_back(Piece::Sound(PlacedSound { start, sample_rate, channels, samples }));
    }
}

/// The same sound in `wanted` frames, by cubic interpolation.
fn stretched(samples: &[f32], channels: usize, wanted: usize) -> Vec<f32> {
    let frames = samples.len() / channels;
    let step = frames as f64 / wanted as f64;
    let mut out = Vec::with_capacity(wanted * channels);
    for at in 0..wanted {
        let place = at as f64 * step;
        let (whole, part) = (place as usize, place.fract() as f32);
        for channel in 0..channels {
            let sample = |frame: usize| samples[frame.min(frames - 1) * channels + channel];
            let (a, b) = (sample(whole.saturating_sub(1)), sample(whole));
            let (c, d) = (sample(whole + 1), sample(whole + 2));
            let (p, q) = (0.5 * (c - a), 0.5 * (d - b));
            let cubic = (2.0 * (b - c) + p + q) * part + 3.0 * (c - b) - 2.0 * p - q;
            out.push((cubic * part + p) * part + b);
        }
    }
    out
}

#[cfg(test)]
mod tests;
