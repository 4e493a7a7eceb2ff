//! Incut's page: starts the session and shows it.
//! What it does lies in `session`, what it knows in `state`, what it looks like in `components`.

mod browser;
mod catalogue;
mod components;
mod engine_link;
mod erasing;
mod fingerprint;
mod finished;
mod format;
mod forms;
mod fragment;
mod holding;
mod languages;
mod locks;
mod net;
mod page_language;
mod persistence;
mod projects;
mod reactive;
mod recents;
mod session;
mod settings;
mod shell;
mod state;
mod store;
mod wording;

use leptos::prelude::*;

fn main() {
    // Nothing is mounted natively: the compiler leaves out the whole page there, which takes it minutes.
    if cfg!(target_arch = "wasm32") {
        console_error_panic_hook::set_once();
        let settings = session::stored_settings();
        match page_language::wanted(&settings) {
            // Nothing to wait for.
            text::Language::English => mount_to_body(components::App),
            _ => wasm_bindgen_futures::spawn_local(async move {
                page_language::start(&settings).await;
                mount_to_body(components::App);
            }),
        }
    }
}
