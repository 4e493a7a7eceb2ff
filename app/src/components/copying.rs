//! Copying a text, and saying for a moment that it was.

use crate::browser;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen_futures::spawn_local;

/// How long it is said that something was done.
const TOLD: Duration = Duration::from_millis(2_500);

pub fn copy(text: String, told: RwSignal<&'static str>) {
    spawn_local(async move {
        tell(told, if browser::copy(&text).await { "Copied" } else { "Could not be copied" });
    });
}

pub fn tell(told: RwSignal<&'static str>, words: &'static str) {
    // The part may have gone meanwhile.
    let _ = told.try_set(words);
    set_timeout(
        move || {
            let _ = told.try_set("");
        },
        TOLD,
    );
}
