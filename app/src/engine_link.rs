//! The line to the engine's worker: protocol messages out and in, with the objects that travel beside them.

use clip::failure::Failure;
use clip::json;
use clip::protocol::{FromEngine, ToEngine};
use gloo::events::EventListener;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, ErrorEvent, File, MessageEvent, OffscreenCanvas, Worker, WorkerOptions, WorkerType};

/// What came from the worker.
pub enum Heard {
    Event {
        event: FromEngine,
        file: Option<File>,
        /// A picture or a sound.
        blob: Option<Blob>,
    },
    /// The worker is gone or speaks another language.
    Died(Failure),
}

/// A running worker. Dropping it ends the worker.
pub struct EngineLink {
    worker: Worker,
    /// Dropped, they hear no more.
    _listeners: [EventListener; 2],
}

impl EngineLink {
    /// Starts the worker. It says nothing until it is told to prepare; messages posted before it has loaded wait.
    pub fn start(url: &str, on_heard: impl Fn(Heard) + Clone + 'static) -> Result<Self, Failure> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name("incut engine");
        let worker = Worker::new_with_options(url, &options).map_err(|_| Failure::NoEngine)?;

        let heard = on_heard.clone();
        let on_message = EventListener::new(&worker, "message", move |event| {
            if let Some(message) = event.dyn_ref::<MessageEvent>() {
                heard(read(&message.data()));
            }
        });
        let on_error = EventListener::new(&worker, "error", move |event| {
            let detail = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
            on_heard(Heard::Died(died(&detail)));
        });
        Ok(Self { worker, _listeners: [on_message, on_error] })
    }

    pub fn send(&self, message: &ToEngine) -> Result<(), Failure> {
        self.post(message, None, &Array::new())
    }

    pub fn send_file(&self, message: &ToEngine, file: &File) -> Result<(), Failure> {
        self.post(message, Some(("file", file.as_ref())), &Array::new())
    }

    /// The canvas is handed over: the page cannot paint on it any more.
    pub fn send_canvas(&self, message: &ToEngine, canvas: &OffscreenCanvas) -> Result<(), Failure> {
        self.post(message, Some(("canvas", canvas.as_ref())), &Array::of1(canvas))
    }

    fn post(
        &self,
        message: &ToEngine,
        beside: Option<(&str, &JsValue)>,
        hand_over: &Array,
    ) -> Result<(), Failure> {
        let text = serde_json::to_string(message).map_err(misunderstood)?;
        let envelope = Object::new();
        let put = |key: &str, value: &JsValue| Reflect::set(&envelope, &key.into(), value);
        put("json", &text.into())
            .and_then(|_| beside.map_or(Ok(true), |(key, value)| put(key, value)))
            .and_then(|_| self.worker.post_message_with_transfer(&envelope, hand_over))
            .map_err(|error| misunderstood(format!("{error:?}")))
    }
}

impl Drop for EngineLink {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn read(data: &JsValue) -> Heard {
    let beside = |key: &str| Reflect::get(data, &key.into()).ok();
    let Some(text) = beside("json").and_then(|json| json.as_string()) else {
        return Heard::Died(misunderstood("a message without text"));
    };
    match json::read(&text) {
        Ok(event) => Heard::Event {
            event,
            file: beside("file").and_then(|file| file.dyn_into().ok()),
            blob: ["picture", "sound"].into_iter().find_map(|name| beside(name)?.dyn_into().ok()),
        },
        Err(error) => Heard::Died(misunderstood(error)),
    }
}

fn died(detail: &str) -> Failure {
    let out_of_memory = detail.contains("memory") || detail.contains("allocation");
    if out_of_memory { Failure::EngineMemory } else { Failure::EngineStopped }
}

fn misunderstood(detail: impl ToString) -> Failure {
    Failure::Misunderstood { detail: detail.to_string() }
}
