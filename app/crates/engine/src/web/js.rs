//! The few lines of JavaScript interop that every adapter needs: plain objects, properties, promises, the worker scope.

use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, OffscreenCanvasRenderingContext2d};

/// A plain object with these properties, as the type of a WebIDL dictionary. web-sys lacks several members of the
/// WebCodecs dictionaries (`avc`, `opus`, `latencyMode` values), so dictionaries are built by name.
pub fn dictionary<T: JsCast>(entries: &[(&str, JsValue)]) -> T {
    let object = Object::new();
    for (name, value) in entries {
        set(&object, name, value);
    }
    object.unchecked_into()
}

pub fn set(target: &JsValue, name: &str, value: &JsValue) {
    // Setting a property of a plain object that nobody froze cannot fail.
    let _ = Reflect::set(target, &JsValue::from_str(name), value);
}

/// The property, `undefined` where there is none.
pub fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Gives the memory of a buffer back at once. A worker that computes in wasm makes so little garbage of its own that its buffers
/// would wait for their collection until they are hundreds of megabytes.
pub fn free(buffer: &ArrayBuffer) {
    // A browser without this (before 2024) collects it some time later.
    let _ = buffer.transfer_with_length(0);
}

/// Lets the browser collect its garbage before long. What a message brought hangs on an event that is small to the JavaScript
/// engine, so a worker that only computes in wasm would keep the sound of an hour; a buffer it sees. This one is never written to,
/// so it takes address space and no memory.
pub fn ask_for_collection() {
    const SEEN_BYTES: u32 = 32 << 20;
    drop(ArrayBuffer::new(SEEN_BYTES));
}

/// The bytes of a buffer that nobody else needs; its memory is given back.
pub fn take_bytes(buffer: &ArrayBuffer) -> Vec<u8> {
    let bytes = Uint8Array::new(buffer).to_vec();
    free(buffer);
    bytes
}

/// Bytes to be handed to the page; `None` where the browser has no room for them.
pub fn blob(bytes: &[u8]) -> Option<Blob> {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).ok()
}

pub fn has(target: &JsValue, name: &str) -> bool {
    let value = get(target, name);
    !value.is_undefined() && !value.is_null()
}

pub async fn settle(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

/// `name: message` of an exception, or its text.
pub fn text_of(error: &JsValue) -> String {
    let part = |name: &str| get(error, name).as_string().filter(|text| !text.is_empty());
    match (part("name"), part("message")) {
        (Some(name), Some(message)) => format!("{name}: {message}"),
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}

/// The scope of the worker that this module runs in.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Milliseconds since the worker started, monotonic.
pub fn now_ms() -> f64 {
    let performance = get(&js_sys::global(), "performance");
    performance.unchecked_into::<web_sys::Performance>().now()
}

/// Lets other work run for this long.
pub async fn sleep_ms(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        // A worker that is being ended may refuse; then nobody waits either.
        let _ = scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = settle(promise).await;
}

/// What a canvas shows, from its top left on: RGBA with straight alpha, [row × column × 4].
pub fn pixels(
    context: &OffscreenCanvasRenderingContext2d,
    width_px: u32,
    height_px: u32,
) -> Result<Vec<u8>, JsValue> {
    let side = |px: u32| i32::try_from(px).unwrap_or(i32::MAX);
    Ok(context.get_image_data(0, 0, side(width_px), side(height_px))?.data().0)
}
