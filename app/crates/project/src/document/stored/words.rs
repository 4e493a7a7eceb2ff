//! Words as they lie on disk, and what they were heard with. Times in microseconds.

use crate::project::{HeardWith, Translation};
use clip::transcript::{Segment, SpeechOptions, Transcript, WindowSpan, Word};
use media::time::Instant;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct StoredWord {
    text: String,
    start: i64,
    end: i64,
    confidence: f32,
}

#[derive(Serialize, Deserialize)]
pub struct StoredSegment {
    start: i64,
    end: i64,
    /// What the words say, once more: earlier pages ask for it.
    text: String,
    tokens: Vec<u32>,
    avg_logprob: f32,
    no_speech_prob: f32,
    words: Vec<StoredWord>,
}

#[derive(Serialize, Deserialize)]
struct StoredWindow {
    start_sample: u64,
    end_sample: u64,
}

#[derive(Serialize, Deserialize)]
pub struct StoredTranscript {
    language: String,
    segments: Vec<StoredSegment>,
    windows: Vec<StoredWindow>,
}

#[derive(Serialize, Deserialize)]
pub struct StoredSpeech {
    language: Option<String>,
    translate: bool,
    #[serde(default)]
    names: String,
}

#[derive(Serialize, Deserialize)]
pub struct StoredHeardWith {
    model: String,
    speech: StoredSpeech,
}

#[derive(Serialize, Deserialize)]
pub struct StoredTranslation {
    transcript: StoredTranscript,
    heard_with: Option<StoredHeardWith>,
}

impl From<&Word> for StoredWord {
    fn from(word: &Word) -> Self {
        let Word { text, start, end, confidence } = word;
        Self { text: text.clone(), start: start.micros(), end: end.micros(), confidence: *confidence }
    }
}

impl From<StoredWord> for Word {
    fn from(word: StoredWord) -> Self {
        let StoredWord { text, start, end, confidence } = word;
        Self { text, start: Instant::from_micros(start), end: Instant::from_micros(end), confidence }
    }
}

impl From<&Segment> for StoredSegment {
    fn from(segment: &Segment) -> Self {
        let Segment { start, end, tokens, avg_logprob, no_speech_prob, words } = segment;
        Self {
            start: start.micros(),
            end: end.micros(),
            text: segment.text(),
            tokens: tokens.clone(),
            avg_logprob: *avg_logprob,
            no_speech_prob: *no_speech_prob,
            words: words.iter().map(StoredWord::from).collect(),
        }
    }
}

impl From<StoredSegment> for Segment {
    fn from(segment: StoredSegment) -> Self {
        let StoredSegment { start, end, text: _, tokens, avg_logprob, no_speech_prob, words } = segment;
        Self {
            start: Instant::from_micros(start),
            end: Instant::from_micros(end),
            tokens,
            avg_logprob,
            no_speech_prob,
            words: words.into_iter().map(Word::from).collect(),
        }
    }
}

impl From<&Transcript> for StoredTranscript {
    fn from(transcript: &Transcript) -> Self {
        let Transcript { language, segments, windows } = transcript;
        let window = |window: &WindowSpan| {
            let WindowSpan { start_sample, end_sample } = *window;
            StoredWindow { start_sample, end_sample }
        };
        Self {
            language: language.clone(),
            segments: segments.iter().map(StoredSegment::from).collect(),
            windows: windows.iter().map(window).collect(),
        }
    }
}

impl From<StoredTranscript> for Transcript {
    fn from(transcript: StoredTranscript) -> Self {
        let StoredTranscript { language, segments, windows } = transcript;
        let window = |window: StoredWindow| {
            let StoredWindow { start_sample, end_sample } = window;
            WindowSpan { start_sample, end_sample }
        };
        Self {
            language,
            segments: segments.into_iter().map(Segment::from).collect(),
            windows: windows.into_iter().map(window).collect(),
        }
    }
}

impl From<&SpeechOptions> for StoredSpeech {
    fn from(speech: &SpeechOptions) -> Self {
        let SpeechOptions { language, translate, names } = speech.clone();
        Self { language, translate, names }
    }
}

impl From<StoredSpeech> for SpeechOptions {
    fn from(speech: StoredSpeech) -> Self {
        let StoredSpeech { language, translate, names } = speech;
        Self { language, translate, names }
    }
}

impl From<&HeardWith> for StoredHeardWith {
    fn from(heard: &HeardWith) -> Self {
        let HeardWith { model, speech } = heard;
        Self { model: model.clone(), speech: speech.into() }
    }
}

impl From<StoredHeardWith> for HeardWith {
    fn from(heard: StoredHeardWith) -> Self {
        let StoredHeardWith { model, speech } = heard;
        Self { model, speech: speech.into() }
    }
}

impl From<&Translation> for StoredTranslation {
    fn from(translation: &Translation) -> Self {
        let Translation { transcript, heard_with } = translation;
        Self { transcript: transcript.into(), heard_with: heard_with.as_ref().map(StoredHeardWith::from) }
    }
}

impl From<StoredTranslation> for Translation {
    fn from(translation: StoredTranslation) -> Self {
        let StoredTranslation { transcript, heard_with } = translation;
        Self { transcript: transcript.into(), heard_with: heard_with.map(HeardWith::from) }
    }
}
