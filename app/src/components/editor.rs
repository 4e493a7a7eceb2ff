//! The editor of one clip: it plays as it will look, and every change is seen at once.
//! The engine paints; here are the dialog, the clock that the sound gives, and the keys.

use super::editor_controls::Controls;
use super::icon::{Drawn, Icon};
use crate::browser;
use crate::phrasing;
use crate::session::{PREVIEW, Session, session};
use crate::state::edges::{Direction, Edge, Stride, move_edge};
use clip::edit::{ClipEdit, ClipId};
use clip::protocol::ToEngine;
use leptos::html::{Audio, Canvas, Dialog};
use leptos::prelude::*;
use media::time::{Instant, Span};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// How much of the end is played after it was moved.
const END_TO_HEAR: Span = Span::from_millis(2_000);

/// The preview's clock: the sound where the browser can play it, the wall otherwise.
#[derive(Clone, Copy)]
pub struct Transport {
    session: Session,
    pub clip: Memo<Option<ClipEdit>>,
    pub at: RwSignal<Instant>,
    pub plays: RwSignal<bool>,
    audio: NodeRef<Audio>,
    is_silent: RwSignal<bool>,
    /// Milliseconds when `at` was last moved by the wall clock.
    wall_ms: StoredValue<f64>,
}

impl Transport {
    pub fn seek(self, at: Instant) {
        let Some((start, end)) = self.bounds() else { return };
        let at = at.clamp(start, end.max(start));
        self.at.set(at);
        if let Some(audio) = self.audio.get_untracked() {
            audio.set_current_time(at.seconds());
        }
        self.session.send(&ToEngine::PreviewAt { at });
    }

    pub fn toggle(self) {
        if self.plays.get_untracked() { self.pause() } else { self.play() }
    }

    pub fn play(self) {
        let Some((start, end)) = self.bounds() else { return };
        let at = self.at.get_untracked();
        if at < start || at >= end - Span::from_millis(50) {
            self.seek(start);
        }
        self.wall_ms.set_value(browser::now_ms());
        if let Some(audio) = self.audio.get_untracked().filter(|_| !self.is_silent.get_untracked()) {
            browser::play(&audio);
        }
        self.plays.set(true);
        self.next_frame();
    }

    pub fn pause(self) {
        self.plays.set(false);
        if let Some(audio) = self.audio.get_untracked() {
            // Pausing what is paused is no failure.
            let _ = audio.pause();
        }
    }

    /// After an edge was moved, that edge is heard.
    pub fn show_edge(self, edge: Edge) {
        let Some((start, end)) = self.bounds() else { return };
        match edge {
            Edge::Start => self.seek(start),
            Edge::End => self.seek((end - END_TO_HEAR).max(start)),
        }
    }

    fn bounds(self) -> Option<(Instant, Instant)> {
        self.clip.with_untracked(|clip| clip.as_ref().map(|clip| (clip.start, clip.end)))
    }

    fn next_frame(self) {
        request_animation_frame(move || {
            if self.plays.try_get_untracked() == Some(true) {
                self.follow();
                self.next_frame();
            }
        });
    }

    fn follow(self) {
        let Some((start, end)) = self.bounds() else { return self.pause() };
        let at = match self.audio.get_untracked().filter(|_| !self.is_silent.get_untracked()) {
            Some(audio) => Instant::from_seconds(audio.current_time()),
            None => {
                let now_ms = browser::now_ms();
                let since_s = (now_ms - self.wall_ms.get_value()) / 1000.0;
                self.wall_ms.set_value(now_ms);
                self.at.get_untracked() + Span::from_seconds(since_s)
            }
        };
        if at >= end || at < start - Span::from_millis(500) {
            self.seek(start);
        } else if at != self.at.get_untracked() {
            self.at.set(at);
            self.session.send(&ToEngine::PreviewAt { at });
        }
    }
}

#[component]
pub fn Editor() -> impl IntoView {
    let session = session();
    let dialog = NodeRef::<Dialog>::new();
    let audio = NodeRef::<Audio>::new();
    let chosen = Memo::new(move |_| session.state.with(|state| state.chosen));
    let clip = Memo::new(move |_| {
        session.state.with(|state| state.file.as_ref()?.clips.get(state.chosen?).cloned())
    });
    let transport = Transport {
        session,
        clip,
        at: RwSignal::new(Instant::ZERO),
        plays: RwSignal::new(false),
        audio,
        is_silent: RwSignal::new(false),
        wall_ms: StoredValue::new(0.0),
    };
    open_and_close_with_the_choice(session, dialog, chosen, transport);
    paint_what_is_edited(session, clip, transport);

    let place = Memo::new(move |_| {
        session.state.with(|state| {
            let ids: Vec<ClipId> = state.shown_clips().iter().map(|clip| clip.id).collect();
            let index = ids.iter().position(|id| Some(*id) == state.chosen)?;
            let neighbour = |index: Option<usize>| index.and_then(|index| ids.get(index).copied());
            Some((index + 1, ids.len(), neighbour(index.checked_sub(1)), neighbour(index.checked_add(1))))
        })
    });
    let heading = move || place.get().map(|(number, count, _, _)| format!("Clip {number} of {count}"));
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
                    aria-label="Previous clip"
                    disabled=move || previous().is_none()
                    on:click=move |_| session.choose_clip(previous())
                >
                    <Drawn icon=Icon::Previous/>
                </button>
                <h2 id="editor-title" class="time">{heading}</h2>
                <button
                    type="button"
                    class="button button-quiet button-round"
                    aria-label="Next clip"
                    disabled=move || next().is_none()
                    on:click=move |_| session.choose_clip(next())
                >
                    <Drawn icon=Icon::Next/>
                </button>
                <button
                    type="button"
                    id="close-editor"
                    class="button button-round editor-close"
                    aria-label="Close the editor"
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
    Effect::new(move || {
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
            width=PREVIEW.width_px
            height=PREVIEW.height_px
            role="img"
            aria-label="The clip as it will look"
        ></canvas>
    }
}

#[component]
fn Scrubber(transport: Transport) -> impl IntoView {
    let clip = transport.clip;
    let length =
        Memo::new(move |_| clip.with(|clip| clip.as_ref().map(ClipEdit::length)).unwrap_or_default());
    let into = Memo::new(move |_| {
        let start = clip.with(|clip| clip.as_ref().map(|clip| clip.start)).unwrap_or_default();
        (transport.at.get() - start).max(Span::ZERO).min(length.get())
    });
    let tenths = |span: Span| (span.seconds() * 10.0).round();
    let said = move || {
        format!(
            "{} of {}",
            phrasing::spoken_position(Instant::ZERO + into.get()),
            phrasing::spoken_position(Instant::ZERO + length.get())
        )
    };
    view! {
        <div class="transport">
            <button
                type="button"
                id="preview-play"
                class="button button-round button-primary"
                autofocus
                aria-label=move || if transport.plays.get() { "Pause" } else { "Play" }
                on:click=move |_| transport.toggle()
            >
                {move || {
                    let icon = if transport.plays.get() { Icon::Pause } else { Icon::Play };
                    view! { <Drawn icon/> }
                }}
            </button>
            <input
                type="range"
                class="slider"
                aria-label="Position in the clip"
                aria-valuetext=said
                min="0"
                max=move || tenths(length.get()).to_string()
                step="1"
                prop:value=move || tenths(into.get()).to_string()
                on:input=move |event| {
                    let tenths: f64 = event_target_value(&event).parse().unwrap_or_default();
                    if let Some((start, _)) = transport.bounds() {
                        transport.seek(start + Span::from_seconds(tenths / 10.0));
                    }
                }
            />
            <span class="time transport-time">
                {move || phrasing::position(Instant::ZERO + into.get())}
                " / "
                {move || phrasing::position(Instant::ZERO + length.get())}
            </span>
        </div>
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
                if !dialog.open() {
                    // It is in the page and closed, so it can be shown.
                    let _ = dialog.show_modal();
                }
                if let Some((start, _)) = transport.bounds() {
                    transport.seek(start);
                }
            }
            None => {
                if before.is_some() {
                    transport.pause();
                    session.send(&ToEngine::PreviewOff);
                }
                if dialog.open() {
                    dialog.close();
                }
            }
        }
        chosen
    });
}

/// The engine gets the edited clip at most once for each frame, however fast a slider moves.
fn paint_what_is_edited(session: Session, clip: Memo<Option<ClipEdit>>, transport: Transport) {
    let is_due = StoredValue::new(false);
    let marked =
        Memo::new(move |_| session.state.with(|state| state.file.as_ref().map(|file| file.marked())));
    Effect::new(move || {
        session.engine_number.track();
        marked.track();
        if clip.with(Option::is_none) || is_due.get_value() {
            return;
        }
        is_due.set_value(true);
        request_animation_frame(move || {
            is_due.set_value(false);
            let message = session.state.try_update_untracked(|state| {
                let job = state.next_job();
                let file = state.file.as_ref()?;
                let clip = file.clips.get(state.chosen?)?.clone();
                let words = file.dialogue(&clip);
                Some(ToEngine::PreviewClip { job, clip, words, size: PREVIEW })
            });
            if let Some(message) = message.flatten() {
                session.send(&message);
                session.send(&ToEngine::PreviewAt { at: transport.at.get_untracked() });
            }
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
    let nudge = |edge, direction| {
        let Some(id) = session.state.with_untracked(|state| state.chosen) else { return };
        session.edit_clip(id, |clip, transcript| move_edge(clip, edge, direction, Stride::Word, transcript));
        transport.show_edge(edge);
    };
    match event.key().as_str() {
        " " if is_on("button, input, summary") => return,
        " " | "k" => transport.toggle(),
        "[" => nudge(Edge::Start, Direction::Earlier),
        "]" => nudge(Edge::Start, Direction::Later),
        "{" => nudge(Edge::End, Direction::Earlier),
        "}" => nudge(Edge::End, Direction::Later),
        _ => return,
    }
    event.prevent_default();
}
