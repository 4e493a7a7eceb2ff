//! The sample table of a track being written, kept run-length coded as it grows.
//! Counts ticks without drift: every time is rounded on its own and differences follow.

use crate::error::{MuxFault, Result};
use crate::time::{Instant, Span, Ticks, Timescale};

/// `(count, value)`.
pub(super) type RunLength<T> = Vec<(u32, T)>;

pub(super) struct TrackTable {
    pub timescale: Timescale,
    pub sizes: Vec<u32>,
    pub durations: RunLength<u32>,
    /// Presentation minus decode ticks.
    pub compositions: RunLength<i64>,
    /// Numbers of key samples, from 1.
    pub keys: Vec<u32>,
    pub all_keys: bool,
    /// Offset and samples of each chunk.
    pub chunks: Vec<(u64, u32)>,
    /// Ticks of the first sample's decode time.
    pub first_dts: i64,
    last_dts: i64,
    /// Ticks from the first decode time to the end of the last sample.
    pub total: i64,
    /// Earliest and latest presentation ticks.
    pub shown: Option<(i64, i64)>,
}

fn push_run<T: PartialEq>(runs: &mut RunLength<T>, value: T) {
    match runs.last_mut() {
        Some((count, last)) if *last == value && *count < u32::MAX => *count += 1,
        _ => runs.push((1, value)),
    }
}

impl TrackTable {
    pub fn new(timescale: Timescale) -> Self {
        Self {
            timescale,
            sizes: Vec::new(),
            durations: Vec::new(),
            compositions: Vec::new(),
            keys: Vec::new(),
            all_keys: true,
            chunks: Vec::new(),
            first_dts: 0,
            last_dts: 0,
            total: 0,
            shown: None,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    fn add_size(&mut self, bytes: usize) -> Result<()> {
        let size = u32::try_from(bytes).map_err(|_| MuxFault::PacketTooLarge { bytes: bytes as u64 })?;
        self.sizes.push(size);
        Ok(())
    }

    pub fn add_timed(
        &mut self,
        bytes: usize,
        pts: Instant,
        dts: Instant,
        duration: Span,
        is_key: bool,
    ) -> Result<()> {
        let ticks = |at: Instant| self.timescale.ticks(at.since_zero()).0;
        let (pts_ticks, dts_ticks, end_ticks) = (ticks(pts), ticks(dts), ticks(pts + duration));
        let length = (ticks(dts + duration) - dts_ticks).max(1);
        if self.is_empty() {
            self.first_dts = dts_ticks;
        } else {
            if dts_ticks <= self.last_dts {
                return Err(MuxFault::Order.into());
            }
            // Only now is it known how long the sample before stays.
            let gap = u32::try_from(dts_ticks - self.last_dts).unwrap_or(u32::MAX);
            self.settle_last(gap);
        }
        self.add_size(bytes)?;
        push_run(&mut self.durations, u32::try_from(length).unwrap_or(u32::MAX));
        push_run(&mut self.compositions, pts_ticks - dts_ticks);
        if is_key {
            self.keys.push(self.sizes.len() as u32);
        } else {
            self.all_keys = false;
        }
        self.last_dts = dts_ticks;
        self.total = dts_ticks - self.first_dts + length;
        let end = end_ticks.max(pts_ticks + 1);
        self.shown =
            Some(self.shown.map_or((pts_ticks, end), |(from, to)| (from.min(pts_ticks), to.max(end))));
        Ok(())
    }

    /// Replaces the last sample's guessed duration.
    fn settle_last(&mut self, gap: u32) {
        match self.durations.last_mut() {
            Some((_, last)) if *last == gap => {}
            Some((1, _)) => {
                self.durations.pop();
                push_run(&mut self.durations, gap);
            }
            Some((count, _)) => {
                *count -= 1;
                push_run(&mut self.durations, gap);
            }
            None => {}
        }
    }

    /// Moves the decode times so far forward that no sample is shown before it is decoded. How far pictures are stored out of
    /// order is known only at the end.
    pub fn settle_order(&mut self) {
        let least = self.compositions.iter().map(|&(_, offset)| offset).min().unwrap_or(0).min(0);
        self.compositions.iter_mut().for_each(|(_, offset)| *offset -= least);
        self.first_dts += least;
    }

    /// Adds a block of samples behind the last one; returns when it begins and ends.
    pub fn add_counted(&mut self, bytes: usize, samples: u32) -> Result<(Instant, Instant)> {
        self.add_size(bytes)?;
        push_run(&mut self.durations, samples);
        let start = self.total;
        self.total += i64::from(samples);
        self.shown = Some((0, self.total));
        Ok((self.timescale.instant(Ticks(start)), self.timescale.instant(Ticks(self.total))))
    }

    pub fn add_chunk(&mut self, offset: u64, samples: u32) {
        self.chunks.push((offset, samples));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_shown_before_their_decode_time_move_it_forward() {
        let mut table = TrackTable::new(Timescale::new(1_000).expect("a scale"));
        let at = |frame: usize| Instant::from_micros(frame as i64 * 40_000);
        for (number, shown) in [0, 4, 2, 1, 3, 5].into_iter().enumerate() {
            table.add_timed(1, at(shown), at(number), Span::from_millis(40), number == 0).expect("in order");
        }
        table.settle_order();
        assert_eq!(table.first_dts, -80);
        assert_eq!(table.compositions, [(1, 80), (1, 200), (1, 80), (1, 0), (1, 40), (1, 80)]);
        assert_eq!((table.shown, table.total), (Some((0, 240)), 240));
    }

    #[test]
    fn rounded_times_give_constant_runs() {
        let mut table = TrackTable::new(Timescale::new(90_000).expect("a scale"));
        let rate = crate::time::FrameRate::new(30_000, 1001).expect("a rate");
        for frame in 0..300 {
            let at = rate.instant_of(crate::time::FrameIndex(frame));
            table.add_timed(10, at, at, rate.frame_span(), frame % 30 == 0).expect("in order");
        }
        assert_eq!(table.durations, [(300, 3003)]);
        assert_eq!(table.total, 300 * 3003);
        assert_eq!(table.keys.len(), 10);
        let again = Instant::ZERO;
        assert!(table.add_timed(10, again, again, Span::ZERO, true).is_err());
    }
}
