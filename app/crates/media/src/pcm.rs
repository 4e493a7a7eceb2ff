//! Samples once they are decoded: PCM formats to `f32`, mixing to mono, resampling, waveform peaks.
//! Knows no container and no codec that compresses.

mod format;
mod mix;
mod mono;
mod peaks;
mod resample;

pub use format::PcmFormat;
pub use mix::{deinterleave, downmix_interleaved, downmix_planar, interleave};
pub use mono::{Listened, MonoMixer};
pub use peaks::{Peak, WaveformPeaks};
pub use resample::Resampler;

/// Samples a second that speech recognition takes.
pub const SPEECH_RATE: u32 = 16_000;
/// Samples a second of what is exported.
pub const EXPORT_RATE: u32 = 48_000;
