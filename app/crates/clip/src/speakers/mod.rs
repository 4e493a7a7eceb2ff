//! Who speaks when: pieces of speech, each with the vector of its voice, to turns of speakers. The number of speakers is found out.
//! Knows vectors and times; which model made them is nobody's business here.
//!
//! Pieces that sound alike are linked to candidates, of which Bayesian clustering leaves those whom it needs to explain what is heard;
//! then each piece finds its speaker. Who says too little for that, but is told apart from the others by more than his sound, is added.

mod bayes;
mod channels;
mod left_out;
mod levels;
mod linkage;
mod sides;
pub mod utterance;

use crate::insights::Turn;
use crate::order;
use media::time::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub use channels::are_told_apart;
use left_out::LeftOut;
pub use levels::{LevelMeter, Levels};
use utterance::{LocalSpeaker, Utterance};

/// What is heard of a recording's speakers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Voices {
    /// In order of time; they do not overlap.
    pub pieces: Vec<Utterance>,
    /// Who is told apart within a few seconds, in any order.
    pub local: Vec<LocalSpeaker>,
    /// Of all channels; none where only a mix was heard.
    pub levels: Levels,
}

/// More speakers are not told apart.
const MOST_SPEAKERS: usize = 12;
/// Who speaks less than so long, or less than such a part of all speech, is nobody: a laugh, a cough, two voices at once.
const BRIEFEST_S: f64 = 1.5;
const LEAST_PART: f64 = 0.015;
/// Whoever is only heard beside the one speaker there is counts from so much on.
const BESIDE_S: f64 = 1.0;
/// A long recording is clustered by so many means of neighboring pieces at most, then each piece finds its speaker.
const MOST_COMPARED: usize = 1_000;
/// Pieces this alike on average are linked. Two pieces of one voice mostly are, of two voices mostly not: more candidates than speakers.
const ALIKE: f32 = 0.45;
/// Candidates are one whose pieces are this alike, against how alike the pieces of each are: a telephone makes all voices alike.
const ALIKE_AS_OWN: f32 = 0.7;
/// With fewer pieces in which one speaks alone, the others are asked too.
const FEWEST_ALONE: usize = 4;
/// Candidates, the longest first, and how long each is at least.
const MOST_CANDIDATES: usize = 20;
const BRIEFEST_CANDIDATE_S: f64 = 0.8;
/// How likely the speaker of the piece before goes on, within speech and after a pause.
const STAYS: f64 = 0.8;
const STAYS_AFTER_PAUSE: f64 = 0.56;
/// What a change of speaker must gain in likeness, within speech and after a pause.
const CHANGE_COSTS: f32 = 0.1;
const CHANGE_AFTER_PAUSE_COSTS: f32 = 0.03;
const PAUSE: Span = Span::from_millis(300);
/// Silence that does not end a turn.
const BREATH: Span = Span::from_millis(500);

/// The turns of what is heard. They do not overlap: where two speak at once, one is heard.
pub fn turns(heard: &Voices) -> Vec<Turn> {
    found(heard).turns
}

/// The same turns with those of the others, who speak at the same time; in order of time.
pub fn turns_of_all(heard: &Voices) -> Vec<Turn> {
    let Found { mut turns, others } = found(heard);
    match others {
        Others::Told(others) => turns.extend(others),
        Others::Guessed { count, left_out } => {
            let overlapped: Vec<&Utterance> =
                heard.pieces.iter().filter(|piece| piece.is_overlapped).collect();
            let is_alone = count == 1 && left_out.is_empty();
            left_out.into_iter().for_each(|turn| add(&mut turns, turn));
            if is_alone {
                turns.extend(beside(&overlapped));
            } else if count > 1 {
                overlapped.into_iter().for_each(|piece| add_second(&mut turns, piece));
            }
        }
    }
    order::sort_by_key(&mut turns, |turn| turn.start);
    turns
}

struct Found {
    turns: Vec<Turn>,
    others: Others,
}

/// Who speaks beside the turns.
enum Others {
    /// Channels tell.
    Told(Vec<Turn>),
    /// Where two speak at once, somebody of `count` speakers, or of those whom their pieces left out.
    Guessed { count: usize, left_out: Vec<Turn> },
}

fn found(Voices { pieces, local, levels }: &Voices) -> Found {
    let Some(sided) = channels::sided(pieces, levels) else { return mixed(pieces, local) };
    let speakers = sides::speakers(&sided);
    let pieces: Vec<Utterance> = sided.iter().map(|sided| sided.piece.clone()).collect();
    let mut order = Vec::new();
    let turns = joined(&pieces, &speakers, &mut order);
    let others = sides::others(&sided, &speakers);
    let others = others.into_iter().map(|(speaker, start, end)| Turn {
        start,
        end,
        speaker: number(&mut order, speaker),
    });
    Found { turns, others: Others::Told(others.collect()) }
}

/// Where only voices tell.
fn mixed(pieces: &[Utterance], local: &[LocalSpeaker]) -> Found {
    let (mut speakers, voices) = speakers(pieces);
    let count = BTreeSet::from_iter(&speakers).len();
    let left_out = left_out::speakers(local, &voices);
    for (piece, speaker) in pieces.iter().zip(&mut speakers).filter(|(piece, _)| !piece.is_overlapped) {
        let whose = left_out.iter().position(|left_out| left_out.says(piece));
        *speaker = whose.map_or(*speaker, |number| voices.len() + number);
    }
    let mut order = Vec::new();
    let turns = joined(pieces, &speakers, &mut order);
    let turns_of = |(index, left_out): (usize, &LeftOut)| {
        let speaker = number(&mut order, voices.len() + index);
        left_out
            .spans
            .iter()
            .map(|(start, end)| Turn { start: *start, end: *end, speaker })
            .collect::<Vec<_>>()
    };
    let left_out = left_out.iter().enumerate().flat_map(turns_of).collect();
    Found { turns, others: Others::Guessed { count, left_out } }
}

/// The number of a speaker, who gets the next where he has none.
fn number(order: &mut Vec<usize>, speaker: usize) -> usize {
    order.iter().position(|known| *known == speaker).unwrap_or_else(|| {
        order.push(speaker);
        order.len() - 1
    })
}

/// Pieces of one speaker that follow each other are one turn.
fn joined(pieces: &[Utterance], speakers: &[usize], order: &mut Vec<usize>) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for (piece, speaker) in pieces.iter().zip(speakers) {
        let speaker = number(order, *speaker);
        match turns.last_mut() {
            Some(last) if last.speaker == speaker && piece.start - last.end < BREATH => last.end = piece.end,
            _ => turns.push(Turn { start: piece.start, end: piece.end, speaker }),
        }
    }
    turns
}

/// A second speaker, who never speaks alone.
fn beside(overlapped: &[&Utterance]) -> Vec<Turn> {
    if overlapped.iter().map(|piece| seconds_of(piece)).sum::<f64>() < BESIDE_S {
        return Vec::new();
    }
    let runs = overlapped.chunk_by(|a, b| b.start - a.end < BREATH);
    let turn =
        |run: &[&Utterance]| Some(Turn { start: run.first()?.start, end: run.last()?.end, speaker: 1 });
    runs.filter_map(turn).collect()
}

/// Who else speaks in `piece`: of those who do not, the one who speaks soonest before or after.
fn add_second(turns: &mut Vec<Turn>, piece: &Utterance) {
    let apart = |turn: &Turn| (turn.start - piece.end).max(piece.start - turn.end);
    let speaks = |speaker: usize| {
        turns.iter().any(|turn| turn.speaker == speaker && turn.start <= piece.start && turn.end >= piece.end)
    };
    let second = turns.iter().filter(|turn| !speaks(turn.speaker)).min_by_key(|turn| apart(turn));
    let Some(speaker) = second.map(|turn| turn.speaker) else { return };
    add(turns, Turn { start: piece.start, end: piece.end, speaker });
}

/// One turn with another of the speaker that it touches.
fn add(turns: &mut Vec<Turn>, added: Turn) {
    let touches = |turn: &&mut Turn| {
        turn.speaker == added.speaker && turn.start <= added.end && turn.end >= added.start
    };
    if let Some(turn) = turns.iter_mut().find(touches) {
        turn.start = turn.start.min(added.start);
        turn.end = turn.end.max(added.end);
    } else {
        turns.push(added);
    }
}

/// A speaker for each piece, and the voice of each. What speakers sound like is learned where one speaks alone.
fn speakers(pieces: &[Utterance]) -> (Vec<usize>, Vec<Vec<f32>>) {
    let is_alone: Vec<bool> = pieces.iter().map(|piece| !piece.is_overlapped).collect();
    let enough = is_alone.iter().filter(|alone| **alone).count() >= FEWEST_ALONE;
    let is_heard = |index: &usize| is_alone[*index] || !enough;
    let heard: Vec<usize> = (0..pieces.len()).filter(is_heard).collect();
    let alone: Vec<Utterance> = heard.iter().map(|index| pieces[*index].clone()).collect();
    let vectors: Vec<Vec<f32>> = alone.iter().map(|piece| unit(piece.embedding.clone())).collect();
    let found = heard_enough(&alone, &vectors, &cluster(&alone, &vectors));
    let names: Vec<usize> = (0..found.iter().max().map_or(0, |last| last + 1)).collect();
    let mut voices = voices(&vectors, &found, &names);
    let mut speakers = settled(pieces, &voices);
    let own: Vec<usize> = heard.iter().map(|index| speakers[*index]).collect();
    for (name, voice) in voices.iter_mut().enumerate().filter(|(name, _)| own.contains(name)) {
        voice.clone_from(&self::voices(&vectors, &own, &[name])[0]);
    }
    speakers = settled(pieces, &voices);
    (speakers, voices)
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

/// A speaker for each piece.
fn cluster(pieces: &[Utterance], vectors: &[Vec<f32>]) -> Vec<usize> {
    let each = pieces.len().div_ceil(MOST_COMPARED).max(1);
    // Means are not made longer: their product is the mean over all pairs of pieces.
    let heard: Vec<Vec<f32>> = vectors.chunks(each).map(|chunk| mean(chunk.iter())).collect();
    let seconds: Vec<f64> = pieces.chunks(each).map(|chunk| chunk.iter().map(seconds_of).sum()).collect();
    let stays: Vec<f64> = (0..heard.len()).map(|index| stays(pieces, index * each)).collect();
    let linked = linkage::clusters(&heard, ALIKE);
    let mut candidates = longest(&linked, &seconds, BRIEFEST_CANDIDATE_S);
    candidates.truncate(MOST_CANDIDATES);
    let first = linkage::joined(&heard, &nearest(&heard, &linked, &candidates), ALIKE_AS_OWN);
    let speakers = bayes::speakers(&heard, &stays, &first);
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
    order::sort_by(&mut order, |a, b| totals[*b].total_cmp(&totals[*a]));
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

/// The likeliest speakers (Viterbi), who sound like `voices`, where a change costs something.
fn settled(pieces: &[Utterance], voices: &[Vec<f32>]) -> Vec<usize> {
    let mut scores = vec![0.0f32; voices.len()];
    let mut came_from: Vec<Vec<usize>> = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.iter().enumerate() {
        let costs = if is_after_pause(pieces, index) { CHANGE_AFTER_PAUSE_COSTS } else { CHANGE_COSTS };
        let leader = leader(&scores);
        let changed = scores.get(leader).copied().unwrap_or(0.0) - costs;
        let from = |speaker: usize| if scores[speaker] >= changed { speaker } else { leader };
        came_from.push((0..scores.len()).map(from).collect());
        scores = scores
            .iter()
            .zip(voices)
            .map(|(score, voice)| score.max(changed) + dot(&piece.embedding, voice))
            .collect();
    }
    let mut speaker = leader(&scores);
    let mut path = Vec::with_capacity(pieces.len());
    for from in came_from.iter().rev() {
        path.push(speaker);
        speaker = from[speaker];
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests;
