//! The preview's clock, which the sound gives where the browser can play it, its controls, and the edges that are moved by where it stands.

use super::icon::{Drawn, Icon};
use crate::browser;
use crate::phrasing;
use crate::session::Session;
use crate::state::edges::{Direction, Edge, Quote, Stride, move_edge, quote, set_edge};
use clip::edit::ClipEdit;
use clip::protocol::ToEngine;
use clip::transcript::Transcript;
use leptos::html::Audio;
use leptos::prelude::*;
use media::time::{Instant, Span};

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
    pub is_silent: RwSignal<bool>,
    /// Milliseconds when `at` was last moved by the wall clock.
    wall_ms: StoredValue<f64>,
}

impl Transport {
    pub fn new(session: Session, clip: Memo<Option<ClipEdit>>, audio: NodeRef<Audio>) -> Self {
        Self {
            session,
            clip,
            at: RwSignal::new(Instant::ZERO),
            plays: RwSignal::new(false),
            audio,
            is_silent: RwSignal::new(false),
            wall_ms: StoredValue::new(0.0),
        }
    }

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

    pub fn nudge(self, edge: Edge, direction: Direction, stride: Stride) {
        self.change_edge(edge, |clip, transcript| move_edge(clip, edge, direction, stride, transcript));
    }

    /// Lays an edge where the preview stands.
    pub fn mark(self, edge: Edge) {
        let at = self.at.get_untracked();
        self.change_edge(edge, |clip, transcript| set_edge(clip, edge, at, transcript));
    }

    /// After an edge was moved, that edge is heard, and told.
    fn change_edge(self, edge: Edge, change: impl FnOnce(&mut ClipEdit, &Transcript)) {
        let Some(id) = self.clip.with_untracked(|clip| clip.as_ref().map(|clip| clip.id)) else { return };
        self.session.edit_clip(id, change);
        let Some((start, end)) = self.bounds() else { return };
        match edge {
            Edge::Start => self.seek(start),
            Edge::End => self.seek((end - END_TO_HEAR).max(start)),
        }
        let told = self.session.state.with_untracked(|state| {
            let file = state.file.as_ref()?;
            Some(edge_in_words(file.clips.get(id)?, edge, &file.transcript))
        });
        self.session.tell_edit(&told.unwrap_or_default());
    }

    pub fn skip(self, by: Span) {
        self.seek(self.at.get_untracked() + by);
    }

    pub fn bounds(self) -> Option<(Instant, Instant)> {
        self.clip.with_untracked(|clip| clip.as_ref().map(|clip| (clip.start(), clip.end())))
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

/// "Start 0:03.9, In 1885 …"
fn edge_in_words(clip: &ClipEdit, edge: Edge, transcript: &Transcript) -> String {
    let (name, at) = match edge {
        Edge::Start => ("Start", clip.start()),
        Edge::End => ("End", clip.end()),
    };
    let Quote { text, is_cut } = quote(clip, edge, transcript);
    let text = match (edge, is_cut) {
        (_, false) => text,
        (Edge::Start, true) => format!("{text} …"),
        (Edge::End, true) => format!("… {text}"),
    };
    format!("{name} {}, {text}", phrasing::exact_position(at))
}

#[component]
pub fn Scrubber(transport: Transport) -> impl IntoView {
    let clip = transport.clip;
    let length =
        Memo::new(move |_| clip.with(|clip| clip.as_ref().map(ClipEdit::length)).unwrap_or_default());
    let into = Memo::new(move |_| {
        let start = clip.with(|clip| clip.as_ref().map(|clip| clip.start())).unwrap_or_default();
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
