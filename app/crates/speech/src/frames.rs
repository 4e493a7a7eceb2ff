//! What 10 ms of sound are like: how loud, how much like a voice, and its color.

use clip::port::{FrameMeter, SoundFrame};
use clip::sound::SPEECH_RATE;
use realfft::{RealFftPlanner, RealToComplex};
use std::f32::consts::PI;
use std::sync::Arc;

/// What the spectrum is taken of, in the middle of a frame.
const WINDOW: usize = 400;
/// Bands lie between these, in Hz.
const LOWEST_HZ: f32 = 80.0;
const HIGHEST_HZ: f32 = 7_000.0;
/// How long one vibration of a voice takes, in samples: 70 to 360 Hz.
const SHORTEST: usize = 45;
const LONGEST: usize = 230;
/// No band is further below the loudest, in nepers of energy.
const DEPTH: f32 = 7.0;
/// So quiet that nobody speaks.
const SILENT: f32 = 1e-4;

/// Measures frames by a Fourier transform and by what repeats itself.
pub struct SpectralFrames {
    transform: Arc<dyn RealToComplex<f32>>,
    window: [f32; WINDOW],
    /// For each band, the first line of the spectrum in it and what it takes of each.
    bands: Vec<(usize, Vec<f32>)>,
}

impl Default for SpectralFrames {
    fn default() -> Self {
        let step = 2.0 * PI / (WINDOW - 1) as f32;
        Self {
            transform: RealFftPlanner::new().plan_fft_forward(SoundFrame::LENGTH),
            window: std::array::from_fn(|i| 0.5 - 0.5 * (step * i as f32).cos()),
            bands: bands(),
        }
    }
}

/// Triangles, evenly spaced on the mel scale.
fn bands() -> Vec<(usize, Vec<f32>)> {
    let mel = |hz: f32| (1.0 + hz / 700.0).ln();
    let (low, high) = (mel(LOWEST_HZ), mel(HIGHEST_HZ));
    let corner = |i: usize| {
        let place = low + (high - low) * i as f32 / (SoundFrame::BANDS + 1) as f32;
        700.0 * (place.exp() - 1.0)
    };
    let line_hz = SPEECH_RATE as f32 / SoundFrame::LENGTH as f32;
    let band = |i: usize| {
        let (from, peak, to) = (corner(i), corner(i + 1), corner(i + 2));
        let first = (from / line_hz).ceil() as usize;
        let last = (to / line_hz).floor() as usize;
        let part = |line: usize| {
            let hz = line as f32 * line_hz;
            ((hz - from) / (peak - from)).min((to - hz) / (to - peak)).max(0.0)
        };
        (first, (first..=last).map(part).collect())
    };
    (0..SoundFrame::BANDS).map(band).collect()
}

impl FrameMeter for SpectralFrames {
    fn frames(&self, samples: &[f32]) -> Vec<SoundFrame> {
        let mut input = self.transform.make_input_vec();
        let mut spectrum = self.transform.make_output_vec();
        let mut scratch = self.transform.make_scratch_vec();
        let windows = samples.windows(SoundFrame::LENGTH).step_by(SoundFrame::HOP);
        let measure = |frame: &[f32]| {
            let from = (SoundFrame::LENGTH - WINDOW) / 2;
            let middle = &frame[from..from + WINDOW];
            let level = (middle.iter().map(|x| x * x).sum::<f32>() / WINDOW as f32).sqrt();
            input.fill(0.0);
            for ((place, sample), weight) in input.iter_mut().zip(middle).zip(&self.window) {
                *place = sample * weight;
            }
            // Lengths are the planner's own.
            let _ = self.transform.process_with_scratch(&mut input, &mut spectrum, &mut scratch);
            let mut bands = [0.0; SoundFrame::BANDS];
            for (band, (first, parts)) in bands.iter_mut().zip(&self.bands) {
                let lines = parts.iter().zip(&spectrum[*first..]);
                *band = (lines.map(|(part, line)| part * line.norm_sqr()).sum::<f32>() + 1e-7).ln();
            }
            let loudest = bands.iter().copied().fold(f32::MIN, f32::max);
            bands.iter_mut().for_each(|band| *band = band.max(loudest - DEPTH));
            SoundFrame { level, voicing: if level > SILENT { voicing(frame) } else { 0.0 }, bands }
        };
        windows.map(measure).collect()
    }
}

/// How alike a piece is to what follows it one vibration later, at best; 1: the same.
fn voicing(frame: &[f32]) -> f32 {
    let length = SoundFrame::LENGTH - LONGEST;
    let piece = &frame[..length];
    let energy = |part: &[f32]| part.iter().map(|x| x * x).sum::<f32>();
    let own = energy(piece);
    let likeness = |lag: usize| {
        let later = &frame[lag..lag + length];
        let product: f32 = piece.iter().zip(later).map(|(a, b)| a * b).sum();
        product / (own * energy(later)).sqrt().max(1e-9)
    };
    (SHORTEST..LONGEST).map(likeness).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f32, level: f32) -> Vec<f32> {
        let step = 2.0 * PI * hz / SPEECH_RATE as f32;
        (0..8_000).map(|i| level * (step * i as f32).sin()).collect()
    }

    #[test]
    fn a_hum_is_voiced_and_noise_is_not() {
        let meter = SpectralFrames::default();
        let hum: Vec<f32> = tone(120.0, 0.3).iter().zip(tone(240.0, 0.2)).map(|(a, b)| a + b).collect();
        let frames = meter.frames(&hum);
        assert_eq!(frames.len(), (8_000 - SoundFrame::LENGTH) / SoundFrame::HOP + 1);
        assert!(frames.iter().all(|frame| frame.voicing > 0.98));
        assert!(frames.iter().all(|frame| (frame.level - 0.255).abs() < 0.02), "{}", frames[3].level);
        // A fixed sequence without any order.
        let mut seed = 1_u32;
        let noise: Vec<f32> = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / (1 << 23) as f32 - 1.0
        })
        .take(8_000)
        .collect();
        assert!(meter.frames(&noise).iter().all(|frame| frame.voicing < 0.45));
        assert!(
            meter.frames(&vec![0.0; 8_000]).iter().all(|frame| frame.voicing == 0.0 && frame.level == 0.0)
        );
        assert!(meter.frames(&noise[..500]).is_empty());
    }

    #[test]
    fn bands_tell_how_high_a_tone_is_whatever_its_loudness() {
        let meter = SpectralFrames::default();
        let loudest = |hz: f32, level: f32| {
            let bands = meter.frames(&tone(hz, level))[9].bands;
            (0..SoundFrame::BANDS).max_by(|a, b| bands[*a].total_cmp(&bands[*b])).unwrap_or_default()
        };
        let places = [150.0, 400.0, 1_000.0, 2_500.0, 6_000.0].map(|hz| loudest(hz, 0.3));
        assert!(places.is_sorted() && places[0] < 3 && places[4] > 20, "{places:?}");
        assert_eq!(loudest(1_000.0, 0.01), places[2]);
        let bands = meter.frames(&tone(1_000.0, 0.3))[9].bands;
        let (low, high) =
            bands.iter().fold((f32::MAX, f32::MIN), |(low, high), band| (low.min(*band), high.max(*band)));
        assert!(high - low <= DEPTH + 1e-4);
    }
}
