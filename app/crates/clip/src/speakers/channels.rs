//! Who speaks where each speaker has a channel, or a track, of their own: an interview with two microphones, a telephone call with a side
//! left and right. Whose channel is the loudest speaks, however much of the others leaks into it. Ordinary stereo says nothing here.

use media::time::Instant;

use super::levels::{FRAMES_PER_S, Levels};
use super::utterance::Utterance;

/// Frames that a level is averaged with to either side.
const SMOOTH: usize = 2;
/// A channel's noise is what it is not quieter than but for this part of the time; so many times as much is taken off.
const NOISE_PART: f32 = 0.1;
const NOISES: f32 = 2.0;
const SILENCE_DB: f32 = -100.0;
/// A channel is as loud as this part of what is heard on it is not louder than: who says little is loud on it now and then, too.
const LOUD_PART: f32 = 0.995;
/// A channel whose loudest speech is quieter, or by so much quieter than the loudest channel's, is empty.
const EMPTY_DB: f32 = -60.0;
const EMPTY_BELOW_DB: f32 = 40.0;
/// Levels against a channel's own: below this one is as quiet as another, and from here on somebody speaks.
const QUIET_DB: f32 = -35.0;
const SPEAKS_DB: f32 = -25.0;
/// A channel that is louder by so much is the only one spoken into.
const CLEAR_DB: f32 = 6.0;
/// Of the speech so much must be clear.
const CLEAR_PART: f32 = 0.7;
/// Who is clearly heard for less, in all or of all speech, has no channel.
const LEAST_S: f32 = 0.8;
const LEAST_PART: f32 = 0.01;
/// What a change of channel costs, in decibels times frames, and the most that a frame can say.
const CHANGE_COSTS: f32 = 40.0;
const MOST_SAID_DB: f32 = 12.0;
/// A second voice is so much louder on its channel than what leaks into it, and not much quieter than it ever is.
const BEYOND_LEAK_DB: f32 = 9.0;
const SECOND_SPEAKS_DB: f32 = -16.0;
/// Frames of the briefest second voice (0.3 s).
const BRIEFEST_SECOND: usize = 15;

/// A part of a piece of speech that comes from one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Sided {
    /// The piece, cut where another channel takes over.
    pub piece: Utterance,
    /// Whose channel.
    pub side: usize,
    /// Who speaks at the same time, and from when to when.
    pub others: Vec<(usize, Instant, Instant)>,
}

/// The pieces by channels; `None` where speakers have no channels of their own.
pub fn sided(pieces: &[Utterance], levels: &Levels) -> Option<Vec<Sided>> {
    let heard = Heard::of(pieces, levels)?;
    let mut sided = Vec::new();
    let mut first = 0;
    while first < pieces.len() {
        let joined = |pair: &[Utterance]| pair[0].end == pair[1].start;
        let count = 1 + pieces[first..].windows(2).take_while(|pair| joined(pair)).count();
        sided.extend(heard.stretch(&pieces[first..first + count]));
        first += count;
    }
    Some(sided)
}

/// Whether speakers have channels of their own, as far as can be told without knowing where speech is.
pub fn are_told_apart(levels: &Levels) -> bool {
    let count = levels.channels.iter().map(Vec::len).min().unwrap_or(0);
    let whole =
        Utterance { start: Instant::ZERO, end: instant(count), embedding: Vec::new(), is_overlapped: false };
    Heard::of(&[whole], levels).is_some()
}

/// Levels of the channels that speakers have, each against its own loud speech, `[channel][frame]`.
struct Heard {
    levels: Vec<Vec<f32>>,
    /// How loud a channel is in another when only it is spoken into, `[spoken into][other]`.
    leaks: Vec<Vec<f32>>,
}

impl Heard {
    fn of(pieces: &[Utterance], levels: &Levels) -> Option<Heard> {
        if levels.channels.len() < 2 {
            return None;
        }
        let count = levels.channels.iter().map(Vec::len).min()?;
        let frames: Vec<usize> =
            pieces.iter().flat_map(|piece| frames_of(piece.start, piece.end, count)).collect();
        let all: Vec<Vec<f32>> = levels.channels.iter().map(|channel| smoothed(&channel[..count])).collect();
        let loud: Vec<f32> = all.iter().map(|channel| quantile(channel, &frames, LOUD_PART)).collect();
        let least = EMPTY_DB.max(loud.iter().copied().fold(f32::MIN, f32::max) - EMPTY_BELOW_DB);
        let spoken = all.into_iter().zip(&loud).filter(|(_, loud)| **loud >= least);
        let mut own: Vec<Vec<f32>> = spoken
            .map(|(channel, loud)| channel.iter().map(|level| (level - loud).max(QUIET_DB)).collect())
            .collect();
        // Who has no channel is taken out, until all have one.
        loop {
            let clear = clear_frames(&own, &frames)?;
            let least = (LEAST_S * FRAMES_PER_S as f32).max(LEAST_PART * clear.active as f32) as usize;
            if clear.of_each.iter().all(|frames| frames.len() >= least) {
                let leaks = leaks(&own, &clear.of_each);
                return (clear.part() >= CLEAR_PART).then_some(Heard { levels: own, leaks });
            }
            let mut counts = clear.of_each.iter().map(Vec::len);
            own.retain(|_| counts.next().is_some_and(|count| count >= least));
        }
    }

    /// Pieces that follow each other without a pause, cut where the channel changes.
    fn stretch(&self, pieces: &[Utterance]) -> Vec<Sided> {
        let count = self.levels.first().map_or(0, Vec::len);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Vec::new() };
        let frames = frames_of(first.start, last.end, count);
        let sides = self.sides(frames.clone());
        let seconds = self.seconds(frames.clone(), &sides);
        let mut found = Vec::new();
        for piece in pieces {
            let own = frames_of(piece.start, piece.end, count);
            let own_sides = &sides
                [(own.start - frames.start).min(sides.len())..(own.end - frames.start).min(sides.len())];
            if own_sides.is_empty() {
                let side = sides.last().copied().unwrap_or(0);
                found.push(Sided { piece: piece.clone(), side, others: Vec::new() });
                continue;
            }
            let is_whole = own_sides.iter().all(|side| *side == own_sides[0]);
            let mut at = own.start;
            for run in own_sides.chunk_by(|a, b| a == b) {
                let end = at + run.len();
                let start_at = if at == own.start { piece.start } else { instant(at) };
                let end_at = if end == own.end { piece.end } else { instant(end) };
                let overlaps = |second: &&(usize, usize, usize)| second.1 < end && second.2 > at;
                let others: Vec<_> = seconds
                    .iter()
                    .filter(overlaps)
                    .map(|(side, from, to)| (*side, instant(*from).max(start_at), instant(*to).min(end_at)))
                    .collect();
                let is_overlapped = !is_whole || !others.is_empty();
                let piece = Utterance { start: start_at, end: end_at, is_overlapped, ..piece.clone() };
                found.push(Sided { piece, side: run[0], others });
                at = end;
            }
        }
        found
    }

    /// The likeliest channel of each frame (Viterbi), where a change costs something.
    fn sides(&self, frames: std::ops::Range<usize>) -> Vec<usize> {
        let mut scores = vec![0.0f32; self.levels.len()];
        let mut came_from = Vec::with_capacity(frames.len());
        for frame in frames {
            let leader = super::leader(&scores);
            let changed = scores[leader] - CHANGE_COSTS;
            let from = |side: usize| if scores[side] >= changed { side } else { leader };
            came_from.push((0..scores.len()).map(from).collect::<Vec<usize>>());
            let loudest = self.levels.iter().map(|channel| channel[frame]).fold(f32::MIN, f32::max);
            for (score, channel) in scores.iter_mut().zip(&self.levels) {
                *score = score.max(changed) + (channel[frame] - loudest).max(-MOST_SAID_DB);
            }
        }
        let mut side = super::leader(&scores);
        let mut path: Vec<usize> = Vec::with_capacity(came_from.len());
        for from in came_from.iter().rev() {
            path.push(side);
            side = from[side];
        }
        path.reverse();
        path
    }

    /// Who speaks beside the one of `sides`, from a frame up to another.
    fn seconds(&self, frames: std::ops::Range<usize>, sides: &[usize]) -> Vec<(usize, usize, usize)> {
        let mut found = Vec::new();
        for (other, channel) in self.levels.iter().enumerate() {
            let speaks = |(frame, side): (usize, &usize)| {
                let leak = self.levels[*side][frame] + self.leaks[*side][other];
                *side != other
                    && channel[frame] >= SECOND_SPEAKS_DB
                    && channel[frame] >= leak + BEYOND_LEAK_DB
            };
            let heard: Vec<bool> = frames.clone().zip(sides).map(speaks).collect();
            let mut end = frames.start;
            for run in heard.chunk_by(|a, b| a == b) {
                let first = end;
                end += run.len();
                if run[0] && run.len() >= BRIEFEST_SECOND {
                    found.push((other, first, end));
                }
            }
        }
        found
    }
}

/// Frames in which one channel alone is spoken into.
struct Clear {
    of_each: Vec<Vec<usize>>,
    /// Frames in which any channel is.
    active: usize,
}

impl Clear {
    fn part(&self) -> f32 {
        self.of_each.iter().map(Vec::len).sum::<usize>() as f32 / self.active.max(1) as f32
    }
}

/// `None` with fewer than two channels.
fn clear_frames(levels: &[Vec<f32>], frames: &[usize]) -> Option<Clear> {
    if levels.len() < 2 {
        return None;
    }
    let mut clear = Clear { of_each: vec![Vec::new(); levels.len()], active: 0 };
    for frame in frames {
        let now: Vec<f32> = levels.iter().map(|channel| channel[*frame]).collect();
        let loudest = super::leader(&now);
        if now[loudest] < SPEAKS_DB {
            continue;
        }
        clear.active += 1;
        let others = now.iter().enumerate().filter(|(side, _)| *side != loudest);
        if others.map(|(_, level)| *level).fold(f32::MIN, f32::max) + CLEAR_DB <= now[loudest] {
            clear.of_each[loudest].push(*frame);
        }
    }
    Some(clear)
}

/// The median of how loud each other channel is against the one that is spoken into.
fn leaks(levels: &[Vec<f32>], clear: &[Vec<usize>]) -> Vec<Vec<f32>> {
    let leak = |side: usize, other: usize| {
        let against: Vec<f32> =
            levels[other].iter().zip(&levels[side]).map(|(other, own)| other - own).collect();
        quantile(&against, &clear[side], 0.5)
    };
    (0..levels.len()).map(|side| (0..levels.len()).map(|other| leak(side, other)).collect()).collect()
}

/// What so large a part of the values at `frames` does not exceed; the lowest there is without any.
fn quantile(values: &[f32], frames: &[usize], part: f32) -> f32 {
    let mut taken: Vec<f32> = frames.iter().map(|frame| values[*frame]).collect();
    if taken.is_empty() {
        return f32::MIN;
    }
    let index = ((taken.len() - 1) as f32 * part).round() as usize;
    *taken.select_nth_unstable_by(index, f32::total_cmp).1
}

/// The level over a tenth of a second without the noise that is always there.
fn smoothed(levels: &[i8]) -> Vec<f32> {
    let energy: Vec<f32> = levels.iter().map(|level| power(f32::from(*level))).collect();
    let mean = |at: usize| {
        let near = &energy[at.saturating_sub(SMOOTH)..(at + SMOOTH + 1).min(energy.len())];
        near.iter().sum::<f32>() / near.len() as f32
    };
    let means: Vec<f32> = (0..energy.len()).map(mean).collect();
    let all: Vec<usize> = (0..means.len()).collect();
    let noise = NOISES * quantile(&means, &all, NOISE_PART).max(0.0);
    means.iter().map(|mean| 10.0 * (mean - noise).max(power(SILENCE_DB)).log10()).collect()
}

fn power(db: f32) -> f32 {
    10f32.powf(db / 10.0)
}

/// The frames from one instant up to another, of `count`.
fn frames_of(start: Instant, end: Instant, count: usize) -> std::ops::Range<usize> {
    let frame = |at: Instant| ((at.seconds() * f64::from(FRAMES_PER_S)).round().max(0.0) as usize).min(count);
    frame(start)..frame(end)
}

fn instant(frame: usize) -> Instant {
    Instant::from_seconds(frame as f64 / f64::from(FRAMES_PER_S))
}
