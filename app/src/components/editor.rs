//! The editor of one clip: it plays as it will look, and every change is seen at once.
//! The engine paints; here are the dialog and the keys; the clock is `transport`'s.

use super::editor_controls::Controls;
use super::icon::{Drawn, Icon};
use super::live_regions::LiveRegions;
use super::transport::{Scrubber, Transport};
use crate::reactive::{effect, memo};
use crate::session::announcements::focus_card;
use crate::session::{Session, session};
use clip::edit::{ClipEdit, ClipId, OutputSize, Shape};
use leptos::html::{Audio, Canvas, Dialog};
use leptos::prelude::*;
use media::time::Span;
use project::trim::{Direction, Edge, Stride};
use text::say;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What J and L go back and on.
const SKIP: Span = Span::from_millis(5_000);

#[component]
pub fn Editor() -> impl IntoView {
    let session = session();
    let dialog = NodeRef::<Dialog>::new();
    let audio = NodeRef::<Audio>::new();
    let chosen = memo(move || session.state.with(|state| state.chosen));
    let clip =
        memo(move || session.state.with(|state| state.file.as_ref()?.clips.get(state.chosen?).cloned()));
    let transport = Transport::new(session, clip, audio);
    open_and_close_with_the_choice(session, dialog, chosen, transport);
    transport.keep_on_what_is_played();
    paint_what_is_edited(session, clip, transport);

    let place = memo(move || {
        session.state.with(|state| {
            let ids: Vec<ClipId> = state.shown_clips().iter().map(|clip| clip.id).collect();
            let index = ids.iter().position(|id| Some(*id) == state.chosen)?;
            let neighbor = |index: Option<usize>| index.and_then(|index| ids.get(index).copied());
            Some((index + 1, ids.len(), neighbor(index.checked_sub(1)), neighbor(index.checked_add(1))))
        })
    });
    let heading = move || {
        place.get().map(|(number, count, _, _)| say!("editor-heading", number = number, count = count))
    };
    let previous = move || place.get().and_then(|(_, _, previous, _)| previous);
    let next = move || place.get().and_then(|(_, _, _, next)| next);
    view! {
        <dialog
            node_ref=dialog
            id="editor"
            class="editor"
            aria-labelledby="editor-title"
            on:close=move |_| session.choose_clip(None)
            on:keydown=move |event| keys(session, transport, &event)
        >
            <div class="editor-head">
                <button
                    type="button"
                    class="button button-quiet button-round"
                    aria-label=say!("editor-previous")
                    disabled=move || previous().is_none()
                    on:click=move |_| session.choose_clip(previous())
                >
                    <Drawn icon=Icon::Previous/>
                </button>
                <h2 id="editor-title" class="time">{heading}</h2>
                <button
                    type="button"
                    class="button button-quiet button-round"
                    aria-label=say!("editor-next")
                    disabled=move || next().is_none()
                    on:click=move |_| session.choose_clip(next())
                >
                    <Drawn icon=Icon::Next/>
                </button>
                <button
                    type="button"
                    id="close-editor"
                    class="button button-round editor-close"
                    aria-label=say!("editor-close")
                    on:click=move |_| session.choose_clip(None)
                >
                    <Drawn icon=Icon::Close/>
                </button>
            </div>
            <div class="editor-body">
                <div class="stage">
                    <div class="stage-frame">
                        <Preview/>
                        <button
                            type="button"
                            class="stage-press"
                            tabindex="-1"
                            aria-hidden="true"
                            on:click=move |_| transport.toggle()
                        ></button>
                    </div>
                    <Scrubber transport/>
                    <audio
                        node_ref=audio
                        preload="auto"
                        src=move || session.media_url.get().filter(|_| chosen.get().is_some())
                        on:error=move |_| transport.is_silent.set(true)
                        on:loadeddata=move |_| transport.is_silent.set(false)
                    ></audio>
                </div>
                <Controls transport/>
            </div>
            <LiveRegions in_editor=true/>
        </dialog>
    }
}

/// A canvas is handed over for good, so each engine gets a new one.
#[component]
fn Preview() -> impl IntoView {
    let session = session();
    view! {
        <For each=move || [session.engine_number.get()] key=|number| *number let:_number>
            <PreviewCanvas/>
        </For>
    }
}

#[component]
fn PreviewCanvas() -> impl IntoView {
    let session = session();
    let canvas = NodeRef::<Canvas>::new();
    effect(move || {
        let Some(canvas) = canvas.get() else { return };
        // A browser without this has been refused before the engine was started.
        if let Ok(offscreen) = canvas.transfer_control_to_offscreen() {
            session.give_preview(offscreen);
        }
    });
    view! {
        <canvas
            node_ref=canvas
            id="preview"
            class="preview"
            // As long as nothing is painted on it, which gives it the clip's shape.
            width=OutputSize::preview(Shape::default()).width_px
            height=OutputSize::preview(Shape::default()).height_px
            role="img"
            aria-label=say!("editor-preview")
        ></canvas>
    }
}

fn open_and_close_with_the_choice(
    session: Session,
    dialog: NodeRef<Dialog>,
    chosen: Memo<Option<ClipId>>,
    transport: Transport,
) {
    Effect::new(move |before: Option<Option<ClipId>>| {
        let chosen = chosen.get();
        let before = before.flatten();
        let Some(dialog) = dialog.get() else { return chosen };
        match chosen {
            Some(_) => {
                session.pause();
                transport.pause();
                // Each clip is shown from the top of what can be changed about it.
                for part in [".controls", ".editor-body"] {
                    if let Ok(Some(part)) = dialog.query_selector(part) {
                        part.scroll_to_with_x_and_y(0.0, 0.0);
                    }
                }
                if !dialog.open() {
                    // It is in the page and closed, so it can be shown.
                    let _ = dialog.show_modal();
                }
                transport.seek_time(Span::ZERO);
            }
            None => {
                if before.is_some() {
                    transport.pause();
                    session.end_preview();
                }
                if dialog.open() {
                    dialog.close();
                }
                if before.is_some() {
                    focus_card(before);
                }
            }
        }
        chosen
    });
}

/// The engine gets the edited clip at most once for each frame, however fast a slider moves.
fn paint_what_is_edited(session: Session, clip: Memo<Option<ClipEdit>>, transport: Transport) {
    let is_due = StoredValue::new(false);
    let marked = memo(move || session.state.with(|state| state.file.as_ref().map(|file| file.marked())));
    let seen =
        memo(move || session.state.with(|state| state.file.as_ref().map(|file| file.sight.shots.clone())));
    let edition = memo(move || session.edition());
    effect(move || {
        session.engine_number.track();
        marked.track();
        edition.track();
        seen.track();
        if clip.with(Option::is_none) || is_due.get_value() {
            return;
        }
        is_due.set_value(true);
        request_animation_frame(move || {
            is_due.set_value(false);
            session.preview_chosen(transport.at.get_untracked());
        });
    });
}

fn keys(session: Session, transport: Transport, event: &KeyboardEvent) {
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let is_on =
        |selector: &str| target.as_ref().is_some_and(|element| element.matches(selector).unwrap_or(false));
    if is_on("input[type=text], select") || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let nudge = |edge, direction| transport.nudge(edge, direction, Stride::Word);
    let key = event.key();
    match key.as_str() {
        " " if is_on("button, input, summary") => return,
        " " => transport.toggle(),
        _ if !session.settings.with_untracked(|settings| settings.single_keys) => return,
        "k" => transport.toggle(),
        "j" => transport.skip(Span::ZERO - SKIP),
        "l" => transport.skip(SKIP),
        "i" => transport.mark(Edge::Start),
        "o" => transport.mark(Edge::End),
        "[" => nudge(Edge::Start, Direction::Earlier),
        "]" => nudge(Edge::Start, Direction::Later),
        "{" => nudge(Edge::End, Direction::Earlier),
        "}" => nudge(Edge::End, Direction::Later),
        _ => return,
    }
    event.prevent_default();
}
