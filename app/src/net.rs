//! The page's one door to the network: plain GET of files of its own server. What is fetched, and when, is decided by who asks; the engine
//! has a door of its own, and what the service worker fetches is its own matter.

use crate::browser;
use clip::address::is_own_file;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

/// `None` where the server does not answer, or not with the file.
pub async fn get(path: &str) -> Option<Response> {
    ask(path, &RequestInit::new()).await.filter(Response::ok)
}

/// Makes the browser's own copy of a file new. Given up after `within_ms`, where the browser can; without an answer the copy stays as it is.
pub async fn renew(path: &str, within_ms: u32) {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoCache);
    give_up_after(&options, within_ms);
    ask(path, &options).await;
}

fn give_up_after(options: &RequestInit, ms: u32) {
    let signal = || {
        let class = Reflect::get(&js_sys::global(), &"AbortSignal".into()).ok()?;
        let timeout: Function = Reflect::get(&class, &"timeout".into()).ok()?.dyn_into().ok()?;
        timeout.call1(&class, &JsValue::from(ms)).ok()
    };
    if let Some(signal) = signal() {
        // A new object takes any property.
        let _ = Reflect::set(options, &"signal".into(), &signal);
    }
}

async fn ask(path: &str, options: &RequestInit) -> Option<Response> {
    if !is_own_file(path) {
        return None;
    }
    let asked = browser::the_window()?.fetch_with_str_and_init(path, options);
    JsFuture::from(asked).await.ok()?.dyn_into().ok()
}
