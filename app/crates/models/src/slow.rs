//! The same voice, slower: speech hastier than what models were trained on is heard when it is stretched in time. Knows samples,
//! not words.

use crate::mel::SAMPLE_RATE;

/// Samples of a piece, half of which overlaps the next (40 ms: a few periods of a low voice).
const PIECE: usize = SAMPLE_RATE / 25;
const HOP: usize = PIECE / 2;
/// How far from its place a piece may be taken to fit what is there (10 ms: a period of a low voice).
const SEARCH: usize = SAMPLE_RATE / 100;
/// Only so many samples are compared for each place tried.
const STRIDE: usize = 4;

/// `pcm` (mono, 16 kHz) made longer by `factor` at the same pitch: overlapping pieces, each taken where it goes on best from the
/// one before (WSOLA; Verhelst and Roelands 1993).
pub(crate) fn slowed(pcm: &[f32], factor: f64) -> Vec<f32> {
    let length = (pcm.len() as f64 * factor) as usize;
    let mut out = vec![0.0; length + PIECE];
    let at = |index: usize| pcm.get(index).copied().unwrap_or(0.0);
    let weight = |index: usize| {
        let turn = std::f32::consts::TAU * index as f32 / PIECE as f32;
        0.5 - 0.5 * turn.cos()
    };
    let window: Vec<f32> = (0..PIECE).map(weight).collect();
    // Where the sound would go on after the piece before.
    let mut natural = 0;
    for place in (0..length).step_by(HOP) {
        let ideal = (place as f64 / factor) as usize;
        let likeness = |from: &usize| -> f32 {
            (0..PIECE).step_by(STRIDE).map(|index| at(from + index) * at(natural + index)).sum()
        };
        let places = (ideal.saturating_sub(SEARCH)..=ideal + SEARCH).step_by(2);
        let best = match place {
            0 => 0,
            _ => places.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).unwrap_or(ideal),
        };
        for (index, weight) in window.iter().enumerate() {
            // Nothing overlaps the first half of the first piece.
            let weight = if place == 0 && index < HOP { 1.0 } else { *weight };
            out[place + index] += weight * at(best + index);
        }
        natural = best + HOP;
    }
    out.truncate(length);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f32, samples: usize) -> Vec<f32> {
        let turn = std::f32::consts::TAU * hz / SAMPLE_RATE as f32;
        (0..samples).map(|index| 0.5 * (turn * index as f32).sin()).collect()
    }

    #[test]
    fn it_lasts_longer_at_the_same_pitch_and_loudness() {
        for hz in [110.0, 233.0, 1000.0] {
            let slow = slowed(&tone(hz, SAMPLE_RATE), 1.6);
            assert_eq!(slow.len(), 25_600);
            let rises = slow.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
            assert!((rises as f32 - 1.6 * hz).abs() <= 0.03 * 1.6 * hz, "{hz} Hz: {rises}");
            let loudness = (slow.iter().map(|s| s * s).sum::<f32>() / slow.len() as f32).sqrt();
            assert!((0.30..0.38).contains(&loudness), "{hz} Hz: {loudness}");
        }
    }

    #[test]
    fn what_is_said_when_stays_in_proportion() {
        let mut pcm = vec![0.0; 2 * SAMPLE_RATE];
        pcm[SAMPLE_RATE..SAMPLE_RATE + 1600].copy_from_slice(&tone(300.0, 1600));
        let slow = slowed(&pcm, 1.6);
        let loud: Vec<usize> = (0..slow.len()).filter(|index| slow[*index].abs() > 0.05).collect();
        assert!(loud[0].abs_diff(25_600) < 500, "{}", loud[0]);
        assert!(loud[loud.len() - 1].abs_diff(28_160) < 500, "{}", loud[loud.len() - 1]);
    }

    #[test]
    fn nothing_stays_nothing() {
        assert!(slowed(&[], 1.6).is_empty());
        assert_eq!(slowed(&[0.0; 10], 1.6), vec![0.0; 16]);
    }
}
