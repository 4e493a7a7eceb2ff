//! What is said in the clip, as text: words are cut out of it and brought back. What is picked is `picked_words`'s, where a cut lies
//! `project::cut`'s.

use super::act::{Act, act};
use super::clip_spelling::{Correcting, Correction};
use super::icon::Icon;
use super::picked_words::PickedWords;
use super::show::Show;
use super::transport::Transport;
use crate::format;
use crate::reactive::{effect, memo};
use crate::session::{Session, session};
use clip::edit::ClipEdit;
use clip::order;
use clip::script;
use clip::timeline::Timeline;
use clip::transcript::{Transcript, WordId};
use leptos::prelude::*;
use media::time::Instant;
use project::cut::{Change, ClipWord, TooShort, bring_back, cut, words_of};
use project::split::split;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use text::say;
use web_sys::KeyboardEvent;

/// Why nothing was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// The word has no sound of its own.
    NoTime,
    TooShort,
    /// A part of what would be split.
    PartTooShort,
}

impl Refusal {
    fn words(self) -> String {
        match self {
            Self::NoTime => say!("editor-words-no-time"),
            Self::TooShort => say!("editor-words-too-short"),
            Self::PartTooShort => say!("editor-words-split-short"),
        }
    }
}

#[derive(Clone, Copy)]
struct Cutting {
    session: Session,
    transport: Transport,
    words: Memo<Vec<ClipWord>>,
    picked: PickedWords,
    correcting: Correcting,
    refusal: RwSignal<Option<Refusal>>,
}

#[component]
pub fn ClipWords(transport: Transport) -> impl IntoView {
    let session = session();
    let clip = transport.clip;
    let timeline = memo(move || clip.with(|clip| clip.as_ref().map(|clip| clip.timeline.clone())));
    let heard = memo(move || {
        session.state.with(|state| state.file.as_ref().map(|file| (file.hearing, file.recording.edition())))
    });
    let words = memo(move || {
        heard.track();
        let words = |timeline: &Timeline| {
            session.state.with_untracked(|state| {
                state.file.as_ref().map(|file| words_of(timeline, file.transcript())).unwrap_or_default()
            })
        };
        timeline.with(|timeline| timeline.as_ref().map(words).unwrap_or_default())
    });
    let picked = PickedWords::new(words);
    let correcting = Correcting::new(session);
    let cutting = Cutting { session, transport, words, picked, correcting, refusal: RwSignal::new(None) };
    let is_there = memo(move || words.with(|words| !words.is_empty()));
    let chosen = memo(move || clip.with(|clip| clip.as_ref().map(|clip| clip.id)));
    let hearing = memo(move || heard.get().map(|(hearing, _)| hearing));
    // Another clip, or the words of another hearing.
    effect(move || {
        chosen.track();
        hearing.track();
        picked.clear();
        correcting.end();
        cutting.refusal.set(None);
    });
    // Whatever moved the edges, there is a word to go on from.
    effect(move || {
        words.track();
        picked.stay_among_words();
    });
    view! {
        <Show when=move || is_there.get()>
            <section class="field" aria-labelledby="words-title">
                <div class="words-head">
                    <h3 class="field-label" id="words-title">{say!("editor-words")}</h3>
                    <Length clip/>
                </div>
                <Text cutting/>
                <Correction correcting/>
                <Acts cutting/>
            </section>
        </Show>
    }
}

/// "0:31.4 played, 0:02.1 cut".
#[component]
fn Length(clip: Memo<Option<ClipEdit>>) -> impl IntoView {
    let said = move |clip: &ClipEdit| {
        let (hull, played) = (clip.timeline.hull().duration(), clip.length());
        let of = |span| format::exact_position(Instant::ZERO + span);
        match hull > played {
            true => say!("editor-words-length", played = of(played), cut = of(hull - played)),
            false => of(played),
        }
    };
    view! {
        <span class="field-note time" id="words-length">{move || clip.with(|clip| clip.as_ref().map(said))}</span>
    }
}

#[component]
fn Text(cutting: Cutting) -> impl IntoView {
    let Cutting { session, transport, words, picked, .. } = cutting;
    let way =
        memo(move || words.with(|words| script::direction(words.iter().map(|word| word.text.as_str()))));
    let language = move || {
        words.track();
        let language = |state: &crate::state::AppState| {
            let language = state.file.as_ref()?.transcript().language.clone();
            (!language.is_empty()).then_some(language)
        };
        session.state.with_untracked(language)
    };
    let out = memo(move || {
        words.with(|words| {
            order::gathered::<_, BTreeSet<_>>(words.iter().filter(|word| !word.is_played).map(|word| word.id))
        })
    });
    let now = memo(move || {
        let at = transport.at.get();
        words.with(|words| {
            words.iter().filter(|word| word.is_played && word.start <= at).map(|word| word.id).max()
        })
    });
    let range = memo(move || picked.range());
    let head = move || picked.head().map(|id| format!("clip-word-{}", id.0));
    view! {
        <div
            node_ref=picked.list
            id="clip-words"
            class="cut-text"
            role="listbox"
            tabindex="0"
            aria-multiselectable="true"
            aria-orientation="horizontal"
            aria-labelledby="words-title"
            aria-describedby="words-note"
            aria-activedescendant=head
            dir=move || way.get().name()
            lang=language
            on:focus=move |_| picked.on_focus(now.get_untracked())
            on:pointerdown=move |event| picked.on_pointer_down(&event)
            on:pointermove=move |event| picked.on_pointer_move(&event)
            on:click=move |event| {
                if let Some(id) = picked.on_click(&event) {
                    cutting.press(id);
                }
            }
            on:keydown=move |event| {
                if cutting.on_key(&event, way.get_untracked() == script::Direction::RightToLeft) {
                    event.prevent_default();
                }
            }
        >
            <For each=move || words.get() key=|word| (word.id, word.start, word.text.clone()) let:word>
                <OneWord word out=out now=now range=range head=Signal::derive(move || picked.head())/>
            </For>
        </div>
    }
}

#[component]
fn OneWord(
    word: ClipWord,
    out: Memo<BTreeSet<WordId>>,
    now: Memo<Option<WordId>>,
    range: Memo<Option<RangeInclusive<WordId>>>,
    head: Signal<Option<WordId>>,
) -> impl IntoView {
    let ClipWord { id, text, is_spaced, .. } = word;
    let is_out = move || out.with(|out| out.contains(&id));
    let is_picked = move || range.with(|range| range.as_ref().is_some_and(|range| range.contains(&id)));
    // What is struck through is seen only.
    let label = {
        let text = text.clone();
        move || is_out().then(|| say!("editor-words-out", word = &text))
    };
    view! {
        {if is_spaced { " " } else { "" }}
        <span
            role="option"
            id=format!("clip-word-{}", id.0)
            class="cut-word"
            class:cut-word-out=is_out
            class:cut-word-picked=is_picked
            class:cut-word-head=move || head.get() == Some(id)
            class:cut-word-now=move || now.get() == Some(id)
            aria-selected=move || is_picked().to_string()
            aria-label=label
            data-word=id.0.to_string()
        >{text}</span>
    }
}

#[component]
fn Acts(cutting: Cutting) -> impl IntoView {
    let Cutting { picked, refusal, correcting, .. } = cutting;
    let correct = Act {
        id: Some("correct-words"),
        is_busy: Signal::derive(move || picked.range().is_none() || !correcting.may_begin()),
        ..Act::new(
            "button button-small",
            Icon::Pencil,
            say!("editor-correct"),
            Callback::new(move |_| cutting.correct()),
        )
    };
    let has =
        move |played: bool| Signal::derive(move || !cutting.has_picked(picked.range().as_ref(), played));
    let cut = Act {
        id: Some("cut-words"),
        is_busy: has(true),
        ..Act::new(
            "button button-small",
            Icon::Scissors,
            say!("editor-words-cut"),
            Callback::new(move |_| cutting.cut()),
        )
    };
    let back = Act {
        id: Some("bring-back-words"),
        is_busy: has(false),
        ..Act::new(
            "button button-small",
            Icon::Restore,
            say!("editor-words-back"),
            Callback::new(move |_| cutting.bring_back()),
        )
    };
    let split = Act {
        id: Some("split-clip"),
        is_busy: Signal::derive(move || !cutting.may_split()),
        ..Act::new(
            "button button-small",
            Icon::Split,
            say!("editor-words-split"),
            Callback::new(move |_| cutting.split()),
        )
    };
    view! {
        <div class="words-acts">
            {act(correct)} {act(cut)} {act(back)} {act(split)}
            <p class="field-note" id="words-note">
                {move || refusal.get().map_or_else(|| say!("editor-words-note"), Refusal::words)}
            </p>
        </div>
    }
}

impl Cutting {
    fn has_picked(self, range: Option<&RangeInclusive<WordId>>, played: bool) -> bool {
        let Some(range) = range else { return false };
        self.words.with(|words| words.iter().any(|word| word.is_played == played && range.contains(&word.id)))
    }

    /// Whether the clip plays something before what is picked.
    fn may_split(self) -> bool {
        let first = self.picked.range().map(|range| *range.start());
        first.is_some_and(|first| {
            self.words.with(|words| {
                let (before, after): (Vec<&ClipWord>, Vec<&ClipWord>) =
                    words.iter().filter(|word| word.is_played).partition(|word| word.id < first);
                !before.is_empty() && !after.is_empty()
            })
        })
    }

    /// One clip becomes two before what is picked; the first part stays in the editor.
    fn split(self) {
        let asked = self.asked(|timeline, transcript, range| split(timeline, transcript, *range.start()));
        let (Some(id), Some(parts)) = (self.session.chosen(), asked) else { return };
        match parts {
            Ok(Some(parts)) => {
                self.refusal.set(None);
                if let Some(number) = self.session.split_clip(id, parts) {
                    self.session.tell_edit(&say!("editor-told-split", number = number));
                }
            }
            Ok(None) => {}
            Err(TooShort) => {
                self.refusal.set(Some(Refusal::PartTooShort));
                self.session.tell_edit(&Refusal::PartTooShort.words());
            }
        }
    }

    /// A press on a word: the preview goes there, or it comes back.
    fn press(self, id: WordId) {
        self.refusal.set(None);
        let start = self.words.with_untracked(|words| {
            words.iter().find(|word| word.id == id).filter(|word| word.is_played).map(|word| word.start)
        });
        match start {
            Some(start) => self.transport.seek(start),
            None => self.bring_back(),
        }
    }

    fn on_key(self, event: &KeyboardEvent, is_backwards: bool) -> bool {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return false;
        }
        match event.key().as_str() {
            "Delete" | "Backspace" if untrack(|| self.has_picked(self.picked.range().as_ref(), true)) => {
                self.cut()
            }
            "Delete" | "Backspace" => self.bring_back(),
            "F2" => self.correct(),
            "Enter" => {
                if let Some(head) = untrack(|| self.picked.head()) {
                    self.press(head);
                }
            }
            _ => {
                let has_moved = self.picked.on_key(event, is_backwards);
                if has_moved {
                    self.refusal.set(None);
                }
                return has_moved;
            }
        }
        true
    }

    fn correct(self) {
        if let Some(picked) = untrack(|| self.picked.range()) {
            self.refusal.set(None);
            self.correcting.begin(picked);
        }
    }

    fn cut(self) {
        match self.asked(cut) {
            Some(Ok(Some(change))) => {
                self.make(change, |words, length| say!("editor-told-cut", words = words, length = length))
            }
            Some(Err(TooShort)) => {
                self.refusal.set(Some(Refusal::TooShort));
                self.session.tell_edit(&Refusal::TooShort.words());
            }
            Some(Ok(None)) => self.refusal.set(Some(Refusal::NoTime)),
            None => {}
        }
    }

    fn bring_back(self) {
        if let Some(change) = self.asked(bring_back).flatten() {
            self.make(change, |words, length| say!("editor-told-back", words = words, length = length));
        }
    }

    fn asked<T>(self, ask: impl FnOnce(&Timeline, &Transcript, &RangeInclusive<WordId>) -> T) -> Option<T> {
        let range = untrack(|| self.picked.range())?;
        self.session.state.with_untracked(|state| {
            let file = state.file.as_ref()?;
            Some(ask(&file.clips.get(state.chosen?)?.timeline, file.transcript(), &range))
        })
    }

    /// One step, told once, by its words and the length after it: `Cut: “um you know”. 0:31 left`.
    fn make(self, change: Change, told: fn(String, String) -> String) {
        let Some(id) = self.session.chosen() else { return };
        let Change { timeline, words } = change;
        let length = format::position(Instant::ZERO + timeline.duration());
        self.refusal.set(None);
        self.session.edit_clip(id, |clip, _| clip.timeline = timeline);
        if self.session.may_change() {
            self.session.tell_edit(&told(words, length));
        }
    }
}
