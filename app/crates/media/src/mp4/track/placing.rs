//! Where to read for what is shown when: the beginning of each stretch of the edit list with its lead-in, and seeking.
//! Looks at samples' times only, never at their bytes.

use super::{PCM_GROUP, Position, TrackReader};
use crate::mp4::edit::Stretch;
use crate::mp4::fragment::RunCursor;
use crate::time::{Instant, Span, Timescale};

/// How long a decoder of sound has to be fed before its output is right, in media ticks: a frame or two for AAC (longer
/// ones with SBR), 80 ms for Opus (RFC 7845 §4.6), the bit reservoir for MP3.
pub(super) fn lead_in(is_sound: bool, codec: &str, media: Timescale) -> i64 {
    let span = match codec {
        _ if !is_sound => Span::ZERO,
        "aac" | "vorbis" => Span::from_millis(100),
        "opus" => Span::from_millis(80),
        "mp3" | "mp2" => Span::from_millis(240),
        "ac3" | "eac3" => Span::from_millis(64),
        _ => Span::ZERO,
    };
    media.ticks(span).0
}

/// Whether all frames of a codec last equally long, but for the last one.
pub(super) fn has_equal_frames(codec: &str) -> bool {
    matches!(codec, "aac" | "mp3" | "mp2" | "ac3" | "eac3" | "opus" | "flac" | "alac")
}

/// So much is read and decoded for nothing at the beginning of a track, rather than to start in its middle.
const SHORT_LEAD_IN: Span = Span::from_millis(1000);

impl TrackReader {
    /// Muxers that write no edit list begin the sound at zero and stretch its first frame up to the second, where the
    /// sound's own clock begins later. A frame lasts as long as the next one: by how many ticks the first is late.
    pub(super) fn first_is_late(&self) -> i64 {
        let mut position = Position { table: self.table.cursor_at(0), ..Position::default() };
        let (first, second) = (self.next_as_stated(&mut position), self.next_as_stated(&mut position));
        let (Some(first), Some(second)) = (first, second) else { return 0 };
        let apart = second.dts.saturating_sub(first.dts);
        let late = apart.saturating_sub(second.duration);
        let longest = i64::from(self.timescale.get()) * 2;
        if second.duration > 0 && apart == first.duration && (1..=longest).contains(&late) { late } else { 0 }
    }

    /// Where to read from for a stretch: from what its first sample needs to be decoded.
    pub(super) fn start_of(&self, stretch: usize) -> Position {
        let head = Position { stretch, table: self.table.cursor_at(0), ..Position::default() };
        let Some(entry) = self.edit.stretches.get(stretch) else { return head };
        if self.is_from_head(entry) {
            return head;
        }
        Position { stretch, ..self.find(entry.media_start.saturating_sub(self.lead_in)).0 }
    }

    /// Whether a stretch is read from the track's first sample on.
    pub(super) fn is_from_head(&self, stretch: &Stretch) -> bool {
        stretch.media_start <= self.timescale.ticks(SHORT_LEAD_IN).0
    }

    pub fn seek(&mut self, at: Instant) -> Instant {
        let number = self.edit.stretch_at(at);
        let Some(stretch) = self.edit.stretches.get(number).copied() else { return Instant::ZERO };
        let target = stretch.media_ticks(at, self.timescale);
        let (position, ticks) = self.find(target);
        self.position = Position { stretch: number, ..position };
        stretch.present(ticks, self.timescale)
    }

    /// The sync sample at or before a media tick, and the tick at which it is shown; the first one where there is none.
    fn find(&self, target: i64) -> (Position, i64) {
        let in_fragments = self.runs.runs.first().is_some_and(|run| {
            self.table.count == 0
                || run.dts <= target
                || run.next(&mut RunCursor::default()).is_some_and(|s| s.pts <= target)
        });
        if in_fragments && let Some(found) = self.find_in_runs(target) {
            return found;
        }
        self.find_in_table(target)
    }

    fn find_in_table(&self, target: i64) -> (Position, i64) {
        let mut index = self.table.sample_at(target);
        loop {
            let mut sync = self.table.sync_before(index);
            let mut cursor = self.table.cursor_at(sync);
            if self.pcm_frame_bytes.is_some() {
                // Groups begin where they would in a read from the start.
                sync -= self.table.left_behind_in_chunk(&cursor) % PCM_GROUP;
                cursor = self.table.cursor_at(sync);
            }
            let position = Position { table: cursor, ..Position::default() };
            let shown = self.next_sample(&mut position.clone()).map_or(0, |sample| sample.pts);
            if shown <= target || sync == 0 || sync > index {
                return (position, shown);
            }
            index = sync - 1;
        }
    }

    /// Looks backwards from the run that holds the target for a sync sample shown at or before it.
    fn find_in_runs(&self, target: i64) -> Option<(Position, i64)> {
        let runs = &self.runs.runs;
        let position =
            |run, in_run| Position { table: self.table.cursor_at(self.table.count), run, in_run, stretch: 0 };
        let last = runs.partition_point(|run| run.dts <= target);
        let mut first_key = None;
        for number in (0..last.max(1).min(runs.len())).rev() {
            let mut cursor = RunCursor::default();
            let mut best = None;
            loop {
                let before = cursor;
                let Some(sample) = runs[number].next(&mut cursor) else { break };
                if sample.is_key {
                    if sample.pts <= target {
                        best = Some((before, sample.pts));
                    } else if best.is_none() {
                        first_key = Some((number, before));
                    }
                }
                if sample.dts > target {
                    break;
                }
            }
            if let Some((cursor, _)) = best {
                return Some(self.shown_at(position(number, cursor)));
            }
        }
        if self.table.count > 0 {
            return None;
        }
        let (run, in_run) = first_key.unwrap_or((0, RunCursor::default()));
        Some(self.shown_at(position(run, in_run)))
    }

    fn shown_at(&self, position: Position) -> (Position, i64) {
        let shown = self.next_sample(&mut position.clone()).map_or(0, |sample| sample.pts);
        (position, shown)
    }
}
