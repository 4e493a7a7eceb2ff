//! The transcript as one stop of the Tab key, however long it is: arrow keys go from line to line and from word to word within it.
//! Knows the lines' elements; refuses to know what a press does.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

const WORD: &str = ".word";
const TIME: &str = ".line-time";
const ITEMS: &str = ".speaker-tag, .line-time, .word";
const STOP: &str = "[tabindex='0']";

/// Makes the first line the stop where there is none: at the beginning, and when the line that was it is gone.
pub fn keep_a_stop(scroller: &Element) {
    if found(scroller, STOP).is_none()
        && let Some(first) = found(scroller, TIME)
    {
        stop_at(scroller, &first);
    }
}

/// Makes a line the stop, unless a person is among the lines.
pub fn offer_stop(scroller: &Element, line: &Element) {
    if !scroller.matches(":focus-within").unwrap_or_default()
        && let Some(time) = found(line, TIME)
    {
        stop_at(scroller, &time);
    }
}

/// What got the focus is the stop from now on.
pub fn on_focus_in(scroller: &Element, event: &Event) {
    if let Some(item) = target(event).filter(|item| item.matches(ITEMS).unwrap_or_default()) {
        stop_at(scroller, &item);
    }
}

/// A word may be drawn no longer when somebody comes back: its line holds the stop.
pub fn on_focus_out(scroller: &Element, event: &Event) {
    let time =
        || found(&line_of(&target(event).filter(|item| item.matches(WORD).unwrap_or_default())?)?, TIME);
    if let Some(time) = time() {
        stop_at(scroller, &time);
    }
}

/// Whether a key moved the focus or pressed a word.
pub fn on_key(scroller: &Element, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
        return false;
    }
    if let "Enter" | " " = event.key().as_str()
        && let Some(word) = target(event).filter(|item| item.matches(WORD).unwrap_or_default())
    {
        if let Ok(word) = word.dyn_into::<HtmlElement>() {
            word.click();
        }
        return true;
    }
    step(scroller, event).is_some()
}

/// The focus moves on by an arrow key, Home or End, whatever is held down beside it. Gives where it came from and where it is now, which is
/// the same at either end; `None` where the key is none of these.
pub fn step(scroller: &Element, event: &KeyboardEvent) -> Option<(Element, Element)> {
    let item = target(event)?;
    let line = line_of(&item)?;
    let is_word = item.matches(WORD).unwrap_or_default();
    let is_backwards = is_word && item.closest("[dir=rtl]").ok().flatten().is_some();
    let goal = match event.key().as_str() {
        "ArrowUp" => line.previous_element_sibling().and_then(|line| found(&line, TIME)),
        "ArrowDown" => line.next_element_sibling().and_then(|line| found(&line, TIME)),
        "ArrowLeft" if is_backwards => next(&item, &line),
        "ArrowRight" if is_backwards => previous(&item, &line),
        "ArrowLeft" => previous(&item, &line),
        "ArrowRight" => next(&item, &line),
        "Home" => found(scroller, TIME),
        "End" => found(scroller, ".line:last-child .line-time"),
        _ => return None,
    };
    let Some(goal) = goal.and_then(|goal| goal.dyn_into::<HtmlElement>().ok()) else {
        return Some((item.clone(), item));
    };
    stop_at(scroller, &goal);
    // An element that has just left the page cannot take the focus; nothing is lost.
    let _ = goal.focus();
    Some((item, goal.into()))
}

fn next(item: &Element, line: &Element) -> Option<Element> {
    let in_line =
        if item.matches(TIME).unwrap_or_default() { found(line, WORD) } else { item.next_element_sibling() };
    in_line.or_else(|| {
        let line = line.next_element_sibling()?;
        found(&line, ".speaker-tag").or_else(|| found(&line, TIME))
    })
}

fn previous(item: &Element, line: &Element) -> Option<Element> {
    let before = item.previous_element_sibling();
    if item.matches(WORD).unwrap_or_default() {
        return before.or_else(|| found(line, TIME));
    }
    before.or_else(|| {
        let line = line.previous_element_sibling()?;
        found(&line, ".word:last-child").or_else(|| found(&line, TIME))
    })
}

/// The one element that the Tab key reaches.
fn stop_at(scroller: &Element, item: &Element) {
    // Attributes with valid names: setting them cannot fail.
    if let Some(before) = found(scroller, STOP) {
        let _ = before.set_attribute("tabindex", "-1");
    }
    let _ = item.set_attribute("tabindex", "0");
}

fn found(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok().flatten()
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn line_of(item: &Element) -> Option<Element> {
    item.closest(".line").ok().flatten()
}
