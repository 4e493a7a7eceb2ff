//! A camera's path along one axis: pieces that stand, move evenly or ease, and nothing else (L1-optimal paths: Grundmann, Kwatra and
//! Essa 2011). Found for a whole shot at once by the alternating direction method of multipliers (Boyd et al. 2011, section 6).

use super::{BESIDE, CALM, NARROW};
use crate::order;
use crate::scene::Area;

/// What a move, a change of speed and a change of that cost. The last one is dear: what begins and ends abruptly is seen.
const COSTS: [f32; 3] = [1.0, 4.0, 12.0];
/// What it costs not to look at the subject's middle: little, or the camera would never stand.
const OFF: f32 = 0.02;
/// Faster than so many crops a second nobody likes to look at. Where a subject is faster, it may come nearer to the edge.
const FASTEST: f32 = 0.9;
/// Pictures a second, as the path is found.
const RATE: f32 = 5.0;
const ROUNDS: usize = 300;
const PENALTY: f32 = 1.0;

/// Where the middle of the crop may be at one instant, and where it would best be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Corridor {
    pub best: f32,
    /// How far from it on each side at ease, and at most.
    pub ease: f32,
    pub most: f32,
    low: f32,
    high: f32,
}

impl Corridor {
    /// Around what is shown. `axis`: 0 across, 1 down; `view`: how much of the picture the crop shows along it; `line`: how far into the
    /// crop the subject's middle lies.
    pub fn around(area: &Area, axis: usize, view: f32, line: f32) -> Self {
        let (start, length) = if axis == 0 { (area.left, area.width) } else { (area.top, area.height) };
        let (low, high) = (view / 2.0, 1.0 - view / 2.0);
        let best = (start + length / 2.0 + (0.5 - line) * view).clamp(low, high.max(low));
        let beside = view / 2.0 - length * (0.5 + BESIDE);
        let ease = beside.min(CALM * view).max(NARROW * view);
        Self { best, ease, most: (view * 0.42).max(ease), low, high: high.max(low) }
    }

    fn range(&self, wider: f32) -> (f32, f32) {
        let reach = self.ease + (self.most - self.ease) * wider;
        ((self.best - reach).max(self.low), (self.best + reach).min(self.high))
    }
}

/// The middle of the crop at each instant.
pub fn camera_path(corridor: &[Corridor], view: f32) -> Vec<f32> {
    if let Some(place) = standing(corridor) {
        return vec![place; corridor.len()];
    }
    let mut path = Vec::new();
    for wider in [0.0, 0.5, 1.0] {
        path = moving(corridor, wider);
        let fastest = path.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
        if fastest * RATE <= FASTEST * view {
            break;
        }
    }
    path
}

/// A place at which the camera can stand all the time: as near to the best ones as may be.
fn standing(corridor: &[Corridor]) -> Option<f32> {
    let low = corridor.iter().map(|at| at.range(0.0).0).fold(f32::MIN, f32::max);
    let high = corridor.iter().map(|at| at.range(0.0).1).fold(f32::MAX, f32::min);
    let mut best: Vec<f32> = corridor.iter().map(|at| at.best).collect();
    order::sort_by(&mut best, f32::total_cmp);
    let middle = best.get(best.len() / 2)?;
    (low <= high).then(|| middle.clamp(low, high))
}

/// The differences of a path of each order, and what carries them back.
const STENCILS: [&[f32]; 3] = [&[-1.0, 1.0], &[1.0, -2.0, 1.0], &[-1.0, 3.0, -3.0, 1.0]];

fn moving(corridor: &[Corridor], wider: f32) -> Vec<f32> {
    let count = corridor.len();
    let system = Banded::new(count);
    let ranges: Vec<(f32, f32)> = corridor.iter().map(|at| at.range(wider)).collect();
    let within = |value: f32, (low, high): (f32, f32)| value.max(low).min(high);
    let mut path: Vec<f32> = corridor.iter().map(|at| at.best).collect();
    let mut held = path.clone();
    let mut held_off = vec![0.0; count];
    let mut moves: Vec<Vec<f32>> = STENCILS.iter().map(|stencil| differences(&path, stencil)).collect();
    let mut moves_off: Vec<Vec<f32>> = moves.iter().map(|moves| vec![0.0; moves.len()]).collect();
    for _ in 0..ROUNDS {
        let mut right: Vec<f32> =
            (0..count).map(|at| OFF * corridor[at].best + PENALTY * (held[at] - held_off[at])).collect();
        for ((stencil, moves), off) in STENCILS.iter().zip(&moves).zip(&moves_off) {
            for (at, (value, off)) in moves.iter().zip(off).enumerate() {
                let pull = PENALTY * (value - off);
                right[at..].iter_mut().zip(*stencil).for_each(|(slot, weight)| *slot += weight * pull);
            }
        }
        path = system.solved(right);
        for at in 0..count {
            held[at] = within(path[at] + held_off[at], ranges[at]);
            held_off[at] += path[at] - held[at];
        }
        for (((stencil, moves), off), cost) in STENCILS.iter().zip(&mut moves).zip(&mut moves_off).zip(COSTS)
        {
            let now = differences(&path, stencil);
            for ((value, off), now) in moves.iter_mut().zip(off).zip(now) {
                let wanted = now + *off;
                // What is less than the cost is nothing at all: that is what makes a camera stand.
                *value = wanted.signum() * (wanted.abs() - cost * SCALE / PENALTY).max(0.0);
                *off += now - *value;
            }
        }
    }
    held
}

/// Costs count in moves of this much of the picture.
const SCALE: f32 = 0.002;

fn differences(path: &[f32], stencil: &[f32]) -> Vec<f32> {
    path.windows(stencil.len())
        .map(|part| part.iter().zip(stencil).map(|(value, weight)| value * weight).sum())
        .collect()
}

/// The matrix of the path's own step, which stays the same: symmetric, with three values beside the diagonal, and factored (Cholesky).
struct Banded {
    /// `lower[row][k]`: the factor at `row`, `row - k`.
    lower: Vec<[f64; 4]>,
}

impl Banded {
    fn new(count: usize) -> Self {
        let mut rows = vec![[f64::from(OFF + PENALTY), 0.0, 0.0, 0.0]; count];
        for stencil in STENCILS {
            for at in 0..(count + 1).saturating_sub(stencil.len()) {
                for (i, a) in stencil.iter().enumerate() {
                    for (j, b) in stencil[..=i].iter().enumerate() {
                        rows[at + i][i - j] += f64::from(PENALTY * a * b);
                    }
                }
            }
        }
        for row in 0..count {
            for k in (0..4usize.min(row + 1)).rev() {
                let column = row - k;
                let shared = (k + 1..4).filter(|back| *back <= row && back - k <= column);
                let known: f64 = shared.map(|back| rows[row][back] * rows[column][back - k]).sum();
                let left = rows[row][k] - known;
                rows[row][k] =
                    if k == 0 { left.max(f64::MIN_POSITIVE).sqrt() } else { left / rows[column][0] };
            }
        }
        Self { lower: rows }
    }

    /// What the matrix turns into `right`.
    fn solved(&self, right: Vec<f32>) -> Vec<f32> {
        let count = right.len();
        let mut values: Vec<f64> = right.into_iter().map(f64::from).collect();
        for row in 0..count {
            let known: f64 = (1..4.min(row + 1)).map(|k| self.lower[row][k] * values[row - k]).sum();
            values[row] = (values[row] - known) / self.lower[row][0];
        }
        for row in (0..count).rev() {
            let known: f64 =
                (1..4).filter(|k| row + k < count).map(|k| self.lower[row + k][k] * values[row + k]).sum();
            values[row] = (values[row] - known) / self.lower[row][0];
        }
        values.into_iter().map(|value| value as f32).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_banded_system_is_solved() {
        for count in [1, 2, 3, 4, 9] {
            let system = Banded::new(count);
            let wanted: Vec<f32> = (0..count).map(|at| (at as f32 * 1.7).sin()).collect();
            let mut right: Vec<f32> = wanted.iter().map(|value| (OFF + PENALTY) * value).collect();
            for stencil in STENCILS {
                for (at, value) in differences(&wanted, stencil).into_iter().enumerate() {
                    right[at..]
                        .iter_mut()
                        .zip(stencil)
                        .for_each(|(slot, weight)| *slot += PENALTY * weight * value);
                }
            }
            let found = system.solved(right);
            assert!(found.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 1e-4), "{found:?} for {wanted:?}");
        }
    }
}
