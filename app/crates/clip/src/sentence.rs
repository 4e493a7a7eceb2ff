//! Cutting a transcript into sentences: at the marks where it has any, at long pauses where it has none. The one rule of what
//! ends a sentence, for captions, clips, titles and texts. Knows what is written short in the larger languages of Europe.

mod abbreviation;
mod segments;
mod values;

pub use segments::by_sentences;
pub use values::BySentence;

use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

use self::abbreviation::{Short, short, starts_sentences};

use crate::transcript::{Transcript, Word, WordId, join_words};

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

/// A sentence by its first word: however the text before it is cut, it keeps what was found out about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SentenceId(pub WordId);

#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    pub id: SentenceId,
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

/// The sentences of a transcript in order; each word is in exactly one. Whoever has a [`crate::recording::Recording`] finds them there.
pub(crate) fn sentences(transcript: &Transcript) -> Vec<Sentence> {
    let words: Vec<Numbered> =
        transcript.numbered_words().filter(|(_, word)| !word.spoken().is_empty()).collect();
    let marked = words.iter().filter(|(_, word)| mark_of(word.spoken()).is_some()).count();
    // Even terse speech has a mark in thirty words; less than that, and the marks are accidents.
    let has_marks = marked * 50 >= words.len();
    let mut sentences = Vec::new();
    let mut from = 0;
    for (i, (_, word)) in words.iter().enumerate() {
        let end = match words.get(i + 1) {
            None => Some(if mark_of(word.spoken()).is_some() { End::Mark } else { End::Pause }),
            Some((_, next)) => {
                let before = i.checked_sub(1).map(|before| words[before].1.spoken());
                end_between(before, word, next, has_marks)
            }
        };
        if let Some(ends) = end {
            cut_long(&words[from..=i], ends, &mut sentences);
            from = i + 1;
        }
    }
    sentences
}

fn end_between(before: Option<&str>, word: &Word, next: &Word, has_marks: bool) -> Option<End> {
    let pause = next.start - word.end;
    if ends_between(before, word.spoken(), next.spoken(), pause) {
        return Some(End::Mark);
    }
    let limit = if has_marks { SILENCE } else { LONG_PAUSE };
    (pause >= limit).then_some(End::Pause)
}

/// Whether the mark behind `text` ends a sentence; `before` stands in front of it, `next` is said after a pause (none, where
/// that is not known).
pub fn ends_between(before: Option<&str>, text: &str, next: &str, pause: Span) -> bool {
    mark_of(text).is_some_and(|mark| mark_ends(mark, before, text, next, pause))
}

/// Whether a text, with nothing behind it, ends a sentence: with a mark that does not merely stand behind something short.
pub fn is_finished(text: &str) -> bool {
    let mut words = text.split_whitespace().rev();
    let (Some(last), before) = (words.next(), words.next()) else { return false };
    match mark_of(last) {
        None => false,
        Some(Mark::Stop) => short(unclosed(last), before, None) != Some(Short::Leads),
        Some(_) => true,
    }
}

/// The sentences of a written text; the last may be unfinished.
pub fn cut(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut sentences = Vec::new();
    let mut from = 0;
    for at in 0..words.len() {
        let before = at.checked_sub(1).map(|before| words[before]);
        let ends = words.get(at + 1).is_none_or(|next| ends_between(before, words[at], next, Span::ZERO));
        if ends {
            sentences.extend(unspaced(&words[from..=at].join(" ")));
            from = at + 1;
        }
    }
    sentences
}

/// Scripts without spaces have none behind a full stop either.
fn unspaced(text: &str) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    let mut letters = text.chars().peekable();
    let mut sentence = String::new();
    while let Some(letter) = letters.next() {
        sentence.push(letter);
        // 「はい。」と言った: what is quoted is part of what is said of it.
        let goes_on = |c: &char| {
            CLOSING.contains(c) || FULL_STOPS.contains(c) || letter == '」' && matches!(c, 'ぁ'..='ゟ')
        };
        if matches!(letter, '。' | '？' | '！' | '」')
            && !letters.peek().is_none_or(goes_on)
            && is_finished(&sentence)
        {
            sentences.push(std::mem::take(&mut sentence).trim().to_owned());
        }
    }
    sentences.push(sentence.trim().to_owned());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Stop,
    Ellipsis,
    /// Question or exclamation mark.
    Loud,
    /// Stops that stand for nothing else.
    Full,
}

const CLOSING: &[char] =
    &['"', '\'', '”', '’', '»', '›', ')', ']', '」', '』', '）', '〉', '》', '】', '\u{200f}', '\u{200e}'];

/// Of Chinese and Japanese, Hindi, Arabic, Urdu, Armenian, Ethiopic, Burmese and Khmer.
const FULL_STOPS: &[char] = &['。', '？', '！', '｡', '।', '॥', '؟', '۔', '։', '።', '။', '។', '៕'];

fn unclosed(text: &str) -> &str {
    text.trim_end_matches(CLOSING)
}

fn mark_of(text: &str) -> Option<Mark> {
    let text = unclosed(text);
    match text.chars().next_back()? {
        '?' | '!' => Some(Mark::Loud),
        c if FULL_STOPS.contains(&c) => Some(Mark::Full),
        '…' => Some(Mark::Ellipsis),
        '.' if text.ends_with("..") => Some(Mark::Ellipsis),
        '.' => Some(Mark::Stop),
        _ => None,
    }
}

fn mark_ends(mark: Mark, before: Option<&str>, text: &str, next: &str, pause: Span) -> bool {
    /// A breath: what is short and could end a sentence did.
    const BREATH: Span = Span::from_millis(350);
    let first = next.chars().find(|c| c.is_alphanumeric());
    let small = first.is_some_and(char::is_lowercase);
    match mark {
        Mark::Full => true,
        // "Stop! he said"
        Mark::Loud => !small || pause >= LONG_PAUSE,
        Mark::Ellipsis => !small && pause >= Span::from_millis(200) || pause >= LONG_PAUSE,
        Mark::Stop => match short(unclosed(text), before, Some(next)) {
            Some(Short::Leads) => pause >= SILENCE,
            Some(Short::BeforeNumber) if first.is_some_and(char::is_numeric) => pause >= LONG_PAUSE,
            Some(Short::BeforeNumber) | None => !small || pause >= LONG_PAUSE,
            Some(Short::Any) => !small && (pause >= BREATH || starts_sentences(next)),
        },
    }
}

/// A word with its id.
type Numbered<'a> = (WordId, &'a Word);

/// Cuts a run that no one could call a sentence at its longest pauses.
fn cut_long(run: &[Numbered<'_>], ends: End, sentences: &mut Vec<Sentence>) {
    const MOST_WORDS: usize = 70;
    const LEAST_WORDS: usize = 6;
    let (Some((id, first)), Some((_, last))) = (run.first(), run.last()) else { return };
    let seconds = (last.end - first.start).seconds();
    if run.len() <= MOST_WORDS && seconds <= 35.0 || run.len() < 2 * LEAST_WORDS {
        let words = run.iter().map(|(_, word)| (*word).clone()).collect();
        sentences.push(Sentence { id: SentenceId(*id), words, ends });
        return;
    }
    let pause = |at: usize| run[at].1.start - run[at - 1].1.end;
    let worth = |at: usize| {
        let comma = if run[at - 1].1.spoken().ends_with([',', ';', ':']) { 0.3 } else { 0.0 };
        // Of equal places, the one nearer to the middle.
        let off_middle = (at as f64 / run.len() as f64 - 0.5).abs();
        pause(at).seconds().min(3.0) + comma - 0.2 * off_middle
    };
    let inside = LEAST_WORDS..run.len() - LEAST_WORDS + 1;
    let best = inside.max_by(|&a, &b| worth(a).total_cmp(&worth(b))).unwrap_or(run.len() / 2);
    let first_ends = if pause(best) >= LONG_PAUSE { End::Pause } else { End::Cut };
    cut_long(&run[..best], first_ends, sentences);
    cut_long(&run[best..], ends, sentences);
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
        check(&[("好。 很 好。", 0.0)], &["好。", "很好。"]);
    }

    /// `|` stands where a sentence ends; words follow each other without a pause.
    fn check_text(marked: &str) {
        let want: Vec<&str> = marked.split('|').map(str::trim).collect();
        let text = marked.replace('|', " ");
        check(&[(text.as_str(), 0.0)], &want);
        assert_eq!(cut(&text), want, "as written");
    }

    #[test]
    fn abbreviations_numbers_and_ellipses_do_not() {
        for marked in [
            "Dr. Smith paid 3.5 dollars to J. Doe.",
            "The U.S. Army came.| It left.",
            "He lives in the U.K.| He likes it.",
            "We start at 9 a.m. Monday.| Then we eat.",
            "Use e.g. Rust.| Or, i.e. Only that.",
            "Cats vs. Dogs is old.| So is time.",
            "It was I.| You know it.",
            "J. R. R. Tolkien wrote it.| J.R.R. Tolkien, I mean.",
            "Mr. and Mrs. Brown met Prof. Jones in St. Louis.| They talked.",
            "Martin Luther King Jr. Day is in January.| It is cold.",
            "Apple Inc. Reported gains.",
            "She has a Ph.D.| She earned it.",
            "Take No. 5, please.| No.| I said no.| You heard.",
            "See Fig. 3 and Vol. 2.| Done.",
            "Wir haben z. B. Äpfel und z.B. Birnen.| Gut.",
            "Das ist, d. h. Es war so.| Ja.",
            "Äpfel, Birnen usw.| Das war alles.",
            "Am 3. Mai kam er.| Der 2. Weltkrieg begann.| Im 19. Jahrhundert nicht.",
            "Nr. 7 kostet ca. 5 Euro bzw. Sechs.| Ja.",
            "Herr Dr. Müller und Fr. Schmidt.| Wir danken.",
            "El Sr. García y la Sra. López viven en EE. UU. | Es verdad.",
            "Muchos, p. ej. Juan, van.| El n.º 3 también.",
            "M. Dupont et Mme. Durand, p. ex. Hier.| Ils dansent.",
            "It was 2019.| Then it changed.| I am 30.| He is 31.",
            "Plan B.| Then we left.",
            "今日は天気です。| 明日も。",
            "كيف حالك؟| أنا بخير.",
        ] {
            check_text(marked);
        }
        check(&[("Bread, milk, etc.", 0.5), ("Then home.", 0.0)], &["Bread, milk, etc.", "Then home."]);
        check(&[("I was... well, not sure. Yes.", 0.0)], &["I was... well, not sure.", "Yes."]);
    }

    #[test]
    fn a_text_is_finished_or_not() {
        let check = |text: &str, want: bool| assert_eq!(is_finished(text), want, "{text}");
        check("It works.", true);
        check("“It works.”", true);
        check("Does it?", true);
        check("天気です。", true);
        check("「はい。」", true);
        check("It is 3.5", false);
        check("Use it, i.e.", false);
        check("Ask Dr.", false);
        check("Bread, milk, etc.", true);
        check("z. B.", false);
        check("and", false);
        check("", false);
    }

    #[test]
    fn sentences_without_spaces_are_cut() {
        assert_eq!(
            cut("今日は天気です。明日も。「はい。」と言った"),
            ["今日は天気です。", "明日も。", "「はい。」と言った"]
        );
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
