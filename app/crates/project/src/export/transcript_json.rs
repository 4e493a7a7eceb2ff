//! The transcript as a file: the form that `transcribe` prints and `clip` writes, with times in seconds.
//! Also read back, so that clips can be chosen from a stored transcript.

use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

use clip::insights::Insights;
use clip::transcript::{Segment, Transcript, Word};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TranscriptJson {
    #[serde(default)]
    pub model: String,
    #[serde(default)]
    pub device: String,
    #[serde(default)]
    pub language: String,
    #[serde(default)]
    pub duration_s: f64,
    /// How long the transcription took.
    #[serde(default)]
    pub seconds: f64,
    /// `seconds` over `duration_s`.
    #[serde(default)]
    pub rtf: f64,
    #[serde(default)]
    pub text: String,
    pub segments: Vec<SegmentJson>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SegmentJson {
    pub start_s: f64,
    pub end_s: f64,
    pub text: String,
    /// Who says most of it, where several people speak.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    #[serde(default)]
    pub tokens: Vec<u32>,
    #[serde(default)]
    pub avg_logprob: f32,
    #[serde(default)]
    pub no_speech_prob: f32,
    #[serde(default)]
    pub words: Vec<WordJson>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WordJson {
    pub text: String,
    pub start_s: f64,
    pub end_s: f64,
    #[serde(default)]
    pub confidence: f32,
}

/// How a transcript was made.
#[derive(Debug, Clone, PartialEq)]
pub struct TranscriptInfo<'a> {
    pub model: &'a str,
    /// "cpu", "webgpu", or "flex" and "wgpu" natively.
    pub device: &'a str,
    pub duration: Span,
    pub seconds: f64,
}

#[derive(Debug, thiserror::Error)]
#[error("this is not a transcript as Incut writes it: {0}")]
pub struct TranscriptJsonError(#[from] serde_json::Error);

impl TranscriptJson {
    pub fn new(transcript: &Transcript, making: &TranscriptInfo<'_>) -> Self {
        let duration_s = making.duration.seconds();
        Self {
            model: making.model.to_owned(),
            device: making.device.to_owned(),
            language: transcript.language.clone(),
            duration_s,
            seconds: making.seconds,
            rtf: if duration_s > 0.0 { making.seconds / duration_s } else { 0.0 },
            text: transcript.text(),
            segments: transcript.segments.iter().map(SegmentJson::of).collect(),
        }
    }

    /// The same with the name of who speaks in each segment of `transcript`, which it was made of.
    pub fn with_speakers(mut self, transcript: &Transcript, insights: &Insights) -> Self {
        for (json, segment) in self.segments.iter_mut().zip(&transcript.segments) {
            let speaker = insights.most_heard(segment.words.iter());
            json.speaker = speaker.and_then(|speaker| insights.name(speaker)).map(ToString::to_string);
        }
        self
    }

    pub fn parse(json: &str) -> Result<Self, TranscriptJsonError> {
        Ok(serde_json::from_str(json)?)
    }

    /// The transcript without its windows, in order. A segment without words gets them spread evenly over its time.
    pub fn transcript(&self) -> Transcript {
        let mut transcript = Transcript { language: self.language.clone(), ..Transcript::default() };
        transcript.merge(self.segments.iter().map(SegmentJson::segment).collect());
        transcript
    }
}

impl SegmentJson {
    fn of(segment: &Segment) -> Self {
        let word = |word: &Word| WordJson {
            text: word.text.clone(),
            start_s: word.start.seconds(),
            end_s: word.end.seconds(),
            confidence: word.confidence,
        };
        Self {
            start_s: segment.start.seconds(),
            end_s: segment.end.seconds(),
            text: segment.text(),
            speaker: None,
            tokens: segment.tokens.clone(),
            avg_logprob: segment.avg_logprob,
            no_speech_prob: segment.no_speech_prob,
            words: segment.words.iter().map(word).collect(),
        }
    }

    fn segment(&self) -> Segment {
        let (start, end) = (Instant::from_seconds(self.start_s), Instant::from_seconds(self.end_s));
        let word = |word: &WordJson| Word {
            text: word.text.clone(),
            start: Instant::from_seconds(word.start_s),
            end: Instant::from_seconds(word.end_s),
            confidence: word.confidence,
        };
        let words = if self.words.is_empty() {
            spread(&self.text, start, end)
        } else {
            self.words.iter().map(word).collect()
        };
        Segment {
            start,
            end,
            tokens: self.tokens.clone(),
            avg_logprob: self.avg_logprob,
            no_speech_prob: self.no_speech_prob,
            words,
        }
    }
}

fn spread(text: &str, start: Instant, end: Instant) -> Vec<Word> {
    let count = text.split_whitespace().count().max(1) as f64;
    let each_s = (end - start).seconds() / count;
    let at = |i: usize| start + Span::from_seconds(each_s * i as f64);
    let word = |(i, word): (usize, &str)| Word {
        text: format!(" {word}"),
        start: at(i),
        end: at(i + 1),
        confidence: 0.5,
    };
    text.split_whitespace().enumerate().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::spread_segment as segment;
    use clip::insights::{Speaker, Turn};

    #[test]
    fn the_form_is_what_the_manual_says() {
        let mut transcript = Transcript { language: "en".into(), ..Transcript::default() };
        transcript.merge(vec![segment("Hi there.", 1.5, 2.5)]);
        let making = TranscriptInfo {
            model: "tiny.en",
            device: "cpu",
            duration: Span::from_millis(10_000),
            seconds: 2.5,
        };
        let json = TranscriptJson::new(&transcript, &making);
        let value = serde_json::to_value(&json).unwrap();
        let want = serde_json::json!({
            "model": "tiny.en", "device": "cpu", "language": "en", "duration_s": 10.0, "seconds": 2.5, "rtf": 0.25,
            "text": "Hi there.",
            "segments": [{
                "start_s": 1.5, "end_s": 2.5, "text": " Hi there.", "tokens": [],
                "avg_logprob": -0.2_f32, "no_speech_prob": 0.01_f32,
                "words": [
                    {"text": " Hi", "start_s": 1.5, "end_s": 2.0, "confidence": 0.9_f32},
                    {"text": " there.", "start_s": 2.0, "end_s": 2.5, "confidence": 0.9_f32},
                ],
            }],
        });
        assert_eq!(value, want);
        let back = TranscriptJson::parse(&value.to_string()).unwrap();
        assert_eq!(back, json);
        assert_eq!(back.transcript(), transcript);
    }

    #[test]
    fn names_are_said_where_several_speak() {
        let mut transcript = Transcript::default();
        transcript.merge(vec![segment("Hi there.", 0.0, 2.0), segment("Hello.", 2.0, 3.0)]);
        let making = TranscriptInfo { model: "", device: "", duration: Span::ZERO, seconds: 0.0 };
        let turn = |start: f64, end: f64, speaker| Turn {
            start: Instant::from_seconds(start),
            end: Instant::from_seconds(end),
            speaker,
        };
        let check = |speakers: usize, expected: [Option<&str>; 2]| {
            let insights = Insights {
                turns: vec![turn(0.0, 2.0, 0), turn(2.0, 3.0, speakers - 1)],
                speakers: (0..speakers).map(Speaker::numbered).collect(),
                ..Insights::default()
            };
            let json = TranscriptJson::new(&transcript, &making).with_speakers(&transcript, &insights);
            let names: Vec<_> = json.segments.iter().map(|segment| segment.speaker.as_deref()).collect();
            assert_eq!(names, expected);
            let text = serde_json::to_string(&json).unwrap();
            assert_eq!(text.contains("speaker"), speakers > 1);
            assert_eq!(TranscriptJson::parse(&text).unwrap(), json);
        };
        check(1, [None, None]);
        check(2, [Some("1"), Some("2")]);
    }

    #[test]
    fn little_is_required_and_nonsense_is_refused() {
        let read = |json: &str| TranscriptJson::parse(json).map(|json| json.transcript());
        let transcript = read(r#"{"segments": [{"start_s": 0, "end_s": 2, "text": "one two"}]}"#).unwrap();
        assert_eq!(transcript.words().map(|word| word.end.seconds()).collect::<Vec<_>>(), [1.0, 2.0]);
        for bad in ["", "[]", "{}", r#"{"segments": 3}"#, r#"{"segments": [{"start_s": "x"}]}"#] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
