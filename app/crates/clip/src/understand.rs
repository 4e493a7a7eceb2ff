//! The loop that finds out more about a recording whose words are known: sound second by second, who speaks, where the topic
//! changes. Refuses to know decoders and models: they come through [`crate::port`].

use std::collections::VecDeque;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use media::time::{Instant, Span};

use crate::analyze::Ports;
use crate::failure::Failure;
use crate::insights::{Insights, SoundSignals, Speaker};
use crate::port::{AudioSource, PcmWindow, Understander, Windows};
use crate::protocol::{FromEngine, JobId, Stage};
use crate::recording::Recording;
use crate::sentence::Sentence;
use crate::sound::{MonoFeed, SignalMeter};
use crate::speakers::utterance::HeardVoices;
use crate::speakers::{LevelMeter, Voices, turns};
use crate::topics::{HOUSEKEEPING, NARRATIVE, narrative, topic_shifts};
use crate::transcript::{Transcript, Word};

/// Sentences that go to a worker together.
const BATCH: usize = 8;
/// Of the progress, what hearing the voices takes; the rest is reading the sentences.
const HEARING: f32 = 0.7;
/// A second in which words take so much of the time is no laughter.
const SPOKEN: f32 = 0.6;

/// Finds out what there is to find. Emits `Progress`; the caller reports the outcome.
///
/// # Errors
/// What a port failed with; `Cancelled`.
pub async fn understand(
    audio: &mut impl AudioSource,
    duration: Option<Span>,
    windows: &mut impl Windows,
    models: &impl Understander,
    recording: &Recording,
    job: JobId,
    ports: Ports<'_>,
) -> Result<Insights, Failure> {
    let began_s = ports.clock.now_s();
    let progress = |done: f32| {
        let spent_s = (ports.clock.now_s() - began_s) as f32;
        let seconds_left = (done > 0.05).then(|| spent_s / done * (1.0 - done));
        let stage = Stage::Understand;
        ports.events.emit(FromEngine::Progress { job, stage, clip: None, done, seconds_left, speed: None });
    };
    progress(0.0);
    let (sound, voices) = listen(audio, duration, windows, models, ports, &progress).await?;
    let reading = |done: f32| progress(HEARING + (1.0 - HEARING) * done);
    let vectors = read(&texts_to_read(recording), models, ports, &reading).await?;
    progress(1.0);
    Ok(gathered(recording, sound, &voices, &vectors))
}

/// What has to be read for [`gathered`]: the sentences, and what they are held against.
pub fn texts_to_read(recording: &Recording) -> Vec<String> {
    let anchors = NARRATIVE.iter().chain(&HOUSEKEEPING).map(|text| (*text).to_owned());
    recording.sentences().iter().map(Sentence::text).chain(anchors).collect()
}

/// What was measured, heard and read, put together. `vectors`: of [`texts_to_read`]; none where nothing was read.
pub fn gathered(
    recording: &Recording,
    mut sound: SoundSignals,
    voices: &Voices,
    vectors: &[Vec<f32>],
) -> Insights {
    quiet_where_words_are(&mut sound, recording.transcript());
    let turns = turns(voices);
    let count = turns.iter().map(|turn| turn.speaker + 1).max().unwrap_or(0);
    let (own, anchors) = vectors.split_at(vectors.len().saturating_sub(NARRATIVE.len() + HOUSEKEEPING.len()));
    let (told, chores) = anchors.split_at(NARRATIVE.len().min(anchors.len()));
    Insights {
        sound,
        turns,
        speakers: (0..count).map(Speaker::numbered).collect(),
        topic_shifts: recording.gaps().zip(topic_shifts(own)).collect(),
        narrative: recording.gaps().zip(narrative(own, told, chores)).collect(),
    }
}

/// The part of it that needs no words: the sound second by second, and the voices in it. Reports how far it came as a part of all.
///
/// # Errors
/// What a port failed with; `Cancelled`.
pub async fn listen(
    audio: &mut impl AudioSource,
    duration: Option<Span>,
    windows: &mut impl Windows,
    models: &impl Understander,
    ports: Ports<'_>,
    progress: &dyn Fn(f32),
) -> Result<(SoundSignals, Voices), Failure> {
    let worker_count = models.worker_count().max(1);
    let mut meter = SignalMeter::default();
    let mut levels = LevelMeter::default();
    let mut feed = MonoFeed::default();
    let mut waiting: VecDeque<PcmWindow> = VecDeque::new();
    let mut running = FuturesUnordered::new();
    let mut found = HeardVoices::default();
    let mut ended = false;
    let mut reached = Instant::ZERO;
    loop {
        ports.check()?;
        while running.len() < worker_count {
            let Some(window) = waiting.pop_front() else { break };
            running.push(voices(models, window));
        }
        if !ended && waiting.len() < worker_count {
            let samples = match audio.next_block().await? {
                Some(block) => {
                    levels.push(&block);
                    feed.push(&block)?
                }
                None => {
                    ended = true;
                    feed.finish()
                }
            };
            meter.push(&samples);
            let mut cut = windows.push(&samples);
            if ended {
                cut.append(&mut windows.finish());
            }
            waiting.extend(cut.into_iter().filter(|window| window.has_speech));
            continue;
        }
        let Some(heard) = running.next().await else { if ended { break } else { continue } };
        let (end, heard) = heard?;
        found.pieces.extend(heard.pieces);
        found.local.extend(heard.local);
        reached = reached.max(end);
        if let Some(total) = duration.filter(|total| total.is_positive()) {
            progress(HEARING * (reached.seconds() / total.seconds()).clamp(0.0, 1.0) as f32);
        }
    }
    found.pieces.sort_by_key(|piece| piece.start);
    Ok((meter.finish(), Voices { pieces: found.pieces, local: found.local, levels: levels.finish() }))
}

/// The voices of one window on the recording's timeline, and where the window ends.
async fn voices(models: &impl Understander, window: PcmWindow) -> Result<(Instant, HeardVoices), Failure> {
    let (start, end) = (window.span.start(), window.span.end());
    Ok((end, models.voices(window.samples).await?.later(start.since_zero())))
}

/// A vector for each text, in their order. `progress` is told how much of it is done, from 0 to 1.
///
/// # Errors
/// What a port failed with; `Cancelled`.
pub async fn read(
    texts: &[String],
    models: &impl Understander,
    ports: Ports<'_>,
    progress: &dyn Fn(f32),
) -> Result<Vec<Vec<f32>>, Failure> {
    let mut vectors: Vec<Vec<f32>> = vec![Vec::new(); texts.len()];
    let read = |(number, texts): (usize, &[String])| {
        let texts = texts.to_vec();
        async move { models.embeddings(texts).await.map(|vectors| (number, vectors)) }
    };
    let mut waiting = texts.chunks(BATCH).enumerate();
    let mut running: FuturesUnordered<_> =
        waiting.by_ref().take(models.worker_count().max(1)).map(read).collect();
    let mut done = 0;
    while let Some(batch) = running.next().await {
        ports.check()?;
        let (number, batch) = batch?;
        done += batch.len();
        vectors.iter_mut().skip(number * BATCH).zip(batch).for_each(|(slot, vector)| *slot = vector);
        progress(done as f32 / texts.len().max(1) as f32);
        running.extend(waiting.next().map(read));
    }
    Ok(vectors)
}

/// Where words are spoken, nobody is heard to laugh or applaud.
fn quiet_where_words_are(sound: &mut SoundSignals, transcript: &Transcript) {
    let mut spoken = vec![0.0f32; sound.reaction.len()];
    for word in transcript.words() {
        add_overlap(word, &mut spoken);
    }
    for (reaction, spoken) in sound.reaction.iter_mut().zip(spoken) {
        *reaction *= (1.0 - spoken / SPOKEN).clamp(0.0, 1.0);
    }
}

/// Adds to each second the part of it that a word takes.
fn add_overlap(word: &Word, seconds: &mut [f32]) {
    let (start, end) = (word.start.seconds().max(0.0), word.end.seconds());
    let first = start.floor() as usize;
    for (second, taken) in seconds.iter_mut().enumerate().skip(first) {
        let from = start.max(second as f64);
        let to = end.min(second as f64 + 1.0);
        if to <= from {
            break;
        }
        *taken += (to - from) as f32;
    }
}

#[cfg(test)]
mod tests;
