//! The keys that work everywhere, and the list of all keys. Single letters rest while something is typed, while a dialog asks something,
//! and for whoever switches them off.

use super::icon::{Drawn, Icon};
use crate::browser;
use crate::session::telling::focus_card;
use crate::session::{Session, session};
use crate::state::AppState;
use clip::edit::ClipId;
use leptos::ev;
use leptos::html::Dialog;
use leptos::prelude::*;
use media::time::Span;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

const SKIP: Span = Span::from_millis(5_000);
/// Where text is typed or chosen by its first letter.
const TEXT: &str = "input:not([type=radio]):not([type=range]):not([type=checkbox]), textarea, select";

/// What is listed: where the keys work, and what each of them does.
const LIST: [(&str, &[(&[&str], &str)]); 4] = [
    (
        "Everywhere",
        &[
            (&["Space", "K"], "Play or pause"),
            (&["J", "L"], "5 seconds back or on"),
            (&["Ctrl Z"], "Undo"),
            (&["Ctrl Shift Z"], "Redo"),
            (&["?"], "This list"),
        ],
    ),
    (
        "Clips",
        &[
            (&["N", "P"], "Next or previous clip"),
            (&["Enter"], "Open the clip"),
            (&["A"], "Keep it"),
            (&["S"], "Skip it"),
            (&["E"], "Export it"),
        ],
    ),
    (
        "In an open clip",
        &[
            (&["I", "O"], "Start or end here"),
            (&["[", "]"], "Start a word earlier or later"),
            (&["{", "}"], "End a word earlier or later"),
            (&["Esc"], "Close the clip"),
        ],
    ),
    (
        "In the transcript",
        &[
            (&["↑", "↓"], "Line by line"),
            (&["←", "→"], "Word by word"),
            (&["Home", "End"], "First or last line"),
            (&["Enter"], "Go there in the video"),
        ],
    ),
];

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
        "y" => session.edit_clips(|clips, _| clips.redo()),
        "z" if shift => session.edit_clips(|clips, _| clips.redo()),
        "z" => session.edit_clips(|clips, _| clips.undo()),
        _ => return false,
    }
    true
}

fn plain_key(session: Session, key: &str, on_nothing: bool) -> bool {
    let is_open = session.state.with_untracked(|state| state.file.is_some());
    let in_editor = session.state.with_untracked(|state| state.chosen.is_some());
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
        session.keys_open.set(true);
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
    session.state.with_untracked(|state| state.chosen).or_else(of_card)
}

fn to_clip(session: Session, step: isize) -> bool {
    let ids: Vec<ClipId> =
        session.state.with_untracked(AppState::shown_clips).iter().map(|clip| clip.id).collect();
    let at = clip_at_hand(session).and_then(|id| ids.iter().position(|one| *one == id));
    // From elsewhere to the first.
    let goal = at.map_or(Some(0), |at| at.checked_add_signed(step));
    let Some(goal) = goal.and_then(|goal| ids.get(goal).copied()) else { return false };
    if session.state.with_untracked(|state| state.chosen.is_some()) {
        session.choose_clip(Some(goal));
    } else {
        focus_card(Some(goal));
    }
    true
}

fn with_clip(session: Session, key: &str) -> bool {
    let Some(id) = clip_at_hand(session) else { return false };
    let in_editor = session.state.with_untracked(|state| state.chosen.is_some());
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

/// The list, opened by its key or by a button.
#[component]
pub fn KeyList() -> impl IntoView {
    let session = session();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let opens = session.keys_open.get();
        let Some(dialog) = dialog.get() else { return };
        if opens && !dialog.open() {
            // It is in the page and closed, so it can be shown.
            let _ = dialog.show_modal();
        } else if !opens && dialog.open() {
            dialog.close();
        }
    });
    let part = |(title, keys): (&'static str, &'static [(&'static [&'static str], &'static str)])| {
        let row = |(names, words): &(&'static [&'static str], &'static str)| {
            let names = names.iter().map(|name| view! { <kbd>{*name}</kbd>" " }).collect_view();
            view! { <div class="key-row"><dt>{names}</dt><dd>{*words}</dd></div> }
        };
        view! {
            <section>
                <h3 class="field-label">{title}</h3>
                <dl>{keys.iter().map(row).collect_view()}</dl>
            </section>
        }
    };
    view! {
        <dialog
            node_ref=dialog
            id="keys"
            class="small-dialog keys"
            aria-labelledby="keys-title"
            on:close=move |_| session.keys_open.set(false)
        >
            <div class="small-dialog-body">
                <div class="small-dialog-head">
                    <h2 id="keys-title">"Keyboard shortcuts"</h2>
                    <button
                        type="button"
                        class="button button-quiet button-round"
                        aria-label="Close the list"
                        on:click=move |_| session.keys_open.set(false)
                    >
                        <Drawn icon=Icon::Close/>
                    </button>
                </div>
                <div class="key-list">{LIST.map(part).collect_view()}</div>
                <label class="in-english">
                    <input
                        type="checkbox"
                        id="single-keys"
                        prop:checked=move || session.settings.with(|settings| settings.single_keys)
                        on:change=move |event| {
                            let single_keys = event_target_checked(&event);
                            session.change_settings(|settings| settings.single_keys = single_keys);
                        }
                    />
                    "Use single letters as shortcuts"
                </label>
            </div>
        </dialog>
    }
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
            on:click=move |_| session.keys_open.set(true)
        >
            <Drawn icon=Icon::Keys/>
            "Keyboard shortcuts"
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_listed_twice_in_one_place() {
        for (place, rows) in LIST {
            let mut names: Vec<_> = rows.iter().flat_map(|(names, _)| names.iter()).collect();
            let count = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), count, "{place}");
        }
    }
}
