//! Edit lists (ISO/IEC 14496-12 §8.6.6): from media ticks to the presentation timeline.
//! Honours leading empty edits and the first run of media, like players do; later cuts are left out.

use crate::bytes::Fields;
use crate::time::{Instant, Span, Ticks, Timescale};

/// How one track's media lies on the presentation timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Edit {
    /// How long after zero the media begins.
    delay: Span,
    /// The media tick shown then.
    media_start: i64,
    /// The media tick at which the track is over; `None` for the end of the media.
    media_end: Option<i64>,
}

impl Edit {
    /// From the body of an `elst` box. An edit list that would show nothing of the media is ignored.
    pub fn parse(body: &[u8], movie: Timescale, media: Timescale, media_length: i64) -> Self {
        Self::read(body, movie, media)
            .filter(|edit| media_length == 0 || edit.media_start < media_length)
            .unwrap_or_default()
    }

    fn read(body: &[u8], movie: Timescale, media: Timescale) -> Option<Self> {
        let mut fields = Fields::new(body);
        let version = fields.u8()?;
        fields.skip(3)?;
        let count = fields.u32()?;
        let mut delay = Span::ZERO;
        let mut run: Option<(i64, i64)> = None;
        for _ in 0..count {
            let Some((length, media_time)) = read_entry(&mut fields, version) else { break };
            let length_media = movie.convert(Ticks(length), media).0;
            run = match run {
                None if media_time < 0 => {
                    delay += movie.span(Ticks(length));
                    None
                }
                None => Some((media_time, length_media)),
                // A following edit that continues where this one ends, within a frame or so, is the same run.
                Some((start, so_far)) if near(media_time, start.saturating_add(so_far), media) => {
                    Some((start, so_far.saturating_add(length_media)))
                }
                Some(_) => break,
            };
        }
        let (media_start, length) = run?;
        let media_end = (length > 0).then(|| media_start.saturating_add(length));
        // A delay of a day or more is damage, not intent.
        let delay = if delay < Span::from_millis(86_400_000) { delay } else { Span::ZERO };
        Some(Self { delay, media_start, media_end })
    }

    /// Where a media tick is shown.
    pub fn present(&self, ticks: i64, media: Timescale) -> Instant {
        media.instant(Ticks(ticks.saturating_sub(self.media_start))) + self.delay
    }

    /// The media tick shown at an instant.
    pub fn media_ticks(&self, at: Instant, media: Timescale) -> i64 {
        media.ticks((at - self.delay).since_zero()).0.saturating_add(self.media_start)
    }

    /// Whether a sample that begins at this media tick is behind the last edit.
    pub fn is_over(&self, ticks: i64) -> bool {
        self.media_end.is_some_and(|end| ticks >= end)
    }

    /// Brings an end tick forward to the end of the edit.
    pub fn clamp_end(&self, ticks: i64) -> i64 {
        self.media_end.map_or(ticks, |end| ticks.min(end))
    }

    /// Moves the whole track earlier, for a recording whose clock did not start at zero.
    pub fn shift_earlier(&mut self, by: Span, media: Timescale) {
        self.media_start = self.media_start.saturating_add(media.ticks(by).0);
        self.media_end = None;
    }
}

fn near(a: i64, b: i64, media: Timescale) -> bool {
    a.abs_diff(b) <= u64::from(media.get()) / 20
}

fn read_entry(fields: &mut Fields<'_>, version: u8) -> Option<(i64, i64)> {
    let entry = if version == 1 {
        (i64::try_from(fields.u64()?).unwrap_or(i64::MAX), fields.i64()?)
    } else {
        (i64::from(fields.u32()?), i64::from(fields.i32()?))
    };
    fields.skip(4)?;
    Some(entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(entries: &[(u32, i32)]) -> Vec<u8> {
        let mut body = vec![0; 4];
        body.extend((entries.len() as u32).to_be_bytes());
        for (length, start) in entries {
            body.extend(length.to_be_bytes());
            body.extend(start.to_be_bytes());
            body.extend([0, 1, 0, 0]);
        }
        body
    }

    #[test]
    fn edits_place_media_on_the_timeline() {
        let movie = Timescale::new(1000).expect("a scale");
        let media = Timescale::new(48_000).expect("a scale");
        let check = |entries: &[(u32, i32)], ticks: i64, micros: i64, over: bool| {
            let edit = Edit::parse(&list(entries), movie, media, 480_000);
            assert_eq!(
                (edit.present(ticks, media).micros(), edit.is_over(ticks)),
                (micros, over),
                "{entries:?}"
            );
            assert_eq!(edit.media_ticks(Instant::from_micros(micros), media), ticks, "{entries:?} inverse");
        };
        check(&[], 48_000, 1_000_000, false);
        check(&[(5000, 1024)], 1024, 0, false);
        check(&[(5000, 1024)], 0, -21_333, false);
        check(&[(700, -1), (5000, 0)], 0, 700_000, false);
        check(&[(1000, 0)], 48_000, 1_000_000, true);
        check(&[(1000, 0), (1000, 48_000)], 48_000, 1_000_000, false);
        check(&[(1000, 0), (1000, 200_000)], 200_000, 4_166_667, true);
        check(&[(0, 4800)], 480_000, 9_900_000, false);
        check(&[(u32::MAX, i32::MAX)], 48_000, 1_000_000, false);
    }

    #[test]
    fn a_list_that_claims_more_than_it_holds_is_read_as_far_as_it_goes() {
        let mut body = list(&[(1000, 480)]);
        body[4..8].fill(0xFF);
        let scale = Timescale::new(48_000).expect("a scale");
        assert_eq!(Edit::parse(&body, scale, scale, 480_000).media_start, 480);
        assert_eq!(Edit::parse(&body[..7], scale, scale, 480_000), Edit::default());
    }
}
