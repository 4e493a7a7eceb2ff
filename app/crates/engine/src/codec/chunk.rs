//! A packet as WebCodecs takes it.

use crate::web::js;
use js_sys::Uint8Array;
use media::Packet;
use media::time::Span;
use wasm_bindgen::{JsCast, JsValue};

/// Makes a chunk of a packet, which gets a time stamp of the decoder's own clock. `construct` is the chunk's constructor.
pub fn chunk_of<Init: JsCast, Chunk>(
    packet: &Packet,
    is_key: bool,
    stamp: Span,
    construct: fn(&Init) -> Result<Chunk, JsValue>,
) -> Result<Chunk, JsValue> {
    let data = Uint8Array::from(packet.data.as_slice());
    let init = js::dictionary(&[
        ("type", if is_key { "key" } else { "delta" }.into()),
        ("timestamp", (stamp.micros() as f64).into()),
        ("duration", (packet.duration.micros().max(0) as f64).into()),
        ("data", data.clone().into()),
    ]);
    let chunk = construct(&init);
    // The chunk has a copy.
    js::free(&data.buffer());
    chunk
}
