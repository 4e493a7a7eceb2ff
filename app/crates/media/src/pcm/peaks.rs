//! The shape of a sound for drawing: smallest, largest and root-mean-square sample of equal stretches, streaming.
//! Knows neither pixels nor zoom.

use serde::{Deserialize, Serialize};

/// One stretch of sound.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Peak {
    pub min: f32,
    pub max: f32,
    pub rms: f32,
}

/// Gathers peaks of stretches of `bucket_samples` samples.
#[derive(Debug, Clone)]
pub struct WaveformPeaks {
    bucket_samples: usize,
    open: Peak,
    squares: f64,
    in_open: usize,
    peaks: Vec<Peak>,
}

impl WaveformPeaks {
    /// A bucket holds at least one sample.
    pub fn new(bucket_samples: usize) -> Self {
        Self {
            bucket_samples: bucket_samples.max(1),
            open: Peak::default(),
            squares: 0.0,
            in_open: 0,
            peaks: Vec::new(),
        }
    }

    pub fn push(&mut self, samples: &[f32]) {
        for &sample in samples {
            if self.in_open == 0 {
                self.open = Peak { min: sample, max: sample, rms: 0.0 };
                self.squares = 0.0;
            }
            self.open.min = self.open.min.min(sample);
            self.open.max = self.open.max.max(sample);
            self.squares += f64::from(sample) * f64::from(sample);
            self.in_open += 1;
            if self.in_open == self.bucket_samples {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        if self.in_open > 0 {
            self.open.rms = (self.squares / self.in_open as f64).sqrt() as f32;
            self.peaks.push(self.open);
            self.in_open = 0;
        }
    }

    /// The stretches that are complete so far.
    pub fn peaks(&self) -> &[Peak] {
        &self.peaks
    }

    /// All stretches, the last one as long as the sound lasts.
    pub fn finish(mut self) -> Vec<Peak> {
        self.close();
        self.peaks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_closed_when_full_or_at_the_end() {
        let mut peaks = WaveformPeaks::new(4);
        peaks.push(&[0.5, -0.5, 0.5]);
        assert!(peaks.peaks().is_empty());
        peaks.push(&[-0.5, 1.0]);
        assert_eq!(peaks.peaks(), [Peak { min: -0.5, max: 0.5, rms: 0.5 }]);
        assert_eq!(peaks.finish()[1], Peak { min: 1.0, max: 1.0, rms: 1.0 });
    }
}
