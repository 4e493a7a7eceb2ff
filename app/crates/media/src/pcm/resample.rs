//! Any sample rate to any other, streaming: a polyphase windowed-sinc low-pass, aligned and of exact length.
//! One channel at a time; knows nothing of formats.

use crate::error::{Error, Result};

/// Zero crossings of the sinc on either side, at the lower of the two rates.
const HALF_WIDTH: f64 = 40.0;
/// Kaiser window shape for about 90 dB of stop band.
const KAISER_BETA: f64 = 9.0;
/// Cut-off as a share of the lower rate's Nyquist frequency: flat to 0.88 of it, silent from 1.02 of it.
const CUTOFF: f64 = 0.95;
/// More phases than this are interpolated.
const MOST_PHASES: u64 = 1024;

/// Converts one channel of sound from one rate to another as it arrives.
///
/// `n` samples in give `round(n * to / from)` samples out, the first of them at the time of the first sample in.
#[derive(Debug, Clone)]
pub struct Resampler {
    from: u64,
    to: u64,
    kernel: Option<Kernel>,
    /// Input from `start` on, with silence in front of the first sample.
    window: Vec<f32>,
    /// Number of the window's first sample; negative in the silence before the sound.
    start: i64,
    received: u64,
    produced: u64,
}

#[derive(Debug, Clone)]
struct Kernel {
    taps: usize,
    /// `phases + 1` rows of `taps` coefficients.
    rows: Vec<f32>,
    phases: u64,
    /// Whether positions fall exactly on phases.
    is_exact: bool,
}

impl Resampler {
    /// Between 1 Hz and 3 MHz, and at most 400 times apart.
    ///
    /// # Errors
    /// If a rate is outside of that.
    pub fn new(from_hz: u32, to_hz: u32) -> Result<Self> {
        let range = 1..=3_000_000;
        let (slow, fast) = (from_hz.min(to_hz), from_hz.max(to_hz));
        if !range.contains(&slow) || !range.contains(&fast) || fast / slow > 400 {
            return Err(Error::SampleRates { from_hz, to_hz });
        }
        let shared = gcd(from_hz.into(), to_hz.into());
        let (from, to) = (u64::from(from_hz) / shared, u64::from(to_hz) / shared);
        let kernel = (from != to).then(|| Kernel::new(from, to));
        let lead = kernel.as_ref().map_or(0, |kernel| kernel.taps / 2);
        Ok(Self {
            from,
            to,
            kernel,
            window: vec![0.0; lead],
            start: -(lead as i64),
            received: 0,
            produced: 0,
        })
    }

    /// Takes samples and appends what can be computed to `out`.
    pub fn push(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        self.received += samples.len() as u64;
        if self.kernel.is_none() {
            self.produced += samples.len() as u64;
            out.extend_from_slice(samples);
            return;
        }
        self.window.extend_from_slice(samples);
        self.produce(u64::MAX, out);
    }

    /// Appends the rest: what depends on the silence behind the last sample.
    pub fn finish(mut self, out: &mut Vec<f32>) {
        let Some(kernel) = &self.kernel else { return };
        let tail = kernel.taps + 1;
        self.window.extend(std::iter::repeat_n(0.0, tail));
        let total = (u128::from(self.received) * u128::from(self.to) + u128::from(self.from / 2))
            / u128::from(self.from);
        self.produce(total as u64, out);
    }

    fn produce(&mut self, most: u64, out: &mut Vec<f32>) {
        let Some(kernel) = &self.kernel else { return };
        let half = (kernel.taps / 2) as i64;
        while self.produced < most {
            // Output sample k lies at k * from / to on the input's timeline.
            let position = u128::from(self.produced) * u128::from(self.from);
            let whole = (position / u128::from(self.to)) as i64;
            let rest = (position % u128::from(self.to)) as u64;
            let first = whole - half + 1 - self.start;
            let Ok(first) = usize::try_from(first) else { break };
            let Some(input) = self.window.get(first..first + kernel.taps) else { break };
            out.push(kernel.apply(input, rest, self.to));
            self.produced += 1;
        }
        let next = (u128::from(self.produced) * u128::from(self.from) / u128::from(self.to)) as i64;
        let done = usize::try_from(next - half + 1 - self.start).unwrap_or(0).min(self.window.len());
        // Moving memory once every few thousand samples is cheap.
        if done > 8192 || done == self.window.len() {
            self.window.drain(..done);
            self.start += done as i64;
        }
    }
}

impl Kernel {
    fn new(from: u64, to: u64) -> Self {
        let ratio = (to as f64 / from as f64).min(1.0);
        let reach = HALF_WIDTH / ratio;
        // Rows are a multiple of eight long, for the vector unit.
        let taps = ((2.0 * reach).ceil() as usize + 2).next_multiple_of(8);
        let phases = to.min(MOST_PHASES);
        let scale = CUTOFF * ratio;
        let mut rows = Vec::with_capacity((phases as usize + 1) * taps);
        for phase in 0..=phases {
            let fraction = phase as f64 / phases as f64;
            let row = rows.len();
            for tap in 0..taps {
                let distance = tap as f64 - (taps / 2 - 1) as f64 - fraction;
                rows.push((scale * sinc(distance * scale) * kaiser(distance / (reach + 1.0))) as f32);
            }
            // Every phase passes a constant unchanged.
            let sum: f32 = rows[row..].iter().sum();
            rows[row..].iter_mut().for_each(|coefficient| *coefficient /= sum);
        }
        Self { taps, rows, phases, is_exact: to <= MOST_PHASES }
    }

    fn row(&self, phase: u64) -> &[f32] {
        let from = phase as usize * self.taps;
        &self.rows[from..from + self.taps]
    }

    fn apply(&self, input: &[f32], rest: u64, to: u64) -> f32 {
        if self.is_exact {
            return dot(input, self.row(rest));
        }
        let position = rest as f64 / to as f64 * self.phases as f64;
        let phase = (position as u64).min(self.phases - 1);
        let share = (position - phase as f64) as f32;
        dot(input, self.row(phase)) * (1.0 - share) + dot(input, self.row(phase + 1)) * share
    }
}

/// Eight sums side by side, which the compiler turns into vector instructions.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    for (a, b) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

fn sinc(x: f64) -> f64 {
    let angle = std::f64::consts::PI * x;
    if angle.abs() < 1e-9 { 1.0 } else { angle.sin() / angle }
}

/// The Kaiser window on -1…1.
fn kaiser(x: f64) -> f64 {
    if x.abs() >= 1.0 { 0.0 } else { bessel_i0(KAISER_BETA * (1.0 - x * x).sqrt()) / bessel_i0(KAISER_BETA) }
}

/// Modified Bessel function of the first kind, order zero, by its series.
fn bessel_i0(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..64 {
        term *= (x / 2.0 / f64::from(n)).powi(2);
        sum += term;
    }
    sum
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f64, rate: u32, samples: usize) -> Vec<f32> {
        (0..samples)
            .map(|at| (std::f64::consts::TAU * hz * at as f64 / f64::from(rate)).sin() as f32)
            .collect()
    }

    /// Resamples in uneven pieces.
    fn resample(input: &[f32], from: u32, to: u32) -> Vec<f32> {
        let mut resampler = Resampler::new(from, to).expect("rates");
        let mut out = Vec::new();
        let mut rest = input;
        for size in [1usize, 7, 1000, 33].into_iter().cycle() {
            let (piece, next) = rest.split_at(size.min(rest.len()));
            resampler.push(piece, &mut out);
            rest = next;
            if rest.is_empty() {
                break;
            }
        }
        resampler.finish(&mut out);
        out
    }

    fn level_db(samples: &[f32]) -> f64 {
        let power: f64 = samples.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>() / samples.len() as f64;
        10.0 * (power * 2.0 + 1e-30).log10()
    }

    #[test]
    fn tones_below_the_cutoff_stay_what_and_where_they_are() {
        for (from, to) in [
            (48_000, 16_000),
            (44_100, 16_000),
            (35_467, 16_000),
            (8_000, 16_000),
            (44_100, 48_000),
            (96_000, 48_000),
        ] {
            let hz = f64::from(from.min(to)) * 0.5 * 0.8;
            let input = tone(hz, from, from as usize);
            let out = resample(&input, from, to);
            assert_eq!(out.len(), to as usize, "{from} to {to}");
            let want = tone(hz, to, to as usize);
            let middle = 2000..to as usize - 2000;
            let error: Vec<f32> = out[middle.clone()].iter().zip(&want[middle]).map(|(a, b)| a - b).collect();
            assert!(level_db(&error) < -60.0, "{from} to {to}: {} dB", level_db(&error));
        }
    }

    #[test]
    fn tones_above_the_cutoff_vanish() {
        for (from, to) in [(48_000, 16_000), (44_100, 16_000), (35_467, 16_000)] {
            for hz in [8_400.0, 10_000.0, 15_000.0] {
                let out = resample(&tone(hz, from, from as usize), from, to);
                let level = level_db(&out[2000..14_000]);
                assert!(level < -80.0, "{hz} Hz at {from}: {level} dB");
            }
        }
    }

    #[test]
    fn lengths_are_exact_and_a_constant_stays() {
        for (from, to, samples) in
            [(48_000, 16_000, 1), (48_000, 16_000, 100), (44_100, 16_000, 44_099), (16_000, 16_000, 77)]
        {
            let out = resample(&vec![0.5; samples], from, to);
            assert_eq!(out.len() as u64, (samples as u64 * to as u64 + from as u64 / 2) / from as u64);
        }
        let out = resample(&vec![0.5; 48_000], 48_000, 16_000);
        assert!(out[1000..15_000].iter().all(|sample| (sample - 0.5).abs() < 1e-5));
        assert!(Resampler::new(0, 16_000).is_err());
        assert!(Resampler::new(16_000, u32::MAX).is_err());
    }
}
