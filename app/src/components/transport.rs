//! The preview's clock, which the sound gives where the browser can play it, its controls, and the edges that are moved by where it stands.
//! It runs over what the clip plays and jumps over what it leaves out.

use super::icon::{Drawn, Icon};
use crate::browser;
use crate::format;
use crate::reactive::{effect, memo};
use crate::session::Session;
use crate::state::playhead::{Onward, onward, played, source_at};
use crate::wording::open_ended;
use clip::edit::ClipEdit;
use clip::recording::Recording;
use clip::timeline::Timeline;
use clip::transcript::Transcript;
use leptos::html::Audio;
use leptos::prelude::*;
use media::time::{Instant, Span};
use project::trim::{Direction, Edge, Stride, move_edge, quote, set_edge};
use text::say;

/// How much of the end is played after it was moved.
const END_TO_HEAR: Span = Span::from_millis(2_000);
/// So near to the end, it plays from the start.
const AT_THE_END: Span = Span::from_millis(50);

/// The preview's clock: the sound where the browser can play it, the wall otherwise.
#[derive(Clone, Copy)]
pub struct Transport {
    session: Session,
    pub clip: Memo<Option<ClipEdit>>,
    /// Where it stands in the source: at an instant that is played.
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

    /// Goes to an instant of the source; where it is left out, to what is played next.
    pub fn seek(self, at: Instant) {
        let Some(at) = self.on_timeline(|timeline| played(timeline, at)) else { return };
        self.at.set(at);
        if let Some(audio) = self.audio.get_untracked() {
            audio.set_current_time(at.seconds());
        }
        self.session.preview_at(at);
    }

    /// Goes to a time of the clip.
    pub fn seek_time(self, time: Span) {
        if let Some(at) = self.on_timeline(|timeline| source_at(timeline, time)) {
            self.seek(at);
        }
    }

    /// Where it stands, counted from the clip's begin.
    pub fn time(self) -> Span {
        self.on_timeline(|timeline| timeline.time_near(self.at.get_untracked())).unwrap_or_default()
    }

    /// Wherever the clip was changed, also by a step taken back, it stands on what is played.
    pub fn keep_on_what_is_played(self) {
        let clip = self.clip;
        effect(move || {
            let is_left_out = clip.with(|clip| {
                clip.as_ref().is_some_and(|clip| clip.timeline.time_of(self.at.get_untracked()).is_none())
            });
            if is_left_out {
                self.seek(self.at.get_untracked());
            }
        });
    }

    pub fn toggle(self) {
        if self.plays.get_untracked() { self.pause() } else { self.play() }
    }

    pub fn play(self) {
        let Some(length) = self.on_timeline(Timeline::duration) else { return };
        if self.time() >= length - AT_THE_END {
            self.seek_time(Span::ZERO);
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
        self.change_edge(edge, |clip, recording| move_edge(clip, edge, direction, stride, recording));
    }

    /// Lays an edge where the preview stands.
    pub fn mark(self, edge: Edge) {
        let at = self.at.get_untracked();
        self.change_edge(edge, |clip, recording| set_edge(clip, edge, at, recording));
    }

    /// After an edge was moved, that edge is heard, and told.
    fn change_edge(self, edge: Edge, change: impl FnOnce(&mut ClipEdit, &Recording)) {
        let Some(id) = self.clip.with_untracked(|clip| clip.as_ref().map(|clip| clip.id)) else { return };
        self.session.edit_clip(id, change);
        let Some(length) = self.on_timeline(Timeline::duration) else { return };
        match edge {
            Edge::Start => self.seek_time(Span::ZERO),
            Edge::End => self.seek_time(length - END_TO_HEAR),
        }
        let told = self.session.state.with_untracked(|state| {
            let file = state.file.as_ref()?;
            Some(edge_in_words(file.clips.get(id)?, edge, file.transcript()))
        });
        self.session.tell_edit(&told.unwrap_or_default());
    }

    pub fn skip(self, by: Span) {
        self.seek_time(self.time() + by);
    }

    fn on_timeline<T>(self, ask: impl FnOnce(&Timeline) -> T) -> Option<T> {
        self.clip.with_untracked(|clip| clip.as_ref().map(|clip| ask(&clip.timeline)))
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
        let before = self.at.get_untracked();
        let now = match self.audio.get_untracked().filter(|_| !self.is_silent.get_untracked()) {
            // It says where it will be, and is silent until then.
            Some(audio) if audio.seeking() => return,
            Some(audio) => Instant::from_seconds(audio.current_time()),
            None => {
                let now_ms = browser::now_ms();
                let since_s = (now_ms - self.wall_ms.get_value()) / 1000.0;
                self.wall_ms.set_value(now_ms);
                before + Span::from_seconds(since_s)
            }
        };
        match self.on_timeline(|timeline| onward(timeline, before, now)) {
            Some(Onward::At(at)) if at != before => {
                self.at.set(at);
                self.session.preview_at(at);
            }
            Some(Onward::At(_)) => {}
            Some(Onward::Jump(at)) => self.seek(at),
            Some(Onward::End) => {
                self.pause();
                self.seek_time(self.on_timeline(Timeline::duration).unwrap_or_default());
            }
            None => self.pause(),
        }
    }
}

/// "Start 0:03.9, In 1885 …"
fn edge_in_words(clip: &ClipEdit, edge: Edge, transcript: &Transcript) -> String {
    let words = open_ended(&quote(clip, edge, transcript), edge);
    match edge {
        Edge::Start => {
            say!("editor-told-start", at = format::exact_position(clip.start()), words = words)
        }
        Edge::End => say!("editor-told-end", at = format::exact_position(clip.end()), words = words),
    }
}

#[component]
pub fn Scrubber(transport: Transport) -> impl IntoView {
    let clip = transport.clip;
    let length = memo(move || clip.with(|clip| clip.as_ref().map(ClipEdit::length)).unwrap_or_default());
    let into = memo(move || {
        let at = transport.at.get();
        clip.with(|clip| clip.as_ref().map(|clip| clip.timeline.time_near(at))).unwrap_or_default()
    });
    let tenths = |span: Span| (span.seconds() * 10.0).round();
    let said = move || {
        say!(
            "editor-position-of",
            at = format::spoken_position(Instant::ZERO + into.get()),
            length = format::spoken_position(Instant::ZERO + length.get())
        )
    };
    view! {
        <div class="transport">
            <button
                type="button"
                id="preview-play"
                class="button button-round button-primary"
                autofocus
                aria-label=move || if transport.plays.get() { say!("common-pause") } else { say!("common-play") }
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
                aria-label=say!("editor-position")
                aria-valuetext=said
                min="0"
                max=move || tenths(length.get()).to_string()
                step="1"
                prop:value=move || tenths(into.get()).to_string()
                on:input=move |event| {
                    let tenths = browser::number_of(&event).unwrap_or_default();
                    transport.seek_time(Span::from_seconds(tenths / 10.0));
                }
            />
            <span class="time transport-time">
                {move || format::position(Instant::ZERO + into.get())}
                " / "
                {move || format::position(Instant::ZERO + length.get())}
            </span>
        </div>
    }
}
