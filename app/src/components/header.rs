//! The top line: the name, what is open, and how private, offline and up to date the page is.

use super::icon::{Drawn, Icon, Mark};
use crate::session::session;
use leptos::prelude::*;

#[component]
pub fn Header() -> impl IntoView {
    let session = session();
    let file_name = Memo::new(move |_| {
        session.state.with(|state| state.file.as_ref().map(|file| file.label.name.clone()))
    });
    let is_open = Memo::new(move |_| {
        session.state.with(|state| state.file.as_ref().is_some_and(|file| file.facts.is_some()))
    });
    view! {
        <header class="header">
            <a class="wordmark" href="/" aria-label="Incut, start page" on:click=move |event| {
                event.prevent_default();
                if session.state.with_untracked(|state| state.file.is_some()) {
                    session.close_file();
                }
            }>
                <Mark/>
                <span>"Incut"</span>
            </a>
            <Show when=move || file_name.get().is_some()>
                <div class="open-file">
                    <span class="open-file-name" title=move || file_name.get()>{move || file_name.get()}</span>
                    <button
                        type="button"
                        class="button button-quiet button-round button-small"
                        aria-label="Close this video"
                        title="Close this video"
                        on:click=move |_| session.close_file()
                    >
                        <Drawn icon=Icon::Close/>
                    </button>
                </div>
            </Show>
            <div class="header-end">
                <Show when=move || is_open.get()>
                    <Witness/>
                </Show>
                <OfflineBadge/>
                <UpdateButton/>
                <Show when=move || session.shell.can_install.get()>
                    <button type="button" class="button button-small" on:click=move |_| session.shell.install()>
                        <Drawn icon=Icon::Download/>
                        "Install"
                    </button>
                </Show>
                <button
                    type="button"
                    class="button button-quiet button-round"
                    aria-label="Settings"
                    title="Settings"
                    on:click=move |_| session.settings_open.set(true)
                >
                    <Drawn icon=Icon::Cog/>
                </button>
            </div>
        </header>
    }
}

/// How many requests this page made since the file was opened. Nought is the promise.
#[component]
fn Witness() -> impl IntoView {
    let session = session();
    let count = move || session.shell.fetched.with(Vec::len);
    view! {
        <span
            class="badge witness"
            class:badge-good=move || count() == 0
            class:badge-bad=move || { count() > 0 }
            title=move || session.shell.fetched.with(|urls| urls.join("\n"))
        >
            <Drawn icon=Icon::Lock/>
            <span class="witness-long">"Requests since your file was opened: "</span>
            <span class="witness-short" aria-hidden="true">"Requests: "</span>
            <span id="request-count">{count}</span>
        </span>
    }
}

#[component]
fn OfflineBadge() -> impl IntoView {
    let session = session();
    let model_is_here = Memo::new(move |_| session.state.with(|state| state.loading.is_ready()));
    let ready = move || session.shell.stored.get() && model_is_here.get();
    view! {
        <Show when=ready>
            <span class="badge offline-badge" title="Page and speech model are stored in this browser.">
                <Drawn icon=Icon::Offline/>
                <span class="badge-text">
                    {move || if session.shell.online.get() { "Ready offline" } else { "You are offline, and all is here" }}
                </span>
            </span>
        </Show>
    }
}

#[component]
fn UpdateButton() -> impl IntoView {
    let session = session();
    let busy = Memo::new(move |_| session.state.with(|state| state.work.is_some()));
    view! {
        <Show when=move || session.shell.update.get()>
            <button
                type="button"
                class="button button-small"
                disabled=busy
                title=move || if busy.get() { "When the present work is done" } else { "A newer Incut is here" }
                on:click=move |_| session.shell.update_now()
            >
                <Drawn icon=Icon::Restore/>
                "Reload to update"
            </button>
        </Show>
    }
}
