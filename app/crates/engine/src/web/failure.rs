//! From the exceptions of the browser to failures.

use crate::web::fault::{Asked, Fault};
use crate::web::js;
use clip::failure::{Doing, Failure};
use wasm_bindgen::JsValue;

/// An exception of the browser while `doing` something with a codec, a picture or a file of the person's.
pub fn from_js(doing: Doing, error: &JsValue) -> Failure {
    failure(Fault::of(&name_of(error), Asked::Codec), doing, error)
}

/// An exception of the browser while `doing` something with its own storage.
pub fn from_storage(doing: Doing, error: &JsValue) -> Failure {
    failure(Fault::of(&name_of(error), Asked::Storage), doing, error)
}

fn name_of(error: &JsValue) -> String {
    js::get(error, "name").as_string().unwrap_or_default()
}

fn failure(fault: Fault, doing: Doing, error: &JsValue) -> Failure {
    let detail = js::text_of(error);
    match fault {
        Fault::NoRoom => Failure::NoRoom(doing),
        Fault::TakenBack => Failure::TakenBack(doing),
        Fault::NotSupported => Failure::NotSupported { doing, detail },
        Fault::FileGone => Failure::FileGone { doing, detail },
        Fault::Other => Failure::Browser { doing, detail },
    }
}
