//! Who speaks, at the first line of each turn, and the small menu that puts it right.
//! What a change means for turns and clips is the session's.

use super::icon::{Drawn, Icon};
use super::listed::Listed;
use crate::browser;
use crate::reactive::{effect, memo};
use crate::session::session;
use leptos::html::Dialog;
use leptos::prelude::*;
use media::time::Instant;
use project::view::speaker_turns::TurnStart;
use std::collections::BTreeMap;
use text::say;

/// The name that stands over the first line of a turn. `start`: the line's.
#[component]
pub fn Tag(turn: TurnStart, start: Instant, asked: RwSignal<Option<Instant>>) -> impl IntoView {
    let name = text::speaker(&turn.name);
    let label = say!("transcript-speaker-tag", name = &name);
    view! {
        <button
            type="button"
            class="speaker-tag"
            tabindex="-1"
            aria-haspopup="dialog"
            aria-label=label
            on:click=move |_| asked.set(Some(start))
        >
            <span class=format!("voice-dot voice-{}", turn.color) aria-hidden="true"></span>
            {name}
        </button>
    }
}

/// What the menu is about: the turn, and everybody who speaks.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    start: Instant,
    turn: TurnStart,
    /// Number, name and color of all the others.
    others: Vec<(usize, String, u8)>,
    /// The number a new speaker would have.
    next: usize,
}

#[component]
pub fn SpeakerMenu(
    turns: Memo<BTreeMap<Instant, TurnStart>>,
    asked: RwSignal<Option<Instant>>,
) -> impl IntoView {
    let session = session();
    let dialog = NodeRef::<Dialog>::new();
    let about = memo(move || {
        let start = asked.get()?;
        let turn = turns.with(|turns| turns.get(&start).cloned())?;
        let speakers = session.state.with(|state| Some(state.file.as_ref()?.insights().speakers.clone()))?;
        let next = speakers.len();
        let others = speakers.into_iter().enumerate().filter(|(index, _)| *index != turn.speaker);
        let others =
            others.map(|(index, speaker)| (index, text::speaker(&speaker.name), speaker.color)).collect();
        Some(Asked { start, turn, others, next })
    });
    effect(move || {
        let opens = about.with(Option::is_some);
        let Some(dialog) = dialog.get() else { return };
        if opens && !dialog.open() {
            // It is in the page and closed, so it can be shown.
            let _ = dialog.show_modal();
        } else if !opens && dialog.open() {
            dialog.close();
        }
    });
    // A name that was changed is drawn again: back to where it stands now.
    Effect::new(move |before: Option<Option<Instant>>| {
        let now = asked.get();
        if let (None, Some(start)) = (now, before.flatten()) {
            request_animation_frame(move || {
                let line = format!(".line[data-line='{}']", start.micros());
                let (tag, time) = (format!("{line} .speaker-tag"), format!("{line} .line-time"));
                browser::focus_one_of(&[tag.as_str(), time.as_str()]);
            });
        }
        now
    });
    view! {
        <dialog
            node_ref=dialog
            id="speaker-menu"
            class="small-dialog"
            aria-labelledby="speaker-menu-title"
            on:close=move |_| asked.set(None)
            on:click=move |event| {
                // Beside it, where only the dialog itself is hit.
                if event.target() == event.current_target() {
                    asked.set(None);
                }
            }
        >
            <div class="small-dialog-body">
                <div class="small-dialog-head">
                    <h2 id="speaker-menu-title">{say!("transcript-speaker-question")}</h2>
                    <button
                        type="button"
                        class="button button-quiet button-round button-small"
                        aria-label=say!("common-close")
                        on:click=move |_| asked.set(None)
                    >
                        <Drawn icon=Icon::Close/>
                    </button>
                </div>
                {move || about.get().map(|about| view! { <Choices about asked/> })}
            </div>
        </dialog>
    }
}

#[component]
fn Choices(about: Asked, asked: RwSignal<Option<Instant>>) -> impl IntoView {
    let session = session();
    let Asked { start, turn, others, next } = about;
    let (speaker, until, name) = (turn.speaker, turn.until, text::speaker(&turn.name));
    let typed = RwSignal::new(name.clone());
    let rename = move || {
        asked.set(None);
        session.rename_speaker(speaker, &typed.get_untracked());
    };
    let merge = move |into: usize| {
        asked.set(None);
        session.change_speakers(|insights| insights.merge(speaker, into));
    };
    let assign = move |to: usize| {
        asked.set(None);
        session.change_speakers(|insights| {
            insights.assign(start, until, to);
        });
    };
    let dot = |color: u8| view! { <span class=format!("voice-dot voice-{color}") aria-hidden="true"></span> };
    let same = others.iter().cloned().map(|(index, other, color)| {
        let label = say!("transcript-speaker-same-as", name = &name, other = &other);
        view! {
            <button type="button" class="button button-small" aria-label=label on:click=move |_| merge(index)>
                {dot(color)}
                {other}
            </button>
        }
    }).listed();
    let else_here = others.iter().cloned().map(|(index, other, color)| {
        let label = say!("transcript-speaker-from-here", name = &other);
        view! {
            <button type="button" class="button button-small" aria-label=label on:click=move |_| assign(index)>
                {dot(color)}
                {other}
            </button>
        }
    }).listed();
    view! {
        <form
            class="field"
            on:submit=move |event| {
                event.prevent_default();
                rename();
            }
        >
            <label class="field-label" for="speaker-name">{say!("transcript-speaker-name")}</label>
            <div class="name-line">
                <input
                    type="text"
                    id="speaker-name"
                    class="text-input"
                    maxlength="60"
                    autocomplete="off"
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button type="submit" class="button button-primary">{say!("transcript-speaker-rename")}</button>
            </div>
        </form>
        <fieldset class="field-set" id="same-speaker">
            <legend class="field-label">{say!("transcript-speaker-same")}</legend>
            <div class="alert-actions">{same}</div>
        </fieldset>
        <fieldset class="field-set" id="other-speaker">
            <legend class="field-label">{say!("transcript-speaker-turn")}</legend>
            <div class="alert-actions">
                {else_here}
                <button
                    type="button"
                    class="button button-small"
                    aria-label=say!("transcript-speaker-new-from-here")
                    on:click=move |_| assign(next)
                >
                    {say!("transcript-speaker-new")}
                </button>
            </div>
        </fieldset>
    }
}
