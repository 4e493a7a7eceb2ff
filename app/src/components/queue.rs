//! Several files: those that are heard one after another, and the question that a file asks which comes while another is heard.

use super::icon::{Drawn, Icon};
use super::pressed::pressed;
use crate::browser;
use crate::session::session;
use crate::state::AppState;
use crate::state::queue::{Entry, Queue, Turn};
use leptos::prelude::*;

#[component]
pub fn Arrived() -> impl IntoView {
    let session = session();
    let words = Memo::new(move |_| {
        let open = session.state.with(|state| state.file.as_ref().map(|file| file.label.name.clone()));
        let what = session.arrived.with(|names| match names.as_slice() {
            [one] => format!("{one} came"),
            names => format!("{} videos came", names.len()),
        });
        format!("{what} while {} is being worked on.", open.unwrap_or_default())
    });
    view! {
        <Show when=move || session.arrived.with(|names| !names.is_empty())>
            <div class="notice arrived" id="arrived" role="alert" tabindex="-1">
                <p>{words}</p>
                <div class="alert-actions">
                    {pressed("hear-next", "button-primary", "Hear it next", move || {
                        session.hear_arrived_next();
                        browser::focus("#queue");
                    })}
                    {pressed("stop-first", "", "Stop the first", move || {
                        session.hear_arrived_now();
                        browser::focus("#main");
                    })}
                    {pressed("hear-never", "button-quiet", "Not now", move || {
                        session.let_arrived_go();
                        browser::focus("#main");
                    })}
                </div>
                <p class="field-note">"What was heard of the first is kept either way."</p>
            </div>
        </Show>
    }
}

/// The queue, where there is one.
#[component]
pub fn InLine() -> impl IntoView {
    let session = session();
    let queue = session.queue;
    let may_begin = Memo::new(move |_| {
        queue.with(|queue| queue.next().is_some()) && session.state.with(|state| !AppState::is_at_work(state))
    });
    let is_shown = Memo::new(move |_| queue.with(Queue::is_shown));
    let words = Memo::new(move |_| queue.with(Queue::words));
    let is_over = Memo::new(move |_| queue.with(|queue| queue.next().is_none() && queue.now().is_none()));
    let entries =
        move || queue.get().entries.into_iter().map(|entry| view! { <InTurn entry/> }).collect_view();
    view! {
        <Show when=move || is_shown.get()>
            <section class="queue card" id="queue" aria-label="Videos in line" tabindex="-1">
                <div class="queue-head">
                    <p role="status" class="queue-words">{words}</p>
                    <Show when=move || may_begin.get()>
                        {pressed("open-next", "button-small", "Start the next now", move || session.open_the_next())}
                    </Show>
                    <Show when=move || is_over.get()>
                        {pressed("close-queue", "button-quiet button-small", "Close", move || {
                            session.forget_the_queue();
                            browser::focus("#main");
                        })}
                    </Show>
                </div>
                <ol class="queue-list">{entries}</ol>
            </section>
        </Show>
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
