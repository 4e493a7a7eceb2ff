//! Movie fragments (ISO/IEC 14496-12 §8.8): every track run as its bytes and totals, found in one walk over the file.
//! A run without per-sample fields stays a count. Knows no codec and no edit.

use std::collections::HashMap;
use std::ops::Range;

use super::boxes;
use super::table::Sample;
use crate::bytes::Fields;

/// What a fragment falls back on (`trex`, then `tfhd`).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Defaults {
    pub duration: u32,
    pub size: u32,
    pub flags: u32,
    /// Which sample description, counted from 1.
    pub description: u32,
}

/// `sample_is_non_sync_sample`, §8.8.3.1.
const NON_SYNC: u32 = 0x0001_0000;

/// One `trun` of one track.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// Media ticks of the first sample's decode time.
    pub dts: i64,
    pub ticks: i64,
    pub count: u64,
    /// Number of the first sample within the track's fragments.
    pub first: u64,
    data_offset: u64,
    fields: u32,
    first_flags: Option<u32>,
    defaults: Defaults,
    reach: i64,
    /// The per-sample fields, `count` times.
    entries: Box<[u8]>,
}

/// A position inside a run.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RunCursor {
    at: u64,
    dts: i64,
    offset: u64,
}

impl Run {
    fn stride(fields: u32) -> usize {
        (fields >> 8 & 0xF).count_ones() as usize * 4
    }

    pub fn next(&self, cursor: &mut RunCursor) -> Option<Sample> {
        if cursor.at >= self.count {
            return None;
        }
        let stride = Self::stride(self.fields);
        let from = cursor.at as usize * stride;
        let mut fields = Fields::new(self.entries.get(from..from + stride)?);
        let mut optional = |bit: u32| if self.fields & bit != 0 { fields.u32() } else { None };
        let duration = optional(0x100).unwrap_or(self.defaults.duration);
        let size = optional(0x200).unwrap_or(self.defaults.size);
        let own_flags = optional(0x400);
        let composition = optional(0x800).unwrap_or(0) as i32;
        let first_flags = self.first_flags.filter(|_| cursor.at == 0);
        let flags = first_flags.or(own_flags).unwrap_or(self.defaults.flags);
        let dts = self.dts.saturating_add(cursor.dts);
        let sample = Sample {
            index: self.first + cursor.at,
            offset: self.data_offset.saturating_add(cursor.offset),
            size: size.into(),
            dts,
            pts: dts.saturating_add(composition.into()),
            duration: duration.into(),
            is_key: flags & NON_SYNC == 0,
            description: self.defaults.description,
        };
        cursor.at += 1;
        cursor.dts = cursor.dts.saturating_add(duration.into());
        cursor.offset = cursor.offset.saturating_add(size.into());
        Some(sample)
    }
}

/// All runs of one track, in file order.
#[derive(Debug, Clone, Default)]
pub(super) struct Runs {
    pub runs: Vec<Run>,
    pub count: u64,
    /// Samples of these that can be read: with bytes, all of them in the file.
    pub readable: u64,
    /// Decode tick behind the last sample so far.
    pub end: i64,
    /// How many ticks a sample may be shown before it is decoded.
    pub reach: i64,
    /// Of all samples so far.
    bytes: u64,
}

impl Runs {
    /// None yet; the first one goes on from a decode tick.
    pub fn starting_at(end: i64) -> Self {
        Self { end, ..Self::default() }
    }

    /// Puts fragments into the order of their decode times. Where they lie over each other instead, recordings were
    /// joined: those behind go on where the one before ended.
    pub fn put_in_order(&mut self) {
        if self.runs.is_sorted_by_key(|run| run.dts) && !self.overlaps() {
            return;
        }
        let written = self.runs.clone();
        self.runs.sort_by_key(|run| run.dts);
        if self.overlaps() {
            self.runs = written;
            let (mut end, mut later) = (i64::MIN, 0i64);
            for run in &mut self.runs {
                if run.dts.saturating_add(later) < end.saturating_sub(run.ticks / 2) {
                    later = end.saturating_sub(run.dts);
                }
                run.dts = run.dts.saturating_add(later);
                end = end.max(run.dts.saturating_add(run.ticks));
            }
            self.end = self.end.max(end);
        }
        let mut first = 0;
        for run in &mut self.runs {
            run.first = first;
            first += run.count;
        }
    }

    /// Whether a tenth of the runs' time or more is told twice.
    fn overlaps(&self) -> bool {
        let (mut end, mut twice, mut all) = (i64::MIN, 0i64, 0i64);
        for run in &self.runs {
            let run_end = run.dts.saturating_add(run.ticks);
            twice = twice.saturating_add(end.min(run_end).saturating_sub(run.dts).max(0));
            all = all.saturating_add(run.ticks);
            end = end.max(run_end);
        }
        twice > all / 10
    }
}

/// Adds what one `moof` says to its tracks. `start` is the offset of the box, `defaults` holds each track's `trex`.
pub(super) fn read_moof(
    body: &[u8],
    start: u64,
    file_length: u64,
    defaults: &HashMap<u32, Defaults>,
    tracks: &mut HashMap<u32, Runs>,
) {
    let mut implied_base = start;
    for traf in boxes::children(body, 0..body.len()).filter(|child| child.kind == *b"traf") {
        // A track fragment that cannot be read takes nothing else with it.
        let _ = read_traf(body, &traf.body, start, &mut implied_base, file_length, defaults, tracks);
    }
}

fn read_traf(
    data: &[u8],
    traf: &Range<usize>,
    moof_start: u64,
    implied_base: &mut u64,
    file_length: u64,
    defaults: &HashMap<u32, Defaults>,
    tracks: &mut HashMap<u32, Runs>,
) -> Option<()> {
    let mut header = Fields::new(&data[boxes::find(data, traf, b"tfhd")?]);
    let flags = header.u32()? & 0xFF_FFFF;
    let track_id = header.u32()?;
    // A track without `trex` has what the fragment itself says.
    let mut defaults = defaults.get(&track_id).copied().unwrap_or_default();
    let track = tracks.get_mut(&track_id)?;
    let base = match flags & 1 {
        0 if flags & 0x2_0000 != 0 => moof_start,
        0 => *implied_base,
        _ => header.u64()?,
    };
    if flags & 2 != 0 {
        defaults.description = header.u32()?;
    }
    if flags & 8 != 0 {
        defaults.duration = header.u32()?;
    }
    if flags & 0x10 != 0 {
        defaults.size = header.u32()?;
    }
    if flags & 0x20 != 0 {
        defaults.flags = header.u32()?;
    }
    let mut dts =
        boxes::find(data, traf, b"tfdt").and_then(|body| decode_time(&data[body])).unwrap_or(track.end);
    let mut next_offset = base;
    for trun in boxes::children(data, traf.clone()).filter(|child| child.kind == *b"trun") {
        let run = read_trun(&data[trun.body], base, next_offset, dts, defaults, track.count, file_length);
        let Some((run, end_offset, readable)) = run else { break };
        // Samples that together are twice the file overlap: damage.
        track.bytes = track.bytes.saturating_add(end_offset.saturating_sub(run.data_offset));
        if track.bytes > file_length.saturating_mul(2) {
            break;
        }
        dts = dts.saturating_add(run.ticks);
        next_offset = end_offset;
        track.count += run.count;
        track.readable += readable;
        track.reach = track.reach.max(run.reach);
        track.end = track.end.max(dts);
        if run.count > 0 {
            track.runs.push(run);
        }
    }
    *implied_base = next_offset;
    Some(())
}

fn decode_time(body: &[u8]) -> Option<i64> {
    let mut fields = Fields::new(body);
    let version = fields.u32()? >> 24;
    let time = if version == 1 { fields.u64()? } else { u64::from(fields.u32()?) };
    i64::try_from(time).ok()
}

/// One run, the offset behind its data, and how many of its samples can be read. Samples behind the end of the file are
/// left out.
fn read_trun(
    body: &[u8],
    base: u64,
    next_offset: u64,
    dts: i64,
    defaults: Defaults,
    first: u64,
    file_length: u64,
) -> Option<(Run, u64, u64)> {
    let mut fields = Fields::new(body);
    let flags = fields.u32()? & 0xFF_FFFF;
    let claimed = u64::from(fields.u32()?);
    let data_offset = match flags & 1 {
        0 => next_offset,
        _ => base.checked_add_signed(i64::from(fields.i32()?))?,
    };
    let first_flags = if flags & 4 != 0 { Some(fields.u32()?) } else { None };
    let stride = Run::stride(flags);
    let most = match fields.remaining().checked_div(stride) {
        Some(most) => most as u64,
        // All samples alike: as many as the rest of the file can hold.
        None => file_length.saturating_sub(data_offset).checked_div(u64::from(defaults.size)).unwrap_or(0),
    };
    let count = claimed.min(most);
    let entries = fields.rest().get(..count as usize * stride)?.into();
    let mut run = Run {
        dts,
        ticks: 0,
        count,
        first,
        data_offset,
        fields: flags,
        first_flags,
        defaults,
        reach: 0,
        entries,
    };
    let mut cursor = RunCursor::default();
    let (mut present, mut ticks, mut readable) = (0, 0i64, 0);
    if stride == 0 {
        (present, readable) = (count, count);
        ticks = (count as i64).saturating_mul(defaults.duration.into());
        cursor.offset = count.saturating_mul(defaults.size.into());
    } else {
        while let Some(sample) = run.next(&mut cursor) {
            if sample.offset.saturating_add(sample.size) <= file_length {
                present = cursor.at;
                ticks = cursor.dts;
                readable += u64::from(sample.is_readable(file_length));
                run.reach = run.reach.max(sample.dts.saturating_sub(sample.pts));
            }
        }
    }
    run.count = present;
    run.ticks = ticks;
    Some((run, data_offset.saturating_add(cursor.offset), readable))
}
