//! The worker: implements the domain's ports over WebCodecs, OffscreenCanvas, OPFS and the models, and answers the
//! page's messages. Nearly all of it exists for the wasm target alone: an adapter needs a browser. Its rooms are floors, each of which
//! uses those below it: `session`, `jobs`, `open_file`, `picture`, `codec` and `models`, `web`.

pub mod codec;
#[cfg(target_arch = "wasm32")]
mod jobs;
pub mod models;
#[cfg(target_arch = "wasm32")]
mod open_file;
#[cfg(target_arch = "wasm32")]
mod picture;
#[cfg(target_arch = "wasm32")]
mod session;
mod web;

#[cfg(target_arch = "wasm32")]
pub use session::serve;
