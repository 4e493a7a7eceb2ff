//! What is found out or made beside the work, as one small line each: how far, time left and a way to stop it, or what became of it.
//! Knows neither what it is nor who asks for it.

use super::icon::{Drawn, Icon};
use super::show::Show;
use crate::format;
use crate::session::{Session, session};
use crate::state::jobs::Running as Job;
use crate::state::ticks::Tick;
use leptos::prelude::*;
use text::say;

/// What is said of a job while it runs, in the language of the page.
#[derive(Debug, Clone, Copy)]
pub struct Wording {
    pub id: &'static str,
    pub doing: fn() -> String,
    pub cancel_id: &'static str,
    pub cancel: fn() -> String,
}

fn figures(tick: Tick) -> String {
    let mut parts = vec![format::percent(tick.done)];
    parts.extend(tick.seconds_left.map(format::time_left));
    parts.join(" · ")
}

#[component]
pub fn Running(job: Memo<Option<Job>>, wording: Wording, cancel: fn(Session)) -> impl IntoView {
    let session = session();
    let Wording { id, doing, cancel_id, cancel: label } = wording;
    let tick = move || job.get().map(|job| session.tick(job.job));
    let done = move || tick().unwrap_or_default().done;
    let is_stopping = move || job.get().is_some_and(|job| job.is_stopping);
    view! {
        <Show when=move || job.with(Option::is_some)>
            <div class="errand" id=id>
                <p class="errand-line">
                    <span role="status">{move || if is_stopping() { say!("common-stopping") } else { doing() }}</span>
                    <span class="time errand-figures">
                        {move || tick().map(figures).unwrap_or_default()}
                    </span>
                </p>
                <button
                    type="button"
                    id=cancel_id
                    class="button button-quiet button-small"
                    aria-label=label()
                    aria-disabled=move || is_stopping().to_string()
                    on:click=move |_| {
                        if !is_stopping() {
                            cancel(session);
                        }
                    }
                >
                    {say!("common-cancel")}
                </button>
                <div
                    class="bar bar-thin"
                    role="progressbar"
                    aria-label=doing()
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || ((done() * 100.0) as u32).to_string()
                >
                    <div class="bar-fill" style:--done=move || done().to_string()></div>
                </div>
            </div>
        </Show>
    }
}

/// Shown where `why` says something; the work goes on all the same.
#[component]
pub fn Failed(why: Memo<Option<String>>, id: &'static str, again: fn(Session)) -> impl IntoView {
    let session = session();
    view! {
        <Show when=move || why.with(Option::is_some)>
            <div class="errand errand-failed" id=id>
                <p class="errand-line" role="status">
                    <span class="errand-sign"><Drawn icon=Icon::Warning/></span>
                    {move || why.get()}
                </p>
                <button type="button" class="button button-small" on:click=move |_| again(session)>
                    {say!("common-try-again")}
                </button>
            </div>
        </Show>
    }
}
