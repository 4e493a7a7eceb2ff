//! Who speaks when: pieces of speech, each with the vector of its voice, to turns of speakers. The number of speakers is found out.
//! Knows vectors and times; which model made them is nobody's business here.
//!
//! Spectral clustering with the refinements of Wang et al., "Speaker diarization with LSTM" (<https://arxiv.org/abs/1710.10468>),
//! which is made for these vectors: how alike two voices sound depends on the room, so each piece is compared by rank with the others of
//! the same recording.

use std::cmp::Ordering;

use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

/// A stretch of speech of well under a second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    pub start: Instant,
    pub end: Instant,
    /// Of length 1, as long as every other piece's.
    pub embedding: Vec<f32>,
}

/// A stretch in which one speaker speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    pub start: Instant,
    pub end: Instant,
    /// Numbered from 0 by who speaks first.
    pub speaker: usize,
}

/// More speakers are not told apart.
const MOST_SPEAKERS: usize = 8;
/// Fewer pieces are one speaker: there is nothing to compare.
const FEWEST_PIECES: usize = 6;
/// A long recording is clustered by so many means of neighbouring pieces at most, then each piece finds its speaker.
const MOST_COMPARED: usize = 400;
/// What a piece takes of each neighbour: a voice seldom changes from one to the next.
const BLENDED: f32 = 0.5;
/// Neighbours lie no farther apart.
const NEAR: Span = Span::from_millis(500);
/// The part of a row that is too unlike to count, and what is left of it.
const UNLIKE: f64 = 0.6;
const DAMPED: f64 = 0.01;
/// Likeness is evened out over so many neighbours to either side.
const BLUR: isize = 3;
/// What a change of speaker must gain in likeness, within speech and after a pause.
const CHANGE_COSTS: f32 = 0.1;
const CHANGE_AFTER_PAUSE_COSTS: f32 = 0.03;
const PAUSE: Span = Span::from_millis(300);
/// Silence that does not end a turn.
const BREATH: Span = Span::from_millis(500);
const ROUNDS: usize = 30;
const ITERATIONS: usize = 200;

/// The turns of `pieces`, which are in order of time and do not overlap.
pub fn turns(pieces: &[Utterance]) -> Vec<Turn> {
    let vectors = blended(pieces);
    let mut speakers = cluster(&vectors);
    for _ in 0..2 {
        speakers = settled(pieces, &vectors, &speakers);
    }
    let mut order: Vec<usize> = Vec::new();
    let mut turns: Vec<Turn> = Vec::new();
    for (piece, speaker) in pieces.iter().zip(speakers) {
        let speaker = order.iter().position(|known| *known == speaker).unwrap_or_else(|| {
            order.push(speaker);
            order.len() - 1
        });
        match turns.last_mut() {
            Some(last) if last.speaker == speaker && piece.start - last.end < BREATH => last.end = piece.end,
            _ => turns.push(Turn { start: piece.start, end: piece.end, speaker }),
        }
    }
    turns
}

/// The vectors with a part of their neighbours'.
fn blended(pieces: &[Utterance]) -> Vec<Vec<f32>> {
    let blend = |at: usize| {
        let mut vector = pieces[at].embedding.clone();
        let neighbours = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        for near in neighbours.filter_map(|index| pieces.get(index)) {
            let apart = (near.start - pieces[at].end).max(pieces[at].start - near.end);
            if apart < NEAR {
                vector.iter_mut().zip(&near.embedding).for_each(|(value, near)| *value += BLENDED * near);
            }
        }
        unit(vector)
    };
    (0..pieces.len()).map(blend).collect()
}

fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
    vector
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A speaker for each vector.
fn cluster(vectors: &[Vec<f32>]) -> Vec<usize> {
    if vectors.len() < FEWEST_PIECES {
        return vec![0; vectors.len()];
    }
    let each = vectors.len().div_ceil(MOST_COMPARED);
    let compared: Vec<Vec<f32>> = vectors.chunks(each).map(mean).collect();
    let leading = affinity(&compared).leading(MOST_SPEAKERS + 1);
    // As many speakers as there are large eigenvalues.
    let drop = |count: usize| leading[count - 1].value.max(1e-6) / leading[count].value.max(1e-6);
    let count = (1..leading.len()).max_by(|a, b| drop(*a).total_cmp(&drop(*b)).then(b.cmp(a))).unwrap_or(1);
    let row = |index: usize| {
        unit(leading[..count].iter().map(|eigen| eigen.vector[index] as f32).collect::<Vec<f32>>())
    };
    let found = k_means(&(0..compared.len()).map(row).collect::<Vec<_>>(), count);
    (0..vectors.len()).map(|index| found[index / each]).collect()
}

fn mean(vectors: &[Vec<f32>]) -> Vec<f32> {
    let mut sum = vec![0.0; vectors.first().map_or(0, Vec::len)];
    for vector in vectors {
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
    }
    unit(sum)
}

/// How alike the pieces are, refined so that pieces of one speaker are alike in the same ways. Symmetric.
fn affinity(vectors: &[Vec<f32>]) -> Square {
    let size = vectors.len();
    let mut alike = Square::new(size, |a, b| f64::from(dot(&vectors[a], &vectors[b])));
    for index in 0..size {
        let row = &mut alike.values[index * size..(index + 1) * size];
        row[index] =
            row.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, v)| *v).fold(0.0, f64::max);
    }
    let mut alike = alike.blurred().transposed().blurred();
    for row in alike.values.chunks_exact_mut(size) {
        let mut sorted = row.to_vec();
        sorted.sort_by(f64::total_cmp);
        let least = sorted[((size - 1) as f64 * UNLIKE).round() as usize];
        row.iter_mut().filter(|value| **value < least).for_each(|value| *value *= DAMPED);
    }
    let alike = Square::new(size, |a, b| alike.at(a, b).max(alike.at(b, a)));
    let mut alike = Square::new(size, |a, b| alike.row(a).iter().zip(alike.row(b)).map(|(a, b)| a * b).sum());
    for row in alike.values.chunks_exact_mut(size) {
        let largest = row.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        row.iter_mut().for_each(|value| *value /= largest);
    }
    Square::new(size, |a, b| 0.5 * (alike.at(a, b) + alike.at(b, a)))
}

struct Square {
    size: usize,
    /// Row by row.
    values: Vec<f64>,
}

struct Eigen {
    value: f64,
    /// Of length 1.
    vector: Vec<f64>,
}

impl Square {
    fn new(size: usize, value: impl Fn(usize, usize) -> f64) -> Square {
        Square { size, values: (0..size * size).map(|index| value(index / size, index % size)).collect() }
    }

    fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.size + column]
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.size..(row + 1) * self.size]
    }

    fn transposed(&self) -> Square {
        Square::new(self.size, |row, column| self.at(column, row))
    }

    /// Each row evened out with a Gaussian of deviation 1.
    fn blurred(&self) -> Square {
        let weight = |offset: isize| (-0.5 * (offset * offset) as f64).exp();
        let total: f64 = (-BLUR..=BLUR).map(weight).sum();
        let last = self.size as isize - 1;
        Square::new(self.size, |row, column| {
            let at = |offset: isize| self.at(row, (column as isize + offset).clamp(0, last) as usize);
            (-BLUR..=BLUR).map(|offset| weight(offset) * at(offset)).sum::<f64>() / total
        })
    }

    /// The largest eigenvalues of a symmetric matrix and their vectors, by subspace iteration. A dozen of some hundreds is all that is
    /// asked for here, and a linear algebra library would weigh more than the rest of this crate.
    fn leading(&self, count: usize) -> Vec<Eigen> {
        let count = count.min(self.size);
        // Vectors that are not alike, the same every time.
        let mut vectors: Vec<Vec<f64>> = (0..count)
            .map(|index| {
                (0..self.size).map(|at| ((at * (2 * index + 1)) as f64 * 0.7 + index as f64).cos()).collect()
            })
            .collect();
        for _ in 0..ITERATIONS {
            vectors = vectors.iter().map(|vector| self.times(vector)).collect();
            orthonormalize(&mut vectors);
        }
        let value = |vector: &Vec<f64>| product(vector, &self.times(vector));
        let mut found: Vec<Eigen> =
            vectors.iter().map(|vector| Eigen { value: value(vector), vector: vector.clone() }).collect();
        found.sort_by(|a, b| b.value.total_cmp(&a.value));
        found
    }

    fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.values.chunks_exact(self.size).map(|row| product(row, vector)).collect()
    }
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Gram and Schmidt's, twice for the sake of rounding.
fn orthonormalize(vectors: &mut [Vec<f64>]) {
    for index in 0..vectors.len() {
        let (before, rest) = vectors.split_at_mut(index);
        let Some(vector) = rest.first_mut() else { return };
        for other in before.iter().chain(before.iter()) {
            let along = product(vector, other);
            vector.iter_mut().zip(other).for_each(|(value, other)| *value -= along * other);
        }
        let length = product(vector, vector).sqrt().max(f64::MIN_POSITIVE);
        vector.iter_mut().for_each(|value| *value /= length);
    }
}

/// Lloyd's algorithm from centres that lie far from each other.
fn k_means(points: &[Vec<f32>], count: usize) -> Vec<usize> {
    let apart = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f32>();
    let Some(first) = points.first() else { return Vec::new() };
    let mut centres = vec![first.clone()];
    while centres.len() < count {
        let nearest =
            |point: &Vec<f32>| centres.iter().map(|centre| apart(point, centre)).fold(f32::MAX, f32::min);
        let far = points.iter().max_by(|a, b| nearest(a).total_cmp(&nearest(b)));
        centres.push(far.unwrap_or(first).clone());
    }
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        found = points.iter().map(|point| best(&centres, |centre| -apart(point, centre))).collect();
        for (index, centre) in centres.iter_mut().enumerate() {
            let own: Vec<&Vec<f32>> =
                points.iter().zip(&found).filter(|(_, of)| **of == index).map(|(point, _)| point).collect();
            if !own.is_empty() {
                for (axis, value) in centre.iter_mut().enumerate() {
                    *value = own.iter().map(|point| point[axis]).sum::<f32>() / own.len() as f32;
                }
            }
        }
    }
    found
}

/// Index of the centre that scores highest.
fn best(centres: &[Vec<f32>], score: impl Fn(&[f32]) -> f32) -> usize {
    let scores = centres.iter().map(|centre| score(centre)).enumerate();
    scores.max_by(|a, b| a.1.total_cmp(&b.1).then(Ordering::Less)).map_or(0, |(index, _)| index)
}

/// The likeliest speakers (Viterbi), where each sounds like the mean of what was theirs and a change costs something.
fn settled(pieces: &[Utterance], vectors: &[Vec<f32>], speakers: &[usize]) -> Vec<usize> {
    let mut names: Vec<usize> = speakers.to_vec();
    names.sort_unstable();
    names.dedup();
    let voice = |name: &usize| {
        let own = vectors.iter().zip(speakers).filter(|(_, of)| *of == name);
        mean(&own.map(|(vector, _)| vector.clone()).collect::<Vec<_>>())
    };
    let voices: Vec<Vec<f32>> = names.iter().map(voice).collect();
    let mut scores = vec![0.0f32; voices.len()];
    let mut came_from: Vec<Vec<usize>> = Vec::with_capacity(vectors.len());
    for (index, vector) in vectors.iter().enumerate() {
        let is_after_pause = index == 0 || pieces[index].start - pieces[index - 1].end >= PAUSE;
        let costs = if is_after_pause { CHANGE_AFTER_PAUSE_COSTS } else { CHANGE_COSTS };
        let leader = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
        let changed = scores.get(leader).copied().unwrap_or(0.0) - costs;
        let from = |speaker: usize| if scores[speaker] >= changed { speaker } else { leader };
        came_from.push((0..scores.len()).map(from).collect());
        scores = scores
            .iter()
            .zip(&voices)
            .map(|(score, voice)| score.max(changed) + dot(vector, voice))
            .collect();
    }
    let mut speaker = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
    let mut path = Vec::with_capacity(vectors.len());
    for from in came_from.iter().rev() {
        path.push(speaker);
        speaker = from[speaker];
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces of 0.4 s end to end: who speaks, how often; a pause of a second where it is `None`.
    fn talk(runs: &[(Option<usize>, usize)]) -> Vec<Utterance> {
        let mut pieces = Vec::new();
        let mut noise = 1u32;
        let mut at = Instant::from_seconds(0.0);
        for (speaker, count) in runs {
            for _ in 0..*count {
                let Some(speaker) = speaker else {
                    at += Span::from_millis(1_000);
                    continue;
                };
                let vector: Vec<f32> = (0..12)
                    .map(|axis| {
                        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        0.3 * (noise >> 8) as f32 / (1 << 24) as f32
                            + f32::from(u8::from(axis / 3 == *speaker))
                    })
                    .collect();
                let embedding = unit(vector);
                pieces.push(Utterance { start: at, end: at + Span::from_millis(400), embedding });
                at += Span::from_millis(400);
            }
        }
        pieces
    }

    fn check(runs: &[(Option<usize>, usize)], expected: &[(usize, f64, f64)]) {
        let found: Vec<(usize, f64, f64)> = turns(&talk(runs))
            .iter()
            .map(|turn| (turn.speaker, turn.start.seconds(), turn.end.seconds()))
            .collect();
        assert_eq!(found, expected, "{runs:?}");
    }

    #[test]
    fn speakers_are_told_apart_and_numbered_by_who_speaks_first() {
        check(
            &[(Some(2), 20), (Some(0), 20), (Some(2), 10)],
            &[(0, 0.0, 8.0), (1, 8.0, 16.0), (0, 16.0, 20.0)],
        );
        check(
            &[(Some(1), 12), (Some(0), 12), (Some(3), 12), (Some(1), 12)],
            &[(0, 0.0, 4.8), (1, 4.8, 9.6), (2, 9.6, 14.4), (0, 14.4, 19.2)],
        );
    }

    #[test]
    fn one_voice_is_one_speaker_however_long() {
        check(&[(Some(0), 50)], &[(0, 0.0, 20.0)]);
        check(&[(Some(0), 3)], &[(0, 0.0, 1.2)]);
        check(&[(Some(0), 10), (None, 1), (Some(0), 10)], &[(0, 0.0, 4.0), (0, 5.0, 9.0)]);
        check(&[], &[]);
    }

    #[test]
    fn an_hour_is_clustered_by_means() {
        let found = turns(&talk(&[(Some(0), 3_000), (Some(1), 3_000), (Some(0), 3_000)]));
        assert_eq!(found.iter().map(|turn| turn.speaker).collect::<Vec<_>>(), [0, 1, 0]);
    }
}
