//! Whether words were missed without a sound: what was heard with it against what was heard without.

use super::held::Held;
use super::said::Said;

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
        let joined = |words: &[Said]| words.iter().flat_map(|word| word.bare.chars()).collect::<Vec<char>>();
        let (before, after) = (joined(self.before), joined(self.after));
        self.before.len() == self.after.len() && before.len() >= 4 && distance(&before, &after) <= 1
    }
}

/// Letters to change, add or leave out.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.iter().enumerate() {
            let best = (row[j + 1] + 1).min(row[j] + 1).min(diagonal + usize::from(a != b));
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// What changed, and the pairs of what did not: by the longest run of words that both have in order.
fn compared<'a>(with: &'a [Said], without: &'a [Said]) -> (Vec<Change<'a>>, Vec<(&'a Said, &'a Said)>) {
    let wide = without.len() + 1;
    let mut common = vec![0_u16; (with.len() + 1) * wide];
    for i in (0..with.len()).rev() {
        for j in (0..without.len()).rev() {
            common[i * wide + j] = if with[i].bare == without[j].bare {
                common[(i + 1) * wide + j + 1] + 1
            } else {
                common[(i + 1) * wide + j].max(common[i * wide + j + 1])
            };
        }
    }
    let (mut changes, mut same) = (Vec::new(), Vec::new());
    let (mut i, mut j, mut from) = (0, 0, (0, 0));
    loop {
        let is_end = i == with.len() && j == without.len();
        let is_same = i < with.len() && j < without.len() && with[i].bare == without[j].bare;
        if is_end || is_same {
            if from != (i, j) {
                changes.push(change(with, without, from, (i, j)));
            }
            if is_end {
                return (changes, same);
            }
            same.push((&with[i], &without[j]));
            (i, j) = (i + 1, j + 1);
            from = (i, j);
        } else if j == without.len()
            || i < with.len() && common[(i + 1) * wide + j] >= common[i * wide + j + 1]
        {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// The change between two pairs of words that are the same.
fn change<'a>(with: &'a [Said], without: &'a [Said], from: (usize, usize), to: (usize, usize)) -> Change<'a> {
    let before = &with[from.0..to.0];
    let (start_s, end_s) = match (before.first(), before.last()) {
        (Some(first), Some(last)) => (first.start_s, last.end_s),
        // Words that were not there: somewhere between its neighbors.
        _ => (
            from.0.checked_sub(1).map_or(0.0, |last| with[last].end_s),
            with.get(to.0).map_or(f64::INFINITY, |next| next.start_s),
        ),
    };
    Change { start_s: start_s - NEAR_S, end_s: end_s + NEAR_S, before, after: &without[from.1..to.1] }
}
