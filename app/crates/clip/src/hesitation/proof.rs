//! Whether words were missed without a sound: what was heard with it against what was heard without.

use super::held::Held;
use super::said::Said;
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::ops::Range;

/// Words that are others without the sound.
struct Change<'a> {
    start_s: f64,
    end_s: f64,
    before: &'a [Said],
    after: &'a [Said],
}

/// A change so near a sound may be its doing, in seconds.
const NEAR_S: f64 = 0.15;
/// A word so near becomes less certain where a part of it is missing.
const BESIDE_S: f64 = 0.35;
const CERTAIN: f32 = 0.9;
const LESS_CERTAIN: f32 = 0.25;
/// Held so long, a sound is no part of a word.
const LONG_S: f64 = 0.3;
/// What was heard with so little confidence was made of the sound itself.
const GUESSED: f32 = 0.35;
const BETTER: f32 = 0.15;

/// Those of `tried` without which the same words are heard. `with` and `without`: the words, in order, with the times of the sound
/// that has all in it.
pub fn proved(tried: &[Held], with: &[Said], without: &[Said]) -> Vec<Held> {
    let (changes, same) = compared(with, without);
    let is_proved = |held: &&Held| {
        let is_near = |change: &&Change| change.start_s < held.end_s && held.start_s < change.end_s;
        let matters = |change: &&Change| !(held.steady_s >= LONG_S && change.is_spelling());
        let mut near = changes.iter().filter(is_near).filter(matters);
        let weakens = same.iter().any(|(before, after)| {
            let is_beside = before.end_s > held.start_s - BESIDE_S && before.start_s < held.end_s + BESIDE_S;
            is_beside && before.confidence >= CERTAIN && before.confidence - after.confidence > LESS_CERTAIN
        });
        near.all(Change::is_better) && !(weakens && held.steady_s < LONG_S)
    };
    tried.iter().filter(is_proved).copied().collect()
}

impl Change<'_> {
    /// Whether what was heard before had been made of the sound: words that nobody was sure of give way to surer ones, or to none.
    fn is_better(&self) -> bool {
        let mean =
            |words: &[Said]| words.iter().map(|word| word.confidence).sum::<f32>() / words.len() as f32;
        let was_guessed = !self.before.is_empty() && self.before.iter().all(|word| word.confidence < GUESSED);
        was_guessed && (self.after.is_empty() || mean(self.after) > mean(self.before) + BETTER)
    }

    /// Whether it is the same word, but for a letter.
    fn is_spelling(&self) -> bool {
        let joined = |words: &[Said]| words.iter().map(|word| word.bare.as_str()).collect::<String>();
        let (before, after) = (joined(self.before), joined(self.after));
        let is_as_many = self.before.len() == self.after.len();
        is_as_many && before.chars().nth(3).is_some() && strsim::levenshtein(&before, &after) <= 1
    }
}

/// What changed, and the pairs of what did not.
fn compared<'a>(with: &'a [Said], without: &'a [Said]) -> (Vec<Change<'a>>, Vec<(&'a Said, &'a Said)>) {
    let bare = |words: &'a [Said]| words.iter().map(|word| word.bare.as_str()).collect::<Vec<&str>>();
    let (mut changes, mut same) = (Vec::new(), Vec::new());
    for part in capture_diff_slices(Algorithm::Myers, &bare(with), &bare(without)) {
        let (tag, before, after) = part.as_tag_tuple();
        if tag == DiffTag::Equal {
            same.extend(with[before].iter().zip(&without[after]));
        } else {
            changes.push(change(with, before, &without[after]));
        }
    }
    (changes, same)
}

/// That the words in `place` are `after` without the sound.
fn change<'a>(with: &'a [Said], place: Range<usize>, after: &'a [Said]) -> Change<'a> {
    let before = &with[place.clone()];
    let (start_s, end_s) = match (before.first(), before.last()) {
        (Some(first), Some(last)) => (first.start_s, last.end_s),
        // Words that were not there: somewhere between their neighbors.
        _ => (
            place.start.checked_sub(1).map_or(0.0, |last| with[last].end_s),
            with.get(place.end).map_or(f64::INFINITY, |next| next.start_s),
        ),
    };
    Change { start_s: start_s - NEAR_S, end_s: end_s + NEAR_S, before, after }
}
