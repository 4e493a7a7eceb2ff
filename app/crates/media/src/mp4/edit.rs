//! Edit lists (ISO/IEC 14496-12 §8.6.6): from media ticks to the presentation timeline and back.
//! Every edit is a stretch of its own: gaps before and between, cuts, repeats, stills. Only edits that go on where the
//! one before ended are one.

use crate::bytes::Fields;
use crate::facts::Shown;
use crate::time::{Instant, Span, Ticks, Timescale};

/// No edit list shows its media so many times over; one that does is damaged.
const MOST_REPEATS: i64 = 64;
/// More edits than any list has; their numbers are half of a run's.
const MOST_EDITS: usize = 60_000;
/// A presentation of a month is damage, not intent, and so is a wait of a day.
const LONGEST: Span = Span::from_millis(31 * 86_400_000);
const LONGEST_WAIT: Span = Span::from_millis(86_400_000);
/// Media a second, in the 16.16 fixed point of the list.
const NATURAL_RATE: i64 = 1 << 16;

/// One run of media on the presentation timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Where it is shown; `until` is the largest instant where it goes on to the end of the media.
    pub shown: Shown,
    /// The media tick shown first, and the one behind the last.
    pub media_start: i64,
    pub media_end: i64,
    rate: i64,
}

/// The whole media, from its tick zero on.
const WHOLE: Stretch = Stretch { shown: Shown::ALL, media_start: 0, media_end: i64::MAX, rate: NATURAL_RATE };

impl Stretch {
    /// Where a media tick is shown.
    pub fn present(&self, ticks: i64, media: Timescale) -> Instant {
        let since = ticks.saturating_sub(self.media_start);
        let since = match self.rate {
            NATURAL_RATE | 0 => since,
            rate => (i128::from(since) * i128::from(NATURAL_RATE) / i128::from(rate)) as i64,
        };
        self.shown.from + media.span(Ticks(since))
    }

    /// The media tick shown at an instant; at most the last one of the stretch.
    pub fn media_ticks(&self, at: Instant, media: Timescale) -> i64 {
        let since = media.ticks(at - self.shown.from).0;
        let since = match self.rate {
            NATURAL_RATE => since,
            rate => (i128::from(since) * i128::from(rate) / i128::from(NATURAL_RATE)) as i64,
        };
        let last = self.media_end.saturating_sub(1).max(self.media_start);
        since.saturating_add(self.media_start).min(last)
    }

    /// Whether one picture stands for the whole stretch.
    pub fn is_still(&self) -> bool {
        self.rate == 0
    }

    /// What of a sample at a media tick may be seen or heard.
    pub fn shown_of(&self, ticks: i64) -> Shown {
        if ticks >= self.media_end {
            return Shown { from: self.shown.until, until: self.shown.until };
        }
        self.shown
    }
}

/// How one track's media lies on the presentation timeline: at least one stretch, each behind the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub stretches: Vec<Stretch>,
}

impl Default for Edit {
    fn default() -> Self {
        Self { stretches: vec![WHOLE] }
    }
}

impl Edit {
    /// From the body of an `elst` box, before it is known how much media there is: see [`Self::settle`].
    pub fn parse(body: &[u8], movie: Timescale, media: Timescale) -> Self {
        Self::read(body, movie, media).unwrap_or_default()
    }

    fn read(body: &[u8], movie: Timescale, media: Timescale) -> Option<Self> {
        let mut fields = Fields::new(body);
        let version = fields.u8()?;
        fields.skip(3)?;
        let count = fields.u32()?;
        // Rounding to movie ticks may tear apart what belongs together.
        let slack = movie.convert(Ticks(2), media).0.max(1);
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut at = 0i64;
        for _ in 0..count {
            let Some((length, media_start, rate)) = read_entry(&mut fields, version) else { break };
            if media_start < 0 && movie.span(Ticks(length)) > LONGEST_WAIT {
                continue;
            }
            let from = movie.instant(Ticks(at));
            at = at.saturating_add(length);
            let until = movie.instant(Ticks(at));
            if until.since_zero() > LONGEST || stretches.len() > MOST_EDITS {
                // The length of a last edit may be anything; a delay may not.
                if media_start >= 0 && from.since_zero() < LONGEST {
                    stretches.push(Stretch {
                        shown: Shown { from, until: Instant::MAX },
                        media_start,
                        ..WHOLE
                    });
                }
                break;
            }
            if media_start < 0 {
                continue;
            }
            let length_media = movie.convert(Ticks(length), media).0;
            let length_media = match rate {
                0 => 1,
                NATURAL_RATE => length_media,
                rate => (i128::from(length_media) * i128::from(rate) / i128::from(NATURAL_RATE)) as i64,
            };
            let media_end = media_start.saturating_add(length_media);
            match stretches.last_mut() {
                Some(last)
                    if last.shown.until == from
                        && (last.rate, rate) == (NATURAL_RATE, NATURAL_RATE)
                        && last.media_end.abs_diff(media_start) <= slack.unsigned_abs() =>
                {
                    last.shown.until = until;
                    last.media_end = last.media_end.saturating_add(length_media);
                }
                _ => stretches.push(Stretch { shown: Shown { from, until }, media_start, media_end, rate }),
            }
        }
        // An edit of no length shows nothing, unless it is the only one or the last: then it goes on to the end.
        let last = stretches.len().checked_sub(1)?;
        let is_only = stretches[..last].iter().all(|stretch| stretch.shown.from == stretch.shown.until);
        let open = &mut stretches[last];
        if open.shown.from == open.shown.until && open.rate != 0 && (is_only || at == 0) {
            (open.shown.until, open.media_end) = (Instant::MAX, i64::MAX);
        }
        stretches.retain(|stretch| stretch.shown.from < stretch.shown.until);
        (!stretches.is_empty()).then_some(Self { stretches })
    }

    /// Holds the list against the media that is there: a sample table up to one tick, fragments up to another (zero for
    /// none). Sound is neither stretched nor stands still.
    pub fn settle(&mut self, table_end: i64, fragments_end: i64, is_sound: bool, media: Timescale) {
        let end = table_end.max(fragments_end);
        let second = i64::from(media.get());
        self.stretches
            .retain(|stretch| (stretch.media_start < end || end == 0) && !(is_sound && stretch.is_still()));
        if is_sound {
            for stretch in self.stretches.iter_mut().filter(|stretch| stretch.rate != NATURAL_RATE) {
                stretch.rate = NATURAL_RATE;
                let length = media.ticks(stretch.shown.until - stretch.shown.from).0;
                stretch.media_end = stretch.media_start.saturating_add(length);
            }
        }
        let covered = self.stretches.iter().fold(0i64, |sum, stretch| {
            sum.saturating_add(stretch.media_end.min(end).saturating_sub(stretch.media_start).max(0))
        });
        if self.stretches.is_empty() || covered > end.saturating_add(second).saturating_mul(MOST_REPEATS) {
            *self = Self::default();
        }
        let Some(last) = self.stretches.last().copied() else { return };
        if fragments_end == 0 || last.media_end == i64::MAX || last.rate != NATURAL_RATE {
            return;
        }
        // Written with the movie box, an edit knows nothing of the fragments behind, unless it ends where they do.
        let knows = last.media_end.abs_diff(end) <= second.unsigned_abs();
        if table_end == 0 || last.media_end >= table_end.saturating_sub(second / 10) {
            if let Some(last) = self.stretches.last_mut().filter(|_| !knows) {
                (last.shown.until, last.media_end) = (Instant::MAX, i64::MAX);
            }
        } else {
            let from = last.present(table_end, media);
            self.stretches.push(Stretch {
                shown: Shown { from, until: Instant::MAX },
                media_start: table_end,
                ..WHOLE
            });
        }
    }

    /// The number of the stretch to read for what is shown at an instant: the last one that has begun.
    pub fn stretch_at(&self, at: Instant) -> usize {
        self.stretches.partition_point(|stretch| stretch.shown.from <= at).saturating_sub(1)
    }

    /// Where the first stretch shows a media tick.
    pub fn present_first(&self, ticks: i64, media: Timescale) -> Instant {
        self.stretches.first().unwrap_or(&WHOLE).present(ticks, media)
    }

    /// Moves the whole track earlier, for a recording whose clock did not start at zero.
    pub fn shift_earlier(&mut self, by: Span, media: Timescale) {
        for stretch in &mut self.stretches {
            let from = stretch.shown.from - by;
            let hidden = (Instant::ZERO - from).max(Span::ZERO);
            stretch.shown.from = from + hidden;
            stretch.media_start = stretch.media_start.saturating_add(media.ticks(hidden).0);
            if stretch.shown.until < Instant::MAX {
                stretch.shown.until = stretch.shown.until - by;
            }
        }
        self.stretches.retain(|stretch| stretch.shown.from < stretch.shown.until);
        if self.stretches.is_empty() {
            *self = Self::default();
        }
    }
}

fn read_entry(fields: &mut Fields<'_>, version: u8) -> Option<(i64, i64, i64)> {
    let (length, start) = if version == 1 {
        (i64::try_from(fields.u64()?).unwrap_or(i64::MAX), fields.i64()?)
    } else {
        (i64::from(fields.u32()?), i64::from(fields.i32()?))
    };
    let rate = fields.i32()?;
    // Backwards is not played; files with nothing there mean the natural rate.
    let rate = if rate < 0 { NATURAL_RATE } else { i64::from(rate) };
    Some((length, start, rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(entries: &[(u32, i32, i32)]) -> Vec<u8> {
        let mut body = vec![0; 4];
        body.extend((entries.len() as u32).to_be_bytes());
        for (length, start, rate) in entries {
            body.extend(length.to_be_bytes());
            body.extend(start.to_be_bytes());
            body.extend(rate.to_be_bytes());
        }
        body
    }

    const ONE: i32 = 1 << 16;

    fn scale(ticks: u32) -> Timescale {
        Timescale::new(ticks).expect("a scale")
    }

    fn settled(entries: &[(u32, i32, i32)], table: i64, fragments: i64, is_sound: bool) -> Edit {
        let mut edit = Edit::parse(&list(entries), scale(1000), scale(48_000));
        edit.settle(table, fragments, is_sound, scale(48_000));
        edit
    }

    /// `(from ms, until ms, first tick, last tick)`; -1 for no end.
    fn shape(edit: &Edit) -> Vec<(i64, i64, i64, i64)> {
        let ms = |at: Instant| if at == Instant::MAX { -1 } else { at.micros() / 1000 };
        let tick = |end: i64| if end == i64::MAX { -1 } else { end };
        edit.stretches
            .iter()
            .map(|s| (ms(s.shown.from), ms(s.shown.until), s.media_start, tick(s.media_end)))
            .collect()
    }

    #[test]
    fn every_edit_is_a_stretch_of_its_own() {
        let check = |entries: &[(u32, i32, i32)], want: &[(i64, i64, i64, i64)]| {
            assert_eq!(shape(&settled(entries, 480_000, 0, false)), want, "{entries:?}");
        };
        check(&[], &[(0, -1, 0, -1)]);
        check(&[(5000, 1024, ONE)], &[(0, 5000, 1024, 241_024)]);
        check(&[(700, -1, ONE), (5000, 0, ONE)], &[(700, 5700, 0, 240_000)]);
        check(&[(1000, 0, ONE), (1000, 48_000, ONE)], &[(0, 2000, 0, 96_000)]);
        check(
            &[(1000, 0, ONE), (1000, 200_000, ONE)],
            &[(0, 1000, 0, 48_000), (1000, 2000, 200_000, 248_000)],
        );
        check(
            &[(1000, 0, ONE), (500, -1, ONE), (1000, 48_000, ONE)],
            &[(0, 1000, 0, 48_000), (1500, 2500, 48_000, 96_000)],
        );
        // Of no length: nothing among others, all that is there alone.
        check(&[(0, 4800, ONE)], &[(0, -1, 4800, -1)]);
        check(&[(0, 4800, ONE), (1000, 9600, ONE)], &[(0, 1000, 9600, 57_600)]);
        check(&[(1000, 0, ONE), (0, 200_000, ONE)], &[(0, 1000, 0, 48_000)]);
        // A still, and twice the rate.
        check(&[(2000, 4800, 0), (1000, 0, ONE)], &[(0, 2000, 4800, 4801), (2000, 3000, 0, 48_000)]);
        check(&[(1000, 0, 2 * ONE)], &[(0, 1000, 0, 96_000)]);
        // What shows nothing of the media is no edit.
        check(&[(1000, 480_000, ONE)], &[(0, -1, 0, -1)]);
        check(&[(1000, -1, ONE)], &[(0, -1, 0, -1)]);
        check(&[(u32::MAX, 0, ONE)], &[(0, -1, 0, -1)]);
        // A hundred times the same is damage.
        check(&[(10_000, 0, ONE); 100], &[(0, -1, 0, -1)]);
    }

    #[test]
    fn sound_keeps_its_rate_and_does_not_stand_still() {
        let edit = settled(&[(1000, 0, 2 * ONE), (1000, 4800, 0)], 480_000, 0, true);
        assert_eq!(shape(&edit), [(0, 1000, 0, 48_000)]);
    }

    #[test]
    fn fragments_behind_an_edit_are_shown() {
        let check = |entries: &[(u32, i32, i32)], table: i64, want: &[(i64, i64, i64, i64)]| {
            assert_eq!(shape(&settled(entries, table, 480_000, false)), want, "{entries:?}");
        };
        check(&[(2000, 0, ONE)], 96_000, &[(0, -1, 0, -1)]);
        check(&[(1000, 0, ONE)], 96_000, &[(0, 1000, 0, 48_000), (2000, -1, 96_000, -1)]);
        check(&[(2000, 1024, ONE)], 0, &[(0, -1, 1024, -1)]);
        check(&[(9900, 1024, ONE)], 0, &[(0, 9900, 1024, 476_224)]);
    }

    #[test]
    fn ticks_and_instants_are_inverse_within_a_stretch() {
        let media = scale(48_000);
        let edit = settled(&[(1000, -1, ONE), (1000, 48_000, ONE), (1000, 0, 2 * ONE)], 480_000, 0, false);
        let [plain, fast] = edit.stretches.as_slice() else { panic!("two stretches") };
        assert_eq!(plain.present(48_000, media).micros(), 1_000_000);
        assert_eq!(plain.present(0, media).micros(), 0);
        assert_eq!(plain.media_ticks(Instant::from_micros(1_500_000), media), 72_000);
        assert_eq!(fast.present(48_000, media).micros(), 2_500_000);
        assert_eq!(fast.media_ticks(Instant::from_micros(2_500_000), media), 48_000);
        assert_eq!(fast.media_ticks(Instant::from_micros(9_000_000), media), 95_999);
        let at = |ms: i64| edit.stretch_at(Instant::from_micros(ms * 1000));
        assert_eq!([at(-5), at(0), at(1000), at(1999), at(2000), at(60_000)], [0, 0, 0, 0, 1, 1]);
        assert_eq!(plain.shown_of(95_999), plain.shown);
        assert_eq!(plain.shown_of(96_000).clip(Instant::MIN, Instant::MAX), None);
    }

    #[test]
    fn a_list_that_claims_more_than_it_holds_is_read_as_far_as_it_goes() {
        let mut body = list(&[(1000, 480, ONE)]);
        body[4..8].fill(0xFF);
        let scale = scale(48_000);
        assert_eq!(Edit::parse(&body, scale, scale).stretches[0].media_start, 480);
        assert_eq!(Edit::parse(&body[..7], scale, scale), Edit::default());
    }

    #[test]
    fn a_clock_that_starts_late_is_set_back() {
        let media = scale(48_000);
        let mut edit = Edit::default();
        edit.shift_earlier(Span::from_millis(5000), media);
        assert_eq!(shape(&edit), [(0, -1, 240_000, -1)]);
    }
}
