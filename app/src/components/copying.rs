//! Copying a text, and saying for a moment that it was.

use crate::browser;
use leptos::prelude::*;
use std::time::Duration;
use text::say;
use wasm_bindgen_futures::spawn_local;

/// How long it is said that something was done.
const TOLD: Duration = Duration::from_millis(2_500);

pub fn copy(text: String, told: RwSignal<String>) {
    spawn_local(async move {
        let is_copied = browser::copy(&text).await;
        tell(told, if is_copied { say!("common-copied") } else { say!("common-copied-not") });
    });
}

pub fn tell(told: RwSignal<String>, words: String) {
    // The part may have gone meanwhile.
    let _ = told.try_set(words);
    set_timeout(
        move || {
            let _ = told.try_set(String::new());
        },
        TOLD,
    );
}
