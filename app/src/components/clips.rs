//! The suggested clips: what they should be, cards, the button that exports them all, and those skipped.

use super::clip_card::ClipCard;
use super::icon::{Drawn, Icon};
use super::listed::Listed;
use super::show::Show;
use super::steering::Steering;
use super::writing::Writing;
use crate::reactive::memo;
use crate::session::session;
use crate::state::notes::Weight;
use crate::wording::{redo, undo, with_keys};
use clip::edit::ClipId;
use leptos::prelude::*;
use project::project::Analysis;
use text::say;

#[component]
pub fn Clips() -> impl IntoView {
    let session = session();
    let ids = memo(move || {
        session.state.with(|state| state.shown_clips().iter().map(|clip| clip.id).collect::<Vec<ClipId>>())
    });
    let removed = memo(move || {
        session.state.with(|state| {
            let Some(file) = &state.file else { return vec![] };
            file.clips.removed().map(|clip| (clip.id, clip.title.clone())).collect::<Vec<_>>()
        })
    });
    let is_done = memo(move || {
        session.state.with(|state| state.file.as_ref().is_some_and(|file| file.analysis == Analysis::Done))
    });
    let note = memo(move || session.clips_note());
    let is_busy = session.is_working;
    let may_write = memo(move || session.may_write());
    let history = memo(move || {
        session.state.with(|state| state.file.as_ref().map(|file| file.clips.steps()).unwrap_or_default())
    });
    let title = move || say!("clips-title", count = ids.with(Vec::len));
    view! {
        <div class="section-head">
            <h2 id="clips-title" tabindex="-1">{title}</h2>
            <Show when=move || is_done.get() && (!ids.with(Vec::is_empty) || !removed.with(Vec::is_empty))>
                <div class="section-actions">
                    <button
                        type="button"
                        class="button button-quiet button-round"
                        id="undo"
                        aria-label=move || undo(history.get().0)
                        title=move || with_keys(undo(history.get().0), say!("common-key-undo"))
                        disabled=move || history.with(|steps| steps.0.is_none()) || session.is_only_shown()
                        on:click=move |_| session.undo()
                    >
                        <Drawn icon=Icon::Undo/>
                    </button>
                    <button
                        type="button"
                        class="button button-quiet button-round"
                        id="redo"
                        aria-label=move || redo(history.get().1)
                        title=move || with_keys(redo(history.get().1), say!("common-key-redo"))
                        disabled=move || history.with(|steps| steps.1.is_none()) || session.is_only_shown()
                        on:click=move |_| session.redo()
                    >
                        <Drawn icon=Icon::Redo/>
                    </button>
                    <button
                        type="button"
                        id="write-texts"
                        class="button"
                        disabled=move || !may_write.get() || ids.with(Vec::is_empty) || session.is_only_shown()
                        on:click=move |_| session.write_all()
                    >
                        <Drawn icon=Icon::Pencil/>
                        {say!("clips-write-all")}
                    </button>
                    <button
                        type="button"
                        id="export-all"
                        class="button button-primary"
                        disabled=move || ids.with(Vec::is_empty) || session.is_only_shown()
                        aria-disabled=move || is_busy.get().to_string()
                        on:click=move |_| session.export_all()
                    >
                        <Drawn icon=Icon::Download/>
                        {say!("clips-export-all")}
                    </button>
                </div>
            </Show>
        </div>
        <Show when=move || is_done.get() fallback=|| view! { <Expectation/> }>
            <Writing/>
            <Steering/>
            {move || note.get().map(|note| {
                let class = if note.weight == Weight::Quiet { "field-note" } else { "notice" };
                view! { <p class=class id="clips-note" hidden=note.weight == Weight::Unseen>{note.words}</p> }.into_any()
            })}
            <ul class="clip-list">
                <For each=move || ids.get() key=|id| *id let:id>
                    <ClipCard id/>
                </For>
            </ul>
            <Show when=move || !removed.with(Vec::is_empty)>
                <div class="aside-clips">
                    <h3>{say!("clips-skipped")}</h3>
                    <ul>
                        {move || {
                            removed.get().into_iter().map(|(id, title)| {
                                let label = say!("clips-bring-back-named", title = &title);
                                view! {
                                    <li class="aside-clip">
                                        <span>{title}</span>
                                        <button
                                            type="button"
                                            class="button button-small"
                                            aria-label=label
                                            on:click=move |_| session.bring_back(id)
                                        >
                                            <Drawn icon=Icon::Restore/>
                                            {say!("clips-bring-back")}
                                        </button>
                                    </li>
                                }
                            }).listed()
                        }}
                    </ul>
                </div>
            </Show>
        </Show>
    }
}

/// Where the clips will be, before they are.
#[component]
fn Expectation() -> impl IntoView {
    view! {
        <div class="expectation">
            <p>{say!("clips-expected")}</p>
            <ul class="expectation-cards" aria-hidden="true">
                <li></li>
                <li></li>
                <li></li>
                <li></li>
            </ul>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_counts_what_is_there() {
        let check = |count: usize, expected: &str| assert_eq!(say!("clips-title", count = count), expected);
        check(0, "Clips");
        check(1, "1 clip");
        check(6, "6 clips");
    }
}
