//! Cutting a transcript into sentences: at the marks where it has any, at long pauses where it has none.
//! Knows English abbreviations; in other languages a mark before a small letter is simply not an end.

use media::time::{Instant, Span};

use crate::transcript::{Transcript, Word, join_words};

/// A pause this long ends a sentence in text without marks.
const LONG_PAUSE: Span = Span::from_millis(700);
/// A silence this long ends any sentence: somebody else speaks, or something else begins.
const SILENCE: Span = Span::from_millis(2_500);

/// Why a sentence stops where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// `.`, `?`, `!` and their kin.
    Mark,
    /// A long pause.
    Pause,
    /// It ran too long without either and was cut at its best place.
    Cut,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Never empty.
    pub words: Vec<Word>,
    pub ends: End,
}

impl Sentence {
    pub fn start(&self) -> Instant {
        self.words.first().map_or(Instant::ZERO, |word| word.start)
    }

    pub fn end(&self) -> Instant {
        self.words.last().map_or(Instant::ZERO, |word| word.end)
    }

    pub fn text(&self) -> String {
        join_words(&self.words)
    }
}

/// The sentences of a transcript in order; each word is in exactly one.
pub fn sentences(transcript: &Transcript) -> Vec<Sentence> {
    let words: Vec<&Word> = transcript.words().filter(|word| !word.spoken().is_empty()).collect();
    let marked = words.iter().filter(|word| mark_of(word.spoken()).is_some()).count();
    // Even terse speech has a mark in thirty words; less than that, and the marks are accidents.
    let has_marks = marked * 50 >= words.len();
    let mut sentences = Vec::new();
    let mut run: Vec<&Word> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        run.push(word);
        let end = match words.get(i + 1) {
            None => Some(if mark_of(word.spoken()).is_some() { End::Mark } else { End::Pause }),
            Some(next) => end_between(word, next, has_marks),
        };
        if let Some(ends) = end {
            cut_long(std::mem::take(&mut run), ends, &mut sentences);
        }
    }
    sentences
}

fn end_between(word: &Word, next: &Word, has_marks: bool) -> Option<End> {
    let pause = next.start - word.end;
    if let Some(mark) = mark_of(word.spoken())
        && mark_ends(mark, word.spoken(), next.spoken(), pause)
    {
        return Some(End::Mark);
    }
    let limit = if has_marks { SILENCE } else { LONG_PAUSE };
    (pause >= limit).then_some(End::Pause)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Stop,
    Ellipsis,
    /// Question or exclamation mark.
    Loud,
    /// Stops that stand for nothing else.
    Ideographic,
}

fn mark_of(text: &str) -> Option<Mark> {
    let text = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    match text.chars().next_back()? {
        '?' | '!' => Some(Mark::Loud),
        '。' | '？' | '！' | '।' | '؟' => Some(Mark::Ideographic),
        '…' => Some(Mark::Ellipsis),
        '.' if text.ends_with("..") => Some(Mark::Ellipsis),
        '.' => Some(Mark::Stop),
        _ => None,
    }
}

fn mark_ends(mark: Mark, text: &str, next: &str, pause: Span) -> bool {
    let small = next.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    match mark {
        Mark::Ideographic => true,
        // "Stop! he said"
        Mark::Loud => !small || pause >= LONG_PAUSE,
        Mark::Ellipsis => !small && pause >= Span::from_millis(200) || pause >= LONG_PAUSE,
        Mark::Stop => match abbreviation(text) {
            Some(Abbreviation::Title) => pause >= SILENCE,
            Some(Abbreviation::Any) => !small && pause >= Span::from_millis(350),
            None => !small || pause >= LONG_PAUSE,
        },
    }
}

enum Abbreviation {
    /// Always followed by a name or a number.
    Title,
    /// May end a sentence as well.
    Any,
}

fn abbreviation(text: &str) -> Option<Abbreviation> {
    let bare = text
        .trim_start_matches(['(', '"', '“', '['])
        .trim_end_matches(['.', ')', '"', '”', ']'])
        .to_lowercase();
    match bare.as_str() {
        "mr" | "mrs" | "ms" | "dr" | "prof" | "st" | "gen" | "col" | "lt" | "sgt" | "capt" | "sen"
        | "rep" | "gov" | "rev" | "vs" | "fig" | "eq" | "approx" | "e.g" | "i.e" | "cf" => {
            Some(Abbreviation::Title)
        }
        "etc" | "inc" | "ltd" | "co" | "corp" | "jr" | "sr" | "no" | "vol" | "pp" | "a.m" | "p.m" | "al" => {
            Some(Abbreviation::Any)
        }
        // "J." in a name, "U.S."; but "I." is more often the end of a sentence than an initial.
        letters
            if letters != "i"
                && letters
                    .split('.')
                    .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic)) =>
        {
            Some(Abbreviation::Any)
        }
        _ => None,
    }
}

/// Cuts a run that no one could call a sentence at its longest pauses.
fn cut_long(run: Vec<&Word>, ends: End, sentences: &mut Vec<Sentence>) {
    const MOST_WORDS: usize = 70;
    const LEAST_WORDS: usize = 6;
    let seconds = run.last().zip(run.first()).map_or(0.0, |(last, first)| (last.end - first.start).seconds());
    if run.len() <= MOST_WORDS && seconds <= 35.0 || run.len() < 2 * LEAST_WORDS {
        if !run.is_empty() {
            sentences.push(Sentence { words: run.into_iter().cloned().collect(), ends });
        }
        return;
    }
    let worth = |at: usize| {
        let pause = (run[at].start - run[at - 1].end).seconds();
        let comma = if run[at - 1].spoken().ends_with([',', ';', ':']) { 0.3 } else { 0.0 };
        // Of equal places, the one nearer to the middle.
        let off_middle = (at as f64 / run.len() as f64 - 0.5).abs();
        pause.min(3.0) + comma - 0.2 * off_middle
    };
    let inside = LEAST_WORDS..run.len() - LEAST_WORDS + 1;
    let best = inside.max_by(|&a, &b| worth(a).total_cmp(&worth(b))).unwrap_or(run.len() / 2);
    let pause = run[best].start - run[best - 1].end;
    let first_ends = if pause >= LONG_PAUSE { End::Pause } else { End::Cut };
    let second = run[best..].to_vec();
    let mut first = run;
    first.truncate(best);
    cut_long(first, first_ends, sentences);
    cut_long(second, ends, sentences);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::tests::segment;

    /// Pieces with pauses between them, in seconds.
    fn check(pieces: &[(&str, f64)], want: &[&str]) {
        let mut transcript = Transcript::default();
        let mut at = 0.0;
        for (text, pause) in pieces {
            let long = text.split_whitespace().count() as f64 * 0.4;
            transcript.merge(vec![segment(text, at, at + long)]);
            at += long + pause;
        }
        let got: Vec<String> = sentences(&transcript).iter().map(Sentence::text).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn marks_end_sentences() {
        check(&[("One two. Three? Four! Five", 0.0)], &["One two.", "Three?", "Four!", "Five"]);
        check(
            &[("He said \"stop.\" Then he (really) left.", 0.0)],
            &["He said \"stop.\"", "Then he (really) left."],
        );
        check(&[("好。 很 好。", 0.0)], &["好。", "很 好。"]);
    }

    #[test]
    fn abbreviations_numbers_and_ellipses_do_not() {
        check(&[("Dr. Smith paid 3.5 dollars to J. Doe.", 0.0)], &["Dr. Smith paid 3.5 dollars to J. Doe."]);
        check(&[("The U.S. Army came. It left.", 0.0)], &["The U.S. Army came.", "It left."]);
        check(&[("Bread, milk, etc.", 0.5), ("Then home.", 0.0)], &["Bread, milk, etc.", "Then home."]);
        check(&[("I was... well, not sure. Yes.", 0.0)], &["I was... well, not sure.", "Yes."]);
        check(&[("Use e.g. Rust.", 0.0)], &["Use e.g. Rust."]);
        check(&[("It was I. You know it.", 0.0)], &["It was I.", "You know it."]);
    }

    #[test]
    fn a_pause_inside_a_marked_sentence_is_no_end_but_a_silence_is() {
        check(
            &[("Ask not", 1.2), ("what your country can do. Ask.", 0.0)],
            &["Ask not what your country can do.", "Ask."],
        );
        check(
            &[("And so it", 4.0), ("Other things began. Yes.", 0.0)],
            &["And so it", "Other things began.", "Yes."],
        );
    }

    #[test]
    fn text_without_marks_is_cut_at_pauses() {
        check(
            &[
                ("so this is how it begins", 0.9),
                ("and then it goes on", 0.3),
                ("until it stops", 1.0),
                ("bye", 0.0),
            ],
            &["so this is how it begins", "and then it goes on until it stops", "bye"],
        );
    }

    #[test]
    fn a_run_without_end_is_cut_at_its_longest_pauses() {
        let mut transcript = Transcript::default();
        let mut at = 0.0;
        for _ in 0..12 {
            transcript.merge(vec![segment("on and on it goes with no end at all", at, at + 3.0)]);
            at += 3.4;
        }
        let got = sentences(&transcript);
        assert!(got.len() >= 2, "{}", got.len());
        assert!(got.iter().all(|sentence| sentence.words.len() <= 70));
        assert_eq!(got.iter().map(|sentence| sentence.words.len()).sum::<usize>(), 12 * 10);
        assert!(got.iter().all(|sentence| sentence.words[0].spoken() == "on"));
    }

    #[test]
    fn nothing_said_gives_nothing() {
        check(&[], &[]);
    }
}
