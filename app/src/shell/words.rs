//! What page and service worker say to each other: plain objects with a `type`, and answers over a channel made for one question.
//! Knows the form of it; refuses to know what follows from an answer.

use crate::browser;
use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, ServiceWorker};

/// What the service worker knows of the files it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub build: String,
    /// Every file of the build is stored and is what it should be.
    pub is_whole: bool,
}

/// What the service worker says unasked.
pub enum Told {
    /// Something goes to a network; `tab` names the page whose worker asked for it, where that is known.
    Request { method: String, url: String, tab: String, bytes: u64 },
    /// So much comes for one of them.
    Received { url: String, tab: String, bytes: u64 },
    /// It wants to know what this page is doing.
    Asks { port: JsValue },
}

/// What this page is doing.
#[derive(Debug, Clone, Copy)]
pub struct Doing {
    pub is_open: bool,
    pub is_busy: bool,
}

/// Asks what is stored, and has what is missing fetched where `heal` says so. `None`: no answer within `limit_ms`.
pub async fn look(worker: &ServiceWorker, heal: bool, limit_ms: u32) -> Option<Kept> {
    let answer = ask(worker, &[("type", "look".into()), ("heal", heal.into())], limit_ms).await?;
    let shell = text(&answer, "shell")?;
    Some(Kept { build: text(&answer, "build")?, is_whole: shell == "whole" || shell == "healed" })
}

/// Asks a waiting build to take over; whether it did. A worker of before it could answer does so without a word.
pub async fn take_over(worker: &ServiceWorker, limit_ms: u32) -> bool {
    match ask(worker, &[("type", "skip-waiting".into())], limit_ms).await {
        Some(answer) => get(&answer, "taken").is_truthy(),
        None => true,
    }
}

/// Nothing more is to be fetched for storing the shell.
pub fn stop(worker: &ServiceWorker) {
    // A worker that has gone fetches nothing.
    let _ = worker.post_message(&object(&[("type", "stop".into())]));
}

pub fn read(event: &MessageEvent) -> Option<Told> {
    let data = event.data();
    let tab = || text(&data, "tab").unwrap_or_default();
    let bytes = || get(&data, "bytes").as_f64().unwrap_or_default() as u64;
    match text(&data, "type")?.as_str() {
        "request" => {
            let method = text(&data, "method").unwrap_or_else(|| "GET".into());
            Some(Told::Request { method, url: text(&data, "url")?, tab: tab(), bytes: bytes() })
        }
        "received" => Some(Told::Received { url: text(&data, "url")?, tab: tab(), bytes: bytes() }),
        "what-are-you-doing" => {
            let ports = Array::from(&get(event, "ports"));
            Some(Told::Asks { port: ports.get(0) })
        }
        _ => None,
    }
}

pub fn answer(port: &JsValue, doing: Doing) {
    let build = browser::meta("incut-build").unwrap_or_default();
    let words = [("build", build.into()), ("open", doing.is_open.into()), ("busy", doing.is_busy.into())];
    if let Ok(post) = get(port, "postMessage").dyn_into::<Function>() {
        // Whoever asked may have gone.
        let _ = post.call1(port, &object(&words));
    }
}

/// What `promise` gives, or nothing where it fails or takes longer than `limit_ms`.
pub async fn within(promise: Promise, limit_ms: u32) -> Option<JsValue> {
    match select(JsFuture::from(promise), TimeoutFuture::new(limit_ms)).await {
        Either::Left((outcome, _)) => outcome.ok(),
        Either::Right(_) => None,
    }
}

async fn ask(worker: &ServiceWorker, words: &[(&str, JsValue)], limit_ms: u32) -> Option<JsValue> {
    let class: Function = get(&js_sys::global(), "MessageChannel").dyn_into().ok()?;
    let channel = Reflect::construct(&class, &Array::new()).ok()?;
    let (ours, theirs) = (get(&channel, "port1"), get(&channel, "port2"));
    let answered = Promise::new(&mut |resolve, _| {
        let take = Closure::once_into_js(move |event: MessageEvent| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &event.data());
        });
        let _ = Reflect::set(&ours, &"onmessage".into(), &take);
    });
    worker.post_message_with_transferable(&object(words), &Array::of1(&theirs)).ok()?;
    within(answered, limit_ms).await.filter(JsValue::is_object)
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in fields {
        // A new object takes any property.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object
}

fn get(of: &JsValue, key: &str) -> JsValue {
    Reflect::get(of, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text(of: &JsValue, key: &str) -> Option<String> {
    get(of, key).as_string()
}
