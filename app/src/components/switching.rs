//! Another model or device that is got ready while the one that works goes on: how far it is, what failed, and a way to stay.
//! And what is asked when it is there: whether the open file shall be heard with it.

use super::icon::{Drawn, Icon};
use super::speech_model::{figures, step_words};
use crate::session::session;
use crate::state::loading::Loading;
use crate::state::switching::{Switching as Stand, Wanted};
use clip::protocol::DevicePreference;
use leptos::prelude::*;

/// One small line while a model or device is changed.
#[component]
pub fn Switching(id: &'static str) -> impl IntoView {
    let session = session();
    let stand = Memo::new(move |_| session.state.with(|state| state.switching.clone()));
    let is_there = Memo::new(move |_| stand.with(Option::is_some));
    let title = move |id: &str| {
        session.catalogue.with(|offered| {
            let mut models = offered.speech.iter().chain(&offered.writers);
            models.find(|model| model.id == id).map_or_else(|| id.to_owned(), |model| model.title.clone())
        })
    };
    let wanted = move |wanted: &Wanted| match wanted {
        Wanted::Model(id) | Wanted::Writer(Some(id)) => title(id),
        Wanted::Writer(None) => "Titles and posts by rules".to_owned(),
        Wanted::Device(DevicePreference::Auto) => "The best device".to_owned(),
        Wanted::Device(DevicePreference::Cpu) => "The CPU".to_owned(),
        Wanted::Device(DevicePreference::Webgpu) => "The GPU".to_owned(),
    };
    let words = move |Stand { wanted: what, loading }: &Stand| {
        let what = wanted(what);
        match loading {
            Loading::Starting => format!("{what}: starting"),
            Loading::Preparing(preparing) => {
                format!("{what}: {}", step_words(preparing.step).0.to_lowercase())
            }
            Loading::Ready(_) => format!("{what} takes over when the present work is done"),
            Loading::Broken(failure) => {
                format!("{what} cannot be used. {} {}", failure.message, failure.advice)
            }
        }
    };
    let has_failed = Memo::new(move |_| stand.with(|stand| stand.as_ref().is_some_and(Stand::has_failed)));
    let amount = move || {
        stand.with(|stand| match stand.as_ref().map(|stand| &stand.loading) {
            Some(Loading::Preparing(preparing)) => figures(preparing),
            _ => String::new(),
        })
    };
    // What works, as it is called; a device or a writer has no name to stay with.
    let present = move || {
        let is_model =
            stand.with(|stand| matches!(stand.as_ref().map(|it| &it.wanted), Some(Wanted::Model(_))));
        session.state.with(|state| match &state.loading {
            Loading::Ready(ready) if is_model => format!("Stay with {}", ready.model_title),
            _ => "Leave it as it was".to_owned(),
        })
    };
    view! {
        <Show when=move || is_there.get()>
            <div class="errand switching" class:errand-failed=has_failed id=id>
                <p class="errand-line">
                    <Show when=move || has_failed.get()>
                        <span class="errand-sign"><Drawn icon=Icon::Warning/></span>
                    </Show>
                    <span role="status">
                        {move || stand.with(|stand| stand.as_ref().map(words).unwrap_or_default())}
                    </span>
                    <span class="time errand-figures">{amount}</span>
                </p>
                <Show when=move || has_failed.get()>
                    <button type="button" class="button button-small" on:click=move |_| session.switch_again()>
                        "Try again"
                    </button>
                </Show>
                <button type="button" class="button button-small stay" on:click=move |_| session.stay()>
                    {present}
                </button>
            </div>
        </Show>
    }
}

/// Asked once after the speech model was changed while a file is open.
#[component]
pub fn HearWithIt() -> impl IntoView {
    let session = session();
    let asks = Memo::new(move |_| {
        session.would_hear_otherwise()
            && session.state.with(|state| {
                state.work.is_none()
                    && state.file.as_ref().is_some_and(|file| file.asks_to_hear_again && file.is_attached)
            })
    });
    view! {
        <Show when=move || asks.get()>
            <div class="notice" role="status" id="new-model">
                <p>
                    <strong>"Transcribe this file again with the new model?"</strong>
                    " Your transcript and clips stay until the new one is whole."
                </p>
                <div class="alert-actions">
                    <button type="button" class="button button-primary button-small" on:click=move |_| session.hear_again()>
                        "Transcribe again"
                    </button>
                    <button type="button" class="button button-small" on:click=move |_| session.keep_words()>
                        "Keep this transcript"
                    </button>
                </div>
            </div>
        </Show>
    }
}
