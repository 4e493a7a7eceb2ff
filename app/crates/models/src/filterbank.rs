//! Log-mel energies as speaker networks were trained on: Kaldi's filterbank features (`feature-fbank.cc`, `mel-computations.cc`), 100
//! frames a second. Knows samples and frames, nothing of networks. No crate computes them without C++ behind it.

use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{RealFftPlanner, RealToComplex};

use crate::mel::{Band, HOP, N_FFT as LENGTH, SAMPLE_RATE};

/// A frame of 25 ms is filled up to so many samples.
const N_FFT: usize = 512;
/// The bin of half the sampling rate counts for no band.
const N_BINS: usize = N_FFT / 2;
const LOWEST_HZ: f64 = 20.0;
/// How much of the sample before is taken off each.
const PREEMPHASIS: f32 = 0.97;
/// The exponent of Povey's window, a Hann window otherwise.
const POVEY: f64 = 0.85;

/// Turns sound into log-mel energies. Holds the plan of the transform and the filters.
pub struct Filterbank {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    bands: Vec<Band>,
}

impl Filterbank {
    pub fn new(bands: usize) -> Filterbank {
        let hann = |i: usize| 0.5 - 0.5 * (std::f64::consts::TAU * i as f64 / (LENGTH - 1) as f64).cos();
        Filterbank {
            fft: RealFftPlanner::new().plan_fft_forward(N_FFT),
            window: (0..LENGTH).map(|i| hann(i).powf(POVEY) as f32).collect(),
            bands: filters(bands),
        }
    }

    /// The frames that lie whole in `pcm` (mono, 16 kHz), `[frames, bands]`: natural logarithms.
    pub fn compute(&self, pcm: &[f32]) -> Vec<f32> {
        let frames = (pcm.len() + HOP).saturating_sub(LENGTH) / HOP;
        let mut values = Vec::with_capacity(frames * self.bands.len());
        let mut windowed = vec![0.0f32; N_FFT];
        let mut spectrum = vec![Complex32::default(); N_BINS + 1];
        let mut scratch = self.fft.make_scratch_vec();
        let mut power = vec![0.0f32; N_BINS];
        for frame in 0..frames {
            let sound = &pcm[frame * HOP..][..LENGTH];
            let mean = sound.iter().sum::<f32>() / LENGTH as f32;
            let mut before = sound[0] - mean;
            for ((out, sample), weight) in windowed.iter_mut().zip(sound).zip(&self.window) {
                let sample = sample - mean;
                *out = (sample - PREEMPHASIS * before) * weight;
                before = sample;
            }
            windowed[LENGTH..].fill(0.0);
            let transformed = self.fft.process_with_scratch(&mut windowed, &mut spectrum, &mut scratch);
            debug_assert!(transformed.is_ok(), "the three buffers have the plan's lengths");
            power.iter_mut().zip(&spectrum).for_each(|(out, bin)| *out = bin.norm_sqr());
            values.extend(self.bands.iter().map(|band| band.energy(&power).max(f32::EPSILON).ln()));
        }
        values
    }
}

/// Triangles of equal height that overlap by half on the mel scale of O'Shaughnessy.
fn filters(count: usize) -> Vec<Band> {
    let mel = |hz: f64| 1127.0 * (1.0 + hz / 700.0).ln();
    let (lowest, highest) = (mel(LOWEST_HZ), mel(SAMPLE_RATE as f64 / 2.0));
    let step = (highest - lowest) / (count + 1) as f64;
    let triangle = |band: usize| {
        let peak = lowest + (band + 1) as f64 * step;
        let weight = |bin: usize| {
            let at = mel(bin as f64 * SAMPLE_RATE as f64 / N_FFT as f64);
            (1.0 - (at - peak).abs() / step).max(0.0) as f32
        };
        Band::from_weights(N_BINS, weight)
    };
    (0..count).map(triangle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The goldens are kaldi-native-fbank's, without dither.
    #[test]
    fn equals_kaldi() {
        let value = |i: f64| {
            0.4 * (std::f64::consts::TAU * (200.0 + i * 0.05) * i / 16_000.0).sin() + 0.1 * (i * 1.7).sin()
        };
        let pcm: Vec<f32> = (0..8_000).map(|i| value(f64::from(i)) as f32).collect();
        let found = Filterbank::new(80).compute(&pcm);
        assert_eq!(found.len(), 48 * 80);
        let golden = [
            (0, [-5.59884, -7.33056, -9.03478]),
            (10, [-3.05594, -8.62295, -12.38714]),
            (40, [-15.94238, -15.94238, -13.60476]),
            (79, [-15.94238, -15.94238, -15.94238]),
        ];
        for (band, values) in golden {
            for (frame, value) in [0, 20, 47].into_iter().zip(values) {
                let got = found[frame * 80 + band];
                assert!((got - value).abs() < 2e-3, "band {band}, frame {frame}: {got}, expected {value}");
            }
        }
        assert!(Filterbank::new(80).compute(&pcm[..399]).is_empty());
        let silence = Filterbank::new(80).compute(&[0.0; 400]);
        assert!(silence.iter().all(|value| (value - f32::EPSILON.ln()).abs() < 1e-4));
    }
}
