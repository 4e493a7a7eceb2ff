//! Samples once they are decoded: PCM formats to `f32`, mixing to mono, resampling, waveform peaks.
//! Knows no container and no codec that compresses.

mod format;
mod mix;

pub use format::PcmFormat;
pub use mix::{deinterleave, downmix_interleaved, downmix_planar, interleave};
