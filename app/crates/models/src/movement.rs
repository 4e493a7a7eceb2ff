//! Whether a sound moves: speech rises and falls, band by band, several times a second; a fan, a hiss or a hum stays as it is,
//! however loud. Knows levels and time; what is speech among all that moves is `vad`'s.

use std::collections::VecDeque;
use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{RealFftPlanner, RealToComplex};

/// Samples of a frame (16 ms).
pub(crate) const FRAME: usize = 256;
/// Frames whose spectrum is taken as one: a shorter one rises and falls with the beats of a hum's overtones.
const PAIR: usize = 2;
/// Frames that are judged as one (96 ms): shorter ones of plain noise differ by chance, longer ones swallow syllables.
pub(crate) const BLOCK: usize = 3 * PAIR;
/// Blocks around one that say whether it moves (1.5 s): long enough for the pause between two words.
const AROUND: usize = 16;
/// Of them, those that come after it.
const AFTER: usize = 7;
/// Fewer blocks than these tell nothing.
const FEWEST: usize = 8;
/// Frames after which the verdict on a frame is known at the latest.
pub(crate) const DELAY: usize = (AFTER + 1) * BLOCK;
/// The loudest of a moving sound is so much (in dB) above its quietest in one of the bands. Fans, hiss, hums and pink noise had at
/// most 5.1; speech 5 dB below such noise still had more in nine blocks of ten.
const LEAST_SWING_DB: f32 = 6.0;
/// Bands in bins of 31.25 Hz: 125, 500, 1000, 2000, 4000 and 7500 Hz.
const EDGES: [usize; BANDS + 1] = [4, 16, 32, 64, 128, 240];
const BANDS: usize = 5;
/// So much of what all bands have is added to each band: what a pure tone leaks into the others comes and goes with its phase.
const LEAK: f32 = 1e-3;
/// Below this nothing is heard (mean square).
const FLOOR: f32 = 1e-9;

type Levels = [f32; BANDS];

/// Hears a sound frame by frame and says of each [`BLOCK`] whether it moves, in order, [`DELAY`] frames late.
pub(crate) struct Movement {
    fft: Arc<dyn RealToComplex<f32>>,
    hann: Vec<f32>,
    /// Samples of the open pair.
    pair: Vec<f32>,
    spectrum: Vec<Complex32>,
    scratch: Vec<Complex32>,
    /// Energies of the open block, and its frames.
    open: Levels,
    frames: usize,
    /// The latest blocks in dB, [`AROUND`] at most.
    blocks: VecDeque<Levels>,
    /// Of them, those that have no verdict yet.
    waiting: usize,
}

impl Movement {
    pub fn new() -> Movement {
        let fft = RealFftPlanner::new().plan_fft_forward(PAIR * FRAME);
        let hann = |i: usize| 0.5 - 0.5 * (std::f64::consts::TAU * i as f64 / (PAIR * FRAME) as f64).cos();
        Movement {
            hann: (0..PAIR * FRAME).map(|i| hann(i) as f32).collect(),
            pair: Vec::with_capacity(PAIR * FRAME),
            spectrum: fft.make_output_vec(),
            scratch: fft.make_scratch_vec(),
            fft,
            open: [0.0; BANDS],
            frames: 0,
            blocks: VecDeque::with_capacity(AROUND + 1),
            waiting: 0,
        }
    }

    /// Hears the next [`FRAME`] samples → the verdict on the oldest block that had none, once enough is known.
    pub fn push(&mut self, frame: &[f32]) -> Option<bool> {
        self.pair.extend_from_slice(frame);
        self.frames += 1;
        if self.frames.is_multiple_of(PAIR) {
            self.listen();
        }
        if self.frames < BLOCK {
            return None;
        }
        self.close_block();
        (self.waiting > AFTER).then(|| self.judge())
    }

    /// The verdicts on what is left; frames that do not fill a block share the last.
    pub fn finish(&mut self) -> Vec<bool> {
        if self.frames >= PAIR {
            self.close_block();
        }
        (0..self.waiting).map(|_| self.judge()).collect()
    }

    /// Adds the energies of the open pair.
    fn listen(&mut self) {
        self.pair.iter_mut().zip(&self.hann).for_each(|(sample, weight)| *sample *= weight);
        let transformed =
            self.fft.process_with_scratch(&mut self.pair, &mut self.spectrum, &mut self.scratch);
        debug_assert!(transformed.is_ok(), "the three buffers have the plan's lengths");
        self.pair.clear();
        let power = |bins: &[Complex32]| {
            bins.iter().map(Complex32::norm_sqr).sum::<f32>() / (bins.len() * PAIR * FRAME) as f32
        };
        let leaked = LEAK * power(&self.spectrum[EDGES[0]..EDGES[BANDS]]);
        for (band, energy) in self.open.iter_mut().enumerate() {
            *energy += power(&self.spectrum[EDGES[band]..EDGES[band + 1]]) + leaked;
        }
    }

    fn close_block(&mut self) {
        let pairs = (self.frames / PAIR) as f32;
        self.blocks.push_back(self.open.map(|energy| 10.0 * (energy / pairs + FLOOR).log10()));
        if self.blocks.len() > AROUND {
            self.blocks.pop_front();
        }
        self.open = [0.0; BANDS];
        self.frames = 0;
        self.waiting += 1;
    }

    /// Whether the oldest waiting block moves.
    fn judge(&mut self) -> bool {
        let at = self.blocks.len() - self.waiting;
        self.waiting -= 1;
        let first = at.saturating_sub(AROUND - 1 - AFTER);
        let around = self.blocks.range(first..(at + AFTER + 1).min(self.blocks.len()));
        if around.len() < FEWEST {
            return true;
        }
        (0..BANDS).any(|band| swing(around.clone().map(|levels| levels[band])) >= LEAST_SWING_DB)
    }
}

/// From the second lowest to the second highest: one click moves nothing.
fn swing(levels: impl Iterator<Item = f32>) -> f32 {
    let mut low = [f32::INFINITY; 2];
    let mut high = [f32::NEG_INFINITY; 2];
    for level in levels {
        low = if level < low[0] { [level, low[0]] } else { [low[0], low[1].min(level)] };
        high = if level > high[0] { [level, high[0]] } else { [high[0], high[1].max(level)] };
    }
    high[1] - low[1]
}

/// Of each whole [`FRAME`] of `pcm`, whether it moves.
pub(crate) fn moving_frames(pcm: &[f32]) -> Vec<bool> {
    let mut movement = Movement::new();
    let frames = pcm.as_chunks::<FRAME>().0;
    let mut verdicts: Vec<bool> = frames.iter().filter_map(|frame| movement.push(frame)).collect();
    verdicts.extend(movement.finish());
    (0..frames.len())
        .map(|frame| verdicts.get(frame / BLOCK).or(verdicts.last()).copied().unwrap_or(true))
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::f32::consts::TAU;

    use super::*;

    const RATE: f32 = 16_000.0;

    /// White noise, its loudness 1 on average, through `smooth` one-pole low-passes of `hz`.
    fn noise(samples: usize, hz: Option<f32>, smooth: usize) -> Vec<f32> {
        let mut rng = fastrand::Rng::with_seed(11);
        let mut pcm: Vec<f32> = (0..samples).map(|_| (0..6).map(|_| rng.f32() - 0.5).sum()).collect();
        if let Some(hz) = hz {
            let keep = (-TAU * hz / RATE).exp();
            for _ in 0..smooth {
                let mut last = 0.0;
                for sample in &mut pcm {
                    last = keep * last + (1.0 - keep) * *sample;
                    *sample = last;
                }
            }
        }
        let loudness = (pcm.iter().map(|s| s * s).sum::<f32>() / samples as f32).sqrt();
        pcm.iter().map(|sample| sample / loudness).collect()
    }

    fn hum(samples: usize, hz: f32) -> Vec<f32> {
        let tone = |harmonic: f32, at: f32| (TAU * hz * harmonic * at / RATE).sin() / harmonic;
        (0..samples).map(|at| (1..4).map(|harmonic| tone(harmonic as f32, at as f32)).sum()).collect()
    }

    /// Sounds that stay as they are, by name, as loud as they may be.
    pub fn steady(samples: usize) -> Vec<(&'static str, Vec<f32>)> {
        let scaled = |pcm: Vec<f32>, by: f32| pcm.into_iter().map(|sample| sample * by).collect();
        vec![
            ("hiss", scaled(noise(samples, None, 0), 0.25)),
            ("fan", scaled(noise(samples, Some(400.0), 2), 0.2)),
            ("rumble", scaled(noise(samples, Some(100.0), 1), 0.2)),
            ("hum of 50 Hz", scaled(hum(samples, 50.0), 0.3)),
            ("hum of 60 Hz", scaled(hum(samples, 60.0), 0.3)),
            ("hum of 220 Hz", scaled(hum(samples, 220.0), 0.3)),
            ("hum of 440 Hz", scaled(hum(samples, 440.0), 0.3)),
        ]
    }

    /// Something like syllables: a buzz of 120 Hz that rises and falls four times a second.
    pub fn syllables(samples: usize) -> Vec<f32> {
        let buzz = hum(samples, 120.0);
        let louder = |at: usize| (0.5 - 0.5 * (TAU * 4.0 * at as f32 / RATE).cos()).powi(2);
        buzz.iter().enumerate().map(|(at, sample)| sample * louder(at) * 0.3).collect()
    }

    const SECONDS: usize = 16_000;

    #[test]
    fn what_stays_as_it_is_does_not_move() {
        for (name, pcm) in steady(20 * SECONDS) {
            let moving = moving_frames(&pcm).into_iter().filter(|moves| *moves).count();
            assert_eq!(moving, 0, "{name}");
        }
        assert!(moving_frames(&vec![0.0; 5 * SECONDS]).iter().all(|moves| !moves));
    }

    #[test]
    fn syllables_move_also_in_loud_noise() {
        let speech = syllables(10 * SECONDS);
        assert!(moving_frames(&speech).iter().all(|moves| *moves));
        assert!(
            moving_frames(&speech.iter().map(|s| s * 0.003).collect::<Vec<_>>()).iter().all(|moves| *moves)
        );
        for (name, noise) in steady(10 * SECONDS) {
            let both: Vec<f32> = speech.iter().zip(&noise).map(|(a, b)| a + 0.3 * b).collect();
            let moving = moving_frames(&both).into_iter().filter(|moves| *moves).count();
            assert!(moving * 20 >= 19 * (both.len() / FRAME), "{name}: {moving}");
        }
    }

    #[test]
    fn one_click_moves_nothing_and_a_moment_tells_nothing() {
        let mut pcm = steady(6 * SECONDS).swap_remove(0).1;
        pcm[50_000..50_400].fill(1.0);
        assert!(moving_frames(&pcm).iter().all(|moves| !moves));
        assert!(moving_frames(&pcm[..FRAME * BLOCK * (FEWEST - 1)]).iter().all(|moves| *moves));
        assert!(moving_frames(&[]).is_empty());
    }

    #[test]
    fn verdicts_come_in_time() {
        let mut movement = Movement::new();
        let mut verdicts = 0;
        for frame in 1..=500 {
            verdicts += usize::from(movement.push(&[0.0; FRAME]).is_some());
            assert!(verdicts * BLOCK + DELAY >= frame, "{frame}");
        }
        verdicts += movement.finish().len();
        assert_eq!(verdicts, 500usize.div_ceil(BLOCK), "two frames are left over");
    }
}
