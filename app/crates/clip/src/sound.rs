//! Sound on its way through the loops: blocks of any rate and channel count become 16 kHz mono for listening, or the
//! exact 48 kHz stereo samples of one clip.

mod mix;
mod moment;
mod signals;
mod waveform;

use media::pcm::{Listened, MonoMixer, Resampler};
use media::time::{Instant, Span, Timescale};

use crate::failure::Failure;
use crate::port::{AudioSource, PcmBlock};
use crate::timeline::Placed;
use crate::transcript::WindowSpan;
pub use mix::Together;
pub use moment::moment;
pub use signals::SignalMeter;
pub use waveform::Waveform;

/// What speech models listen to, in Hz.
pub const SPEECH_RATE: u32 = WindowSpan::SAMPLE_RATE;
/// What clips are exported with, in Hz.
pub const CLIP_RATE: u32 = 48_000;
pub const CLIP_CHANNELS: usize = 2;

/// At both ends of a clip, so that a cut inside a sound does not click.
const FADE: Span = Span::from_millis(8);
/// A source that begins later than this is expected to hand out the silence before itself.
const LONGEST_LEAD: Span = Span::from_millis(600_000);

/// Blocks in, 16 kHz mono out; the first sample lies at zero of the presentation timeline, unless another start is asked for.
#[derive(Debug, Default)]
pub struct MonoFeed {
    mixer: MonoMixer,
    stage: Option<Stage<1>>,
    start: Instant,
}

impl MonoFeed {
    /// Of one channel, or of all together as far as they do not cancel each other out.
    pub fn of(listened: Listened) -> Self {
        Self { mixer: MonoMixer::of(listened), stage: None, start: Instant::ZERO }
    }

    /// The same from `start` on; what lies before that is dropped.
    pub const fn starting_at(mut self, start: Instant) -> Self {
        self.start = start;
        self
    }

    pub fn push(&mut self, block: &PcmBlock) -> Result<Vec<f32>, Failure> {
        let PcmBlock { start, sample_rate, channels, .. } = *block;
        check_form(sample_rate, channels)?;
        let mut samples = Vec::new();
        self.mixer.push(&block.samples, channels as usize, sample_rate, &mut samples);
        let mono = PcmBlock { start, sample_rate, channels: 1, samples };
        let mut output = Vec::new();
        Stage::feed(&mut self.stage, &mono, self.start, SPEECH_RATE, LONGEST_LEAD, &mut output)?;
        let [mono] = output_of(output);
        Ok(mono)
    }

    pub fn finish(&mut self) -> Vec<f32> {
        let mut output = Vec::new();
        if let Some(stage) = self.stage.take() {
            stage.finish(&mut output);
        }
        let [mono] = output_of(output);
        mono
    }

    /// Whether channels cancelled each other out, so that one of them was listened to.
    pub const fn has_cancelled(&self) -> bool {
        self.mixer.has_cancelled()
    }
}

/// The sound of one range of a clip, pulled piece by piece: trimmed to the sample, faded at both ends, silent where its source
/// ends early.
#[derive(Debug)]
pub struct ClipSound<A> {
    source: Option<A>,
    start: Instant,
    /// Frames of the clip before the range, of the range, and of it those handed out.
    before: u64,
    frames: u64,
    given: u64,
    stage: Option<Stage<2>>,
    /// Left and right, in step.
    ready: Vec<[f32; 2]>,
}

impl<A: AudioSource> ClipSound<A> {
    /// `source` begins at or before the range; what it gives before that is dropped. Ranges that lie end to end in a clip do so to the
    /// sample, whatever their lengths.
    pub fn new(source: A, placed: &Placed) -> Self {
        let before = frames_in(placed.at);
        Self {
            source: Some(source),
            start: placed.range.start,
            before,
            frames: frames_in(placed.end()) - before,
            given: 0,
            stage: None,
            ready: Vec::new(),
        }
    }

    /// The interleaved samples from what was handed out so far up to `time`, counted from the clip's begin.
    pub async fn until(&mut self, time: Span) -> Result<Vec<f32>, Failure> {
        let reached = frames_in(time).saturating_sub(self.before).min(self.frames);
        let wanted = reached.saturating_sub(self.given) as usize;
        while self.ready.len() < wanted {
            let Some(source) = &mut self.source else { break };
            match source.next_block().await? {
                Some(block) => {
                    let lead = Span::from_micros((self.frames * 1_000_000 / u64::from(CLIP_RATE)) as i64);
                    Stage::feed(&mut self.stage, &block, self.start, CLIP_RATE, lead, &mut self.ready)?;
                }
                None => {
                    self.source = None;
                    if let Some(stage) = self.stage.take() {
                        stage.finish(&mut self.ready);
                    }
                }
            }
        }
        if self.ready.len() < wanted {
            self.ready.resize(wanted, [0.0; 2]);
        }
        let mut samples = Vec::with_capacity(wanted * CLIP_CHANNELS);
        for (frame, number) in self.ready.drain(..wanted).zip(self.given..) {
            let gain = fade(number, self.frames);
            samples.extend(frame.map(|sample| sample * gain));
        }
        self.given += wanted as u64;
        Ok(samples)
    }
}

fn frames_in(span: Span) -> u64 {
    Timescale::new(CLIP_RATE).map_or(0, |rate| span.samples(rate))
}

fn fade(frame: u64, frames: u64) -> f32 {
    let long = frames_in(FADE).min(frames / 2);
    let from_edge = frame.min(frames.saturating_sub(1).saturating_sub(frame));
    if from_edge >= long { 1.0 } else { (from_edge as f32 + 0.5) / long as f32 }
}

/// Downmix and resampling of a stretch with one rate and channel count.
#[derive(Debug)]
struct Stage<const N: usize> {
    sample_rate: u32,
    channels: u32,
    resamplers: [Resampler; N],
    /// Input frames that lie before the wanted start and are dropped.
    skip: u64,
}

impl<const N: usize> Stage<N> {
    /// Takes a block; a new stage is made where there is none or the sound changes its form.
    fn feed(
        stage: &mut Option<Self>,
        block: &PcmBlock,
        start: Instant,
        to_hz: u32,
        longest_lead: Span,
        output: &mut Vec<[f32; N]>,
    ) -> Result<(), Failure> {
        let PcmBlock { sample_rate, channels, .. } = *block;
        let rate = check_form(sample_rate, channels)?;
        let same =
            stage.as_ref().is_some_and(|now| now.sample_rate == sample_rate && now.channels == channels);
        if !same {
            let is_first = stage.is_none();
            if let Some(before) = stage.take() {
                before.finish(output);
            }
            let resampler = Resampler::new(sample_rate, to_hz)
                .map_err(|_| Failure::ImpossibleSound { sample_rate, channels })?;
            let mut fresh = Self {
                sample_rate,
                channels,
                resamplers: std::array::from_fn(|_| resampler.clone()),
                skip: 0,
            };
            if is_first {
                let lead = block.start - start;
                if lead.is_positive() {
                    if lead > longest_lead && longest_lead == LONGEST_LEAD {
                        return Err(Failure::internal(
                            "the sound begins long after the start and brings no silence",
                        ));
                    }
                    let frames = rate.ticks(lead.min(longest_lead)).0.max(0) as usize;
                    fresh.resample(std::iter::repeat_n([0.0; N], frames), output);
                } else {
                    fresh.skip = (-lead).samples(rate);
                }
            }
            *stage = Some(fresh);
        }
        let Some(stage) = stage else { return Ok(()) };
        let frames = block.samples.chunks_exact(channels as usize);
        let skipped = stage.skip.min(frames.len() as u64);
        stage.skip -= skipped;
        stage.resample(frames.skip(skipped as usize).map(downmix), output);
        Ok(())
    }

    fn resample(&mut self, frames: impl Iterator<Item = [f32; N]> + Clone, output: &mut Vec<[f32; N]>) {
        let planes = self.resamplers.iter_mut().enumerate().map(|(channel, resampler)| {
            let input: Vec<f32> = frames.clone().map(|frame| frame[channel]).collect();
            let mut plane = Vec::new();
            resampler.push(&input, &mut plane);
            plane
        });
        append_planes(planes, output);
    }

    fn finish(self, output: &mut Vec<[f32; N]>) {
        let planes = self.resamplers.into_iter().map(|resampler| {
            let mut plane = Vec::new();
            resampler.finish(&mut plane);
            plane
        });
        append_planes(planes, output);
    }
}

/// Puts equally long planes side by side.
fn append_planes<const N: usize>(planes: impl Iterator<Item = Vec<f32>>, output: &mut Vec<[f32; N]>) {
    let at = output.len();
    for (channel, plane) in planes.take(N).enumerate() {
        output.resize(output.len().max(at + plane.len()), [0.0; N]);
        for (frame, sample) in output[at..].iter_mut().zip(plane) {
            frame[channel] = sample;
        }
    }
}

fn output_of(frames: Vec<[f32; 1]>) -> [Vec<f32>; 1] {
    [frames.into_iter().flatten().collect()]
}

fn check_form(sample_rate: u32, channels: u32) -> Result<Timescale, Failure> {
    Timescale::new(sample_rate)
        .filter(|_| sample_rate <= 768_000 && (1..=64).contains(&channels))
        .ok_or(Failure::ImpossibleSound { sample_rate, channels })
}

/// One frame to `N` channels, 1 or 2. Surround goes to the sides as ITU-R BS.775 has it, without the bass channel.
fn downmix<const N: usize>(frame: &[f32]) -> [f32; N] {
    const DOWN: f32 = std::f32::consts::FRAC_1_SQRT_2;
    let clean = |sample: f32| if sample.is_finite() { sample } else { 0.0 };
    let [left, right] = match *frame {
        [mono] => [mono, mono],
        [left, right] => [left, right],
        // Left, right, center, bass, left and right surround.
        [l, r, c, _, ls, rs] => {
            let scale = 1.0 / (1.0 + 2.0 * DOWN);
            [(l + DOWN * (c + ls)) * scale, (r + DOWN * (c + rs)) * scale]
        }
        _ => [frame.iter().copied().map(clean).sum::<f32>() / frame.len().max(1) as f32; 2],
    };
    let (left, right) = (clean(left), clean(right));
    std::array::from_fn(|channel| match (N, channel) {
        (1, _) => 0.5 * (left + right),
        (_, 0) => left,
        _ => right,
    })
}

#[cfg(test)]
mod tests;
