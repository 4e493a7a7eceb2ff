//! The loudest sample of every twentieth of a second, for drawing.

use media::time::Span;

use crate::port::Events;
use crate::protocol::{FromEngine, JobId};

/// 50 ms at 16 kHz.
const BUCKET_SAMPLES: usize = 800;
const BUCKET: Span = Span::from_millis(50);
/// Ten seconds an event.
const BATCH: usize = 200;

#[derive(Debug)]
pub struct Waveform {
    job: JobId,
    first_bucket: u64,
    peaks: Vec<u8>,
    loudest: f32,
    counted: usize,
}

impl Waveform {
    pub fn new(job: JobId) -> Self {
        Self { job, first_bucket: 0, peaks: Vec::with_capacity(BATCH), loudest: 0.0, counted: 0 }
    }

    /// Takes 16 kHz mono and emits every full batch.
    pub fn push(&mut self, samples: &[f32], events: &dyn Events) {
        let mut rest = samples;
        while !rest.is_empty() {
            let (part, behind) = rest.split_at(rest.len().min(BUCKET_SAMPLES - self.counted));
            self.loudest = part.iter().fold(self.loudest, |most, sample| most.max(sample.abs()));
            self.counted += part.len();
            rest = behind;
            if self.counted == BUCKET_SAMPLES {
                self.close_bucket();
                if self.peaks.len() == BATCH {
                    self.emit(events);
                }
            }
        }
    }

    pub fn finish(&mut self, events: &dyn Events) {
        if self.counted > 0 {
            self.close_bucket();
        }
        if !self.peaks.is_empty() {
            self.emit(events);
        }
    }

    fn close_bucket(&mut self) {
        self.peaks.push((self.loudest.min(1.0) * 255.0).round() as u8);
        (self.loudest, self.counted) = (0.0, 0);
    }

    fn emit(&mut self, events: &dyn Events) {
        let peaks = std::mem::take(&mut self.peaks);
        let first_bucket = self.first_bucket;
        self.first_bucket += peaks.len() as u64;
        events.emit(FromEngine::Waveform { job: self.job, bucket: BUCKET, first_bucket, peaks });
    }
}
