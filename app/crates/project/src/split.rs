//! One clip becomes two, between two of its words.
//! Plain data; knows neither the page nor how steps are taken back.

use crate::cut::{TooShort, kept};
use crate::trim::SHORTEST;
use clip::timeline::{SourceRange, Timeline};
use clip::transcript::{Transcript, Word, WordId};
use media::time::Instant;

/// What plays before the word `first` and what plays from it on, each with the breath of its edge; a word that is cut out stands for the
/// next one that is played. `None` where the clip plays nothing before it or nothing from it on, or plays its ranges out of order.
pub fn split(
    timeline: &Timeline,
    transcript: &Transcript,
    first: WordId,
) -> Result<Option<[Timeline; 2]>, TooShort> {
    let ranges = timeline.ranges();
    if !ranges.is_sorted_by_key(|range| range.start) {
        return Ok(None);
    }
    let played: Vec<(WordId, &Word)> =
        transcript.numbered_words().filter(|(_, word)| timeline.plays(word)).collect();
    let at = played.partition_point(|(id, _)| *id < first);
    let (Some((_, left)), Some((_, right))) =
        (at.checked_sub(1).and_then(|at| played.get(at)), played.get(at))
    else {
        return Ok(None);
    };
    let range_of = |word: &Word| ranges.iter().find(|range| range.holds(word));
    let (Some(before), Some(after)) = (range_of(left), range_of(right)) else { return Ok(None) };
    let breath = kept(left, right);
    // Not into what is cut out between the two.
    let end = (left.end + breath).min(before.end);
    let start = (right.start - breath).max(after.start);
    let part = |from: Instant, to: Instant| {
        let within = SourceRange { start: from, end: to };
        Timeline::new(ranges.iter().filter_map(|range| range.overlap(&within)))
    };
    let parts = (part(timeline.start(), end), part(start, timeline.end()));
    let (Some(one), Some(other)) = parts else { return Err(TooShort) };
    match one.duration() >= SHORTEST && other.duration() >= SHORTEST {
        true => Ok(Some([one, other])),
        false => Err(TooShort),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::segment_of;

    /// Eight words a second apart from 10 s on, each 0.8 s long.
    fn talk() -> Transcript {
        let words = ["One", " two.", " Three", " four", " five.", " Six", " seven", " eight."];
        Transcript { segments: vec![segment_of(10.0, &words)], ..Transcript::default() }
    }

    fn timeline(ranges: Ranges<'_>) -> Timeline {
        let at = Instant::from_seconds;
        let ranges = ranges.iter().map(|(start, end)| SourceRange { start: at(*start), end: at(*end) });
        Timeline::new(ranges).expect("a range")
    }

    /// Begin and end of each range, in seconds.
    type Ranges<'a> = &'a [(f64, f64)];

    fn check(ranges: Ranges<'_>, first: u32, expected: Result<Option<[Ranges<'_>; 2]>, TooShort>) {
        let found = split(&timeline(ranges), &talk(), WordId(first));
        assert_eq!(found, expected.map(|parts| parts.map(|parts| parts.map(timeline))), "before {first}");
    }

    #[test]
    fn each_part_has_half_of_the_pause_between() {
        check(&[(10.0, 18.0)], 2, Ok(Some([&[(10.0, 11.9)], &[(11.9, 18.0)]])));
        check(&[(10.0, 18.0)], 5, Ok(Some([&[(10.0, 14.9)], &[(14.9, 18.0)]])));
    }

    #[test]
    fn nothing_that_was_cut_out_comes_back() {
        // "Three" is out.
        let cut = [(10.0, 11.85), (12.95, 18.0)];
        check(&cut, 3, Ok(Some([&[(10.0, 11.85)], &[(12.95, 18.0)]])));
        // It stands for the word behind it.
        check(&cut, 2, Ok(Some([&[(10.0, 11.85)], &[(12.95, 18.0)]])));
        check(&cut, 5, Ok(Some([&[(10.0, 11.85), (12.95, 14.9)], &[(14.9, 18.0)]])));
    }

    #[test]
    fn where_no_two_clips_can_be_there_are_none() {
        check(&[(10.0, 18.0)], 0, Ok(None));
        check(&[(10.0, 18.0)], 99, Ok(None));
        check(&[(10.4, 18.0)], 1, Err(TooShort));
        check(&[(10.0, 17.2)], 7, Ok(None));
        check(&[(15.0, 18.0), (10.0, 12.0)], 6, Ok(None));
    }
}
