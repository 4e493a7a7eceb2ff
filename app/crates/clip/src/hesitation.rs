//! Sounds that only fill time ("um" and its like) and that no model wrote down: found in the sound, and proved by hearing it once more
//! without them. Speech models leave such sounds out and give their time to the words around them, so times of words alone say little;
//! but where the same words are heard without a sound, it said none of them.
//!
//! 1. [`held`]: what sounds like a held vowel, next to a moment of quiet, where the words have time to spare.
//! 2. The sound is heard again without the surest of these, then without the others as well; [`proof`] keeps those that no word
//!    was missed with.
//!
//! Refuses to know decoders and models: they come through [`crate::port`].

pub mod held;
pub mod proof;
pub mod said;

use crate::analyze::Ports;
use crate::failure::Failure;
use crate::fillers::fills_time;
use crate::order::sort_by;
use crate::port::{AudioSource, FrameMeter, PcmWindow, SoundFile, Transcriber, Windows};
use crate::protocol::{FromEngine, JobId, Stage};
use crate::sound::{MonoFeed, SPEECH_RATE};
use crate::timeline::SourceRange;
use crate::tracks::{SoundChoice, first_choice};
use crate::transcript::{SpeechOptions, Word};
use futures::StreamExt;
use futures::stream;
use held::Held;
use media::time::{Instant, Span};
use said::Said;

/// Where the sound goes over a cut, in samples on either side.
const FADE: usize = 160;

/// What finding needs, whatever part is looked through.
pub struct Search<'a, F, W, T> {
    pub file: &'a F,
    /// What of the file's sound was listened to; `None`: the first track that can be decoded.
    pub sound: Option<SoundChoice>,
    /// Makes a planner of windows.
    pub windows: &'a dyn Fn() -> W,
    pub meter: &'a dyn FrameMeter,
    pub pool: &'a T,
    /// As the words were heard.
    pub speech: &'a SpeechOptions,
    pub job: JobId,
    pub ports: Ports<'a>,
}

impl<F: SoundFile, W: Windows, T: Transcriber> Search<'_, F, W, T> {
    /// The sounds in `range` that fill time, in order. `words`: those heard in it, in order; `language`: ISO 639-1, what they are in.
    /// Emits `Progress`; the caller reports the outcome.
    ///
    /// # Errors
    /// What a port failed with; `Cancelled`.
    pub async fn find(
        &self,
        range: SourceRange,
        words: &[Word],
        language: &str,
    ) -> Result<Vec<SourceRange>, Failure> {
        let samples = self.samples(range).await?;
        let since = |at: Instant| (at - range.start).seconds();
        let said = words
            .iter()
            .filter(|word| !fills_time(word.spoken(), language))
            .map(|word| Said::new(word.spoken(), since(word.start), since(word.end), word.confidence));
        let mut said: Vec<Said> = said.filter(|said| !said.bare.is_empty()).collect();
        let written = words.iter().filter(|word| fills_time(word.spoken(), language));
        let written: Vec<(f64, f64)> = written.map(|word| (since(word.start), since(word.end))).collect();
        let is_written = |held: &Held| {
            written.iter().any(|(start_s, end_s)| *start_s < held.end_s && held.start_s < *end_s)
        };
        let candidates = held::candidates(&self.meter.frames(&samples), &said);
        // Where the model wrote a filler down, it heard one.
        let (mut kept, open): (Vec<Held>, Vec<Held>) = candidates.into_iter().partition(is_written);
        let (sure, unsure): (Vec<Held>, Vec<Held>) = open.into_iter().partition(Held::is_sure);
        for (pass, tried) in [sure, unsure].into_iter().enumerate() {
            if tried.is_empty() {
                continue;
            }
            let mut all: Vec<Held> = kept.iter().chain(&tried).copied().collect();
            sort_by(&mut all, |one, other| one.start_s.total_cmp(&other.start_s));
            let without = self.heard(&samples, &all, language, pass).await?;
            let proved = proof::proved(&tried, &said, &without);
            let is_whole = proved.len() == tried.len();
            kept.extend(proved);
            if is_whole {
                // What the next ones are compared with.
                said = without;
            }
        }
        sort_by(&mut kept, |one, other| one.start_s.total_cmp(&other.start_s));
        let at = |seconds: f64| range.start + Span::from_seconds(seconds);
        Ok(kept.iter().map(|held| SourceRange { start: at(held.start_s), end: at(held.end_s) }).collect())
    }

    /// 16 kHz mono of a part of the file.
    async fn samples(&self, range: SourceRange) -> Result<Vec<f32>, Failure> {
        let sound = self.sound.or_else(|| first_choice(self.file.tracks()));
        let sound = sound.ok_or_else(|| Failure::internal("no sound track can be decoded"))?;
        let wanted = (range.duration().seconds() * f64::from(SPEECH_RATE)) as usize;
        let mut audio = self.file.open(sound.tracks, range.start)?;
        let mut feed = MonoFeed::of(sound.listened()).starting_at(range.start);
        let mut samples = Vec::with_capacity(wanted);
        while samples.len() < wanted {
            self.ports.check()?;
            match audio.next_block().await? {
                Some(block) => samples.extend(feed.push(&block)?),
                None => {
                    samples.extend(feed.finish());
                    break;
                }
            }
        }
        samples.truncate(wanted);
        Ok(samples)
    }

    /// What is heard without `cuts`, with the times that the words have in the whole.
    async fn heard(
        &self,
        samples: &[f32],
        cuts: &[Held],
        language: &str,
        pass: usize,
    ) -> Result<Vec<Said>, Failure> {
        let short = without(samples, cuts);
        let mut planner = (self.windows)();
        let mut windows = planner.push(&short);
        windows.extend(planner.finish());
        windows.retain(|window| window.has_speech);
        let count = windows.len().max(1);
        let hear = |window: PcmWindow| async move {
            let start = window.span.start();
            let heard = self.pool.transcribe(window, self.speech).await;
            heard.map(|heard| (start.since_zero().seconds(), heard))
        };
        let mut running =
            std::pin::pin!(stream::iter(windows).map(hear).buffered(self.pool.worker_count().max(1)));
        let mut said = Vec::new();
        let mut done = 0;
        self.progress(pass, 0.0);
        while let Some(heard) = running.next().await {
            self.ports.check()?;
            let (start_s, heard) = heard?;
            done += 1;
            self.progress(pass, done as f32 / count as f32);
            for word in heard.segments.iter().flat_map(|segment| &segment.words) {
                let time = |at: Instant| in_the_whole(start_s + at.seconds(), cuts);
                let text = word.spoken();
                if !fills_time(text, language) {
                    said.push(Said::new(text, time(word.start), time(word.end), word.confidence));
                }
            }
        }
        said.retain(|said| !said.bare.is_empty());
        Ok(said)
    }

    fn progress(&self, pass: usize, done: f32) {
        self.ports.events.emit(FromEngine::Progress {
            job: self.job,
            stage: Stage::Hesitations,
            clip: None,
            done: (pass as f32 + done) / 2.0,
            seconds_left: None,
            speed: None,
        });
    }
}

fn sample(seconds: f64) -> usize {
    (seconds * f64::from(SPEECH_RATE)) as usize
}

/// The sound with `cuts` left out.
fn without(samples: &[f32], cuts: &[Held]) -> Vec<f32> {
    let mut short = Vec::with_capacity(samples.len());
    let mut from = 0;
    let starts = cuts.iter().map(|cut| (sample(cut.start_s), sample(cut.end_s)));
    for (start, end) in starts.chain([(samples.len(), samples.len())]) {
        let at = short.len();
        short.extend_from_slice(samples.get(from..start).unwrap_or_default());
        let part = &mut short[at..];
        let length = part.len();
        for i in 0..FADE.min(length / 2) {
            let share = i as f32 / FADE as f32;
            if from > 0 {
                part[i] *= share;
            }
            if start < samples.len() {
                part[length - 1 - i] *= share;
            }
        }
        from = end;
    }
    short
}

/// Where a moment of the shorter sound lies in the whole.
fn in_the_whole(mut at_s: f64, cuts: &[Held]) -> f64 {
    for cut in cuts {
        if at_s >= cut.start_s {
            at_s += cut.end_s - cut.start_s;
        }
    }
    at_s
}

#[cfg(test)]
mod tests;
