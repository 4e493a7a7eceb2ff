//! What was said, growing as it is heard. Words seek on click; the one being spoken is marked; the text follows the
//! playhead until the person scrolls.

use super::downloads::Downloads;
use super::lazy_list::LazyList;
use super::lines::Line;
use super::own_clip::{self, OwnClip};
use super::roving;
use super::show::Show;
use super::speakers::SpeakerMenu;
use super::speech_options::SpeechOptions;
use super::transcript_search::{FindBox, TranscriptSearch};
use crate::browser;
use crate::reactive::{effect, memo};
use crate::session::{Session, session};
use leptos::html::Div;
use leptos::prelude::*;
use media::time::Instant;
use project::view::speaker_turns::turn_starts;
use text::say;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent, ScrollBehavior, ScrollToOptions};

#[component]
pub fn Transcript() -> impl IntoView {
    let session = session();
    let scroller = NodeRef::<Div>::new();
    let follows = RwSignal::new(true);
    let lazy_list = LazyList::new(scroller);
    let edition = memo(move || session.edition());
    let segments = move || {
        // Read, not only tracked: a memo that nobody reads is never computed, and so never changes.
        edition.get();
        session.state.with_untracked(|state| {
            state.file.as_ref().map(|file| file.transcript().segments.clone()).unwrap_or_default()
        })
    };
    let is_empty = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().is_none_or(|file| file.transcript().segments.is_empty()))
    });
    let language = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().map(|file| file.transcript().language.clone()))
            .filter(|language| !language.is_empty())
    });
    let voices = memo(move || {
        session.state.with(|state| state.file.as_ref().map(|file| file.insight_edition()).unwrap_or_default())
    });
    let turns = memo(move || {
        edition.get();
        voices.get();
        session
            .state
            .with_untracked(|state| state.file.as_ref().map(|file| turn_starts(file)).unwrap_or_default())
    });
    // The line whose speaker is asked about.
    let asked = RwSignal::new(None::<Instant>);
    let is_listening = session.is_working;

    let is_open =
        memo(move || session.state.with(|state| state.file.as_ref().is_some_and(|file| file.is_attached)));
    let empty_words = move || match (is_open.get(), is_listening.get()) {
        (false, _) => say!("transcript-opening"),
        (true, true) => say!("transcript-first-words"),
        (true, false) => say!("transcript-no-words"),
    };

    let search = TranscriptSearch::new(edition);
    // The place that is looked at comes into view, and the text stops following what is played.
    effect(move || {
        let Some(line) = search.looked_at().and_then(|place| place.line()) else { return };
        let Some(scroller) = scroller.get_untracked() else { return };
        follows.set(false);
        if let Ok(Some(line)) = scroller.query_selector(&format!(".line[data-line='{}']", line.micros())) {
            bring_into_view(&scroller, &line);
        }
    });
    let selected = own_clip::selected_words(session, scroller);
    // What somebody selects does not run away.
    effect(move || {
        if selected.with(Option::is_some) {
            follows.set(false);
        }
    });
    mark_the_spoken_word(session, edition, scroller, follows);
    // While it is being heard and nothing plays, the newest words stay in view.
    effect(move || {
        edition.get();
        if follows.get_untracked() && !session.playing.get_untracked() && is_listening.get_untracked() {
            request_animation_frame(move || {
                if let Some(scroller) = scroller.try_get_untracked().flatten() {
                    scroller.scroll_to_with_x_and_y(0.0, f64::from(scroller.scroll_height()));
                }
            });
        }
    });

    // Lines come and go; one of them always takes the Tab key.
    effect(move || {
        edition.get();
        request_animation_frame(move || {
            if let Some(scroller) = scroller.try_get_untracked().flatten() {
                roving::keep_a_stop(&scroller);
            }
        });
    });

    let stops_following = move || follows.set(false);
    view! {
        <section class="transcript card" aria-labelledby="transcript-title">
            <div class="section-head">
                <h2 id="transcript-title">{say!("transcript-title")}</h2>
                <Downloads/>
            </div>
            <SpeechOptions/>
            <FindBox search/>
            <div
                node_ref=scroller
                class="transcript-scroller"
                id="transcript"
                role="region"
                tabindex="-1"
                aria-label=say!("transcript-label")
                on:wheel=move |_| stops_following()
                on:touchmove=move |_| stops_following()
                on:focusin=move |event| {
                    if let Some(scroller) = scroller.get_untracked() {
                        roving::on_focus_in(&scroller, &event);
                    }
                }
                on:focusout=move |event| {
                    if let Some(scroller) = scroller.get_untracked() {
                        roving::on_focus_out(&scroller, &event);
                    }
                }
                on:keydown=move |event| {
                    let Some(scroller) = scroller.get_untracked() else { return };
                    if event.key().starts_with("Page") || event.key().starts_with("Arrow") {
                        stops_following();
                    }
                    if own_clip::on_key(&scroller, &event) || roving::on_key(&scroller, &event) {
                        event.prevent_default();
                    }
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
                        {empty_words}
                    </p>
                </Show>
                <ol class="lines" lang=language>
                    <For each=segments key=|segment| (segment.start, segment.words.len(), segment.text()) let:segment>
                        <Line segment lazy_list is_new=is_listening.get_untracked() turns asked marks=search.marks/>
                    </For>
                </ol>
            </div>
            <OwnClip selected/>
            <Show when=move || !follows.get() && !is_empty.get() && selected.with(Option::is_none)>
                <button type="button" class="button button-small follow" on:click=move |_| follows.set(true)>
                    {say!("transcript-follow")}
                </button>
            </Show>
            <SpeakerMenu turns asked/>
        </section>
    }
}

/// The instant of the word or line that was pressed.
fn pressed_instant(event: &MouseEvent) -> Option<Instant> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let micros = target.closest("[data-at]").ok()??.get_attribute("data-at")?.parse().ok()?;
    Some(Instant::from_micros(micros))
}

/// Moves one class from word to word instead of making every word reactive.
fn mark_the_spoken_word(
    session: Session,
    edition: Memo<u32>,
    scroller: NodeRef<Div>,
    follows: RwSignal<bool>,
) {
    // Begin and end of each word, and the begin of its line.
    let starts = memo(move || {
        edition.get();
        session.state.with_untracked(|state| {
            let Some(file) = &state.file else { return vec![] };
            let words =
                file.transcript().segments.iter().flat_map(|segment| {
                    segment.words.iter().map(|word| (word.start, word.end, segment.start))
                });
            words.collect::<Vec<_>>()
        })
    });
    let spoken = memo(move || {
        let now = session.now.get();
        starts.with(|starts| {
            let index = starts.partition_point(|(start, ..)| *start <= now).checked_sub(1)?;
            // A word stays marked through the short breath after it.
            let word = starts.get(index).filter(|(_, end, _)| (now - *end).seconds() < 0.6)?;
            Some((word.0, word.2))
        })
    });
    effect(move || {
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
        let line = find(".line[data-line", line);
        if let Some(line) = &line {
            roving::offer_stop(&scroller, line);
        }
        // A line far away has no words yet: it gets them when it comes near.
        if let Some(goal) = word.or(line).filter(|_| follows.get_untracked()) {
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
