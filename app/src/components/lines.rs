//! The lines of the transcript: who begins to speak, when, and each word. A line out of sight is plain text.

use super::lazy_list::LazyList;
use super::listed::Listed;
use super::speakers::Tag;
use crate::format;
use clip::certainty::UNSURE_BELOW;
use clip::script;
use clip::transcript::{Segment, Word, join_words};
use leptos::either::Either;
use leptos::html::Li;
use leptos::prelude::*;
use media::time::Instant;
use project::view::speaker_turns::TurnStart;
use project::view::transcript_search::{Mark, Marks};
use std::collections::BTreeMap;
use std::time::Duration;
use text::say;

/// A new line takes so long to come, as the style sheet has it, and a little more.
const LINE_COMES: Duration = Duration::from_millis(1_000);

/// A line out of sight is plain text; near it, each word can be pressed and shows how sure it is. `is_new`: just heard, so its
/// words come in one after the other.
#[component]
pub fn Line(
    segment: Segment,
    lazy_list: LazyList,
    is_new: bool,
    turns: Memo<BTreeMap<Instant, TurnStart>>,
    asked: RwSignal<Option<Instant>>,
    marks: Memo<Marks>,
) -> impl IntoView {
    let line = NodeRef::<Li>::new();
    let is_near = RwSignal::new(false);
    let part = lazy_list.part(line, is_near);
    let is_new = RwSignal::new(is_new);
    if is_new.get_untracked() {
        // An element keeps its animation, an ended one too, as long as its style names it: some 40 kB.
        let settle = move || {
            let _ = is_new.try_set(false);
        };
        set_timeout(settle, LINE_COMES);
    }
    let start = segment.start;
    let (micros, position) = (segment.start.micros().to_string(), format::position(segment.start));
    let way = script::direction(segment.words.iter().map(Word::spoken)).name();
    // A word that has the focus keeps it, however far the line is scrolled away.
    let is_read =
        move || line.get_untracked().is_some_and(|line| line.matches(":focus-within").unwrap_or_default());
    let words = move || match is_near.get() || is_read() {
        true => {
            let marks = marks.with(|marks| marks.get(&start).cloned()).unwrap_or_default();
            let says = |word: &&Word| !word.spoken().is_empty();
            let word = |(index, word): (usize, &Word)| {
                let before = segment.words[..index].iter().rfind(says).map_or("", |word| word.text.as_str());
                let spaced =
                    [before.ends_with(char::is_whitespace), word.text.starts_with(char::is_whitespace)];
                let spaced = script::is_spaced(before.trim_end(), word.spoken(), spaced.contains(&true));
                view! { <Spoken word=word.clone() spaced mark=marks.get(&index).copied()/> }
            };
            Either::Left(segment.words.iter().enumerate().filter(|(_, word)| says(word)).map(word).listed())
        }
        false => Either::Right(join_words(&segment.words)),
    };
    view! {
        <li node_ref=line class="line" class:line-new=is_new data-part=part data-line=micros.clone()>
            {move || {
                let turn = turns.with(|turns| turns.get(&start).cloned());
                turn.map(|turn| view! { <Tag turn start asked/> })
            }}
            <button type="button" class="line-time time" tabindex="-1" data-at=micros.clone() aria-label=say!("transcript-go-to", position = &position)>
                {position.clone()}
            </button>
            <p class="line-words" dir=way>{words}</p>
        </li>
    }
}

#[component]
fn Spoken(word: Word, spaced: bool, mark: Option<Mark>) -> impl IntoView {
    let unsure = word.confidence < UNSURE_BELOW;
    let (space, text) = (if spaced { " " } else { "" }, word.spoken().to_owned());
    view! {
        {space}
        <span role="button" class="word" class:word-unsure=unsure class:word-found=mark.is_some() class:word-found-now=mark==Some(Mark::LookedAt) data-at=word.start.micros().to_string()>{text}</span>
    }
}
