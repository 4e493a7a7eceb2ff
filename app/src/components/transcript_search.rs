//! Looking for something in the transcript: words as they are typed, and sentences that mean it.
//! Where they are is `project::view::transcript_search`'s and the engine's.

use super::icon::{Drawn, Icon};
use super::listed::Listed;
use super::show::Show;
use crate::format;
use crate::reactive::memo;
use crate::session::session;
use crate::state::jobs::Purpose;
use leptos::prelude::*;
use project::view::transcript_search::{Marks, Near, Place, SpokenText, marks, nearest};
use text::say;
use web_sys::KeyboardEvent;

/// What is looked for and where it is. Copied freely: it only points.
#[derive(Clone, Copy)]
pub struct TranscriptSearch {
    typed: RwSignal<String>,
    places: Memo<Vec<Place>>,
    current: RwSignal<usize>,
    pub marks: Memo<Marks>,
    /// The question that was asked by meaning.
    question: RwSignal<Option<String>>,
}

impl TranscriptSearch {
    /// `edition`: the transcript's.
    pub fn new(edition: Memo<u32>) -> Self {
        let session = session();
        let (typed, current) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
        let spoken = memo(move || {
            edition.get();
            session.state.with_untracked(|state| {
                state.file.as_ref().map(|file| SpokenText::of(file.transcript())).unwrap_or_default()
            })
        });
        let places = memo(move || {
            // Read only when something is typed, so that a growing transcript costs nothing.
            typed.with(|typed| match typed.trim().is_empty() {
                true => vec![],
                false => spoken.with(|spoken| spoken.places(typed)),
            })
        });
        let marks = memo(move || places.with(|places| marks(places, current.get())));
        Self { typed, places, current, marks, question: RwSignal::new(None) }
    }

    /// The place that is looked at, in its line.
    pub fn looked_at(self) -> Option<Place> {
        self.places.with(|places| places.get(self.current.get()).cloned())
    }

    fn set_typed(self, text: String) {
        self.typed.set(text);
        self.current.set(0);
    }

    fn step(self, step: isize) {
        let count = self.places.with_untracked(Vec::len) as isize;
        if count > 0 {
            self.current.update(|current| *current = (*current as isize + step).rem_euclid(count) as usize);
        }
    }

    fn count_in_words(self) -> String {
        if self.typed.with(|typed| typed.trim().is_empty()) {
            return String::new();
        }
        match self.places.with(Vec::len) {
            0 => say!("transcript-find-none"),
            count => say!("transcript-find-count", number = self.current.get() + 1, count = count),
        }
    }
}

#[component]
pub fn FindBox(search: TranscriptSearch) -> impl IntoView {
    let session = session();
    let has_words = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().is_some_and(|file| !file.transcript().segments.is_empty()))
    });
    let can_ask = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().is_some_and(|file| file.is_heard() && file.is_attached))
    });
    let has_typed = memo(move || search.typed.with(|typed| !typed.trim().is_empty()));
    let has_none = memo(move || search.places.with(Vec::is_empty));
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            search.step(if event.shift_key() { -1 } else { 1 });
        }
        "Escape" if has_typed.get_untracked() => {
            event.prevent_default();
            search.set_typed(String::new());
        }
        _ => {}
    };
    view! {
        <Show when=move || has_words.get()>
            <div class="finding" role="search" aria-label=say!("transcript-find")>
                <Drawn icon=Icon::Search/>
                <input
                    type="search"
                    id="find-words"
                    class="finding-input"
                    aria-label=say!("transcript-find-label")
                    placeholder=say!("transcript-find")
                    autocomplete="off"
                    enterkeyhint="next"
                    maxlength="200"
                    prop:value=move || search.typed.get()
                    on:input=move |event| search.set_typed(event_target_value(&event))
                    on:keydown=keys
                />
                <span class="time finding-count" id="find-count" role="status">{move || search.count_in_words()}</span>
                <Show when=move || has_typed.get()>
                    <button
                        type="button"
                        class="button button-quiet button-round button-small"
                        aria-label=say!("transcript-find-previous")
                        title=say!("transcript-find-previous-hint")
                        disabled=has_none
                        on:click=move |_| search.step(-1)
                    >
                        <Drawn icon=Icon::Previous/>
                    </button>
                    <button
                        type="button"
                        class="button button-quiet button-round button-small"
                        aria-label=say!("transcript-find-next")
                        title=say!("transcript-find-next-hint")
                        disabled=has_none
                        on:click=move |_| search.step(1)
                    >
                        <Drawn icon=Icon::Next/>
                    </button>
                    <button
                        type="button"
                        id="find-by-meaning"
                        class="button button-small"
                        title=say!("transcript-meaning-hint")
                        disabled=move || !can_ask.get()
                        on:click=move |_| {
                            let text = search.typed.get_untracked().trim().to_owned();
                            session.look_for_places(&text);
                            search.question.set(Some(text));
                        }
                    >
                        {say!("transcript-meaning")}
                    </button>
                </Show>
            </div>
            <ByMeaning search/>
        </Show>
    }
}

/// The sentences nearest to the question, where one was asked.
#[component]
fn ByMeaning(search: TranscriptSearch) -> impl IntoView {
    let session = session();
    let question = search.question;
    let answered = memo(move || {
        let text = question.get()?;
        session.state.with(|state| {
            let file = state.file.as_ref()?;
            file.questions.answer(&text).is_some().then_some((text, file.recording.edition()))
        })
    });
    let near = memo(move || {
        let (text, _) = answered.get()?;
        session.state.with_untracked(|state| {
            let file = state.file.as_ref()?;
            Some(nearest(file.recording.sentences(), file.questions.answer(&text)?))
        })
    });
    let failure = memo(move || {
        question.get()?;
        session.state.with(|state| {
            let (_, failure) = state.file.as_ref()?.questions.failure(Purpose::Places)?;
            Some(text::failure::message(failure))
        })
    });
    // Another file, or words heard again: nobody waits for it any more.
    let is_shown = memo(move || {
        let Some(text) = question.get() else { return false };
        let is_pending = session.state.with(|state| state.pending(Purpose::Places) == Some(text.as_str()));
        is_pending || answered.with(Option::is_some) || failure.with(Option::is_some)
    });
    let words = move || {
        let text = question.get().unwrap_or_default();
        match (near.with(Option::is_some), failure.get()) {
            (true, _) => say!("transcript-meaning-nearest", text = text),
            (false, Some(why)) => say!("transcript-meaning-failed", text = text, why = why),
            (false, None) => say!("transcript-meaning-looking", text = text),
        }
    };
    let row = move |near: Near| {
        let position = format::position(near.start);
        view! {
            <li>
                <button type="button" class="near" on:click=move |_| session.seek(near.start)>
                    <span class="time near-time">{position}</span>
                    <span dir="auto">{near.text}</span>
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || is_shown.get()>
            <div class="by-meaning" id="by-meaning">
                <div class="by-meaning-head">
                    <p role="status">{words}</p>
                    <Show when=move || failure.with(Option::is_some)>
                        <button
                            type="button"
                            class="button button-small"
                            on:click=move |_| session.look_for_places(&question.get_untracked().unwrap_or_default())
                        >
                            {say!("common-try-again")}
                        </button>
                    </Show>
                    <button
                        type="button"
                        class="button button-quiet button-round button-small"
                        aria-label=say!("transcript-meaning-close")
                        on:click=move |_| {
                            session.look_for_places("");
                            question.set(None);
                        }
                    >
                        <Drawn icon=Icon::Close/>
                    </button>
                </div>
                <ol class="nearest">{move || near.get().unwrap_or_default().into_iter().map(row).listed()}</ol>
            </div>
        </Show>
    }
}
