//! The worker: implements the domain's ports over WebCodecs, OffscreenCanvas, OPFS and the models, and answers the
//! page's messages. Nearly all of it exists for the wasm target alone: an adapter needs a browser.

pub mod aac;
#[cfg(target_arch = "wasm32")]
mod audio_decoder;
#[cfg(target_arch = "wasm32")]
mod audio_source;
#[cfg(target_arch = "wasm32")]
mod caption_raster;
#[cfg(target_arch = "wasm32")]
mod clip_sink;
#[cfg(target_arch = "wasm32")]
mod codec_callbacks;
#[cfg(target_arch = "wasm32")]
mod codec_queue;
#[cfg(target_arch = "wasm32")]
mod color_space;
#[cfg(target_arch = "wasm32")]
mod device;
#[cfg(target_arch = "wasm32")]
mod exporting;
#[cfg(target_arch = "wasm32")]
mod failure;
#[cfg_attr(
    not(any(test, target_arch = "wasm32")),
    expect(dead_code, reason = "used by what is only in a browser")
)]
mod fault;
#[cfg(target_arch = "wasm32")]
mod file_sound;
#[cfg(target_arch = "wasm32")]
mod file_source;
#[cfg(target_arch = "wasm32")]
mod fonts;
#[cfg(target_arch = "wasm32")]
mod frame;
#[cfg(target_arch = "wasm32")]
mod jobs;
#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(target_arch = "wasm32")]
mod lane;
#[cfg(target_arch = "wasm32")]
mod lanes;
#[cfg(target_arch = "wasm32")]
mod locks;
#[cfg(target_arch = "wasm32")]
mod minds;
#[cfg(target_arch = "wasm32")]
mod open_file;
#[cfg(target_arch = "wasm32")]
mod opfs;
#[cfg(target_arch = "wasm32")]
mod painter;
#[cfg(target_arch = "wasm32")]
mod pool;
#[cfg(target_arch = "wasm32")]
mod preview;
pub mod restarts;
#[cfg(target_arch = "wasm32")]
mod session;
#[cfg(target_arch = "wasm32")]
mod speech_windows;
#[cfg(target_arch = "wasm32")]
mod video_decoder;
#[cfg(target_arch = "wasm32")]
mod video_encoder;
#[cfg(target_arch = "wasm32")]
mod video_source;
#[cfg(target_arch = "wasm32")]
mod weight_store;

#[cfg(target_arch = "wasm32")]
pub use session::serve;
