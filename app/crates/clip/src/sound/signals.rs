//! What a second of sound is like: its loudness, and how surely people laugh or applaud in it. Words are not known here; where
//! somebody speaks is taken away by whoever knows.

use ebur128::{EbuR128, Mode};

use super::SPEECH_RATE;
use crate::insights::{SoundSignals, ramp};

const SECOND: usize = SPEECH_RATE as usize;
/// 20 ms, in which loudness and color of the sound hardly change.
const FRAME: usize = SECOND / 50;
const SILENCE_LUFS: f32 = -70.0;

/// 16 kHz mono in, a value a second out.
pub struct SignalMeter {
    meter: Option<EbuR128>,
    pending: Vec<f32>,
    signals: SoundSignals,
}

impl Default for SignalMeter {
    fn default() -> Self {
        // One channel at 16 kHz is a form that the meter knows.
        let meter = EbuR128::new(1, SPEECH_RATE, Mode::S).ok();
        Self { meter, pending: Vec::with_capacity(SECOND), signals: SoundSignals::default() }
    }
}

impl SignalMeter {
    pub fn push(&mut self, samples: &[f32]) {
        let mut rest = samples;
        while !rest.is_empty() {
            let (part, behind) = rest.split_at(rest.len().min(SECOND - self.pending.len()));
            self.pending.extend_from_slice(part);
            rest = behind;
            if self.pending.len() == SECOND {
                self.close_second();
            }
        }
    }

    /// What was measured; a last second that is not whole counts as one.
    pub fn finish(mut self) -> SoundSignals {
        if !self.pending.is_empty() {
            self.close_second();
        }
        self.signals
    }

    fn close_second(&mut self) {
        let loudness = self.meter.as_mut().and_then(|meter| {
            meter.add_frames_f32(&self.pending).ok()?;
            meter.loudness_window(1000).ok()
        });
        let loudness = loudness.map_or(SILENCE_LUFS, |lufs| (lufs as f32).max(SILENCE_LUFS));
        self.signals.loudness_lufs.push(loudness);
        self.signals.reaction.push(if loudness > SILENCE_LUFS + 20.0 {
            reaction(&self.pending)
        } else {
            0.0
        });
        self.pending.clear();
    }
}

/// How much a second sounds like applause (hissing, steady) or laughter (bursts four to six times a second), 0 to 1. Laughter of a
/// few and speech are alike in this: only where nobody speaks it says something.
fn reaction(second: &[f32]) -> f32 {
    let frames: Vec<(f32, f32)> =
        second.chunks(FRAME).map(|frame| (energy(frame), brightness(frame))).collect();
    let total: f32 = frames.iter().map(|(energy, _)| energy).sum();
    if total <= 0.0 {
        return 0.0;
    }
    let mean = total / frames.len() as f32;
    let bright = frames.iter().map(|(energy, bright)| energy * bright).sum::<f32>() / total;
    let spread = frames.iter().map(|(energy, _)| (energy - mean).abs()).sum::<f32>() / total;
    let applause = ramp(bright, 0.15, 0.5) * (1.0 - ramp(spread, 0.5, 0.9));
    let rises = frames.windows(2).filter(|pair| pair[0].0 < mean && pair[1].0 >= mean).count() as f32;
    let laughter = ramp(rises, 1.5, 3.0)
        * (1.0 - ramp(rises, 8.0, 12.0))
        * ramp(spread, 0.4, 0.8)
        * ramp(bright, 0.02, 0.12);
    applause.max(0.8 * laughter)
}

fn energy(frame: &[f32]) -> f32 {
    frame.iter().map(|sample| sample * sample).sum::<f32>() / frame.len().max(1) as f32
}

/// The energy of the differences against that of the samples, from 0 (hum) over 0.5 (white noise) to 1 (a hiss at the very top).
fn brightness(frame: &[f32]) -> f32 {
    let steps = frame.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum::<f32>();
    let all = frame.iter().map(|sample| sample * sample).sum::<f32>();
    if all > 0.0 { (steps / all / 4.0).min(1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(samples: &[f32]) -> SoundSignals {
        let mut meter = SignalMeter::default();
        samples.chunks(777).for_each(|part| meter.push(part));
        meter.finish()
    }

    fn noise(count: usize) -> Vec<f32> {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..count).map(|_| 0.2 * next()).collect()
    }

    fn tone(count: usize, amplitude: f32) -> Vec<f32> {
        (0..count)
            .map(|at| amplitude * (at as f32 * 1000.0 * std::f32::consts::TAU / 16_000.0).sin())
            .collect()
    }

    /// EBU Tech 3341: a 1 kHz sine of -23 dBFS in both channels reads -23 LUFS, so in one -26.
    #[test]
    fn loudness_is_that_of_the_standard() {
        let amplitude = 10f32.powf(-23.0 / 20.0);
        let signals = measured(&tone(5 * SECOND, amplitude));
        assert_eq!(signals.loudness_lufs.len(), 5);
        assert!((signals.loudness_lufs[3] + 26.0).abs() < 0.2, "{:?}", signals.loudness_lufs);
        let quiet = measured(&vec![0.0; 2 * SECOND + 5]);
        assert_eq!(quiet.loudness_lufs, [SILENCE_LUFS; 3]);
        assert_eq!(quiet.reaction, [0.0; 3]);
    }

    #[test]
    fn applause_is_told_from_a_tone() {
        let clapping = measured(&noise(3 * SECOND));
        assert!(clapping.reaction[1] > 0.6, "{:?}", clapping.reaction);
        let humming = measured(&tone(3 * SECOND, 0.2));
        assert!(humming.reaction[1] < 0.1, "{:?}", humming.reaction);
    }
}
