//! Which words of a clip are picked in its text: by a pointer drawn over them, by Shift, by arrow keys. The text is one stop of the Tab key.
//! Knows where words stand on the screen; refuses to know what becomes of them.

use crate::browser;
use clip::transcript::WordId;
use leptos::html::Div;
use leptos::prelude::*;
use project::cut::ClipWord;
use std::ops::RangeInclusive;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent};

const WORD: &str = "[data-word]";

/// From where to where, in the order in which they were picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    anchor: WordId,
    head: WordId,
}

#[derive(Clone, Copy)]
pub struct PickedWords {
    pub list: NodeRef<Div>,
    words: Memo<Vec<ClipWord>>,
    reach: RwSignal<Option<Reach>>,
    /// The word that the pointer went down on.
    pressed: StoredValue<Option<WordId>>,
    is_drawn: StoredValue<bool>,
}

impl PickedWords {
    pub fn new(words: Memo<Vec<ClipWord>>) -> Self {
        Self {
            list: NodeRef::new(),
            words,
            reach: RwSignal::new(None),
            pressed: StoredValue::new(None),
            is_drawn: StoredValue::new(false),
        }
    }

    /// Those between the first and the last that were picked and are still there, with those that say nothing of their own; `None` where
    /// nothing is picked.
    pub fn range(self) -> Option<RangeInclusive<WordId>> {
        let shown = self.shown_range()?;
        let last =
            |words: &Vec<ClipWord>| words.iter().find(|word| word.id == *shown.end()).map(|word| word.last);
        Some(*shown.start()..=self.words.with(last)?)
    }

    fn shown_range(self) -> Option<RangeInclusive<WordId>> {
        let Reach { anchor, head } = self.reach.get()?;
        let (first, last) = (anchor.min(head), anchor.max(head));
        self.words.with(|words| {
            let mut picked = words.iter().map(|word| word.id).filter(|id| (first..=last).contains(id));
            let start = picked.next()?;
            Some(start..=picked.next_back().unwrap_or(start))
        })
    }

    /// The word that the arrow keys go on from.
    pub fn head(self) -> Option<WordId> {
        self.reach.get().map(|reach| reach.head)
    }

    pub fn pick(self, id: WordId, extends: bool) {
        self.reach.update(|reach| {
            let anchor = reach.filter(|_| extends).map_or(id, |reach| reach.anchor);
            *reach = Some(Reach { anchor, head: id });
        });
    }

    pub fn clear(self) {
        self.reach.set(None);
    }

    /// After the text has changed: what is picked lies among the words that are there.
    pub fn stay_among_words(self) {
        let Some(Reach { head, .. }) = self.reach.get_untracked() else { return };
        if let Some(range) = untrack(|| self.shown_range()) {
            let (anchor, head) = if head >= *range.end() {
                (*range.start(), *range.end())
            } else {
                (*range.end(), *range.start())
            };
            self.reach.set(Some(Reach { anchor, head }));
        } else {
            let nearest = |words: &Vec<ClipWord>| {
                words.iter().map(|word| word.id).min_by_key(|id| id.0.abs_diff(head.0))
            };
            let nearest = self.words.with_untracked(nearest);
            self.reach.set(nearest.map(|id| Reach { anchor: id, head: id }));
        }
    }

    /// Somebody came by the Tab key: there is always a word to go on from.
    pub fn on_focus(self, near: Option<WordId>) {
        if self.reach.with_untracked(Option::is_none) && self.pressed.get_value().is_none() {
            let first = || self.words.with_untracked(|words| words.first().map(|word| word.id));
            if let Some(id) = near.or_else(first) {
                self.pick(id, false);
            }
        }
    }

    pub fn on_pointer_down(self, event: &PointerEvent) {
        self.is_drawn.set_value(false);
        self.pressed.set_value(word_of(event.target()).filter(|_| event.button() == 0));
    }

    /// Drawn over words with the button down. A finger that goes up or down scrolls instead, as the style sheet has it.
    pub fn on_pointer_move(self, event: &PointerEvent) {
        let Some(pressed) = self.pressed.get_value().filter(|_| event.buttons() & 1 == 1) else { return };
        // A finger's events all go to where it came down.
        let point = (event.client_x() as f32, event.client_y() as f32);
        let under = browser::the_window()
            .and_then(|window| window.document())
            .and_then(|document| document.element_from_point(point.0, point.1))
            .and_then(|element| word_of(Some(element.unchecked_into())));
        let Some(id) = under else { return };
        if self.is_drawn.get_value() || id != pressed {
            if !self.is_drawn.get_value() {
                self.is_drawn.set_value(true);
                self.pick(pressed, event.shift_key());
            }
            self.pick(id, true);
        }
    }

    /// The word that was pressed, where it was neither drawn over nor added to others.
    pub fn on_click(self, event: &MouseEvent) -> Option<WordId> {
        self.pressed.set_value(None);
        let id = word_of(event.target()).filter(|_| !self.is_drawn.get_value())?;
        self.pick(id, event.shift_key());
        (!event.shift_key()).then_some(id)
    }

    /// Whether a key moved on. `is_backwards`: the text runs from right to left.
    pub fn on_key(self, event: &KeyboardEvent, is_backwards: bool) -> bool {
        let Some(head) = self.reach.with_untracked(|reach| reach.map(|reach| reach.head)) else {
            return false;
        };
        let step = |forward: bool| {
            self.words.with_untracked(|words| {
                let at = words.iter().position(|word| word.id == head)?;
                let goal = if forward { at.checked_add(1) } else { at.checked_sub(1) };
                words.get(goal?).map(|word| word.id)
            })
        };
        let end = |last: bool| {
            self.words.with_untracked(|words| {
                let word = if last { words.last() } else { words.first() };
                word.map(|word| word.id)
            })
        };
        let goal = match event.key().as_str() {
            "ArrowLeft" => step(is_backwards),
            "ArrowRight" => step(!is_backwards),
            "ArrowUp" => self.on_other_line(head, false),
            "ArrowDown" => self.on_other_line(head, true),
            "Home" => end(false),
            "End" => end(true),
            _ => return false,
        };
        if let Some(goal) = goal {
            self.pick(goal, event.shift_key());
            self.bring_into_view(goal);
        } else if !event.shift_key() {
            self.pick(head, false);
        }
        true
    }

    /// The word nearest above or below.
    fn on_other_line(self, head: WordId, below: bool) -> Option<WordId> {
        let middle = |element: &Element| {
            let area = element.get_bounding_client_rect();
            (area.left() + area.width() / 2.0, area.top())
        };
        let (x, y) = middle(&self.element(head)?);
        let words: Vec<WordId> =
            self.words.with_untracked(|words| words.iter().map(|word| word.id).collect());
        let places = words.into_iter().filter_map(|id| Some((id, middle(&self.element(id)?))));
        // A line's words stand at one height, give or take a pixel.
        let beyond = places.filter(|(_, (_, top))| if below { *top > y + 2.0 } else { *top < y - 2.0 });
        let far = |(_, (left, top)): &(WordId, (f64, f64))| (top - y).abs() * 1e4 + (left - x).abs();
        beyond.min_by(|one, other| far(one).total_cmp(&far(other))).map(|(id, _)| id)
    }

    fn element(self, id: WordId) -> Option<Element> {
        self.list.get_untracked()?.query_selector(&format!("[data-word='{}']", id.0)).ok()?
    }

    /// Scrolls the text only.
    fn bring_into_view(self, id: WordId) {
        let (Some(list), Some(word)) = (self.list.get_untracked(), self.element(id)) else { return };
        let (frame, mark) = (list.get_bounding_client_rect(), word.get_bounding_client_rect());
        let (above, below) = (frame.top() - mark.top(), mark.bottom() - frame.bottom());
        let by = if above > 0.0 { -above } else { below.max(0.0) };
        if by != 0.0 {
            list.scroll_by_with_x_and_y(0.0, by + by.signum() * mark.height() / 2.0);
        }
    }
}

fn word_of(target: Option<web_sys::EventTarget>) -> Option<WordId> {
    let element: Element = target?.dyn_into().ok()?;
    element.closest(WORD).ok()??.get_attribute("data-word")?.parse().ok().map(WordId)
}
