//! Several files: those that are heard one after another, and the question that a file asks which comes while another is heard.

use super::icon::{Drawn, Icon};
use super::listed::Listed;
use super::pressed::pressed;
use crate::browser;
use crate::reactive::memo;
use crate::session::{Session, session};
use crate::state::AppState;
use crate::state::queue::{Entry, Pause, Turn};
use leptos::prelude::*;
use text::say;

#[component]
pub fn Arrived() -> impl IntoView {
    let session = session();
    let press = move |id, class, words: String, press: fn(Session), then: &'static str| {
        pressed(id, class, words, move || {
            press(session);
            browser::focus_soon(then);
        })
    };
    move || {
        let names = session.arrived.get();
        let question = match names.as_slice() {
            [] => return ().into_any(),
            [one] => say!("queue-add", name = one),
            names => say!("queue-add-many", count = names.len()),
        };
        let now = say!("queue-open-now", count = names.len());
        let open = session.state.with_untracked(|state| Some(state.file.as_ref()?.label.name.clone()));
        let open = open.unwrap_or_default();
        let (not_done, stops) =
            (say!("queue-not-done", open = &open), say!("queue-now-stops", button = &now, open = &open));
        view! {
            <div class="notice arrived" id="arrived" role="alert" tabindex="-1">
                <p><strong>{question}</strong>" "{not_done}</p>
                <div class="alert-actions">
                    {press("hear-next", "button-primary", say!("queue-add-now"), Session::hear_arrived_next, "#queue")}
                    {press("stop-first", "", now, Session::hear_arrived_now, "#main")}
                    {press("hear-never", "button-quiet", say!("queue-never"), Session::let_arrived_go, "#main")}
                </div>
                <p class="field-note">{stops}</p>
            </div>
        }
        .into_any()
    }
}

/// The queue, where there is one.
#[component]
pub fn InLine() -> impl IntoView {
    let session = session();
    let is_at_work = memo(move || session.state.with(AppState::is_at_work));
    let press = move |id, words: String, press: fn(Session), then: &'static str| {
        pressed(id, "button-small", words, move || {
            press(session);
            browser::focus_soon(then);
        })
    };
    let inside = move || {
        let queue = session.queue.get();
        let start = |words| press("open-next", words, Session::open_the_next, "#main");
        let (pause, actions) = match (queue.next(), queue.now()) {
            (Some(_), _) if !is_at_work.get() && queue.pause == Pause::Soon => (
                queue.pause_words(),
                vec![
                    start(say!("queue-start-now")),
                    press("next-waits", say!("queue-wait"), Session::let_the_next_wait, "#open-next"),
                ],
            ),
            (Some(_), _) if !is_at_work.get() => (queue.pause_words(), vec![start(say!("queue-start-next"))]),
            (None, None) => {
                (None, vec![press("close-queue", say!("common-close"), Session::forget_the_queue, "#main")])
            }
            _ => (None, vec![]),
        };
        let words = queue.words();
        let entries = queue.entries.into_iter().map(|entry| view! { <InTurn entry/> }).listed();
        view! {
            <div class="queue-head">
                <p role="status" class="queue-words">{words}</p>
                <div class="queue-acts">
                    // It is told as well, where all that is told is.
                    {pause.map(|words| view! { <p class="queue-pause">{words}</p> })}
                    {actions}
                </div>
            </div>
            <ol class="queue-list">{entries}</ol>
        }
        .into_any()
    };
    // It stays in the page, so that the focus can.
    view! {
        <section
            class="queue card"
            id="queue"
            aria-label=say!("queue-label")
            tabindex="-1"
            hidden=move || session.queue.with(|queue| !queue.is_shown())
        >
            {inside}
        </section>
    }
}

#[component]
fn InTurn(entry: Entry) -> impl IntoView {
    let session = session();
    let Entry { number, name, turn } = entry;
    let remove = say!("queue-remove", name = &name);
    let how = match &turn {
        Turn::Done => say!("queue-entry-done"),
        Turn::Failed(why) => text::failure::message(why),
        Turn::Now => say!("queue-entry-now"),
        Turn::Waits => say!("queue-entry-waiting"),
    };
    let (is_now, waits, is_done) = (turn == Turn::Now, turn == Turn::Waits, turn == Turn::Done);
    let open_name =
        memo(move || session.state.with(|state| state.file.as_ref().map(|file| file.label.name.clone())));
    let again = say!("queue-open-again", name = &name);
    let shown = {
        let name = name.clone();
        move || match is_done && open_name.with(|open| open.as_ref() != Some(&name)) {
            true => view! {
                <button
                    type="button"
                    class="queue-name queue-again"
                    aria-label=again.clone()
                    title=again.clone()
                    on:click=move |_| {
                        session.open_again(number);
                        browser::focus("#main");
                    }
                >
                    {name.clone()}
                </button>
            }
            .into_any(),
            false => view! { <span class="queue-name">{name.clone()}</span> }.into_any(),
        }
    };
    view! {
        <li class="queue-entry" class:queue-now=is_now aria-current=is_now.then_some("step")>
            {shown}
            <span class="queue-how">{how}</span>
            {waits.then(|| view! {
                <button
                    type="button"
                    class="button button-quiet button-round button-small"
                    aria-label=remove.clone()
                    title=remove
                    on:click=move |_| {
                        session.take_out_of_the_queue(number);
                        browser::focus("#queue");
                    }
                >
                    <Drawn icon=Icon::Close/>
                </button>
            })}
        </li>
    }
}
