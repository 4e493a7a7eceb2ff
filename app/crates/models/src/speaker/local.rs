//! Local speakers: whom the network of activity tells apart within ten seconds, by more than how a piece sounds. Each is heard where he
//! speaks alone, if he does. Who of one part is who of the next is not asked here.
//!
//! Bredin, "pyannote.audio 2.1 speaker diarization pipeline" (<https://www.isca-archive.org/interspeech_2023/bredin23_interspeech.html>).

use super::campplus::Network;
use super::segmentation::{self, Part};
use super::{STEP, unit};
use crate::mel::SAMPLE_RATE;

/// Frames of activity of who is heard at all, of who is heard where he speaks alone, and of the briefest stretch.
const FEWEST: usize = 10;
const FEWEST_ALONE: usize = 12;
const BRIEFEST: usize = 6;
/// Frames of features that a vector needs.
const FEWEST_HEARD: usize = 8;

/// Somebody within ten seconds. Times in seconds from the sound's begin.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalSpeaker {
    /// Of length 1.
    pub embedding: Vec<f32>,
    /// How long nobody else speaks meanwhile.
    pub alone_s: f64,
    /// From when to when, in order.
    pub spans_s: Vec<(f64, f64)>,
}

/// Those of all parts. `stretches`: where each stretch of speech begins, in samples, and its features.
pub(super) fn speakers<'a>(
    network: &Network,
    parts: &[Part],
    stretches: impl Iterator<Item = (usize, &'a [f32])>,
) -> Vec<LocalSpeaker> {
    let width = network.width();
    let mut features: Vec<Option<&[f32]>> = Vec::new();
    for (first, stretch) in stretches {
        let frames = stretch.chunks_exact(width).map(Some);
        features.resize(features.len().max(first / STEP), None);
        features.truncate(first / STEP);
        features.extend(frames);
    }
    let speaker = |part: &Part, voice: u8| {
        let heard = frames_to_hear(&part.voices, voice)?;
        let mut places: Vec<usize> = heard.iter().map(|frame| place(part.first + frame)).collect();
        places.dedup();
        let heard: Vec<&[f32]> =
            places.into_iter().filter_map(|place| features.get(place).copied().flatten()).collect();
        (heard.len() >= FEWEST_HEARD).then(|| LocalSpeaker {
            embedding: unit(network.vector(&heard.concat())),
            alone_s: seconds(part.voices.iter().filter(|voices| **voices == voice).count()),
            spans_s: spans(part, voice),
        })
    };
    let voices = |part: &'_ Part| (0..u8::BITS).filter_map(|bit| speaker(part, 1 << bit)).collect::<Vec<_>>();
    parts.iter().flat_map(voices).collect()
}

/// The frames in which a voice speaks alone; where they are too few, all in which it speaks; `None` where these are.
fn frames_to_hear(voices: &[u8], voice: u8) -> Option<Vec<usize>> {
    let frames = |is_heard: &dyn Fn(u8) -> bool| -> Vec<usize> {
        (0..voices.len()).filter(|frame| is_heard(voices[*frame])).collect()
    };
    let alone = frames(&|voices| voices == voice);
    let speaks = frames(&|voices| voices & voice != 0);
    (speaks.len() >= FEWEST).then_some(if alone.len() >= FEWEST_ALONE { alone } else { speaks })
}

/// The frame of features in the middle of a frame of activity.
fn place(frame: usize) -> usize {
    (frame * segmentation::STEP + segmentation::STEP / 2) / STEP
}

fn seconds(frames: usize) -> f64 {
    (frames * segmentation::STEP) as f64 / SAMPLE_RATE as f64
}

fn spans(part: &Part, voice: u8) -> Vec<(f64, f64)> {
    let mut end = part.first;
    let mut found = Vec::new();
    for run in part.voices.chunk_by(|a, b| a & voice == b & voice) {
        let first = end;
        end += run.len();
        if run[0] & voice != 0 && run.len() >= BRIEFEST {
            found.push((seconds(first), seconds(end)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_is_heard_where_it_speaks_alone() {
        let check = |voices: &[(u8, usize)], expected: Option<(usize, usize)>| {
            let all: Vec<u8> =
                voices.iter().flat_map(|(voices, count)| std::iter::repeat_n(*voices, *count)).collect();
            let found = frames_to_hear(&all, 1).map(|frames| (frames[0], frames.len()));
            assert_eq!(found, expected, "{voices:?}");
        };
        check(&[(0, 5), (1, 20), (3, 30)], Some((5, 20)));
        check(&[(0, 5), (3, 30), (1, 11)], Some((5, 41)));
        check(&[(2, 50), (1, 9)], None);
        check(&[], None);
    }

    #[test]
    fn spans_are_counted_from_the_sounds_begin() {
        let part = Part {
            first: 100,
            voices: [vec![0; 10], vec![1; 20], vec![2; 5], vec![3; 40], vec![1; 5]].concat(),
        };
        let frame = |frame: usize| (frame * 270) as f64 / 16_000.0;
        assert_eq!(spans(&part, 1), [(frame(110), frame(130)), (frame(135), frame(180))]);
        // What lasts less than a tenth of a second is nobody.
        assert_eq!(spans(&part, 2), [(frame(130), frame(175))]);
        assert_eq!(spans(&part, 4), []);
    }
}
