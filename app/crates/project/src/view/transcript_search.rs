//! Where words are in a transcript: as they are typed, and which sentences come nearest by meaning.
//! Plain data; how near a sentence comes is found out elsewhere.

use clip::order;
use clip::script;
use clip::sentence::{BySentence, Sentence};
use clip::transcript::Transcript;
use media::time::Instant;
use std::collections::BTreeMap;
use std::ops::Range;

/// More places help nobody.
const MOST_PLACES: usize = 999;
/// So many sentences that come near are shown.
const NEAREST: usize = 8;

/// All words in small letters without marks, with where each came from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SpokenText {
    text: String,
    words: Vec<WordPlace>,
}

#[derive(Debug, Clone, PartialEq)]
struct WordPlace {
    at: usize,
    line: Instant,
    /// Which word of its line.
    word: usize,
}

/// One place of what was typed, in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Lines with the words there. A phrase may begin in one line and end in the next.
    pub words: Vec<(Instant, usize)>,
}

impl Place {
    pub fn line(&self) -> Option<Instant> {
        self.words.first().map(|(line, _)| *line)
    }
}

/// Of the two, the later one holds for a word that has both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Found,
    /// Of the place that is looked at.
    LookedAt,
}

/// The words to mark, by line.
pub type Marks = BTreeMap<Instant, BTreeMap<usize, Mark>>;

pub fn marks(places: &[Place], current: usize) -> Marks {
    let mut marks = Marks::new();
    for (index, place) in places.iter().enumerate() {
        let mark = if index == current { Mark::LookedAt } else { Mark::Found };
        for (line, word) in &place.words {
            let known = marks.entry(*line).or_default().entry(*word).or_insert(mark);
            *known = mark.max(*known);
        }
    }
    marks
}

impl SpokenText {
    pub fn of(transcript: &Transcript) -> Self {
        let mut spoken = Self::default();
        for segment in &transcript.segments {
            for (index, word) in segment.words.iter().enumerate() {
                let bare = plain(&word.text);
                if bare.is_empty() {
                    continue;
                }
                let is_apart = index == 0 || word.text.starts_with(char::is_whitespace);
                if script::is_spaced(&spoken.text, &bare, is_apart) {
                    spoken.text.push(' ');
                }
                let place = WordPlace { at: spoken.text.len(), line: segment.start, word: index };
                spoken.words.push(place);
                spoken.text.push_str(&bare);
            }
        }
        spoken
    }

    /// Where the typed words stand one after the other; the last may be typed in part.
    pub fn places(&self, typed: &str) -> Vec<Place> {
        let mut wanted = String::new();
        for word in typed.split(|c: char| c.is_whitespace() || is_inner_mark(c)) {
            script::push(&mut wanted, &plain(word));
        }
        if wanted.is_empty() {
            return vec![];
        }
        let found = self.text.match_indices(&wanted).take(MOST_PLACES);
        found.map(|(at, _)| self.place(at..at + wanted.len())).collect()
    }

    fn place(&self, bytes: Range<usize>) -> Place {
        let first = self.words.partition_point(|word| word.at <= bytes.start).saturating_sub(1);
        let end = self.words.partition_point(|word| word.at < bytes.end);
        Place { words: self.words[first..end].iter().map(|word| (word.line, word.word)).collect() }
    }
}

/// A full stop, comma or bracket of a script that has no spaces, where they would part words.
fn is_inner_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '！' | '（' | '）' | '，' | '：' | '；' | '？')
}

fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'")
}

/// A sentence that comes near to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    pub start: Instant,
    pub text: String,
}

/// The nearest first.
pub fn nearest(sentences: &[Sentence], likeness: &BySentence) -> Vec<Near> {
    let mut ranked: Vec<(&Sentence, f32)> =
        sentences.iter().filter_map(|one| Some((one, likeness.get(one.id)?))).collect();
    order::sort_by(&mut ranked, |a, b| b.1.total_cmp(&a.1));
    ranked.into_iter().take(NEAREST).map(|(one, _)| Near { start: one.start(), text: one.text() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::segment_of;
    use clip::recording::Recording;

    fn talk() -> Transcript {
        let segments = vec![
            segment_of(0.0, &["Hello,", " World", " –", " it’s", " non", "-real", " time."]),
            segment_of(9.0, &[" Time", " to", " say", " hello!"]),
        ];
        Transcript { segments, ..Transcript::default() }
    }

    #[test]
    fn typed_words_are_found_across_marks_and_lines() {
        let spoken = SpokenText::of(&talk());
        let check = |typed: &str, expected: &[&[(f64, usize)]]| {
            let found: Vec<Vec<(f64, usize)>> = spoken
                .places(typed)
                .iter()
                .map(|place| place.words.iter().map(|(line, word)| (line.seconds(), *word)).collect())
                .collect();
            assert_eq!(found, expected, "{typed}");
        };
        check("hello", &[&[(0.0, 0)], &[(9.0, 3)]]);
        check(" Hello  world ", &[&[(0.0, 0), (0.0, 1)]]);
        check("world it's", &[&[(0.0, 1), (0.0, 3)]]);
        check("nonreal", &[&[(0.0, 4), (0.0, 5)]]);
        check("time time to", &[&[(0.0, 6), (9.0, 0), (9.0, 1)]]);
        check("wor", &[&[(0.0, 1)]]);
        check("…", &[]);
        check("", &[]);
        check("bread", &[]);
        assert_eq!(SpokenText::of(&Transcript::default()).places("hello"), []);
    }

    #[test]
    fn words_of_scripts_without_spaces_are_found() {
        let segments = vec![
            segment_of(0.0, &["今日", "は", "天気", "が", "いい", "です。"]),
            segment_of(9.0, &[" 明日", "も", "天気"]),
        ];
        let spoken = SpokenText::of(&Transcript { segments, ..Transcript::default() });
        let check = |typed: &str, expected: &[usize]| {
            let found: Vec<usize> = spoken.places(typed).iter().map(|place| place.words.len()).collect();
            assert_eq!(found, expected, "{typed}");
        };
        check("天気", &[1, 1]);
        check("今日は天気", &[3]);
        check("今日は 天気", &[3]);
        check("いいです。明日", &[3]);
        check("昨日", &[]);
    }

    #[test]
    fn the_place_that_is_looked_at_is_marked_as_such() {
        let places = SpokenText::of(&talk()).places("hello");
        let marks = marks(&places, 1);
        let of = |seconds: f64| marks.get(&Instant::from_seconds(seconds)).cloned().unwrap_or_default();
        assert_eq!(of(0.0), BTreeMap::from([(0, Mark::Found)]));
        assert_eq!(of(9.0), BTreeMap::from([(3, Mark::LookedAt)]));
    }

    #[test]
    fn the_nearest_sentence_comes_first() {
        let recording = Recording::new(talk());
        let check = |likeness: &[f32], expected: &[f64]| {
            let likeness = recording.gaps().zip(likeness.iter().copied()).collect();
            let found: Vec<f64> =
                nearest(recording.sentences(), &likeness).iter().map(|near| near.start.seconds()).collect();
            assert_eq!(found, expected);
        };
        check(&[0.1, 0.6], &[9.0, 0.0]);
        check(&[0.7, 0.6], &[0.0, 9.0]);
        check(&[], &[]);
    }
}
