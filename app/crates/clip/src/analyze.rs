//! The listening loop: sound becomes a waveform, windows and words, reported as it goes.
//! Ends with the whole transcript: what clips there are in it is not its matter.
//! Refuses to know decoders and models: they come through [`crate::port`].

mod choosing;

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::pin::pin;

use futures::StreamExt;
use futures::future::{Either, select};
use futures::stream::{FuturesUnordered, unfold};
use media::time::Span;

use crate::failure::{Failure, FailureClass};
use crate::note::Note;
use crate::port::{
    AudioSource, Cancellation, Clock, Events, Heard, PcmBlock, PcmWindow, SoundFile, Transcriber, Windows,
};
use crate::protocol::{FromEngine, JobId, Stage};
use crate::sentence::by_sentences;
use crate::sound::{MonoFeed, SPEECH_RATE, Waveform};
use crate::timeline::SourceRange;
use crate::tracks::Listening;
use crate::transcript::SpeechOptions;
use crate::transcript::{Segment, Transcript, WindowSpan};

use choosing::Task;
pub use choosing::Whole;

/// Where the loops report, read the time and learn that they shall stop.
#[derive(Clone, Copy)]
pub struct Ports<'a> {
    pub events: &'a dyn Events,
    pub clock: &'a dyn Clock,
    pub cancel: &'a dyn Cancellation,
}

impl Ports<'_> {
    /// `Err` with class `Cancelled` once somebody asked for it.
    pub fn check(&self) -> Result<(), Failure> {
        if self.cancel.is_cancelled() { Err(Failure::cancelled()) } else { Ok(()) }
    }
}

/// What an earlier visit heard already.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resume {
    pub finished: Vec<WindowSpan>,
    pub known: Vec<Segment>,
}

/// Transcribes a file's sound. `listening`: what to hear; found out where it is `None`, and looked for
/// elsewhere where hardly anybody speaks in what nobody wanted. `windows` makes a planner of windows.
///
/// Emits `Listening`, `Waveform`, `Segments`, `Progress` and finally `Analyzed`; the caller reports an `Err` as `Failed` or
/// `Cancelled`. Whatever was heard before an error has been emitted by then.
///
/// Cancellation is looked at between steps: a [`Transcriber`] that works long on a window should answer with a
/// `Cancelled` failure of its own when it is told to stop.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a port or an input of its own; the engine names them once"
)]
pub async fn analyze<W: Windows>(
    file: &impl SoundFile,
    listening: Option<Listening>,
    duration: Option<Span>,
    windows: &dyn Fn() -> W,
    pool: &impl Transcriber,
    speech: &SpeechOptions,
    resume: Resume,
    job: JobId,
    ports: Ports<'_>,
) -> Result<(), Failure> {
    let started_s = ports.clock.now_s();
    let whole = hear(file, listening, duration, windows, pool, speech, resume, job, ports).await?;
    let seconds = ports.clock.now_s() - started_s;
    ports.check()?;
    ports.events.emit(FromEngine::Analyzed { job, notes: whole.notes, seconds });
    Ok(())
}

/// The listening alone, with all that [`analyze`] emits before its `Analyzed`; the whole is answered instead.
///
/// # Errors
/// What a port failed with; `Cancelled`.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a port or an input of its own; the callers name them once"
)]
pub async fn hear<W: Windows>(
    file: &impl SoundFile,
    listening: Option<Listening>,
    duration: Option<Span>,
    windows: &dyn Fn() -> W,
    pool: &impl Transcriber,
    speech: &SpeechOptions,
    resume: Resume,
    job: JobId,
    ports: Ports<'_>,
) -> Result<Whole, Failure> {
    Task { file, windows, pool, duration, speech, job, ports }.hear(listening, resume).await
}

/// What the loop knows while it listens.
struct Hearing<'a> {
    job: JobId,
    ports: Ports<'a>,
    duration: Option<Span>,
    /// As asked for; a language that is not is agreed upon from what windows report.
    speech: SpeechOptions,
    /// How many words were heard in which language.
    votes: BTreeMap<String, usize>,
    /// Windows that an earlier visit finished.
    known: HashSet<WindowSpan>,
    transcript: Transcript,
    started_s: f64,
    /// Samples finished in this run, and in all.
    heard_samples: u64,
    done_samples: u64,
    /// Windows that could not be heard.
    skipped: Vec<WindowSpan>,
}

impl<'a> Hearing<'a> {
    fn new(
        job: JobId,
        ports: Ports<'a>,
        duration: Option<Span>,
        speech: SpeechOptions,
        resume: Resume,
    ) -> Self {
        let mut transcript = Transcript::default();
        let known: HashSet<WindowSpan> = resume.finished.iter().copied().collect();
        transcript.merge(resume.known);
        Self {
            job,
            ports,
            duration,
            speech,
            votes: BTreeMap::new(),
            known,
            transcript,
            started_s: ports.clock.now_s(),
            heard_samples: 0,
            done_samples: 0,
            skipped: Vec::new(),
        }
    }

    async fn listen(
        &mut self,
        audio: &mut impl AudioSource,
        feed: &mut MonoFeed,
        windows: &mut impl Windows,
        pool: &impl Transcriber,
    ) -> Result<(), Failure> {
        let worker_count = pool.worker_count().max(1);
        let mut waiting: VecDeque<PcmWindow> = VecDeque::new();
        let mut running = FuturesUnordered::new();
        let mut waveform = Waveform::new(self.job);
        // A stream keeps the half-read block when a finished window interrupts the reading.
        let mut blocks = pin!(unfold(Some(audio), |audio| async move {
            let audio = audio?;
            match audio.next_block().await {
                Ok(Some(block)) => Some((Ok(block), Some(audio))),
                Ok(None) => None,
                Err(failure) => Some((Err(failure), None)),
            }
        }));
        let mut ended = false;
        self.progress();
        loop {
            self.ports.check()?;
            while running.len() < worker_count {
                let Some(window) = waiting.pop_front() else { break };
                running.push(transcribe(pool, window, self.agreed_speech()));
            }
            let step = if !ended && waiting.len() < 2 * worker_count {
                if running.is_empty() {
                    Step::Read(blocks.next().await)
                } else {
                    // A finished window goes first: its worker stands idle.
                    match select(running.next(), blocks.next()).await {
                        Either::Left((heard, _)) => Step::heard(heard),
                        Either::Right((block, _)) => Step::Read(block),
                    }
                }
            } else if running.is_empty() {
                break;
            } else {
                Step::heard(running.next().await)
            };
            match step {
                Step::Read(block) => {
                    let samples = match block.transpose()? {
                        Some(block) => feed.push(&block)?,
                        None => {
                            ended = true;
                            feed.finish()
                        }
                    };
                    waveform.push(&samples, self.ports.events);
                    let mut cut = windows.push(&samples);
                    if ended {
                        waveform.finish(self.ports.events);
                        cut.append(&mut windows.finish());
                    }
                    for window in cut {
                        if self.known.contains(&window.span) {
                            self.done_samples += window.span.samples();
                        } else if window.has_speech {
                            waiting.push_back(window);
                        } else {
                            self.finished(
                                window.span,
                                Heard { language: String::new(), segments: Vec::new() },
                            );
                        }
                    }
                }
                Step::Heard(heard) => match heard? {
                    (span, Outcome::Heard(heard)) => self.finished(span, heard),
                    (span, Outcome::Lost(failure)) => self.skip(span, failure)?,
                },
                Step::Nothing => {}
            }
        }
        self.transcript.language = self.leading_language();
        Ok(())
    }

    /// A window that ended its worker twice is left out, and said to be. Where that happens again and again it is not the window.
    fn skip(&mut self, span: WindowSpan, failure: Failure) -> Result<(), Failure> {
        const MOST_SKIPPED: usize = 3;
        self.skipped.push(span);
        if self.skipped.len() > MOST_SKIPPED {
            return Err(failure);
        }
        self.done_samples += span.samples();
        self.progress();
        Ok(())
    }

    /// What was left out.
    fn skipped_note(&self) -> Option<Note> {
        let mut skipped = self.skipped.clone();
        skipped.sort_by_key(|span| span.start_sample);
        let part = |span: &WindowSpan| SourceRange { start: span.start(), end: span.end() };
        (!skipped.is_empty()).then(|| Note::Skipped(skipped.iter().map(part).collect()))
    }

    /// Makes the window's times absolute, reports it and counts it as done.
    fn finished(&mut self, span: WindowSpan, heard: Heard) {
        let absolute = |segment: Segment| segment.shifted(span.start().since_zero()).ended_by(span.end());
        let segments: Vec<Segment> =
            heard.segments.into_iter().map(absolute).flat_map(by_sentences).collect();
        let words = segments.iter().map(|segment| segment.words.len()).sum::<usize>();
        if words > 0 && !heard.language.is_empty() {
            *self.votes.entry(heard.language.clone()).or_default() += words;
        }
        self.heard_samples += span.samples();
        self.done_samples += span.samples();
        self.transcript.merge_window(span, segments.clone());
        self.ports.events.emit(FromEngine::Segments {
            job: self.job,
            window: span,
            language: self.written(heard.language),
            segments,
        });
        self.progress();
    }

    fn progress(&self) {
        let done_s = self.done_samples as f64 / f64::from(SPEECH_RATE);
        let spent_s = self.ports.clock.now_s() - self.started_s;
        let heard_s = self.heard_samples as f64 / f64::from(SPEECH_RATE);
        let speed = (spent_s > 0.0 && heard_s > 0.0).then(|| heard_s / spent_s);
        let total_s = self.duration.map(Span::seconds).filter(|&total| total > 0.0);
        self.ports.events.emit(FromEngine::Progress {
            job: self.job,
            stage: Stage::Transcribe,
            clip: None,
            done: total_s.map_or(0.0, |total| (done_s / total).clamp(0.0, 1.0)) as f32,
            seconds_left: total_s.zip(speed).map(|(total, speed)| ((total - done_s).max(0.0) / speed) as f32),
            speed: speed.map(|speed| speed as f32),
        });
    }

    /// The language to decode in: what was asked for, or what nearly everything heard so far is in. Until enough was
    /// heard, each window finds its own, because music and names mislead on short stretches.
    fn agreed_language(&self) -> Option<String> {
        const ENOUGH_WORDS: usize = 40;
        if self.speech.language.is_some() {
            return self.speech.language.clone();
        }
        let all: usize = self.votes.values().sum();
        let (language, &most) = self.votes.iter().max_by_key(|(_, words)| **words)?;
        (all >= ENOUGH_WORDS && most * 5 >= all * 4).then(|| language.clone())
    }

    fn agreed_speech(&self) -> SpeechOptions {
        SpeechOptions { language: self.agreed_language(), ..self.speech.clone() }
    }

    /// The language of the words, where `spoken` is what was heard.
    fn written(&self, spoken: String) -> String {
        if self.speech.translate && !spoken.is_empty() { "en".to_owned() } else { spoken }
    }

    fn leading_language(&self) -> String {
        let most = self.votes.iter().max_by_key(|(_, words)| **words).map(|(language, _)| language.clone());
        self.written(most.or_else(|| self.speech.language.clone()).unwrap_or_default())
    }
}

enum Step {
    Read(Option<Result<PcmBlock, Failure>>),
    Heard(Result<(WindowSpan, Outcome), Failure>),
    Nothing,
}

impl Step {
    fn heard(heard: Option<Result<(WindowSpan, Outcome), Failure>>) -> Self {
        heard.map_or(Self::Nothing, Self::Heard)
    }
}

/// What became of a window.
enum Outcome {
    Heard(Heard),
    /// It ended its worker both times.
    Lost(Failure),
}

/// One window, tried twice: a worker that died, lost its device or a word of its mail is given a second chance.
async fn transcribe(
    pool: &impl Transcriber,
    window: PcmWindow,
    speech: SpeechOptions,
) -> Result<(WindowSpan, Outcome), Failure> {
    let span = window.span;
    let outcome = match pool.transcribe(window.clone(), &speech).await {
        Ok(heard) => Outcome::Heard(heard),
        Err(failure) if failure.is_cancelled() => return Err(failure),
        Err(_) => match pool.transcribe(window, &speech).await {
            Ok(heard) => Outcome::Heard(heard),
            Err(failure) if failure.class() == FailureClass::Crash => Outcome::Lost(failure),
            Err(failure) => return Err(failure),
        },
    };
    Ok((span, outcome))
}

#[cfg(test)]
mod tests;
