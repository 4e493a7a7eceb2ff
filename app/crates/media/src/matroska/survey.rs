//! A look over the clusters at opening: where they begin, how many frames each track has, when they start and end.
//! Reads block heads only; a large file with cues is surveyed in part and the rest is estimated.

use super::cursor::{self, Cursor, Walk, instant};
use super::header::{Cue, Info, TrackEntry};
use crate::error::Result;
use crate::source::{ByteSource as _, CachedSource};
use crate::time::Instant;

/// Files up to this size are surveyed whole; so is any without a duration or cues.
const WHOLE_BYTES: u64 = 192 << 20;
/// How much of a larger file is looked at.
const PART_BYTES: u64 = 24 << 20;

/// What was seen of one track.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    pub count: u64,
    pub first: Option<Instant>,
    /// When the last frame begins.
    pub last: Option<Instant>,
}

impl Seen {
    /// Mean seconds between frames.
    pub fn frame_seconds(&self) -> Option<f64> {
        let span = self.last? - self.first?;
        (self.count > 1 && span.is_positive()).then(|| span.seconds() / (self.count - 1) as f64)
    }
}

pub(super) struct Survey {
    /// One for each track entry.
    pub tracks: Vec<Seen>,
    /// `(ticks, offset)` of clusters to start from, ascending by offset.
    pub points: Vec<(u64, u64)>,
    pub is_complete: bool,
}

pub(super) fn survey(
    source: &mut CachedSource,
    entries: &[TrackEntry],
    info: Info,
    cues: &[Cue],
    segment_body: u64,
    first_cluster: u64,
) -> Result<Survey> {
    let is_complete = source.len() <= WHOLE_BYTES || info.duration.is_none() || cues.is_empty();
    let stop = if is_complete { u64::MAX } else { first_cluster.saturating_add(PART_BYTES) };
    let mut tracks = vec![Seen::default(); entries.len()];
    let mut points: Vec<(u64, u64)> = Vec::new();
    let mut walk = Walk::new(Cursor::at(first_cluster));
    let mut latest = Instant::ZERO;
    while let Some(block) = walk.next_block(source)? {
        if block.element_start >= stop {
            break;
        }
        if let Some((offset, ticks)) = walk.entered.take() {
            points.push((ticks, offset));
        }
        let Some(at) = entries.iter().position(|entry| entry.number == block.head.track) else { continue };
        let shown = instant(block.ticks, info);
        let seen = &mut tracks[at];
        seen.count += cursor::frame_count(source, &block)?;
        seen.first = Some(seen.first.map_or(shown, |first| first.min(shown)));
        seen.last = seen.last.max(Some(shown));
        latest = latest.max(shown);
    }
    if !is_complete && let Some(duration) = info.duration {
        let whole = duration * info.scale_ns as f64 / 1e9;
        let share = whole / latest.seconds().max(0.001);
        for seen in tracks.iter_mut().filter(|seen| seen.count > 0) {
            seen.count = (seen.count as f64 * share.max(1.0)).round() as u64;
            seen.last = Some(Instant::from_seconds(whole));
        }
        points.extend(cues.iter().map(|cue| (cue.ticks, segment_body.saturating_add(cue.cluster))));
    }
    points.retain(|&(_, offset)| offset < source.len());
    points.sort_unstable_by_key(|&(_, offset)| offset);
    points.dedup_by_key(|point| point.1);
    if points.is_empty() {
        points.push((0, first_cluster));
    }
    Ok(Survey { tracks, points, is_complete })
}
