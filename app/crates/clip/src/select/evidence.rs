//! How good a run of sentences is as a clip: what its sentences add up to, as signals from 0 to 1.

use crate::order;
use std::collections::HashMap;
use std::ops::Range;

use media::time::Instant;

use super::RankingOptions;
use super::sentence_features::SentenceFeatures;
use super::signal::{Evidence, Signal};
use crate::insights::ramp;
use crate::sentence::{BySentence, End};

/// Everything that candidates are weighed by.
pub(super) struct Scene {
    pub features: Vec<SentenceFeatures>,
    /// See [`super::topic::boundaries`].
    pub bounds: Vec<f32>,
    pub media_end: Option<Instant>,
}

/// What the person asked for, against which passages are held.
pub(super) struct Criteria<'a> {
    pub options: &'a RankingOptions,
    /// How near each sentence comes to what was asked for, if anything was.
    pub likeness: Option<&'a BySentence>,
}

/// What a run of sentences adds up to.
pub(super) struct Sums {
    pub words: usize,
    pub stems: usize,
    pub unique: usize,
    pub numbers: usize,
    pub names: usize,
    pub spoken_s: f32,
    pub silent_s: f32,
    pub confidence: f32,
    pub linked: usize,
    pub housekeeping: usize,
    pub repeats: usize,
    pub feelings: usize,
    /// By words.
    pub louder_lu: f32,
    pub narrative: f32,
}

impl Scene {
    pub fn evidence(&self, run: Range<usize>) -> Evidence {
        let features = &self.features[run.clone()];
        let (Some(first), Some(last)) = (features.first(), features.last()) else {
            return Evidence::default();
        };
        let sums = sums(features);
        let count = features.len() as f32;
        let words = sums.words.max(1) as f32;
        let gap_after_s = self.features.get(run.end).map_or(2.0, |next| next.gap_before_s);
        let whole = match last.ends {
            End::Mark if last.asks => 0.7,
            End::Mark => 1.0,
            End::Pause => 0.6,
            End::Cut => 0.1,
        };
        let began_whole = run.start == 0 || self.features[run.start - 1].ends != End::Cut;
        let straddled = self.bounds[run.start + 1..run.end].iter().copied().fold(0.0, f32::max);
        let opening = self.bounds[run.start];
        let words_a_second = words / sums.spoken_s.max(0.1);
        let variety = sums.unique as f32 / words;
        let specifics = ((sums.names + sums.numbers) as f32 / words * 6.0).min(1.0);
        let linked = if features.len() > 1 { sums.linked as f32 / (count - 1.0) } else { 0.8 };
        // A new passage may begin with a word that leans: what it leans on is not in the passage before either.
        let leaning = first.leaning * (1.0 - 0.4 * opening) + if began_whole { 0.0 } else { 0.5 };
        Evidence::of(|signal| match signal {
            Signal::Opening => 0.35 + 0.65 * opening,
            Signal::Closing => {
                (0.5 * whole + 0.35 * self.bounds[run.end] + 0.15 * (gap_after_s / 0.6).min(1.0)).min(1.0)
            }
            Signal::Unity => 1.0 - ramp(straddled - 0.7 * opening.min(self.bounds[run.end]), 0.0, 0.5),
            Signal::Body => ramp(words, 25.0, 115.0),
            Signal::Hook => first.hook.strength(),
            Signal::Density => (0.8 * ramp(variety, 0.18, 0.42) + 0.2 * specifics).min(1.0),
            Signal::Coherence => ramp(linked, 0.1, 0.8),
            Signal::Pace => ramp(words_a_second, 0.8, 2.2) * (1.0 - ramp(words_a_second, 4.2, 6.5)),
            Signal::Flow => 1.0 - ramp(sums.silent_s / (sums.spoken_s + sums.silent_s).max(0.1), 0.02, 0.25),
            Signal::Clarity => ramp(sums.confidence / words, 0.45, 0.9),
            Signal::Independence => (1.0 - leaning).clamp(0.0, 1.0),
            Signal::Substance => substance(features, &sums),
            Signal::Energy => {
                0.5 * ramp(sums.louder_lu / words, 0.0, 4.0) + 0.5 * ramp(loudest_lu(features), 1.0, 7.0)
            }
            // A second now and then sounds like a reaction.
            Signal::Reaction => {
                ramp(features.iter().map(|sentence| sentence.reaction).fold(0.0, f32::max), 0.35, 0.8)
            }
            Signal::Dialogue => dialogue(features),
            Signal::Feeling => ramp(sums.feelings as f32 / words, 0.005, 0.05),
            Signal::Narrative => sums.narrative / words,
            // What the person asked for is the judge's.
            Signal::Topic | Signal::Voice => signal.neutral(),
        })
    }

    /// Counts of content words, to compare clips by.
    pub fn stems(&self, run: Range<usize>) -> HashMap<u32, f32> {
        let mut counts = HashMap::new();
        for &stem in self.features[run].iter().flat_map(|sentence| &sentence.stems) {
            *counts.entry(stem).or_default() += 1.0;
        }
        counts
    }
}

pub(super) fn sums(features: &[SentenceFeatures]) -> Sums {
    let mut unique: Vec<u32> = features.iter().flat_map(|sentence| sentence.stems.iter().copied()).collect();
    let stems = unique.len();
    order::sort_by(&mut unique, Ord::cmp);
    unique.dedup();
    let total = |of: fn(&SentenceFeatures) -> usize| features.iter().map(of).sum::<usize>();
    // The first sentence's link and repetition point out of the run.
    let later =
        |of: fn(&SentenceFeatures) -> bool| features.iter().skip(1).filter(|sentence| of(sentence)).count();
    let inner_gaps =
        features.iter().skip(1).map(|sentence| sentence.gap_before_s).filter(|&gap| gap >= 0.8).sum::<f32>();
    let silent_s = inner_gaps + features.iter().map(|sentence| sentence.silent_s).sum::<f32>();
    let whole_s =
        features.last().zip(features.first()).map_or(0.0, |(last, first)| (last.end - first.start).seconds());
    Sums {
        words: total(|sentence| sentence.words),
        stems,
        unique: unique.len(),
        numbers: total(|sentence| sentence.numbers),
        names: total(|sentence| sentence.names),
        spoken_s: (whole_s as f32 - silent_s).max(0.1),
        silent_s,
        confidence: features.iter().map(|sentence| sentence.confidence).sum(),
        linked: later(|sentence| sentence.linked),
        housekeeping: features.iter().filter(|sentence| sentence.housekeeping).count(),
        repeats: later(|sentence| sentence.repeats),
        feelings: total(|sentence| sentence.feelings),
        louder_lu: features.iter().map(|sentence| sentence.louder_lu * sentence.words as f32).sum(),
        narrative: features.iter().map(|sentence| sentence.narrative * sentence.words as f32).sum(),
    }
}

fn loudest_lu(features: &[SentenceFeatures]) -> f32 {
    features.iter().map(|sentence| sentence.louder_lu).fold(0.0, f32::max)
}

/// Questions that somebody else answers, and turns that change, up to three. Where speakers are not known, a question that is
/// not the last word counts half.
fn dialogue(features: &[SentenceFeatures]) -> f32 {
    let of_pair = |pair: &[SentenceFeatures]| match (pair[0].speaker, pair[1].speaker) {
        (Some(one), Some(other)) if one != other => {
            if pair[0].asks {
                1.0
            } else {
                0.4
            }
        }
        (None, _) | (_, None) if pair[0].asks && !pair[1].asks => 0.4,
        _ => 0.0,
    };
    (features.windows(2).map(of_pair).sum::<f32>() / 1.5).min(1.0)
}

impl Criteria<'_> {
    /// By the part of the words that lie in sentences about it. Likeness of sentences that have nothing to do with each other is
    /// about 0.05; of a word and a sentence about it, 0.3 to 0.6.
    pub fn topic(&self, features: &[SentenceFeatures]) -> f32 {
        let Some(likeness) = self.likeness else { return Signal::Topic.neutral() };
        let (about, words) = features.iter().fold((0.0, 0.0), |(about, words), sentence| {
            let (weight, likeness) = (sentence.words as f32, likeness.get(sentence.id).unwrap_or_default());
            (about + weight * ramp(likeness, 0.1, 0.45), words + weight)
        });
        // Half of it said about the thing itself is a clip about it.
        (2.0 * about / f32::max(words, 1.0)).min(1.0)
    }

    /// By the part of the words that the wanted speaker says; a word thrown in by somebody else does no harm.
    pub fn voice(&self, features: &[SentenceFeatures]) -> f32 {
        let Some(wanted) = self.options.speaker else { return Signal::Voice.neutral() };
        let words = |features: &mut dyn Iterator<Item = &SentenceFeatures>| {
            features.map(|sentence| sentence.words).sum::<usize>() as f32
        };
        let own = words(&mut features.iter().filter(|sentence| sentence.speaker == Some(wanted)));
        ramp(own / words(&mut features.iter()).max(1.0), 0.5, 0.9)
    }
}

/// 1 for speech that says something, toward 0 for lists, greetings, announcements and repetitions.
fn substance(features: &[SentenceFeatures], sums: &Sums) -> f32 {
    let count = features.len() as f32;
    let words = sums.words.max(1) as f32;
    let numbers = ramp(sums.numbers as f32 / words, 0.12, 0.35);
    let clipped = 1.0 - ramp(words / count, 2.5, 6.0);
    let housekeeping = ramp(sums.housekeeping as f32 / count, 0.0, 0.6);
    let repeats = ramp(sums.repeats as f32 / count, 0.0, 0.5);
    let scattered =
        if features.len() >= 4 { 1.0 - ramp(sums.linked as f32 / (count - 1.0), 0.1, 0.4) } else { 0.0 };
    let recurring = 1.0 - ramp(sums.unique as f32 / sums.stems.max(1) as f32, 0.35, 0.6);
    let kept = [
        (numbers, 0.85),
        (clipped, 0.5),
        (housekeeping, 0.75),
        (repeats, 0.8),
        (scattered, 0.6),
        (recurring, 0.3),
    ];
    kept.iter().map(|(amount, weight)| 1.0 - amount * weight).product()
}
