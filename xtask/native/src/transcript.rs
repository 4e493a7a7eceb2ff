//! The result of `transcribe` as JSON (docs/CLI.md) and as text for people. Times are seconds from the file's begin.

use serde::Serialize;

/// What was said in a file.
#[derive(Debug, Serialize)]
pub struct Transcript {
    pub model: String,
    pub device: String,
    /// ISO 639 code.
    pub language: String,
    /// Length of the file's sound.
    pub duration_s: f64,
    /// From the first byte decoded to the last word; loading the model is not counted.
    pub seconds: f64,
    /// `seconds` over `duration_s`: below one is faster than real time.
    pub rtf: f64,
    pub text: String,
    pub segments: Vec<Segment>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Segment {
    pub start_s: f64,
    pub end_s: f64,
    /// With the space before the first word where the language writes one.
    pub text: String,
    /// With the timestamp tokens around the text.
    pub tokens: Vec<u32>,
    pub avg_logprob: f32,
    pub no_speech_prob: f32,
    pub words: Vec<Word>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Word {
    /// With the space before it where the language writes one, so that words joined are the text.
    pub text: String,
    pub start_s: f64,
    pub end_s: f64,
    pub confidence: f32,
}

impl Segment {
    /// A segment of a window that begins at `window_s` in the file.
    pub fn placed(segment: models::whisper::Segment, window_s: f64) -> Self {
        let place = |s: f64| round_ms(window_s + s);
        let word = |w: models::whisper::Word| Word {
            text: w.text,
            start_s: place(w.start_s),
            end_s: place(w.end_s),
            confidence: w.confidence,
        };
        Self {
            start_s: place(segment.start_s),
            end_s: place(segment.end_s),
            text: segment.text,
            tokens: segment.tokens,
            avg_logprob: segment.avg_logprob,
            no_speech_prob: segment.no_speech_prob,
            words: segment.words.into_iter().map(word).collect(),
        }
    }

    /// `[00:01.20 → 00:04.00] text`.
    pub fn line(&self) -> String {
        format!("[{} → {}] {}", clock(self.start_s), clock(self.end_s), self.text.trim())
    }
}

/// All segments as one text, without spaces around it.
pub fn joined(segments: &[Segment]) -> String {
    segments.iter().map(|s| s.text.trim()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Nothing here is known better than to a millisecond, and fewer digits read better.
pub fn round_ms(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

fn clock(seconds: f64) -> String {
    let hundredths = (seconds * 100.0).round().max(0.0) as u64;
    let (minutes, rest) = (hundredths / 6000, hundredths % 6000);
    let tail = format!("{:02}:{:02}.{:02}", minutes % 60, rest / 100, rest % 100);
    if minutes >= 60 { format!("{}:{tail}", minutes / 60) } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_read_like_clocks() {
        let check = |seconds, want| assert_eq!(clock(seconds), want);
        check(0.0, "00:00.00");
        check(59.996, "01:00.00");
        check(61.25, "01:01.25");
        check(3661.5, "1:01:01.50");
        check(-0.01, "00:00.00");
    }

    #[test]
    fn segments_and_words_are_placed_in_the_file() {
        let word = models::whisper::Word { text: " Hi".into(), start_s: 0.5, end_s: 0.9, confidence: 0.5 };
        let segment = models::whisper::Segment {
            start_s: 0.5,
            end_s: 1.0,
            text: " Hi".into(),
            tokens: vec![1],
            avg_logprob: -0.1,
            no_speech_prob: 0.0,
            temperature: 0.0,
            words: vec![word],
        };
        let placed = Segment::placed(segment, 30.0004);
        assert_eq!((placed.start_s, placed.end_s, placed.text.as_str()), (30.5, 31.0, " Hi"));
        assert_eq!((placed.words[0].start_s, placed.words[0].text.as_str()), (30.5, " Hi"));
        assert_eq!(placed.line(), "[00:30.50 → 00:31.00] Hi");
        assert_eq!(joined(&[placed.clone(), placed]), "Hi Hi");
    }
}
