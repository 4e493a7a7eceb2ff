//! Pauses of a clip, made shorter: where nothing is to be heard between two words, and what is left out of it. Breath, laughter and music are
//! heard, and stay; so does a part of every pause, because speech without any sounds like a machine.
//! Plain data; knows neither the page nor how steps are taken back.

use crate::view::waveform::Waveform;
use clip::order;
use clip::timeline::{SourceRange, Timeline};
use clip::transcript::{Transcript, Word};
use media::time::{Instant, Span};

/// How pauses are made shorter: from which length on, and to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub longest: Span,
    pub kept: Span,
}

impl Pace {
    /// A long pause becomes a short one.
    pub const NATURAL: Self = Self { longest: Span::from_millis(1_000), kept: Span::from_millis(450) };
    pub const TIGHT: Self = Self { longest: Span::from_millis(600), kept: Span::from_millis(250) };
    /// As quick as can be listened to.
    pub const FAST: Self = Self { longest: Span::from_millis(300), kept: Span::from_millis(120) };
}

/// Less is not worth a jump of the picture.
const LEAST_GAIN: Span = Span::from_millis(100);
/// Of what stays, the greater part stands before the next word: its first sounds are quiet.
const BEFORE_NEXT: i64 = 60;
/// Quiet, as shares of the middle loudness of words: below the first whatever the noise, never above the second.
const QUIET: f64 = 0.04;
const TOO_LOUD: f64 = 0.25;
/// How far noise rises above its usual peaks.
const NOISE: f64 = 1.6;

/// What is left out where `timeline`'s pauses are made shorter by `pace`, in order.
pub fn shortened(
    timeline: &Timeline,
    transcript: &Transcript,
    sound: &Waveform,
    pace: Pace,
) -> Vec<SourceRange> {
    let words: Vec<&Word> =
        transcript.words().filter(|word| !word.spoken().is_empty() && timeline.hull().holds(word)).collect();
    let Some(quiet) = quiet_peak(&words, timeline.hull(), sound) else { return vec![] };
    let mut cuts = Vec::new();
    for range in timeline.ranges() {
        let said = words.iter().filter(|word| range.holds(word)).collect::<Vec<_>>();
        for pair in said.windows(2) {
            let between = SourceRange { start: pair[0].middle(), end: pair[1].middle() };
            cuts.extend(runs(between, sound, quiet).into_iter().filter_map(|run| rest(run, pace)));
        }
    }
    cuts
}

/// The same clip without `cuts`.
pub fn without(timeline: &Timeline, cuts: &[SourceRange]) -> Timeline {
    cuts.iter().fold(timeline.clone(), |timeline, cut| timeline.without(*cut))
}

/// The clip with all of its pauses as they were: parts between its ranges in which nothing is said.
pub fn as_they_were(timeline: &Timeline, transcript: &Transcript) -> Timeline {
    let is_silent =
        |gap: &SourceRange| !transcript.words().any(|word| !word.spoken().is_empty() && gap.holds(word));
    let gaps =
        timeline.ranges().windows(2).map(|pair| SourceRange { start: pair[0].end, end: pair[1].start });
    let gaps: Vec<SourceRange> = gaps.filter(|gap| gap.duration().is_positive() && is_silent(gap)).collect();
    gaps.iter().fold(timeline.clone(), |timeline, gap| timeline.with(*gap))
}

/// The loudest peak that counts as quiet, by how loud words and how loud the noise between them are. `None` where nothing is known.
fn quiet_peak(words: &[&Word], hull: SourceRange, sound: &Waveform) -> Option<f64> {
    let middle = |mut peaks: Vec<u8>, share: f64| {
        order::sort_by_key(&mut peaks, |peak| *peak);
        let at = (peaks.len() as f64 * share) as usize;
        peaks.get(at.min(peaks.len().saturating_sub(1))).map(|peak| f64::from(*peak))
    };
    let spoken = words.iter().filter_map(|word| loudest(sound, word.start, word.end)).collect();
    let loud = middle(spoken, 0.5)?;
    let all = places(sound, hull.start, hull.end).filter_map(|at| sound.peaks.get(at)).copied().collect();
    let noise = middle(all, 0.1)?;
    Some((noise * NOISE).max(loud * QUIET).max(1.0).min(loud * TOO_LOUD))
}

/// The buckets that have a part of what lies between.
fn places(sound: &Waveform, start: Instant, end: Instant) -> std::ops::Range<usize> {
    let bucket = sound.bucket.micros();
    if bucket <= 0 {
        return 0..0;
    }
    let at = |micros: i64| usize::try_from(micros).unwrap_or_default();
    at(start.micros() / bucket)..at((end.micros() + bucket - 1) / bucket)
}

fn loudest(sound: &Waveform, start: Instant, end: Instant) -> Option<u8> {
    places(sound, start, end).filter_map(|at| sound.peaks.get(at)).max().copied()
}

/// Where nothing is to be heard, whole buckets of it.
fn runs(between: SourceRange, sound: &Waveform, quiet: f64) -> Vec<SourceRange> {
    let bucket = sound.bucket.micros();
    let start = |at: usize| Instant::from_micros(i64::try_from(at).unwrap_or_default() * bucket);
    let mut runs: Vec<SourceRange> = Vec::new();
    for at in places(sound, between.start, between.end) {
        if !sound.peaks.get(at).is_some_and(|peak| f64::from(*peak) <= quiet) {
            continue;
        }
        let part = SourceRange { start: start(at).max(between.start), end: start(at + 1).min(between.end) };
        match runs.last_mut().filter(|run| run.end == part.start) {
            Some(run) => run.end = part.end,
            None => runs.push(part),
        }
    }
    runs
}

/// What of a pause is left out.
fn rest(pause: SourceRange, pace: Pace) -> Option<SourceRange> {
    let gain = pause.duration() - pace.kept;
    if pause.duration() <= pace.longest || gain < LEAST_GAIN {
        return None;
    }
    let before_next = Span::from_micros(pace.kept.micros() * BEFORE_NEXT / 100);
    let start = pause.start + (pace.kept - before_next);
    Some(SourceRange { start, end: start + gain })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::segment_of;
    use clip::transcript::Segment;

    fn at(seconds: f64) -> Instant {
        Instant::from_seconds(seconds)
    }

    fn said(words: &[(&str, f64, f64)]) -> Transcript {
        let word = |(text, start, end): &(&str, f64, f64)| Word {
            text: format!(" {text}"),
            start: at(*start),
            end: at(*end),
            confidence: 0.9,
        };
        let segment = Segment { words: words.iter().map(word).collect(), ..segment_of(0.0, &[]) };
        Transcript { segments: vec![segment], ..Transcript::default() }
    }

    /// Peaks of 50 ms: `loud` in the given seconds, `noise` elsewhere.
    fn sound(seconds: f64, loud: &[(f64, f64, u8)], noise: u8) -> Waveform {
        let peak = |bucket: usize| {
            let time = bucket as f64 * 0.05 + 0.025;
            loud.iter().find(|(from, to, _)| (*from..*to).contains(&time)).map_or(noise, |(.., peak)| *peak)
        };
        Waveform::stored(Span::from_millis(50), (0..(seconds * 20.0) as usize).map(peak).collect())
    }

    /// "One" until 1 s, "two" from 3 s, "three" from 4.4 s, each for a second, in a sound that `more` is added to.
    fn cuts(more: &[(f64, f64, u8)], noise: u8, pace: Pace) -> Vec<(f64, f64)> {
        // Models put the ends of words where they like.
        let transcript = said(&[("One", 0.0, 1.6), ("two", 2.9, 4.0), ("three.", 4.0, 5.4)]);
        let mut loud = vec![(0.0, 1.0, 120), (3.0, 4.0, 120), (4.4, 5.4, 120)];
        loud.extend(more);
        let timeline = Timeline::single(at(0.0), at(5.5));
        let cuts = shortened(&timeline, &transcript, &sound(5.5, &loud, noise), pace);
        let round = |at: Instant| (at.seconds() * 1e3).round() / 1e3;
        cuts.iter().map(|cut| (round(cut.start), round(cut.end))).collect()
    }

    #[test]
    fn pauses_are_where_nothing_is_heard_and_keep_a_part() {
        assert_eq!(cuts(&[], 0, Pace::NATURAL), [(1.18, 2.73)]);
        assert_eq!(cuts(&[], 0, Pace::TIGHT), [(1.1, 2.85)]);
        assert_eq!(cuts(&[], 0, Pace::FAST), [(1.048, 2.928), (4.048, 4.328)]);
        // In a room with a fan.
        assert_eq!(cuts(&[], 12, Pace::NATURAL), [(1.18, 2.73)]);
    }

    #[test]
    fn what_is_heard_between_words_stays() {
        // A laugh in the middle of the pause leaves two that are shorter.
        assert_eq!(cuts(&[(1.8, 2.2, 60)], 0, Pace::NATURAL), []);
        assert_eq!(cuts(&[(1.8, 2.2, 60)], 0, Pace::TIGHT), [(1.1, 1.65), (2.3, 2.85)]);
        // Music under all of it, or nothing known of the sound.
        assert_eq!(cuts(&[], 60, Pace::FAST), []);
        let transcript = said(&[("One", 0.0, 1.0), ("two", 3.0, 4.0)]);
        let timeline = Timeline::single(at(0.0), at(4.0));
        assert!(shortened(&timeline, &transcript, &Waveform::default(), Pace::FAST).is_empty());
    }

    #[test]
    fn they_come_back_and_words_that_were_cut_do_not() {
        let transcript =
            said(&[("One", 0.0, 1.0), ("um", 1.4, 1.8), ("two", 3.0, 4.0), ("three.", 6.0, 7.0)]);
        let whole = Timeline::single(at(0.0), at(7.0));
        let cut = whole.without(SourceRange { start: at(1.2), end: at(2.8) });
        let sound = sound(7.0, &[(0.0, 1.0, 120), (1.4, 1.8, 90), (3.0, 4.0, 120), (6.0, 7.0, 120)], 0);
        let cuts = shortened(&cut, &transcript, &sound, Pace::NATURAL);
        assert_eq!(cuts.len(), 1, "not in what is cut out already");
        let short = without(&cut, &cuts);
        assert_eq!((short.ranges().len(), short.duration()), (3, cut.duration() - cuts[0].duration()));
        assert!(shortened(&short, &transcript, &sound, Pace::NATURAL).is_empty(), "short already");
        assert_eq!(as_they_were(&short, &transcript), cut);
        assert_eq!(as_they_were(&cut, &transcript), cut);
    }
}
