//! Who speaks, as a vector: the GE2E encoder of Resemblyzer (<https://arxiv.org/abs/1710.10467>). Two vectors of one voice point in
//! nearly the same direction. It hears stretches of 1.6 s; which stretches belong together is not its business.

use serde::Deserialize;

use crate::Error;
use crate::kernel::{Q8Matrix, lstm_cell};
use crate::loading::Q8Loader;
use crate::mel::{HOP, MelSpectrogram, SAMPLE_RATE};
use crate::vad::{FRAME, speech_scores};
use crate::weights::{BLOCK_LEN, ModelFiles};

/// Frames of 10 ms that one vector is made of, as in training.
const FRAMES: usize = 160;
/// Samples of a stretch: 1.6 s.
pub const STRETCH: usize = FRAMES * HOP;
/// Quieter sound is made as loud as this, in dB of full scale, as in training.
const LOUDNESS_DB: f32 = -30.0;
/// A stretch is heard for each so many samples of speech (0.4 s).
const PIECE: usize = 40 * HOP;
/// Frames of 16 ms to either side that a score is averaged with.
const SMOOTH: usize = 7;
/// A score from which somebody certainly speaks, and one from which what lies beside that is likely speech too.
const CERTAIN: f32 = 0.5;
const LIKELY: f32 = 0.35;
/// Frames of a pause (0.7 s) that lies within a turn.
const BREATH: usize = 45;
/// Frames of the briefest turn (0.1 s).
const BRIEFEST: usize = 6;
/// Frames taken along before and after (0.13 s).
const AROUND: usize = 8;
/// Stretches that go through the network together.
const BATCH: usize = 32;
const MOST_BANDS: usize = 256;
const MOST_WIDTH: usize = 4096;
const MOST_LAYERS: usize = 16;

#[derive(Deserialize)]
struct Config {
    mel_bands: usize,
    hidden_size: usize,
    layers: usize,
}

/// The encoder's weights, 8-bit but for the first layer's.
pub struct SpeakerEncoder {
    mel: MelSpectrogram,
    layers: Vec<Layer>,
    linear: Q8Matrix,
    bands: usize,
    width: usize,
}

struct Layer {
    /// `[4 × width, inputs]`, with both biases.
    from_input: FromInput,
    /// `[4 × width, width]`.
    from_hidden: Q8Matrix,
}

/// The energies of a frame lie orders of magnitude apart from band to band, and are no logarithms here: what eight bits round off the
/// weights of the loud bands drowns the quiet ones, up to a cosine of 0.8 to the vector that was meant. So the first layer has all bits.
enum FromInput {
    Energies(Dense),
    Hidden(Q8Matrix),
}

impl FromInput {
    fn multiply(&self, x: &[f32]) -> Vec<f32> {
        match self {
            FromInput::Energies(dense) => dense.multiply(x),
            FromInput::Hidden(matrix) => matrix.multiply(x),
        }
    }
}

/// `x Wᵀ + b` in full.
struct Dense {
    /// `[inputs, outputs]`: the inner loop runs along the outputs.
    transposed: Vec<f32>,
    bias: Vec<f32>,
}

impl Dense {
    /// `weight`: `[outputs, inputs]`.
    fn new(weight: &[f32], inputs: usize, bias: Vec<f32>) -> Dense {
        let column = |input: usize| weight.iter().skip(input).step_by(inputs).copied();
        Dense { transposed: (0..inputs).flat_map(column).collect(), bias }
    }

    /// `[rows, inputs]` → `[rows, outputs]`.
    fn multiply(&self, x: &[f32]) -> Vec<f32> {
        let outputs = self.bias.len();
        let inputs = self.transposed.len() / outputs;
        let mut out = Vec::with_capacity(x.len() / inputs * outputs);
        for row in x.chunks_exact(inputs) {
            let mut sum = self.bias.clone();
            for (value, column) in row.iter().zip(self.transposed.chunks_exact(outputs)) {
                sum.iter_mut().zip(column).for_each(|(sum, weight)| *sum += value * weight);
            }
            out.extend_from_slice(&sum);
        }
        out
    }
}

impl SpeakerEncoder {
    /// Loads the weights for the CPU.
    ///
    /// # Errors
    /// `Malformed` or `Weights` where the files do not fit together.
    pub fn load(files: ModelFiles) -> Result<SpeakerEncoder, Error> {
        let config: Config = serde_json::from_slice(&files.config_json)
            .map_err(|error| Error::malformed(format!("config.json: {error}")))?;
        let Config { mel_bands: bands, hidden_size: width, layers } = config;
        let is_sane = (1..=MOST_BANDS).contains(&bands)
            && (1..=MOST_WIDTH).contains(&width)
            && width.is_multiple_of(BLOCK_LEN)
            && (1..=MOST_LAYERS).contains(&layers);
        if !is_sane {
            return Err(Error::malformed("config.json: these are no sizes of a voice encoder"));
        }
        let mut weights = Q8Loader::new(files.shards)?;
        let layers = (0..layers)
            .map(|layer| {
                let inputs = if layer == 0 { bands } else { width };
                let bias = weights.values(&format!("lstm.bias_ih_l{layer}"), &[4 * width])?;
                let other = weights.values(&format!("lstm.bias_hh_l{layer}"), &[4 * width])?;
                let bias: Vec<f32> = bias.iter().zip(&other).map(|(a, b)| a + b).collect();
                let name = format!("lstm.weight_ih_l{layer}");
                let from_input = if layer == 0 {
                    FromInput::Energies(Dense::new(
                        &weights.values(&name, &[4 * width, inputs])?,
                        inputs,
                        bias,
                    ))
                } else {
                    FromInput::Hidden(weights.matrix(&name, [4 * width, inputs], Some(&bias))?)
                };
                Ok(Layer {
                    from_input,
                    from_hidden: weights.matrix(
                        &format!("lstm.weight_hh_l{layer}"),
                        [4 * width, width],
                        None,
                    )?,
                })
            })
            .collect::<Result<_, Error>>()?;
        let bias = weights.values("linear.bias", &[width])?;
        let linear = weights.matrix("linear.weight", [width, width], Some(&bias))?;
        Ok(SpeakerEncoder { mel: MelSpectrogram::new(bands), layers, linear, bands, width })
    }

    /// Who speaks where in `pcm` (mono, 16 kHz): speech in pieces of at most 0.4 s, each with the vector of the 1.6 s around it that
    /// lie in the same stretch of speech as far as possible.
    pub fn utterances(&self, pcm: &[f32]) -> Vec<Utterance> {
        let mut pieces = Vec::new();
        for (first, end) in speech(pcm) {
            let count = (end - first).div_ceil(PIECE);
            let edge = |index: usize| first + (end - first) * index / count;
            pieces.extend((0..count).map(|index| {
                let piece = (edge(index), edge(index + 1));
                let middle = (piece.0 + piece.1) / 2;
                let latest = end.saturating_sub(STRETCH).max(first);
                let from = middle.saturating_sub(STRETCH / 2).clamp(first, latest);
                // A short utterance is heard with what lies around it.
                let lacking = STRETCH.saturating_sub(end - first);
                (piece, from.saturating_sub(lacking / 2))
            }));
        }
        let starts: Vec<usize> = pieces.iter().map(|(_, start)| *start).collect();
        let seconds = |sample: usize| sample as f64 / SAMPLE_RATE as f64;
        let embeddings = self.embeddings(pcm, &starts);
        let utterance = |(((first, end), _), embedding)| Utterance {
            start_s: seconds(first),
            end_s: seconds(end),
            embedding,
        };
        pieces.into_iter().zip(embeddings).map(utterance).collect()
    }

    /// The vectors of the stretches of [`STRETCH`] samples that begin at `starts`, each of length 1. `pcm`: mono, 16 kHz; silence
    /// follows it.
    pub fn embeddings(&self, pcm: &[f32], starts: &[usize]) -> Vec<Vec<f32>> {
        let (values, frames) = self.mel.energies(pcm);
        let heard = Energies { values, frames };
        // By itself each stretch sounds the same wherever the recording was cut, and near or far from the microphone.
        let gain = |start: &usize| {
            gain_of(&pcm[(*start).min(pcm.len())..start.saturating_add(STRETCH).min(pcm.len())])
        };
        let stretches: Vec<(usize, f32)> = starts.iter().map(|start| (*start, gain(start))).collect();
        stretches.chunks(BATCH).flat_map(|stretches| self.batch(&heard, stretches)).collect()
    }

    /// `stretches`: the first sample and the gain of each.
    fn batch(&self, heard: &Energies, stretches: &[(usize, f32)]) -> Vec<Vec<f32>> {
        let rows = stretches.len();
        // [frames, rows, bands]
        let mut x = vec![0.0; FRAMES * rows * self.bands];
        for (frame, x) in x.chunks_exact_mut((rows * self.bands).max(1)).enumerate() {
            for (x, (start, gain)) in x.chunks_exact_mut(self.bands).zip(stretches) {
                for (band, x) in x.iter_mut().enumerate() {
                    // Energy grows with the square of the sound.
                    *x = heard.at(band, start / HOP + frame) * gain * gain;
                }
            }
        }
        let mut last = Vec::new();
        for layer in &self.layers {
            let from_input = layer.from_input.multiply(&x); // [frames, rows, 4 × width]
            let (mut cell, mut hidden) = (vec![0.0; rows * self.width], vec![0.0; rows * self.width]);
            x = Vec::with_capacity(FRAMES * rows * self.width);
            for gates in from_input.chunks_exact(rows * 4 * self.width) {
                let mut sum = layer.from_hidden.multiply(&hidden); // [rows, 4 × width]
                sum.iter_mut().zip(gates).for_each(|(sum, gate)| *sum += gate);
                lstm_cell(&sum, &mut cell, &mut hidden, self.width);
                x.extend_from_slice(&hidden);
            }
            last = hidden;
        }
        let vectors = self.linear.multiply(&last);
        vectors.chunks_exact(self.width).map(unit).collect()
    }
}

/// A piece of speech and the voice in it. Times in seconds from the sound's begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Utterance {
    pub start_s: f64,
    pub end_s: f64,
    /// Of length 1, nowhere below zero.
    pub embedding: Vec<f32>,
}

/// Turns of speech, in samples. Beyond what is certainly speech this takes what is likely beside it, pauses for breath, and a
/// little before and after: a quiet speaker across the table is a speaker too.
fn speech(pcm: &[f32]) -> Vec<(usize, usize)> {
    let scores = smoothed(&speech_scores(pcm));
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut end = 0;
    for run in scores.chunk_by(|a, b| (*a >= LIKELY) == (*b >= LIKELY)) {
        let first = end;
        end += run.len();
        if !run.iter().any(|score| *score >= CERTAIN) {
            continue;
        }
        match found.last_mut() {
            Some(last) if first - last.1 <= BREATH => last.1 = end,
            _ => found.push((first, end)),
        }
    }
    found.retain(|(first, end)| end - first >= BRIEFEST);
    let padded = |(first, end): (usize, usize)| {
        (first.saturating_sub(AROUND) * FRAME, ((end + AROUND) * FRAME).min(pcm.len()))
    };
    found.into_iter().map(padded).collect()
}

/// The mean over a quarter of a second.
fn smoothed(scores: &[f32]) -> Vec<f32> {
    let mean = |at: usize| {
        let near = &scores[at.saturating_sub(SMOOTH)..(at + SMOOTH + 1).min(scores.len())];
        near.iter().sum::<f32>() / near.len() as f32
    };
    (0..scores.len()).map(mean).collect()
}

/// Band energies, `[bands, frames]`.
struct Energies {
    values: Vec<f32>,
    frames: usize,
}

impl Energies {
    fn at(&self, band: usize, frame: usize) -> f32 {
        if frame < self.frames { self.values[band * self.frames + frame] } else { 0.0 }
    }
}

/// What brings quiet sound to [`LOUDNESS_DB`]; loud sound stays as it is.
fn gain_of(pcm: &[f32]) -> f32 {
    let energy = pcm.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / pcm.len().max(1) as f64;
    let target = 10f64.powf(f64::from(LOUDNESS_DB) / 10.0);
    if energy > 0.0 && energy < target { (target / energy).sqrt() as f32 } else { 1.0 }
}

/// Nothing below zero, and of length 1.
fn unit(values: &[f32]) -> Vec<f32> {
    let values: Vec<f32> = values.iter().map(|value| value.max(0.0)).collect();
    let length = values.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    values.into_iter().map(|value| value / length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_layer_keeps_what_eight_bits_would_round_off() {
        let dense = Dense::new(&[1.0, 0.001, -1.0, 0.002, 3.0, 0.0], 2, vec![0.5, 1.0, 0.0]);
        let out = dense.multiply(&[1.0, 1.0, 1_000.0, 2_000.0]);
        let expected = [1.501, 0.002, 3.0, 1_002.5, -995.0, 3_000.0];
        for (value, expected) in out.iter().zip(expected) {
            assert!((value - expected).abs() < 1e-3 * expected.abs(), "{out:?}");
        }
        assert_eq!(out.len(), expected.len());
    }
}
