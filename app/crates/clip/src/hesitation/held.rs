//! What sounds like a held vowel: a voice whose color hardly changes for longer than words need, next to a moment of quiet. It is a
//! candidate only where the words around it leave it time of its own.
//! All measures are shares of what is usual in the sound at hand, so that neither loudness nor noise of a room matters. The numbers were
//! chosen on read and spontaneous English with fillers put in (docs/BENCHMARKS.md).

use super::said::Said;
use crate::order::sort_by;
use crate::port::SoundFrame;
use crate::sound::SPEECH_RATE;

/// A candidate, in seconds of the sound looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    pub start_s: f64,
    pub end_s: f64,
    /// How much of it hardly changes.
    pub steady_s: f64,
    /// On how many sides it is quiet.
    pub quiet_sides: u8,
}

impl Held {
    /// Held so long that hardly any word is.
    pub fn is_sure(&self) -> bool {
        self.steady_s >= 0.28
    }

    fn is_long_enough(&self) -> bool {
        let steady_s = if self.quiet_sides == 2 { 0.18 } else { 0.2 };
        self.steady_s >= steady_s && self.end_s - self.start_s >= 0.2
    }
}

const FRAME_S: f64 = SoundFrame::HOP as f64 / SPEECH_RATE as f64;
/// The middle of the first frame.
const FIRST_S: f64 = SoundFrame::LENGTH as f64 / 2.0 / SPEECH_RATE as f64;
/// Color is compared over twice so many frames.
const REACH: usize = 3;
/// Steady: so little change, by what is usual where somebody speaks.
const STEADY: f32 = 0.72;
/// Frames that a steady part may be interrupted for.
const BRIDGE: usize = 4;
/// A vowel and what it is hummed out with are so many frames apart at most.
const JOIN: usize = 12;
/// How far around it is looked for quiet, in frames.
const NEAR: usize = 14;
/// How long a hum behind the vowel may be, in frames.
const HUM: usize = 55;
const LONGEST: usize = 130;
/// Words may overlap a candidate so far without having to do with it, in seconds.
const TOUCH_S: f64 = 0.05;
/// What a word that overlaps a candidate has to have of sound of its own, in seconds, and how far from its times it may have it.
const OWN_S: f64 = 0.07;
const AROUND_S: f64 = 0.12;

/// A stretch of frames.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    steady: usize,
}

/// Frames by what is usual in them.
struct Sound {
    /// By the usual loudness of speech.
    levels: Vec<f32>,
    voicing: Vec<f32>,
    /// How fast the color changes, by how fast it usually does.
    changes: Vec<f32>,
    /// Below this it is quiet; above `audible` something is heard; a hum stays above `soft`.
    quiet: f32,
    audible: f32,
    soft: f32,
    /// What a held vowel has at least.
    loud: f32,
    voiced: f32,
}

impl Sound {
    fn new(frames: &[SoundFrame]) -> Self {
        let usual = share_of(frames.iter().map(|frame| frame.level).collect(), 0.85).max(1e-6);
        let levels: Vec<f32> = frames.iter().map(|frame| frame.level / usual).collect();
        let voicing: Vec<f32> = frames.iter().map(|frame| frame.voicing).collect();
        let noise = share_of(levels.clone(), 0.08);
        let mut changes = changes(frames);
        let spoken = (0..frames.len()).filter(|&i| voicing[i] > 0.6 && levels[i] > 0.2);
        let usual = share_of(spoken.map(|i| changes[i]).collect(), 0.5).max(1e-6);
        changes.iter_mut().for_each(|change| *change /= usual);
        Self {
            levels,
            voicing,
            changes,
            quiet: (1.7 * noise).clamp(0.15, 0.4),
            audible: (1.4 * noise).clamp(0.1, 0.35),
            soft: (1.6 * noise).clamp(0.06, 0.35),
            loud: (1.5 * noise).clamp(0.12, 0.4),
            voiced: if noise < 0.12 { 0.45 } else { 0.35 },
        }
    }

    fn is_held(&self, at: usize) -> bool {
        self.changes[at] < STEADY && self.levels[at] > self.loud && self.voicing[at] > self.voiced
    }

    fn runs(&self) -> Vec<Run> {
        let count = self.levels.len();
        let mut runs: Vec<Run> = Vec::new();
        let mut at = 0;
        while at < count {
            if !self.is_held(at) {
                at += 1;
                continue;
            }
            let start = at;
            while at < count && (at..count.min(at + BRIDGE + 1)).any(|next| self.is_held(next)) {
                at += 1;
            }
            if at - start < 5 {
                continue;
            }
            let run = Run { start, end: at, steady: at - start };
            match runs.last_mut().filter(|last| self.is_one_sound(last.end, start)) {
                Some(last) => *last = Run { end: run.end, steady: last.steady + run.steady, ..*last },
                None => runs.push(run),
            }
        }
        runs
    }

    /// Whether a voice goes on between two steady parts.
    fn is_one_sound(&self, from: usize, to: usize) -> bool {
        let between = from..to;
        let voiced = between.clone().filter(|&at| self.voicing[at] > self.voiced).count();
        to - from <= JOIN
            && between.clone().all(|at| self.levels[at] > self.loud * 0.8)
            && 10 * voiced > 7 * between.len()
    }

    fn is_quiet_in(&self, from: usize, to: usize) -> bool {
        let levels = &self.levels[from..to.min(self.levels.len())];
        levels.iter().filter(|level| **level < self.quiet).count() >= 2
    }

    /// The whole sound that a steady part belongs to; `None` where it is no candidate.
    fn whole(&self, run: Run) -> Option<(Run, u8)> {
        let count = self.levels.len();
        let is_quiet_before = run.start < NEAR || self.is_quiet_in(run.start.saturating_sub(NEAR), run.start);
        let mut is_quiet_behind = self.is_quiet_in(run.end, run.end + NEAR);
        let sides = u8::from(is_quiet_before) + u8::from(is_quiet_behind);
        let least = if sides == 2 { 12 } else { 16 };
        if run.end - run.start < 10 || sides == 0 || run.steady < least {
            return None;
        }
        let (mut start, mut end) = (run.start, run.end);
        if is_quiet_before {
            while start > 0 && run.start - start < NEAR && self.levels[start - 1] >= self.quiet {
                start -= 1;
            }
        }
        if is_quiet_behind {
            while end < count && end - run.end < NEAR && self.levels[end] >= self.quiet {
                end += 1;
            }
        }
        // "Um" ends in a hum that is softer than its vowel.
        let mut hum = end;
        let is_hum = |at: usize| self.levels[at] >= self.soft && self.voicing[at] > 0.55;
        while hum < count && hum - run.end < HUM && is_hum(hum) {
            hum += 1;
        }
        let ends_quietly = self.levels[hum..count.min(hum + 3)].iter().all(|level| *level < self.quiet);
        let is_softer = self.levels[end..hum].iter().all(|level| *level < 0.6);
        if hum > end && hum - run.end < HUM && ends_quietly && is_softer {
            end = hum;
            is_quiet_behind = true;
        }
        let sides = u8::from(is_quiet_before) + u8::from(is_quiet_behind);
        let length = end - start;
        let is_candidate = length <= LONGEST && 3 * run.steady >= length;
        is_candidate.then_some((Run { start, end, steady: run.steady }, sides))
    }

    /// Whether the words that overlap it have enough sound of their own beside it.
    fn leaves_time(&self, run: Run, said: &[Said]) -> bool {
        let (start_s, end_s) = (time(run.start), time(run.end));
        let is_near = |word: &&Said| word.end_s.min(end_s) - word.start_s.max(start_s) > TOUCH_S;
        let near: Vec<&Said> = said.iter().filter(is_near).collect();
        let (Some(first), Some(last)) = (near.first(), near.last()) else { return true };
        let from = frame(first.start_s.min(start_s) - AROUND_S);
        let to = frame(last.end_s.max(end_s) + AROUND_S).min(self.levels.len());
        let others: Vec<&Said> = said
            .iter()
            .filter(|word| word.end_s > time(from) && word.start_s < time(to) && !is_near(word))
            .collect();
        let own = (from..to).filter(|at| !(run.start..run.end).contains(at));
        let own = own.filter(|&at| self.levels[at] > self.audible);
        let own = own.filter(|&at| !others.iter().any(|word| (word.start_s..word.end_s).contains(&time(at))));
        own.count() as f64 * FRAME_S >= OWN_S
    }
}

/// What could be a filler, in order. `said`: the words of the sound, without fillers.
pub fn candidates(frames: &[SoundFrame], said: &[Said]) -> Vec<Held> {
    let sound = Sound::new(frames);
    let wholes = sound.runs().into_iter().filter_map(|run| sound.whole(run));
    let wholes = wholes.filter(|(run, _)| sound.leaves_time(*run, said));
    let found = wholes.map(|(run, quiet_sides)| Held {
        start_s: time(run.start),
        end_s: time(run.end),
        steady_s: run.steady as f64 * FRAME_S,
        quiet_sides,
    });
    found.filter(Held::is_long_enough).collect()
}

/// When the middle of a frame is heard.
fn time(frame: usize) -> f64 {
    frame as f64 * FRAME_S + FIRST_S
}

fn frame(at_s: f64) -> usize {
    ((at_s - FIRST_S) / FRAME_S).max(0.0) as usize
}

/// How much the color of the sound changes around each frame; at the ends nobody knows.
fn changes(frames: &[SoundFrame]) -> Vec<f32> {
    const UNKNOWN: f32 = 9.0;
    let shape = |frame: &SoundFrame| {
        let mean = frame.bands.iter().sum::<f32>() / SoundFrame::BANDS as f32;
        frame.bands.map(|band| band - mean)
    };
    let shapes: Vec<[f32; SoundFrame::BANDS]> = frames.iter().map(shape).collect();
    let change = |at: usize| {
        let (Some(before), Some(behind)) = (at.checked_sub(REACH), shapes.get(at + REACH)) else {
            return UNKNOWN;
        };
        let squares = shapes[before].iter().zip(behind).map(|(one, other)| (one - other).powi(2));
        (squares.sum::<f32>() / SoundFrame::BANDS as f32).sqrt()
    };
    let raw: Vec<f32> = (0..frames.len()).map(change).collect();
    let smooth = |at: usize| {
        let near = &raw[at.saturating_sub(1)..raw.len().min(at + 2)];
        near.iter().sum::<f32>() / near.len() as f32
    };
    (0..raw.len()).map(smooth).collect()
}

/// The value that `share` of the values lie below; 0 of none.
fn share_of(mut values: Vec<f32>, share: f32) -> f32 {
    sort_by(&mut values, f32::total_cmp);
    let at = (values.len() as f32 * share) as usize;
    values.get(at.min(values.len().saturating_sub(1))).copied().unwrap_or_default()
}
