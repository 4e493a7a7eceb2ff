//! Many channels to the one that is listened to, as they come. Channels in antiphase would cancel each other out in a mix: where
//! they do, the loudest one is taken instead. One rule for page and native tools.

/// Part of a second after which levels are looked at again.
const LOOKS_A_SECOND: usize = 50;
/// What is left of the levels with each look: they are those of the last tenth of a second or so.
const FADE: f64 = 0.8;
/// With two channels, the mix's power against that of the louder channel: 1 where they are the same, 0.25 where one is silent.
/// Below the first number they cancel out, above the second they do so no more; more channels make a mix weaker.
const CANCELS: f64 = 0.12;
const ADDS_UP: f64 = 0.2;
/// Power of a sample below which nothing is heard: -70 dB.
const SILENCE: f64 = 1e-7;

/// Which channel is listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Listened {
    /// All of them together.
    #[default]
    Mix,
    Channel(u32),
}

/// Interleaved frames in, mono out; remembers levels between calls.
#[derive(Debug, Clone, Default)]
pub struct MonoMixer {
    listened: Listened,
    /// Power of each channel and of the mix, fading.
    levels: Vec<f64>,
    mixed: f64,
    /// The channel that is heard instead of the mix.
    alone: Option<usize>,
    /// Looks at sound that was loud enough, and those at which the channels cancelled out.
    looks: u64,
    cancelled: u64,
}

impl MonoMixer {
    pub fn of(listened: Listened) -> Self {
        Self { listened, ..Self::default() }
    }

    /// Appends a sample for each frame.
    pub fn push(&mut self, samples: &[f32], channels: usize, sample_rate: u32, out: &mut Vec<f32>) {
        match (channels, self.listened) {
            (0, _) => {}
            (1, _) => out.extend(samples.iter().map(|&sample| clean(sample))),
            (_, Listened::Channel(channel)) => {
                let channel = (channel as usize).min(channels - 1);
                out.extend(samples.chunks_exact(channels).map(|frame| clean(frame[channel])));
            }
            (_, Listened::Mix) => {
                let look = (sample_rate as usize / LOOKS_A_SECOND).max(1) * channels;
                samples.chunks(look).for_each(|part| self.mix(part, channels, out));
            }
        }
    }

    /// Whether the channels cancelled each other out in a good part of what was heard.
    pub const fn has_cancelled(&self) -> bool {
        self.cancelled * 5 > self.looks
    }

    fn mix(&mut self, samples: &[f32], channels: usize, out: &mut Vec<f32>) {
        let from = out.len();
        out.extend(samples.chunks_exact(channels).map(mix_frame));
        if channels != self.levels.len() {
            (self.levels, self.mixed, self.alone) = (vec![0.0; channels], 0.0, None);
        }
        let frames = samples.len() / channels;
        if frames == 0 {
            return;
        }
        let power = |sum: f64| sum / frames as f64;
        for (channel, level) in self.levels.iter_mut().enumerate() {
            let squares = samples.iter().skip(channel).step_by(channels).map(|&sample| square(sample));
            *level = *level * FADE + power(squares.sum()) * (1.0 - FADE);
        }
        let mixed = power(out[from..].iter().map(|&sample| square(sample)).sum());
        self.mixed = self.mixed * FADE + mixed * (1.0 - FADE);
        let before = self.alone;
        self.look(channels);
        if before.is_none() && self.alone.is_none() {
            return;
        }
        // From one to the other within the part, so that nothing clicks.
        for (at, (sample, frame)) in out[from..].iter_mut().zip(samples.chunks_exact(channels)).enumerate() {
            let mixed = *sample;
            let heard = |alone: Option<usize>| alone.map_or(mixed, |channel| clean(frame[channel]));
            let share = if before == self.alone { 1.0 } else { (at + 1) as f32 / frames as f32 };
            *sample = heard(before) * (1.0 - share) + heard(self.alone) * share;
        }
    }

    fn look(&mut self, channels: usize) {
        let loudest = self.levels.iter().copied().enumerate().rev().max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((channel, level)) = loudest.filter(|(_, level)| *level > SILENCE) else { return };
        let weaker = 4.0 / (channels * channels) as f64;
        let limit = weaker * if self.alone.is_some() { ADDS_UP } else { CANCELS };
        let cancels = self.mixed < limit * level;
        self.looks += 1;
        self.cancelled += u64::from(cancels);
        self.alone = match self.alone {
            // It changes over only to one that is clearly louder.
            Some(now) if cancels && self.levels[now] * 2.0 > level => Some(now),
            _ => cancels.then_some(channel),
        };
    }
}

/// One frame to one sample: the mean; surround as ITU-R BS.775 has it, without the bass channel.
fn mix_frame(frame: &[f32]) -> f32 {
    const DOWN: f32 = std::f32::consts::FRAC_1_SQRT_2;
    match *frame {
        [left, right] => 0.5 * (clean(left) + clean(right)),
        // Left, right, center, bass, left and right surround.
        [l, r, c, _, ls, rs] => {
            let sides = clean(l) + clean(r) + DOWN * (clean(ls) + clean(rs));
            0.5 * (sides + 2.0 * DOWN * clean(c)) / (1.0 + 2.0 * DOWN)
        }
        _ => frame.iter().copied().map(clean).sum::<f32>() / frame.len().max(1) as f32,
    }
}

fn clean(sample: f32) -> f32 {
    if sample.is_finite() { sample } else { 0.0 }
}

fn square(sample: f32) -> f64 {
    let sample = f64::from(clean(sample));
    sample * sample
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 48_000;

    fn tone(at: usize) -> f32 {
        (at as f32 * 0.05).sin() * 0.5
    }

    /// Something that is like nothing else.
    fn noise(at: usize, seed: u32) -> f32 {
        let mixed = (at as u32).wrapping_mul(2_654_435_761).wrapping_add(seed.wrapping_mul(40_503));
        let mixed = (mixed ^ mixed >> 15).wrapping_mul(2_246_822_519);
        (mixed >> 8) as f32 / 16_777_216.0 - 0.5
    }

    fn mixed(seconds: usize, frame: impl Fn(usize) -> Vec<f32>) -> (Vec<f32>, bool) {
        let (mut mixer, mut out) = (MonoMixer::default(), Vec::new());
        let channels = frame(0).len();
        let samples: Vec<f32> = (0..seconds * RATE as usize).flat_map(&frame).collect();
        samples.chunks(1024 * channels).for_each(|part| mixer.push(part, channels, RATE, &mut out));
        (out, mixer.has_cancelled())
    }

    fn level(samples: &[f32]) -> f64 {
        (samples.iter().map(|&sample| square(sample)).sum::<f64>() / samples.len() as f64).sqrt()
    }

    #[test]
    fn antiphase_is_heard_like_either_channel() {
        for other in [-1.0, -0.8, -0.5] {
            let (out, has_cancelled) = mixed(2, |at| vec![tone(at), other * tone(at)]);
            assert!(has_cancelled);
            let same = out.iter().enumerate().skip(2000).all(|(at, sample)| (sample - tone(at)).abs() < 1e-6);
            assert!(same, "{other}");
        }
        // The louder one on the other side.
        let (out, _) = mixed(2, |at| vec![-0.6 * tone(at), tone(at)]);
        assert!((out[50_000] - tone(50_000)).abs() < 1e-6);
    }

    #[test]
    fn ordinary_sound_is_mixed() {
        let check = |frame: &dyn Fn(usize) -> Vec<f32>, want: &dyn Fn(usize) -> f32| {
            let (out, has_cancelled) = mixed(2, frame);
            assert!(!has_cancelled);
            assert!(out.iter().enumerate().all(|(at, sample)| (sample - want(at)).abs() < 1e-6));
        };
        check(&|at| vec![tone(at), tone(at)], &tone);
        check(&|at| vec![tone(at), 0.0], &|at| 0.5 * tone(at));
        check(&|at| vec![0.0, 0.0, tone(at), 0.0], &|at| 0.25 * tone(at));
        check(&|at| vec![noise(at, 1), noise(at, 2)], &|at| 0.5 * (noise(at, 1) + noise(at, 2)));
        check(&|at| vec![tone(at), -0.3 * tone(at)], &|at| 0.35 * tone(at));
        check(&|_| vec![0.0, 0.0], &|_| 0.0);
    }

    #[test]
    fn it_goes_over_and_back_without_a_click() {
        let second = RATE as usize;
        let sign = |at: usize| if (second..2 * second).contains(&at) { -1.0 } else { 1.0 };
        let (out, has_cancelled) = mixed(3, |at| vec![tone(at), sign(at) * tone(at)]);
        assert!(has_cancelled);
        for part in [0..second, second + 12_000..2 * second, 2 * second + 12_000..3 * second] {
            assert!((level(&out[part]) - 0.3536).abs() < 0.01);
        }
        // Twice what the tone itself changes from one sample to the next; where the input jumps, so may the mix.
        let smooth = |part: &[f32]| part.windows(2).all(|pair| (pair[1] - pair[0]).abs() < 0.05);
        assert!(smooth(&out[..second]) && smooth(&out[second..]));
    }

    #[test]
    fn one_channel_alone_and_what_is_no_number() {
        let mut out = Vec::new();
        MonoMixer::of(Listened::Channel(1)).push(&[0.1, 0.2, 0.3, f32::NAN], 2, RATE, &mut out);
        MonoMixer::of(Listened::Channel(9)).push(&[0.5, 0.6], 2, RATE, &mut out);
        MonoMixer::default().push(&[f32::INFINITY, 1.0], 2, RATE, &mut out);
        assert_eq!(out, [0.2, 0.0, 0.6, 0.5]);
    }
}
