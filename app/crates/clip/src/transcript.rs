//! What was said and when: words, segments and the windows they were decoded in.

use crate::order;
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

use crate::script::{is_spaced, push};

mod whole;

pub use whole::whole_words;

/// A word's place among all words of its recording, counted from the start. It stays the same when a word is spelled otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WordId(pub u32);

/// One spoken word. `text` keeps the leading space that the tokenizer gave it, so that joining words gives the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    pub text: String,
    pub start: Instant,
    pub end: Instant,
    /// Mean probability of the word's tokens, 0 to 1.
    pub confidence: f32,
}

/// A run of words between two timestamp tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    pub start: Instant,
    pub end: Instant,
    /// What the model wrote, its timestamps included.
    pub tokens: Vec<u32>,
    pub avg_logprob: f32,
    pub no_speech_prob: f32,
    pub words: Vec<Word>,
}

/// A stretch of audio that was (or will be) decoded on its own, in 16 kHz samples from the start of the audio track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WindowSpan {
    pub start_sample: u64,
    pub end_sample: u64,
}

/// Everything heard so far. `windows` says which stretches are finished, so that work can be resumed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// ISO 639-1 code, empty until known.
    pub language: String,
    /// Ordered by start.
    pub segments: Vec<Segment>,
    /// Finished windows, ordered by start.
    pub windows: Vec<WindowSpan>,
}

/// How speech is written down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeechOptions {
    /// What is spoken, as an ISO 639 code; `None`: found out (multilingual models), or the model's own language.
    pub language: Option<String>,
    /// Write English whatever is spoken; only multilingual models can.
    pub translate: bool,
    /// Names and words to expect, spelled as the person wants them; may be empty.
    #[serde(default)]
    pub names: String,
}

impl Word {
    /// The word without the spaces around it.
    pub fn spoken(&self) -> &str {
        self.text.trim()
    }

    /// What decides whose the word is, and which range of the source it belongs to: see [`crate::timeline::SourceRange::holds`].
    pub fn middle(&self) -> Instant {
        self.start + (self.end - self.start).half()
    }
}

impl Segment {
    /// What its words say, as the tokenizer spaced it.
    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect()
    }

    /// The same segment, later by `by`.
    pub fn shifted(mut self, by: Span) -> Self {
        self.start += by;
        self.end += by;
        for word in &mut self.words {
            word.start += by;
            word.end += by;
        }
        self
    }
}

impl Segment {
    /// The same segment with nothing later than `end`: models guess times beyond what they heard.
    pub fn ended_by(mut self, end: Instant) -> Self {
        let times = self.words.iter_mut().flat_map(|word| [&mut word.start, &mut word.end]);
        for time in times.chain([&mut self.start, &mut self.end]) {
            *time = (*time).min(end);
        }
        self
    }
}

impl Transcript {
    /// Adds the segments of a finished window, wherever it lies. A window that was finished before is replaced.
    pub fn merge_window(&mut self, window: WindowSpan, segments: Vec<Segment>) {
        match self.windows.binary_search(&window) {
            Ok(_) => {
                let (from, to) = (window.start(), window.end());
                self.segments.retain(|segment| segment.start < from || segment.start >= to);
            }
            Err(at) => self.windows.insert(at, window),
        }
        self.merge(segments);
    }

    /// Adds segments in the order of their starts; those that start together stay in the order given.
    pub fn merge(&mut self, segments: Vec<Segment>) {
        let in_order = segments
            .first()
            .is_none_or(|first| self.segments.last().is_none_or(|last| last.start <= first.start));
        let sorted = in_order && segments.is_sorted_by_key(|segment| segment.start);
        self.segments.extend(segments);
        if !sorted {
            order::sort_by_key(&mut self.segments, |segment| segment.start);
        }
    }

    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.segments.iter().flat_map(|segment| &segment.words)
    }

    /// All words with their ids, in order.
    pub fn numbered_words(&self) -> impl Iterator<Item = (WordId, &Word)> {
        (0..).map(WordId).zip(self.words())
    }

    pub fn has_words(&self) -> bool {
        self.words().any(|word| !word.spoken().is_empty())
    }

    /// All that was said, in one line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for segment in &self.segments {
            push(&mut text, &segment.text());
        }
        text
    }

    /// The segments that touch `start..end`, whole.
    pub fn segments_between(&self, start: Instant, end: Instant) -> Vec<Segment> {
        let touching = self.segments.iter().filter(|segment| segment.end > start && segment.start < end);
        touching.cloned().collect()
    }
}

impl WindowSpan {
    /// Samples a second of the stretches that windows are counted in.
    pub const SAMPLE_RATE: u32 = 16_000;

    pub fn start(self) -> Instant {
        instant_of_sample(self.start_sample)
    }

    pub fn end(self) -> Instant {
        instant_of_sample(self.end_sample)
    }

    pub fn samples(self) -> u64 {
        self.end_sample.saturating_sub(self.start_sample)
    }
}

fn instant_of_sample(sample: u64) -> Instant {
    let micros = u128::from(sample) * 1_000_000 / u128::from(WindowSpan::SAMPLE_RATE);
    Instant::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

/// Joins words as the tokenizer spaced them: a word without a leading space belongs to the one before. Between letters of
/// scripts without spaces stands none, whatever the tokenizer says.
pub fn join_words<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    let mut text = String::new();
    let mut spaced = false;
    for word in words {
        let spoken = word.spoken();
        if spoken.is_empty() {
            spaced = true;
            continue;
        }
        spaced |= word.text.starts_with(char::is_whitespace);
        if is_spaced(&text, spoken, spaced) {
            text.push(' ');
        }
        text.push_str(spoken);
        spaced = word.text.ends_with(char::is_whitespace);
    }
    text
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A segment whose words are those of `text`, evenly spread over `start..end` seconds.
    pub(crate) fn segment(text: &str, start: f64, end: f64) -> Segment {
        let count = text.split_whitespace().count().max(1);
        let each = (end - start) / count as f64;
        let at = |i: usize| Instant::from_seconds(start + each * i as f64);
        let word = |(i, word): (usize, &str)| Word {
            text: format!(" {word}"),
            start: at(i),
            end: at(i + 1),
            confidence: 0.9,
        };
        Segment {
            start: Instant::from_seconds(start),
            end: Instant::from_seconds(end),
            tokens: Vec::new(),
            avg_logprob: -0.2,
            no_speech_prob: 0.01,
            words: text.split_whitespace().enumerate().map(word).collect(),
        }
    }

    fn window(start_s: u64, end_s: u64) -> WindowSpan {
        WindowSpan { start_sample: start_s * 16_000, end_sample: end_s * 16_000 }
    }

    #[test]
    fn windows_merge_in_any_order() {
        let mut transcript = Transcript::default();
        transcript.merge_window(
            window(20, 40),
            vec![segment("three four", 21.0, 23.0), segment("five", 24.0, 25.0)],
        );
        transcript.merge_window(window(40, 50), vec![segment("six", 41.0, 42.0)]);
        transcript.merge_window(window(0, 20), vec![segment("one two", 1.0, 2.0)]);
        assert_eq!(transcript.text(), "one two three four five six");
        assert_eq!(transcript.windows, [window(0, 20), window(20, 40), window(40, 50)]);
        // The same window again replaces what it said.
        transcript.merge_window(window(20, 40), vec![segment("3 4 5", 21.0, 25.0)]);
        assert_eq!(transcript.text(), "one two 3 4 5 six");
        assert_eq!(transcript.words().count(), 6);
        assert_eq!(transcript.windows.len(), 3);
    }

    #[test]
    fn text_of_scripts_without_spaces_has_none() {
        let mut transcript = Transcript::default();
        transcript.merge(vec![segment("今日は天気です。", 0.0, 1.0), segment("明日も。", 2.0, 3.0)]);
        assert_eq!(transcript.text(), "今日は天気です。明日も。");
    }

    #[test]
    fn shifting_moves_all_times() {
        let shifted = segment("a b", 1.0, 2.0).shifted(Span::from_millis(500));
        assert_eq!(shifted.start.micros(), 1_500_000);
        assert_eq!(shifted.words[1].end.micros(), 2_500_000);
    }

    #[test]
    fn words_join_as_the_tokenizer_spaced_them() {
        let word = |text: &str| Word {
            text: text.into(),
            start: Instant::ZERO,
            end: Instant::ZERO,
            confidence: 1.0,
        };
        let check = |texts: &[&str], want: &str| {
            let words: Vec<Word> = texts.iter().map(|text| word(text)).collect();
            assert_eq!(join_words(&words), want);
        };
        check(&[" non", "-real", " time."], "non-real time.");
        check(&[" 今日", "は", " 天気", "。", " 明日"], "今日は天気。明日");
        check(&["これ", "は", " iPhone", "です"], "これは iPhoneです");
        check(&[" 안녕", " 여러분"], "안녕 여러분");
        check(&[" สวัสดี", "ครับ", " คุณ"], "สวัสดีครับ คุณ");
        check(&[" a", " ", "b"], "a b");
    }
}
