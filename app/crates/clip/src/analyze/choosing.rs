//! What of a file's sound is heard: the wanted track, or the first one, and where nobody speaks in it the others.
//! A short look decides in which of them it is worth listening; hearing itself is the loop's above.

use media::time::{Instant, Span};

use super::{Hearing, Ports, Resume};
use crate::failure::Failure;
use crate::note::Note;
use crate::port::{AudioSource, SoundFile, Transcriber, Windows};
use crate::protocol::{FromEngine, JobId};
use crate::select::FEWEST_WORDS;
use crate::sound::{MonoFeed, SPEECH_RATE};
use crate::tracks::{
    Listening, Look, MOST_TRIES, SoundChoice, Tracks, first_choice, found_note, others, preferred,
    silent_note, worth_hearing,
};
use crate::transcript::{SpeechOptions, Transcript};

/// How much of a track is looked at.
const LOOK: Span = Span::from_millis(180_000);

/// What hearing needs whatever is heard.
pub(super) struct Task<'a, F, W, T> {
    pub file: &'a F,
    pub windows: &'a dyn Fn() -> W,
    pub pool: &'a T,
    pub duration: Option<Span>,
    pub speech: &'a SpeechOptions,
    pub job: JobId,
    pub ports: Ports<'a>,
}

/// All that was heard of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// Of what was settled on, with every window that was gone through.
    pub transcript: Transcript,
    /// What was left out of the words, and why there are hardly any.
    pub notes: Vec<Note>,
}

/// What one choice gave.
struct Heard {
    sound: SoundChoice,
    transcript: Transcript,
    skipped: Option<Note>,
    notes: Vec<Note>,
}

impl Heard {
    fn words(&self) -> usize {
        self.transcript.words().count()
    }
}

impl<F: SoundFile, W: Windows, T: Transcriber> Task<'_, F, W, T> {
    /// Hears it to the end.
    pub async fn hear(&self, listening: Option<Listening>, resume: Resume) -> Result<Whole, Failure> {
        let tracks = self.file.tracks();
        let usual = first_choice(tracks).ok_or_else(|| Failure::internal("no sound track can be decoded"))?;
        let is_wanted = listening.is_some_and(|listening| listening.is_wanted);
        let first = match listening {
            Some(listening) => listening.sound,
            None if resume.finished.is_empty() => self.likely().await?.unwrap_or(usual),
            None => usual,
        };
        let is_elsewhere = first != usual && !is_wanted;
        let notes: Vec<Note> = is_elsewhere.then(|| found_note(tracks, usual, first)).into_iter().collect();
        if listening.is_none() {
            self.say(first, false, notes.clone());
        }
        let mut best = self.one(first, is_wanted, notes, resume).await?;
        let mut heard = vec![first];
        let mut looked_at = Vec::new();
        if best.words() < FEWEST_WORDS && !is_wanted {
            looked_at = others(tracks, first);
            for sound in self.promising(&looked_at).await?.into_iter().take(MOST_TRIES) {
                let notes = vec![found_note(tracks, first, sound)];
                self.say(sound, false, notes.clone());
                let now = self.one(sound, false, notes, Resume::default()).await?;
                heard.push(sound);
                if now.words() > best.words() {
                    best = now;
                }
                if best.words() >= FEWEST_WORDS {
                    break;
                }
            }
            if heard.last() != Some(&best.sound) {
                self.repeat(&best);
            }
        }
        let words = best.words();
        let silent = (words < FEWEST_WORDS).then(|| silent_note(tracks, words > 0, &heard, &looked_at));
        let notes = best.skipped.into_iter().chain(silent).collect();
        Ok(Whole { transcript: best.transcript, notes })
    }

    async fn one(
        &self,
        sound: SoundChoice,
        is_wanted: bool,
        mut notes: Vec<Note>,
        resume: Resume,
    ) -> Result<Heard, Failure> {
        let mut audio = self.file.open(sound.tracks, Instant::ZERO)?;
        let mut feed = MonoFeed::of(sound.listened());
        let speech = self.speech.clone();
        let mut hearing = Hearing::new(self.job, self.ports, self.duration, speech, resume);
        hearing.listen(&mut audio, &mut feed, &mut (self.windows)(), self.pool).await?;
        if feed.has_cancelled() {
            notes.push(Note::Cancelled);
            self.say(sound, is_wanted, notes.clone());
        }
        let skipped = hearing.skipped_note();
        Ok(Heard { sound, transcript: hearing.transcript, skipped, notes })
    }

    fn say(&self, sound: SoundChoice, is_wanted: bool, notes: Vec<Note>) {
        let (job, listening) = (self.job, Listening { sound, is_wanted });
        self.ports.events.emit(FromEngine::Listening { job, listening, notes });
    }

    /// Goes back to what was heard before.
    fn repeat(&self, heard: &Heard) {
        self.say(heard.sound, false, heard.notes.clone());
        for window in &heard.transcript.windows {
            let inside = |start| (window.start()..window.end()).contains(&start);
            let segments = heard.transcript.segments.iter().filter(|segment| inside(segment.start));
            self.ports.events.emit(FromEngine::Segments {
                job: self.job,
                window: *window,
                language: heard.transcript.language.clone(),
                segments: segments.cloned().collect(),
            });
        }
    }

    /// Where to begin, if there is more than one track.
    async fn likely(&self) -> Result<Option<SoundChoice>, Failure> {
        let usable = self.file.tracks().iter().filter(|track| track.can_decode);
        let choices: Vec<_> = usable.map(|track| SoundChoice::of(Tracks::One(track.id))).collect();
        if choices.len() < 2 {
            return Ok(None);
        }
        Ok(preferred(&self.looks(&choices, Some(LOOK)).await?))
    }

    /// In which of these somebody speaks: in their first minutes, or if in none of them, anywhere in whole tracks.
    async fn promising(&self, choices: &[SoundChoice]) -> Result<Vec<SoundChoice>, Failure> {
        let found = worth_hearing(&self.looks(choices, Some(LOOK)).await?);
        if !found.is_empty() || self.duration.is_some_and(|duration| duration <= LOOK) {
            return Ok(found);
        }
        let whole: Vec<_> = choices.iter().filter(|choice| choice.channel.is_none()).copied().collect();
        Ok(worth_hearing(&self.looks(&whole, None).await?))
    }

    async fn looks(&self, choices: &[SoundChoice], limit: Option<Span>) -> Result<Vec<Look>, Failure> {
        let mut looks = Vec::with_capacity(choices.len());
        for sound in choices {
            looks.push(self.look(*sound, limit).await?);
        }
        Ok(looks)
    }

    async fn look(&self, sound: SoundChoice, limit: Option<Span>) -> Result<Look, Failure> {
        let mut audio = self.file.open(sound.tracks, Instant::ZERO)?;
        let mut feed = MonoFeed::of(sound.listened());
        let mut meter = LookMeter::new((self.windows)());
        while limit.is_none_or(|limit| meter.seconds() < limit.seconds()) {
            self.ports.check()?;
            let Some(block) = audio.next_block().await? else { break };
            meter.push(&feed.push(&block)?);
        }
        Ok(meter.finish(sound))
    }
}

/// Measures how much is spoken in 16 kHz mono.
struct LookMeter<W> {
    windows: W,
    samples: u64,
    speech: u64,
    squares: f64,
}

impl<W: Windows> LookMeter<W> {
    fn new(windows: W) -> Self {
        Self { windows, samples: 0, speech: 0, squares: 0.0 }
    }

    fn seconds(&self) -> f64 {
        self.samples as f64 / f64::from(SPEECH_RATE)
    }

    fn push(&mut self, samples: &[f32]) {
        self.samples += samples.len() as u64;
        self.squares += samples.iter().map(|&sample| f64::from(sample).powi(2)).sum::<f64>();
        let windows = self.windows.push(samples);
        self.speech += spoken(&windows);
    }

    fn finish(mut self, sound: SoundChoice) -> Look {
        self.speech += spoken(&self.windows.finish());
        Look {
            sound,
            speech_s: self.speech as f64 / f64::from(SPEECH_RATE),
            level: (self.squares / self.samples.max(1) as f64).sqrt(),
        }
    }
}

fn spoken(windows: &[crate::port::PcmWindow]) -> u64 {
    windows.iter().filter(|window| window.has_speech).map(|window| window.span.samples()).sum()
}
