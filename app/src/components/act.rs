//! A button for something done with a clip: on its card and in the editor the same, so that it is in the page once.
//! What it does is known to whoever shows it.

use super::icon::{Drawn, Icon};
use leptos::prelude::*;

#[derive(Clone)]
pub struct Act {
    pub id: Option<&'static str>,
    pub class: &'static str,
    pub icon: Signal<Icon>,
    pub words: Signal<String>,
    /// Where the words alone do not say of which clip.
    pub label: Signal<Option<String>>,
    pub title: Signal<Option<String>>,
    /// Of what is on or off.
    pub is_pressed: Option<Memo<bool>>,
    /// While it is busy it cannot be pressed, and keeps the focus.
    pub is_busy: Signal<bool>,
    /// `true`: by a key and not by a pointer.
    pub press: Callback<bool>,
}

impl Act {
    pub fn new(class: &'static str, icon: Icon, words: impl Into<String>, press: Callback<bool>) -> Self {
        Self {
            id: None,
            class,
            icon: Signal::stored(icon),
            words: Signal::stored(words.into()),
            label: Signal::stored(None),
            title: Signal::stored(None),
            is_pressed: None,
            is_busy: Signal::stored(false),
            press,
        }
    }
}

pub fn act(act: Act) -> AnyView {
    let Act { id, class, icon, words, label, title, is_pressed, is_busy, press } = act;
    view! {
        <button
            type="button"
            id=id
            class=class
            aria-label=label
            title=title
            aria-pressed=is_pressed.map(|is_pressed| move || is_pressed.get().to_string())
            aria-disabled=move || is_busy.get().then_some("true")
            on:click=move |event| {
                if !is_busy.get_untracked() {
                    press.run(event.detail() == 0);
                }
            }
        >
            {move || view! { <Drawn icon=icon.get()/> }}
            {words}
        </button>
    }
    .into_any()
}
