//! The sample table of one track (ISO/IEC 14496-12 §8.6–8.7), kept as the bytes of its boxes and walked run by run.
//! Gives each sample's place in the file and in time; knows no codec.

use std::ops::Range;
use std::rc::Rc;

use super::boxes;
use super::entries::{Entries, Sizes, read_sizes};

mod present;

/// One sample as the table describes it. Times in media ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sample {
    pub index: u64,
    pub offset: u64,
    pub size: u64,
    pub dts: i64,
    pub pts: i64,
    pub duration: i64,
    pub is_key: bool,
    /// Which sample description, counted from 1.
    pub description: u32,
}

/// No coded picture is larger; a table that claims so is damaged.
pub(super) const MOST_PACKET_BYTES: u64 = 256 << 20;

impl Sample {
    /// Whether the sample has bytes, all of them in a file of this length.
    pub fn is_readable(&self, file_length: u64) -> bool {
        (1..=MOST_PACKET_BYTES).contains(&self.size) && self.offset.saturating_add(self.size) <= file_length
    }
}

#[derive(Debug, Clone)]
pub(super) struct SampleTable {
    /// Samples that are there, up to the last one that lies within the file.
    pub count: u64,
    /// How many of these can be read: with bytes, all of them in the file.
    pub readable: u64,
    /// Samples that the sizes and the chunks both account for.
    pub claimed: u64,
    /// How many ticks a sample may be shown before it is decoded.
    pub reach: i64,
    durations: Option<Entries>,
    compositions: Option<Entries>,
    /// `(first chunk, samples per chunk, sample description)`, the first and the last counted from 1.
    chunks: Option<Entries>,
    offsets: Option<Entries>,
    sizes: Sizes,
    sync: Option<Entries>,
}

/// A position between samples.
#[derive(Debug, Clone, Default)]
pub(super) struct Cursor {
    pub index: u64,
    duration_run: usize,
    in_duration_run: u32,
    dts: i64,
    composition_run: usize,
    in_composition_run: u32,
    chunk_run: usize,
    chunk: u64,
    in_chunk: u64,
    offset_in_chunk: u64,
}

impl SampleTable {
    /// From the body of an `stbl` box. `frame_size` overrides the sample size for PCM, where old files write 1.
    /// Only samples that lie within the `file_length` bytes there are count.
    pub fn parse(bytes: &Rc<[u8]>, stbl: &Range<usize>, frame_size: Option<u32>, file_length: u64) -> Self {
        let body = |kind: &[u8; 4]| boxes::find(bytes, stbl, kind);
        let entries =
            |kind: &[u8; 4], stride| body(kind).and_then(|body| Entries::of_box(bytes, body, 0, stride));
        let (sizes, sized) = read_sizes(bytes, body(b"stsz"), body(b"stz2"), frame_size);
        let mut table = Self {
            count: 0,
            readable: 0,
            claimed: 0,
            reach: 0,
            durations: entries(b"stts", 8),
            compositions: entries(b"ctts", 8).filter(|entries| entries.count > 0),
            chunks: entries(b"stsc", 12),
            offsets: entries(b"stco", 4).or_else(|| entries(b"co64", 8)),
            sizes,
            sync: entries(b"stss", 4),
        };
        table.count = sized.min(table.chunked_samples());
        if let Sizes::Same(size) = table.sizes {
            table.count = table.count.min(if size == 0 { 0 } else { file_length / u64::from(size) });
        }
        table.claimed = table.count;
        (table.count, table.readable) = table.present_within(file_length);
        table.reach = table.compositions.as_ref().map_or(0, |entries| {
            let offsets = (0..entries.count).map(|run| i64::from(entries.u32_at(run, 4) as i32));
            -offsets.min().unwrap_or(0).min(0)
        });
        table
    }

    fn chunk_count(&self) -> u64 {
        self.offsets.as_ref().map_or(0, |offsets| offsets.count as u64)
    }

    fn chunk_offset(&self, chunk: u64) -> u64 {
        let Some(offsets) = &self.offsets else { return 0 };
        let entry = chunk as usize;
        let high = u64::from(offsets.u32_at(entry, 0));
        if offsets.stride == 8 { high << 32 | u64::from(offsets.u32_at(entry, 4)) } else { high }
    }

    /// The chunk behind the last one of a run, counted from 0; at least one behind its first.
    fn chunk_run_end(&self, run: usize) -> u64 {
        let Some(chunks) = &self.chunks else { return 0 };
        if run + 1 >= chunks.count {
            return self.chunk_count();
        }
        let start = u64::from(chunks.u32_at(run, 0)).saturating_sub(1);
        let next = u64::from(chunks.u32_at(run + 1, 0)).saturating_sub(1);
        next.max(start).min(self.chunk_count())
    }

    fn samples_per_chunk(&self, run: usize) -> u64 {
        self.chunks.as_ref().map_or(0, |chunks| u64::from(chunks.u32_at(run, 4)))
    }

    fn description(&self, run: usize) -> u32 {
        self.chunks.as_ref().map_or(1, |chunks| chunks.u32_at(run, 8))
    }

    /// `(run, first chunk, chunks, samples per chunk)` for every run.
    fn chunk_runs(&self) -> impl Iterator<Item = (usize, u64, u64, u64)> {
        let runs = self.chunks.as_ref().map_or(0, |chunks| chunks.count);
        let mut first = 0;
        (0..runs).map(move |run| {
            let end = self.chunk_run_end(run).max(first);
            let chunks = end - first;
            let start = first;
            first = end;
            (run, start, chunks, self.samples_per_chunk(run))
        })
    }

    fn chunked_samples(&self) -> u64 {
        self.chunk_runs()
            .fold(0u64, |sum, (_, _, chunks, each)| sum.saturating_add(chunks.saturating_mul(each)))
    }

    /// Entries that are passed, at most, in looking up a sample.
    pub fn entries(&self) -> usize {
        [&self.durations, &self.compositions, &self.chunks]
            .into_iter()
            .flatten()
            .map(|entries| entries.count)
            .sum()
    }

    pub fn size(&self, index: u64) -> u64 {
        self.sizes.of(index)
    }

    fn duration_run(&self, run: usize) -> Option<(u32, u32)> {
        self.durations.as_ref().filter(|entries| run < entries.count).map(|entries| entries.pair(run))
    }

    /// Decode ticks from the first sample to the end of the last.
    pub fn total_ticks(&self) -> i64 {
        let mut left = self.count;
        let (mut total, mut run) = (0i64, 0);
        while left > 0 {
            let Some((count, delta)) = self.duration_run(run) else { break };
            let used = u64::from(count).min(left);
            total = total.saturating_add((used as i64).saturating_mul(i64::from(delta)));
            left -= used;
            run += 1;
        }
        total
    }

    /// The last sample whose decode time is at or before `ticks`.
    pub fn sample_at(&self, ticks: i64) -> u64 {
        let (mut index, mut dts, mut run) = (0u64, 0i64, 0);
        while let Some((count, delta)) = self.duration_run(run) {
            let length = i64::from(count).saturating_mul(i64::from(delta));
            if dts.saturating_add(length) > ticks {
                let within = if delta == 0 { 0 } else { (ticks - dts).max(0) as u64 / u64::from(delta) };
                index += within.min(u64::from(count));
                break;
            }
            index += u64::from(count);
            dts += length;
            run += 1;
        }
        index.min(self.count.saturating_sub(1))
    }

    /// How many sync samples come before or at `index`; their numbers are ascending in any sound file.
    fn sync_rank(&self, sync: &Entries, index: u64) -> usize {
        let (mut low, mut high) = (0, sync.count);
        while low < high {
            let middle = low.midpoint(high);
            if u64::from(sync.u32_at(middle, 0)) <= index + 1 { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The sync sample at or before `index`; the first sample where there is none.
    pub fn sync_before(&self, index: u64) -> u64 {
        let Some(sync) = &self.sync else { return index };
        match self.sync_rank(sync, index) {
            0 => u64::from(sync.u32_at(0, 0)).saturating_sub(1).min(self.count.saturating_sub(1)),
            rank => u64::from(sync.u32_at(rank - 1, 0)).saturating_sub(1),
        }
    }

    fn is_sync(&self, index: u64) -> bool {
        let Some(sync) = &self.sync else { return true };
        let rank = self.sync_rank(sync, index);
        rank > 0 && u64::from(sync.u32_at(rank - 1, 0)) == index + 1
    }

    /// A cursor in front of sample `index`.
    pub fn cursor_at(&self, index: u64) -> Cursor {
        let mut cursor = Cursor { index: index.min(self.count), ..Cursor::default() };
        let mut left = cursor.index;
        while let Some((count, delta)) = self.duration_run(cursor.duration_run) {
            let used = u64::from(count).min(left);
            cursor.dts = cursor.dts.saturating_add((used as i64).saturating_mul(i64::from(delta)));
            left -= used;
            if left == 0 && used < u64::from(count) {
                cursor.in_duration_run = used as u32;
                break;
            }
            cursor.duration_run += 1;
        }
        left = cursor.index;
        if let Some(entries) = &self.compositions {
            while cursor.composition_run < entries.count {
                let count = u64::from(entries.u32_at(cursor.composition_run, 0));
                if left < count {
                    cursor.in_composition_run = left as u32;
                    break;
                }
                left -= count;
                cursor.composition_run += 1;
            }
        }
        self.enter_chunk(&mut cursor);
        cursor
    }

    fn enter_chunk(&self, cursor: &mut Cursor) {
        let mut left = cursor.index;
        for (run, first, chunks, each) in self.chunk_runs() {
            let here = chunks.saturating_mul(each);
            if left < here {
                cursor.chunk_run = run;
                cursor.chunk = first + left / each;
                cursor.in_chunk = left % each;
                let from = cursor.index - cursor.in_chunk;
                cursor.offset_in_chunk = match &self.sizes {
                    Sizes::Same(size) => cursor.in_chunk.saturating_mul(u64::from(*size)),
                    _ => (from..cursor.index).fold(0u64, |sum, index| sum.saturating_add(self.size(index))),
                };
                return;
            }
            left -= here;
        }
        cursor.index = self.count;
    }

    /// How many samples are left in the cursor's chunk.
    pub fn left_in_chunk(&self, cursor: &Cursor) -> u64 {
        let in_chunk = self.samples_per_chunk(cursor.chunk_run).saturating_sub(cursor.in_chunk);
        in_chunk.min(self.count.saturating_sub(cursor.index))
    }

    /// How many samples of the cursor's chunk lie before it.
    pub fn left_behind_in_chunk(&self, cursor: &Cursor) -> u64 {
        cursor.in_chunk.min(cursor.index)
    }

    /// The sample behind the cursor, which moves past it.
    pub fn next(&self, cursor: &mut Cursor) -> Option<Sample> {
        if cursor.index >= self.count {
            return None;
        }
        let index = cursor.index;
        let size = self.size(index);
        let (run_length, delta) = match self.duration_run(cursor.duration_run) {
            Some((count, delta)) => (Some(count), i64::from(delta)),
            // Fewer durations than samples: the last one goes on.
            None => (None, self.last_delta()),
        };
        let composition = self.composition(cursor);
        let sample = Sample {
            index,
            offset: self.chunk_offset(cursor.chunk).saturating_add(cursor.offset_in_chunk),
            size,
            dts: cursor.dts,
            pts: cursor.dts.saturating_add(composition),
            duration: delta,
            is_key: self.is_sync(index),
            description: self.description(cursor.chunk_run),
        };
        cursor.dts = cursor.dts.saturating_add(delta);
        cursor.in_duration_run += 1;
        if run_length.is_some_and(|count| cursor.in_duration_run >= count) {
            cursor.in_duration_run = 0;
            cursor.duration_run += 1;
            // Runs of no samples say nothing.
            while self.duration_run(cursor.duration_run).is_some_and(|(count, _)| count == 0) {
                cursor.duration_run += 1;
            }
        }
        self.step_chunk(cursor, size);
        Some(sample)
    }

    fn last_delta(&self) -> i64 {
        let last = self
            .durations
            .as_ref()
            .and_then(|entries| entries.count.checked_sub(1).map(|last| entries.pair(last)));
        last.map_or(0, |(_, delta)| i64::from(delta))
    }

    fn composition(&self, cursor: &mut Cursor) -> i64 {
        let Some(entries) = &self.compositions else { return 0 };
        while cursor.composition_run < entries.count {
            let (count, offset) = entries.pair(cursor.composition_run);
            if cursor.in_composition_run < count {
                cursor.in_composition_run += 1;
                // Version 0 calls the offset unsigned, yet writers put negative ones there; none exceeds 2^31.
                return i64::from(offset as i32);
            }
            cursor.in_composition_run = 0;
            cursor.composition_run += 1;
        }
        0
    }

    fn step_chunk(&self, cursor: &mut Cursor, size: u64) {
        cursor.index += 1;
        cursor.in_chunk += 1;
        cursor.offset_in_chunk = cursor.offset_in_chunk.saturating_add(size);
        if cursor.in_chunk < self.samples_per_chunk(cursor.chunk_run) {
            return;
        }
        cursor.in_chunk = 0;
        cursor.offset_in_chunk = 0;
        cursor.chunk += 1;
        let runs = self.chunks.as_ref().map_or(0, |chunks| chunks.count);
        while cursor.chunk_run + 1 < runs
            && (cursor.chunk >= self.chunk_run_end(cursor.chunk_run)
                || self.samples_per_chunk(cursor.chunk_run) == 0)
        {
            cursor.chunk = cursor.chunk.max(self.chunk_run_end(cursor.chunk_run));
            cursor.chunk_run += 1;
        }
    }
}
