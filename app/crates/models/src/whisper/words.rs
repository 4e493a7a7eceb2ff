//! From aligned tokens to words with times: where a word begins and ends in the tokens, punctuation joined to its word,
//! implausibly long words cut. Knows spelling and durations, not attention.
//!
//! After `whisper/tokenizer.py` (`split_to_word_tokens`) and `add_word_timestamps` of faster-whisper.

use super::segments::Span;
use super::vocabulary::{Language, Vocabulary};
use super::{Segment, Word};

/// Punctuation that belongs to the following word.
const PREPENDED: &str = "\"'“¿([{-";
/// Punctuation that belongs to the preceding word.
const APPENDED: &str = "\"'.。,，!！?？:：”)]}、";
const SENTENCE_ENDS: &str = ".。!！?？";
const ASCII_PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
/// No word is expected to be longer than twice the median word, and that not more than this.
const MAX_MEDIAN_S: f64 = 0.7;

/// A word as it stands in the tokens.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spelled {
    pub text: String,
    pub tokens: Vec<u32>,
}

/// A word with its time in seconds from the window's begin.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Timed {
    pub text: String,
    /// How many tokens it is made of.
    pub tokens: usize,
    pub start_s: f64,
    pub end_s: f64,
    pub confidence: f32,
}

/// Cuts text tokens into words: at spaces and punctuation, or at every character where a language writes no spaces.
pub(super) fn split_words(tokens: &[u32], vocabulary: &Vocabulary, language: &Language) -> Vec<Spelled> {
    let pieces = split_characters(tokens, vocabulary);
    if language.is_unspaced() {
        return pieces;
    }
    let mut words: Vec<Spelled> = Vec::new();
    for piece in pieces {
        let begins = piece.text.starts_with(' ') || ASCII_PUNCTUATION.contains(piece.text.trim());
        match words.last_mut() {
            Some(word) if !begins => {
                word.text.push_str(&piece.text);
                word.tokens.extend(piece.tokens);
            }
            _ => words.push(piece),
        }
    }
    words
}

/// Cuts tokens wherever they make whole characters.
fn split_characters(tokens: &[u32], vocabulary: &Vocabulary) -> Vec<Spelled> {
    let whole: Vec<char> = vocabulary.decode(tokens).chars().collect();
    let mut pieces = Vec::new();
    let mut current = Vec::new();
    let mut offset = 0;
    for &token in tokens {
        current.push(token);
        let text = vocabulary.decode(&current);
        let broken = text.chars().position(|c| c == char::REPLACEMENT_CHARACTER);
        // A character that is broken in the whole text too will not be mended by the next token.
        let is_whole = broken.is_none_or(|at| whole.get(offset + at) == Some(&char::REPLACEMENT_CHARACTER));
        if is_whole {
            offset += text.chars().count();
            pieces.push(Spelled { text, tokens: std::mem::take(&mut current) });
        }
    }
    pieces
}

/// Twice the median length is the longest that a word beside a pause may last.
#[derive(Clone, Copy)]
pub(super) struct Durations {
    median_s: f64,
    max_s: f64,
}

impl Durations {
    fn of(words: &[Timed]) -> Durations {
        let mut lengths: Vec<f64> =
            words.iter().map(|word| word.end_s - word.start_s).filter(|&s| s != 0.0).collect();
        lengths.sort_by(f64::total_cmp);
        let middle = lengths.len() / 2;
        let median = match lengths.len() {
            0 => 0.0,
            count if count % 2 == 1 => lengths[middle],
            _ => (lengths[middle - 1] + lengths[middle]) / 2.0,
        };
        let median_s = median.min(MAX_MEDIAN_S);
        Durations { median_s, max_s: 2.0 * median_s }
    }
}

/// Cuts words beside the end of a sentence that last implausibly long, and joins punctuation to its word.
pub(super) fn tidy(words: &mut [Timed]) -> Durations {
    let durations = Durations::of(words);
    for index in 1..words.len() {
        if words[index].end_s - words[index].start_s > durations.max_s {
            if SENTENCE_ENDS.contains(&words[index].text) {
                words[index].end_s = words[index].start_s + durations.max_s;
            } else if SENTENCE_ENDS.contains(&words[index - 1].text) {
                words[index].start_s = words[index].end_s - durations.max_s;
            }
        }
    }
    merge_punctuation(words);
    durations
}

/// Joins opening punctuation to the word after it and closing punctuation to the word before it. A joined one is left
/// behind empty, with no tokens.
fn merge_punctuation(words: &mut [Timed]) {
    let mut following = words.len().saturating_sub(1);
    for index in (0..following).rev() {
        let text = &words[index].text;
        if text.starts_with(' ') && PREPENDED.contains(text.trim()) {
            let (text, tokens) = take(&mut words[index]);
            words[following].text.insert_str(0, &text);
            words[following].tokens += tokens;
        } else {
            following = index;
        }
    }
    let mut previous = 0;
    for index in 1..words.len() {
        if !words[previous].text.ends_with(' ') && APPENDED.contains(&words[index].text) {
            let (text, tokens) = take(&mut words[index]);
            words[previous].text.push_str(&text);
            words[previous].tokens += tokens;
        } else {
            previous = index;
        }
    }
}

fn take(word: &mut Timed) -> (String, usize) {
    (std::mem::take(&mut word.text), std::mem::take(&mut word.tokens))
}

/// Deals the words out to the spans they were said in.
pub(super) fn deal(words: Vec<Timed>, spans: &[Span], vocabulary: &Vocabulary) -> Vec<Vec<Word>> {
    let mut words = words.into_iter().peekable();
    let of_span = |span: &Span| {
        let wanted = span.tokens.iter().filter(|&&token| vocabulary.is_text(token)).count();
        let mut dealt = Vec::new();
        let mut taken = 0;
        while taken < wanted
            && let Some(word) = words.next()
        {
            taken += word.tokens;
            if !word.text.is_empty() {
                let (start_s, end_s) = (hundredths(word.start_s), hundredths(word.end_s));
                dealt.push(Word { text: word.text, start_s, end_s, confidence: word.confidence });
            }
        }
        dealt
    };
    spans.iter().map(of_span).collect()
}

fn hundredths(seconds: f64) -> f64 {
    (seconds * 100.0).round() / 100.0
}

/// Makes a segment's first and last words plausible against the pause before and the segment's own times, then the
/// segment's times those of its words. `last_speech_s` is the end of the speech before, and is moved on.
pub(super) fn settle(segment: &mut Segment, durations: Durations, last_speech_s: &mut f64) {
    let Durations { median_s, max_s } = durations;
    let words = segment.words.as_mut_slice();
    let Some(first) = words.first() else { return };
    let second_end = words.get(1).map(|second| second.end_s);
    let is_after_pause = first.end_s - *last_speech_s > 4.0 * median_s;
    let is_long = first.end_s - first.start_s > max_s
        || second_end.is_some_and(|second_end| second_end - first.start_s > 2.0 * max_s);
    if is_after_pause && is_long {
        if let [first, second, ..] = words
            && second.end_s - second.start_s > max_s
        {
            let boundary = (second.end_s / 2.0).max(second.end_s - max_s);
            first.end_s = boundary;
            second.start_s = boundary;
        }
        words[0].start_s = (words[0].end_s - max_s).max(0.0);
    }
    let first = &mut words[0];
    if segment.start_s < first.end_s && segment.start_s - 0.5 > first.start_s {
        first.start_s = (first.end_s - median_s).min(segment.start_s).max(0.0);
    } else {
        segment.start_s = first.start_s;
    }
    if let Some(last) = words.last_mut() {
        if segment.end_s > last.start_s && segment.end_s + 0.5 < last.end_s {
            last.end_s = (last.start_s + median_s).max(segment.end_s);
        } else {
            segment.end_s = last.end_s;
        }
    }
    *last_speech_s = segment.end_s;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whisper::vocabulary::tests::small;

    fn check_split(tokens: &[u32], language: &str, expected: &[&str]) {
        let words = split_words(tokens, &small(), &Language::new(language));
        let texts: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, expected);
        let joined: Vec<u32> = words.into_iter().flat_map(|word| word.tokens).collect();
        assert_eq!(joined, tokens);
    }

    #[test]
    fn words_begin_at_spaces_and_punctuation() {
        check_split(&[0, 1, 5, 2, 10, 11, 3], "en", &["ab", " fc", ".", " \"d"]);
    }

    #[test]
    fn a_character_is_not_cut() {
        check_split(&[0, 8, 9, 1], "ja", &["a", "あ", "b"]);
        check_split(&[0, 8, 9, 6], "en", &["aあ", " g"]);
        check_split(&[8, 0], "ja", &["\u{FFFD}", "a"]);
    }

    /// Words of (text, length in s), one after another.
    fn timed(words: &[(&str, f64)]) -> Vec<Timed> {
        let mut end_s = 0.0;
        let word = |&(text, length): &(&str, f64)| {
            let start_s = end_s;
            end_s += length;
            Timed { text: text.into(), tokens: 1, start_s, end_s, confidence: 1.0 }
        };
        words.iter().map(word).collect()
    }

    fn span(tokens: &[u32]) -> Span {
        Span { start_s: 0.0, end_s: 9.0, tokens: tokens.to_vec() }
    }

    #[test]
    fn punctuation_joins_its_word() {
        let mut words =
            timed(&[(" \"", 0.1), (" Hi", 0.3), (",", 0.1), (" you", 0.3), (".", 0.1), ("\"", 0.1)]);
        tidy(&mut words);
        let texts: Vec<_> = words.iter().map(|word| (word.text.as_str(), word.tokens)).collect();
        assert_eq!(texts, [("", 0), (" \" Hi,", 3), ("", 0), (" you.\"", 3), ("", 0), ("", 0)]);
        let dealt = deal(words, &[span(&[22, 0, 0, 0, 25]), span(&[25, 0, 0, 0])], &small());
        let texts: Vec<Vec<_>> =
            dealt.iter().map(|words| words.iter().map(|word| word.text.as_str()).collect()).collect();
        assert_eq!(texts, [[" \" Hi,"], [" you.\""]]);
    }

    #[test]
    fn a_long_stop_is_cut() {
        let mut words = timed(&[("a", 0.2), (" b", 0.2), (".", 3.0), (" c", 3.0), (" d", 0.2)]);
        tidy(&mut words);
        assert!(
            (words[1].end_s - 0.4).abs() < 1e-9 && (words[3].end_s - words[3].start_s - 0.4).abs() < 1e-9
        );
    }

    fn word(text: &str, start_s: f64, end_s: f64) -> Word {
        Word { text: text.into(), start_s, end_s, confidence: 1.0 }
    }

    fn check_settled(
        segment: (f64, f64),
        words: &[(f64, f64)],
        expected: (f64, f64),
        expected_words: &[(f64, f64)],
    ) {
        let mut settled = Segment {
            start_s: segment.0,
            end_s: segment.1,
            text: String::new(),
            tokens: Vec::new(),
            avg_logprob: 0.0,
            no_speech_prob: 0.0,
            temperature: 0.0,
            words: words.iter().map(|&(start_s, end_s)| word(" a", start_s, end_s)).collect(),
        };
        let mut last_speech_s = 0.0;
        settle(&mut settled, Durations { median_s: 0.25, max_s: 0.5 }, &mut last_speech_s);
        let times: Vec<_> = settled.words.iter().map(|word| (word.start_s, word.end_s)).collect();
        assert_eq!((settled.start_s, settled.end_s), expected);
        assert_eq!(times, expected_words);
        assert_eq!(last_speech_s, settled.end_s);
    }

    #[test]
    fn plausible_words_give_the_segment_its_times() {
        check_settled((0.0, 2.0), &[(0.25, 0.5), (0.5, 1.75)], (0.25, 1.75), &[(0.25, 0.5), (0.5, 1.75)]);
    }

    #[test]
    fn a_first_word_does_not_fill_the_pause() {
        check_settled((0.0, 4.0), &[(0.0, 3.0), (3.0, 3.25)], (2.5, 3.25), &[(2.5, 3.0), (3.0, 3.25)]);
        check_settled((2.5, 4.0), &[(0.0, 3.0), (3.0, 4.0)], (3.0, 4.0), &[(3.0, 3.5), (3.5, 4.0)]);
    }

    #[test]
    fn a_last_word_does_not_outlast_its_segment() {
        check_settled((0.0, 1.0), &[(0.0, 0.5), (0.5, 3.0)], (0.0, 1.0), &[(0.0, 0.5), (0.5, 1.0)]);
    }
}
