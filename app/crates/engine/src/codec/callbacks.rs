//! What a WebCodecs codec calls back. A codec may still call after it was closed (Firefox does), so its callbacks belong to
//! JavaScript, which frees them with the codec, and reach the owner's queue only for as long as there is one.

use crate::codec::queue::CodecQueue;
use crate::web::failure::from_js;
use js_sys::Function;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// The `error` callback: the first error is kept for whoever pops next. `doing` says what failed.
pub fn on_error<T: 'static>(queue: &Rc<CodecQueue<T>>, doing: &'static str) -> JsValue {
    let queue = Rc::downgrade(queue);
    let call = move |error: JsValue| {
        if let Some(queue) = queue.upgrade() {
            queue.fail(from_js(doing, &error));
        }
    };
    Closure::<dyn Fn(JsValue)>::new(call).into_js_value()
}

/// The `dequeue` event: the codec has room for more.
pub fn on_dequeue<T: 'static>(queue: &Rc<CodecQueue<T>>) -> Function {
    let queue = Rc::downgrade(queue);
    let call = move || {
        if let Some(queue) = queue.upgrade() {
            queue.wake();
        }
    };
    Closure::<dyn Fn()>::new(call).into_js_value().unchecked_into()
}
