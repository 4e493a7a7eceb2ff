//! Sound packets on their way to a decoder, cut into stretches: where a packet's time does not follow from the one before, a
//! decoder has to be drained and start again, because its own clock counts on. Knows times, decodes nothing.

use std::collections::VecDeque;

use crate::codec::aac;
use crate::facts::{AudioFacts, Codec, Packet, Track};
use crate::time::{Instant, Span, Ticks, Timescale};

/// A step in the packets' times below this is jitter or drift.
const STEP: Span = Span::from_millis(10);
/// So many packets have to agree that there is a step: a single time may be wrong, or late and made up for.
const AHEAD: usize = 8;
/// Containers round a packet's length up to this much.
const ROUNDING: Span = Span::from_millis(2);

/// A packet and whether a decoder starts again with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fed {
    pub packet: Packet,
    pub starts_anew: bool,
}

/// Looks a few packets ahead, so that a jump is told from jitter.
#[derive(Debug)]
pub struct Stretches {
    waiting: VecDeque<Packet>,
    /// The longest a packet of each description can last, where its codec says so.
    longest: Vec<Option<Span>>,
    /// Where the next packet is expected, in which run and by which description.
    expected: Option<(Instant, u32, u16)>,
    is_over: bool,
}

impl Stretches {
    pub fn new(track: &Track) -> Self {
        let described = |number: u16| {
            let (codec, _, audio) = track.described(number)?;
            longest_packet(codec, audio)
        };
        let count = u16::try_from(track.more.len()).unwrap_or(u16::MAX);
        Self {
            waiting: VecDeque::new(),
            longest: (0..=count).map(described).collect(),
            expected: None,
            is_over: false,
        }
    }

    /// Whether another packet is needed before the next one can go to the decoder.
    pub fn is_hungry(&self) -> bool {
        !self.is_over && self.waiting.len() <= AHEAD
    }

    /// The track's next packet; `None` at its end.
    pub fn push(&mut self, packet: Option<Packet>) {
        match packet {
            Some(packet) => self.waiting.push_back(packet),
            None => self.is_over = true,
        }
    }

    /// The next packet for the decoder; `None` while it is hungry, and at the end.
    pub fn pop(&mut self) -> Option<Fed> {
        if self.is_hungry() {
            return None;
        }
        let starts_anew = self.is_step();
        let packet = self.waiting.pop_front()?;
        let span = self.span(&packet);
        let next = match self.expected {
            // The clock goes on counting and follows the packets only slowly, as what jitters comes back.
            Some((expected, ..)) if !starts_anew => {
                let off = (packet.pts - expected).micros().clamp(-STEP.micros(), STEP.micros());
                expected + Span::from_micros(off / 8) + span
            }
            _ => packet.pts + span,
        };
        self.expected = Some((next, packet.run, packet.description));
        Some(Fed { packet, starts_anew })
    }

    fn is_step(&self) -> bool {
        let (Some((mut expected, run, description)), Some(first)) = (self.expected, self.waiting.front())
        else {
            return true;
        };
        if (first.run, first.description) != (run, description) {
            return true;
        }
        let is_late = first.pts > expected;
        if (first.pts - expected).micros().abs() <= STEP.micros() {
            return false;
        }
        for packet in self.waiting.iter().take_while(|packet| packet.run == run) {
            let off = packet.pts - expected;
            if (off.micros() > 0) != is_late || off.micros().abs() < STEP.half().micros() {
                return false;
            }
            expected += self.span(packet);
        }
        true
    }

    /// How long a packet lasts. Where a container only knows when the next one begins, a hole hides in the length.
    fn span(&self, packet: &Packet) -> Span {
        let longest = self.longest.get(usize::from(packet.description)).copied().flatten();
        match longest {
            Some(longest) if packet.duration > longest + ROUNDING || !packet.duration.is_positive() => {
                longest
            }
            _ => packet.duration,
        }
    }
}

/// The most that one packet decodes to. `None`: the packets' own lengths are to be trusted.
fn longest_packet(codec: &Codec, audio: Option<&AudioFacts>) -> Option<Span> {
    let rate = audio?.sample_rate;
    let header = codec.description.as_deref().unwrap_or_default();
    let (samples, rate) = match codec.name.as_str() {
        "aac" => match aac::parse(header) {
            // With SBR the rate is that of what comes out, twice the core's.
            Some(config) if matches!(config.object_type, 5 | 29) => (2048, config.sample_rate),
            Some(config) => (1024, config.sample_rate),
            None => (1024, rate),
        },
        "mp3" if rate < 32_000 => (576, rate),
        "mp3" | "mp2" => (1152, rate),
        "mp1" => (384, rate),
        // The largest block of STREAMINFO, behind the marker and the block's header.
        "flac" => (u32::from(u16::from_be_bytes([*header.get(10)?, *header.get(11)?])), rate),
        // Half of the long block, whose size stands in the identification header.
        "vorbis" => {
            let at = header.windows(7).position(|window| window == b"\x01vorbis")?;
            (1 << (header.get(at + 28)? >> 4) >> 1, rate)
        }
        _ => return None,
    };
    let rate = Timescale::new(rate)?;
    (samples > 0).then(|| rate.span(Ticks(samples.into())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{TrackId, TrackKind};

    fn track(name: &str, sample_rate: u32) -> Track {
        Track {
            id: TrackId(1),
            kind: TrackKind::Audio,
            codec: crate::codec::named(name),
            start: Instant::ZERO,
            duration: Span::from_millis(10_000),
            sample_count: 1,
            language: None,
            is_default: true,
            video: None,
            audio: Some(AudioFacts { sample_rate, channels: 1 }),
            more: Vec::new(),
        }
    }

    /// Numbers of the packets with which a decoder starts again. `millis`: begin and length of each packet, and its run.
    fn restarts(track: &Track, millis: &[(f64, f64, u32)]) -> Vec<usize> {
        let mut stretches = Stretches::new(track);
        let mut packets = millis.iter().map(|&(start, length, run)| {
            let (pts, duration) = (Instant::from_seconds(start / 1e3), Span::from_seconds(length / 1e3));
            Packet { run, ..Packet::new(TrackId(1), pts, duration, true, Vec::new()) }
        });
        let mut found = Vec::new();
        for (at, &(start, ..)) in millis.iter().enumerate() {
            while stretches.is_hungry() {
                stretches.push(packets.next());
            }
            let fed = stretches.pop().expect("all of them");
            assert_eq!(fed.packet.pts, Instant::from_seconds(start / 1e3));
            if fed.starts_anew {
                found.push(at);
            }
        }
        found
    }

    /// `count` packets of 20 ms with a shift for each, in milliseconds.
    fn shifted(count: usize, shift: impl Fn(usize) -> f64) -> Vec<(f64, f64, u32)> {
        (0..count).map(|at| (at as f64 * 20.0 + shift(at), 20.0, 0)).collect()
    }

    #[test]
    fn jumps_start_a_stretch_and_jitter_does_not() {
        let opus = track("opus", 48_000);
        let check = |shift: &dyn Fn(usize) -> f64, want: &[usize]| {
            assert_eq!(restarts(&opus, &shifted(200, shift)), want);
        };
        check(&|_| 0.0, &[0]);
        // A hole of seconds, one lost packet, an overlap, a hole just before the end.
        check(&|at| if at < 50 { 0.0 } else { 6_100.0 }, &[0, 50]);
        check(&|at| if at < 50 { 0.0 } else { 20.0 }, &[0, 50]);
        check(&|at| if at < 50 { 0.0 } else { -400.0 }, &[0, 50]);
        check(&|at| if at < 198 { 0.0 } else { 300.0 }, &[0, 198]);
        // Late and early in turns, one absurd time, and a clock that is off by a second in twenty minutes.
        check(&|at| [0.0, 25.0, -14.0, 18.0][at % 4], &[0]);
        check(&|at| if at == 70 { 9e6 } else { 0.0 }, &[0]);
        check(&|at| at as f64 * 20.0 / 1200.0, &[0]);
        check(&|at| if at % 2 == 0 { 0.4 } else { -0.4 }, &[0]);
    }

    #[test]
    fn a_hole_that_hides_in_a_length_is_found() {
        let mut packets: Vec<_> = (0..100).map(|at| (at as f64 * 64.0 / 3.0, 64.0 / 3.0, 0)).collect();
        packets[49].1 += 6_100.0;
        packets.iter_mut().skip(50).for_each(|packet| packet.0 += 6_100.0);
        assert_eq!(restarts(&track("aac", 48_000), &packets), [0, 50]);
        // Nothing is known of the lengths of such packets.
        assert_eq!(restarts(&track("unheard of", 48_000), &packets), [0]);
    }

    #[test]
    fn runs_start_a_stretch() {
        let mut packets = shifted(60, |_| 0.0);
        packets.iter_mut().skip(30).for_each(|packet| packet.2 = 1);
        assert_eq!(restarts(&track("opus", 48_000), &packets), [0, 30]);
    }
}
