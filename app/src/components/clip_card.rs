//! One suggested clip: how it looks, what it is called, how it begins, why it was chosen, and what can be done with it.

use super::act::{Act, act};
use super::icon::{Drawn, Icon};
use super::listed::Listed;
use super::score::{Score, ScoreDetails};
use super::show::Show;
use crate::format;
use crate::reactive::memo;
use crate::session::session;
use crate::state::cards::Card;
use crate::state::jobs::WorkKind;
use crate::wording::quoted;
use clip::edit::ClipId;
use leptos::prelude::*;
use project::trim::Edge;
use text::say;

#[component]
pub fn ClipCard(id: ClipId) -> impl IntoView {
    let session = session();
    let clip = memo(move || {
        session.state.with(|state| state.file.as_ref().and_then(|file| file.clips.get(id).cloned()))
    });
    let number =
        memo(move || session.state.with(|state| state.file.as_ref().and_then(|file| file.clips.number(id))));
    let saved = memo(move || {
        session.state.with(|state| state.file.as_ref().and_then(|file| file.saved_now(id).cloned()))
    });
    let is_busy = session.is_working;
    let work = session.work();
    // While another job runs, what that says is nothing to this clip.
    let tick = move || {
        let export = work.get().filter(|work| work.kind == WorkKind::Export);
        export.map(|work| session.tick(work.job)).filter(|tick| tick.clip == Some(id))
    };
    let is_being_made = memo(move || tick().is_some());
    let part = move || tick().map(|tick| tick.done).unwrap_or_default();
    // A picture of words that were forgotten is none of this clip.
    let poster = memo(move || {
        let is_made = session.state.with(|state| state.posters.is_made(id));
        session.posters.with(|posters| posters.get(&id).filter(|_| is_made).cloned())
    });
    let has_address = memo(move || session.finished.with(|finished| finished.contains_key(&id)));
    let title =
        memo(move || clip.with(|clip| clip.as_ref().map(|clip| clip.title.clone()).unwrap_or_default()));
    let length =
        move || clip.with(|clip| clip.as_ref().map(|clip| format::length(clip.length())).unwrap_or_default());
    let is_kept = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().is_some_and(|file| file.clips.now().kept.contains(&id)))
    });
    let card =
        memo(move || session.state.with(|state| Card::of(state.file.as_ref()?, id)).unwrap_or_default());
    let explains = RwSignal::new(false);
    let is_saved = memo(move || saved.with(Option::is_some) && has_address.get());
    let number_now = move || number.get().unwrap_or_default();
    let export = Act {
        icon: Signal::derive(move || if is_saved.get() { Icon::Check } else { Icon::Download }),
        words: Signal::derive(move || match is_saved.get() {
            true => say!("clips-download-again"),
            false => say!("clips-export"),
        }),
        label: Signal::derive(move || {
            Some(match is_saved.get() {
                true => say!("clips-download-again-number", number = number_now()),
                false => say!("clips-export-number", number = number_now()),
            })
        }),
        title: Signal::derive(move || {
            let words = |name: &str, bytes| say!("clips-saved-as", name = name, size = format::size(bytes));
            saved.get().map(|saved| words(&saved.name, saved.bytes))
        }),
        is_busy: Signal::derive(move || (is_busy.get() || session.is_only_shown()) && !is_saved.get()),
        ..Act::new(
            "button button-small clip-export",
            Icon::Download,
            "",
            Callback::new(move |_| {
                if is_saved.get_untracked() { session.save_again(id) } else { session.export(&[id]) }
            }),
        )
    };
    let keep = Act {
        label: Signal::derive(move || Some(say!("clips-keep-number", number = number_now()))),
        is_pressed: Some(is_kept),
        words: Signal::derive(move || if is_kept.get() { say!("clips-kept") } else { say!("common-keep") }),
        title: Signal::stored(Some(say!("clips-keep-hint"))),
        is_busy: Signal::derive(move || session.is_only_shown()),
        // A press of a key goes on to the next clip; the pointer is there already.
        ..Act::new(
            "button button-quiet button-small clip-keep",
            Icon::Keep,
            "",
            Callback::new(move |by_key| session.keep(id, by_key)),
        )
    };
    let skip = Act {
        label: Signal::derive(move || Some(say!("clips-skip-number", number = number_now()))),
        title: Signal::stored(Some(say!("clips-skip-hint"))),
        is_busy: Signal::derive(move || is_being_made.get() || session.is_only_shown()),
        ..Act::new(
            "button button-quiet button-small clip-reject",
            Icon::Reject,
            say!("clips-skip"),
            Callback::new(move |_| session.reject(id)),
        )
    };
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
                    {move || say!("clips-card-watch", number = number_now(), title = title.get())}
                    " "
                </span>
                <span class="clip-length time">{length}</span>
                <span class="clip-play"><Drawn icon=Icon::Play/></span>
                <Show when=move || is_being_made.get()>
                    <span class="clip-veil"><span class="time">{move || format::percent(part())}</span></span>
                </Show>
            </button>
            <div class="clip-words">
                <div class="clip-over">
                    <span class="time">{move || say!("common-clip-number", number = number_now())}</span>
                    <Score id is_open=explains/>
                </div>
                <h3 class="clip-title" dir="auto">{title}</h3>
                <p class="clip-quote" dir="auto">{move || card.get().quote.map(|quote| quoted(&quote, Edge::Start))}</p>
                <ul class="clip-reasons" aria-label=say!("clips-card-reasons")>
                    {move || card.get().reasons.iter().map(|reason| view! { <li>{text::reasons::reason(reason)}</li> }).listed()}
                </ul>
            </div>
            <div class="clip-actions">{act(export)} {act(keep)} {act(skip)}</div>
            <ScoreDetails id is_open=explains/>
        </li>
    }
}
