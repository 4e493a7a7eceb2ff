//! What a person says that was said, where it was misheard: how new text is spread over the words that were picked, where else the same was
//! heard, and what becomes of a title that quotes it. Times stay; how steps are taken back is `history`'s.

use clip::recording::Spelling;
use clip::script;
use clip::transcript::{Transcript, Word, WordId, join_words};
use std::ops::RangeInclusive;

/// Words that were picked, and what they say now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misheard {
    pub words: RangeInclusive<WordId>,
    /// As one line.
    pub text: String,
}

impl Misheard {
    /// `None` where none of them says anything.
    pub fn of(transcript: &Transcript, words: RangeInclusive<WordId>) -> Option<Self> {
        let text = join_words(picked(transcript, &words).into_iter().map(|(_, word)| word));
        (!text.is_empty()).then_some(Self { words, text })
    }

    /// What each of the words says when together they say `text`. What stands at the begin and at the end as before stays with its
    /// words; the rest is spread over those between. Nothing where `text` says nothing, or the same.
    pub fn spelled(&self, transcript: &Transcript, text: &str) -> Spelling {
        let words = picked(transcript, &self.words);
        let pieces = pieces(text, words.len());
        if pieces.is_empty() || text.split_whitespace().eq(self.text.split_whitespace()) {
            return Spelling::new();
        }
        let same = |(left, right): &(&(WordId, &Word), &String)| left.1.spoken() == *right;
        let front = words.iter().zip(&pieces).take_while(same).count();
        let back = words[front..].iter().rev().zip(pieces[front..].iter().rev()).take_while(same).count();
        let mut middle = front..words.len() - back;
        let mut new = front..pieces.len() - back;
        // Words that came between two that stay belong to one of them.
        if middle.is_empty() && front > 0 {
            (middle.start, new.start) = (front - 1, front - 1);
        } else if middle.is_empty() {
            (middle.end, new.end) = (middle.end + 1, new.end + 1);
        }
        let (count, places) = (new.len(), middle.len());
        let mut texts = vec![String::new(); places];
        for (at, piece) in pieces[new].iter().enumerate() {
            script::push(&mut texts[at * places / count], piece);
        }
        words[middle]
            .iter()
            .zip(texts)
            .filter(|((_, word), text)| word.spoken() != text)
            .map(|((id, _), text)| (*id, text))
            .collect()
    }

    /// Where else the same was heard, whatever stands before and behind it.
    pub fn elsewhere(&self, transcript: &Transcript) -> Vec<Self> {
        let wanted: Vec<String> = self.text.split_whitespace().map(bare).collect();
        let said: Vec<(WordId, &Word)> =
            transcript.numbered_words().filter(|(_, word)| !word.spoken().is_empty()).collect();
        if wanted.iter().all(String::is_empty) {
            return vec![];
        }
        let mut found: Vec<Self> = Vec::new();
        for run in said.windows(wanted.len()) {
            let (Some((first, _)), Some((last, _))) = (run.first(), run.last()) else { continue };
            let is_same = run.iter().map(|(_, word)| bare(word.spoken())).eq(wanted.iter().cloned());
            let is_free = found.last().is_none_or(|before| before.words.end() < first)
                && (last < self.words.start() || first > self.words.end());
            if is_same && is_free {
                found.extend(Self::of(transcript, *first..=*last));
            }
        }
        found
    }

    /// What the words are to say here when those of `other` say `text`: the signs before and behind them stay.
    pub fn like(&self, text: &str) -> String {
        let (before, behind) = (leading(&self.text), trailing(&self.text));
        format!("{before}{}{behind}", core(text))
    }

    /// `title` with `text` where it quotes these words.
    pub fn quoted(&self, title: &str, text: &str) -> String {
        let (old, new) = (core(&self.text), core(text));
        let mut quoted = String::new();
        let mut rest = title;
        while let Some((before, matched, behind)) = found(rest, old) {
            quoted += before;
            quoted += &capital_like(matched, old, new);
            rest = behind;
        }
        quoted + rest
    }
}

fn picked<'a>(transcript: &'a Transcript, words: &RangeInclusive<WordId>) -> Vec<(WordId, &'a Word)> {
    transcript.numbered_words().filter(|(id, _)| words.contains(id)).collect()
}

/// The words of a text; of one without spaces, as many equal parts as it is to have.
fn pieces(text: &str, count: usize) -> Vec<String> {
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let [only] = words.as_slice() else { return words };
    let letters: Vec<char> = only.chars().collect();
    let is_unspaced =
        letters.windows(2).any(|pair| !script::is_spaced(&pair[0].to_string(), &pair[1].to_string(), true));
    if count < 2 || !is_unspaced {
        return words;
    }
    letters.chunks(letters.len().div_ceil(count)).map(|part| part.iter().collect()).collect()
}

/// A word as it is compared: without signs around it, in small letters.
fn bare(word: &str) -> String {
    core(word).to_lowercase()
}

/// Without what is neither letter nor digit at its ends.
fn core(text: &str) -> &str {
    text.trim_matches(|letter: char| !letter.is_alphanumeric())
}

fn leading(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(|letter: char| !letter.is_alphanumeric()).len()]
}

fn trailing(text: &str) -> &str {
    &text[text.trim_end_matches(|letter: char| !letter.is_alphanumeric()).len()..]
}

/// Where `wanted` stands as a word of its own: what comes before, it, and what follows. A capital at its begin makes no difference.
fn found<'a>(text: &'a str, wanted: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let is_inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let small = |text: &str| {
        let mut letters = text.chars();
        letters.next().map(|first| format!("{}{}", first.to_lowercase(), letters.as_str()))
    };
    let wanted_small = small(wanted)?;
    text.char_indices().find_map(|(start, _)| {
        let end = start + wanted.len();
        let here = text.get(start..end).filter(|here| small(here).as_ref() == Some(&wanted_small))?;
        let (before, behind) = (&text[..start], &text[end..]);
        let is_word = !is_inside(before.chars().next_back()) && !is_inside(behind.chars().next());
        is_word.then_some((before, here, behind))
    })
}

/// `new` with a capital where `matched` has one that `old` has not.
fn capital_like(matched: &str, old: &str, new: &str) -> String {
    let is_capital = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
    let mut letters = new.chars();
    match letters.next() {
        Some(first) if is_capital(matched) && !is_capital(old) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => new.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::spread_segment;

    fn transcript_of(said: &str) -> Transcript {
        let mut transcript = Transcript::default();
        transcript.merge(vec![spread_segment(said, 0.0, 10.0)]);
        transcript
    }

    fn misheard(transcript: &Transcript, first: u32, last: u32) -> Misheard {
        Misheard::of(transcript, WordId(first)..=WordId(last)).expect("words")
    }

    fn spelled(said: &str, first: u32, last: u32, text: &str) -> Vec<(u32, String)> {
        let transcript = transcript_of(said);
        let spelling = misheard(&transcript, first, last).spelled(&transcript, text);
        spelling.into_iter().map(|(id, text)| (id.0, text)).collect()
    }

    #[test]
    fn new_text_is_spread_over_the_words_that_were_picked() {
        let check = |first, last, text: &str, expected: &[(u32, &str)]| {
            let expected: Vec<_> = expected.iter().map(|(id, text)| (*id, (*text).to_owned())).collect();
            assert_eq!(spelled("we run cooper net ease here.", first, last, text), expected, "{text}");
        };
        check(1, 1, "ran", &[(1, "ran")]);
        check(2, 4, "Kubernetes", &[(2, "Kubernetes"), (3, ""), (4, "")]);
        check(2, 4, "our own clusters", &[(2, "our"), (3, "own"), (4, "clusters")]);
        // What stays as it is keeps its times.
        check(0, 5, "we run Kubernetes here.", &[(2, "Kubernetes"), (3, ""), (4, "")]);
        check(0, 1, "we often run", &[(0, "we often")]);
        check(1, 2, "now run cooper", &[(1, "now run")]);
        check(1, 2, "run cooper now", &[(2, "cooper now")]);
        check(0, 1, "we do not want to run", &[(0, "we do not want to")]);
        for nothing in ["", "  ", "we  run "] {
            check(0, 1, nothing, &[]);
        }
    }

    #[test]
    fn text_without_spaces_is_spread_too() {
        assert_eq!(spelled("東京 大学", 0, 1, "東北大学"), [(0, "東北".to_owned())]);
        assert_eq!(
            spelled("東京 大学", 0, 1, "東京都大学校"),
            [(0, "東京都".to_owned()), (1, "大学校".to_owned())]
        );
    }

    #[test]
    fn the_same_is_found_elsewhere_and_keeps_its_signs() {
        let transcript =
            transcript_of("Cooper net is big. We like cooper net, and cooper nets. \"Cooper Net!\"");
        let first = misheard(&transcript, 0, 1);
        let others = first.elsewhere(&transcript);
        let texts: Vec<&str> = others.iter().map(|other| other.text.as_str()).collect();
        assert_eq!(texts, ["cooper net,", "\"Cooper Net!\""]);
        let like: Vec<String> = others.iter().map(|other| other.like("Kubernetes")).collect();
        assert_eq!(like, ["Kubernetes,", "\"Kubernetes!\""]);
        assert!(misheard(&transcript, 2, 2).elsewhere(&transcript).is_empty());
        assert!(misheard(&transcript_of("— and —"), 0, 0).elsewhere(&transcript_of("— and —")).is_empty());
    }

    #[test]
    fn titles_follow() {
        let check = |said: &str, title: &str, text: &str, expected: &str| {
            let transcript = transcript_of(said);
            let last = u32::try_from(said.split_whitespace().count()).expect("few") - 1;
            assert_eq!(misheard(&transcript, 0, last).quoted(title, text), expected);
        };
        check("cooper net", "Why cooper net is big", "Kubernetes", "Why Kubernetes is big");
        check("pears.", "Pears, and pears only", "apples.", "Apples, and apples only");
        check("pear", "Pearls are not for pears", "apple", "Pearls are not for pears");
        check("Müller", "Herr Müller", "Möller", "Herr Möller");
    }
}
