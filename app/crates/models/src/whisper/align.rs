//! When each token is said: the cross-attention of the alignment heads, made sharp, and the cheapest monotone path through it.
//! Arithmetic on matrices in memory; words are not its business.
//!
//! After `whisper/timing.py` (`find_alignment`, `median_filter`, `dtw`).

/// Width of the median filter over frames.
const MEDIAN_WIDTH: usize = 7;

/// Attention scores before the softmax, of one head.
pub(super) struct HeadScores<'a> {
    /// `[tokens, stride]`, row-major; only the first `frames` of each row are looked at.
    pub values: &'a [f32],
    pub stride: usize,
}

/// Mean over heads of the normalized and smoothed attention → `[tokens, frames]`, row-major.
pub(super) fn attention_map(heads: &[HeadScores<'_>], tokens: usize, frames: usize) -> Vec<f32> {
    let mut mean = vec![0.0f32; tokens * frames];
    let mut head_map = vec![0.0f32; tokens * frames];
    for head in heads {
        for (row, scores) in head_map.chunks_exact_mut(frames).zip(head.values.chunks(head.stride)) {
            softmax(&scores[..frames], row);
        }
        standardize_columns(&mut head_map, frames);
        for (sum, row) in mean.chunks_exact_mut(frames).zip(head_map.chunks_exact(frames)) {
            add_median_filtered(row, sum);
        }
    }
    let share = 1.0 / heads.len().max(1) as f32;
    mean.iter_mut().for_each(|value| *value *= share);
    mean
}

fn softmax(scores: &[f32], out: &mut [f32]) {
    let max = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for (out, score) in out.iter_mut().zip(scores) {
        *out = (score - max).exp();
        sum += *out;
    }
    out.iter_mut().for_each(|value| *value /= sum);
}

/// Each frame's values over the tokens to mean 0 and standard deviation 1.
fn standardize_columns(map: &mut [f32], frames: usize) {
    let tokens = (map.len() / frames) as f32;
    let mut mean = vec![0.0f32; frames];
    for row in map.chunks_exact(frames) {
        mean.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
    mean.iter_mut().for_each(|sum| *sum /= tokens);
    let mut variance = vec![0.0f32; frames];
    for row in map.chunks_exact(frames) {
        for ((sum, value), mean) in variance.iter_mut().zip(row).zip(&mean) {
            *sum += (value - mean) * (value - mean);
        }
    }
    let deviation: Vec<f32> =
        variance.iter().map(|sum| (sum / tokens).sqrt().max(f32::MIN_POSITIVE)).collect();
    for row in map.chunks_exact_mut(frames) {
        for ((value, mean), deviation) in row.iter_mut().zip(&mean).zip(&deviation) {
            *value = (*value - mean) / deviation;
        }
    }
}

/// Adds the running median of `row` to `sum`, the row mirrored at its ends. A row shorter than the filter is added as it is.
fn add_median_filtered(row: &[f32], sum: &mut [f32]) {
    let half = MEDIAN_WIDTH / 2;
    if row.len() <= half {
        sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        return;
    }
    let mut padded = Vec::with_capacity(row.len() + 2 * half);
    padded.extend(row[1..=half].iter().rev());
    padded.extend(row);
    padded.extend(row[row.len() - 1 - half..row.len() - 1].iter().rev());
    for (sum, window) in sum.iter_mut().zip(padded.windows(MEDIAN_WIDTH)) {
        let mut sorted = [0.0f32; MEDIAN_WIDTH];
        sorted.copy_from_slice(window);
        *sum += median(sorted);
    }
}

/// The middle of seven: sorting by insertion is the quickest at this size.
fn median(mut values: [f32; MEDIAN_WIDTH]) -> f32 {
    for end in 1..MEDIAN_WIDTH {
        let value = values[end];
        let mut at = end;
        while at > 0 && values[at - 1] > value {
            values[at] = values[at - 1];
            at -= 1;
        }
        values[at] = value;
    }
    values[MEDIAN_WIDTH / 2]
}

/// The frame at which each row of `map` (`[rows, frames]`, row-major) begins, along the path of greatest total that goes
/// from the first row and frame to the last, one row or one frame (or both) at a time.
pub(super) fn path_starts(map: &[f32], frames: usize) -> Vec<usize> {
    let rows = map.len() / frames.max(1);
    if rows == 0 || frames == 0 {
        return vec![0; rows];
    }
    let steps = cheapest_steps(map, rows, frames);
    let mut starts = vec![0; rows];
    let (mut row, mut frame) = (rows - 1, frames - 1);
    loop {
        starts[row] = frame;
        match (row, frame) {
            (0, 0) => break,
            (0, _) => frame -= 1,
            (_, 0) => row -= 1,
            _ => match steps[row * frames + frame] {
                Step::Both => (row, frame) = (row - 1, frame - 1),
                Step::Row => row -= 1,
                Step::Frame => frame -= 1,
            },
        }
    }
    starts
}

/// How the cheapest path came to a cell.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Both,
    Row,
    Frame,
}

fn cheapest_steps(map: &[f32], rows: usize, frames: usize) -> Vec<Step> {
    let mut steps = vec![Step::Frame; rows * frames];
    // Costs of the row above, shifted by one: `above[frame + 1]` lies straight above `frame`.
    let mut above = vec![f32::INFINITY; frames + 1];
    above[0] = 0.0;
    let mut current = vec![f32::INFINITY; frames + 1];
    for (row, steps) in steps.chunks_exact_mut(frames).enumerate() {
        current[0] = f32::INFINITY;
        for (frame, step) in steps.iter_mut().enumerate() {
            let (both, over, beside) = (above[frame], above[frame + 1], current[frame]);
            let (cost, how) = if both < over && both < beside {
                (both, Step::Both)
            } else if over < both && over < beside {
                (over, Step::Row)
            } else {
                (beside, Step::Frame)
            };
            current[frame + 1] = cost - map[row * frames + frame];
            *step = how;
        }
        std::mem::swap(&mut above, &mut current);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_path(map: &[&[f32]], starts: &[usize]) {
        assert_eq!(path_starts(&map.concat(), map[0].len()), starts);
    }

    #[test]
    fn the_path_follows_the_bright_cells() {
        check_path(
            &[&[9., 9., -1., -1., -1.], &[-1., -1., 9., -1., -1.], &[-1., -1., -1., 9., 9.]],
            &[0, 2, 3],
        );
        check_path(&[&[1., 1., 1., -1.], &[-1., -1., -1., 5.]], &[0, 3]);
        check_path(&[&[7.0]], &[0]);
    }

    #[test]
    fn more_tokens_than_frames_share_frames() {
        let starts = path_starts(&[1.0; 5 * 2], 2);
        assert_eq!(starts.len(), 5);
        assert!(starts.is_sorted() && starts.iter().all(|&start| start < 2), "{starts:?}");
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(path_starts(&[], 0).is_empty());
    }

    #[test]
    fn the_median_ignores_a_spike() {
        let mut sum = vec![0.0; 9];
        add_median_filtered(&[1., 1., 1., 1., 50., 1., 1., 1., 1.], &mut sum);
        assert_eq!(sum, [1.0; 9]);
        let mut sum = vec![0.0; 4];
        add_median_filtered(&[1., 2., 3., 4.], &mut sum);
        assert_eq!(sum, [3.0, 3.0, 2.0, 2.0]);
    }

    #[test]
    fn columns_are_standardized() {
        let mut map = vec![1.0, 5.0, 3.0, 5.0];
        standardize_columns(&mut map, 2);
        assert_eq!(map, [-1.0, 0.0, 1.0, 0.0]);
    }
}
