//! Decoders and encoders: WebCodecs behind the domain's ports, from the packets of a file to pictures and sound, and back into a file.
//! Every object of the browser that holds a codec or a decoded frame has one owner here, which closes it.

pub mod aac;
#[cfg(target_arch = "wasm32")]
pub mod audio_decoder;
#[cfg(target_arch = "wasm32")]
pub mod audio_source;
#[cfg(target_arch = "wasm32")]
mod callbacks;
#[cfg(target_arch = "wasm32")]
mod chunk;
#[cfg(target_arch = "wasm32")]
pub mod clip_file;
#[cfg(target_arch = "wasm32")]
mod color_space;
#[cfg(target_arch = "wasm32")]
pub mod file_sound;
#[cfg(target_arch = "wasm32")]
pub mod frame;
#[cfg(target_arch = "wasm32")]
mod owner;
#[cfg_attr(
    not(any(test, target_arch = "wasm32")),
    expect(dead_code, reason = "used by what is only in a browser")
)]
mod queue;
#[cfg(target_arch = "wasm32")]
pub mod video_decoder;
#[cfg(target_arch = "wasm32")]
pub mod video_encoder;
#[cfg(target_arch = "wasm32")]
pub mod video_source;
