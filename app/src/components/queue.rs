//! Several files: those that are heard one after another, and the question that a file asks which comes while another is heard.

use super::icon::{Drawn, Icon};
use super::pressed::pressed;
use crate::browser;
use crate::session::{Session, session};
use crate::state::AppState;
use crate::state::queue::{Entry, Turn};
use leptos::prelude::*;

#[component]
pub fn Arrived() -> impl IntoView {
    let session = session();
    let press = move |id, class, words, press: fn(Session), then: &'static str| {
        pressed(id, class, words, move || {
            press(session);
            browser::focus_soon(then);
        })
    };
    move || {
        let names = session.arrived.get();
        let (what, next) = match names.as_slice() {
            [] => return ().into_any(),
            [one] => (format!("{one} came"), "Add to queue"),
            names => (format!("{} videos came", names.len()), "Add to queue"),
        };
        let open = session.state.with_untracked(|state| Some(state.file.as_ref()?.label.name.clone()));
        view! {
            <div class="notice arrived" id="arrived" role="alert" tabindex="-1">
                <p>{format!("{what} while {} is being worked on.", open.unwrap_or_default())}</p>
                <div class="alert-actions">
                    {press("hear-next", "button-primary", next, Session::hear_arrived_next, "#queue")}
                    {press("stop-first", "", "Stop the first", Session::hear_arrived_now, "#main")}
                    {press("hear-never", "button-quiet", "Don't open", Session::let_arrived_go, "#main")}
                </div>
                <p class="field-note">"What was heard of the first is kept either way."</p>
            </div>
        }
        .into_any()
    }
}

/// The queue, where there is one.
#[component]
pub fn InLine() -> impl IntoView {
    let session = session();
    let is_at_work = Memo::new(move |_| session.state.with(AppState::is_at_work));
    let press = move |id, words, press: fn(Session)| {
        pressed(id, "button-small", words, move || {
            press(session);
            browser::focus("#main");
        })
    };
    let inside = move || {
        let queue = session.queue.get();
        let action = match (queue.next(), queue.now()) {
            (Some(_), _) if !is_at_work.get() => {
                Some(press("open-next", "Start the next now", Session::open_the_next))
            }
            (None, None) => Some(press("close-queue", "Close", Session::forget_the_queue)),
            _ => None,
        };
        let words = queue.words();
        let entries = queue.entries.into_iter().map(|entry| view! { <InTurn entry/> }).collect_view();
        view! {
            <div class="queue-head">
                <p role="status" class="queue-words">{words}</p>
                {action}
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
            aria-label="Videos in line"
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
    let remove = format!("Take {name} out of the line");
    let how = match &turn {
        Turn::Done => "done, and kept".to_owned(),
        Turn::Failed(why) => why.clone(),
        Turn::Now => "now".to_owned(),
        Turn::Waits => "waits".to_owned(),
    };
    let (is_now, waits) = (turn == Turn::Now, turn == Turn::Waits);
    view! {
        <li class="queue-entry" class:queue-now=is_now aria-current=is_now.then_some("step")>
            <span class="queue-name">{name}</span>
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
