//! What of the source's picture a clip shows: found out by looking at it, or placed by hand. What was found out is said, and either is one
//! press away from the other.

use super::choices::choice;
use super::job_line::{Failed, Running, Wording};
use super::shapes::ShapeChoice;
use super::show::Show;
use super::transport::Transport;
use crate::browser;
use crate::reactive::memo;
use crate::session::{Session, session};
use crate::state::jobs::{Kind, Outcome};
use clip::edit::{ClipEdit, ClipId, Framing};
use clip::reframe::Aim;
use leptos::prelude::*;
use text::failure::message;
use text::say;

const WORDING: Wording = Wording {
    id: "watching",
    doing: || say!("editor-faces-finding"),
    cancel_id: "cancel-watching",
    cancel: || say!("editor-faces-cancel"),
};

#[component]
pub fn FramingChoice(transport: Transport) -> impl IntoView {
    let session = session();
    let clip = transport.clip;
    let has_picture =
        memo(move || session.state.with(|state| state.file.as_ref().is_some_and(|file| file.has_picture())));
    let framing = move || clip.with(|clip| clip.as_ref().map(|clip| clip.framing).unwrap_or_default());
    let id = move || clip.with_untracked(|clip: &Option<ClipEdit>| clip.as_ref().map(|clip| clip.id));
    let choose = move |value: Framing, words: String, choose: fn(Session, ClipId)| {
        let chosen = move || {
            if let Some(id) = id() {
                choose(session, id);
            }
        };
        choice("framing", words, move || framing() == value, chosen)
    };
    let by_hand = |session: Session, id: ClipId| {
        // From where it is.
        let center_x =
            session.state.with_untracked(|state| state.framed(id)).map(|clip| clip.scenes.center_x());
        session.frame_clip(id, center_x.unwrap_or(0.5));
        session.frame_stays();
    };
    view! {
        <Show when=move || has_picture.get()>
            <ShapeChoice/>
            <fieldset class="field field-set" id="framing" aria-describedby="framing-note">
                <legend class="field-label">{say!("editor-framing")}</legend>
                <div class="choices">
                    {choose(Framing::Automatic, say!("editor-framing-automatic"), Session::frame_automatically)}
                    {choose(Framing::ByHand, say!("editor-framing-by-hand"), by_hand)}
                </div>
                <Slider transport/>
                <Show when=move || framing() == Framing::Automatic>
                    <Seen transport/>
                </Show>
            </fieldset>
        </Show>
    }
}

/// What was seen, or how far the looking is.
#[component]
fn Seen(transport: Transport) -> impl IntoView {
    let session = session();
    let aims = memo(move || {
        let id = transport.clip.with(|clip| clip.as_ref().map(|clip| clip.id));
        session.state.with(|state| {
            let file = state.file.as_ref()?;
            Some(file.aims(file.clips.get(id?)?))
        })
    });
    let note =
        move || aims.get().unwrap_or_default().into_iter().map(aim_words).collect::<Vec<_>>().join(" ");
    let outcome = memo(move || {
        session.state.with(|state| state.file.as_ref().map(|file| file.watching.clone()).unwrap_or_default())
    });
    let is_unseen = memo(move || {
        let id = transport.clip.with(|clip| clip.as_ref().map(|clip| clip.id));
        session.state.with(|state| {
            let file = state.file.as_ref()?;
            file.to_look_at(file.clips.get(id?)?)
        })
    });
    let why = memo(move || match outcome.get() {
        _ if is_unseen.get().is_none() => None,
        Outcome::Failed(failure) => Some(say!("editor-faces-failed", why = message(&failure))),
        Outcome::Stopped => Some(say!("editor-faces-stopped")),
        _ => None,
    });
    view! {
        <p class="field-note" id="framing-note" role="status">{note}</p>
        <Running job=session.running(Kind::is_watching) wording=WORDING cancel=Session::stop_watching/>
        <Failed why id="watching-failed" again=Session::watch_again/>
    }
}

fn aim_words((aim, shots): (Aim, usize)) -> String {
    match aim {
        Aim::Face => say!("editor-aim-face", count = shots),
        Aim::MovingFace => say!("editor-aim-moving-face", count = shots),
        Aim::Faces => say!("editor-aim-faces", count = shots),
        Aim::Split => say!("editor-aim-split", count = shots),
        Aim::Motion => say!("editor-aim-motion", count = shots),
        Aim::Middle => say!("editor-aim-middle", count = shots),
    }
}

/// Where the frame lies; moved, it is placed by hand.
#[component]
fn Slider(transport: Transport) -> impl IntoView {
    let session = session();
    let clip = transport.clip;
    let center = memo(move || {
        let id = clip.with(|clip| clip.as_ref().map(|clip| clip.id));
        let shown = session.state.with(|state| state.framed(id?));
        shown.map_or(50, |clip| (clip.scenes.center_x() * 100.0).round() as i32)
    });
    let value_of = |event: &web_sys::Event| {
        browser::number_of(event).map_or(0.5, |percent| (percent as f32 / 100.0).clamp(0.0, 1.0))
    };
    let id = move || clip.with_untracked(|clip: &Option<ClipEdit>| clip.as_ref().map(|clip| clip.id));
    view! {
        <span class="crop-line">
            <span class="field-note">{say!("editor-framing-left")}</span>
            <input
                type="range"
                id="crop"
                class="slider"
                min="0"
                max="100"
                step="1"
                aria-label=say!("editor-framing-position")
                prop:value=move || center.get().to_string()
                // Keys change it with every press: a run of them is one step, as a drag is.
                on:pointerdown=move |_| session.frame_stays()
                on:blur=move |_| session.frame_stays()
                on:input=move |event| {
                    if let Some(id) = id() {
                        let value = value_of(&event);
                        session.state.update(|state| {
                            state.edit_clips(|clips, _| clips.frame(id, value));
                        });
                    }
                }
                on:change=move |event| {
                    if let Some(id) = id() {
                        session.frame_clip(id, value_of(&event));
                    }
                }
            />
            <span class="field-note">{say!("editor-framing-right")}</span>
        </span>
    }
}
