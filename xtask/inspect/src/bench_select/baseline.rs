//! What clips are compared with: passages at even distances, and the tiles of TextTiling. Neither knows what is good.

use clip::sentence::Sentence;
use media::time::{Instant, Span};
use std::collections::HashMap;

/// Length of a passage where nothing says how long it should be.
const USUAL: Span = Span::from_millis(40_000);
const LONGEST: Span = Span::from_millis(60_000);
/// Sentences on each side of a gap that TextTiling compares.
const BLOCK: usize = 6;

/// `count` passages of [`USUAL`] length, their middles at even distances.
pub fn evenly_spaced(end: Instant, count: usize) -> Vec<(Instant, Instant)> {
    let middle = |index: usize| Instant::from_seconds(end.seconds() * (index as f64 + 0.5) / count as f64);
    (0..count).map(|index| (middle(index) - USUAL.half(), middle(index) + USUAL.half())).collect()
}

/// The `count` longest tiles (M. Hearst, 1997, with sentences for blocks), each cut to whole sentences of at most a minute.
pub fn text_tiling(sentences: &[Sentence], count: usize) -> Vec<(Instant, Instant)> {
    let words: Vec<HashMap<String, f32>> = sentences.iter().map(counts).collect();
    let cohesion: Vec<f32> = (1..words.len())
        .map(|gap| {
            let before = merged(&words[gap.saturating_sub(BLOCK)..gap]);
            cosine(&before, &merged(&words[gap..(gap + BLOCK).min(words.len())]))
        })
        .collect();
    let depths: Vec<f32> = (0..cohesion.len()).map(|gap| depth(&cohesion, gap)).collect();
    let mean = depths.iter().sum::<f32>() / depths.len().max(1) as f32;
    let deviation =
        (depths.iter().map(|depth| (depth - mean).powi(2)).sum::<f32>() / depths.len().max(1) as f32).sqrt();
    let mut bounds = vec![0];
    bounds.extend((0..depths.len()).filter(|gap| depths[*gap] > mean + deviation / 2.0).map(|gap| gap + 1));
    bounds.push(sentences.len());
    let mut tiles: Vec<(Instant, Instant)> =
        bounds.windows(2).filter_map(|pair| within_a_minute(&sentences[pair[0]..pair[1]])).collect();
    tiles.sort_by_key(|(start, end)| std::cmp::Reverse(*end - *start));
    tiles.truncate(count);
    tiles
}

fn within_a_minute(tile: &[Sentence]) -> Option<(Instant, Instant)> {
    let start = tile.first()?.start();
    let ends = tile.iter().map(Sentence::end);
    let end = ends.take_while(|end| *end - start <= LONGEST).last()?;
    Some((start, end))
}

fn counts(sentence: &Sentence) -> HashMap<String, f32> {
    let mut counts = HashMap::new();
    for word in &sentence.words {
        let plain: String = word.text.chars().filter(|letter| letter.is_alphanumeric()).collect();
        if plain.chars().count() > 3 {
            *counts.entry(plain.to_lowercase()).or_default() += 1.0;
        }
    }
    counts
}

fn merged(all: &[HashMap<String, f32>]) -> HashMap<String, f32> {
    let mut sum = HashMap::new();
    for (word, count) in all.iter().flatten() {
        *sum.entry(word.clone()).or_default() += count;
    }
    sum
}

fn cosine(a: &HashMap<String, f32>, b: &HashMap<String, f32>) -> f32 {
    let dot: f32 = a.iter().filter_map(|(word, count)| b.get(word).map(|other| count * other)).sum();
    let length =
        |counts: &HashMap<String, f32>| counts.values().map(|count| count * count).sum::<f32>().sqrt();
    dot / (length(a) * length(b)).max(f32::MIN_POSITIVE)
}

fn depth(cohesion: &[f32], gap: usize) -> f32 {
    let own = cohesion[gap];
    let peak = |beside: &mut dyn Iterator<Item = usize>| {
        let mut peak = own;
        for at in beside {
            if cohesion[at] < peak {
                break;
            }
            peak = cohesion[at];
        }
        peak
    };
    peak(&mut (0..gap).rev()) + peak(&mut (gap + 1..cohesion.len())) - 2.0 * own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_lie_evenly() {
        let passages = evenly_spaced(Instant::from_seconds(400.0), 2);
        let seconds: Vec<(f64, f64)> =
            passages.iter().map(|(start, end)| (start.seconds(), end.seconds())).collect();
        assert_eq!(seconds, [(80.0, 120.0), (280.0, 320.0)]);
    }

    #[test]
    fn tiles_end_where_words_change() {
        let about = |words: &str| format!("The {words} is what the {words} does with {words}. ").repeat(12);
        let text = format!("# T\n{}\n{}\n", about("tide moon water"), about("bread flour oven"));
        let talk = super::super::talk::parse(&text);
        let change = talk.recording.transcript().segments[1].start;
        let tiles = text_tiling(talk.recording.sentences(), 5);
        assert!(tiles.iter().all(|(start, end)| *start >= change || *end <= change), "{tiles:?}");
    }
}
