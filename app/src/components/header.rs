//! The top line: the name, what is open, and how private, offline and up to date the page is.

use super::icon::{Drawn, Icon, Mark};
use super::show::Show;
use crate::reactive::memo;
use crate::session::session;
use crate::shell::origin;
use crate::state::AppState;
use leptos::prelude::*;
use text::say;

#[component]
pub fn Header() -> impl IntoView {
    let session = session();
    let file_name =
        memo(move || session.state.with(|state| state.file.as_ref().map(|file| file.label.name.clone())));
    let is_open = memo(move || {
        session.state.with(|state| state.file.as_ref().is_some_and(|file| file.facts.is_some()))
    });
    view! {
        <header class="header">
            <a class="wordmark" href="/" aria-label=say!("page-start") on:click=move |event| {
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
                        aria-label=say!("page-close-video")
                        title=say!("page-close-video")
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
                    <button
                        type="button"
                        class="button button-small install"
                        aria-label=say!("page-install")
                        title=say!("page-install")
                        on:click=move |_| session.shell.install()
                    >
                        <Drawn icon=Icon::Download/>
                        <span>{say!("page-install")}</span>
                    </button>
                </Show>
                <button
                    type="button"
                    id="open-settings"
                    class="button button-quiet button-round"
                    aria-label=say!("common-settings")
                    title=say!("common-settings")
                    on:click=move |_| session.settings_open.set(true)
                >
                    <Drawn icon=Icon::Cog/>
                </button>
            </div>
        </header>
    }
}

/// How many requests were made since the file was opened. Nought is the promise; Incut's own files, say a model that a person asks for
/// later, are named and are no alarm.
#[component]
fn Witness() -> impl IntoView {
    let session = session();
    let origin = origin();
    let account = memo(move || {
        session.shell.witness.requests.with(|requests| {
            (requests.count(), requests.words(&origin), requests.unexpected(&origin).join("\n"))
        })
    });
    let class = move || {
        account.with(|(count, _, strange)| match (count, strange.is_empty()) {
            (0, _) => "badge witness badge-good",
            (_, true) => "badge witness",
            (_, false) => "badge witness badge-bad",
        })
    };
    let shown = move || {
        let (count, words, _) = account.get();
        let (long, short) = (say!("page-requests-since"), say!("page-requests"));
        let (before, after) = match count {
            0 => (long.clone(), String::new()),
            _ => (short.clone(), format!(" · {words}")),
        };
        view! {
            <span class="for-readers-only">{long}" "</span>
            <span class="witness-long" aria-hidden="true">{before}" "</span>
            <span class="witness-short" aria-hidden="true">{short}" "</span>
            <span id="request-count">{count.to_string()}</span>
            <span class="witness-long" id="request-words">{after}</span>
        }
        .into_any()
    };
    let told = move || {
        let (count, words, strange) = account.get();
        let told = match count {
            0 => say!("page-requests-none"),
            _ => say!("page-requests-told", what = words),
        };
        view! {
            <p><strong>{told}</strong></p>
            <p class="witness-strange">{strange}</p>
        }
        .into_any()
    };
    view! {
        <button type="button" class=class popovertarget="witness-account">
            <Drawn icon=Icon::Lock/>
            {shown}
        </button>
        <div id="witness-account" class="witness-account" popover="auto">
            {told}
            <p class="field-note">{say!("page-requests-counted")}</p>
        </div>
    }
}

#[component]
fn OfflineBadge() -> impl IntoView {
    let session = session();
    let model_is_here = memo(move || session.state.with(|state| state.loading.is_ready()));
    let ready = move || session.shell.stored.get() && model_is_here.get();
    view! {
        <Show when=ready>
            <span class="badge offline-badge" title=say!("page-offline-why")>
                <Drawn icon=Icon::Offline/>
                <span class="badge-text">
                    {move || if session.shell.online.get() { say!("page-works-offline") } else { say!("page-is-offline") }}
                </span>
            </span>
        </Show>
    }
}

#[component]
fn UpdateButton() -> impl IntoView {
    let session = session();
    let busy = memo(move || session.state.with(AppState::is_busy));
    view! {
        <Show when=move || session.shell.update.get()>
            <button
                type="button"
                class="button button-small"
                disabled=busy
                title=move || if busy.get() { say!("page-update-waits") } else { say!("page-update-is-here") }
                on:click=move |_| session.shell.update_now()
            >
                <Drawn icon=Icon::Restore/>
                {move || {
                    if session.shell.update_refused.get() { say!("page-update-refused") } else { say!("page-update") }
                }}
            </button>
        </Show>
    }
}
