//! Several tracks at once: all of them as one source of 48 kHz stereo.
//! Where one ends early the others go on.

use media::time::{Instant, Span, Ticks, Timescale};

use super::{CLIP_CHANNELS, CLIP_RATE, LONGEST_LEAD, Stage};
use crate::failure::Failure;
use crate::port::{AudioSource, PcmBlock};

/// Frames that are handed out at once: a tenth of a second.
const PIECE: usize = 4_800;

/// The sum of its sources, a little quieter each so that it seldom has to be cut off at full level.
#[derive(Debug)]
pub struct Together<A> {
    parts: Vec<Part<A>>,
    start: Instant,
    frames: i64,
}

#[derive(Debug)]
struct Part<A> {
    source: Option<A>,
    stage: Option<Stage<2>>,
    ready: Vec<[f32; 2]>,
}

impl<A: AudioSource> Together<A> {
    /// The sources begin at `start`.
    pub fn new(sources: Vec<A>, start: Instant) -> Self {
        let part = |source| Part { source: Some(source), stage: None, ready: Vec::new() };
        Self { parts: sources.into_iter().map(part).collect(), start, frames: 0 }
    }
}

impl<A: AudioSource> Part<A> {
    async fn fill(&mut self, start: Instant) -> Result<(), Failure> {
        while self.ready.len() < PIECE {
            let Some(source) = &mut self.source else { break };
            match source.next_block().await? {
                Some(block) => {
                    Stage::feed(&mut self.stage, &block, start, CLIP_RATE, LONGEST_LEAD, &mut self.ready)?;
                }
                None => {
                    self.source = None;
                    if let Some(stage) = self.stage.take() {
                        stage.finish(&mut self.ready);
                    }
                }
            }
        }
        Ok(())
    }
}

impl<A: AudioSource> AudioSource for Together<A> {
    async fn next_block(&mut self) -> Result<Option<PcmBlock>, Failure> {
        for part in &mut self.parts {
            part.fill(self.start).await?;
        }
        let frames = self.parts.iter().map(|part| part.ready.len()).max().unwrap_or(0).min(PIECE);
        if frames == 0 {
            return Ok(None);
        }
        let gain = 1.0 / (self.parts.len() as f32).sqrt();
        let mut samples = vec![0.0_f32; frames * CLIP_CHANNELS];
        for part in &mut self.parts {
            let count = part.ready.len().min(frames);
            for (mixed, frame) in samples.chunks_exact_mut(CLIP_CHANNELS).zip(part.ready.drain(..count)) {
                mixed.iter_mut().zip(frame).for_each(|(mixed, sample)| *mixed += gain * sample);
            }
        }
        samples.iter_mut().for_each(|sample| *sample = sample.clamp(-1.0, 1.0));
        let before = Timescale::new(CLIP_RATE).map_or(Span::ZERO, |rate| rate.span(Ticks(self.frames)));
        self.frames += frames as i64;
        let start = self.start + before;
        Ok(Some(PcmBlock { start, sample_rate: CLIP_RATE, channels: CLIP_CHANNELS as u32, samples }))
    }
}
