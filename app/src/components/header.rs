//! The top line: the name, what is open, and how private, offline and up to date the page is.

use super::icon::{Drawn, Icon, Mark};
use crate::session::session;
use crate::shell::are_our_own;
use crate::state::AppState;
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
                        id="close-file"
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
                <Show when=move || session.shell.can_install.get() && file_name.get().is_none()>
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

/// How many requests were made since the file was opened. Nought is the promise; a model that a person asks for later is fetched from
/// Incut's own server, and is no alarm.
#[component]
fn Witness() -> impl IntoView {
    let session = session();
    let fetched = session.shell.witness.fetched;
    let count = move || fetched.with(Vec::len);
    let is_ours = move || fetched.with(|urls| are_our_own(urls));
    let account = move || {
        let scope = if session.shell.sees_all.get() {
            "Counted: what this page, its workers and its service worker ask of any server. \
             Not counted: what the browser asks by itself, and its extensions."
        } else {
            "Counted: what this page asks of any server. Not counted here: its workers, because this browser keeps no service worker."
        };
        let what = match (count(), is_ours()) {
            (0, _) => String::new(),
            (_, true) => fetched.with(|urls| {
                format!("Incut's own files, fetched; nothing was sent:\n{}\n\n", urls.join("\n"))
            }),
            (_, false) => fetched.with(|urls| format!("{}\n\n", urls.join("\n"))),
        };
        what + scope
    };
    view! {
        <span
            class="badge witness"
            class:badge-good=move || count() == 0
            class:badge-bad=move || !is_ours()
            title=account
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
            <span class="badge offline-badge" title="Page and speech model are stored in this browser, and were checked.">
                <Drawn icon=Icon::Offline/>
                <span class="badge-text">
                    {move || if session.shell.online.get() { "Works offline" } else { "Offline, everything works" }}
                </span>
            </span>
        </Show>
    }
}

#[component]
fn UpdateButton() -> impl IntoView {
    let session = session();
    let busy = Memo::new(move |_| session.state.with(AppState::is_busy));
    view! {
        <Show when=move || session.shell.update.get()>
            <button
                type="button"
                class="button button-small"
                disabled=busy
                title=move || if busy.get() { "Available when this finishes" } else { "A newer Incut is here" }
                on:click=move |_| session.shell.update_now()
            >
                <Drawn icon=Icon::Restore/>
                {move || {
                    if session.shell.update_refused.get() { "Another tab is at work" } else { "Reload to update" }
                }}
            </button>
        </Show>
    }
}
