//! The moves of a clip's edges along words and sentences, and what stands at them.
//! Plain data; knows neither the page nor how steps are taken back.

use clip::edit::ClipEdit;
use clip::recording::Recording;
use clip::sentence::Sentence;
use clip::transcript::{Transcript, Word, join_words};
use media::time::{Instant, Span};

/// A clip is never made shorter than this by moving an edge or by a cut.
pub const SHORTEST: Span = Span::from_millis(1_000);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Earlier,
    Later,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stride {
    Word,
    Sentence,
}

/// Moves one edge to the next word's or sentence's boundary. Stays where there is none, or where the clip would become
/// shorter than a second.
pub fn move_edge(
    clip: &mut ClipEdit,
    edge: Edge,
    direction: Direction,
    stride: Stride,
    recording: &Recording,
) {
    let from = match edge {
        Edge::Start => clip.start(),
        Edge::End => clip.end(),
    };
    let boundaries = boundaries(recording, edge, stride).into_iter();
    let next = match direction {
        Direction::Earlier => boundaries.filter(|at| *at < from).max(),
        Direction::Later => boundaries.filter(|at| *at > from).min(),
    };
    if let Some(next) = next {
        lay(clip, edge, next);
    }
}

/// Lays one edge to the word's boundary that is nearest to `at`, as [`move_edge`] does.
pub fn set_edge(clip: &mut ClipEdit, edge: Edge, at: Instant, recording: &Recording) {
    let apart = |boundary: &Instant| (boundary.micros() - at.micros()).abs();
    let Some(nearest) = boundaries(recording, edge, Stride::Word).into_iter().min_by_key(apart) else {
        return;
    };
    lay(clip, edge, nearest);
}

fn lay(clip: &mut ClipEdit, edge: Edge, at: Instant) {
    let moved = match edge {
        Edge::Start if at < clip.end() => clip.timeline.starting_at(at),
        Edge::End if clip.start() < at => clip.timeline.ending_at(at),
        _ => return,
    };
    if moved.duration() >= SHORTEST {
        clip.timeline = moved;
    }
}

/// Where an edge may lie: where words or sentences start for the start, where they end for the end.
fn boundaries(recording: &Recording, edge: Edge, stride: Stride) -> Vec<Instant> {
    let (transcript, sentences) = (recording.transcript(), recording.sentences());
    match (stride, edge) {
        (Stride::Word, Edge::Start) => transcript.words().map(|word| word.start).collect(),
        (Stride::Word, Edge::End) => transcript.words().map(|word| word.end).collect(),
        (Stride::Sentence, Edge::Start) => sentences.iter().map(Sentence::start).collect(),
        (Stride::Sentence, Edge::End) => sentences.iter().map(Sentence::end).collect(),
    }
}

/// Which end of a clip's words is quoted, and whether more stand there than are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub text: String,
    pub is_cut: bool,
}

/// The few words of the clip that stand at an edge: those that its captions have, joined as their script joins them.
pub fn quote(clip: &ClipEdit, edge: Edge, transcript: &Transcript) -> Quote {
    /// Columns; a word that begins within them is quoted whole.
    const WIDEST: usize = 44;
    let within: Vec<&Word> = transcript.words().filter(|word| clip.timeline.plays(word)).collect();
    let mut columns = 0;
    let mut fits = |word: &&&Word| {
        let is_first = columns == 0;
        columns += clip::script::width(word.spoken()) + 1;
        is_first || columns <= WIDEST
    };
    let quoted: Vec<&Word> = match edge {
        Edge::Start => within.iter().take_while(&mut fits).copied().collect(),
        Edge::End => {
            let count = within.iter().rev().take_while(&mut fits).count();
            within[within.len() - count..].to_vec()
        }
    };
    Quote { text: join_words(quoted.iter().copied()), is_cut: quoted.len() < within.len() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{clip_between, segment_of};

    fn talk() -> Recording {
        let segments = vec![
            segment_of(0.0, &["One", " two.", " Three", " four", " five.”"]),
            segment_of(5.0, &[" Six", " seven"]),
        ];
        Recording::new(Transcript { segments, ..Transcript::default() })
    }

    fn check(edge: Edge, direction: Direction, stride: Stride, start_s: f64, end_s: f64) {
        let mut clip = clip_between(1, 2.0, 4.0);
        move_edge(&mut clip, edge, direction, stride, &talk());
        assert_eq!(
            (clip.start().seconds(), clip.end().seconds()),
            (start_s, end_s),
            "{edge:?} {direction:?} {stride:?}"
        );
    }

    #[test]
    fn edges_move_along_words_and_sentences() {
        // Word n lies from n to n + 0.8 seconds.
        check(Edge::Start, Direction::Earlier, Stride::Word, 1.0, 4.0);
        check(Edge::Start, Direction::Later, Stride::Word, 3.0, 4.0);
        check(Edge::Start, Direction::Earlier, Stride::Sentence, 0.0, 4.0);
        check(Edge::End, Direction::Later, Stride::Word, 2.0, 4.8);
        check(Edge::End, Direction::Earlier, Stride::Word, 2.0, 3.8);
        check(Edge::End, Direction::Later, Stride::Sentence, 2.0, 4.8);
        // Nothing there, or too short: stays.
        check(Edge::Start, Direction::Later, Stride::Sentence, 2.0, 4.0);
        check(Edge::End, Direction::Earlier, Stride::Sentence, 2.0, 4.0);
    }

    #[test]
    fn an_edge_is_laid_to_the_nearest_word() {
        let check = |edge: Edge, at_s: f64, start_s: f64, end_s: f64| {
            let mut clip = clip_between(1, 2.0, 4.0);
            set_edge(&mut clip, edge, Instant::from_seconds(at_s), &talk());
            assert_eq!(
                (clip.start().seconds(), clip.end().seconds()),
                (start_s, end_s),
                "{edge:?} at {at_s}"
            );
        };
        check(Edge::Start, 1.2, 1.0, 4.0);
        check(Edge::End, 5.9, 2.0, 5.8);
        // Too short: stays.
        check(Edge::Start, 4.1, 2.0, 4.0);
        check(Edge::End, 2.4, 2.0, 4.0);
    }

    #[test]
    fn an_edge_is_quoted_by_its_words() {
        let quoted = |start_s: f64, end_s: f64, edge: Edge| {
            let Quote { text, is_cut } = quote(&clip_between(1, start_s, end_s), edge, talk().transcript());
            (text, is_cut)
        };
        assert_eq!(quoted(2.0, 4.0, Edge::Start), ("Three four".into(), false));
        // Captions leave out a word whose middle the edge cuts off, so it is not quoted either.
        assert_eq!(quoted(1.5, 3.3, Edge::Start), ("Three".into(), false));
        assert_eq!(quoted(1.3, 3.5, Edge::End), ("two. Three four".into(), false));
        assert_eq!(quoted(9.0, 9.5, Edge::Start), (String::new(), false));
        let long = Transcript {
            segments: vec![segment_of(0.0, &[" extraordinarily"; 9]), segment_of(20.0, &["今日は"; 12])],
            ..Transcript::default()
        };
        let (start, end) = (Edge::Start, Edge::End);
        let of_long = |edge| quote(&clip_between(1, 0.0, 40.0), edge, &long);
        assert_eq!(of_long(start), Quote { text: "extraordinarily extraordinarily".into(), is_cut: true });
        assert_eq!(of_long(end), Quote { text: "今日は".repeat(6), is_cut: true });
    }
}
