//! Words that a person selects in the transcript, as text is selected anywhere or by Shift and the arrow keys, and the button that makes a
//! clip of them. Knows where words stand in the page; what becomes of them is the session's.

use super::icon::{Drawn, Icon};
use super::roving;
use super::show::Show;
use crate::browser;
use crate::format;
use crate::reactive::memo;
use crate::session::{Session, session};
use clip::transcript::{Segment, Word};
use gloo::events::EventListener;
use leptos::html::Div;
use leptos::prelude::*;
use media::time::{Instant, Span};
use project::trim::SHORTEST;
use text::say;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, Node, Range, Selection};

const LINE: &str = ".line";
const WORDS: &str = ".line-words";
const WORD: &str = ".word";

/// The first and the last of the selected words, by their starts, and how long it takes to say them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selected {
    first: Instant,
    last: Instant,
    length: Span,
}

/// What is selected of the transcript, for as long as the calling component lives.
pub fn selected_words(session: Session, scroller: NodeRef<Div>) -> RwSignal<Option<Selected>> {
    let selected = RwSignal::new(None);
    let look = move |_: &web_sys::Event| {
        let now = scroller.try_get_untracked().flatten().and_then(|scroller| find(session, &scroller));
        if selected.try_get_untracked().is_some_and(|before| before != now) {
            selected.set(now);
        }
    };
    let document = browser::the_window().and_then(|window| window.document());
    let listener = document.map(|document| EventListener::new(&document, "selectionchange", look));
    let held = StoredValue::new_local(listener);
    on_cleanup(move || {
        let _ = held.try_update_value(Option::take);
    });
    selected
}

/// By Shift and a key that moves on among the words, what lies between is selected; Escape selects nothing. Whether it was such a key.
pub fn on_key(scroller: &Element, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let Some(selection) = selection() else { return false };
    if event.key() == "Escape" && !selection.is_collapsed() {
        select_nothing();
        return true;
    }
    let Some((from, to)) = event.shift_key().then(|| roving::step(scroller, event)).flatten() else {
        return false;
    };
    let before = selection.anchor_node().filter(|_| !selection.is_collapsed());
    let anchor = before.and_then(|node| word_of(&node)).filter(|word| scroller.contains(Some(word)));
    let anchor = anchor.unwrap_or(from);
    let is_backwards = anchor.compare_document_position(&to) & Node::DOCUMENT_POSITION_PRECEDING != 0;
    let all = |element: &Element| contents(element).map_or(0, |of| of.end_offset().unwrap_or_default());
    let (start, end) = if is_backwards { (all(&anchor), 0) } else { (0, all(&to)) };
    // Both are in the page: they can be selected.
    let _ = selection.set_base_and_extent(&anchor, start, &to, end);
    true
}

/// The button, where enough words are selected.
#[component]
pub fn OwnClip(selected: RwSignal<Option<Selected>>) -> impl IntoView {
    let session = session();
    let shown = memo(move || selected.get().filter(|_| !session.is_only_shown()));
    let make = move |_| {
        let Some(Selected { first, last, .. }) = selected.get_untracked() else { return };
        select_nothing();
        session.make_clip(first, last);
    };
    view! {
        <div class="own-clip" role="status">
            <Show when=move || shown.with(Option::is_some)>
                <button
                    type="button"
                    class="button button-primary button-small"
                    // What is selected stays so until it is a clip.
                    on:pointerdown=move |event| event.prevent_default()
                    on:mousedown=move |event| event.prevent_default()
                    on:click=make
                >
                    <Drawn icon=Icon::Film/>
                    {say!("transcript-new-clip")}
                    " "
                    <span class="time">{move || shown.get().map(|selected| format::length(selected.length))}</span>
                </button>
            </Show>
        </div>
    }
}

fn selection() -> Option<Selection> {
    browser::the_window()?.get_selection().ok()?
}

fn select_nothing() {
    if let Some(selection) = selection() {
        // Takes back what is there: cannot fail.
        let _ = selection.remove_all_ranges();
    }
}

/// Once everything was heard: the first and last word that are selected, if it takes a second to say what lies between.
fn find(session: Session, scroller: &Element) -> Option<Selected> {
    let selection = selection().filter(|selection| !selection.is_collapsed())?;
    let range = selection.get_range_at(0).ok()?;
    let within = range.common_ancestor_container().ok()?;
    if !scroller.contains(Some(&within)) {
        return None;
    }
    let (from, to) = (line_of(&range.start_container().ok()?)?, line_of(&range.end_container().ok()?)?);
    session.state.with_untracked(|state| {
        let file = state.file.as_ref().filter(|file| file.is_heard())?;
        let segments = file.transcript().segments.as_slice();
        let first = nearest(&from, &to, true, &|line| edge(line, &range, segments, true))?;
        let last = nearest(&to, &from, false, &|line| edge(line, &range, segments, false))?;
        let words = file.transcript().words().filter(|word| (first..=last).contains(&word.start));
        let length = words.map(|word| word.end).max()? - first;
        (length >= SHORTEST).then_some(Selected { first, last, length })
    })
}

/// What is found in the first line that has it, from one line to another.
fn nearest(
    from: &Element,
    to: &Element,
    onward: bool,
    look: &dyn Fn(&Element) -> Option<Instant>,
) -> Option<Instant> {
    let mut line = Some(from.clone());
    while let Some(now) = line {
        if let Some(found) = look(&now) {
            return Some(found);
        }
        if now == *to {
            return None;
        }
        line = if onward { now.next_element_sibling() } else { now.previous_element_sibling() };
    }
    None
}

/// The first or last word of a line that is selected. A line that is far away has no words of its own: there it is all of them.
fn edge(line: &Element, range: &Range, segments: &[Segment], first: bool) -> Option<Instant> {
    let micros = |element: &Element, name: &str| -> Option<Instant> {
        element.get_attribute(name)?.parse().ok().map(Instant::from_micros)
    };
    let words = line.query_selector(WORDS).ok()??;
    let (mut word, next): (_, fn(&Element) -> Option<Element>) = match first {
        true => (words.first_element_child(), Element::next_element_sibling),
        false => (words.last_element_child(), Element::previous_element_sibling),
    };
    if word.is_none() {
        let start = micros(line, "data-line").filter(|_| is_selected(&words, range))?;
        let words = &segments.iter().find(|segment| segment.start == start)?.words;
        return if first { words.first() } else { words.last() }.map(|word: &Word| word.start);
    }
    while let Some(now) = word {
        if is_selected(&now, range) {
            return micros(&now, "data-at");
        }
        word = next(&now);
    }
    None
}

/// Whether a letter of an element is selected; its edge alone is not enough.
fn is_selected(element: &Element, range: &Range) -> bool {
    let shared = || {
        let (of, shared) = (contents(element)?, range.clone_range());
        if shared.compare_boundary_points(Range::START_TO_START, &of).ok()? < 0 {
            shared.set_start(element, 0).ok()?;
        }
        if shared.compare_boundary_points(Range::END_TO_END, &of).ok()? > 0 {
            shared.set_end(element, of.end_offset().ok()?).ok()?;
        }
        let is_within = shared.compare_boundary_points(Range::START_TO_START, &of).ok()? >= 0
            && shared.compare_boundary_points(Range::END_TO_END, &of).ok()? <= 0;
        Some(is_within && shared.to_string().trim().length() > 0)
    };
    shared().unwrap_or_default()
}

/// From an element's first child to its last.
fn contents(element: &Element) -> Option<Range> {
    let all = Range::new().ok()?;
    all.select_node_contents(element).ok()?;
    Some(all)
}

fn element_of(node: &Node) -> Option<Element> {
    node.clone().dyn_into().ok().or_else(|| node.parent_element())
}

fn line_of(node: &Node) -> Option<Element> {
    element_of(node)?.closest(LINE).ok()?
}

fn word_of(node: &Node) -> Option<Element> {
    element_of(node)?.closest(WORD).ok()?
}
