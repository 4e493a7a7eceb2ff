//! Long segments become one for a sentence or two. A model that was told names to expect gives few times, and half a minute of
//! two people as one segment; lines, speakers and subtitles follow segments.

use media::time::Span;

use super::ends_between;
use crate::transcript::{Segment, Word};

/// Segments up to this length stay as they are.
const LONG: Span = Span::from_millis(10_000);
/// No piece is shorter than this where there is a choice.
const SHORTEST: Span = Span::from_millis(2_500);
/// A pause that parts what has no mark: often somebody else goes on.
const PAUSE: Span = Span::from_millis(900);

/// A long segment, cut behind sentences and in clear pauses. Tokens cannot be dealt out to the pieces: the first has them all.
pub fn by_sentences(segment: Segment) -> Vec<Segment> {
    if segment.end - segment.start <= LONG {
        return vec![segment];
    }
    let mut cuts = vec![0];
    for at in 1..segment.words.len() {
        let from = cuts.last().copied().unwrap_or(0);
        let (word, next) = (&segment.words[at - 1], &segment.words[at]);
        let before = at.checked_sub(2).map(|before| segment.words[before].spoken());
        let pause = next.start - word.end;
        let ends = pause >= PAUSE || ends_between(before, word.spoken(), next.spoken(), pause);
        if ends && word.end - segment.words[from].start >= SHORTEST {
            cuts.push(at);
        }
    }
    if cuts.len() == 1 {
        return vec![segment];
    }
    cuts.push(segment.words.len());
    let piece = |words: &[Word], is_first: bool, is_last: bool| Segment {
        start: if is_first { segment.start } else { words[0].start },
        end: if is_last { segment.end } else { words[words.len() - 1].end },
        tokens: if is_first { segment.tokens.clone() } else { Vec::new() },
        words: words.to_vec(),
        ..segment
    };
    let last = cuts.len() - 2;
    let pieces = cuts.windows(2).enumerate();
    pieces.map(|(at, cut)| piece(&segment.words[cut[0]..cut[1]], at == 0, at == last)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::tests::segment;

    fn texts(segments: &[Segment]) -> Vec<String> {
        segments.iter().map(|segment| segment.text().trim().to_owned()).collect()
    }

    #[test]
    fn half_a_minute_of_two_people_becomes_their_sentences() {
        let told = segment(
            "So how did it begin? It began with Dr. Smith, who lost an umbrella. Yes. And then everybody lost theirs. Really?",
            2.0,
            14.0,
        );
        let pieces = by_sentences(told.clone());
        assert_eq!(
            texts(&pieces),
            [
                "So how did it begin?",
                "It began with Dr. Smith, who lost an umbrella.",
                "Yes. And then everybody lost theirs.",
                "Really?"
            ]
        );
        assert_eq!((pieces[0].start, pieces[3].end), (told.start, told.end));
        assert!(pieces.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let words: Vec<&Word> = pieces.iter().flat_map(|piece| &piece.words).collect();
        assert_eq!(words, told.words.iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_pause_parts_what_has_no_mark() {
        let mut told = segment("one two three four five six seven eight nine ten eleven twelve", 0.0, 12.0);
        told.words[5].end = told.words[5].start + Span::from_millis(50);
        assert_eq!(
            texts(&by_sentences(told)),
            ["one two three four five six", "seven eight nine ten eleven twelve"]
        );
    }

    #[test]
    fn short_segments_and_those_without_an_end_inside_stay() {
        for (text, end_s) in
            [("Yes. No. Yes. No.", 9.0), ("a very long sentence that never comes to its end", 20.0)]
        {
            let told = segment(text, 0.0, end_s);
            assert_eq!(by_sentences(told.clone()), [told]);
        }
    }

    #[test]
    fn a_script_without_spaces_gets_none() {
        let mut told = segment("今日はとてもいい天気です。 明日は雨が降るでしょう。", 0.0, 12.0);
        told.words.iter_mut().for_each(|word| word.text = word.spoken().to_owned());
        let pieces = by_sentences(told);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[1].text(), "明日は雨が降るでしょう。");
    }
}
