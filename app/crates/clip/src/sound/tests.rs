use std::cell::RefCell;

use super::*;
use crate::failure::FailureClass;
use crate::fakes::run;
use crate::port::Events;
use crate::protocol::{FromEngine, JobId};
use crate::timeline::SourceRange;

struct Blocks(Vec<PcmBlock>);

impl AudioSource for Blocks {
    async fn next_block(&mut self) -> Result<Option<PcmBlock>, Failure> {
        Ok(if self.0.is_empty() { None } else { Some(self.0.remove(0)) })
    }
}

fn block(start_s: f64, sample_rate: u32, channels: u32, frames: usize, value: f32) -> PcmBlock {
    let samples = vec![value; frames * channels as usize];
    PcmBlock { start: Instant::from_seconds(start_s), sample_rate, channels, samples }
}

/// All samples of a clip, pulled in pieces of `step` seconds.
fn clip_of(blocks: Vec<PcmBlock>, start_s: f64, length_s: f64, step: f64) -> Vec<f32> {
    let length = Span::from_seconds(length_s);
    let start = Instant::from_seconds(start_s);
    let placed = Placed { range: SourceRange { start, end: start + length }, at: Span::ZERO };
    let mut sound = ClipSound::new(Blocks(blocks), &placed);
    let mut samples = Vec::new();
    let mut reached = Span::ZERO;
    while reached < length {
        reached = (reached + Span::from_seconds(step)).min(length);
        samples.extend(run(sound.until(reached)).unwrap());
    }
    samples
}

#[test]
fn a_clip_is_cut_to_the_sample_and_faded() {
    // A ramp whose value says which source sample it is.
    let ramp: Vec<f32> = (0..96_000).map(|i| i as f32).collect();
    let source =
        PcmBlock { start: Instant::from_seconds(10.0), sample_rate: 48_000, channels: 1, samples: ramp };
    let samples = clip_of(vec![source], 10.5, 1.0, 0.3);
    assert_eq!(samples.len(), 48_000 * 2);
    let left = |frame: usize| samples[2 * frame];
    assert_eq!(left(24_000), 48_000.0);
    assert_eq!(left(400), 24_400.0);
    assert_eq!(samples[48_000], samples[48_001]);
    // 8 ms are 384 frames: the first one nearly silent, the middle of the fade at half.
    assert!((left(0) / 24_000.0 - 0.5 / 384.0).abs() < 1e-4);
    assert!((left(192) / 24_192.0 - 0.5).abs() < 0.01);
    assert!((left(47_999) / 71_999.0 - 0.5 / 384.0).abs() < 1e-4);
}

#[test]
fn the_length_is_exact_whatever_the_source_gives() {
    let check = |blocks: Vec<PcmBlock>, length_s: f64| {
        let samples = clip_of(blocks, 5.0, length_s, 0.5);
        assert_eq!(samples.len(), (length_s * 48_000.0).round() as usize * 2);
        assert!(samples.iter().all(|sample| sample.is_finite()));
        samples
    };
    check(vec![], 1.234_567);
    check(vec![block(4.0, 44_100, 2, 44_100 * 4, 0.5)], 2.000_1);
    check(vec![block(5.0, 44_100, 6, 44_100 * 4, f32::NAN)], 1.0);
    // Ends early: silent after it.
    let early = check(vec![block(5.0, 48_000, 2, 24_000, 0.5)], 1.0);
    assert_eq!((early[40_000], early[60_000]), (0.5, 0.0));
    // Begins late: silent before it.
    let late = check(vec![block(5.5, 48_000, 2, 48_000, 0.5)], 1.0);
    assert_eq!((late[40_000], late[60_000]), (0.0, 0.5));
    // Ends before the clip begins.
    let never = check(vec![block(1.0, 48_000, 2, 48_000, 0.5)], 0.5);
    assert!(never.iter().all(|&sample| sample == 0.0));
    // Changes its rate and channels in the middle.
    let mixed = check(vec![block(5.0, 48_000, 2, 24_000, 0.5), block(5.5, 44_100, 1, 44_100, 0.25)], 1.0);
    assert!((mixed[20_000] - 0.5).abs() < 1e-3 && (mixed[80_000] - 0.25).abs() < 1e-3);
}

#[test]
fn listening_starts_at_zero_of_the_timeline() {
    let check = |blocks: &[PcmBlock], want: usize| {
        let mut feed = MonoFeed::default();
        let mut samples: Vec<f32> = blocks.iter().flat_map(|block| feed.push(block).unwrap()).collect();
        samples.extend(feed.finish());
        assert!(samples.len().abs_diff(want) <= 1, "{} for {want}", samples.len());
        samples
    };
    check(&[block(0.0, 48_000, 2, 48_000, 0.5)], 16_000);
    let late = check(&[block(0.5, 44_100, 1, 44_100, 0.5)], 24_000);
    assert_eq!(late[1000], 0.0);
    assert!((late[16_000] - 0.5).abs() < 1e-3);
    check(&[block(-0.25, 48_000, 2, 24_000, 0.5), block(0.25, 48_000, 2, 24_000, 0.5)], 12_000);
    check(&[], 0);
}

#[test]
fn impossible_forms_are_refused() {
    for (rate, channels) in [(0, 2), (48_000, 0), (4_000_000_000, 1), (48_000, 1000)] {
        let bad = PcmBlock { start: Instant::ZERO, sample_rate: rate, channels, samples: vec![0.0; 10] };
        assert_eq!(MonoFeed::default().push(&bad).unwrap_err().class(), FailureClass::Malformed);
    }
    let far = block(1e12, 48_000, 1, 10, 0.0);
    assert_eq!(MonoFeed::default().push(&far).unwrap_err().class(), FailureClass::Internal);
}

#[test]
fn the_waveform_comes_in_batches_without_holes() {
    #[derive(Default)]
    struct Log(RefCell<Vec<(u64, Vec<u8>)>>);
    impl Events for Log {
        fn emit(&self, event: FromEngine) {
            if let FromEngine::Waveform { first_bucket, peaks, .. } = event {
                self.0.borrow_mut().push((first_bucket, peaks));
            }
        }
    }
    let log = Log::default();
    let mut waveform = Waveform::new(JobId(1));
    let mut samples = vec![0.0; 16_000 * 12];
    samples[0] = -1.5;
    samples[16_000 * 11] = 0.5;
    for piece in samples.chunks(999) {
        waveform.push(piece, &log);
    }
    waveform.push(&[0.25], &log);
    waveform.finish(&log);
    let batches = log.0.into_inner();
    assert_eq!(
        batches.iter().map(|batch| (batch.0, batch.1.len())).collect::<Vec<_>>(),
        [(0, 200), (200, 41)]
    );
    assert_eq!((batches[0].1[0], batches[0].1[1], batches[1].1[20], batches[1].1[40]), (255, 0, 128, 64));
}

#[test]
fn channels_in_antiphase_are_heard() {
    let tone = |at: usize| (at as f32 * 0.05).sin() * 0.5;
    let samples: Vec<f32> = (0..96_000).flat_map(|at| [tone(at), -tone(at)]).collect();
    let source = PcmBlock { start: Instant::ZERO, sample_rate: 48_000, channels: 2, samples };
    let level = |samples: &[f32]| samples.iter().map(|sample| sample.abs()).fold(0.0, f32::max);
    let mut feed = MonoFeed::default();
    assert!(level(&feed.push(&source).unwrap()) > 0.4 && feed.has_cancelled());
    let mut right = MonoFeed::of(Listened::Channel(1));
    assert!(level(&right.push(&source).unwrap()) > 0.4 && !right.has_cancelled());
    // What is exported keeps both as they are.
    let clip = clip_of(vec![source], 0.5, 1.0, 0.5);
    assert!(clip.chunks(2).all(|frame| (frame[0] + frame[1]).abs() < 1e-6) && level(&clip) > 0.4);
}

#[test]
fn tracks_sound_together() {
    let first = Blocks(vec![block(0.0, 48_000, 2, 48_000, 0.2)]);
    let second = Blocks(vec![block(0.0, 44_100, 1, 22_050, 0.4), block(0.5, 44_100, 1, 66_150, 0.4)]);
    let mut together = Together::new(vec![first, second], Instant::ZERO);
    let mut samples = Vec::new();
    while let Some(block) = run(together.next_block()).unwrap() {
        assert_eq!((block.sample_rate, block.channels), (CLIP_RATE, 2));
        assert!((block.start.seconds() - samples.len() as f64 / 96_000.0).abs() < 1e-5);
        samples.extend(block.samples);
    }
    assert_eq!(samples.len(), 96_000 * 2);
    let near = |at: usize, want: f32| (samples[at] - want / 2.0_f32.sqrt()).abs() < 1e-3;
    assert!(near(40_000, 0.6) && near(40_001, 0.6) && near(150_000, 0.4));
}
