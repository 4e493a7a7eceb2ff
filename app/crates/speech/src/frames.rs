//! What 10 ms of sound are like: how loud, how much like a voice, and its color.

use clip::port::{FrameMeter, SoundFrame};
use models::filterbank::Filterbank;

/// What level and color are taken of, in the middle of a frame.
const MIDDLE: usize = 400;
const MIDDLE_FROM: usize = (SoundFrame::LENGTH - MIDDLE) / 2;
/// How long one vibration of a voice takes, in samples: 70 to 360 Hz.
const SHORTEST: usize = 45;
const LONGEST: usize = 230;
/// No band is further below the loudest, in nepers of energy.
const DEPTH: f32 = 7.0;
/// So quiet that nobody speaks.
const SILENT: f32 = 1e-4;

/// Measures frames by the filterbank of the speaker models and by what repeats itself.
pub struct SpectralFrames(Filterbank);

impl Default for SpectralFrames {
    fn default() -> Self {
        Self(Filterbank::new(SoundFrame::BANDS))
    }
}

impl FrameMeter for SpectralFrames {
    fn frames(&self, samples: &[f32]) -> Vec<SoundFrame> {
        let energies = self.0.compute(samples.get(MIDDLE_FROM..).unwrap_or_default());
        let (energies, _) = energies.as_chunks::<{ SoundFrame::BANDS }>();
        let windows = samples.windows(SoundFrame::LENGTH).step_by(SoundFrame::HOP);
        let measure = |(frame, energies): (&[f32], &[f32; SoundFrame::BANDS])| {
            let middle = &frame[MIDDLE_FROM..][..MIDDLE];
            let level = (middle.iter().map(|x| x * x).sum::<f32>() / MIDDLE as f32).sqrt();
            let loudest = energies.iter().copied().fold(f32::MIN, f32::max);
            let bands = energies.map(|energy| energy.max(loudest - DEPTH));
            SoundFrame { level, voicing: if level > SILENT { voicing(frame) } else { 0.0 }, bands }
        };
        windows.zip(energies).map(measure).collect()
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
    use clip::sound::SPEECH_RATE;
    use std::f32::consts::PI;

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
    #[test]
    fn a_hum_between_syllables_is_a_candidate() {
        // A voice of 110 Hz: its overtones, the loudest of which lies near `formant_hz`.
        let voice = |formant_hz: f32, seconds: f32| -> Vec<f32> {
            let overtone = |i: usize, number: usize| {
                let hz = 110.0 * number as f32;
                let level = 0.02 + 0.2 / (1.0 + ((hz - formant_hz) / 150.0).powi(2));
                level * (2.0 * PI * hz * i as f32 / SPEECH_RATE as f32).sin()
            };
            let count = (seconds * SPEECH_RATE as f32) as usize;
            (0..count).map(|i| (1..30).map(|number| overtone(i, number)).sum()).collect()
        };
        let quiet = vec![0.0; 3_200];
        let syllables =
            |formants: [f32; 5]| formants.iter().flat_map(|hz| voice(*hz, 0.08)).collect::<Vec<f32>>();
        let said = [
            syllables([500.0, 900.0, 2_400.0, 400.0, 1_500.0]),
            syllables([700.0, 2_000.0, 350.0, 1_200.0, 600.0]),
        ];
        let sound = [&said[0][..], &quiet, &voice(600.0, 0.4), &quiet, &said[1]].concat();
        let found = clip::hesitation::held::candidates(&SpectralFrames::default().frames(&sound), &[]);
        assert_eq!(found.len(), 1, "{found:?}");
        let is_near = |found: f64, expected: f64| (found - expected).abs() < 0.02;
        assert!(is_near(found[0].start_s, 0.6) && is_near(found[0].end_s, 1.0), "{found:?}");
    }
}
