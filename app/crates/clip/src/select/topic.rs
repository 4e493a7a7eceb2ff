//! Where one topic ends and another begins: word overlap of neighboring stretches (M. Hearst, TextTiling, 1997) together
//! with the pause and the words with which people turn to something new.

use crate::order;
use std::collections::HashMap;

use super::lexicon::turns_topic;
use super::sentence_features::SentenceFeatures;

/// Content words on each side of a gap that are compared.
const BLOCK_STEMS: usize = 40;

/// For each gap before sentence `i`, and one after the last: 0 (the same breath) to 1 (something else begins): by words, and by
/// meaning where that is known.
pub(super) fn boundaries(features: &[SentenceFeatures]) -> Vec<f32> {
    let cohesion: Vec<f32> = (0..=features.len()).map(|gap| similarity(features, gap)).collect();
    let depth: Vec<f32> = (0..=features.len()).map(|gap| depth_at(&cohesion, gap)).collect();
    let deep =
        high_value(depth.iter().copied().skip(1).take(features.len().saturating_sub(1)), 0.85).max(0.1);
    let long = high_value(features.iter().skip(1).map(|sentence| sentence.gap_before_s), 0.9).clamp(0.8, 3.0);
    (0..=features.len())
        .map(|gap| {
            let Some(sentence) = features.get(gap).filter(|_| gap > 0) else { return 1.0 };
            let words = (depth[gap] / deep).clamp(0.0, 1.0);
            let words = sentence.topic_shift.map_or(words, |shift| 0.4 * words + 0.6 * shift);
            let pause = (sentence.gap_before_s / long).clamp(0.0, 1.0);
            let turn = if turns_topic(&sentence.first, &sentence.second) { 0.15 } else { 0.0 };
            let leaning = 0.2 * sentence.leaning;
            (0.45 * words + 0.55 * pause + turn - leaning).clamp(0.0, 1.0)
        })
        .collect()
}

/// Cosine of the content words before and after a gap.
fn similarity(features: &[SentenceFeatures], gap: usize) -> f32 {
    let mut before: HashMap<u32, f32> = HashMap::new();
    let mut after = before.clone();
    gather(features[..gap].iter().rev(), &mut before);
    gather(features[gap..].iter(), &mut after);
    cosine(&before, &after)
}

fn gather<'a>(features: impl Iterator<Item = &'a SentenceFeatures>, counts: &mut HashMap<u32, f32>) {
    let mut taken = 0;
    for sentence in features {
        for &stem in &sentence.stems {
            *counts.entry(stem).or_default() += 1.0;
        }
        taken += sentence.stems.len();
        if taken >= BLOCK_STEMS {
            break;
        }
    }
}

pub(super) fn cosine(a: &HashMap<u32, f32>, b: &HashMap<u32, f32>) -> f32 {
    let dot: f32 = a.iter().filter_map(|(stem, count)| b.get(stem).map(|other| count * other)).sum();
    let norm = |counts: &HashMap<u32, f32>| counts.values().map(|count| count * count).sum::<f32>().sqrt();
    let norms = norm(a) * norm(b);
    if norms > 0.0 { dot / norms } else { 0.0 }
}

/// How far the cohesion at a gap lies below the nearest peaks on both sides.
fn depth_at(cohesion: &[f32], gap: usize) -> f32 {
    let climb = |steps: &mut dyn Iterator<Item = usize>| {
        let mut peak = cohesion[gap];
        for at in steps {
            if cohesion[at] < peak {
                break;
            }
            peak = cohesion[at];
        }
        peak - cohesion[gap]
    };
    climb(&mut (0..gap).rev()) + climb(&mut (gap + 1..cohesion.len()))
}

/// The value below which the given share of all lie.
fn high_value(values: impl Iterator<Item = f32>, share: f32) -> f32 {
    let mut values: Vec<f32> = values.collect();
    order::sort_by(&mut values, f32::total_cmp);
    let at = (values.len() as f32 * share) as usize;
    values.get(at.min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
}
