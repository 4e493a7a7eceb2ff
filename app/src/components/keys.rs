//! The keys that work everywhere, and the way to the list of all keys. Single letters rest while something is typed, while a dialog asks something,
//! and for whoever switches them off.

use super::icon::{Drawn, Icon};
use crate::browser;
use crate::projects;
use crate::session::announcements::focus_card;
use crate::session::{Session, session};
use clip::edit::ClipId;
use gloo::events::EventListener;
use leptos::ev;
use leptos::prelude::*;
use media::time::Span;
use text::say;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlInputElement, KeyboardEvent};

const SKIP: Span = Span::from_millis(5_000);
/// Where text is typed or chosen by its first letter.
const TEXT: &str = "input:not([type=radio]):not([type=range]):not([type=checkbox]), textarea, select";

pub fn keys_that_work_everywhere(session: Session) {
    window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_on = |selector: &str| {
            target.as_ref().is_some_and(|element| element.matches(selector).unwrap_or_default())
        };
        if is_on(TEXT) || event.default_prevented() {
            return;
        }
        let key = event.key();
        let has_command = event.ctrl_key() || event.meta_key();
        let is_done = if has_command {
            undo_key(session, &key.to_lowercase(), event.shift_key())
        } else if event.alt_key() {
            false
        } else {
            let on_nothing = is_on("body, main, h1, h2");
            plain_key(session, &key, on_nothing)
        };
        if is_done {
            event.prevent_default();
        }
    });
}

fn undo_key(session: Session, key: &str, shift: bool) -> bool {
    match key {
        "y" => session.redo(),
        "z" if shift => session.redo(),
        "z" if projects::can_undo(session) => projects::undo(session),
        "z" => session.undo(),
        _ => return false,
    }
    true
}

fn plain_key(session: Session, key: &str, on_nothing: bool) -> bool {
    let is_open = session.state.with_untracked(|state| state.file.is_some());
    let in_editor = session.chosen().is_some();
    if browser::is_there("dialog[open]:not(#editor)") {
        return false;
    }
    if key == " " && on_nothing && is_open {
        session.toggle_playing();
        return true;
    }
    if !session.settings.with_untracked(|settings| settings.single_keys) {
        return false;
    }
    if key == "?" {
        show_list(session);
        return true;
    }
    // Also with the key that holds capitals.
    match key.to_lowercase().as_str() {
        "k" if is_open && !in_editor => session.toggle_playing(),
        "j" if is_open && !in_editor => session.seek(session.now.get_untracked() - SKIP),
        "l" if is_open && !in_editor => session.seek(session.now.get_untracked() + SKIP),
        "n" => return to_clip(session, 1),
        "p" => return to_clip(session, -1),
        key @ ("a" | "s" | "e") => return with_clip(session, key),
        _ => return false,
    }
    true
}

/// The clip in the editor, else the one whose card has the focus.
fn clip_at_hand(session: Session) -> Option<ClipId> {
    let of_card = || {
        let card = browser::focused()?.closest(".clip").ok()??;
        card.id().strip_prefix("clip-")?.parse().ok().map(ClipId)
    };
    session.chosen().or_else(of_card)
}

fn to_clip(session: Session, step: isize) -> bool {
    let ids = session.shown_ids();
    let at = clip_at_hand(session).and_then(|id| ids.iter().position(|one| *one == id));
    // From elsewhere to the first.
    let goal = at.map_or(Some(0), |at| at.checked_add_signed(step));
    let Some(goal) = goal.and_then(|goal| ids.get(goal).copied()) else { return false };
    if session.chosen().is_some() {
        session.choose_clip(Some(goal));
    } else {
        focus_card(Some(goal));
    }
    true
}

fn with_clip(session: Session, key: &str) -> bool {
    let Some(id) = clip_at_hand(session) else { return false };
    let in_editor = session.chosen().is_some();
    match key {
        "a" => session.keep(id, !in_editor),
        "s" => {
            session.choose_clip(None);
            session.reject(id);
        }
        _ => {
            session.choose_clip(None);
            session.export(&[id]);
        }
    }
    true
}

/// The list stands in `index.html`: there are only words in it, and a box that says whether single letters are keys. The box is heard when
/// it changes: "closed" would be told a moment late, when the list may be open again.
pub fn listen_to_the_list(session: Session) {
    let Some((_, letters)) = list_and_letters() else { return };
    let settle = {
        let letters = letters.clone();
        move |_: &Event| session.change_settings(|settings| settings.single_keys = letters.checked())
    };
    // As long as the page lives.
    EventListener::new(&letters, "change", settle).forget();
}

pub fn show_list(session: Session) {
    let Some((list, letters)) = list_and_letters() else { return };
    letters.set_checked(session.settings.with_untracked(|settings| settings.single_keys));
    // It is in the page and closed, so it can be shown.
    let _ = list.show_modal();
}

fn list_and_letters() -> Option<(HtmlDialogElement, HtmlInputElement)> {
    let element = |selector: &str| browser::the_window()?.document()?.query_selector(selector).ok()?;
    Some((element("#keys")?.dyn_into().ok()?, element("#single-keys")?.dyn_into().ok()?))
}

/// Opens the list for whoever does not know its key.
#[component]
pub fn KeyListButton() -> impl IntoView {
    let session = session();
    view! {
        <button
            type="button"
            class="button button-small"
            aria-haspopup="dialog"
            data-opens="keys"
            on:click=move |_| show_list(session)
        >
            <Drawn icon=Icon::Keys/>
            {say!("settings-keys")}
        </button>
    }
}
