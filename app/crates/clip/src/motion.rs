//! Where in the picture most moves, for shots in which nothing better is known.

use crate::thumbnail::{COLUMNS, Tones};
use media::time::Instant;

/// Columns in which so much moves, in levels of luma a piece, say something.
const LEAST: f32 = 0.6;
/// Motion that is spread wider than this, in widths of the picture, points nowhere.
const WIDEST: f32 = 0.24;

/// Measures, between pictures a moment apart, how much moves in each column beyond what moves everywhere.
#[derive(Default)]
pub struct MotionMeter {
    before: Option<Tones>,
    moved: Vec<(Instant, [f32; COLUMNS])>,
}

impl MotionMeter {
    pub fn push(&mut self, at: Instant, tones: &Tones) {
        if let Some(before) = self.before.replace(*tones) {
            let changes: Vec<u8> = before.iter().zip(tones).map(|(a, b)| a.abs_diff(*b)).collect();
            let mut columns = [0.0; COLUMNS];
            for row in changes.chunks_exact(COLUMNS) {
                columns.iter_mut().zip(row).for_each(|(column, change)| *column += f32::from(*change));
            }
            // What the camera does itself moves everywhere.
            let everywhere = f32::from(median(&changes));
            let rows = (changes.len() / COLUMNS) as f32;
            columns.iter_mut().for_each(|column| *column = (*column / rows - everywhere).max(0.0));
            self.moved.push((at, columns));
        }
    }

    /// The middle of what moves from `start` on, before `end`, in fractions of the width; `None` where nothing or everything does.
    pub fn center_x(&self, start: Instant, end: Instant) -> Option<f32> {
        let mut columns = [0.0f32; COLUMNS];
        let mut count = 0;
        // The first within is held against a picture of the shot before.
        for (_, moved) in self.moved.iter().filter(|(at, _)| start < *at && *at < end).skip(1) {
            columns.iter_mut().zip(moved).for_each(|(column, moved)| *column += moved);
            count += 1;
        }
        let most = columns.iter().copied().fold(0.0, f32::max);
        if count == 0 || most < LEAST * count as f32 {
            return None;
        }
        let total: f32 = columns.iter().sum();
        let place = |column: usize| (column as f32 + 0.5) / COLUMNS as f32;
        let mean = |of: &dyn Fn(f32) -> f32| {
            columns.iter().enumerate().map(|(column, moved)| of(place(column)) * moved).sum::<f32>() / total
        };
        let middle = mean(&|x| x);
        let spread = mean(&|x| (x - middle) * (x - middle)).sqrt();
        (spread <= WIDEST).then_some(middle)
    }
}

/// The one in the middle of their order.
fn median(values: &[u8]) -> u8 {
    let mut counts = [0usize; 256];
    values.iter().for_each(|value| counts[usize::from(*value)] += 1);
    let mut passed = 0;
    let reaches = |count: &usize| {
        passed += count;
        passed > values.len() / 2
    };
    counts.iter().position(reaches).unwrap_or_default() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thumbnail::tests::gray;

    fn center_of(tone: impl Fn(f64, f64) -> f64) -> Option<f32> {
        let mut meter = MotionMeter::default();
        for step in 0..20 {
            let at = f64::from(step) * 0.2;
            let picture = gray(at, |x, _| tone(at, x) as u8);
            meter.push(picture.from, &picture.gray().tones());
        }
        meter.center_x(Instant::ZERO, Instant::from_seconds(4.0))
    }

    #[test]
    fn what_moves_is_where_it_is() {
        // A hand that waves at three quarters of the width.
        let waving =
            |at: f64, x: f64| if (x - 0.75).abs() < 0.08 { 128.0 + 90.0 * (at * 9.0).sin() } else { 128.0 };
        let found = center_of(waving).expect("motion");
        assert!((found - 0.75).abs() < 0.03, "{found}");
    }

    #[test]
    fn nothing_and_everything_point_nowhere() {
        assert_eq!(center_of(|_, x| 255.0 * x), None);
        assert_eq!(center_of(|at, x| 128.0 + 100.0 * (x * 9.0 + at * 5.0).sin()), None);
        assert_eq!(MotionMeter::default().center_x(Instant::ZERO, Instant::from_seconds(1.0)), None);
    }
}
