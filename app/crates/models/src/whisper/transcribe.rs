//! A window of sound from begin to end: hear, decode, cut into segments, find the words, go on where the last segment ended.
//! It knows no other window.

use super::Whisper;
use super::align::{HeadScores, attention_map, path_starts};
use super::attention::{Heard, Tap};
use super::decode::{Decoding, Fallback};
use super::segments::{FRAMES_PER_TICK, Span, split};
use super::vocabulary::{Language, Task};
use super::words::{Spelled, Timed, deal, settle, split_words, tidy};
use crate::mel::{HOP, LogMel, SAMPLE_RATE};
use crate::{Error, device};

/// The longest window: 30 s.
pub const MAX_WINDOW_SAMPLES: usize = 30 * SAMPLE_RATE;
/// Seconds from one encoder position, and so one step of the alignment, to the next.
const POSITION_S: f64 = 0.02;
/// A window is heard again from the end of its last segment at most so often; three times is rare.
const MAX_STRETCHES: usize = 16;
/// Mean confidence of the words under which a failed decoding is thrown away. Words made of music had 0.003 to 0.01.
const MIN_CONFIDENCE: f32 = 0.15;

/// How a window is transcribed. The default is what the reference implementation does, with word times.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeOptions {
    /// The language spoken; `None` to find out.
    pub language: Option<Language>,
    /// Words as spoken, or in English.
    pub task: Task,
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

/// Part of a window that is decoded in one go, in mel frames.
struct Stretch {
    first: usize,
    frames: usize,
}

impl Whisper {
    /// Writes down what is said in `pcm`: mono, 16 kHz, at most [`MAX_WINDOW_SAMPLES`]. `cancelled` is asked between tokens.
    ///
    /// # Errors
    /// `Input` for too much sound, `Unsupported` for a language or task the model lacks, `Cancelled`, `Device`.
    pub async fn transcribe_window(
        &self,
        pcm: &[f32],
        options: &DecodeOptions,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<WindowTranscript, Error> {
        let mel = self.mel_of(pcm)?;
        let frames = pcm.len() / HOP;
        let mut heard = None;
        let language = match &options.language {
            Some(language) => language.clone(),
            None if !self.is_multilingual() => Language::english(),
            None => {
                let cross = self.hear_stretch(&mel, &Stretch { first: 0, frames });
                let guess = self.best_language(&cross, cancelled).await?;
                heard = Some(cross);
                guess
            }
        };
        let prompt = self.vocabulary.prompt(&language, options.task)?;
        let mut segments = Vec::new();
        let mut last_speech_s = 0.0;
        let mut first = 0;
        for round in 0..MAX_STRETCHES {
            if first >= frames {
                break;
            }
            if cancelled() {
                return Err(Error::Cancelled);
            }
            let stretch = Stretch { first, frames: frames - first };
            let cross = heard.take().unwrap_or_else(|| self.hear_stretch(&mel, &stretch));
            let speaker = self.speaker(&cross, cancelled);
            let decoding = speaker.decode(&prompt, &options.fallback).await?;
            if options.fallback.should_skip(&decoding) {
                break;
            }
            let spans = split(&decoding.tokens, &self.vocabulary, first, stretch.frames);
            let mut said: Vec<Segment> =
                spans.spans.iter().map(|span| self.segment(span, &decoding)).collect();
            let mut next = spans.next_frame;
            if options.word_times {
                let mut words = self.align(&stretch, &prompt, &spans.spans, &language, &cross).await?;
                let durations = tidy(&mut words);
                for (segment, words) in said.iter_mut().zip(deal(words, &spans.spans, &self.vocabulary)) {
                    segment.words = words;
                    settle(segment, durations, &mut last_speech_s);
                }
                if let Some(end_s) = last_end(&said) {
                    if !spans.is_closed && end_s > first as f64 / 100.0 {
                        next = (end_s * 100.0).round() as usize;
                    }
                    last_speech_s = end_s;
                }
            }
            if !options.fallback.is_good(&decoding) && !is_credible(&said) {
                said.clear();
            }
            said.retain(|segment| segment.start_s != segment.end_s && !segment.text.trim().is_empty());
            segments.extend(said);
            // Hearing the same stretch again would say the same again.
            if next <= first || round + 1 == MAX_STRETCHES {
                break;
            }
            first = next;
        }
        Ok(WindowTranscript { segments, language })
    }

    /// The languages this may be, likeliest first, with their probabilities. `pcm` as in [`Whisper::transcribe_window`].
    ///
    /// # Errors
    /// `Input` for too much sound, `Device`.
    pub async fn detect_language(&self, pcm: &[f32]) -> Result<Vec<(Language, f32)>, Error> {
        if !self.is_multilingual() {
            return Ok(vec![(Language::english(), 1.0)]);
        }
        let mel = self.mel_of(pcm)?;
        let cross = self.hear_stretch(&mel, &Stretch { first: 0, frames: pcm.len() / HOP });
        self.speaker(&cross, &|| false).languages().await
    }

    async fn best_language(&self, cross: &[Heard], cancelled: &dyn Fn() -> bool) -> Result<Language, Error> {
        let guesses = self.speaker(cross, cancelled).languages().await?;
        let (language, _) =
            guesses.into_iter().next().ok_or_else(|| Error::malformed("it knows no language"))?;
        Ok(language)
    }

    fn mel_of(&self, pcm: &[f32]) -> Result<LogMel, Error> {
        if pcm.len() > MAX_WINDOW_SAMPLES.min(self.config.window_frames() * HOP) {
            return Err(Error::Input(format!("{} samples are more than a window holds", pcm.len())));
        }
        Ok(self.mel.compute(pcm))
    }

    fn hear_stretch(&self, mel: &LogMel, stretch: &Stretch) -> Vec<Heard> {
        self.hear(mel.window(stretch.first, stretch.frames, self.config.window_frames()))
    }

    fn segment(&self, span: &Span, decoding: &Decoding) -> Segment {
        Segment {
            start_s: span.start_s,
            end_s: span.end_s,
            text: self.vocabulary.decode(&span.tokens),
            tokens: span.tokens.clone(),
            avg_logprob: decoding.avg_logprob,
            no_speech_prob: decoding.no_speech_prob,
            temperature: decoding.temperature,
            words: Vec::new(),
        }
    }

    /// The words of `spans` with their times: the text is read once more at one go, and what the alignment heads look at
    /// says when each token is spoken (`whisper/timing.py`).
    async fn align(
        &self,
        stretch: &Stretch,
        prompt: &[u32],
        spans: &[Span],
        language: &Language,
        cross: &[Heard],
    ) -> Result<Vec<Timed>, Error> {
        let text: Vec<u32> = spans
            .iter()
            .flat_map(|span| &span.tokens)
            .copied()
            .filter(|&token| self.vocabulary.is_text(token))
            .collect();
        let positions = stretch.frames / FRAMES_PER_TICK;
        if text.is_empty() || positions == 0 {
            return Ok(Vec::new());
        }
        let tokens =
            [prompt, &[self.vocabulary.no_timestamps], text.as_slice(), &[self.vocabulary.end_of_text]]
                .concat();
        let (map, confidences) = self.look_again(&tokens, prompt.len(), &text, positions, cross).await?;
        // The rows from "no timestamps" on: the first text token is said while the model looks from there.
        let rows = &map[prompt.len() * positions..(tokens.len() - 1) * positions];
        let starts = path_starts(rows, positions);
        let offset_s = stretch.first as f64 / 100.0;
        let mut row = 0;
        let timed = |Spelled { text, tokens }: Spelled| {
            let end = row + tokens.len();
            let word = Timed {
                text,
                tokens: tokens.len(),
                start_s: offset_s + starts[row] as f64 * POSITION_S,
                end_s: offset_s + starts[end] as f64 * POSITION_S,
                confidence: confidences[row..end].iter().sum::<f32>() / tokens.len() as f32,
            };
            row = end;
            word
        };
        Ok(split_words(&text, &self.vocabulary, language).into_iter().map(timed).collect())
    }

    /// One pass over `tokens` → the attention map `[tokens, positions]` and the probability of each token of `text`, which
    /// stands after the `prompt` tokens and one more.
    async fn look_again(
        &self,
        tokens: &[u32],
        prompt: usize,
        text: &[u32],
        positions: usize,
        cross: &[Heard],
    ) -> Result<(Vec<f32>, Vec<f32>), Error> {
        let heads: Vec<[usize; 2]> = self.config.alignment_heads().collect();
        let speaker = self.speaker(cross, &|| false);
        let mut tap = Tap::new(heads, positions);
        let mut cache = self.decoder.cache(1);
        let hidden = self.decoder.forward(speaker.ids(tokens), &mut cache, cross, Some(&mut tap));
        let scores = tap.read().await?;
        let looks: Vec<_> = scores
            .chunks_exact(tokens.len() * positions)
            .map(|values| HeadScores { values, stride: positions })
            .collect();
        let map = attention_map(&looks, tokens.len(), positions);
        let said = hidden.slice_dim(0, prompt..prompt + text.len());
        let text_tokens = self.vocabulary.end_of_text as usize;
        let confidences = self.decoder.text_probabilities(said, speaker.ids(text), text_tokens);
        Ok((map, device::read(confidences).await?))
    }
}

/// Whether words that no temperature made good are still words: music and noise give some that the model itself, asked
/// again, does not believe. Beyond the reference, which lets them pass.
fn is_credible(segments: &[Segment]) -> bool {
    let words = segments.iter().flat_map(|segment| &segment.words);
    let (count, sum) = words.fold((0u32, 0.0), |(count, sum), word| (count + 1, sum + word.confidence));
    count == 0 || sum / count as f32 >= MIN_CONFIDENCE
}

/// The end of the last word, or of the last segment where there are no words.
fn last_end(segments: &[Segment]) -> Option<f64> {
    let last_word = segments.iter().rev().flat_map(|segment| segment.words.last()).next();
    last_word.map(|word| word.end_s).or_else(|| segments.last().map(|segment| segment.end_s))
}
