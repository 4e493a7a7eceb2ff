//! Who says too little to be a cluster of his own, and yet is somebody: within a few seconds a network tells him from the others, and he
//! sounds like none of those whom the whole recording has.

use super::linkage;
use super::utterance::{LocalSpeaker, Utterance};
use crate::order;
use media::time::{Instant, Span};

/// How long he speaks at least, and how long of it alone: two voices at once sound like neither.
const BRIEFEST: Span = Span::from_millis(500);
const LEAST_ALONE: Span = Span::from_millis(250);
/// How much he may sound like somebody else: one second of a voice sounds more like the rest of it.
const UNLIKE: f32 = 0.33;
/// Two of different seconds who are so alike are one.
const ALIKE: f32 = 0.5;
/// Silence within a turn.
const PAUSE: Span = Span::from_millis(300);
/// How much of a piece is his at least that is taken for his.
const MOST_OF: f64 = 0.6;

/// Somebody who was left out, and when he speaks: in order, not overlapping.
pub struct LeftOut {
    pub spans: Vec<(Instant, Instant)>,
}

impl LeftOut {
    /// Whether `piece` is his.
    pub fn says(&self, piece: &Utterance) -> bool {
        let within =
            |(start, end): &(Instant, Instant)| ((*end).min(piece.end) - (*start).max(piece.start)).seconds();
        let his: f64 = self.spans.iter().map(|span| within(span).max(0.0)).sum();
        his >= MOST_OF * (piece.end - piece.start).seconds()
    }
}

/// Those of `local` who sound like none of `voices`, each once.
pub fn speakers(local: &[LocalSpeaker], voices: &[Vec<f32>]) -> Vec<LeftOut> {
    let is_nobody_else = |speaker: &&LocalSpeaker| {
        let likeness = |voice: &Vec<f32>| super::dot(voice, &speaker.embedding);
        speaker.alone >= LEAST_ALONE
            && lasts(&speaker.spans) >= BRIEFEST
            && voices.iter().all(|voice| likeness(voice) < UNLIKE)
    };
    let found: Vec<&LocalSpeaker> = local.iter().filter(is_nobody_else).collect();
    let embeddings: Vec<Vec<f32>> = found.iter().map(|speaker| speaker.embedding.clone()).collect();
    let names = linkage::clusters(&embeddings, ALIKE);
    let own = |name: usize| {
        let own = found.iter().zip(&names).filter(move |(_, of)| **of == name);
        LeftOut { spans: united(own.flat_map(|(speaker, _)| speaker.spans.iter().copied()).collect()) }
    };
    (0..names.iter().max().map_or(0, |last| last + 1)).map(own).collect()
}

fn lasts(spans: &[(Instant, Instant)]) -> Span {
    spans.iter().fold(Span::ZERO, |sum, (start, end)| sum + (*end - *start))
}

fn united(mut spans: Vec<(Instant, Instant)>) -> Vec<(Instant, Instant)> {
    order::sort_by(&mut spans, Ord::cmp);
    let mut united: Vec<(Instant, Instant)> = Vec::new();
    for (start, end) in spans {
        match united.last_mut() {
            Some(last) if start - last.1 < PAUSE => last.1 = last.1.max(end),
            _ => united.push((start, end)),
        }
    }
    united
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOICE: [f32; 3] = [1.0, 0.0, 0.0];

    fn at(seconds: f64) -> Instant {
        Instant::from_seconds(seconds)
    }

    /// Somebody as much like [`VOICE`] as this, and like whoever else has the same `axis` by the rest.
    fn somebody(likeness: f32, axis: usize, alone_s: f64, spans_s: &[(f64, f64)]) -> LocalSpeaker {
        let mut embedding = vec![likeness, 0.0, 0.0];
        embedding[axis] = (1.0 - likeness * likeness).sqrt();
        let spans = spans_s.iter().map(|(start, end)| (at(*start), at(*end))).collect();
        LocalSpeaker { embedding, alone: Span::from_seconds(alone_s), spans }
    }

    fn check(local: &[LocalSpeaker], expected: &[&[(f64, f64)]]) {
        let seconds = |left_out: &LeftOut| -> Vec<(f64, f64)> {
            left_out.spans.iter().map(|(start, end)| (start.seconds(), end.seconds())).collect()
        };
        let found: Vec<Vec<(f64, f64)>> = speakers(local, &[VOICE.to_vec()]).iter().map(seconds).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn who_sounds_like_nobody_else_is_somebody() {
        check(&[somebody(0.2, 1, 0.6, &[(3.0, 4.0)])], &[&[(3.0, 4.0)]]);
        check(&[somebody(0.4, 1, 0.6, &[(3.0, 4.0)])], &[]);
        // A laugh is nobody, and who never speaks alone cannot be told.
        check(&[somebody(0.1, 1, 0.4, &[(3.0, 3.4)])], &[]);
        check(&[somebody(0.1, 1, 0.1, &[(3.0, 5.0)])], &[]);
        check(&[], &[]);
    }

    #[test]
    fn one_of_several_parts_is_one() {
        let first = somebody(0.1, 1, 0.6, &[(3.0, 4.0)]);
        let again = somebody(0.0, 1, 0.8, &[(3.1, 4.1), (4.3, 4.6), (9.0, 9.5)]);
        check(&[first.clone(), again], &[&[(3.0, 4.6), (9.0, 9.5)]]);
        check(&[first, somebody(0.1, 2, 0.8, &[(7.0, 8.0)])], &[&[(3.0, 4.0)], &[(7.0, 8.0)]]);
    }
}
