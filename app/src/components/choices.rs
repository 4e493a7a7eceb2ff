//! A row of radio buttons of which one holds.
//! What a choice means is known to whoever offers it.

use leptos::prelude::*;

/// One of the row called `name`; stands in a `fieldset` that says what is chosen, inside of `.choices`.
pub fn choice(
    name: &'static str,
    words: impl Into<String>,
    is_chosen: impl Fn() -> bool + Send + Sync + 'static,
    choose: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    drawn(name, words.into(), Signal::derive(is_chosen), Callback::new(move |()| choose()))
}

/// The same for every kind of choice, so that it is in the page once.
fn drawn(name: &'static str, words: String, is_chosen: Signal<bool>, choose: Callback<()>) -> AnyView {
    view! {
        <label class="choice">
            <input type="radio" name=name prop:checked=is_chosen on:change=move |_| choose.run(())/>
            <span>{words}</span>
        </label>
    }
    .into_any()
}
