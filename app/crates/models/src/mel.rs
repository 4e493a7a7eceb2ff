//! Log-mel spectrogram as Whisper was trained on: 80 slaney bands of 16 kHz sound, 100 frames a second.
//! It knows samples and frames, nothing of windows, models or devices.

use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{RealFftPlanner, RealToComplex};

/// Samples a second of the sound.
pub const SAMPLE_RATE: usize = 16_000;
/// Samples from one frame to the next (10 ms).
pub const HOP: usize = 160;
/// Samples one frame looks at (25 ms).
pub const N_FFT: usize = 400;

/// Full scale is 1; what lies far beyond would overflow.
const LOUDEST: f32 = 1e4;
const N_BINS: usize = N_FFT / 2 + 1;
/// Half a window on either side, so that frame `i` is centered on sample `160 i`.
const EDGE: usize = N_FFT / 2;

/// Log-mel energies, one row for each band.
#[derive(Debug, Clone, PartialEq)]
pub struct LogMel {
    /// `[bands, frames]`, row-major.
    pub values: Vec<f32>,
    /// Mel bands.
    pub bands: usize,
    /// Frames of 10 ms.
    pub frames: usize,
}

impl LogMel {
    /// `count` frames from `first` as `[bands, width]`, zeros behind them (the reference pads features, not sound).
    pub fn window(&self, first: usize, count: usize, width: usize) -> Vec<f32> {
        let mut out = vec![0.0; self.bands * width];
        let first = first.min(self.frames);
        let count = count.min(width).min(self.frames - first);
        for (row, out) in self.values.chunks_exact(self.frames.max(1)).zip(out.chunks_exact_mut(width)) {
            out[..count].copy_from_slice(&row[first..first + count]);
        }
        out
    }
}

/// The filters that touch one band: bins `first..first + weights.len()`.
pub(crate) struct Band {
    first: usize,
    weights: Vec<f32>,
}

impl Band {
    /// Of the first to the last of `bins` bins that counts at all.
    pub(crate) fn from_weights(bins: usize, weight: impl Fn(usize) -> f32) -> Band {
        let first = (0..bins).find(|&bin| weight(bin) > 0.0).unwrap_or(0);
        let last = (0..bins).rfind(|&bin| weight(bin) > 0.0).unwrap_or(0);
        Band { first, weights: (first..=last).map(weight).collect() }
    }

    /// What the band has of a power spectrum.
    pub(crate) fn energy(&self, power: &[f32]) -> f32 {
        let bins = &power[self.first..self.first + self.weights.len()];
        bins.iter().zip(&self.weights).map(|(bin, weight)| bin * weight).sum()
    }
}

/// Turns sound into log-mel energies. Holds the plan of the transform and the filters.
pub struct MelSpectrogram {
    fft: Arc<dyn RealToComplex<f32>>,
    hann: Vec<f32>,
    bands: Vec<Band>,
}

impl MelSpectrogram {
    /// `bands`: 80 for every Whisper up to large-v2.
    pub fn new(bands: usize) -> MelSpectrogram {
        let hann = (0..N_FFT)
            .map(|i| (0.5 - 0.5 * (std::f64::consts::TAU * i as f64 / N_FFT as f64).cos()) as f32)
            .collect();
        MelSpectrogram {
            fft: RealFftPlanner::new().plan_fft_forward(N_FFT),
            hann,
            bands: slaney_filters(bands),
        }
    }

    /// `pcm`: mono at 16 kHz, any length. One frame per 160 samples, rounded as in the reference: sound is prolonged by
    /// one hop of silence, mirrored at both ends, and the last frame dropped. The floor is 8 (80 dB) below the loudest
    /// value of the whole input (`whisper/audio.py`, `log_mel_spectrogram`).
    pub fn compute(&self, pcm: &[f32]) -> LogMel {
        let (mut values, frames) = self.energies(pcm);
        let mut loudest = f32::MIN;
        for value in &mut values {
            *value = value.max(1e-10).log10();
            loudest = loudest.max(*value);
        }
        for value in &mut values {
            *value = (value.max(loudest - 8.0) + 4.0) / 4.0;
        }
        LogMel { values, bands: self.bands.len(), frames }
    }

    /// The energy of each band in each frame, `[bands, frames]`, and the number of frames.
    fn energies(&self, pcm: &[f32]) -> (Vec<f32>, usize) {
        let padded = mirror_padded(pcm);
        let frames = (padded.len() - N_FFT) / HOP;
        let mut values = vec![0.0f32; self.bands.len() * frames];
        let mut windowed = vec![0.0f32; N_FFT];
        let mut spectrum = vec![Complex32::default(); N_BINS];
        let mut scratch = self.fft.make_scratch_vec();
        let mut power = vec![0.0f32; N_BINS];
        for frame in 0..frames {
            let sound = &padded[frame * HOP..frame * HOP + N_FFT];
            for ((out, &sample), &weight) in windowed.iter_mut().zip(sound).zip(&self.hann) {
                *out = sample * weight;
            }
            let transformed = self.fft.process_with_scratch(&mut windowed, &mut spectrum, &mut scratch);
            debug_assert!(transformed.is_ok(), "the three buffers have the plan's lengths");
            for (out, bin) in power.iter_mut().zip(&spectrum) {
                *out = bin.norm_sqr();
            }
            for (index, band) in self.bands.iter().enumerate() {
                values[index * frames + frame] = band.energy(&power);
            }
        }
        (values, frames)
    }
}

/// The sound, one hop of silence after it, and both ends mirrored over half a window.
fn mirror_padded(pcm: &[f32]) -> Vec<f32> {
    let length = pcm.len() + HOP;
    let sample = |index: usize| {
        let value = pcm.get(index).copied().filter(|value| value.is_finite());
        value.map_or(0.0, |value| value.clamp(-LOUDEST, LOUDEST))
    };
    // Reflection without the edge itself; folding again where the sound is shorter than the edge.
    let folded = |offset: isize| {
        let period = 2 * (length as isize - 1);
        let within = offset.rem_euclid(period);
        sample(if within < length as isize { within } else { period - within } as usize)
    };
    let mut padded = Vec::with_capacity(length + 2 * EDGE);
    padded.extend((1..=EDGE as isize).rev().map(|i| folded(-i)));
    padded.extend((0..length).map(sample));
    padded.extend((0..EDGE as isize).map(|i| folded(length as isize + i)));
    padded
}

/// Triangles of equal area on the slaney mel scale (linear to 1 kHz, logarithmic above), as librosa makes them.
fn slaney_filters(count: usize) -> Vec<Band> {
    const HZ_PER_MEL: f64 = 200.0 / 3.0;
    const BREAK_MEL: f64 = 15.0;
    let log_step = 6.4f64.ln() / 27.0;
    let hz = |mel: f64| {
        if mel < BREAK_MEL { mel * HZ_PER_MEL } else { 1000.0 * (log_step * (mel - BREAK_MEL)).exp() }
    };
    let top = BREAK_MEL + (SAMPLE_RATE as f64 / 2.0 / 1000.0).ln() / log_step;
    let edge = |index: usize| hz(top * index as f64 / (count + 1) as f64);
    let bin_hz = |bin: usize| bin as f64 * SAMPLE_RATE as f64 / N_FFT as f64;
    (0..count)
        .map(|index| {
            let (low, peak, high) = (edge(index), edge(index + 1), edge(index + 2));
            let area = 2.0 / (high - low);
            let weight = |bin: usize| {
                let rise = (bin_hz(bin) - low) / (peak - low);
                let fall = (high - bin_hz(bin)) / (high - peak);
                (rise.min(fall).max(0.0) * area) as f32
            };
            Band::from_weights(N_BINS, weight)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tone that rises, over a steady hiss; the same formula made the goldens below with the reference's numpy code.
    fn chirp(samples: usize) -> Vec<f32> {
        let value = |i: f64| {
            0.4 * (std::f64::consts::TAU * (200.0 + i * 0.05) * i / 16_000.0).sin() + 0.1 * (i * 1.7).sin()
        };
        (0..samples).map(|i| value(i as f64) as f32).collect()
    }

    fn check(mel: &LogMel, band: usize, frame: usize, expected: f32) {
        let got = mel.values[band * mel.frames + frame];
        assert!((got - expected).abs() < 1e-4, "band {band}, frame {frame}: {got}, expected {expected}");
    }

    #[test]
    fn equals_the_reference() {
        let mel = MelSpectrogram::new(80).compute(&chirp(8000));
        assert_eq!((mel.bands, mel.frames), (80, 51));
        let golden = [
            (0, [1.12166, 0.54928, -0.59733, 0.08, 0.59056]),
            (1, [1.14533, 0.58681, -0.59733, 0.08004, 0.59132]),
            (10, [0.85092, 0.40177, -0.05433, 0.12396, 0.63192]),
            (40, [-0.11436, -0.58613, -0.59733, -0.02026, 0.49243]),
            (79, [0.15726, -0.3529, -0.59733, -0.59733, -0.31027]),
        ];
        for (band, values) in golden {
            for (frame, value) in [0, 1, 25, 49, 50].into_iter().zip(values) {
                check(&mel, band, frame, value);
            }
        }
    }

    #[test]
    fn a_window_is_padded_with_zeros() {
        let mel = LogMel { values: vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], bands: 2, frames: 3 };
        assert_eq!(mel.window(1, 2, 4), [2.0, 3.0, 0.0, 0.0, 5.0, 6.0, 0.0, 0.0]);
        assert_eq!(mel.window(0, 1, 2), [1.0, 0.0, 4.0, 0.0]);
        assert_eq!(mel.window(9, 9, 1), [0.0, 0.0]);
    }

    #[test]
    fn hostile_sound_gives_numbers() {
        let spectrogram = MelSpectrogram::new(80);
        for pcm in [vec![], vec![f32::NAN; 700], vec![f32::INFINITY], vec![1e30; 500], chirp(1), chirp(100)] {
            let mel = spectrogram.compute(&pcm);
            assert_eq!(mel.frames, pcm.len() / HOP + 1);
            assert!(mel.values.iter().all(|value| value.is_finite()));
        }
    }
}
