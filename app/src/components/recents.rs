//! What was worked on before: going on with it, forgetting it and taking that back, and what cannot be read here.

use super::icon::{Drawn, Icon};
use super::listed::Listed;
use super::show::Show;
use crate::browser;
use crate::format;
use crate::projects;
use crate::reactive::memo;
use crate::recents::{Recent, Standing};
use crate::session::session;
use crate::state::shelf;
use leptos::prelude::*;
use media::time::Instant;
use text::say;

/// So many are shown before a person asks for all.
const FIRST: usize = 6;

#[component]
pub fn Recents() -> impl IntoView {
    let session = session();
    let shows_all = RwSignal::new(false);
    let count = memo(move || session.recents.with(Vec::len));
    let shown = move || {
        let most = if shows_all.get() { usize::MAX } else { FIRST };
        session.recents.get().into_iter().take(most).map(|recent| view! { <Kept recent/> }).listed()
    };
    view! {
        <Show when=move || !session.shelf_is_there.get()>
            <div class="notice" role="status" id="no-shelf">
                <p>{say!("kept-no-list")}</p>
                <div class="alert-actions">
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| leptos::task::spawn_local(projects::list(session))
                    >
                        {say!("common-try-again")}
                    </button>
                </div>
            </div>
        </Show>
        <Show when=move || { count.get() > 0 }>
            <section class="recents" aria-labelledby="recents-title">
                <h2 id="recents-title" tabindex="-1">{say!("kept-continue")}</h2>
                <Surplus/>
                <ul class="recent-list">{shown}</ul>
                <Show when=move || { count.get() > FIRST && !shows_all.get() }>
                    <button
                        type="button"
                        id="show-all-projects"
                        class="button button-quiet"
                        on:click=move |_| {
                            shows_all.set(true);
                            browser::focus("#recents-title");
                        }
                    >
                        {move || say!("kept-show-all", count = count.get())}
                    </button>
                </Show>
            </section>
        </Show>
    }
}

/// Many projects take room: which could go is proposed, never done unasked.
#[component]
fn Surplus() -> impl IntoView {
    let session = session();
    let surplus = move || -> Vec<Recent> {
        let now_ms = js_sys::Date::now();
        session
            .recents
            .with(|recents| shelf::surplus(recents, |recent| recent.place, now_ms).cloned().collect())
    };
    let press = move || say!("kept-forget-oldest", count = surplus().len());
    view! {
        <Show when=move || !surplus().is_empty()>
            <div class="surplus" id="surplus">
                <p>{move || say!("kept-projects-here", count = session.recents.with(Vec::len))}</p>
                <button
                    type="button"
                    class="button button-small"
                    on:click=move |_| {
                        projects::forget(session, surplus());
                        browser::focus("#recents-title");
                    }
                >
                    {press}
                </button>
            </div>
        </Show>
    }
}

fn how_far(standing: &Standing) -> String {
    let summary = match standing {
        Standing::Newer => return say!("kept-made-by-newer"),
        Standing::Unreadable => return say!("kept-cannot-be-read"),
        Standing::Whole(summary) => summary,
    };
    let length = format::position(Instant::ZERO + summary.duration);
    if summary.is_done {
        let clips = say!("common-clips", count = summary.clips);
        match summary.finished.len() {
            0 => format!("{length} · {clips}"),
            count => format!("{length} · {clips} · {}", say!("kept-exported", count = count)),
        }
    } else {
        let heard = summary.heard.since_zero().seconds() / summary.duration.seconds().max(0.001);
        format!("{length} · {}", say!("kept-transcribed", percent = format::percent(heard as f32)))
    }
}

#[component]
fn Kept(recent: Recent) -> impl IntoView {
    let session = session();
    let name = recent.label.name.clone();
    let how_far = how_far(&recent.standing);
    let forget = say!("kept-forget", name = &name);
    let save_raw = say!("kept-save-raw-of", name = &name);
    let is_unreadable = recent.standing == Standing::Unreadable;
    let (opened, forgotten, label) = (recent.clone(), recent.clone(), recent.label.clone());
    view! {
        <li class="recent" class:recent-unreadable=is_unreadable tabindex="-1">
            <button
                type="button"
                class="recent-open"
                disabled=is_unreadable
                on:click=move |_| session.go_on_with(opened.clone())
            >
                <Drawn icon=if is_unreadable { Icon::Warning } else { Icon::Film }/>
                <span class="recent-name">{name}</span>
                <span class="recent-far time">{how_far}</span>
            </button>
            <Show when=move || is_unreadable>
                <button
                    type="button"
                    class="button button-small"
                    aria-label=save_raw.clone()
                    on:click={
                        let label = label.clone();
                        move |_| projects::save_raw(session, label.clone())
                    }
                >
                    {say!("kept-save-raw")}
                </button>
            </Show>
            <button
                type="button"
                class="button button-quiet button-round"
                aria-label=forget.clone()
                title=forget
                on:click=move |_| {
                    // The row goes, and this button with it. Not to the next one of these.
                    browser::focus("#recents-title");
                    projects::forget(session, vec![forgotten.clone()]);
                }
            >
                <Drawn icon=Icon::Trash/>
            </button>
        </li>
    }
}
