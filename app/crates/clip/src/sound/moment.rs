//! A few seconds by which a person knows a sound track: the loudest within its first minutes, as a small WAV file.

use std::collections::VecDeque;

use media::time::{Instant, Span};

use super::{MonoFeed, SPEECH_RATE};
use crate::failure::Failure;
use crate::port::{AudioSource, SoundFile};
use crate::tracks::Tracks;

const LENGTH: Span = Span::from_millis(4_000);
/// Searched from the begin on.
const SEARCHED: Span = Span::from_millis(120_000);
/// Loudness is compared in steps of this.
const STEP: Span = Span::from_millis(250);
/// Quiet tracks are made louder, up to ten times: what is on them is wanted, not how loud it is.
const LOUDEST: f32 = 0.7;
const MOST_GAIN: f32 = 10.0;
/// Below this (-60 dBFS) a track is silent.
const SILENT: f32 = 0.001;

/// A moment of `tracks` as a WAV file of 16 kHz mono; `None` where the first two minutes are silent.
///
/// # Errors
/// As the track's decoder reports them.
pub async fn moment(file: &impl SoundFile, tracks: Tracks) -> Result<Option<Vec<u8>>, Failure> {
    let mut audio = file.open(tracks, Instant::ZERO)?;
    let mut feed = MonoFeed::default();
    let mut loudest = Loudest::default();
    while loudest.heard < samples(SEARCHED) {
        let Some(block) = audio.next_block().await? else {
            loudest.push(&feed.finish());
            break;
        };
        loudest.push(&feed.push(&block)?);
    }
    Ok(loudest.finish().map(|pcm| wav(&pcm)))
}

/// How many samples of 16 kHz.
fn samples(span: Span) -> usize {
    usize::try_from(span.micros() * i64::from(SPEECH_RATE) / 1_000_000).unwrap_or(0)
}

/// The loudest stretch of [`LENGTH`] among all that was pushed, at most that much of it kept twice.
#[derive(Default)]
struct Loudest {
    heard: usize,
    /// The last stretch.
    recent: VecDeque<f32>,
    until_step: usize,
    best: Vec<f32>,
    best_energy: f32,
}

impl Loudest {
    fn push(&mut self, pcm: &[f32]) {
        for &sample in pcm {
            self.recent.push_back(if sample.is_finite() { sample } else { 0.0 });
            if self.recent.len() > samples(LENGTH) {
                self.recent.pop_front();
            }
            self.heard += 1;
            self.until_step += 1;
            if self.until_step >= samples(STEP) {
                self.compare();
            }
        }
    }

    fn compare(&mut self) {
        self.until_step = 0;
        let energy = self.recent.iter().map(|sample| sample * sample).sum();
        if self.best.is_empty() || energy > self.best_energy {
            self.best_energy = energy;
            self.best = self.recent.iter().copied().collect();
        }
    }

    fn finish(mut self) -> Option<Vec<f32>> {
        self.compare();
        let peak = self.best.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
        if peak < SILENT {
            return None;
        }
        let gain = (LOUDEST / peak).min(MOST_GAIN);
        self.best.iter_mut().for_each(|sample| *sample *= gain);
        Some(self.best)
    }
}

/// 16-bit mono of [`SPEECH_RATE`] in a RIFF file (Microsoft, "Multimedia Programming Interface and Data Specifications", 1991).
fn wav(pcm: &[f32]) -> Vec<u8> {
    const HEADER: u32 = 44;
    let bytes = u32::try_from(2 * pcm.len()).unwrap_or(u32::MAX - HEADER);
    let mut wav = Vec::with_capacity(HEADER as usize + 2 * pcm.len());
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(HEADER - 8 + bytes).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt ");
    wav.extend_from_slice(&16u32.to_le_bytes());
    // PCM, one channel.
    wav.extend_from_slice(&1u16.to_le_bytes());
    wav.extend_from_slice(&1u16.to_le_bytes());
    wav.extend_from_slice(&SPEECH_RATE.to_le_bytes());
    wav.extend_from_slice(&(2 * SPEECH_RATE).to_le_bytes());
    wav.extend_from_slice(&2u16.to_le_bytes());
    wav.extend_from_slice(&16u16.to_le_bytes());
    wav.extend_from_slice(b"data");
    wav.extend_from_slice(&bytes.to_le_bytes());
    for sample in pcm {
        #[expect(clippy::cast_possible_truncation, reason = "within 16 bits by then")]
        let sample = (sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16;
        wav.extend_from_slice(&sample.to_le_bytes());
    }
    wav
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loudest(seconds: &[f32]) -> Option<Vec<f32>> {
        let mut loudest = Loudest::default();
        for &level in seconds {
            let tone = |i| level * (f64::from(i) * 0.3).sin() as f32;
            loudest.push(&(0..16_000).map(tone).collect::<Vec<f32>>());
        }
        loudest.finish()
    }

    #[test]
    fn the_loudest_four_seconds_are_taken_and_made_audible() {
        let found = loudest(&[0.0, 0.01, 0.01, 0.05, 0.02, 0.1, 0.1, 0.01, 0.01, 0.0]).unwrap();
        assert_eq!(found.len(), 64_000);
        // From the second with 0.05 on.
        let loudness = |from: usize| found[from..from + 8000].iter().map(|s| s.abs()).sum::<f32>() / 8000.0;
        assert!(loudness(32_000) > 8.0 * loudness(20_000) / 2.0 && loudness(0) > 2.0 * loudness(20_000));
        let peak = found.iter().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
        assert!((0.69..=0.71).contains(&peak), "{peak}");
    }

    #[test]
    fn a_short_track_is_given_whole_and_silence_not_at_all() {
        assert_eq!(loudest(&[0.2]).map(|pcm| pcm.len()), Some(16_000));
        assert_eq!(loudest(&[0.0; 3]), None);
        assert_eq!(loudest(&[]), None);
    }

    #[test]
    fn a_wav_says_what_is_in_it() {
        let wav = wav(&[0.0, 1.0, -2.0]);
        assert_eq!(wav.len(), 50);
        assert_eq!(&wav[..4], b"RIFF");
        assert_eq!(wav[4..8], 42u32.to_le_bytes());
        assert_eq!(wav[24..28], 16_000u32.to_le_bytes());
        assert_eq!(wav[40..44], 6u32.to_le_bytes());
        assert_eq!(wav[44..], [0, 0, 0xff, 0x7f, 0x01, 0x80]);
    }
}
