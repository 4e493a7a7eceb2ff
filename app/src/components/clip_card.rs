//! One suggested clip: how it looks, what it is called, how it begins, why it was chosen, and what can be done with it.

use super::icon::{Drawn, Icon};
use super::why::{Score, Why};
use crate::phrasing;
use crate::session::session;
use crate::state::cards::Card;
use clip::edit::ClipId;
use leptos::prelude::*;

#[component]
pub fn ClipCard(id: ClipId) -> impl IntoView {
    let session = session();
    let clip = Memo::new(move |_| {
        session.state.with(|state| state.file.as_ref().and_then(|file| file.clips.get(id).cloned()))
    });
    let number = Memo::new(move |_| {
        session.state.with(|state| state.file.as_ref().and_then(|file| file.clips.number(id)))
    });
    let saved = Memo::new(move |_| {
        session.state.with(|state| state.file.as_ref().and_then(|file| file.saved_now(id).cloned()))
    });
    let is_busy = Memo::new(move |_| session.state.with(|state| state.work.is_some()));
    let is_being_made = Memo::new(move |_| {
        session
            .state
            .with(|state| state.work.as_ref().is_some_and(|work| work.is_export() && work.clip == Some(id)))
    });
    let part = Memo::new(move |_| {
        session.state.with(|state| state.work.as_ref().map(|work| work.done).unwrap_or_default())
    });
    // A picture of words that were forgotten is none of this clip.
    let poster = Memo::new(move |_| {
        let is_made = session.state.with(|state| state.posters.is_made(id));
        session.posters.with(|posters| posters.get(&id).filter(|_| is_made).cloned())
    });
    let has_address = Memo::new(move |_| session.finished.with(|finished| finished.contains_key(&id)));
    let title = Memo::new(move |_| {
        clip.with(|clip| clip.as_ref().map(|clip| clip.title.clone()).unwrap_or_default())
    });
    let length = move || {
        clip.with(|clip| clip.as_ref().map(|clip| phrasing::length(clip.length())).unwrap_or_default())
    };
    let is_kept = Memo::new(move |_| {
        session
            .state
            .with(|state| state.file.as_ref().is_some_and(|file| file.clips.cut().kept.contains(&id)))
    });
    let card = Memo::new(move |_| {
        session.state.with(|state| Card::of(state.file.as_ref()?, id)).unwrap_or_default()
    });
    let explains = RwSignal::new(false);
    let is_saved = Memo::new(move |_| saved.with(Option::is_some) && has_address.get());
    view! {
        <li id=format!("clip-{}", id.0) class="clip card" class:clip-in-work=is_being_made class:clip-kept=is_kept>
            <button
                type="button"
                class="clip-poster"
                on:click=move |_| session.choose_clip(Some(id))
            >
                <Show
                    when=move || poster.with(Option::is_some)
                    fallback=|| view! { <span class="clip-poster-empty"></span> }
                >
                    <img class="clip-picture" src=move || poster.get() alt=""/>
                </Show>
                <span class="for-readers-only">
                    {move || format!("Watch and edit clip {}, {}, ", number.get().unwrap_or_default(), title.get())}
                </span>
                <span class="clip-length time">{length}</span>
                <span class="clip-play"><Drawn icon=Icon::Play/></span>
                <Show when=move || is_being_made.get()>
                    <span class="clip-veil"><span class="time">{move || phrasing::percent(part.get())}</span></span>
                </Show>
            </button>
            <div class="clip-words">
                <div class="clip-over">
                    <span class="time">{move || format!("Clip {}", number.get().unwrap_or_default())}</span>
                    <Score id is_open=explains/>
                </div>
                <h3 class="clip-title" dir="auto">{title}</h3>
                <p class="clip-quote" dir="auto">{move || card.get().quote}</p>
                <ul class="clip-reasons" aria-label="Why it was chosen">
                    {move || card.get().reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view()}
                </ul>
            </div>
            <div class="clip-actions">
                <button
                    type="button"
                    class="button button-small clip-export"
                    class:clip-saved=is_saved
                    aria-label=move || {
                        let number = number.get().unwrap_or_default();
                        if is_saved.get() { format!("Download again clip {number}") } else { format!("Export clip {number}") }
                    }
                    // Not disabled while it is made: the focus stays here.
                    aria-disabled=move || (is_busy.get() && !is_saved.get()).to_string()
                    title=move || {
                        saved.get().map(|saved| format!("{}, {}", saved.name, phrasing::size(saved.bytes)))
                    }
                    on:click=move |_| {
                        if is_saved.get_untracked() { session.save_again(id) } else { session.export(&[id]) }
                    }
                >
                    {move || {
                        let icon = if is_saved.get() { Icon::Check } else { Icon::Download };
                        view! { <Drawn icon/> }
                    }}
                    {move || if is_saved.get() { "Download again" } else { "Export" }}
                </button>
                <button
                    type="button"
                    class="button button-quiet button-small clip-keep"
                    aria-label=move || format!("Keep clip {}", number.get().unwrap_or_default())
                    aria-pressed=move || is_kept.get().to_string()
                    title=move || if is_kept.get() { "Kept. Press to keep it no longer" } else { "Keep: it stays, and more of this kind is suggested" }
                    // A press of a key goes on to the next clip; the pointer is there already.
                    on:click=move |event| session.keep(id, event.detail() == 0)
                >
                    <Drawn icon=Icon::Keep/>
                    {move || if is_kept.get() { "Kept" } else { "Keep" }}
                </button>
                <button
                    type="button"
                    class="button button-quiet button-small clip-reject"
                    aria-label=move || format!("Skip clip {}", number.get().unwrap_or_default())
                    title="Skip: put aside, and suggest less of this kind"
                    disabled=is_being_made
                    on:click=move |_| session.reject(id)
                >
                    <Drawn icon=Icon::Reject/>
                    "Skip"
                </button>
            </div>
            <Why id is_open=explains/>
        </li>
    }
}
