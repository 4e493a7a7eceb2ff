//! A window's second chance: speech that no word was found for is heard by itself, and slower; words that nobody said are dropped.
//! Leaves hearing to `transcribe` and judging to `doubt`.

use std::ops::Range;

use super::Whisper;
use super::decode::Fallback;
use super::doubt::{crowd, is_phantom, is_sure};
use super::speech_mask::SpeechMask;
use super::transcribe::{FRAMES_PER_S, Stretch, Window};
use super::transcript::{Segment, Word};
use super::vocabulary::Language;
use super::words::{Spelled, split_words};
use crate::Error;
use crate::mel::{HOP, SAMPLE_RATE};
use crate::slow::slowed;

/// Speech that the model passed over is heard again so many times in a window.
const MAX_HOLES: usize = 4;
/// Heard before and after it.
const HOLE_MARGIN_S: f64 = 0.3;
/// Speech that is too hasty for the model is heard so much slower.
const SLOWER: f64 = 1.65;
/// Only what lasts so long: it costs as much again.
const SLOW_LEAST_S: f64 = 2.0;
/// So many times in a window.
const MAX_SLOW: usize = 2;

impl Whisper {
    /// The model sometimes begins with a later sentence, or ends early: what it passed over is heard by itself.
    pub(super) async fn hear_holes(
        &self,
        window: &Window<'_>,
        segments: &mut Vec<Segment>,
        fallback: &Fallback,
        frames: usize,
    ) -> Result<(), Error> {
        let once = Fallback { temperatures: vec![0.0], ..fallback.clone() };
        let mut tried = Vec::new();
        while tried.len() < MAX_HOLES
            && let Some((start_s, end_s)) =
                window.speech_mask.unheard(segments).into_iter().find(|(start_s, _)| !tried.contains(start_s))
        {
            tried.push(start_s);
            let first = ((start_s - HOLE_MARGIN_S).max(0.0) * FRAMES_PER_S) as usize;
            let end = (((end_s + HOLE_MARGIN_S) * FRAMES_PER_S) as usize).min(frames);
            let hole = Stretch { first, frames: end - first };
            let mut said = self.transcribe_stretch(window, &hole, &once, None).await?;
            said.retain(|segment| is_sure(segment, fallback));
            segments.extend(said);
        }
        Ok(())
    }

    /// What is still unheard may be hastier than anything the model knows: it is heard slower.
    pub(super) async fn hear_slower(
        &self,
        window: &Window<'_>,
        pcm: &[f32],
        segments: &mut Vec<Segment>,
        fallback: &Fallback,
    ) -> Result<(), Error> {
        let once = Fallback { temperatures: vec![0.0], ..fallback.clone() };
        let most = self.config.window_frames() * HOP;
        let mut tried = Vec::new();
        while tried.len() < MAX_SLOW
            && let Some((start_s, end_s)) = window
                .speech_mask
                .unheard(segments)
                .into_iter()
                .find(|(start_s, end_s)| end_s - start_s >= SLOW_LEAST_S && !tried.contains(start_s))
        {
            tried.push(start_s);
            let heard = with_margin(start_s, end_s, pcm.len(), most);
            let first_s = heard.start as f64 / SAMPLE_RATE as f64;
            let slow = slowed(&pcm[heard], SLOWER);
            let mel = self.mel_of(&slow)?;
            let speech_mask = SpeechMask::of(&slow);
            let window = Window {
                mel: &mel,
                speech_mask: &speech_mask,
                start: window.start.clone(),
                prompt: window.prompt.clone(),
                ..*window
            };
            let whole = Stretch { first: 0, frames: slow.len() / HOP };
            let mut said = self.transcribe_stretch(&window, &whole, &once, None).await?;
            said.retain(|segment| is_sure(segment, fallback));
            for time in said.iter_mut().flat_map(Segment::times_mut) {
                *time = first_s + *time / SLOWER;
            }
            segments.extend(said);
        }
        Ok(())
    }

    /// Drops segments that nobody said, and words within one.
    pub(super) fn drop_unsaid(&self, segments: &mut Vec<Segment>, language: &Language) {
        let is_said: Vec<bool> = segments.iter().map(|segment| !is_phantom(segment, segments)).collect();
        let mut is_said = is_said.into_iter();
        segments.retain(|_| is_said.next().unwrap_or(true));
        for segment in segments.iter_mut() {
            while let Some(row) = crowd(&segment.words) {
                self.drop_words(segment, row, language);
            }
        }
        segments.retain(|segment| !segment.text.trim().is_empty());
    }

    /// Drops the words of `row` from a segment, with their tokens.
    fn drop_words(&self, segment: &mut Segment, row: Range<usize>, language: &Language) {
        let length = |words: &[Word]| words.iter().map(|word| word.text.len()).sum::<usize>();
        let dropped = length(&segment.words[..row.start])..length(&segment.words[..row.end]);
        let text: Vec<u32> =
            segment.tokens.iter().copied().filter(|&token| self.vocabulary.is_text(token)).collect();
        // Which text tokens stand within the dropped part of the text.
        let mut at = 0;
        let mut is_dropped = Vec::new();
        for Spelled { text, tokens } in split_words(&text, &self.vocabulary, language) {
            is_dropped.extend(tokens.iter().map(|_| dropped.contains(&at)));
            at += text.len();
        }
        let mut is_dropped = is_dropped.into_iter();
        segment.tokens.retain(|&token| !self.vocabulary.is_text(token) || is_dropped.next() != Some(true));
        segment.words.drain(row);
        segment.text = segment.words.iter().map(|word| word.text.as_str()).collect();
        if let (Some(first), Some(last)) = (segment.words.first(), segment.words.last()) {
            (segment.start_s, segment.end_s) = (first.start_s, last.end_s);
        }
    }
}

/// The samples of a hole and what is heard around it, of `samples` in all; slowed down they are `most` at most.
fn with_margin(start_s: f64, end_s: f64, samples: usize, most: usize) -> Range<usize> {
    let at = |seconds: f64| ((seconds.max(0.0) * SAMPLE_RATE as f64) as usize).min(samples);
    let first = at(start_s - HOLE_MARGIN_S);
    first..at(end_s + HOLE_MARGIN_S).min(first + (most as f64 / SLOWER) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_slowed_down_fits_into_a_window() {
        const MOST: usize = 30 * SAMPLE_RATE;
        for hundredths in (0..1200).step_by(83) {
            let start_s = f64::from(hundredths) / 97.0;
            let heard = with_margin(start_s, start_s + 29.0, MOST, MOST);
            assert!(slowed(&vec![0.0; heard.len()], SLOWER).len() <= MOST, "{start_s}");
        }
        assert_eq!(with_margin(0.1, 1.0, 100_000, MOST), 0..20_800);
        assert_eq!(with_margin(1.0, 9.0, 20_000, MOST), 11_200..20_000);
    }
}
