//! What the engine says to the page: events as JSON, and beside them what JSON cannot hold.

use crate::web::js;
use clip::port::Events;
use clip::protocol::FromEngine;
use wasm_bindgen::JsValue;

/// Posts events to the page.
pub struct PageSender;

impl PageSender {
    /// Posts an event with something beside it that JSON cannot hold.
    pub fn emit_with(&self, event: &FromEngine, name: &str, value: &JsValue) {
        let message: JsValue = js::dictionary::<js_sys::Object>(&[(name, value.clone())]).into();
        post(event, &message);
    }
}

impl Events for PageSender {
    fn emit(&self, event: FromEngine) {
        post(&event, &js_sys::Object::new());
    }
}

fn post(event: &FromEngine, message: &JsValue) {
    match serde_json::to_string(event) {
        Ok(json) => {
            js::set(message, "json", &json.into());
            // The page owns this worker: it cannot be gone while we run.
            let _ = js::scope().post_message(message);
        }
        Err(error) => log::error!("an event could not be written: {error}"),
    }
}
