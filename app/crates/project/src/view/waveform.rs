//! The loudness of the whole file in equal buckets, filled as it is decoded, and its columns for a given width.
//! Knows no canvas.

use media::time::Span;

/// A day of 10 ms buckets; more is a fault of the sender and is left out.
const MOST_BUCKETS: usize = 24 * 3600 * 100;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Waveform {
    pub bucket: Span,
    /// Loudest absolute sample of each bucket, 0 to 255.
    pub peaks: Vec<u8>,
    /// Changes whenever the peaks do.
    pub edition: u32,
}

impl Waveform {
    /// What was stored: peaks from the start of the audio.
    pub fn stored(bucket: Span, peaks: Vec<u8>) -> Self {
        Self { bucket, peaks, edition: 1 }
    }

    pub fn put(&mut self, bucket: Span, first_bucket: u64, peaks: &[u8]) {
        let Ok(first) = usize::try_from(first_bucket) else { return };
        let Some(end) = first.checked_add(peaks.len()).filter(|end| *end <= MOST_BUCKETS) else { return };
        if self.bucket != bucket {
            (self.bucket, self.peaks) = (bucket, Vec::new());
        }
        if self.peaks.len() < end {
            self.peaks.resize(end, 0);
        }
        self.peaks[first..end].copy_from_slice(peaks);
        self.edition = self.edition.wrapping_add(1);
    }

    /// One height from 0 to 1 for each column; `None` where nothing has been decoded yet.
    pub fn columns(&self, count: usize, duration: Span) -> Vec<Option<f32>> {
        if !self.bucket.is_positive() || !duration.is_positive() {
            return vec![None; count];
        }
        let per_column = duration.seconds() / self.bucket.seconds() / count.max(1) as f64;
        let column = |index: usize| {
            let first = (index as f64 * per_column) as usize;
            let end = (((index + 1) as f64 * per_column) as usize).max(first + 1).min(self.peaks.len());
            let loudest = self.peaks.get(first..end)?.iter().max()?;
            // Speech sits low on a linear scale; a root makes it readable without hiding silence.
            Some((f32::from(*loudest) / 255.0).powf(0.6))
        };
        (0..count).map(column).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUCKET: Span = Span::from_millis(100);

    #[test]
    fn columns_take_the_loudest_and_know_what_is_missing() {
        let mut waveform = Waveform::default();
        waveform.put(BUCKET, 0, &[0, 255, 0, 0]);
        let check = |count, expected: &[Option<f32>]| {
            assert_eq!(waveform.columns(count, Span::from_millis(800)), expected);
        };
        check(4, &[Some(1.0), Some(0.0), None, None]);
        check(8, &[Some(0.0), Some(1.0), Some(0.0), Some(0.0), None, None, None, None]);
        check(1, &[Some(1.0)]);
        check(0, &[]);
    }

    #[test]
    fn blocks_may_come_in_any_order_and_nonsense_is_left_out() {
        let mut waveform = Waveform::default();
        waveform.put(BUCKET, 2, &[3, 4]);
        waveform.put(BUCKET, 0, &[1, 2]);
        assert_eq!(waveform.peaks, [1, 2, 3, 4]);
        waveform.put(BUCKET, u64::MAX, &[9]);
        waveform.put(BUCKET, MOST_BUCKETS as u64, &[9]);
        assert_eq!(waveform.peaks.len(), 4);
        assert_eq!(Waveform::default().columns(2, Span::ZERO), [None, None]);
    }
}
