//! Sound from begin to end: hear, decode, cut into segments, find the words, go on where the last segment ended. A window, which
//! knows no other window, or a whole recording at once.

use super::Whisper;
use super::activity::Activity;
use super::align::{HeadScores, attention_map, path_starts};
use super::attention::{Heard, Tap};
use super::decode::{Decoding, Fallback, Speaker};
use super::segments::{FRAMES_PER_TICK, Span, split};
use super::vocabulary::{Language, Task};
use super::words::{Spelled, Timed, deal, settle, split_words, tidy};
use crate::Error;
use crate::mel::{HOP, LogMel, SAMPLE_RATE};

/// The longest window: 30 s.
pub const MAX_WINDOW_SAMPLES: usize = 30 * SAMPLE_RATE;
/// Seconds from one encoder position, and so one step of the alignment, to the next.
const POSITION_S: f64 = 0.02;
/// A window is heard again from the end of its last segment at most so often; three times is rare.
const MAX_STRETCHES: usize = 16;
/// Mean confidence of the words under which a failed decoding is thrown away. Words made of music had 0.003 to 0.01.
const MIN_CONFIDENCE: f32 = 0.15;
/// Mel frames in a second.
const FRAMES_PER_S: f64 = (SAMPLE_RATE / HOP) as f64;
/// Speech that the model passed over is heard again so many times in a window.
const MAX_HOLES: usize = 4;
/// Heard before and after it.
const HOLE_MARGIN_S: f64 = 0.3;
/// Mean confidence from which words that were passed over at first are believed, and words where nobody speaks.
const SURE_CONFIDENCE: f32 = 0.5;
/// Where less of a segment than this is speech, nobody speaks.
const LEAST_SPEECH: f64 = 0.1;
/// Above the mean log-probability at which the reference takes words for silence: what music is made into lies just there.
const DOUBT_LOGPROB: f32 = 0.3;
/// As many at most are an exclamation.
const FEW_WORDS: usize = 3;
/// The rest of a window is worth hearing if it is this long, or holds so much speech.
const SHORT_REST_S: f64 = 3.0;
const LEAST_SPEECH_S: f64 = 0.2;

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

/// What stays the same while a window is transcribed.
struct Window<'a> {
    mel: &'a LogMel,
    activity: &'a Activity,
    /// What decoding starts with.
    start: Vec<u32>,
    /// The same after what is to be expected.
    prompt: Vec<u32>,
    language: &'a Language,
    task: Task,
    word_times: bool,
    /// A whole recording, of which 30 s at a time are heard.
    is_sequence: bool,
    cancelled: &'a dyn Fn() -> bool,
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
        let (language, heard) = self.language_of(&mel, frames, options, cancelled).await?;
        let activity = Activity::of(pcm);
        let start = self.vocabulary.start(&language, options.task)?;
        let window = Window {
            mel: &mel,
            activity: &activity,
            prompt: self.prompt(&start, options),
            start,
            language: &language,
            task: options.task,
            word_times: options.word_times,
            is_sequence: false,
            cancelled,
        };
        let whole = Stretch { first: 0, frames };
        let mut segments = self.transcribe_stretch(&window, &whole, &options.fallback, heard).await?;
        segments.retain(|segment| {
            !is_invented(segment, &activity) && !is_exclamation(segment, &options.fallback)
        });
        // The model sometimes begins with a later sentence, or ends early: what it passed over is heard by itself.
        let once = Fallback { temperatures: vec![0.0], ..options.fallback.clone() };
        let mut tried = Vec::new();
        while tried.len() < MAX_HOLES
            && let Some((start_s, end_s)) =
                activity.unheard(&segments).into_iter().find(|(start_s, _)| !tried.contains(start_s))
        {
            tried.push(start_s);
            let first = ((start_s - HOLE_MARGIN_S).max(0.0) * FRAMES_PER_S) as usize;
            let end = (((end_s + HOLE_MARGIN_S) * FRAMES_PER_S) as usize).min(frames);
            let hole = Stretch { first, frames: end - first };
            let mut said = self.transcribe_stretch(&window, &hole, &once, None).await?;
            said.retain(|segment| is_sure(segment, &options.fallback));
            segments.extend(said);
        }
        segments.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
        activity.snap(&mut segments);
        Ok(WindowTranscript { segments, language })
    }

    /// Writes down a whole recording as the reference implementation does: 30 s after 30 s, each from where the last segment
    /// ended, and nothing left out or heard again. For comparing with it, token for token; windows that are cut in silence
    /// ([`crate::vad`]) can run side by side, skip silence and lose less.
    ///
    /// # Errors
    /// As [`Whisper::transcribe_window`], which takes the same arguments, but for the length.
    pub async fn transcribe_in_sequence(
        &self,
        pcm: &[f32],
        options: &DecodeOptions,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<WindowTranscript, Error> {
        let mel = self.mel.compute(pcm);
        let frames = pcm.len() / HOP;
        let (language, heard) = self.language_of(&mel, frames, options, cancelled).await?;
        let start = self.vocabulary.start(&language, options.task)?;
        let window = Window {
            mel: &mel,
            activity: &Activity::of(pcm),
            prompt: self.prompt(&start, options),
            start,
            language: &language,
            task: options.task,
            word_times: options.word_times,
            is_sequence: true,
            cancelled,
        };
        let whole = Stretch { first: 0, frames };
        let segments = self.transcribe_stretch(&window, &whole, &options.fallback, heard).await?;
        Ok(WindowTranscript { segments, language })
    }

    fn prompt(&self, start: &[u32], options: &DecodeOptions) -> Vec<u32> {
        [&self.vocabulary.previous(&options.prompt, self.decoder.max_said() - 1), start].concat()
    }

    /// The language asked for, or what the first window is in; then also what it sounds like.
    async fn language_of(
        &self,
        mel: &LogMel,
        frames: usize,
        options: &DecodeOptions,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<(Language, Option<Vec<Heard>>), Error> {
        match &options.language {
            Some(language) => Ok((language.clone(), None)),
            None if !self.is_multilingual() => Ok((Language::english(), None)),
            None => {
                let frames = frames.min(self.config.window_frames());
                let cross = self.hear_stretch(mel, &Stretch { first: 0, frames });
                Ok((self.best_language(&cross, cancelled).await?, Some(cross)))
            }
        }
    }

    /// Hears `whole`, and where its last segment ended goes on until all is heard. `heard`: what it sounds like, if known.
    async fn transcribe_stretch(
        &self,
        window: &Window<'_>,
        whole: &Stretch,
        fallback: &Fallback,
        mut heard: Option<Vec<Heard>>,
    ) -> Result<Vec<Segment>, Error> {
        let mut segments = Vec::new();
        let mut last_speech_s = 0.0;
        let (mut first, end) = (whole.first, whole.first + whole.frames);
        let longest = self.config.window_frames();
        let rounds = MAX_STRETCHES * whole.frames.div_ceil(longest);
        for round in 0..rounds {
            if first >= end {
                break;
            }
            if (window.cancelled)() {
                return Err(Error::Cancelled);
            }
            let stretch = Stretch { first, frames: (end - first).min(longest) };
            let cross = heard.take().unwrap_or_else(|| self.hear_stretch(window.mel, &stretch));
            let speaker = Speaker { goes_on: window.is_sequence, ..self.speaker(&cross, window.cancelled) };
            let decoding = speaker.decode(&window.prompt, fallback).await?;
            if fallback.should_skip(&decoding) {
                first += stretch.frames;
                continue;
            }
            // A window was cut in silence, so what the model leaves without an end is nevertheless whole.
            let goes_on = window.is_sequence || decoding.tokens.len() >= self.decoder.max_said();
            let spans = split(&decoding.tokens, &self.vocabulary, first, stretch.frames, goes_on);
            let mut said: Vec<Segment> =
                spans.spans.iter().map(|span| self.segment(span, &decoding)).collect();
            let mut next = spans.next_frame;
            if window.word_times {
                let mut words = self.align(&stretch, window, &spans.spans, &decoding, &cross).await?;
                let durations = tidy(&mut words);
                for (segment, words) in said.iter_mut().zip(deal(words, &spans.spans, &self.vocabulary)) {
                    segment.words = words;
                    settle(segment, durations, &mut last_speech_s);
                }
                if let Some(end_s) = last_end(&said) {
                    let heard_s = end_s + self.config.alignment_lag_s;
                    if !spans.is_closed && heard_s > first as f64 / FRAMES_PER_S {
                        next = (heard_s * FRAMES_PER_S).round() as usize;
                    }
                    last_speech_s = end_s;
                }
            }
            if !fallback.is_good(&decoding) && !is_credible(&said, window.task) {
                said.clear();
            }
            said.retain(|segment| segment.start_s != segment.end_s && !segment.text.trim().is_empty());
            segments.extend(said);
            // Hearing the same stretch again would say the same again; a short silent rest says nothing.
            let rest_s = (next as f64 / FRAMES_PER_S, end as f64 / FRAMES_PER_S);
            let is_silent =
                rest_s.1 - rest_s.0 < SHORT_REST_S && window.activity.speech_s(rest_s) < LEAST_SPEECH_S;
            if next <= first || is_silent || round + 1 == rounds {
                break;
            }
            first = next;
        }
        Ok(segments)
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
        window: &Window<'_>,
        spans: &[Span],
        decoding: &Decoding,
        cross: &[Heard],
    ) -> Result<Vec<Timed>, Error> {
        let start = window.start.as_slice();
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
            [start, &[self.vocabulary.no_timestamps], text.as_slice(), &[self.vocabulary.end_of_text]]
                .concat();
        let map = self.look_again(&tokens, positions, cross).await?;
        // The tokens of the spans are the first of the decoding's.
        let said = decoding.tokens.iter().zip(&decoding.logprobs);
        let confidences: Vec<f32> = said
            .filter(|(token, _)| self.vocabulary.is_text(**token))
            .map(|(_, logprob)| logprob.exp())
            .take(text.len())
            .collect();
        // The rows from "no timestamps" on: the first text token is said while the model looks from there.
        let rows = &map[start.len() * positions..(tokens.len() - 1) * positions];
        let starts = path_starts(rows, positions);
        let first_s = stretch.first as f64 / FRAMES_PER_S;
        let time_of = |position: usize| {
            let seen_s = position as f64 * POSITION_S;
            first_s + (seen_s - self.config.alignment_lag_s).clamp(0.0, positions as f64 * POSITION_S)
        };
        let mut row = 0;
        let timed = |Spelled { text, tokens }: Spelled| {
            let end = row + tokens.len();
            let word = Timed {
                text,
                tokens: tokens.len(),
                start_s: time_of(starts[row]),
                end_s: time_of(starts[end]),
                confidence: confidences[row..end].iter().sum::<f32>() / tokens.len() as f32,
            };
            row = end;
            word
        };
        Ok(split_words(&text, &self.vocabulary, window.language).into_iter().map(timed).collect())
    }

    /// One pass over `tokens` → the attention map `[tokens, positions]`.
    async fn look_again(&self, tokens: &[u32], positions: usize, cross: &[Heard]) -> Result<Vec<f32>, Error> {
        let speaker = self.speaker(cross, &|| false);
        let mut tap = Tap::new(self.config.alignment_heads().collect(), positions);
        let mut cache = self.decoder.cache(1);
        self.decoder.forward(speaker.ids(tokens), &mut cache, cross, Some(&mut tap));
        let scores = tap.read().await?;
        let looks: Vec<_> = scores
            .chunks_exact(tokens.len() * positions)
            .map(|values| HeadScores { values, stride: positions })
            .collect();
        Ok(attention_map(&looks, tokens.len(), positions))
    }
}

/// Whether words that no temperature made good are still words: music and noise give some that the model itself, asked
/// again, does not believe, or that it finds no time for. Beyond the reference, which lets them pass.
fn is_credible(segments: &[Segment], task: Task) -> bool {
    let has_words = segments.iter().any(|segment| !segment.words.is_empty());
    // The words of a translation are not spoken, so their times say nothing.
    let is_crowded = |segment: &&Segment| task == Task::Transcribe && is_anomalous(&segment.words);
    let anomalous = segments.iter().filter(is_crowded).count();
    !has_words || (mean_confidence(segments) >= MIN_CONFIDENCE && 2 * anomalous <= segments.len())
}

/// Whether the words are too unlikely, too short or too long to have been spoken (`is_segment_anomaly` of
/// `whisper/transcribe.py`).
fn is_anomalous(words: &[Word]) -> bool {
    let anomaly = |word: &Word| {
        let length_s = word.end_s - word.start_s;
        f64::from(word.confidence < MIN_CONFIDENCE)
            + (0.133 - length_s).max(0.0) * 15.0
            + (length_s - 2.0).max(0.0)
    };
    let words = &words[..words.len().min(8)];
    let sum: f64 = words.iter().map(anomaly).sum();
    !words.is_empty() && (sum >= 3.0 || sum + 0.01 >= words.len() as f64)
}

/// Whether nobody speaks where these words should be, and the model does not quite believe them either.
fn is_invented(segment: &Segment, activity: &Activity) -> bool {
    activity.share_of_speech(segment.start_s, segment.end_s) < LEAST_SPEECH
        && mean_confidence(std::slice::from_ref(segment)) < SURE_CONFIDENCE
}

/// Whether a few words ("Thank you.") were made of music or noise: the model heard no speech, and is nearly as doubtful of them as
/// where the reference drops everything. Lyrics, which look the same otherwise, are longer.
fn is_exclamation(segment: &Segment, fallback: &Fallback) -> bool {
    segment.no_speech_prob > fallback.max_no_speech_prob
        && segment.avg_logprob < fallback.min_avg_logprob + DOUBT_LOGPROB
        && segment.words.len() <= FEW_WORDS
}

/// Whether a segment is good enough to be put where the model said nothing at first.
fn is_sure(segment: &Segment, fallback: &Fallback) -> bool {
    segment.avg_logprob >= fallback.min_avg_logprob
        && mean_confidence(std::slice::from_ref(segment)) >= SURE_CONFIDENCE
        && !is_anomalous(&segment.words)
}

/// Of the words; 1 where there are none.
fn mean_confidence(segments: &[Segment]) -> f32 {
    let words = segments.iter().flat_map(|segment| &segment.words);
    let (count, sum) = words.fold((0u32, 0.0), |(count, sum), word| (count + 1, sum + word.confidence));
    if count == 0 { 1.0 } else { sum / count as f32 }
}

/// The end of the last word, or of the last segment where there are no words.
fn last_end(segments: &[Segment]) -> Option<f64> {
    let last_word = segments.iter().rev().flat_map(|segment| segment.words.last()).next();
    last_word.map(|word| word.end_s).or_else(|| segments.last().map(|segment| segment.end_s))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of (start, end, confidence) in one segment.
    fn segment(words: &[(f64, f64, f32)], avg_logprob: f32) -> Segment {
        let word = |&(start_s, end_s, confidence): &(f64, f64, f32)| Word {
            text: " a".into(),
            start_s,
            end_s,
            confidence,
        };
        Segment {
            start_s: words[0].0,
            end_s: words[words.len() - 1].1,
            text: " a".into(),
            tokens: Vec::new(),
            avg_logprob,
            no_speech_prob: 0.3,
            temperature: 1.0,
            words: words.iter().map(word).collect(),
        }
    }

    const SPOKEN: [(f64, f64, f32); 3] = [(0.0, 0.3, 0.9), (0.3, 0.7, 0.8), (0.7, 1.1, 0.4)];
    /// Believed one by one, but all at the same instant.
    const CROWDED: [(f64, f64, f32); 3] = [(9.0, 9.0, 0.9), (9.0, 9.0, 0.8), (9.0, 9.04, 0.9)];
    const DOUBTED: [(f64, f64, f32); 3] = [(0.0, 0.3, 0.01), (0.3, 0.7, 0.002), (0.7, 1.1, 0.1)];

    #[test]
    fn words_that_nobody_spoke_are_not_credible() {
        for (words, expected) in [
            (vec![SPOKEN], true),
            (vec![CROWDED], false),
            (vec![DOUBTED], false),
            (vec![SPOKEN, CROWDED], true),
            (vec![SPOKEN, CROWDED, CROWDED], false),
        ] {
            let segments: Vec<Segment> = words.iter().map(|words| segment(words, -1.2)).collect();
            assert_eq!(is_credible(&segments, Task::Transcribe), expected, "{words:?}");
        }
        assert!(is_credible(&[], Task::Transcribe));
        assert!(is_credible(&[segment(&CROWDED, -1.2)], Task::Translate));
    }

    #[test]
    fn a_doubted_word_or_two_over_music_are_no_words() {
        let exclamation = Segment { no_speech_prob: 0.7, ..segment(&SPOKEN, -0.9) };
        let lyrics = segment(&[SPOKEN, SPOKEN].concat(), -0.9);
        for (segment, expected) in [
            (exclamation.clone(), true),
            (Segment { no_speech_prob: 0.5, ..exclamation.clone() }, false),
            (Segment { avg_logprob: -0.6, ..exclamation }, false),
            (Segment { no_speech_prob: 0.7, ..lyrics }, false),
        ] {
            assert_eq!(is_exclamation(&segment, &Fallback::default()), expected, "{segment:?}");
        }
    }

    #[test]
    fn what_was_passed_over_is_believed_when_the_model_is_sure() {
        let fallback = Fallback::default();
        assert!(is_sure(&segment(&SPOKEN, -0.3), &fallback));
        assert!(!is_sure(&segment(&SPOKEN, -1.3), &fallback));
        assert!(!is_sure(&segment(&CROWDED, -0.3), &fallback));
        assert!(!is_sure(&segment(&DOUBTED, -0.3), &fallback));
    }
}
