//! Who speaks when: pieces of speech, each with the vector of its voice, to turns of speakers. The number of speakers is found out.
//! Knows vectors and times; which model made them is nobody's business here.
//!
//! Pieces that sound alike are linked to candidates, of which Bayesian clustering leaves those whom it needs to explain what is heard;
//! then each piece finds its speaker.

mod bayes;
mod linkage;

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
/// Who speaks less than so long, or less than such a part of all speech, is nobody: a laugh, a cough, two voices at once.
const BRIEFEST_S: f64 = 1.8;
const LEAST_PART: f64 = 0.03;
/// A long recording is clustered by so many means of neighbouring pieces at most, then each piece finds its speaker.
const MOST_COMPARED: usize = 1_000;
/// Pieces this alike on average are linked. Two pieces of one voice mostly are, of two voices mostly not: more candidates than speakers.
const ALIKE: f32 = 0.75;
/// Candidates, the longest first, and how long each is at least.
const MOST_CANDIDATES: usize = 10;
const BRIEFEST_CANDIDATE_S: f64 = 0.8;
/// How likely the speaker of the piece before goes on, within speech and after a pause.
const STAYS: f64 = 0.8;
const STAYS_AFTER_PAUSE: f64 = 0.56;
/// What a piece takes of each neighbour: a voice seldom changes from one to the next.
const BLENDED: f32 = 0.5;
/// Neighbours lie no farther apart.
const NEAR: Span = Span::from_millis(500);
/// What a change of speaker must gain in likeness, within speech and after a pause.
const CHANGE_COSTS: f32 = 0.1;
const CHANGE_AFTER_PAUSE_COSTS: f32 = 0.03;
const PAUSE: Span = Span::from_millis(300);
/// Silence that does not end a turn.
const BREATH: Span = Span::from_millis(500);

/// The turns of `pieces`, which are in order of time and do not overlap.
pub fn turns(pieces: &[Utterance]) -> Vec<Turn> {
    let vectors = blended(pieces);
    let mut speakers = heard_enough(pieces, &vectors, &cluster(pieces, &vectors));
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

/// A speaker for each piece; `vectors` are the blended ones. Linking asks who sounds alike and is helped by blending; the evidence of
/// the clustering must count each piece once.
fn cluster(pieces: &[Utterance], vectors: &[Vec<f32>]) -> Vec<usize> {
    let each = pieces.len().div_ceil(MOST_COMPARED).max(1);
    // Means are not made longer: their product is the mean over all pairs of pieces.
    let blended: Vec<Vec<f32>> = vectors.chunks(each).map(|chunk| mean(chunk.iter())).collect();
    let heard: Vec<Vec<f32>> =
        pieces.chunks(each).map(|chunk| mean(chunk.iter().map(|piece| &piece.embedding))).collect();
    let seconds: Vec<f64> = pieces.chunks(each).map(|chunk| chunk.iter().map(seconds_of).sum()).collect();
    let stays: Vec<f64> = (0..heard.len()).map(|index| stays(pieces, index * each)).collect();
    let linked = linkage::clusters(&blended, ALIKE);
    let mut candidates = longest(&linked, &seconds, BRIEFEST_CANDIDATE_S);
    candidates.truncate(MOST_CANDIDATES);
    let speakers = bayes::speakers(&heard, &stays, &nearest(&blended, &linked, &candidates));
    (0..pieces.len()).map(|index| speakers[index / each]).collect()
}

fn seconds_of(piece: &Utterance) -> f64 {
    (piece.end - piece.start).seconds()
}

fn is_after_pause(pieces: &[Utterance], index: usize) -> bool {
    index == 0 || pieces[index].start - pieces[index - 1].end >= PAUSE
}

fn stays(pieces: &[Utterance], index: usize) -> f64 {
    if is_after_pause(pieces, index) { STAYS_AFTER_PAUSE } else { STAYS }
}

/// The speakers of `speakers` who speak for `least_s` or more, the longest first; the longest of all where none does.
fn longest(speakers: &[usize], seconds: &[f64], least_s: f64) -> Vec<usize> {
    let mut totals = vec![0.0; speakers.iter().max().map_or(0, |last| last + 1)];
    speakers.iter().zip(seconds).for_each(|(speaker, seconds)| totals[*speaker] += seconds);
    let mut order: Vec<usize> = (0..totals.len()).filter(|speaker| totals[*speaker] > 0.0).collect();
    order.sort_by(|a, b| totals[*b].total_cmp(&totals[*a]));
    let enough = order.iter().filter(|speaker| totals[**speaker] >= least_s).count();
    order.truncate(enough.max(1));
    order
}

/// For each vector which of `names` it sounds most like, where a name sounds like the mean of its vectors.
fn nearest(vectors: &[Vec<f32>], speakers: &[usize], names: &[usize]) -> Vec<usize> {
    let voices = voices(vectors, speakers, names);
    let alike = |vector: &Vec<f32>| voices.iter().map(|voice| dot(vector, voice)).collect::<Vec<_>>();
    vectors.iter().map(|vector| leader(&alike(vector))).collect()
}

/// How each of `names` sounds. Of length 1.
fn voices(vectors: &[Vec<f32>], speakers: &[usize], names: &[usize]) -> Vec<Vec<f32>> {
    let own = |name: usize| vectors.iter().zip(speakers).filter(move |(_, of)| **of == name);
    names.iter().map(|name| unit(mean(own(*name).map(|(vector, _)| vector)))).collect()
}

/// Without those who hardly speak: theirs goes to whom it sounds most like.
fn heard_enough(pieces: &[Utterance], vectors: &[Vec<f32>], speakers: &[usize]) -> Vec<usize> {
    let seconds: Vec<f64> = pieces.iter().map(seconds_of).collect();
    let least_s = BRIEFEST_S.max(LEAST_PART * seconds.iter().sum::<f64>());
    let mut names = longest(speakers, &seconds, least_s);
    names.truncate(MOST_SPEAKERS);
    nearest(vectors, speakers, &names)
}

fn mean<'a>(vectors: impl Iterator<Item = &'a Vec<f32>>) -> Vec<f32> {
    let (mut sum, mut count) = (Vec::new(), 0.0);
    for vector in vectors {
        sum.resize(vector.len(), 0.0);
        sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
        count += 1.0;
    }
    sum.iter_mut().for_each(|value| *value /= count);
    sum
}

/// Index of the largest.
fn leader(scores: &[f32]) -> usize {
    (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a))).unwrap_or(0)
}

/// The likeliest speakers (Viterbi), where each sounds like the mean of what was theirs and a change costs something.
fn settled(pieces: &[Utterance], vectors: &[Vec<f32>], speakers: &[usize]) -> Vec<usize> {
    let mut names: Vec<usize> = speakers.to_vec();
    names.sort_unstable();
    names.dedup();
    let voices = voices(vectors, speakers, &names);
    let mut scores = vec![0.0f32; voices.len()];
    let mut came_from: Vec<Vec<usize>> = Vec::with_capacity(vectors.len());
    for (index, vector) in vectors.iter().enumerate() {
        let costs = if is_after_pause(pieces, index) { CHANGE_AFTER_PAUSE_COSTS } else { CHANGE_COSTS };
        let leader = leader(&scores);
        let changed = scores.get(leader).copied().unwrap_or(0.0) - costs;
        let from = |speaker: usize| if scores[speaker] >= changed { speaker } else { leader };
        came_from.push((0..scores.len()).map(from).collect());
        scores = scores
            .iter()
            .zip(&voices)
            .map(|(score, voice)| score.max(changed) + dot(vector, voice))
            .collect();
    }
    let mut speaker = leader(&scores);
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

    /// A laugh is nobody, a question is somebody.
    #[test]
    fn who_speaks_long_enough_counts() {
        check(&[(Some(0), 20), (Some(1), 3), (Some(0), 20)], &[(0, 0.0, 17.2)]);
        check(
            &[(Some(0), 20), (Some(1), 8), (Some(0), 20)],
            &[(0, 0.0, 8.0), (1, 8.0, 11.2), (0, 11.2, 19.2)],
        );
    }

    #[test]
    fn an_hour_is_clustered_by_means() {
        let found = turns(&talk(&[(Some(0), 3_000), (Some(1), 3_000), (Some(0), 3_000)]));
        assert_eq!(found.iter().map(|turn| turn.speaker).collect::<Vec<_>>(), [0, 1, 0]);
    }
}
