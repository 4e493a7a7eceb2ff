//! What of a track is delivered: the walk through its stretches, how many packets that gives, and how long it is.
//! Reads no media data.

use super::{Group, PCM_GROUP, Position, TrackReader};
use crate::mp4::edit::Stretch;
use crate::mp4::table::Sample;
use crate::time::Instant;

/// Pictures are stored at most so far out of order.
const MOST_REORDERED: usize = 64;

impl TrackReader {
    /// The next samples that a stretch needs, going on to the next stretch behind its last one.
    pub(super) fn next_shown(&self, position: &mut Position) -> Option<Group> {
        loop {
            let stretch = self.edit.stretches.get(position.stretch)?;
            if let Some(group) = self.next_group(position)
                && !self.is_over(stretch, group.first, position)
            {
                return Some(group);
            }
            *position = self.start_of(position.stretch + 1);
        }
    }

    /// Whether neither this sample nor one behind it is shown in the stretch.
    fn is_over(&self, stretch: &Stretch, sample: Sample, position: &Position) -> bool {
        if sample.pts < stretch.media_end {
            return false;
        }
        let reach = self.table.reach.max(self.runs.reach);
        let last = stretch.media_end.saturating_add(reach);
        let (mut ahead, mut sample) = (position.clone(), sample);
        for _ in 0..MOST_REORDERED {
            if sample.dts >= last {
                return true;
            }
            match self.next_sample(&mut ahead) {
                Some(next) if next.pts < stretch.media_end => return false,
                Some(next) => sample = next,
                None => return true,
            }
        }
        true
    }

    /// How many packets a reader gets; the last sample begins at a tick.
    pub(super) fn packet_count(&self, last: i64) -> u64 {
        let is_whole = match self.edit.stretches.as_slice() {
            [only] => only.media_end > last && self.is_from_head(only),
            _ => false,
        };
        match self.pcm_frame_bytes {
            Some(_) if self.runs.count == 0 => self.groups_in_table(),
            None if is_whole => self.table.readable + self.runs.readable,
            _ => self.walk(),
        }
    }

    fn groups_in_table(&self) -> u64 {
        let up_to = |samples: u64| self.table.groups(samples, PCM_GROUP);
        let stretches = self.edit.stretches.iter().enumerate();
        stretches.fold(0, |sum, (number, stretch)| {
            let first = self.start_of(number).table.index;
            let last = match stretch.media_end.checked_sub(1) {
                Some(last) if self.table.count > 0 => self.table.sample_at(last) + 1,
                _ => 0,
            };
            sum + up_to(last.max(first)) - up_to(first)
        })
    }

    fn walk(&self) -> u64 {
        let mut position = self.start_of(0);
        let mut count = 0;
        while let Some(group) = self.next_shown(&mut position) {
            let whole = Sample { size: group.bytes, ..group.first };
            count += u64::from(whole.is_readable(self.file_length));
        }
        count
    }

    /// When the first shown sample begins and the last one ends, given the media's own ends in ticks.
    pub(super) fn shown_extent(&self, first: i64, last: i64) -> (Instant, Instant) {
        let mut extent: Option<(Instant, Instant)> = None;
        for stretch in &self.edit.stretches {
            let from = stretch.present(first, self.timescale).max(stretch.shown.from).max(Instant::ZERO);
            let until = if stretch.is_still() {
                stretch.shown.until
            } else {
                stretch.present(last, self.timescale).min(stretch.shown.until)
            };
            extent = Some(extent.map_or((from, until), |(start, end)| (start.min(from), end.max(until))));
        }
        extent.unwrap_or((Instant::ZERO, Instant::ZERO))
    }
}
