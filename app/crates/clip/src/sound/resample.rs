//! Band-limited change of the sample rate: a Kaiser-windowed sinc, evaluated at rational positions (J. O. Smith, Digital
//! Audio Resampling, 2002). Adds no delay and gives the same samples however its input is cut.

use std::f64::consts::PI;

/// Zero crossings of the sinc on each side; more makes the transition band narrower.
const CROSSINGS: f64 = 16.0;
/// Kaiser's β: about 80 dB in the stop band.
const BETA: f64 = 8.0;
/// The pass band's share of what both rates can hold.
const PASS: f64 = 0.94;
/// Rates without a common divisor are evaluated at the nearest of so many positions between two samples.
const MOST_PHASES: u64 = 1024;

/// One channel from one rate to another.
#[derive(Debug)]
pub struct Resampler {
    /// The rates without their common divisor.
    from: u64,
    to: u64,
    /// A filter for each phase, `taps` long.
    filters: Vec<f32>,
    taps: usize,
    phases: u64,
    /// The end of the input so far; `held[0]` is input sample number `first`, which is negative in the zeros before it.
    held: Vec<f32>,
    first: i64,
    taken: u64,
    given: u64,
}

impl Resampler {
    /// Rates in Hz; both must be above zero.
    pub fn new(from_hz: u32, to_hz: u32) -> Self {
        let divisor = gcd(u64::from(from_hz.max(1)), u64::from(to_hz.max(1)));
        let (from, to) = (u64::from(from_hz.max(1)) / divisor, u64::from(to_hz.max(1)) / divisor);
        let cutoff = PASS * (to as f64 / from as f64).min(1.0);
        let half = (CROSSINGS / cutoff).ceil() as usize;
        let taps = (2 * half).next_multiple_of(LANES);
        let phases = to.min(MOST_PHASES);
        let filters = (0..phases).flat_map(|phase| filter(phase as f64 / phases as f64, half, taps, cutoff));
        Self {
            from,
            to,
            filters: filters.collect(),
            taps,
            phases,
            held: vec![0.0; half - 1],
            first: 1 - half as i64,
            taken: 0,
            given: 0,
        }
    }

    /// Takes input and appends all output that it suffices for.
    pub fn push(&mut self, input: &[f32], output: &mut Vec<f32>) {
        if self.from == self.to {
            output.extend_from_slice(input);
            return;
        }
        self.held.extend_from_slice(input);
        self.taken += input.len() as u64;
        self.give(u64::MAX, output);
    }

    /// Appends what the end of the input still holds: together as many samples as last as long as the input did.
    pub fn finish(&mut self, output: &mut Vec<f32>) {
        if self.from == self.to {
            return;
        }
        let total = (u128::from(self.taken) * u128::from(self.to)).div_ceil(u128::from(self.from)) as u64;
        self.held.resize(self.held.len() + self.taps, 0.0);
        self.give(total, output);
    }

    fn give(&mut self, total: u64, output: &mut Vec<f32>) {
        let half = (self.held_before() + 1) as i64;
        let mut begin = 0;
        while self.given < total {
            let position = u128::from(self.given) * u128::from(self.from);
            let (whole, rest) =
                ((position / u128::from(self.to)) as i64, (position % u128::from(self.to)) as u64);
            // The filter reaches from `half - 1` samples before the position to `taps - half` behind it.
            begin = (whole + 1 - half - self.first) as usize;
            let Some(input) = self.held.get(begin..begin + self.taps) else { break };
            let phase = (rest * self.phases / self.to) as usize;
            output.push(dot(input, &self.filters[phase * self.taps..(phase + 1) * self.taps]));
            self.given += 1;
        }
        // What no later output needs is let go.
        let done = begin.min(self.held.len());
        self.held.drain(..done);
        self.first += done as i64;
    }

    fn held_before(&self) -> usize {
        let cutoff = PASS * (self.to as f64 / self.from as f64).min(1.0);
        (CROSSINGS / cutoff).ceil() as usize - 1
    }
}

const LANES: usize = 8;

/// In eight sums, which vectorise; one would have to be added in order.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

/// Tap `k` weighs the sample at `k + 1 - half` from the position, which lies `phase` behind a sample. Scaled so that a
/// constant stays what it is.
fn filter(phase: f64, half: usize, taps: usize, cutoff: f64) -> Vec<f32> {
    let tap = |k: usize| {
        let x = k as f64 + 1.0 - half as f64 - phase;
        let edge = x / half as f64;
        if edge.abs() >= 1.0 {
            return 0.0;
        }
        let window = bessel(BETA * (1.0 - edge * edge).sqrt()) / bessel(BETA);
        let sinc = if x == 0.0 { 1.0 } else { (PI * x * cutoff).sin() / (PI * x * cutoff) };
        sinc * window
    };
    let values: Vec<f64> = (0..taps).map(tap).collect();
    let sum: f64 = values.iter().sum();
    values.iter().map(|value| (value / sum) as f32).collect()
}

/// The modified Bessel function of order zero.
fn bessel(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..60 {
        term *= (x / 2.0 / f64::from(k)).powi(2);
        sum += term;
        if term < 1e-12 * sum {
            break;
        }
    }
    sum
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(from: u32, to: u32, input: &[f32], piece: usize) -> Vec<f32> {
        let mut resampler = Resampler::new(from, to);
        let mut output = Vec::new();
        for piece in input.chunks(piece) {
            resampler.push(piece, &mut output);
        }
        resampler.finish(&mut output);
        output
    }

    fn tone(hz: f64, rate: u32, seconds: f64) -> Vec<f32> {
        let sample = |i: usize| (2.0 * PI * hz * i as f64 / f64::from(rate)).sin() as f32;
        (0..(f64::from(rate) * seconds) as usize).map(sample).collect()
    }

    #[test]
    fn a_tone_keeps_its_shape_and_place() {
        for (from, to) in
            [(48_000, 16_000), (44_100, 16_000), (44_100, 48_000), (8_000, 16_000), (47_999, 48_000)]
        {
            let got = run(from, to, &tone(1000.0, from, 0.5), 1000);
            let want = tone(1000.0, to, 0.5);
            assert!(got.len().abs_diff(want.len()) <= 1, "{from} to {to}: {} {}", got.len(), want.len());
            let inner = want.len() / 10..want.len() * 9 / 10;
            let worst = inner.map(|i| (got[i] - want[i]).abs()).fold(0.0, f32::max);
            assert!(worst < 3e-3, "{from} to {to}: {worst}");
        }
    }

    #[test]
    fn what_the_lower_rate_cannot_hold_is_gone() {
        let got = run(48_000, 16_000, &tone(10_000.0, 48_000, 0.5), 480);
        let loudest = got[800..7200].iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
        assert!(loudest < 1e-3, "{loudest}");
    }

    #[test]
    fn the_cut_of_the_input_does_not_matter() {
        let input = tone(700.0, 44_100, 0.2);
        let whole = run(44_100, 16_000, &input, input.len());
        for piece in [1, 7, 100, 4096] {
            assert_eq!(run(44_100, 16_000, &input, piece), whole);
        }
        assert_eq!(run(16_000, 16_000, &input, 99), input);
        assert_eq!(run(44_100, 16_000, &[], 1), Vec::<f32>::new());
    }

    #[test]
    fn strange_rates_do_no_harm() {
        for (from, to) in [(1, 48_000), (768_000, 16_000), (0, 0), (48_000, 1)] {
            let got = run(from, to, &[1.0; 50], 10);
            assert!(got.iter().all(|sample| sample.is_finite()), "{from} to {to}");
        }
    }
}
