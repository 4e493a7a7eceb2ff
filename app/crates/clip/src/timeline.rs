//! Which parts of a source a clip plays, and in which order: the only place that maps the source's time to the clip's and back.
//! Knows nothing of pictures and files. Nouns of OpenTimelineIO: a clip of a track plays a source range.

use crate::transcript::Word;
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

/// A part of the source, its end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceRange {
    pub start: Instant,
    pub end: Instant,
}

impl SourceRange {
    pub fn duration(&self) -> Span {
        self.end - self.start
    }

    pub fn contains(&self, at: Instant) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether a word belongs to this range: its middle does. The only rule: captions, subtitles, texts, titles, the editor and what is
    /// judged of words go by it.
    pub fn holds(&self, word: &Word) -> bool {
        self.contains(word.middle())
    }

    /// What both have; `None` where that is nothing.
    pub fn overlap(&self, other: &SourceRange) -> Option<SourceRange> {
        let shared = SourceRange { start: self.start.max(other.start), end: self.end.min(other.end) };
        shared.duration().is_positive().then_some(shared)
    }
}

/// A source range in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub range: SourceRange,
    /// When it begins, counted from the clip's begin.
    pub at: Span,
}

impl Placed {
    pub fn end(&self) -> Span {
        self.at + self.range.duration()
    }

    /// The clip's time of an instant of the source, within the range or at its edges.
    pub fn clip_time(&self, at: Instant) -> Span {
        self.at + (at.clamp(self.range.start, self.range.end) - self.range.start)
    }
}

/// What a clip plays, range after range. There is at least one, and none is empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<SourceRange>", into = "Vec<SourceRange>")]
pub struct Timeline {
    ranges: Vec<SourceRange>,
}

impl Timeline {
    /// One range. One that ends before it starts is one microsecond long.
    pub fn single(start: Instant, end: Instant) -> Timeline {
        Timeline { ranges: vec![SourceRange { start, end: end.max(start + Span::from_micros(1)) }] }
    }

    /// Ranges in the order in which they are played. Empty ones are left out, and those that go on where the one before ends are one
    /// with it; `None` where nothing is left.
    pub fn new(ranges: impl IntoIterator<Item = SourceRange>) -> Option<Timeline> {
        let mut joined: Vec<SourceRange> = Vec::new();
        for range in ranges.into_iter().filter(|range| range.duration().is_positive()) {
            match joined.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => joined.push(range),
            }
        }
        (!joined.is_empty()).then_some(Timeline { ranges: joined })
    }

    pub fn ranges(&self) -> &[SourceRange] {
        &self.ranges
    }

    /// How long it plays.
    pub fn duration(&self) -> Span {
        self.ranges.iter().fold(Span::ZERO, |sum, range| sum + range.duration())
    }

    /// Where in the source it begins and ends, whatever is left out or said in another order between.
    pub fn start(&self) -> Instant {
        self.ranges[0].start
    }

    pub fn end(&self) -> Instant {
        self.ranges[self.ranges.len() - 1].end
    }

    /// The last instant that is played.
    pub fn last(&self) -> Instant {
        self.end() - Span::from_micros(1)
    }

    /// The smallest part of the source that has all of it.
    pub fn hull(&self) -> SourceRange {
        let start = self.ranges.iter().map(|range| range.start).min();
        let end = self.ranges.iter().map(|range| range.end).max();
        SourceRange { start: start.unwrap_or(self.start()), end: end.unwrap_or(self.end()) }
    }

    /// Each range and when it begins.
    pub fn placed(&self) -> impl Iterator<Item = Placed> {
        self.ranges.iter().scan(Span::ZERO, |at, range| {
            let placed = Placed { range: *range, at: *at };
            *at = placed.end();
            Some(placed)
        })
    }

    /// What is played at a time counted from the clip's begin; `None` before it and from its end on.
    pub fn source_at(&self, time: Span) -> Option<Instant> {
        let placed = self.placed().find(|placed| placed.at <= time && time < placed.end())?;
        Some(placed.range.start + (time - placed.at))
    }

    /// The clip's clock at a time counted from its begin: it shows the source's time where the clip begins, and runs on without a jump.
    pub fn clock(&self, time: Span) -> Instant {
        self.start() + time
    }

    /// Whether a word is heard: it belongs to one of the ranges.
    pub fn plays(&self, word: &Word) -> bool {
        self.ranges.iter().any(|range| range.holds(word))
    }

    /// When an instant of the source is played, the first time; `None` where it is not.
    pub fn time_of(&self, at: Instant) -> Option<Span> {
        let placed = self.placed().find(|placed| placed.range.contains(at))?;
        Some(placed.clip_time(at))
    }

    /// When an instant of the source is played, or what is played nearest to it within its range; else the begin.
    pub fn time_near(&self, at: Instant) -> Span {
        let near = |placed: &Placed| placed.range.start <= at && at <= placed.range.end;
        self.placed().find(near).map_or(Span::ZERO, |placed| placed.clip_time(at))
    }

    /// The same with another start: ranges before it are left out, a range that begins later begins earlier. The end stays behind it.
    #[must_use]
    pub fn starting_at(&self, start: Instant) -> Timeline {
        let kept = self.ranges.iter().position(|range| start < range.end).unwrap_or(self.ranges.len() - 1);
        let mut ranges = self.ranges[kept..].to_vec();
        ranges[0].start = start.min(ranges[0].end - Span::from_micros(1));
        Timeline { ranges }
    }

    /// The same with another end.
    #[must_use]
    pub fn ending_at(&self, end: Instant) -> Timeline {
        let kept = self.ranges.iter().rposition(|range| range.start < end).unwrap_or(0);
        let mut ranges = self.ranges[..=kept].to_vec();
        ranges[kept].end = end.max(ranges[kept].start + Span::from_micros(1));
        Timeline { ranges }
    }

    /// Without a part of the source; as it was where nothing would be left.
    #[must_use]
    pub fn without(&self, cut: SourceRange) -> Timeline {
        let rest = self.ranges.iter().flat_map(|range| {
            let before = SourceRange { start: range.start, end: range.end.min(cut.start) };
            let after = SourceRange { start: range.start.max(cut.end), end: range.end };
            // A cut that does not touch the range leaves it whole, once.
            if range.overlap(&cut).is_some() {
                [before, after]
            } else {
                [*range, SourceRange { start: range.end, end: range.end }]
            }
        });
        Timeline::new(rest).unwrap_or_else(|| self.clone())
    }

    /// With what is left out of a part of the source between its ranges put back.
    #[must_use]
    pub fn with(&self, part: SourceRange) -> Timeline {
        let mut ranges = self.ranges.clone();
        let gaps: Vec<(usize, SourceRange)> = self
            .ranges
            .windows(2)
            .zip(1..)
            .filter_map(|(pair, place)| {
                let gap = SourceRange { start: pair[0].end, end: pair[1].start };
                Some((place, gap.overlap(&part)?))
            })
            .collect();
        for (place, gap) in gaps.into_iter().rev() {
            ranges.insert(place, gap);
        }
        Timeline::new(ranges).unwrap_or_else(|| self.clone())
    }
}

impl TryFrom<Vec<SourceRange>> for Timeline {
    type Error = &'static str;

    fn try_from(ranges: Vec<SourceRange>) -> Result<Timeline, Self::Error> {
        Timeline::new(ranges).ok_or("a timeline that plays nothing")
    }
}

impl From<Timeline> for Vec<SourceRange> {
    fn from(timeline: Timeline) -> Vec<SourceRange> {
        timeline.ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start_s: f64, end_s: f64) -> SourceRange {
        SourceRange { start: Instant::from_seconds(start_s), end: Instant::from_seconds(end_s) }
    }

    fn timeline(ranges: &[(f64, f64)]) -> Timeline {
        Timeline::new(ranges.iter().map(|(start, end)| range(*start, *end))).expect("a range")
    }

    fn seconds(timeline: &Timeline) -> Vec<(f64, f64)> {
        timeline.ranges().iter().map(|range| (range.start.seconds(), range.end.seconds())).collect()
    }

    #[test]
    fn a_word_belongs_where_its_middle_lies() {
        let at = Instant::from_seconds;
        let word = Word { text: " one".into(), start: at(1.0), end: at(2.0), confidence: 0.9 };
        let check = |start_s: f64, end_s: f64, want: bool| {
            assert_eq!(range(start_s, end_s).holds(&word), want, "{start_s} to {end_s}");
        };
        check(1.4, 3.0, true);
        check(1.5, 3.0, true);
        check(1.6, 3.0, false);
        check(0.0, 1.5, false);
        check(0.0, 1.6, true);
        // Of two ranges that meet within a word, one has it.
        for cut_s in [1.1, 1.5, 1.9] {
            let owners = [range(0.0, cut_s), range(cut_s, 3.0)].map(|range| range.holds(&word));
            assert_eq!(owners.iter().filter(|owns| **owns).count(), 1, "{cut_s}");
        }
        assert!(timeline(&[(5.0, 6.0), (1.4, 1.6)]).plays(&word));
        assert!(!timeline(&[(1.0, 1.4), (1.6, 2.0)]).plays(&word), "what is left of it is no word");
    }

    #[test]
    fn empty_ranges_are_none_and_what_goes_on_is_one() {
        assert_eq!(
            seconds(&timeline(&[(3.0, 5.0), (5.0, 5.0), (5.0, 7.0), (1.0, 2.0)])),
            [(3.0, 7.0), (1.0, 2.0)]
        );
        assert_eq!(Timeline::new([range(2.0, 2.0), range(3.0, 1.0)]), None);
        assert!(serde_json::from_str::<Timeline>("[]").is_err());
        let there = timeline(&[(3.0, 5.0), (1.0, 2.0)]);
        let text = serde_json::to_string(&there).expect("text");
        assert_eq!(serde_json::from_str::<Timeline>(&text).expect("a timeline"), there);
    }

    #[test]
    fn source_and_clip_time_map_to_each_other() {
        let there = timeline(&[(10.0, 12.0), (20.0, 21.0), (5.0, 8.0)]);
        let check = |time_s: f64, source_s: Option<f64>| {
            let time = Span::from_seconds(time_s);
            assert_eq!(there.source_at(time), source_s.map(Instant::from_seconds), "{time_s}");
            if let Some(source_s) = source_s {
                assert_eq!(there.time_of(Instant::from_seconds(source_s)), Some(time), "{source_s}");
            }
        };
        check(-0.1, None);
        check(0.0, Some(10.0));
        check(1.999, Some(11.999));
        check(2.0, Some(20.0));
        check(3.5, Some(5.5));
        check(6.0, None);
        assert_eq!(there.time_of(Instant::from_seconds(15.0)), None);
        assert_eq!((there.duration(), there.hull()), (Span::from_seconds(6.0), range(5.0, 21.0)));
        assert_eq!((there.start(), there.end()), (Instant::from_seconds(10.0), Instant::from_seconds(8.0)));
    }

    #[test]
    fn edges_move_over_what_is_left_out() {
        let there = timeline(&[(10.0, 12.0), (14.0, 16.0), (18.0, 20.0)]);
        let start = |at: f64| seconds(&there.starting_at(Instant::from_seconds(at)));
        assert_eq!(start(8.0), [(8.0, 12.0), (14.0, 16.0), (18.0, 20.0)]);
        assert_eq!(start(15.0), [(15.0, 16.0), (18.0, 20.0)]);
        assert_eq!(start(13.0), [(13.0, 16.0), (18.0, 20.0)]);
        assert_eq!(start(99.0), [(19.999_999, 20.0)]);
        let end = |at: f64| seconds(&there.ending_at(Instant::from_seconds(at)));
        assert_eq!(end(22.0), [(10.0, 12.0), (14.0, 16.0), (18.0, 22.0)]);
        assert_eq!(end(15.0), [(10.0, 12.0), (14.0, 15.0)]);
        assert_eq!(end(1.0), [(10.0, 10.000_001)]);
    }

    #[test]
    fn what_is_cut_out_can_be_put_back() {
        let whole = timeline(&[(10.0, 20.0)]);
        let cut = whole.without(range(12.0, 13.0)).without(range(15.0, 16.0));
        assert_eq!(seconds(&cut), [(10.0, 12.0), (13.0, 15.0), (16.0, 20.0)]);
        assert_eq!(seconds(&cut.without(range(9.0, 14.0))), [(14.0, 15.0), (16.0, 20.0)]);
        assert_eq!(cut.without(range(20.0, 30.0)), cut);
        // Nothing is no clip.
        assert_eq!(cut.without(range(0.0, 30.0)), cut);
        assert_eq!(seconds(&cut.with(range(12.0, 13.0))), [(10.0, 15.0), (16.0, 20.0)]);
        assert_eq!(seconds(&cut.with(range(12.5, 15.5))), [(10.0, 12.0), (12.5, 15.5), (16.0, 20.0)]);
        assert_eq!(cut.with(range(0.0, 30.0)), whole);
        // Ranges in another order have nothing between them.
        let turned = timeline(&[(14.0, 16.0), (10.0, 12.0)]);
        assert_eq!(turned.with(range(0.0, 30.0)), turned);
    }
}
