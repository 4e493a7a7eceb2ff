//! Words of scripts that write none apart: the pieces that a speech model hears of Thai, Lao, Khmer and Burmese become words,
//! and phrases that it hears as one become several.

use super::Word;
use crate::script::{begins_no_line, is_southeast_asian};
use crate::word_breaks::WordBreaks;

/// The same words where each has a space before it or is of another script. Times of what is parted are dealt out by letters.
pub fn whole_words(words: Vec<Word>, breaks: &impl WordBreaks) -> Vec<Word> {
    if !words.iter().any(|word| word.text.chars().any(is_southeast_asian)) {
        return words;
    }
    let mut whole = Vec::with_capacity(words.len());
    let mut run: Vec<Word> = Vec::new();
    for word in words {
        let is_of_run = word.text.chars().all(|c| is_southeast_asian(c) || !c.is_alphanumeric());
        if !is_of_run || word.text.starts_with(char::is_whitespace) {
            whole.append(&mut parted(breaks, std::mem::take(&mut run)));
        }
        if is_of_run {
            run.push(word);
        } else {
            whole.push(word);
        }
    }
    whole.append(&mut parted(breaks, run));
    whole
}

/// A run of pieces cut again where its words begin.
fn parted(breaks: &impl WordBreaks, run: Vec<Word>) -> Vec<Word> {
    let text: String = run.iter().map(|word| word.text.as_str()).collect();
    if text.is_empty() {
        return Vec::new();
    }
    // Marks and spaces belong to the word before them; a space in front to the word behind it.
    let is_inner = |at: usize| {
        let Some((left, right)) = text.split_at_checked(at) else { return false };
        !left.trim().is_empty() && right.starts_with(|c: char| is_southeast_asian(c) && !begins_no_line(c))
    };
    let mut bounds = vec![0];
    bounds.extend(breaks.begins(&text).into_iter().filter(|&at| is_inner(at)));
    bounds.push(text.len());
    let pair = |pair: &[usize]| word_of(&run, pair[0], pair[1], &text[pair[0]..pair[1]]);
    bounds.windows(2).map(pair).collect()
}

/// What the pieces have between two bytes of their text, as one word.
fn word_of(run: &[Word], from: usize, to: usize, text: &str) -> Word {
    let mut begin = 0;
    let mut word: Option<Word> = None;
    for piece in run {
        let end = begin + piece.text.len();
        let (first, last) = (from.max(begin), to.min(end));
        if first < last {
            let share = |byte: usize| {
                let length = piece.end - piece.start;
                let part = (byte - begin) as f64 / piece.text.len() as f64;
                piece.start + media::time::Span::from_seconds(length.seconds() * part)
            };
            let (start, end) = (share(first), share(last));
            match &mut word {
                Some(word) => {
                    word.end = end;
                    word.confidence = word.confidence.min(piece.confidence);
                }
                None => word = Some(Word { text: text.to_owned(), start, end, confidence: piece.confidence }),
            }
        }
        begin = end;
    }
    // `from..to` lies in the text that the pieces make, so one of them holds its first byte.
    word.unwrap_or_else(|| Word {
        text: text.to_owned(),
        start: media::time::Instant::ZERO,
        end: media::time::Instant::ZERO,
        confidence: 0.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use icu_segmenter::WordSegmenter;
    use icu_segmenter::options::WordBreakInvariantOptions;
    use media::time::Instant;

    /// Unicode's own small networks.
    struct Networks;

    impl WordBreaks for Networks {
        fn begins(&self, text: &str) -> Vec<usize> {
            WordSegmenter::new_lstm(WordBreakInvariantOptions::default()).segment_str(text).collect()
        }
    }

    /// Pieces of a second each.
    fn check(pieces: &[&str], want: &[(&str, f64)]) {
        let word = |(at, text): (usize, &&str)| Word {
            text: (*text).into(),
            start: Instant::from_seconds(at as f64),
            end: Instant::from_seconds(at as f64 + 1.0),
            confidence: 0.9,
        };
        let words = whole_words(pieces.iter().enumerate().map(word).collect(), &Networks);
        let got: Vec<(&str, f64)> = words
            .iter()
            .map(|word| (word.text.as_str(), (word.start.seconds() * 100.0).round() / 100.0))
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn pieces_become_words() {
        check(&["วัน", "นี้", "เ", "รา", "พูด"], &[("วัน", 0.0), ("นี้", 1.0), ("เรา", 2.0), ("พูด", 4.0)]);
        // One phrase with a time for the whole.
        check(&["ខ្ញុំស្រឡាញ់ប្រទេស"], &[("ខ្ញុំ", 0.0), ("ស្រឡាញ់", 0.28), ("ប្រទេស", 0.67)]);
        check(&[" ສະ", "ບາຍ", "ດີ"], &[(" ສະບາຍ", 0.0), ("ດີ", 2.0)]);
        check(&["ประ", "เทศ", " OK", " ไทย"], &[("ประเทศ", 0.0), (" OK", 2.0), (" ไทย", 3.0)]);
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        check(&[" Hello", " world."], &[(" Hello", 0.0), (" world.", 1.0)]);
        check(&["今日", "は"], &[("今日", 0.0), ("は", 1.0)]);
        check(&[], &[]);
    }
}
