//! Whether what is done here is kept: why not where it is not, what to do about it, and the word that goes away by itself.

use super::icon::{Drawn, Icon};
use super::show::Show;
use crate::persistence;
use crate::projects;
use crate::reactive::memo;
use crate::session::session;
use crate::state::saving::{ReadOnly, Trouble};
use leptos::prelude::*;
use text::say;

/// What is wrong, and what happens or can be done.
fn words(trouble: Trouble) -> (String, String) {
    match trouble {
        Trouble::Unreachable => (say!("kept-unreachable"), say!("kept-unreachable-advice")),
        Trouble::Full => (say!("kept-full"), say!("kept-full-advice")),
        Trouble::Changed => (say!("kept-changed"), say!("kept-changed-advice")),
        Trouble::Forgotten => (say!("kept-forgotten"), say!("kept-forgotten-advice")),
        Trouble::Unreadable => (say!("kept-unreadable"), say!("kept-unreadable-advice")),
    }
}

/// Shown while something is not being kept.
#[component]
pub fn NotKept() -> impl IntoView {
    let session = session();
    let is_open = memo(move || session.state.with(|state| state.file.is_some()));
    let read_only = memo(move || session.saving.with(|saving| saving.read_only).filter(|_| is_open.get()));
    let trouble = memo(move || {
        session.saving.with(|saving| saving.trouble).filter(|_| is_open.get() && read_only.get().is_none())
    });
    let left_behind = memo(move || session.left_behind.get());
    view! {
        {move || read_only.get().map(|read_only| view! { <OnlyShown read_only/> })}
        {move || trouble.get().map(|trouble| view! { <Why trouble/> })}
        {move || left_behind.get().map(|(name, trouble)| {
            view! {
                <div class="alert" role="alert" id="left-behind">
                    <span class="alert-sign"><Drawn icon=Icon::Warning/></span>
                    <div class="alert-words">
                        <p class="alert-message">{say!("kept-left-behind", name = name)}" "{words(trouble).0}</p>
                        <p>{say!("kept-left-behind-advice")}</p>
                        <div class="alert-actions">
                            <button type="button" class="button" on:click=move |_| persistence::try_again(session)>
                                {say!("common-try-again")}
                            </button>
                        </div>
                    </div>
                </div>
            }
            .into_any()
        })}
    }
}

#[component]
fn OnlyShown(read_only: ReadOnly) -> impl IntoView {
    let session = session();
    let words = match read_only {
        ReadOnly::Elsewhere => say!("kept-elsewhere"),
        ReadOnly::Newer => say!("kept-newer"),
    };
    view! {
        <div class="notice" role="status" id="not-kept" data-why="read-only" tabindex="-1">
            <p>{words}</p>
            <Show when=move || read_only == ReadOnly::Elsewhere>
                <button type="button" class="button" id="take-over" on:click=move |_| persistence::take_over(session)>
                    {say!("kept-take-over")}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Why(trouble: Trouble) -> impl IntoView {
    let session = session();
    let (wrong, advice) = words(trouble);
    let button = move |words: String, press: fn(crate::session::Session)| {
        view! { <button type="button" class="button" on:click=move |_| press(session)>{words}</button> }
    };
    let actions = match trouble {
        Trouble::Unreachable => {
            view! { {button(say!("common-try-again"), persistence::try_again)} }.into_any()
        }
        Trouble::Full => view! {
            {button(say!("common-try-again"), persistence::try_again)}
            {button(say!("common-see-stored"), |session| session.settings_open.set(true))}
        }
        .into_any(),
        Trouble::Changed => view! {
            {button(say!("kept-take-stored"), persistence::take_stored)}
            {button(say!("kept-insist"), persistence::insist)}
        }
        .into_any(),
        Trouble::Forgotten => view! { {button(say!("kept-keep-again"), persistence::insist)} }.into_any(),
        Trouble::Unreadable => view! {
            {button(say!("kept-save-raw"), |session| {
                let label = session.state.with_untracked(|state| Some(state.file.as_ref()?.label.clone()));
                if let Some(label) = label {
                    projects::save_raw(session, label);
                }
            })}
            {button(say!("kept-replace"), persistence::insist)}
        }
        .into_any(),
    };
    view! {
        <div class="alert" role="alert" id="not-kept" data-why="trouble" tabindex="-1">
            <span class="alert-sign"><Drawn icon=Icon::Warning/></span>
            <div class="alert-words">
                <p class="alert-message">{say!("kept-not")}" "{wrong}</p>
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
                                {say!("common-undo")}
                                <kbd>{say!("common-key-undo")}</kbd>
                            </button>
                        </Show>
                    </div>
                }
                .into_any()
            })}
        </div>
    }
}
