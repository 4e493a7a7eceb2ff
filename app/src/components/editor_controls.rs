//! What can be changed about a clip: its name, its edges, its captions and what its frame shows.

use super::act::{Act, act};
use super::choices::choice;
use super::clip_texts::ClipTexts;
use super::clip_words::ClipWords;
use super::framing::FramingChoice;
use super::icon::{Drawn, Icon};
use super::listed::Listed;
use super::show::Show;
use super::tightening::Tightening;
use super::transport::Transport;
use crate::format;
use crate::reactive::memo;
use crate::session::{Session, session};
use crate::wording::quoted;
use clip::edit::{CaptionStyle, ClipId, SpeakerMarks};
use leptos::prelude::*;
use project::trim::{Direction, Edge, Stride, quote};
use text::say;

#[component]
pub fn Controls(transport: Transport) -> impl IntoView {
    view! {
        <div class="properties">
            <Fields transport/>
            <Foot transport/>
        </div>
    }
}

#[component]
fn Fields(transport: Transport) -> impl IntoView {
    let session = session();
    let clip = transport.clip;
    let id = move || clip.with_untracked(|clip| clip.as_ref().map(|clip| clip.id));
    let title = move || clip.with(|clip| clip.as_ref().map(|clip| clip.title.clone()).unwrap_or_default());
    let reasons =
        move || clip.with(|clip| clip.as_ref().map(|clip| clip.reasons.clone()).unwrap_or_default());
    view! {
        <div class="controls">
            <label class="field">
                <span class="field-label">{say!("editor-title")}</span>
                <input
                    type="text"
                    id="clip-title"
                    dir="auto"
                    class="text-input"
                    maxlength="120"
                    autocomplete="off"
                    prop:value=title
                    on:change=move |event| {
                        let title = event_target_value(&event).trim().to_owned();
                        if let Some(id) = id().filter(|_| !title.is_empty()) {
                            session.edit_clip(id, |clip, _| clip.title = title);
                        }
                    }
                />
            </label>
            <ClipWords transport/>
            <Tightening transport/>
            <ClipTexts transport/>
            <fieldset class="edges">
                <legend class="field-label">{say!("editor-trim")}</legend>
                <EdgeRow transport edge=Edge::Start/>
                <EdgeRow transport edge=Edge::End/>
                <p class="field-note keys-note">{with_keys(&say!("editor-trim-keys"))}</p>
            </fieldset>
            <CaptionChoice transport/>
            <SpeakerChoice/>
            <FramingChoice transport/>
            <div class="field">
                <span class="field-label">{say!("editor-why")}</span>
                <ul class="clip-reasons">
                    {move || reasons().iter().map(|reason| view! { <li>{text::reasons::reason(reason)}</li> }).listed()}
                </ul>
            </div>
        </div>
    }
}

/// The main acts, always in sight.
#[component]
fn Foot(transport: Transport) -> impl IntoView {
    let session = session();
    let clip = transport.clip;
    let is_busy = session.is_working;
    let is_kept = memo(move || {
        session.state.with(|state| {
            let (file, id) = (state.file.as_ref(), state.chosen);
            file.zip(id).is_some_and(|(file, id)| file.clips.now().kept.contains(&id))
        })
    });
    let with_clip = move |acts: fn(Session, ClipId)| {
        Callback::new(move |_: bool| {
            if let Some(id) = session.chosen() {
                acts(session, id);
            }
        })
    };
    let export = Act {
        id: Some("export-clip"),
        is_busy: is_busy.into(),
        ..Act::new(
            "button button-primary",
            Icon::Download,
            say!("editor-export"),
            with_clip(|session, id| {
                session.choose_clip(None);
                session.export(&[id]);
            }),
        )
    };
    let keep = Act {
        id: Some("keep-clip"),
        is_pressed: Some(is_kept),
        ..Act::new(
            "button button-quiet clip-keep",
            Icon::Keep,
            say!("common-keep"),
            with_clip(|session, id| session.keep(id, false)),
        )
    };
    let skip = Act {
        id: Some("skip-clip"),
        ..Act::new(
            "button button-quiet",
            Icon::Reject,
            say!("clips-skip"),
            with_clip(|session, id| {
                session.choose_clip(None);
                session.reject(id);
            }),
        )
    };
    let length = move || clip.with(|clip| clip.as_ref().map(|clip| format::length(clip.length())));
    view! {
        <div class="controls-end">
            {act(export)} {act(keep)} {act(skip)}
            <span class="time controls-length">{length}</span>
        </div>
    }
}

/// Brackets that stand alone are keys.
fn with_keys(words: &str) -> Vec<AnyView> {
    let view = |word: &str| match word {
        "[" | "]" | "{" | "}" => view! { <kbd>{word.to_owned()}</kbd>" " }.into_any(),
        word => format!("{word} ").into_any(),
    };
    words.split(' ').map(view).collect()
}

#[component]
fn EdgeRow(transport: Transport, edge: Edge) -> impl IntoView {
    let session = session();
    let clip = transport.clip;
    let name = match edge {
        Edge::Start => say!("editor-start"),
        Edge::End => say!("editor-end"),
    };
    let at = move || {
        clip.with(|clip| {
            clip.as_ref().map(|clip| match edge {
                Edge::Start => format::exact_position(clip.start()),
                Edge::End => format::exact_position(clip.end()),
            })
        })
    };
    // So that it can be judged without playing.
    let edition = memo(move || session.edition());
    let words = memo(move || {
        edition.get();
        clip.with(|clip| {
            let clip = clip.as_ref()?;
            session.state.with_untracked(|state| {
                Some(quoted(&quote(clip, edge, state.file.as_ref()?.transcript()), edge))
            })
        })
    });
    let button = move |direction: Direction, stride: Stride| {
        let icon = match (direction, stride) {
            (Direction::Earlier, Stride::Sentence) => Icon::FarPrevious,
            (Direction::Earlier, Stride::Word) => Icon::Previous,
            (Direction::Later, Stride::Word) => Icon::Next,
            (Direction::Later, Stride::Sentence) => Icon::FarNext,
        };
        let label = nudge_label(edge, direction, stride);
        view! {
            <button
                type="button"
                class="nudge"
                aria-label=label.clone()
                title=label
                on:click=move |_| transport.nudge(edge, direction, stride)
            >
                <Drawn icon/>
            </button>
        }
    };
    view! {
        <div class="edge" role="group" aria-label=name>
            <span class="edge-name">{name.clone()}</span>
            <span class="edge-time time">{at}</span>
            <div class="nudges">
                {button(Direction::Earlier, Stride::Sentence)}
                {button(Direction::Earlier, Stride::Word)}
                {button(Direction::Later, Stride::Word)}
                {button(Direction::Later, Stride::Sentence)}
            </div>
            <p class="edge-words" dir="auto">{words}</p>
        </div>
    }
}

fn nudge_label(edge: Edge, direction: Direction, stride: Stride) -> String {
    match (edge, direction, stride) {
        (Edge::Start, Direction::Earlier, Stride::Sentence) => say!("editor-start-sentence-earlier"),
        (Edge::Start, Direction::Earlier, Stride::Word) => say!("editor-start-word-earlier"),
        (Edge::Start, Direction::Later, Stride::Word) => say!("editor-start-word-later"),
        (Edge::Start, Direction::Later, Stride::Sentence) => say!("editor-start-sentence-later"),
        (Edge::End, Direction::Earlier, Stride::Sentence) => say!("editor-end-sentence-earlier"),
        (Edge::End, Direction::Earlier, Stride::Word) => say!("editor-end-word-earlier"),
        (Edge::End, Direction::Later, Stride::Word) => say!("editor-end-word-later"),
        (Edge::End, Direction::Later, Stride::Sentence) => say!("editor-end-sentence-later"),
    }
}

#[component]
fn CaptionChoice(transport: Transport) -> impl IntoView {
    let session = session();
    let clip = transport.clip;
    let style = move || clip.with(|clip| clip.as_ref().map(|clip| clip.captions).unwrap_or_default());
    let choice = move |value: CaptionStyle, words: String| {
        let choose = move || {
            if let Some(id) = clip.with_untracked(|clip| clip.as_ref().map(|clip| clip.id)) {
                session.edit_clip(id, |clip, _| clip.captions = value);
            }
        };
        choice("captions", words, move || style() == value, choose)
    };
    view! {
        <fieldset class="field field-set" id="caption-style">
            <legend class="field-label">{say!("editor-captions")}</legend>
            <div class="choices">
                {choice(CaptionStyle::Bold, say!("editor-captions-bold"))}
                {choice(CaptionStyle::Plate, say!("editor-captions-plate"))}
                {choice(CaptionStyle::Off, say!("editor-captions-off"))}
            </div>
        </fieldset>
    }
}

/// Only where there are people to tell apart.
#[component]
fn SpeakerChoice() -> impl IntoView {
    let session = session();
    let has_speakers =
        memo(move || session.state.with(|state| state.file.as_ref().is_some_and(|file| file.has_speakers())));
    let marks = memo(move || {
        session.state.with(|state| state.file.as_ref().map(|file| file.clips.now().marks).unwrap_or_default())
    });
    let choice = move |value: SpeakerMarks, words: String| {
        choice("speaker-marks", words, move || marks.get() == value, move || session.mark_speakers(value))
    };
    view! {
        <Show when=move || has_speakers.get()>
            <fieldset class="field field-set" id="speaker-marks" aria-describedby="speaker-marks-note">
                <legend class="field-label">{say!("editor-labels")}</legend>
                <div class="choices">
                    {choice(SpeakerMarks::Off, say!("editor-labels-off"))}
                    {choice(SpeakerMarks::Colors, say!("editor-labels-colors"))}
                    {choice(SpeakerMarks::Names, say!("editor-labels-names"))}
                </div>
                <p class="field-note" id="speaker-marks-note">
                    {say!("editor-labels-note")}
                </p>
            </fieldset>
        </Show>
    }
}
