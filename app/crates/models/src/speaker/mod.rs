//! Who speaks, as a vector: two vectors of one voice point in nearly the same direction. It hears stretches of speech; which of them
//! belong together is not its business.

mod campplus;
mod local;
mod segmentation;

use crate::Error;
use crate::filterbank::Filterbank;
use crate::mel::{HOP, SAMPLE_RATE};
use crate::q8_loader::Q8Loader;
use crate::vad::{FRAME, speech_scores, tame};
use crate::weights::ModelFiles;
use campplus::Network;
pub use local::LocalSpeaker;
use segmentation::Activity;
pub use segmentation::Likely;
use serde::Deserialize;

/// Samples of one frame of the network's features (20 ms).
const STEP: usize = 2 * HOP;
/// Frames of features that one vector is made of (1 s).
const HEARD: usize = 50;
/// The network hears stretches of at most so many samples (10 s), and of at least so many (0.4 s).
const LONGEST: usize = 10 * SAMPLE_RATE;
const SHORTEST: usize = 40 * HOP;
/// A vector is made for each so many samples of speech (0.4 s).
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
/// Up to this likelihood the network rules speech out, and beyond this it is sure, whatever else was heard.
const RULED_OUT: f32 = 0.1;
const SURE: f32 = 0.9;
/// Frames of the network of the briefest stretch (0.1 s).
const FEWEST: usize = 6;
/// How likely two voices at once are on average in a piece that is taken for one of two voices.
const OVERLAPPED: f32 = 0.4;

#[derive(Deserialize)]
struct Config {
    encoder: campplus::Config,
    activity: segmentation::Config,
}

/// The weights of both networks: who speaks, and whether anybody does.
pub struct SpeakerEncoder {
    filterbank: Filterbank,
    network: Network,
    bands: usize,
    activity: Activity,
}

/// A factor and a summand for each channel: what a normalization learned.
struct Affine {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

impl Affine {
    fn load(weights: &mut Q8Loader, name: &str, width: usize) -> Result<Affine, Error> {
        Ok(Affine {
            scale: weights.values(&format!("{name}.scale"), &[width])?,
            shift: weights.values(&format!("{name}.shift"), &[width])?,
        })
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
        let mut weights = Q8Loader::new(files.shards)?;
        let bands = config.encoder.bands;
        Ok(SpeakerEncoder {
            filterbank: Filterbank::new(bands),
            network: Network::load(&config.encoder, &mut weights)?,
            bands,
            activity: Activity::load(&config.activity, &mut weights)?,
        })
    }

    /// Who speaks where in `pcm` (mono, 16 kHz).
    pub fn hear(&self, pcm: &[f32]) -> Heard {
        let pcm: Vec<f32> = pcm.iter().map(|sample| tame(*sample)).collect();
        let (heard, parts) = self.activity.hear(&pcm);
        let stretch = |(first, end): Stretch| (first, end, self.features(&pcm, first, end));
        let stretches: Vec<_> = united(speech(&pcm), &heard, pcm.len()).into_iter().map(stretch).collect();
        let pieces =
            |(first, end, features): &(usize, usize, Vec<f32>)| self.pieces((*first, *end), features, &heard);
        let utterances = stretches.iter().flat_map(pieces).collect();
        let known = stretches.iter().map(|(first, _, features)| (*first, features.as_slice()));
        Heard { utterances, local: local::speakers(&self.network, &parts, known) }
    }

    /// The voice of all of `pcm` (mono, 16 kHz), which is speech of one person, half a second at least. Of length 1.
    pub fn embedding(&self, pcm: &[f32]) -> Vec<f32> {
        unit(self.network.vector(&self.features(pcm, 0, pcm.len())))
    }

    /// Whether anybody speaks in `pcm` (mono, 16 kHz), and whether two do at once, every 16.9 ms.
    pub fn activity(&self, pcm: &[f32]) -> Vec<Likely> {
        self.activity.likely(pcm)
    }

    /// The pieces of one stretch of speech. `heard`: how likely speech is from the sound's begin.
    fn pieces(&self, (first, end): Stretch, features: &[f32], heard: &[Likely]) -> Vec<Utterance> {
        let width = self.network.width();
        let frames = features.len() / width;
        let count = (end - first).div_ceil(PIECE);
        let edge = |index: usize| first + (end - first) * index / count;
        let seconds = |sample: usize| sample as f64 / SAMPLE_RATE as f64;
        let piece = |index: usize| {
            let (start, end) = (edge(index), edge(index + 1));
            let middle = ((start + end) / 2 - first) / STEP;
            let from = middle.saturating_sub(HEARD / 2).min(frames.saturating_sub(HEARD));
            let embedding =
                unit(self.network.vector(&features[from * width..(from + HEARD).min(frames) * width]));
            let meanwhile =
                &heard[start / segmentation::STEP..end.div_ceil(segmentation::STEP).min(heard.len())];
            let overlap = meanwhile.iter().map(|likely| likely.overlap).sum::<f32>();
            Utterance {
                start_s: seconds(start),
                end_s: seconds(end),
                embedding,
                is_overlapped: overlap >= OVERLAPPED * meanwhile.len().max(1) as f32,
            }
        };
        (0..count).map(piece).collect()
    }

    /// What the network makes of a stretch, fifty frames a second. A long one is heard in parts, a short one with what follows.
    fn features(&self, pcm: &[f32], first: usize, end: usize) -> Vec<f32> {
        let parts = (end - first).div_ceil(LONGEST);
        let edge = |index: usize| first + (end - first) * index / parts / STEP * STEP;
        let part = |index: usize| {
            let (first, end) = (edge(index), if index + 1 == parts { end } else { edge(index + 1) });
            // The last frame reaches over the end by what a frame is longer than its step.
            let length = (end - first).max(SHORTEST) + HOP + HOP / 2;
            let mut sound: Vec<f32> = pcm[first..].iter().take(length).copied().collect();
            sound.resize(sound.len().max(SHORTEST), 0.0);
            let mut energies = self.filterbank.compute(&sound);
            around_zero(&mut energies, self.bands);
            self.network.features(energies)
        };
        (0..parts).flat_map(part).collect()
    }
}

/// Who speaks where, in two ways: how voices sound, piece by piece, and who is told apart within ten seconds.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// Speech in pieces of at most 0.4 s, each with the vector of the second around it that lies in the same stretch of speech as far as
    /// possible.
    pub utterances: Vec<Utterance>,
    pub local: Vec<LocalSpeaker>,
}

/// A piece of speech and the voice in it. Times in seconds from the sound's begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Utterance {
    pub start_s: f64,
    pub end_s: f64,
    /// Of length 1.
    pub embedding: Vec<f32>,
    /// Whether somebody else speaks at the same time.
    pub is_overlapped: bool,
}

/// From a sample up to another.
type Stretch = (usize, usize);

/// Turns of speech, in samples. Beyond what is certainly speech this takes what is likely beside it, pauses for breath, and a
/// little before and after: a quiet speaker across the table is a speaker too.
fn speech(pcm: &[f32]) -> Vec<Stretch> {
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

/// What `speech` holds that `heard` does not rule out, and what `heard` is sure of. `length`: of the sound, in samples.
fn united(speech: Vec<Stretch>, heard: &[Likely], length: usize) -> Vec<Stretch> {
    let mut is_speech = vec![false; heard.len()];
    for (first, end) in speech {
        is_speech[first / segmentation::STEP..(end / segmentation::STEP).min(heard.len())].fill(true);
    }
    for (is_speech, likely) in is_speech.iter_mut().zip(heard) {
        *is_speech = likely.speech > SURE || *is_speech && likely.speech > RULED_OUT;
    }
    let mut end = 0;
    let mut found = Vec::new();
    for run in is_speech.chunk_by(|a, b| a == b) {
        let first = end;
        end += run.len();
        if run[0] && run.len() >= FEWEST {
            found.push((first * segmentation::STEP, (end * segmentation::STEP).min(length)));
        }
    }
    found
}

/// The mean over a quarter of a second.
fn smoothed(scores: &[f32]) -> Vec<f32> {
    let mean = |at: usize| {
        let near = &scores[at.saturating_sub(SMOOTH)..(at + SMOOTH + 1).min(scores.len())];
        near.iter().sum::<f32>() / near.len() as f32
    };
    (0..scores.len()).map(mean).collect()
}

/// Takes off each band its mean over all frames: how a microphone sounds is not who speaks. `energies`: `[frames, bands]`.
fn around_zero(energies: &mut [f32], bands: usize) {
    let frames = (energies.len() / bands) as f32;
    let mut mean = vec![0.0; bands];
    for frame in energies.chunks_exact(bands) {
        mean.iter_mut().zip(frame).for_each(|(mean, value)| *mean += value / frames);
    }
    for frame in energies.chunks_exact_mut(bands) {
        frame.iter_mut().zip(&mean).for_each(|(value, mean)| *value -= mean);
    }
}

/// The same direction, of length 1.
fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(speech: &[Stretch], heard: &[(f32, usize)], expected: &[Stretch]) {
        let likely = |(speech, count): &(f32, usize)| vec![Likely { speech: *speech, overlap: 0.0 }; *count];
        let heard: Vec<Likely> = heard.iter().flat_map(likely).collect();
        let frames = |stretches: &[Stretch]| -> Vec<Stretch> {
            stretches.iter().map(|(a, b)| (a * segmentation::STEP, b * segmentation::STEP)).collect()
        };
        let length = heard.len() * segmentation::STEP;
        assert_eq!(united(frames(speech), &heard, length), frames(expected), "{speech:?}");
    }

    #[test]
    fn one_network_corrects_what_the_other_heard() {
        check(&[(10, 40)], &[(0.5, 50)], &[(10, 40)]);
        // What is ruled out ends a stretch, what is sure begins one.
        check(&[(10, 40)], &[(0.5, 20), (0.05, 10), (0.5, 20)], &[(10, 20), (30, 40)]);
        check(&[(10, 20)], &[(0.5, 20), (0.95, 10), (0.5, 20)], &[(10, 30)]);
        check(&[], &[(0.5, 5), (0.95, 10)], &[(5, 15)]);
        // A click is nobody.
        check(&[(0, 4)], &[(0.5, 5), (0.95, 5), (0.5, 5)], &[]);
        check(&[(10, 400)], &[(0.5, 20)], &[(10, 20)]);
    }

    #[test]
    fn each_band_comes_to_lie_around_zero() {
        let mut energies = [1.0, 10.0, 3.0, 40.0];
        around_zero(&mut energies, 2);
        assert_eq!(energies, [-1.0, -15.0, 1.0, 15.0]);
    }
}
