//! What is asked of a transcription, and what it gives: segments and words with times. It knows no way from one to the other.

use super::decode::Fallback;
use super::vocabulary::{Language, Task};

/// How a window is transcribed. The default is what the reference implementation does, with word times.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeOptions {
    /// The language spoken; `None` to find out.
    pub language: Option<Language>,
    /// Words as spoken, or in English.
    pub task: Task,
    /// Text before the first word ([`Whisper::encode`]): names and words as they are spelled. The last 223 tokens count.
    pub prompt: Vec<u32>,
    /// Whether each word gets its time. Without, segments alone have one.
    pub word_times: bool,
    /// When to try again.
    pub fallback: Fallback,
}

impl Default for DecodeOptions {
    fn default() -> DecodeOptions {
        DecodeOptions {
            language: None,
            task: Task::Transcribe,
            prompt: Vec::new(),
            word_times: true,
            fallback: Fallback::default(),
        }
    }
}

/// What was said in a window.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowTranscript {
    /// In the order they were said. None where nobody speaks.
    pub segments: Vec<Segment>,
    /// The language given, or found.
    pub language: Language,
}

/// A stretch of speech, about a sentence. Times in seconds from the window's begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    pub start_s: f64,
    pub end_s: f64,
    /// With the space before the first word, as the model says it.
    pub text: String,
    /// With the timestamps around the text.
    pub tokens: Vec<u32>,
    /// Mean log-probability of the decoding it is part of, in nats.
    pub avg_logprob: f32,
    /// Probability that there is no speech.
    pub no_speech_prob: f32,
    /// At which the decoding succeeded.
    pub temperature: f32,
    /// Empty where word times were not asked for.
    pub words: Vec<Word>,
}

impl Segment {
    /// Begin and end, of the segment and of each word.
    pub(super) fn times_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        let words = self.words.iter_mut().flat_map(|word| [&mut word.start_s, &mut word.end_s]);
        [&mut self.start_s, &mut self.end_s].into_iter().chain(words)
    }
}

/// A word with its punctuation. Times in seconds from the window's begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// With the space before it, where the language writes one.
    pub text: String,
    pub start_s: f64,
    pub end_s: f64,
    /// Mean probability of its tokens.
    pub confidence: f32,
}
