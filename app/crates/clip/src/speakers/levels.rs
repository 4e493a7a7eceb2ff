//! How loud each channel of a recording is, fifty times a second. Keeps no sound; blocks may come with holes between them, of any rate.

use media::time::{Instant, Timescale};
use serde::{Deserialize, Serialize};

use crate::port::PcmBlock;

/// Frames a second.
pub const FRAMES_PER_S: u32 = 50;
/// The quietest level that is told apart from silence.
const FLOOR_DB: i8 = -100;
/// More channels are not looked at.
const MOST_CHANNELS: usize = 16;
/// What lies below is rumble and hum, in Hz.
const LOWEST_HZ: f32 = 150.0;

/// The level of each channel in each frame of 20 ms from the timeline's begin, in dB of full scale.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levels {
    pub channels: Vec<Vec<i8>>,
}

impl Levels {
    /// The channels of another track after these.
    pub fn beside(&mut self, other: Levels) {
        self.channels.extend(other.channels);
    }
}

/// Measures one track while it is read.
#[derive(Debug, Default)]
pub struct LevelMeter {
    channels: Vec<Channel>,
    /// Samples that fell into each frame.
    counts: Vec<u32>,
}

#[derive(Debug, Default)]
struct Channel {
    /// The sum of squares of each frame.
    energies: Vec<f32>,
    last_in: f32,
    last_out: f32,
}

impl LevelMeter {
    pub fn push(&mut self, block: &PcmBlock) {
        let count = block.channels as usize;
        let Some(rate) = Timescale::new(block.sample_rate) else { return };
        if count == 0 || block.start < Instant::ZERO {
            return;
        }
        let known = count.min(MOST_CHANNELS);
        self.channels.resize_with(self.channels.len().max(known), Channel::default);
        let first = block.start.since_zero().samples(rate);
        let frames = block.samples.len() / count;
        let frame_of =
            |sample: u64| (sample * u64::from(FRAMES_PER_S) / u64::from(block.sample_rate)) as usize;
        let end = frame_of(first + frames as u64) + 1;
        if end > self.counts.len() {
            self.counts.resize(end, 0);
        }
        (0..frames).for_each(|at| self.counts[frame_of(first + at as u64)] += 1);
        let keeps = (-std::f32::consts::TAU * LOWEST_HZ / block.sample_rate as f32).exp();
        for (number, channel) in self.channels.iter_mut().enumerate().take(known) {
            channel.energies.resize(self.counts.len(), 0.0);
            for (at, sample) in block.samples.iter().skip(number).step_by(count).enumerate() {
                let sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
                channel.last_out = sample - channel.last_in + keeps * channel.last_out;
                channel.last_in = sample;
                channel.energies[frame_of(first + at as u64)] += channel.last_out * channel.last_out;
            }
        }
    }

    pub fn finish(self) -> Levels {
        let db = |(energy, count): (&f32, &u32)| {
            let power = energy / (*count).max(1) as f32;
            (10.0 * power.max(1e-12).log10()).round().clamp(f32::from(FLOOR_DB), 0.0) as i8
        };
        let level = |channel: Channel| {
            let mut energies = channel.energies;
            energies.resize(self.counts.len(), 0.0);
            energies.iter().zip(&self.counts).map(db).collect()
        };
        Levels { channels: self.channels.into_iter().map(level).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second of a tone of 400 Hz at 8 kHz with an amplitude for each channel, from a time on.
    fn block(start_s: f64, amplitudes: &[f32]) -> PcmBlock {
        let wave = |at: usize| (std::f32::consts::TAU * 400.0 * at as f32 / 8_000.0).sin();
        PcmBlock {
            start: Instant::from_seconds(start_s),
            sample_rate: 8_000,
            channels: amplitudes.len() as u32,
            samples: (0..8_000).flat_map(|at| amplitudes.iter().map(move |a| a * wave(at))).collect(),
        }
    }

    #[test]
    fn each_channel_has_its_level_where_it_sounds() {
        let mut meter = LevelMeter::default();
        meter.push(&block(0.0, &[1.0, 0.1]));
        meter.push(&block(2.0, &[0.0, 0.5]));
        let levels = meter.finish();
        let at = |channel: usize, frame: usize| levels.channels[channel][frame];
        assert_eq!(levels.channels.len(), 2);
        assert!((-5..=-3).contains(&at(0, 25)) && (-25..=-23).contains(&at(1, 25)), "{levels:?}");
        // A hole is silence, and what follows lies behind it.
        assert_eq!((at(0, 75), at(1, 75)), (-100, -100));
        assert!(at(0, 125) < -90 && (-11..=-9).contains(&at(1, 125)));
    }

    #[test]
    fn hostile_blocks_are_measured_as_silence_or_full_scale() {
        let mut meter = LevelMeter::default();
        meter.push(&PcmBlock { start: Instant::ZERO, sample_rate: 0, channels: 2, samples: vec![1.0; 8] });
        meter.push(&PcmBlock {
            start: Instant::ZERO,
            sample_rate: 8_000,
            channels: 0,
            samples: vec![1.0; 8],
        });
        let samples = vec![f32::NAN, f32::INFINITY, 1e30, -1e30];
        meter.push(&PcmBlock { start: Instant::ZERO, sample_rate: 8_000, channels: 2, samples });
        assert_eq!(meter.finish().channels.len(), 2);
        assert_eq!(LevelMeter::default().finish(), Levels::default());
    }
}
