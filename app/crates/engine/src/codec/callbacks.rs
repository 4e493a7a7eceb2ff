//! What a WebCodecs codec calls back. Firefox (seen in 153) calls after `close()`: there a closure of ours would be gone, which is a trap
//! that ends the engine. So callbacks belong to JavaScript, which frees them with the codec, and reach the owner's queue only for as long
//! as there is one: what comes later is ignored, after whatever has to be closed is closed.

use super::queue::CodecQueue;
use crate::web::failure::from_js;
use clip::failure::{Doing, Failure};
use js_sys::Function;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// The `output` callback. `receive` owns what came out before it is known whether anybody waits for it.
pub fn on_output<O: JsCast + 'static, T: 'static>(
    queue: &Rc<CodecQueue<T>>,
    receive: fn(O, &JsValue) -> Result<T, Failure>,
) -> JsValue {
    let queue = Rc::downgrade(queue);
    let call = move |output: JsValue, more: JsValue| {
        let received = receive(output.unchecked_into(), &more);
        let Some(queue) = queue.upgrade() else { return };
        match received {
            Ok(item) => queue.push(item),
            Err(failure) => queue.fail(failure),
        }
    };
    Closure::<dyn Fn(JsValue, JsValue)>::new(call).into_js_value()
}

/// The `error` callback: the first error is kept for whoever pops next. `doing` says what failed.
pub fn on_error<T: 'static>(queue: &Rc<CodecQueue<T>>, doing: Doing) -> JsValue {
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
