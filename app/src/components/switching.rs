//! Another model or device that is got ready while the one that works goes on: how far it is, what failed, and a way to stay.

use super::show::Show;
use super::speech_model::{figures, step_words};
use crate::catalogue;
use crate::reactive::memo;
use crate::session::{Session, session};
use crate::state::loading::Loading;
use crate::state::switching::{Switching as Stand, Wanted};
use leptos::prelude::*;
use text::failure::message;
use text::say;

/// What is said of it: what happens, how far, whether it failed, and what it is to stay with the present one.
#[derive(Clone, PartialEq)]
struct Told {
    words: String,
    amount: String,
    has_failed: bool,
    stay: String,
}

fn told(session: Session, stand: &Stand) -> Told {
    let title = |id: &String| {
        session.catalogue.with(|offered| {
            let mut models = offered.speech.iter().chain(&offered.writers);
            models
                .find(|model| model.id == *id)
                .map_or_else(|| id.clone(), |model| catalogue::model_name(&model.title))
        })
    };
    let what = match &stand.wanted {
        Wanted::Model(id) | Wanted::Writer(Some(id)) => title(id),
        Wanted::Writer(None) => say!("progress-other-rules"),
        Wanted::Device(_) => say!("progress-other-device"),
    };
    let (words, amount) = match &stand.loading {
        Loading::Starting | Loading::Deleted => (say!("progress-other-starting", what = what), String::new()),
        Loading::Preparing(preparing) => {
            let step = step_words(preparing).2;
            (say!("progress-other-step", what = what, step = step), figures(preparing))
        }
        Loading::Ready(_) => (say!("progress-other-ready", what = what), String::new()),
        Loading::Broken(failure) => {
            (say!("progress-other-broken", what = what, why = message(failure)), String::new())
        }
    };
    let stay = session.state.with(|state| match (&state.loading, &stand.wanted) {
        (Loading::Ready(ready), Wanted::Model(_)) => say!("progress-stay", model = &ready.model_title),
        _ => say!("progress-leave"),
    });
    Told { words, amount, has_failed: stand.has_failed(), stay }
}

/// One small line while a model or device is changed.
#[component]
pub fn Switching(id: &'static str) -> impl IntoView {
    let session = session();
    let stand = memo(move || {
        let stand = session.state.with(|state| state.switching.clone());
        stand.map(|stand| told(session, &stand))
    });
    let shown =
        move |of: fn(&Told) -> &String| stand.with(|stand| stand.as_ref().map(|told| of(told).clone()));
    let has_failed = memo(move || stand.with(|stand| stand.as_ref().is_some_and(|told| told.has_failed)));
    view! {
        <Show when=move || stand.with(Option::is_some)>
            <div class="errand switching" class:errand-failed=has_failed id=id>
                <p class="errand-line">
                    <span role="status">{move || shown(|told| &told.words)}</span>
                    <span class="time errand-figures">{move || shown(|told| &told.amount)}</span>
                </p>
                <Show when=move || has_failed.get()>
                    <button type="button" class="button button-small" on:click=move |_| session.switch_again()>
                        {say!("common-try-again")}
                    </button>
                </Show>
                <button type="button" class="button button-small stay" on:click=move |_| session.stay()>
                    {move || shown(|told| &told.stay)}
                </button>
            </div>
        </Show>
    }
}
