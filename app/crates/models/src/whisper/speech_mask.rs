//! What the sound itself says about a window: where somebody speaks, and where it is loud. Words are held against it: a word
//! does not begin in silence, speech does not go unheard, silence says nothing. It knows samples and times, not how words are found.

use crate::mel::SAMPLE_RATE;
use crate::vad::{FRAME, speech_frames};

use super::transcript::{Segment, Word};

/// Loudness is taken every 10 ms.
const STEP: usize = SAMPLE_RATE / 100;
const STEP_S: f64 = 0.01;
/// Pauses up to this long lie within one stretch of speech.
const JOINED_S: f64 = 0.3;
/// Speech that no word covers is heard again from this length on.
const HOLE_S: f64 = 1.0;
/// How far words may lie from the speech that they are.
const LOOSE_S: f64 = 0.25;
/// A word may have begun this long before its time, where sound begins there.
const EARLIER_S: f64 = 0.12;
/// A word may end this much later than its time, where its sound goes on and then falls silent before the next word.
const LATER_S: f64 = 0.6;
/// So many quiet steps may lie within a word: the closure before a "t".
const CLOSURE_STEPS: usize = 6;
/// Kept of the silence before and after a word, so that no breath of it is cut.
const MARGIN_S: f64 = 0.02;
/// So many loud steps in a row are the begin of a word; fewer are a click.
const ONSET_STEPS: usize = 3;
/// Silence is this far below the loud parts of the way from the quietest to the loudest.
const THRESHOLD: f32 = 0.3;
/// Where the loudest is not this much above the quietest (in dB), loudness tells nothing.
const LEAST_SPAN_DB: f32 = 12.0;

/// Times in seconds from the window's begin.
pub(super) type Span = (f64, f64);

pub(super) struct SpeechMask {
    /// In order, apart.
    speech: Vec<Span>,
    /// Whether each 10 ms is loud. Empty where loudness tells nothing.
    loud: Vec<bool>,
}

impl SpeechMask {
    /// `pcm`: a window, mono, 16 kHz.
    pub fn of(pcm: &[f32]) -> SpeechMask {
        let frame_s = FRAME as f64 / SAMPLE_RATE as f64;
        let mut speech: Vec<Span> = Vec::new();
        for (index, _) in speech_frames(pcm).into_iter().enumerate().filter(|(_, is_speech)| *is_speech) {
            let (start, end) = (index as f64 * frame_s, (index + 1) as f64 * frame_s);
            match speech.last_mut() {
                Some(last) if start - last.1 <= JOINED_S => last.1 = end,
                _ => speech.push((start, end)),
            }
        }
        SpeechMask { speech, loud: loud_steps(pcm) }
    }

    /// Speech that `segments` say nothing about, each stretch long enough to hold words.
    pub fn unheard(&self, segments: &[Segment]) -> Vec<Span> {
        let mut covered: Vec<Span> = segments.iter().flat_map(spans_of).collect();
        covered.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut holes = Vec::new();
        for &(start, end) in &self.speech {
            let mut from = start;
            for &(covered_start, covered_end) in &covered {
                let (covered_start, covered_end) = (covered_start - LOOSE_S, covered_end + LOOSE_S);
                if covered_end <= from || covered_start >= end {
                    continue;
                }
                holes.push((from, covered_start));
                from = covered_end;
            }
            holes.push((from, end));
        }
        holes.retain(|(start, end)| end - start >= HOLE_S);
        holes
    }

    /// The part of `start_s..end_s` in which somebody speaks, 0 to 1.
    pub fn share_of_speech(&self, start_s: f64, end_s: f64) -> f64 {
        let (start_s, end_s) = (start_s - LOOSE_S, end_s + LOOSE_S);
        self.speech_s((start_s, end_s)) / (end_s - start_s)
    }

    /// How many seconds of `within` are speech.
    pub fn speech_s(&self, within: Span) -> f64 {
        let overlap = |&(start, end): &Span| (end.min(within.1) - start.max(within.0)).max(0.0);
        self.speech.iter().map(overlap).sum()
    }

    /// Moves the ends of words out of the silence beside them and to where their sound ends, and the segment's with them.
    pub fn snap(&self, segments: &mut [Segment]) {
        if self.loud.is_empty() {
            return;
        }
        let mut last_end_s = 0.0;
        for word in segments.iter_mut().flat_map(|segment| &mut segment.words) {
            self.snap_word(word, last_end_s);
            last_end_s = word.end_s;
        }
        let mut next_start_s = self.loud.len() as f64 * STEP_S;
        for word in segments.iter_mut().rev().flat_map(|segment| segment.words.iter_mut().rev()) {
            self.say_out(word, next_start_s);
            next_start_s = word.start_s;
        }
        for segment in segments {
            if let (Some(first), Some(last)) = (segment.words.first(), segment.words.last()) {
                (segment.start_s, segment.end_s) = (first.start_s, last.end_s);
            }
        }
    }

    /// The model often takes the last sounds of a word before a pause for silence. What runs into the next word stays as it is.
    fn say_out(&self, word: &mut Word, next_start_s: f64) {
        let at = |seconds: f64| ((seconds / STEP_S).round() as usize).min(self.loud.len());
        let (end, next) = (at(word.end_s), at(next_start_s));
        let mut last = end;
        for step in end..next {
            if self.loud[step] {
                last = step + 1;
            } else if step - last >= CLOSURE_STEPS {
                break;
            }
        }
        let is_silent_then = next - last >= CLOSURE_STEPS || next == self.loud.len();
        let end_s = hundredths((last as f64 * STEP_S + MARGIN_S).min(next_start_s));
        if last > end && is_silent_then && end_s - word.end_s <= LATER_S {
            word.end_s = end_s;
        }
    }

    fn snap_word(&self, word: &mut Word, last_end_s: f64) {
        let at = |seconds: f64| ((seconds / STEP_S).round() as usize).min(self.loud.len());
        let (start, end) = (at(word.start_s), at(word.end_s));
        if end <= start {
            return;
        }
        let is_onset = |step: &usize| {
            self.loud[*step..].iter().take(ONSET_STEPS).filter(|loud| **loud).count() == ONSET_STEPS
        };
        let first = if self.loud[start] {
            let earliest = at((word.start_s - EARLIER_S).max(last_end_s));
            // The sound that the word begins in, if it begins near.
            (earliest..start)
                .rev()
                .take_while(|step| self.loud[*step])
                .last()
                .filter(|first| *first > earliest)
        } else {
            (start..end).find(is_onset)
        };
        let last = if self.loud[end - 1] { None } else { (start..end).rev().find(|step| self.loud[*step]) };
        let (was_start_s, was_end_s) = (word.start_s, word.end_s);
        if let Some(first) = first {
            word.start_s = hundredths((first as f64 * STEP_S - MARGIN_S).max(last_end_s).max(0.0));
        }
        if let Some(last) = last {
            word.end_s = hundredths(((last + 1) as f64 * STEP_S + MARGIN_S).min(was_end_s));
        }
        if word.end_s <= word.start_s {
            (word.start_s, word.end_s) = (was_start_s, was_end_s);
        }
    }
}

fn hundredths(seconds: f64) -> f64 {
    (seconds * 100.0).round() / 100.0
}

/// The times that a segment speaks for: its words', else its own.
fn spans_of(segment: &Segment) -> Vec<Span> {
    if segment.words.is_empty() {
        return vec![(segment.start_s, segment.end_s)];
    }
    segment.words.iter().map(|word| (word.start_s, word.end_s)).collect()
}

fn loud_steps(pcm: &[f32]) -> Vec<bool> {
    let level = |step: &[f32]| {
        let energy = step.iter().map(|sample| sample * sample).sum::<f32>() / step.len() as f32;
        10.0 * (energy + 1e-10).log10()
    };
    let levels: Vec<f32> = pcm.chunks(STEP).map(level).collect();
    let mut sorted = levels.clone();
    sorted.sort_by(f32::total_cmp);
    let part = |percent: usize| sorted.get(sorted.len() * percent / 100).copied().unwrap_or(0.0);
    let (quiet, loud) = (part(5), part(95));
    if loud - quiet < LEAST_SPAN_DB {
        return Vec::new();
    }
    let threshold = quiet + THRESHOLD * (loud - quiet);
    levels.iter().map(|level| *level > threshold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(words: &[Span]) -> Segment {
        let word = |&(start_s, end_s): &Span| Word { text: " a".into(), start_s, end_s, confidence: 1.0 };
        Segment {
            start_s: words.first().map_or(0.0, |word| word.0),
            end_s: words.last().map_or(0.0, |word| word.1),
            text: " a".into(),
            tokens: Vec::new(),
            avg_logprob: -0.2,
            no_speech_prob: 0.0,
            temperature: 0.0,
            words: words.iter().map(word).collect(),
        }
    }

    fn check_unheard(speech: &[Span], words: &[&[Span]], expected: &[Span]) {
        let speech_mask = SpeechMask { speech: speech.to_vec(), loud: Vec::new() };
        let segments: Vec<Segment> = words.iter().map(|words| segment(words)).collect();
        assert_eq!(speech_mask.unheard(&segments), expected, "{speech:?} {words:?}");
    }

    #[test]
    fn speech_without_words_is_found() {
        check_unheard(&[(1.0, 9.0)], &[], &[(1.0, 9.0)]);
        check_unheard(&[(1.0, 9.0)], &[&[(1.0, 5.0), (5.0, 9.0)]], &[]);
        check_unheard(&[(1.0, 9.0)], &[&[(5.0, 9.0)]], &[(1.0, 4.75)]);
        check_unheard(&[(1.0, 9.0)], &[&[(1.0, 3.0)], &[(5.0, 7.0)]], &[(3.25, 4.75), (7.25, 9.0)]);
        check_unheard(&[(1.0, 2.0), (4.0, 4.5), (6.0, 8.0)], &[&[(1.2, 1.9)]], &[(6.0, 8.0)]);
    }

    #[test]
    fn words_in_silence_have_no_share_of_speech() {
        let speech_mask = SpeechMask { speech: vec![(2.0, 4.0)], loud: Vec::new() };
        assert_eq!(speech_mask.share_of_speech(6.0, 8.0), 0.0);
        assert!(speech_mask.share_of_speech(2.0, 4.0) > 0.75);
    }

    /// A tone within each of `spans` of a recording of four seconds.
    fn tones(spans: &[Span]) -> Vec<f32> {
        let sample = |index: usize| {
            let at = index as f64 / SAMPLE_RATE as f64;
            let is_on = spans.iter().any(|(start, end)| (*start..*end).contains(&at));
            let tone = (at * 700.0).sin() as f32;
            if is_on { 0.3 * tone } else { 0.0005 * tone }
        };
        (0..4 * SAMPLE_RATE).map(sample).collect()
    }

    fn check_snap(tones_at: &[Span], words: &[Span], expected: &[Span]) {
        let mut segments = [segment(words)];
        SpeechMask { speech: Vec::new(), loud: loud_steps(&tones(tones_at)) }.snap(&mut segments);
        let times: Vec<Span> = segments[0].words.iter().map(|word| (word.start_s, word.end_s)).collect();
        assert_eq!(times, expected, "{tones_at:?} {words:?}");
        let ends = (expected[0].0, expected[expected.len() - 1].1);
        assert_eq!((segments[0].start_s, segments[0].end_s), ends);
    }

    #[test]
    fn words_leave_the_silence_beside_them() {
        check_snap(&[(1.0, 2.0)], &[(0.2, 1.4), (1.4, 2.6)], &[(0.98, 1.4), (1.4, 2.02)]);
        // A pause within, between two words.
        check_snap(&[(1.0, 1.5), (2.0, 3.0)], &[(1.0, 1.7), (1.7, 3.0)], &[(1.0, 1.52), (1.98, 3.0)]);
    }

    #[test]
    fn a_word_begins_with_its_sound() {
        check_snap(&[(1.0, 2.0)], &[(1.08, 1.5), (1.5, 2.0)], &[(0.98, 1.5), (1.5, 2.0)]);
        // Not in the middle of a sound that goes on from before.
        check_snap(&[(1.0, 2.0)], &[(1.3, 1.6), (1.6, 2.0)], &[(1.3, 1.6), (1.6, 2.0)]);
    }

    #[test]
    fn a_word_ends_with_its_sound() {
        check_snap(&[(1.0, 1.9)], &[(1.0, 1.4)], &[(1.0, 1.92)]);
        // With the closure of a "t" in it, before a pause.
        check_snap(
            &[(1.0, 1.5), (1.54, 1.7), (2.5, 3.0)],
            &[(1.0, 1.4), (2.5, 3.0)],
            &[(1.0, 1.72), (2.5, 3.0)],
        );
        // Too much to be one word, and what runs into the next.
        check_snap(&[(1.0, 3.0)], &[(1.0, 1.4)], &[(1.0, 1.4)]);
        check_snap(&[(1.0, 3.0)], &[(1.0, 1.4), (1.8, 3.0)], &[(1.0, 1.4), (1.8, 3.0)]);
    }

    #[test]
    fn nothing_moves_where_all_is_equally_loud() {
        check_snap(&[(0.0, 4.0)], &[(0.2, 1.4)], &[(0.2, 1.4)]);
        check_snap(&[], &[(0.2, 1.4)], &[(0.2, 1.4)]);
    }
}
