//! Whether what is done here is kept: why not where it is not, what to do about it, and the word that goes away by itself.

use super::icon::{Drawn, Icon};
use crate::keeping;
use crate::projects;
use crate::session::session;
use crate::state::saving::{ReadOnly, Trouble};
use leptos::prelude::*;

/// What is wrong, and what happens or can be done.
fn words(trouble: Trouble) -> (&'static str, &'static str) {
    match trouble {
        Trouble::Unreachable => (
            "The browser's storage does not answer.",
            "Leave this tab open: it is tried again by itself, and everything works meanwhile.",
        ),
        Trouble::Full => (
            "The browser has no room left.",
            "Free some disk space or delete speech models or projects in Settings; then it is kept by itself.",
        ),
        Trouble::Changed => (
            "Another tab has changed this project since it was opened here.",
            "Choose which of the two shall stay.",
        ),
        Trouble::Forgotten => {
            ("This project was forgotten in another tab.", "Close the video, or keep the project again.")
        }
        Trouble::Unreadable => (
            "What was kept of this file before cannot be read here, and is not written over.",
            "Save it as it is if you may need it, then keep this project in its place.",
        ),
    }
}

/// Shown while something is not being kept.
#[component]
pub fn NotKept() -> impl IntoView {
    let session = session();
    let is_open = Memo::new(move |_| session.state.with(|state| state.file.is_some()));
    let read_only =
        Memo::new(move |_| session.saving.with(|saving| saving.read_only).filter(|_| is_open.get()));
    let trouble = Memo::new(move |_| {
        session.saving.with(|saving| saving.trouble).filter(|_| is_open.get() && read_only.get().is_none())
    });
    let left_behind = Memo::new(move |_| session.left_behind.get());
    view! {
        {move || read_only.get().map(|read_only| view! { <OnlyShown read_only/> })}
        {move || trouble.get().map(|trouble| view! { <Why trouble/> })}
        {move || left_behind.get().map(|(name, trouble)| {
            view! {
                <div class="alert" role="alert" id="left-behind">
                    <span class="alert-sign"><Drawn icon=Icon::Warning/></span>
                    <div class="alert-words">
                        <p class="alert-message">{format!("The last changes to {name} are not kept. {}", words(trouble).0)}</p>
                        <p>"Leave this tab open and try again."</p>
                        <div class="alert-actions">
                            <button type="button" class="button" on:click=move |_| keeping::try_again(session)>
                                "Try again"
                            </button>
                        </div>
                    </div>
                </div>
            }
        })}
    }
}

#[component]
fn OnlyShown(read_only: ReadOnly) -> impl IntoView {
    let session = session();
    let words = match read_only {
        ReadOnly::Elsewhere => "This project is open in another tab. Here it can be watched, not changed.",
        ReadOnly::Newer => {
            "A newer Incut made this project. Here it is only shown, and stays as it is; reload the page to get the newer one."
        }
    };
    view! {
        <div class="notice" role="status" id="not-kept" data-why="read-only" tabindex="-1">
            <p>{words}</p>
            <Show when=move || read_only == ReadOnly::Elsewhere>
                <button type="button" class="button" id="take-over" on:click=move |_| keeping::take_over(session)>
                    "Work on it here"
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Why(trouble: Trouble) -> impl IntoView {
    let session = session();
    let (wrong, advice) = words(trouble);
    let button = move |words: &'static str, press: fn(crate::session::Session)| {
        view! { <button type="button" class="button" on:click=move |_| press(session)>{words}</button> }
    };
    let actions = match trouble {
        Trouble::Unreachable => view! { {button("Try again", keeping::try_again)} }.into_any(),
        Trouble::Full => view! {
            {button("Try again", keeping::try_again)}
            {button("See what is stored", |session| session.settings_open.set(true))}
        }
        .into_any(),
        Trouble::Changed => view! {
            {button("Take what the other tab has kept", keeping::take_stored)}
            {button("Keep what is here", keeping::insist)}
        }
        .into_any(),
        Trouble::Forgotten => view! { {button("Keep it again", keeping::insist)} }.into_any(),
        Trouble::Unreadable => view! {
            {button("Save raw", |session| {
                let label = session.state.with_untracked(|state| Some(state.file.as_ref()?.label.clone()));
                if let Some(label) = label {
                    projects::save_raw(session, label);
                }
            })}
            {button("Keep this in its place", keeping::insist)}
        }
        .into_any(),
    };
    view! {
        <div class="alert" role="alert" id="not-kept" data-why="trouble" tabindex="-1">
            <span class="alert-sign"><Drawn icon=Icon::Warning/></span>
            <div class="alert-words">
                <p class="alert-message">"Not being kept. "{wrong}</p>
                <p>{advice}</p>
                <div class="alert-actions">{actions}</div>
            </div>
        </div>
    }
}

/// A word that goes away by itself, with a way back where there is one.
#[component]
pub fn Said() -> impl IntoView {
    let session = session();
    view! {
        <div class="toast-place" role="status">
            {move || session.toast.get().map(|toast| {
                view! {
                    <div class="toast" id="toast">
                        <p>{toast.words}</p>
                        <Show when=move || toast.can_undo>
                            <button
                                type="button"
                                id="undo-forget"
                                class="button button-small"
                                aria-keyshortcuts="Control+Z"
                                on:click=move |_| {
                                    // Until the row is there again.
                                    crate::browser::focus("#main");
                                    projects::undo(session);
                                }
                            >
                                <Drawn icon=Icon::Undo/>
                                "Undo"
                                <kbd>"Ctrl Z"</kbd>
                            </button>
                        </Show>
                    </div>
                }
            })}
        </div>
    }
}
