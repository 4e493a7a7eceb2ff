//! Which parts of a long scrolled list are near what is seen of it, so that the others can be made of less: hours of words
//! as elements of their own weigh a hundred megabytes and more.

use crate::reactive::effect;
use js_sys::Array;
use leptos::html::{Div, Li};
use leptos::prelude::*;
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// One height of the list above what is seen of it, and one below.
const MARGIN: &str = "100% 0px";

/// Watches the parts of one scrolled list.
#[derive(Clone, Copy)]
pub struct LazyList(StoredValue<Watch, LocalStorage>);

struct Watch {
    list: NodeRef<Div>,
    observer: Option<Observer>,
    /// By the number in the part's attribute `data-part`.
    parts: HashMap<u32, RwSignal<bool>>,
    next: u32,
}

struct Observer {
    inner: IntersectionObserver,
    _on_change: Closure<dyn FnMut(Array)>,
}

impl LazyList {
    /// `list`: what scrolls.
    pub fn new(list: NodeRef<Div>) -> Self {
        Self(StoredValue::new_local(Watch { list, observer: None, parts: HashMap::new(), next: 0 }))
    }

    /// Keeps `is_near` up to date as long as the calling component lives. Gives what belongs into the attribute `data-part` of
    /// `part`. In a browser that cannot watch, every part is near.
    pub fn part(self, part: NodeRef<Li>, is_near: RwSignal<bool>) -> u32 {
        let number = self.0.try_update_value(|watch| {
            watch.next += 1;
            watch.parts.insert(watch.next, is_near);
            watch.next
        });
        let number = number.unwrap_or_default();
        effect(move || {
            if let Some(part) = part.get() {
                self.watch(&part);
            }
        });
        on_cleanup(move || {
            let gone = part.try_get_untracked().flatten();
            let _ = self.0.try_update_value(|watch| {
                watch.parts.remove(&number);
                if let (Some(observer), Some(part)) = (&watch.observer, gone) {
                    observer.inner.unobserve(&part);
                }
            });
        });
        number
    }

    fn watch(self, part: &Element) {
        let is_watched = self.0.try_update_value(|watch| {
            if watch.observer.is_none() {
                watch.observer = watch.list.get_untracked().and_then(|list| self.observe(&list));
            }
            watch.observer.as_ref().map(|observer| observer.inner.observe(part)).is_some()
        });
        if is_watched == Some(false) {
            self.say(part, true);
        }
    }

    fn observe(self, list: &Element) -> Option<Observer> {
        let on_change = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                self.say(&entry.target(), entry.is_intersecting());
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root(Some(list));
        options.set_root_margin(MARGIN);
        let inner =
            IntersectionObserver::new_with_options(on_change.as_ref().unchecked_ref(), &options).ok()?;
        Some(Observer { inner, _on_change: on_change })
    }

    fn say(self, part: &Element, near: bool) {
        let number: Option<u32> = part.get_attribute("data-part").and_then(|number| number.parse().ok());
        let is_near = self.0.try_with_value(|watch| watch.parts.get(&number?).copied()).flatten();
        if let Some(is_near) = is_near.filter(|is_near| is_near.try_get_untracked() != Some(near)) {
            // The part may just have gone.
            let _ = is_near.try_set(near);
        }
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.inner.disconnect();
    }
}
