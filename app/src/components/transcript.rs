//! What was said, growing as it is heard. Words seek on click; the one being spoken is marked; the text follows the
//! playhead until the person scrolls.

use super::hearing::Hearing;
use super::icon::{Drawn, Icon};
use super::nearby::Nearby;
use crate::browser;
use crate::document;
use crate::phrasing;
use crate::session::{Session, session};
use clip::transcript::{Segment, Word};
use leptos::either::Either;
use leptos::html::{Div, Li};
use leptos::prelude::*;
use media::time::Instant;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, ScrollBehavior, ScrollToOptions};

/// Words that the model was this unsure of are shown softly.
const UNSURE_BELOW: f32 = 0.45;
/// A new line takes so long to come, as the style sheet has it, and a little more.
const LINE_COMES: Duration = Duration::from_millis(1_000);

#[component]
pub fn Transcript() -> impl IntoView {
    let session = session();
    let scroller = NodeRef::<Div>::new();
    let follows = RwSignal::new(true);
    let nearby = Nearby::new(scroller);
    let edition = Memo::new(move |_| {
        session
            .state
            .with(|state| state.file.as_ref().map(|file| file.transcript_edition).unwrap_or_default())
    });
    let segments = move || {
        // Read, not only tracked: a memo that nobody reads is never computed, and so never changes.
        edition.get();
        session.state.with_untracked(|state| {
            state.file.as_ref().map(|file| file.transcript.segments.clone()).unwrap_or_default()
        })
    };
    let is_empty = Memo::new(move |_| {
        session.state.with(|state| state.file.as_ref().is_none_or(|file| file.transcript.segments.is_empty()))
    });
    let language = Memo::new(move |_| {
        session
            .state
            .with(|state| state.file.as_ref().map(|file| file.transcript.language.clone()))
            .filter(|language| !language.is_empty())
    });
    let is_listening = Memo::new(move |_| session.state.with(|state| state.work.is_some()));

    mark_the_spoken_word(session, edition, scroller, follows);
    // While it is being heard and nothing plays, the newest words stay in view.
    Effect::new(move || {
        edition.get();
        if follows.get_untracked() && !session.playing.get_untracked() && is_listening.get_untracked() {
            request_animation_frame(move || {
                if let Some(scroller) = scroller.try_get_untracked().flatten() {
                    scroller.scroll_to_with_x_and_y(0.0, f64::from(scroller.scroll_height()));
                }
            });
        }
    });

    let stops_following = move || follows.set(false);
    view! {
        <section class="transcript card" aria-labelledby="transcript-title">
            <div class="section-head">
                <h2 id="transcript-title">"Transcript"</h2>
                <Downloads/>
            </div>
            <Hearing/>
            <div
                node_ref=scroller
                class="transcript-scroller"
                id="transcript"
                role="region"
                tabindex="0"
                aria-label="Spoken words. Press a time or a word to go there."
                on:wheel=move |_| stops_following()
                on:touchmove=move |_| stops_following()
                on:keydown=move |event| {
                    if matches!(event.key().as_str(), "ArrowUp" | "ArrowDown" | "PageUp" | "PageDown" | "Home" | "End") {
                        stops_following();
                    }
                    move_between_lines(&event);
                }
                on:click=move |event| {
                    if let Some(at) = pressed_instant(&event) {
                        follows.set(true);
                        session.seek(at);
                    }
                }
            >
                <Show when=move || is_empty.get()>
                    <p class="transcript-empty">
                        {move || if is_listening.get() { "Listening. The first words appear in a moment." } else { "No words yet." }}
                    </p>
                </Show>
                <ol class="lines" lang=language>
                    <For each=segments key=|segment| (segment.start, segment.words.len()) let:segment>
                        <Line segment nearby is_new=is_listening.get_untracked()/>
                    </For>
                </ol>
            </div>
            <Show when=move || !follows.get() && !is_empty.get()>
                <button type="button" class="button button-small follow" on:click=move |_| follows.set(true)>
                    "Follow along"
                </button>
            </Show>
        </section>
    }
}

/// A line out of sight is plain text; near it, each word can be pressed and shows how sure it is. `is_new`: just heard, so its
/// words come in one after the other.
#[component]
fn Line(segment: Segment, nearby: Nearby, is_new: bool) -> impl IntoView {
    let line = NodeRef::<Li>::new();
    let is_near = RwSignal::new(false);
    let part = nearby.part(line, is_near);
    let is_new = RwSignal::new(is_new);
    if is_new.get_untracked() {
        // An element keeps its animation, an ended one too, as long as its style names it: some 40 kB.
        let settle = move || {
            let _ = is_new.try_set(false);
        };
        set_timeout(settle, LINE_COMES);
    }
    let (micros, position) = (segment.start.micros().to_string(), phrasing::position(segment.start));
    let words = move || match is_near.get() {
        true => Either::Left(
            segment.words.iter().map(|word| view! { <Spoken word=word.clone()/> }).collect_view(),
        ),
        false => Either::Right(segment.text.trim().to_owned()),
    };
    view! {
        <li node_ref=line class="line" class:line-new=is_new data-part=part data-line=micros.clone()>
            <button type="button" class="line-time time" data-at=micros.clone() aria-label=format!("Go to {position}")>
                {position.clone()}
            </button>
            <p class="line-words">{words}</p>
        </li>
    }
}

#[component]
fn Spoken(word: Word) -> impl IntoView {
    let unsure = word.confidence < UNSURE_BELOW;
    let (space, text) = match word.text.strip_prefix(' ') {
        Some(text) => (" ", text.to_owned()),
        None => ("", word.text.clone()),
    };
    view! {
        {space}
        <span class="word" class:word-unsure=unsure data-at=word.start.micros().to_string()>{text}</span>
    }
}

/// The instant of the word or line that was pressed.
fn pressed_instant(event: &MouseEvent) -> Option<Instant> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let micros = target.closest("[data-at]").ok()??.get_attribute("data-at")?.parse().ok()?;
    Some(Instant::from_micros(micros))
}

/// Up and down go from one line's time to the next, so that an hour of speech is not an hour of tabbing.
fn move_between_lines(event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowUp" => -1,
        "ArrowDown" => 1,
        _ => return,
    };
    let neighbour = || {
        let button: Element = event.target()?.dyn_into().ok()?;
        let line = button.closest(".line").ok()??;
        let line = if step < 0 { line.previous_element_sibling() } else { line.next_element_sibling() }?;
        line.query_selector(".line-time").ok()??.dyn_into::<HtmlElement>().ok()
    };
    if let Some(neighbour) = neighbour() {
        event.prevent_default();
        // An element that has just left the page cannot take the focus; nothing is lost.
        let _ = neighbour.focus();
    }
}

/// Moves one class from word to word instead of making every word reactive.
fn mark_the_spoken_word(
    session: Session,
    edition: Memo<u32>,
    scroller: NodeRef<Div>,
    follows: RwSignal<bool>,
) {
    // Begin and end of each word, and the begin of its line.
    let starts = Memo::new(move |_| {
        edition.get();
        session.state.with_untracked(|state| {
            let Some(file) = &state.file else { return vec![] };
            let words =
                file.transcript.segments.iter().flat_map(|segment| {
                    segment.words.iter().map(|word| (word.start, word.end, segment.start))
                });
            words.collect::<Vec<_>>()
        })
    });
    let spoken = Memo::new(move |_| {
        let now = session.now.get();
        starts.with(|starts| {
            let index = starts.partition_point(|(start, ..)| *start <= now).checked_sub(1)?;
            // A word stays marked through the short breath after it.
            let word = starts.get(index).filter(|(_, end, _)| (now - *end).seconds() < 0.6)?;
            Some((word.0, word.2))
        })
    });
    Effect::new(move || {
        let spoken = spoken.get();
        let Some(scroller) = scroller.get() else { return };
        if let Ok(Some(before)) = scroller.query_selector(".word-spoken") {
            // Removing a class that is there cannot fail.
            let _ = before.class_list().remove_1("word-spoken");
        }
        let Some((at, line)) = spoken else { return };
        let find = |what: &str, at: Instant| {
            scroller.query_selector(&format!("{what}='{}']", at.micros())).ok().flatten()
        };
        let word = find(".word[data-at", at);
        if let Some(word) = &word {
            // As above.
            let _ = word.class_list().add_1("word-spoken");
        }
        // A line far away has no words yet: it gets them when it comes near.
        if let Some(goal) = word.or_else(|| find(".line[data-line", line)).filter(|_| follows.get_untracked())
        {
            bring_into_view(&scroller, &goal);
        }
    });
}

/// Scrolls the list only, and only where the word is near or beyond its edge; the page itself stays still.
fn bring_into_view(scroller: &HtmlElement, word: &Element) {
    let (frame, mark) = (scroller.get_bounding_client_rect(), word.get_bounding_client_rect());
    let margin = frame.height() / 5.0;
    if mark.top() >= frame.top() + margin && mark.bottom() <= frame.bottom() - margin {
        return;
    }
    let options = ScrollToOptions::new();
    options.set_top(mark.top() - frame.top() - frame.height() / 2.0);
    options.set_behavior(if browser::wants_less_motion() {
        ScrollBehavior::Instant
    } else {
        ScrollBehavior::Smooth
    });
    scroller.scroll_by_with_scroll_to_options(&options);
}

#[component]
fn Downloads() -> impl IntoView {
    let session = session();
    let has_words = Memo::new(move |_| {
        session
            .state
            .with(|state| state.file.as_ref().is_some_and(|file| !file.transcript.segments.is_empty()))
    });
    let save = move |form: document::Form| {
        let made = session.state.with_untracked(|state| {
            let file = state.file.as_ref()?;
            let urls = session.shell.fetched.get_untracked();
            Some((
                document::render(form, file, &state.loading, &urls)?,
                phrasing::stem(&file.label.name).to_owned(),
            ))
        });
        if let Some((text, stem)) = made {
            browser::save_text(&text, &form.file_name(&stem), form.media_type());
        }
    };
    let button = move |id: &'static str, label: &'static str, form: document::Form, spoken: &'static str| {
        view! {
            <button
                type="button"
                id=id
                class="button button-small"
                aria-label=spoken
                disabled=move || !has_words.get()
                on:click=move |_| save(form)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="downloads" role="group" aria-label="Save the transcript">
            <Drawn icon=Icon::Download/>
            {button("download-srt", "SRT", document::Form::Srt, "Save subtitles, SRT")}
            {button("download-vtt", "VTT", document::Form::Vtt, "Save subtitles, VTT")}
            {button("download-transcript", "JSON", document::Form::Transcript, "Save the transcript, JSON")}
            {button("download-report", "Report", document::Form::Report, "Save the report, JSON")}
        </div>
    }
}
