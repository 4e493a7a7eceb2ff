//! One small line about what is found out beside the work: how far, time left, a way to stop it, and what became of it.
//! It asks for nothing: the page is whole without.

use super::icon::{Drawn, Icon};
use crate::phrasing;
use crate::session::session;
use crate::state::background::{Errand, Understanding as Stand};
use leptos::prelude::*;

fn figures(errand: &Errand) -> String {
    let mut parts = vec![phrasing::percent(errand.done)];
    parts.extend(errand.seconds_left.map(phrasing::time_left));
    parts.join(" · ")
}

#[component]
pub fn Understanding() -> impl IntoView {
    let session = session();
    let stand = Memo::new(move |_| {
        session
            .state
            .with(|state| state.file.as_ref().map(|file| file.understanding.clone()).unwrap_or_default())
    });
    let errand = Memo::new(move |_| match stand.get() {
        Stand::Running(errand) => Some(errand),
        _ => None,
    });
    let failure = Memo::new(move |_| match stand.get() {
        Stand::Failed(failure) => Some(failure),
        _ => None,
    });
    let done = move || errand.with(|errand| errand.as_ref().map(|errand| errand.done).unwrap_or_default());
    let is_stopping = move || errand.with(|errand| errand.as_ref().is_some_and(|errand| errand.stopping));
    view! {
        <Show when=move || errand.with(Option::is_some)>
            <div class="errand" id="understanding">
                <p class="errand-line">
                    <span role="status">
                        {move || if is_stopping() { "Stopping" } else { "Listening for voices, reactions and topics" }}
                    </span>
                    <span class="time errand-figures">
                        {move || errand.with(|errand| errand.as_ref().map(figures).unwrap_or_default())}
                    </span>
                </p>
                <button
                    type="button"
                    id="cancel-understanding"
                    class="button button-quiet button-small"
                    aria-label="Cancel listening for voices, reactions and topics"
                    disabled=is_stopping
                    on:click=move |_| session.stop_understanding()
                >
                    "Cancel"
                </button>
                <div
                    class="bar bar-thin"
                    role="progressbar"
                    aria-label="Listening for voices, reactions and topics"
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || ((done() * 100.0) as u32).to_string()
                >
                    <div class="bar-fill" style:--done=move || done().to_string()></div>
                </div>
            </div>
        </Show>
        <Show when=move || stand.with(|stand| *stand == Stand::Stopped)>
            <div class="errand" id="understanding-stopped">
                <p class="errand-line" role="status">"Voices, reactions and topics were not looked for."</p>
                <button
                    type="button"
                    class="button button-small"
                    on:click=move |_| session.understand_again()
                >
                    "Look for them"
                </button>
            </div>
        </Show>
        <Show when=move || failure.with(Option::is_some)>
            <div class="errand" id="understanding-failed">
                <p class="errand-line" role="status">
                    <span class="errand-sign"><Drawn icon=Icon::Warning/></span>
                    {move || {
                        let why = failure.get().map(|failure| failure.message).unwrap_or_default();
                        format!("Voices, reactions and topics could not be found out. {why} Everything else works.")
                    }}
                </p>
                <button
                    type="button"
                    class="button button-small"
                    on:click=move |_| session.understand_again()
                >
                    "Try again"
                </button>
            </div>
        </Show>
    }
}
