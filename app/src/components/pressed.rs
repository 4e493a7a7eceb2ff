//! A plain button with words on it. What a press means is known to whoever makes one.

use leptos::prelude::*;

/// `class`: what it looks like, besides being a button.
pub fn pressed(
    id: &'static str,
    class: &'static str,
    words: impl Into<String>,
    press: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    drawn(id, class, words.into(), Callback::new(move |()| press()))
}

/// The same for every press, so that it is in the page once.
fn drawn(id: &'static str, class: &'static str, words: String, press: Callback<()>) -> AnyView {
    view! {
        <button type="button" id=id class=format!("button {class}") on:click=move |_| press.run(())>{words}</button>
    }
    .into_any()
}
