//! Counts what was asked of a network since a file was opened. Three see it: the service worker, which every request of page and
//! workers passes; and, for what does not pass there, the lists that page and workers have of what they loaded.

use super::requests::{Request, Requests};
use super::words::{Told, read};
use crate::browser;
use gloo::events::EventListener;
use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{
    BroadcastChannel, MessageEvent, PerformanceEntry, PerformanceObserver, PerformanceObserverEntryList,
    PerformanceObserverInit,
};

/// Workers tell on it, with the tab's name behind it, what they loaded past the service worker.
const CHANNEL: &str = "incut requests ";

/// Plain signals; the observer stays in here.
#[derive(Clone, Copy)]
pub struct Witness {
    /// In the order in which they were made.
    pub requests: RwSignal<Requests>,
    /// Whether a file is open, so that requests count.
    pub is_on: RwSignal<bool>,
    watching: StoredValue<Option<Watching>, LocalStorage>,
}

/// An observer and what it calls, which must live as long.
struct Watching {
    observer: PerformanceObserver,
    _on_entries: Closure<dyn FnMut(PerformanceObserverEntryList)>,
}

impl Witness {
    pub fn new() -> Self {
        Self {
            requests: RwSignal::new(Requests::default()),
            is_on: RwSignal::new(false),
            watching: StoredValue::new_local(None),
        }
    }

    /// Hears what the workers of this tab say of themselves.
    pub fn listen(self, tab: &str) {
        let Ok(channel) = BroadcastChannel::new(&format!("{CHANNEL}{tab}")) else { return };
        // A channel that is listened to lives as long as the page.
        EventListener::new(&channel, "message", move |event| {
            if let Some(told) = event.dyn_ref::<MessageEvent>().and_then(read) {
                self.hear(told);
            }
        })
        .forget();
    }

    /// What a worker or the service worker tells.
    pub fn hear(self, told: Told) {
        match told {
            Told::Request { method, url, bytes, .. } => self.note(Request { method, url, bytes }),
            Told::Received { url, bytes, .. } => {
                self.requests.update(|requests| requests.received(&url, bytes));
            }
            Told::Asks { .. } => {}
        }
    }

    /// From now on every request counts, until [`Witness::end`]: an engine that is started again in between starts no new count.
    pub fn begin(self) {
        if self.is_on.get_untracked() {
            return;
        }
        self.is_on.set(true);
        let since_ms = browser::now_ms();
        let on_entries = Closure::<dyn FnMut(PerformanceObserverEntryList)>::new(
            move |list: PerformanceObserverEntryList| {
                for entry in list.get_entries() {
                    let Ok(entry) = entry.dyn_into::<PerformanceEntry>() else { continue };
                    if entry.start_time() >= since_ms && !passed_the_service_worker(&entry) {
                        let bytes = number(&entry, "encodedBodySize") as u64;
                        self.note(Request { method: "GET".into(), url: entry.name(), bytes });
                    }
                }
            },
        );
        let Ok(observer) = PerformanceObserver::new(on_entries.as_ref().unchecked_ref()) else { return };
        observer.observe(&PerformanceObserverInit::new(&Array::of1(&"resource".into())));
        self.watching.set_value(Some(Watching { observer, _on_entries: on_entries }));
    }

    /// The file is closed, or another one comes: the count belongs to a file.
    pub fn end(self) {
        self.is_on.set(false);
        self.requests.set(Requests::default());
        if let Some(before) = self.watching.try_update_value(Option::take).flatten() {
            before.observer.disconnect();
        }
    }

    /// One request. What stays inside the browser is none.
    fn note(self, request: Request) {
        let is_local = request.url.starts_with("blob:") || request.url.starts_with("data:");
        if self.is_on.get_untracked() && !is_local {
            self.requests.update(|requests| requests.add(request));
        }
    }
}

/// What did was answered from storage there, or is counted there.
fn passed_the_service_worker(entry: &PerformanceEntry) -> bool {
    number(entry, "workerStart") > 0.0
}

fn number(of: &JsValue, key: &str) -> f64 {
    Reflect::get(of, &key.into()).ok().and_then(|value| value.as_f64()).unwrap_or_default()
}

/// What the addresses of Incut's own files begin with.
pub fn origin() -> String {
    browser::the_window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}
