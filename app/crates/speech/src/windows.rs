//! The models' window planner behind the domain's port.

use clip::port::{PcmWindow, Windows};
use clip::transcript::WindowSpan;
use models::vad::WindowPlanner;

/// Keeps the samples that the planner has not settled.
#[derive(Default)]
pub struct SpeechWindows {
    planner: WindowPlanner,
    samples: Vec<f32>,
}

impl SpeechWindows {
    /// Windows lie end to end, so each takes its samples from the front.
    fn take(&mut self, window: models::vad::Window) -> PcmWindow {
        let length = usize::try_from(window.end_sample - window.start_sample).unwrap_or(usize::MAX);
        let rest = self.samples.split_off(length.min(self.samples.len()));
        let samples = std::mem::replace(&mut self.samples, rest);
        PcmWindow {
            span: WindowSpan { start_sample: window.start_sample, end_sample: window.end_sample },
            samples: if window.has_speech { samples } else { Vec::new() },
            has_speech: window.has_speech,
        }
    }
}

impl Windows for SpeechWindows {
    fn push(&mut self, samples: &[f32]) -> Vec<PcmWindow> {
        self.samples.extend_from_slice(samples);
        self.planner.push(samples).into_iter().map(|window| self.take(window)).collect()
    }

    fn finish(&mut self) -> Vec<PcmWindow> {
        self.planner.finish().into_iter().map(|window| self.take(window)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_lie_end_to_end_and_silent_ones_carry_nothing() {
        let mut windows = SpeechWindows::default();
        let mut cut = Vec::new();
        (0..70).for_each(|_| cut.extend(windows.push(&vec![0.0; 16_000])));
        assert!(cut.len() >= 2, "{cut:?}");
        cut.extend(windows.finish());
        let mut end = 0;
        for window in &cut {
            assert_eq!(window.span.start_sample, end);
            end = window.span.end_sample;
            assert!(!window.has_speech && window.samples.is_empty());
        }
        assert_eq!(end, 70 * 16_000);
        assert!(windows.samples.is_empty());
    }
}
