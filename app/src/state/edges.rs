//! The moves of a clip's edges along words and sentences, and what stands at them.
//! Plain data; knows neither the page nor how steps are taken back.

use clip::edit::ClipEdit;
use clip::sentence::{Sentence, sentences};
use clip::transcript::{Transcript, Word};
use media::time::{Instant, Span};

/// A clip is never made shorter than this by moving an edge.
const SHORTEST: Span = Span::from_millis(1_000);

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
    transcript: &Transcript,
) {
    let from = match edge {
        Edge::Start => clip.start,
        Edge::End => clip.end,
    };
    let boundaries = boundaries(transcript, edge, stride).into_iter();
    let next = match direction {
        Direction::Earlier => boundaries.filter(|at| *at < from).max(),
        Direction::Later => boundaries.filter(|at| *at > from).min(),
    };
    let Some(next) = next else { return };
    match edge {
        Edge::Start if clip.end - next >= SHORTEST => clip.start = next,
        Edge::End if next - clip.start >= SHORTEST => clip.end = next,
        _ => {}
    }
}

/// Where an edge may lie: where words or sentences start for the start, where they end for the end.
fn boundaries(transcript: &Transcript, edge: Edge, stride: Stride) -> Vec<Instant> {
    match (stride, edge) {
        (Stride::Word, Edge::Start) => transcript.words().map(|word| word.start).collect(),
        (Stride::Word, Edge::End) => transcript.words().map(|word| word.end).collect(),
        (Stride::Sentence, Edge::Start) => sentences(transcript).iter().map(Sentence::start).collect(),
        (Stride::Sentence, Edge::End) => sentences(transcript).iter().map(Sentence::end).collect(),
    }
}

/// The spoken words between the edges, joined.
pub fn spoken_text(clip: &ClipEdit, transcript: &Transcript) -> String {
    let within = |word: &&Word| word.end > clip.start && word.start < clip.end;
    transcript.words().filter(within).map(|word| word.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{clip_between, segment_of};

    fn talk() -> Transcript {
        let segments = vec![
            segment_of(0.0, &["One", " two.", " Three", " four", " five.”"]),
            segment_of(5.0, &[" Six", " seven"]),
        ];
        Transcript { segments, ..Transcript::default() }
    }

    fn check(edge: Edge, direction: Direction, stride: Stride, start_s: f64, end_s: f64) {
        let mut clip = clip_between(1, 2.0, 4.0);
        move_edge(&mut clip, edge, direction, stride, &talk());
        assert_eq!(
            (clip.start.seconds(), clip.end.seconds()),
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
    fn an_edge_is_quoted_by_its_words() {
        assert_eq!(spoken_text(&clip_between(1, 2.0, 4.0), &talk()), " Three four");
    }
}
