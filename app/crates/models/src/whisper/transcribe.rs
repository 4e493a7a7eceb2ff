//! Sound from begin to end: hear, decode, cut into segments, find the words, go on where the last segment ended. A window, which
//! knows no other window, or a whole recording at once.

use super::Whisper;
use super::attention::CrossKv;
use super::decode::{DecodeRun, Decoding, Fallback};
use super::doubt::{is_credible, is_exclamation, is_invented, is_label};
use super::segments::Span;
use super::speech_mask::SpeechMask;
use super::transcript::{DecodeOptions, Segment, WindowTranscript};
use super::vocabulary::{Language, Task};
use super::words::{deal, settle, tidy};
use crate::Error;
use crate::mel::{HOP, LogMel, SAMPLE_RATE};

/// The longest window: 30 s.
pub const MAX_WINDOW_SAMPLES: usize = 30 * SAMPLE_RATE;
/// A window is heard again from the end of its last segment at most so often; three times is rare.
const MAX_STRETCHES: usize = 16;
/// Mel frames in a second.
pub(super) const FRAMES_PER_S: f64 = (SAMPLE_RATE / HOP) as f64;
/// The rest of a window is worth hearing if it is this long, or holds so much speech.
const SHORT_REST_S: f64 = 3.0;
const LEAST_SPEECH_S: f64 = 0.2;

/// What stays the same while a window is transcribed.
pub(super) struct Window<'a> {
    pub mel: &'a LogMel,
    pub speech_mask: &'a SpeechMask,
    /// What decoding starts with.
    pub start: Vec<u32>,
    /// The same after what is to be expected.
    pub prompt: Vec<u32>,
    pub language: &'a Language,
    pub task: Task,
    pub word_times: bool,
    /// A whole recording, of which 30 s at a time are heard.
    pub is_sequence: bool,
    pub cancelled: &'a dyn Fn() -> bool,
}

/// Part of a window that is decoded in one go, in mel frames.
pub(super) struct Stretch {
    pub first: usize,
    pub frames: usize,
}

impl Window<'_> {
    /// Whether words are held against their times: a translation's are not spoken, and the reference does not.
    fn is_guarded(&self) -> bool {
        self.word_times && !self.is_sequence && self.task == Task::Transcribe
    }
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
        let speech_mask = SpeechMask::of(pcm);
        let start = self.vocabulary.start(&language, options.task)?;
        let window = Window {
            mel: &mel,
            speech_mask: &speech_mask,
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
            !is_invented(segment, &speech_mask)
                && !is_exclamation(segment, &options.fallback)
                && !is_label(segment)
        });
        if options.task == Task::Transcribe {
            self.drop_unsaid(&mut segments, &language);
        }
        self.hear_holes(&window, &mut segments, &options.fallback, frames).await?;
        self.hear_slower(&window, pcm, &mut segments, &options.fallback).await?;
        segments.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
        speech_mask.snap(&mut segments);
        if options.task == Task::Transcribe {
            self.drop_unsaid(&mut segments, &language);
        }
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
            speech_mask: &SpeechMask::of(pcm),
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
    ) -> Result<(Language, Option<Vec<CrossKv>>), Error> {
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
    pub(super) async fn transcribe_stretch(
        &self,
        window: &Window<'_>,
        whole: &Stretch,
        fallback: &Fallback,
        mut heard: Option<Vec<CrossKv>>,
    ) -> Result<Vec<Segment>, Error> {
        let mut segments = Vec::new();
        let mut last_speech_s = 0.0;
        let mut was_looping = false;
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
            let decode_run =
                DecodeRun { goes_on: window.is_sequence, ..self.decode_run(&cross, window.cancelled) };
            let mut decoding = decode_run.decode(&window.prompt, fallback).await?;
            if fallback.should_skip(&decoding) {
                first += stretch.frames;
                continue;
            }
            let (mut spans, mut words) = self.read(&stretch, window, &decoding, &cross, false).await?;
            if let Some(end) = self.loop_end(&decoding, &words)
                && window.is_guarded()
            {
                if was_looping {
                    break;
                }
                decoding.tokens.truncate(end);
                decoding.logprobs.truncate(end);
                (spans, words) = self.read(&stretch, window, &decoding, &cross, true).await?;
                was_looping = true;
            }
            let mut said: Vec<Segment> =
                spans.spans.iter().map(|span| self.segment(span, &decoding)).collect();
            let mut next = spans.next_frame;
            if window.word_times {
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
                rest_s.1 - rest_s.0 < SHORT_REST_S && window.speech_mask.speech_s(rest_s) < LEAST_SPEECH_S;
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
        self.decode_run(&cross, &|| false).languages().await
    }

    async fn best_language(
        &self,
        cross: &[CrossKv],
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Language, Error> {
        let guesses = self.decode_run(cross, cancelled).languages().await?;
        let (language, _) =
            guesses.into_iter().next().ok_or_else(|| Error::malformed("it knows no language"))?;
        Ok(language)
    }

    pub(super) fn mel_of(&self, pcm: &[f32]) -> Result<LogMel, Error> {
        if pcm.len() > MAX_WINDOW_SAMPLES.min(self.config.window_frames() * HOP) {
            return Err(Error::Input(format!("{} samples are more than a window holds", pcm.len())));
        }
        Ok(self.mel.compute(pcm))
    }

    fn hear_stretch(&self, mel: &LogMel, stretch: &Stretch) -> Vec<CrossKv> {
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
}

/// The end of the last word, or of the last segment where there are no words.
fn last_end(segments: &[Segment]) -> Option<f64> {
    let last_word = segments.iter().rev().flat_map(|segment| segment.words.last()).next();
    last_word.map(|word| word.end_s).or_else(|| segments.last().map(|segment| segment.end_s))
}
