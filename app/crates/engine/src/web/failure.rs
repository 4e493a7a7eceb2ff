//! From the errors of the browser and of the crates below to what a person is told.

use crate::web::fault::{Asked, Fault};
use crate::web::js;
use clip::failure::{Failure, FailureClass};
use media::Class;
use wasm_bindgen::JsValue;

/// An exception of the browser while `doing` something with a codec, a picture or a file of the person's.
pub fn from_js(doing: &str, error: &JsValue) -> Failure {
    reworded(Fault::of(&name_of(error), Asked::Codec), doing, &js::text_of(error))
}

/// An exception of the browser while `doing` something with its own storage.
pub fn from_storage(doing: &str, error: &JsValue) -> Failure {
    reworded(Fault::of(&name_of(error), Asked::Storage), doing, &js::text_of(error))
}

fn name_of(error: &JsValue) -> String {
    js::get(error, "name").as_string().unwrap_or_default()
}

fn reworded(fault: Fault, doing: &str, text: &str) -> Failure {
    match fault {
        Fault::NoRoom => Failure::new(
            FailureClass::OutOfRoom,
            format!("The browser has no room left for {doing}."),
            "Free some disk space or delete stored models and projects in the settings, then try again.",
        ),
        Fault::TakenBack => Failure::new(
            FailureClass::TakenBack,
            format!("The browser took its video and sound codecs back while {doing}."),
            "Bring this tab to the front and try again; what was done so far is kept.",
        ),
        Fault::NotSupported => Failure::new(
            FailureClass::Unsupported,
            format!("This browser cannot do this: {doing} ({text})."),
            "Try a current Chrome or Edge, or convert the file to MP4 (H.264 and AAC).",
        ),
        Fault::FileGone => Failure::new(
            FailureClass::Malformed,
            format!("The file could not be read any more while {doing} ({text})."),
            "If it was moved, changed or unplugged, choose it again.",
        ),
        Fault::Other => Failure::new(
            FailureClass::Internal,
            format!("The browser reported an error while {doing}: {text}."),
            "Try again; if it stays, reload the page. What was done is kept.",
        ),
    }
}

/// An error of the demuxer.
pub fn from_media(error: &media::Error) -> Failure {
    let class = match error.class() {
        Class::Unsupported => FailureClass::Unsupported,
        Class::Malformed => FailureClass::Malformed,
        Class::Truncated => FailureClass::Truncated,
        Class::Empty => FailureClass::Empty,
    };
    Failure::new(class, text::media::message(error), text::media::advice(error))
}
