//! Correcting what was misheard in a clip: a line to say it in, and one press for every other place where the same was heard. How new text
//! falls to words is `project::spelling`'s.

use super::act::{Act, act};
use super::icon::Icon;
use super::show::Show;
use crate::browser;
use crate::reactive::effect;
use crate::session::Session;
use clip::transcript::WordId;
use leptos::html::Input;
use leptos::prelude::*;
use project::project::Analysis;
use project::spelling::Misheard;
use std::ops::RangeInclusive;
use text::say;

/// Other places where the same was heard, and what was really said.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Offer {
    places: Vec<Misheard>,
    text: String,
}

#[derive(Clone, Copy)]
pub struct Correcting {
    session: Session,
    /// The words that are being corrected.
    open: RwSignal<Option<Misheard>>,
    offer: RwSignal<Option<Offer>>,
}

impl Correcting {
    pub fn new(session: Session) -> Self {
        Self { session, open: RwSignal::new(None), offer: RwSignal::new(None) }
    }

    /// Words are counted from the first one heard: only when all are there do they keep their numbers.
    pub fn may_begin(self) -> bool {
        self.session
            .state
            .with(|state| state.file.as_ref().is_some_and(|file| file.analysis == Analysis::Done))
    }

    pub fn begin(self, picked: RangeInclusive<WordId>) {
        self.offer.set(None);
        self.open.set(self.session.state.with_untracked(|state| {
            let file = state.file.as_ref().filter(|file| file.analysis == Analysis::Done)?;
            Misheard::of(file.transcript(), picked)
        }));
    }

    pub fn end(self) {
        self.open.set(None);
        self.offer.set(None);
    }

    fn say(self, misheard: Misheard, text: &str) {
        let places = self.session.state.with_untracked(|state| {
            state.file.as_ref().map(|file| misheard.elsewhere(file.transcript())).unwrap_or_default()
        });
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.open.set(None);
        browser::focus_soon("#clip-words");
        if self.session.spell(&[(misheard, text.clone())]) {
            self.session.tell_edit(&say!("editor-told-corrected", text = &text));
            self.offer.set((!places.is_empty()).then_some(Offer { places, text }));
        }
    }

    fn say_everywhere(self) {
        let Some(Offer { places, text }) = self.offer.get_untracked() else { return };
        self.offer.set(None);
        browser::focus_soon("#clip-words");
        let count = places.len();
        let all: Vec<(Misheard, String)> = places
            .into_iter()
            .map(|place| {
                let text = place.like(&text);
                (place, text)
            })
            .collect();
        if self.session.spell(&all) {
            self.session.tell_edit(&say!("editor-told-corrected-more", count = count));
        }
    }
}

#[component]
pub fn Correction(correcting: Correcting) -> impl IntoView {
    let Correcting { open, offer, .. } = correcting;
    let more = move || {
        let count = offer.with(|offer| offer.as_ref().map(|offer| offer.places.len()))?;
        let everywhere = Act {
            id: Some("correct-everywhere"),
            ..Act::new(
                "button button-small",
                Icon::Pencil,
                say!("editor-correct-more"),
                Callback::new(move |_| correcting.say_everywhere()),
            )
        };
        Some(view! {
            <div class="words-correct-more">
                <p>{say!("editor-correct-elsewhere", count = count)}</p>
                {act(everywhere)}
            </div>
        })
    };
    view! {
        {move || open.get().map(|misheard| view! { <Line correcting misheard/> })}
        <Show when=move || offer.with(Option::is_some)>{more}</Show>
    }
}

#[component]
fn Line(correcting: Correcting, misheard: Misheard) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    effect(move || {
        if let Some(input) = input.get() {
            request_animation_frame(move || {
                // What cannot be focused is left as it is.
                let _ = input.focus();
                input.select();
            });
        }
    });
    let heard = misheard.text.clone();
    let cancel = move || {
        correcting.open.set(None);
        browser::focus_soon("#clip-words");
    };
    view! {
        <form
            class="words-correct"
            on:submit=move |event| {
                event.prevent_default();
                if let Some(input) = input.get_untracked() {
                    correcting.say(misheard.clone(), &input.value());
                }
            }
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    // The editor stays open.
                    event.prevent_default();
                    event.stop_propagation();
                    cancel();
                }
            }
        >
            <label class="field-label" for="correct-text">{say!("editor-correct-question")}</label>
            <input
                node_ref=input
                type="text"
                id="correct-text"
                class="text-input"
                autocomplete="off"
                spellcheck="true"
                dir="auto"
                aria-describedby="correct-note"
                value=heard
            />
            <button type="submit" class="button button-small button-primary" id="correct-done">
                {say!("editor-correct-done")}
            </button>
            <button type="button" class="button button-small" on:click=move |_| cancel()>
                {say!("common-cancel")}
            </button>
            <p class="field-note" id="correct-note">{say!("editor-correct-note")}</p>
        </form>
    }
}
