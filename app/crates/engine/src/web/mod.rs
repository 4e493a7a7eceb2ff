//! The browser beside its codecs: its objects, its storage, its locks, its faults, and the page at the other end. Knows nothing of clips
//! beyond the ports that it stands behind.

#[cfg(target_arch = "wasm32")]
pub mod clock;
#[cfg(target_arch = "wasm32")]
pub mod failure;
#[cfg_attr(
    not(any(test, target_arch = "wasm32")),
    expect(dead_code, reason = "used by what is only in a browser")
)]
mod fault;
#[cfg(target_arch = "wasm32")]
pub mod file_source;
#[cfg(target_arch = "wasm32")]
pub mod js;
#[cfg(target_arch = "wasm32")]
pub mod locks;
#[cfg(target_arch = "wasm32")]
pub mod net;
#[cfg(target_arch = "wasm32")]
pub mod opfs;
#[cfg(target_arch = "wasm32")]
pub mod page_sender;
#[cfg(target_arch = "wasm32")]
pub mod word_breaks;
