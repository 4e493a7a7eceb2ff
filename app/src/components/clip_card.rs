//! One suggested clip: how it looks, what it is called, why it was chosen, and what can be done with it.

use super::icon::{Drawn, Icon};
use super::why::Why;
use crate::phrasing;
use crate::session::session;
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
    let reasons =
        move || clip.with(|clip| clip.as_ref().map(|clip| clip.reasons.clone()).unwrap_or_default());
    view! {
        <li class="clip card" class:clip-in-work=is_being_made class:clip-kept=is_kept>
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
                    <Why id/>
                </div>
                <h3 class="clip-title" dir="auto">{title}</h3>
                <ul class="clip-reasons" aria-label="Why it was chosen">
                    {move || reasons().into_iter().take(3).map(|reason| view! { <li>{reason}</li> }).collect_view()}
                </ul>
            </div>
            <div class="clip-actions">
                <Show
                    when=move || saved.with(Option::is_some) && has_address.get()
                    fallback=move || {
                        view! {
                            <button
                                type="button"
                                class="button button-small"
                                aria-label=move || format!("Export clip {}", number.get().unwrap_or_default())
                                disabled=is_busy
                                on:click=move |_| session.export(&[id])
                            >
                                <Drawn icon=Icon::Download/>
                                "Export"
                            </button>
                        }
                    }
                >
                    <button
                        type="button"
                        class="button button-small clip-saved"
                        title=move || {
                            saved.get().map(|saved| format!("{}, {}", saved.name, phrasing::size(saved.bytes)))
                        }
                        on:click=move |_| session.save_again(id)
                    >
                        <Drawn icon=Icon::Check/>
                        "Save again"
                    </button>
                </Show>
                <div class="clip-verdicts">
                    <button
                        type="button"
                        class="button button-quiet button-round button-small clip-keep"
                        aria-label=move || format!("Keep clip {}", number.get().unwrap_or_default())
                        aria-pressed=move || is_kept.get().to_string()
                        title=move || if is_kept.get() { "Kept. Press to keep it no longer" } else { "Keep" }
                        on:click=move |_| session.edit_clips(|clips, _| clips.toggle_kept(id))
                    >
                        <Drawn icon=Icon::Keep/>
                    </button>
                    <button
                        type="button"
                        class="button button-quiet button-round button-small clip-reject"
                        aria-label=move || format!("Reject clip {}", number.get().unwrap_or_default())
                        title="Reject: put aside, and suggest less of this kind"
                        disabled=is_being_made
                        on:click=move |_| session.edit_clips(|clips, _| clips.remove(id))
                    >
                        <Drawn icon=Icon::Reject/>
                    </button>
                </div>
            </div>
        </li>
    }
}
