//! Whether anybody speaks, and whether two do at once: pyannote's PyanNet (Bredin and Laurent, <https://arxiv.org/abs/2104.04045>, trained
//! for sets of speakers, <https://arxiv.org/abs/2310.13025>). It hears ten seconds at a time: a bank of learned band-pass filters, two
//! convolutions, four layers of memory in both directions. Which voice of one part is which of the next is not asked here.

use serde::Deserialize;

use super::Affine;
use crate::Error;
use crate::kernel::{Q8Matrix, lstm_cell};
use crate::mel::SAMPLE_RATE;
use crate::q8_loader::Q8Loader;
use crate::weights::BLOCK_LEN;

/// Samples that are heard at once, and from one such part to the next.
const PART: usize = 10 * SAMPLE_RATE;
const NEXT_PART: usize = PART / 2;
/// Samples from one position of a filter to the next.
const STRIDE: usize = 10;
/// Of how many neighbors the largest is taken, after each of three convolutions.
const POOLED: usize = 3;
/// Samples from one frame to the next (16.9 ms), and from the part's begin to the middle of the first.
pub(super) const STEP: usize = STRIDE * POOLED * POOLED * POOLED;
const FIRST: usize = 495;
/// Positions of the filters that are computed at once; divides by [`POOLED`].
const AT_ONCE: usize = 960;
/// What a normalization adds to a variance, and what is left of what lies below zero, as in training.
const EPSILON: f32 = 1e-5;
const LEAK: f32 = 0.01;
const MOST: usize = 4096;

#[derive(Deserialize)]
pub struct Config {
    filters: usize,
    filter_length: usize,
    channels: usize,
    taps: usize,
    hidden_size: usize,
    layers: usize,
    linear_size: usize,
    /// Voices that are told apart, of which two at most speak at once.
    voices: usize,
}

impl Config {
    fn is_sane(&self) -> bool {
        let sizes = [self.filters, self.filter_length, self.channels, self.taps, self.linear_size];
        sizes.iter().all(|size| (1..=MOST).contains(size))
            && self.filter_length < PART
            && (1..=MOST).contains(&self.hidden_size)
            && (2 * self.hidden_size).is_multiple_of(BLOCK_LEN)
            && self.hidden_size.is_multiple_of(BLOCK_LEN)
            && self.linear_size.is_multiple_of(BLOCK_LEN)
            && (1..=16).contains(&self.layers)
            && (2..=8).contains(&self.voices)
    }

    /// Nobody, each voice, each two.
    fn classes(&self) -> usize {
        1 + self.voices + self.voices * (self.voices - 1) / 2
    }
}

/// The network's weights.
pub struct Activity {
    sound: Affine,
    filters: Q8Matrix,
    filter_length: usize,
    after_filters: Affine,
    convolutions: [(Q8Matrix, Affine); 2],
    taps: usize,
    layers: Vec<[Direction; 2]>,
    linear: [Q8Matrix; 2],
    classes: Q8Matrix,
    voices: usize,
}

/// One direction of a layer of memory.
struct Direction {
    /// `[4 × hidden, inputs]`, with both biases.
    from_input: Q8Matrix,
    from_hidden: Q8Matrix,
    hidden_size: usize,
}

/// One of the ten seconds that are heard at once.
pub(super) struct Part {
    /// Number of its first frame, counted from the sound's begin.
    pub first: usize,
    /// For each frame who speaks, a bit for each voice. Which voice has which bit is each part's own business.
    pub voices: Vec<u8>,
}

/// How likely it is at a time, from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Likely {
    /// That anybody speaks.
    pub speech: f32,
    /// That two speak at once.
    pub overlap: f32,
}

impl Activity {
    /// # Errors
    /// `Malformed` or `Weights` where the weights are not those of `config`.
    pub fn load(config: &Config, weights: &mut Q8Loader) -> Result<Activity, Error> {
        if !config.is_sane() {
            return Err(Error::malformed("config.json: these are no sizes of a network of voice activity"));
        }
        let Config { filters, filter_length, channels, taps, hidden_size, linear_size, .. } = *config;
        let mut convolution = |index: usize, inputs: usize| {
            let name = format!("activity.convolution.{index}");
            Ok::<_, Error>((
                weights.biased(&name, [channels, taps * inputs])?,
                Affine::load(weights, &format!("{name}.norm"), channels)?,
            ))
        };
        let convolutions = [convolution(0, filters)?, convolution(1, channels)?];
        let layer = |layer: usize| {
            let inputs = if layer == 0 { channels } else { 2 * hidden_size };
            let direction = |weights: &mut Q8Loader, way: &str| {
                let name = |part: &str| format!("activity.lstm.{layer}.{way}.{part}");
                Ok::<_, Error>(Direction {
                    from_input: weights.biased(&name("from_input"), [4 * hidden_size, inputs])?,
                    from_hidden: weights.matrix(
                        &name("from_hidden.weight"),
                        [4 * hidden_size, hidden_size],
                        None,
                    )?,
                    hidden_size,
                })
            };
            Ok::<_, Error>([direction(weights, "forward")?, direction(weights, "backward")?])
        };
        let layers = (0..config.layers).map(layer).collect::<Result<_, _>>()?;
        Ok(Activity {
            sound: Affine::load(weights, "activity.sound", 1)?,
            filters: weights.matrix("activity.filters.weight", [filters, filter_length], None)?,
            filter_length,
            after_filters: Affine::load(weights, "activity.filters.norm", filters)?,
            convolutions,
            taps,
            layers,
            linear: [
                weights.biased("activity.linear.0", [linear_size, 2 * hidden_size])?,
                weights.biased("activity.linear.1", [linear_size, linear_size])?,
            ],
            classes: weights.biased("activity.classes", [config.classes(), linear_size])?,
            voices: config.voices,
        })
    }

    /// What is likely in `pcm` (mono, 16 kHz) at every [`STEP`]th sample.
    pub fn likely(&self, pcm: &[f32]) -> Vec<Likely> {
        self.hear(pcm).0
    }

    /// The same, and who speaks when within each part.
    pub fn hear(&self, pcm: &[f32]) -> (Vec<Likely>, Vec<Part>) {
        let rest = pcm.len().saturating_sub(PART).div_ceil(NEXT_PART);
        let starts: Vec<usize> = (0..=rest).map(|part| part * NEXT_PART).collect();
        let mut sums = vec![(Likely::default(), 0.0f32); pcm.len().div_ceil(STEP)];
        let mut parts = Vec::with_capacity(starts.len());
        for (start, frames) in starts.iter().zip(self.parts(pcm, &starts)) {
            let first = (start + FIRST) / STEP;
            let voices = frames.iter().take(sums.len().saturating_sub(first)).map(|(_, voices)| *voices);
            parts.push(Part { first, voices: voices.collect() });
            for ((sum, count), (likely, _)) in sums.iter_mut().skip(first).zip(frames) {
                sum.speech += likely.speech;
                sum.overlap += likely.overlap;
                *count += 1.0;
            }
        }
        let mean = |(sum, count): (Likely, f32)| {
            let count = count.max(1.0);
            Likely { speech: sum.speech / count, overlap: sum.overlap / count }
        };
        (sums.into_iter().map(mean).collect(), parts)
    }

    /// The frames of the parts that begin at `starts`; silence follows the sound.
    fn parts(&self, pcm: &[f32], starts: &[usize]) -> Vec<Vec<(Likely, u8)>> {
        let heard: Vec<Vec<f32>> = starts
            .iter()
            .map(|start| {
                let mut sound: Vec<f32> = pcm[(*start).min(pcm.len())..].iter().take(PART).copied().collect();
                sound.resize(PART, 0.0);
                self.heard(&mut sound)
            })
            .collect();
        let rows = starts.len();
        let width = self.convolutions[1].0.outputs();
        let frames = heard.first().map_or(0, |part| part.len() / width);
        // [frames, rows, width], so that one product serves all parts.
        let mut x = Vec::with_capacity(frames * rows * width);
        for frame in 0..frames {
            heard.iter().for_each(|part| x.extend_from_slice(&part[frame * width..][..width]));
        }
        for [forward, backward] in &self.layers {
            let (ahead, back) = (forward.apply(&x, rows, false), backward.apply(&x, rows, true));
            let hidden = forward.hidden_size;
            let both = ahead.chunks_exact(hidden).zip(back.chunks_exact(hidden));
            x = both.flat_map(|(ahead, back)| ahead.iter().chain(back)).copied().collect();
        }
        for linear in &self.linear {
            x = linear.multiply(&x);
            leaky(&mut x);
        }
        let classes = self.classes.multiply(&x);
        let frame = |row: &[f32]| (self.likely_of(row), self.voices_of(row));
        let frames: Vec<(Likely, u8)> = classes.chunks_exact(self.classes.outputs()).map(frame).collect();
        (0..rows).map(|row| frames.iter().skip(row).step_by(rows).copied().collect()).collect()
    }

    /// From the logits of nobody, of each voice, and of each two.
    fn likely_of(&self, logits: &[f32]) -> Likely {
        let largest = logits.iter().copied().fold(f32::MIN, f32::max);
        let weights: Vec<f32> = logits.iter().map(|logit| (logit - largest).exp()).collect();
        let sum: f32 = weights.iter().sum();
        let overlap: f32 = weights[1 + self.voices..].iter().sum();
        Likely { speech: 1.0 - weights[0] / sum, overlap: overlap / sum }
    }

    /// The voices of the likeliest class, a bit for each.
    fn voices_of(&self, logits: &[f32]) -> u8 {
        let one = (0..self.voices).map(|voice| 1 << voice);
        let two = (0..self.voices).flat_map(|a| (a + 1..self.voices).map(move |b| 1 << a | 1 << b));
        let classes = std::iter::once(0u8).chain(one).chain(two);
        let likeliest = classes.zip(logits).max_by(|(_, a), (_, b)| a.total_cmp(b));
        likeliest.map_or(0, |(voices, _)| voices)
    }

    /// What the layers of memory are told of a part, `[frames, channels]`.
    fn heard(&self, sound: &mut [f32]) -> Vec<f32> {
        normalize(sound, &self.sound);
        let positions = (sound.len() - self.filter_length) / STRIDE + 1;
        let width = self.filter_length.next_multiple_of(BLOCK_LEN);
        let channels = self.filters.outputs();
        let mut x = Vec::with_capacity(positions / POOLED * channels);
        for first in (0..positions).step_by(AT_ONCE) {
            let count = AT_ONCE.min(positions - first);
            let mut rows = vec![0.0; count * width];
            for (row, position) in rows.chunks_exact_mut(width).zip(first..) {
                row[..self.filter_length].copy_from_slice(&sound[position * STRIDE..][..self.filter_length]);
            }
            let mut filtered = self.filters.multiply(&rows);
            filtered.iter_mut().for_each(|value| *value = value.abs());
            x.extend(pooled(&filtered, channels));
        }
        normalize(&mut x, &self.after_filters);
        leaky(&mut x);
        let mut inputs = channels;
        for (matrix, norm) in &self.convolutions {
            let filled = (self.taps * inputs).next_multiple_of(BLOCK_LEN);
            let frames = x.len() / inputs + 1 - self.taps;
            let mut rows = vec![0.0; frames * filled];
            for (row, frame) in rows.chunks_exact_mut(filled).zip(0..) {
                row[..self.taps * inputs].copy_from_slice(&x[frame * inputs..][..self.taps * inputs]);
            }
            inputs = matrix.outputs();
            x = pooled(&matrix.multiply(&rows), inputs);
            normalize(&mut x, norm);
            leaky(&mut x);
        }
        x
    }
}

/// The largest of each [`POOLED`] frames of `width`; what is left over is dropped.
fn pooled(x: &[f32], width: usize) -> Vec<f32> {
    let group = |frames: &[f32]| {
        let (first, others) = frames.split_at(width);
        let mut largest = first.to_vec();
        for other in others.chunks_exact(width) {
            largest.iter_mut().zip(other).for_each(|(largest, value)| *largest = largest.max(*value));
        }
        largest
    };
    x.chunks_exact(POOLED * width).flat_map(group).collect()
}

fn leaky(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = value.max(LEAK * *value));
}

/// Brings each channel of `[frames, channels]` to the mean and the deviation that were learned.
fn normalize(x: &mut [f32], Affine { scale, shift }: &Affine) {
    let width = scale.len();
    let count = (x.len() / width) as f64;
    let (mut sums, mut squares) = (vec![0.0f64; width], vec![0.0f64; width]);
    for frame in x.chunks_exact(width) {
        for ((value, sum), square) in frame.iter().zip(&mut sums).zip(&mut squares) {
            *sum += f64::from(*value);
            *square += f64::from(*value).powi(2);
        }
    }
    let line = |channel: usize| {
        let mean = sums[channel] / count;
        let variance = (squares[channel] / count - mean * mean).max(0.0) as f32;
        let factor = scale[channel] / (variance + EPSILON).sqrt();
        (factor, shift[channel] - mean as f32 * factor)
    };
    let lines: Vec<(f32, f32)> = (0..width).map(line).collect();
    for frame in x.chunks_exact_mut(width) {
        frame.iter_mut().zip(&lines).for_each(|(value, (factor, shift))| *value = *value * factor + shift);
    }
}

impl Direction {
    /// `[frames, rows, inputs]` → `[frames, rows, hidden]`.
    fn apply(&self, x: &[f32], rows: usize, is_backward: bool) -> Vec<f32> {
        let from_input = self.from_input.multiply(x);
        let size = rows * self.hidden_size;
        let (mut cell, mut hidden) = (vec![0.0; size], vec![0.0; size]);
        let mut out = vec![0.0; from_input.len() / 4];
        let frames = out.len() / size.max(1);
        for step in 0..frames {
            let frame = if is_backward { frames - 1 - step } else { step };
            let mut gates = self.from_hidden.multiply(&hidden);
            let given = &from_input[4 * frame * size..][..4 * size];
            gates.iter_mut().zip(given).for_each(|(gate, given)| *gate += given);
            lstm_cell(&gates, &mut cell, &mut hidden, self.hidden_size);
            out[frame * size..][..size].copy_from_slice(&hidden);
        }
        out
    }
}
