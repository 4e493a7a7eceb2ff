//! What runs at the page's wish: which jobs were asked to stop, where events go, what time it is.

use crate::js;
use clip::port::{Cancellation, Clock, Events};
use clip::protocol::{FromEngine, JobId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Set once the page asked the job to stop.
#[derive(Clone, Default)]
pub struct CancelFlag(Rc<Cell<bool>>);

impl Cancellation for CancelFlag {
    fn is_cancelled(&self) -> bool {
        self.0.get()
    }
}

#[derive(Default)]
pub struct Jobs {
    running: RefCell<HashMap<JobId, CancelFlag>>,
}

impl Jobs {
    pub fn begin(&self, job: JobId) -> CancelFlag {
        let flag = CancelFlag::default();
        self.running.borrow_mut().insert(job, flag.clone());
        flag
    }

    pub fn end(&self, job: JobId) {
        self.running.borrow_mut().remove(&job);
    }

    /// `false`: no such job runs (any more).
    pub fn cancel(&self, job: JobId) -> bool {
        self.running.borrow().get(&job).map(|flag| flag.0.set(true)).is_some()
    }

    pub fn cancel_all(&self) {
        for flag in self.running.borrow().values() {
            flag.0.set(true);
        }
    }
}

/// Posts events to the page.
pub struct Page;

impl Page {
    /// Posts an event with something beside it that JSON cannot hold.
    pub fn emit_with(&self, event: &FromEngine, name: &str, value: &JsValue) {
        let message: JsValue = js::dictionary::<js_sys::Object>(&[(name, value.clone())]).into();
        post(event, &message);
    }
}

impl Events for Page {
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

pub struct WorkerClock;

impl Clock for WorkerClock {
    fn now_s(&self) -> f64 {
        js::now_ms() / 1000.0
    }
}
