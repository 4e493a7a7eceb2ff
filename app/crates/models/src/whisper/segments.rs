//! From a decoding's tokens to segments in time, and how far the next stretch of the window begins. Knows the grammar of
//! timestamps, not the model.
//!
//! After `_split_segments_by_timestamps` of faster-whisper and the seek rules of `whisper/transcribe.py`.

use super::vocabulary::Vocabulary;

/// Mel frames (10 ms) in one tick of a timestamp (20 ms).
pub(super) const FRAMES_PER_TICK: usize = 2;

/// Tokens between two timestamps. Times in seconds from the window's begin.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub start_s: f64,
    pub end_s: f64,
    /// With the timestamps around the text.
    pub tokens: Vec<u32>,
}

/// A decoding cut into spans.
#[derive(Debug, PartialEq)]
pub(super) struct Spans {
    pub spans: Vec<Span>,
    /// Frame at which the next stretch begins.
    pub next_frame: usize,
    /// The model closed its last segment and began none: nothing is said after it.
    pub is_closed: bool,
}

/// Cuts `tokens`, decoded from `frames` frames beginning at `first`, where two timestamps stand side by side. `goes_on`: speech
/// may go on after the frames or the tokens, so that text without an end is better heard again.
pub(super) fn split(
    tokens: &[u32],
    vocabulary: &Vocabulary,
    first: usize,
    frames: usize,
    goes_on: bool,
) -> Spans {
    let is_time = |index: usize| vocabulary.is_timestamp(tokens[index]);
    let count = tokens.len();
    let is_closed = count >= 2 && !is_time(count - 2) && is_time(count - 1);
    let mut cuts: Vec<usize> = (1..count).filter(|&index| is_time(index - 1) && is_time(index)).collect();
    let seconds = |frame: usize| frame as f64 / 100.0;
    let at = |token: u32| seconds(first + FRAMES_PER_TICK * vocabulary.ticks(token) as usize);
    let Some(&last_pair) = cuts.last() else {
        // Without a pair there is one span, which ends at its last timestamp, if that says anything.
        let latest = tokens.iter().rev().find(|&&token| vocabulary.is_timestamp(token));
        let end = latest.filter(|&&token| token != vocabulary.timestamp_begin).map(|&token| at(token));
        let end_s = end.unwrap_or_else(|| seconds(first + frames));
        let spans = vec![Span { start_s: seconds(first), end_s, tokens: tokens.to_vec() }];
        return Spans { spans, next_frame: first + frames, is_closed };
    };
    let next_frame = if is_closed || (!goes_on && last_pair + 1 < count) {
        cuts.push(count);
        first + frames
    } else {
        // What follows the last pair is unfinished: it is heard again from there.
        first + FRAMES_PER_TICK * vocabulary.ticks(tokens[last_pair - 1]) as usize
    };
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let spans = starts
        .zip(&cuts)
        .map(|(start, &end)| &tokens[start..end])
        .filter_map(|tokens| {
            let (&start, &end) = (tokens.first()?, tokens.last()?);
            let end_s = if vocabulary.is_timestamp(end) { at(end) } else { seconds(first + frames) };
            Some(Span { start_s: at(start), end_s, tokens: tokens.to_vec() })
        })
        .collect();
    Spans { spans, next_frame, is_closed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whisper::vocabulary::tests::small;

    /// Tokens as text: words are `a`, `b`…, numbers are timestamps in ticks.
    fn tokens(spelled: &str, vocabulary: &Vocabulary) -> Vec<u32> {
        let token = |word: &str| match word.parse::<u32>() {
            Ok(ticks) => vocabulary.timestamp_begin + ticks,
            Err(_) => u32::from(word.as_bytes()[0] - b'a'),
        };
        spelled.split_whitespace().map(token).collect()
    }

    fn check(
        spelled: &str,
        first: usize,
        frames: usize,
        expected: &[(f64, f64, &str)],
        next: usize,
        closed: bool,
    ) {
        let vocabulary = small();
        let spans = split(&tokens(spelled, &vocabulary), &vocabulary, first, frames, true);
        let expected: Vec<Span> = expected
            .iter()
            .map(|&(start_s, end_s, spelled)| Span { start_s, end_s, tokens: tokens(spelled, &vocabulary) })
            .collect();
        assert_eq!(spans, Spans { spans: expected, next_frame: next, is_closed: closed }, "{spelled}");
    }

    #[test]
    fn one_closed_segment_ends_the_stretch() {
        check("0 a b 50", 0, 1100, &[(0.0, 1.0, "0 a b 50")], 1100, true);
    }

    #[test]
    fn a_pair_separates_segments() {
        check("0 a 50 50 b 75", 0, 300, &[(0.0, 1.0, "0 a 50"), (1.0, 1.5, "50 b 75")], 300, true);
    }

    #[test]
    fn what_is_unfinished_is_heard_again() {
        check("0 a 50 60 b", 200, 1000, &[(2.0, 3.0, "0 a 50")], 300, false);
        check("0 a 50 50", 200, 1000, &[(2.0, 3.0, "0 a 50")], 300, false);
    }

    #[test]
    fn where_nothing_goes_on_text_without_an_end_is_whole() {
        let vocabulary = small();
        let spans = split(&tokens("0 a 50 60 b", &vocabulary), &vocabulary, 200, 1000, false);
        let times: Vec<_> = spans.spans.iter().map(|span| (span.start_s, span.end_s)).collect();
        assert_eq!(times, [(2.0, 3.0), (3.2, 12.0)]);
        assert_eq!((spans.next_frame, spans.is_closed), (1200, false));
    }

    #[test]
    fn without_timestamps_it_is_one_segment() {
        check("a b", 100, 500, &[(1.0, 6.0, "a b")], 600, false);
        check("0 a b", 100, 500, &[(1.0, 6.0, "0 a b")], 600, false);
        check("", 0, 500, &[(0.0, 5.0, "")], 500, false);
    }
}
