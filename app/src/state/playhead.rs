//! Where the preview of a clip goes on: over what is left out to what is played next.
//! Plain data; what plays, and by which clock, is the page's.

use clip::timeline::Timeline;
use media::time::{Instant, Span};

/// A clock that stands further before what is played than this was moved by somebody else.
const BEFORE: Span = Span::from_millis(500);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onward {
    /// It plays on and stands here.
    At(Instant),
    /// What follows is left out: it goes on here.
    Jump(Instant),
    /// All was played.
    End,
}

/// The instant itself where it is played, else what is played next in the source; behind all that, the last instant.
pub fn played(timeline: &Timeline, at: Instant) -> Instant {
    if timeline.time_of(at).is_some() {
        return at;
    }
    let next = timeline.ranges().iter().map(|range| range.start).filter(|start| at < *start).min();
    next.unwrap_or_else(|| timeline.last())
}

/// The instant of the source at a time of the clip; before its begin the first, behind its end the last.
pub fn source_at(timeline: &Timeline, time: Span) -> Instant {
    timeline.source_at(time.max(Span::ZERO)).unwrap_or_else(|| timeline.last())
}

/// What becomes of a clock that stood at `from`, an instant that is played, and says `now`.
pub fn onward(timeline: &Timeline, from: Instant, now: Instant) -> Onward {
    let ranges = timeline.ranges();
    let Some(index) = ranges.iter().position(|range| range.contains(from)) else {
        return Onward::Jump(played(timeline, from));
    };
    let range = ranges[index];
    match ranges.get(index + 1) {
        Some(next) if now >= range.end => Onward::Jump(next.start),
        None if now >= range.end => Onward::End,
        _ if now < range.start - BEFORE => Onward::Jump(range.start),
        // A clock that was just set may say a little less.
        _ => Onward::At(now.max(range.start)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clip::timeline::SourceRange;

    fn at(seconds: f64) -> Instant {
        Instant::from_seconds(seconds)
    }

    /// Two seconds, three left out, four more.
    fn timeline() -> Timeline {
        let ranges = [(10.0, 12.0), (15.0, 19.0)];
        Timeline::new(ranges.map(|(start, end)| SourceRange { start: at(start), end: at(end) }))
            .expect("ranges")
    }

    #[test]
    fn it_jumps_over_what_is_left_out_and_stops_at_the_end() {
        let check = |from: f64, now: f64, expected: Onward| {
            assert_eq!(onward(&timeline(), at(from), at(now)), expected, "{from} to {now}");
        };
        check(10.0, 10.5, Onward::At(at(10.5)));
        check(11.99, 12.0, Onward::Jump(at(15.0)));
        check(11.9, 12.3, Onward::Jump(at(15.0)));
        check(15.0, 14.999, Onward::At(at(15.0)));
        check(18.9, 19.01, Onward::End);
        // Moved by somebody else, to before the part that is played.
        check(15.0, 12.0, Onward::Jump(at(15.0)));
        check(13.0, 13.0, Onward::Jump(at(15.0)));
    }

    #[test]
    fn parts_in_another_order_are_played_in_theirs() {
        let ranges = [(15.0, 19.0), (10.0, 12.0)];
        let turned = Timeline::new(ranges.map(|(start, end)| SourceRange { start: at(start), end: at(end) }));
        let turned = turned.expect("ranges");
        assert_eq!(onward(&turned, at(18.9), at(19.0)), Onward::Jump(at(10.0)));
        assert_eq!(onward(&turned, at(11.9), at(12.0)), Onward::End);
    }

    #[test]
    fn every_time_has_an_instant_that_is_played() {
        let timeline = timeline();
        assert_eq!(source_at(&timeline, Span::from_seconds(-3.0)), at(10.0));
        assert_eq!(source_at(&timeline, Span::from_seconds(2.5)), at(15.5));
        assert_eq!(source_at(&timeline, Span::from_seconds(99.0)), timeline.last());
        let check = |from: f64, expected: Instant| assert_eq!(played(&timeline, at(from)), expected);
        check(1.0, at(10.0));
        check(11.0, at(11.0));
        check(12.0, at(15.0));
        check(19.0, timeline.last());
    }
}
