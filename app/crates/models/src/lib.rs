//! Models that run on the person's own machine: how weights lie on disk, and what is computed from them with burn.
//! Pure: no browser, no clock, no network, no file system. One code for the CPU backend and for wgpu.

#[cfg(feature = "run")]
pub mod device;
mod error;
#[cfg(feature = "run")]
pub mod face;
#[cfg(feature = "run")]
pub mod filterbank;
#[cfg(feature = "run")]
mod kernel;
#[cfg(feature = "run")]
pub mod llm;
#[cfg(feature = "run")]
pub mod mel;
#[cfg(feature = "run")]
mod movement;
#[cfg(feature = "run")]
mod q8_loader;
#[cfg(feature = "run")]
mod slow;
#[cfg(feature = "run")]
pub mod speaker;
#[cfg(feature = "run")]
pub mod text_embedding;
#[cfg(feature = "run")]
pub mod tokenizer;
#[cfg(feature = "run")]
pub mod vad;
pub mod weights;
#[cfg(feature = "run")]
pub mod whisper;

pub use error::Error;
