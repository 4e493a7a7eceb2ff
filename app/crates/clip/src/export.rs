//! The export loop: pictures at a constant rate and sound, interleaved, from a source to a sink.
//! Refuses to know decoders, encoders and containers: they come through [`crate::port`].

use media::facts::VideoFacts;
use media::time::{FrameIndex, Instant, Span};

use crate::analyze::Ports;
use crate::captions::{Layout, pages};
use crate::failure::Failure;
use crate::frame::recipe;
use crate::output::OutputSpec;
use crate::port::{AudioSource, ClipSink, Painter, VideoSource};
use crate::protocol::{ExportClip, FromEngine, JobId, Stage};
use crate::sound::{CLIP_CHANNELS, CLIP_RATE, ClipSound};

/// Pictures and sound alternate in pieces of this length, so that a player never waits for one of them.
const INTERLEAVE: Span = Span::from_millis(500);

/// One clip and what it is written as.
#[derive(Debug, Clone, Copy)]
pub struct ExportTask<'a> {
    pub job: JobId,
    pub clip: &'a ExportClip,
    /// `None`: the source has no picture.
    pub source: Option<&'a VideoFacts>,
    pub output: OutputSpec,
}

/// How far a whole job is, over all of its clips.
#[derive(Debug, Clone, Copy)]
pub struct ExportProgress {
    total: Span,
    done: Span,
    started_s: f64,
}

impl ExportProgress {
    pub fn new(clips: &[ExportClip], started_s: f64) -> Self {
        let total = clips.iter().fold(Span::ZERO, |sum, one| sum + one.clip.length());
        Self { total, done: Span::ZERO, started_s }
    }
}

/// Writes one clip. Frame `i` shows what its timeline plays after `i / rate`; the sound is trimmed to the sample. `sound` opens the
/// source's sound at an instant, once for each range. On an error or a cancellation the sink is told to abandon what it holds.
///
/// Emits `Progress` with `clip` set: `done` is the clip's own, `seconds_left` and `speed` are the whole job's.
pub async fn export_clip<V, A, P, S>(
    task: &ExportTask<'_>,
    video: &mut V,
    sound: Option<&dyn Fn(Instant) -> Result<A, Failure>>,
    painter: &mut P,
    mut sink: S,
    ports: Ports<'_>,
    progress: &mut ExportProgress,
) -> Result<S::Output, Failure>
where
    V: VideoSource,
    A: AudioSource,
    P: Painter<V::Frame>,
    S: ClipSink<P::Painted>,
{
    match write(task, video, sound, painter, &mut sink, ports, progress).await {
        Ok(()) => {
            progress.done += task.clip.clip.length();
            sink.finish().await
        }
        Err(failure) => {
            sink.abandon().await;
            Err(failure)
        }
    }
}

async fn write<V, A, P, S>(
    task: &ExportTask<'_>,
    video: &mut V,
    open_sound: Option<&dyn Fn(Instant) -> Result<A, Failure>>,
    painter: &mut P,
    sink: &mut S,
    ports: Ports<'_>,
    progress: &ExportProgress,
) -> Result<(), Failure>
where
    V: VideoSource,
    A: AudioSource,
    P: Painter<V::Frame>,
    S: ClipSink<P::Painted>,
{
    let edit = &task.clip.clip;
    let length = edit.length();
    let captions = pages(&task.clip.words, &edit.timeline, &Layout::new(edit.captions, task.output.size));
    let frames = task.output.frame_rate.frames_in(length);
    let mut frame = 0;
    let mut reached = Span::ZERO;
    for placed in edit.timeline.placed() {
        let source = open_sound.map(|open| open(placed.range.start)).transpose()?;
        let mut sound = source.map(|source| ClipSound::new(source, &placed));
        while reached < placed.end() {
            reached = (reached + INTERLEAVE).min(placed.end());
            let is_last = reached == length;
            while frame < frames {
                let time = task.output.frame_rate.instant_of(FrameIndex(frame)).since_zero();
                if time >= reached && !is_last {
                    break;
                }
                ports.check()?;
                let recipe = recipe(edit, &captions, task.source, task.output.size, time);
                let picture = video.frame_at(recipe.at).await?;
                let painted = painter.paint(picture, &recipe).await?;
                sink.write_frame(painted, FrameIndex(frame)).await?;
                frame += 1;
            }
            ports.check()?;
            if let Some(sound) = &mut sound {
                let samples = sound.until(reached).await?;
                debug_assert_eq!(samples.len() % CLIP_CHANNELS, 0, "at {CLIP_RATE} Hz");
                sink.write_audio(&samples).await?;
            }
            report(task, ports, progress, reached, length);
        }
    }
    ports.check()
}

fn report(task: &ExportTask<'_>, ports: Ports<'_>, progress: &ExportProgress, reached: Span, length: Span) {
    let done_s = (progress.done + reached).seconds();
    let spent_s = ports.clock.now_s() - progress.started_s;
    let speed = (spent_s > 0.0).then(|| done_s / spent_s);
    let left_s = (progress.total.seconds() - done_s).max(0.0);
    ports.events.emit(FromEngine::Progress {
        job: task.job,
        stage: Stage::Export,
        clip: Some(task.clip.clip.id),
        done: (reached.seconds() / length.seconds()) as f32,
        seconds_left: speed.map(|speed| (left_s / speed) as f32),
        speed: speed.map(|speed| speed as f32),
    });
}

#[cfg(test)]
mod tests;
