//! Where the focus goes when the page changes under it: to the heading of a new view, and never to nothing.
//! What follows a single act (a clip rejected, a dialog closed) is said where the act is.

use crate::browser;
use crate::reactive::{effect, memo};
use crate::session::Session;
use crate::state::Phase;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The places for each phase, the best first.
fn places(phase: Phase, is_working: bool) -> &'static [&'static str] {
    match phase {
        _ if is_working => &["#cancel", "#view-title"],
        Phase::Error => &["#error-message .button", "#start-title", "#view-title"],
        Phase::Stopped => &["#go-on", "#view-title"],
        Phase::Ready => &["#clips-title", "#view-title"],
        Phase::Opening | Phase::Working => &["#cancel", "#view-title"],
        Phase::Starting | Phase::Empty => &["#start-title", "#main"],
    }
}

/// In the dialogs.
const INSIDE: [&str; 4] = [
    "#speaker-menu[open] button",
    "#keys[open] button",
    "#settings[open] button",
    "#editor[open] #preview-play",
];

pub fn keep_the_focus(session: Session) {
    new_views_begin_at_their_top(session);
    never_on_nothing(session);
}

/// Another file, or none: the new view begins at its top, with its heading.
fn new_views_begin_at_their_top(session: Session) {
    let file = memo(move || session.state.with(|state| state.file.as_ref().map(|file| file.label.clone())));
    Effect::new(move |before: Option<Option<_>>| {
        let now = file.get();
        if before.is_some_and(|before| before != now) {
            let is_open = now.is_some();
            request_animation_frame(move || {
                browser::scroll_to_top();
                let is_wrong = session.state.with_untracked(|state| state.failure.is_some());
                browser::focus_one_of(match (is_wrong, is_open) {
                    (true, _) => places(Phase::Error, false),
                    (false, true) => &["#view-title"],
                    (false, false) => &["#start-title"],
                });
            });
        }
        now
    });
}

/// Whoever's button went away, or can be pressed no longer, is not left on nothing. Who pressed beside everything is.
fn never_on_nothing(session: Session) {
    let last = StoredValue::new_local(None::<Element>);
    window_event_listener(ev::focusin, move |event| {
        last.set_value(event.target().and_then(|target| target.dyn_into().ok()));
    });
    let is_due = StoredValue::new(false);
    effect(move || {
        session.state.track();
        session.recents.track();
        if is_due.get_value() {
            return;
        }
        is_due.set_value(true);
        // After what follows from the change is drawn, and the focus that an act gives itself.
        request_animation_frame(move || {
            request_animation_frame(move || {
                is_due.set_value(false);
                let is_lost =
                    |last: &Element| !last.is_connected() || last.matches(":disabled").unwrap_or_default();
                if browser::focused().is_none() && last.with_value(|last| last.as_ref().is_some_and(is_lost))
                {
                    let (phase, is_working) =
                        session.state.with_untracked(|state| (state.phase(), state.is_working()));
                    browser::focus_one_of(&[&INSIDE, places(phase, is_working)].concat());
                }
            });
        });
    });
}
