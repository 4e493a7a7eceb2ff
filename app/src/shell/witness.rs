//! Counts what was asked of a network since a file was opened. Two see it: the service worker, which every request of page and
//! workers passes, and the page's own list of what it loaded, for what does not pass there.

use crate::browser;
use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{PerformanceEntry, PerformanceObserver, PerformanceObserverEntryList, PerformanceObserverInit};

/// Plain signals; the observer stays in here.
#[derive(Clone, Copy)]
pub struct Witness {
    /// Addresses, in the order in which they were asked for.
    pub fetched: RwSignal<Vec<String>>,
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
            fetched: RwSignal::new(vec![]),
            is_on: RwSignal::new(false),
            watching: StoredValue::new_local(None),
        }
    }

    /// From now on every request counts, until [`Witness::end`]: an engine that is started anew in between starts no new count.
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
                        self.note(entry.name());
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
        self.fetched.set(vec![]);
        if let Some(before) = self.watching.try_update_value(Option::take).flatten() {
            before.observer.disconnect();
        }
    }

    /// One request. What stays inside the browser is none.
    pub fn note(self, url: String) {
        let is_local = url.starts_with("blob:") || url.starts_with("data:");
        if self.is_on.get_untracked() && !is_local {
            self.fetched.update(|fetched| fetched.push(url));
        }
    }
}

/// What did was answered from storage there, or is counted there.
fn passed_the_service_worker(entry: &PerformanceEntry) -> bool {
    let start = Reflect::get(entry, &"workerStart".into()).ok();
    start.and_then(|start| start.as_f64()).is_some_and(|start_ms| start_ms > 0.0)
}

/// Whether all of `urls` are files of Incut's own server: plain requests that carry nothing.
pub fn are_our_own(urls: &[String]) -> bool {
    let origin = browser::the_window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    let base = format!("{origin}/");
    urls.iter().all(|url| url.starts_with(&base))
}
