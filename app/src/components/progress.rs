//! The work that runs now: stage, how far, time left, and a way to stop it.

use super::icon::{Drawn, Icon};
use super::speech_model::SpeechModel;
use crate::phrasing;
use crate::session::session;
use crate::state::work::Work;
use crate::state::{Analysis, Phase};
use clip::protocol::Stage;
use leptos::prelude::*;

/// What is heard beside words that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    OtherWords,
    Translation,
}

fn stage_words(work: &Work, beside: Beside) -> String {
    if work.stopping {
        return "Stopping".into();
    }
    match work.stage {
        Stage::Open => "Opening the video".into(),
        Stage::Transcribe | Stage::Select if beside == Beside::Translation => "Translating to English".into(),
        Stage::Transcribe if beside == Beside::OtherWords => "Transcribing again".into(),
        Stage::Transcribe => "Transcribing".into(),
        Stage::Select => "Choosing clips".into(),
        Stage::Understand => "Finding speakers and topics".into(),
        Stage::Search => "Searching".into(),
        Stage::Write => "Writing".into(),
        Stage::Export if work.clips > 1 => {
            format!("Making clip {} of {}", (work.clips_done + 1).min(work.clips), work.clips)
        }
        Stage::Export => "Making the clip".into(),
    }
}

fn figures(work: &Work) -> String {
    let mut parts = vec![phrasing::percent(work.whole_done())];
    parts.extend(work.seconds_left.map(phrasing::time_left));
    parts.join(" · ")
}

fn speed(work: &Work) -> String {
    work.speed.filter(|speed| *speed > 0.05).map(|speed| format!(" · {speed:.1}× speed")).unwrap_or_default()
}

#[component]
pub fn Progress() -> impl IntoView {
    let session = session();
    let work = Memo::new(move |_| session.state.with(|state| state.work.clone()));
    let is_waiting = Memo::new(move |_| {
        session.state.with(|state| state.phase() == Phase::Opening && state.work.is_none())
    });
    let stopped = Memo::new(move |_| {
        session.state.with(|state| {
            let stopped =
                |file: &crate::state::OpenFile| file.analysis == Analysis::Stopped && file.is_attached;
            state.work.is_none() && state.failure.is_none() && state.file.as_ref().is_some_and(stopped)
        })
    });
    let has_words = Memo::new(move |_| {
        session.state.with(|state| state.file.as_ref().is_some_and(|file| file.transcript.has_words()))
    });
    let beside = Memo::new(move |_| {
        session.state.with(|state| match &state.file {
            Some(file) if file.is_being_translated() => Beside::Translation,
            Some(file) if file.draft.is_some() => Beside::OtherWords,
            _ => Beside::Nothing,
        })
    });
    let label = Memo::new(move |_| {
        work.with(|work| work.as_ref().map(|work| stage_words(work, beside.get())).unwrap_or_default())
    });
    let done = Memo::new(move |_| work.with(|work| work.as_ref().map(Work::whole_done).unwrap_or_default()));
    // Exports are told when they begin and end.
    let is_told = move || {
        work.with(|work| work.as_ref().is_some_and(|work| work.stage != Stage::Export || work.stopping))
    };
    let is_stopping = move || work.with(|work| work.as_ref().is_some_and(|work| work.stopping));
    let is_unknown = move || work.with(|work| work.as_ref().is_some_and(|work| work.stage == Stage::Open));
    view! {
        <Show when=move || is_waiting.get()>
            <div class="progress card" id="progress">
                <SpeechModel/>
                <div class="progress-end">
                    <button type="button" id="cancel" class="button button-small" on:click=move |_| session.cancel()>
                        "Cancel"
                    </button>
                </div>
            </div>
        </Show>
        <Show when=move || work.with(Option::is_some)>
            <div class="progress card" id="progress">
                <p class="progress-line">
                    <strong class="progress-stage" role=move || is_told().then_some("status")>{label}</strong>
                    <span class="time progress-figures">
                        {move || work.with(|work| work.as_ref().map(figures).unwrap_or_default())}
                        <span class="progress-speed">
                            {move || work.with(|work| work.as_ref().map(speed).unwrap_or_default())}
                        </span>
                    </span>
                </p>
                <div
                    class="bar"
                    class:bar-unknown=is_unknown
                    role="progressbar"
                    aria-label="Progress"
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || ((done.get() * 100.0) as u32).to_string()
                >
                    <div class="bar-fill" style:--done=move || done.get().to_string()></div>
                </div>
                <Show when=move || beside.get() != Beside::Nothing>
                    <p class="field-note" id="stays">
                        {move || match beside.get() {
                            Beside::Translation => "Your transcript and clips stay as they are. English is kept beside them.",
                            _ => "Your transcript and clips stay as they are until the new one is whole.",
                        }}
                    </p>
                </Show>
                <div class="progress-end">
                    <button
                        type="button"
                        id="cancel"
                        class="button button-small"
                        // Not disabled: the focus stays until the work has stopped.
                        aria-disabled=move || is_stopping().to_string()
                        on:click=move |_| {
                            if !is_stopping() {
                                session.cancel();
                            }
                        }
                    >
                        <Drawn icon=Icon::Close/>
                        "Cancel"
                    </button>
                </div>
            </div>
        </Show>
        <Show when=move || stopped.get()>
            <div class="progress card" id="stopped">
                <p class="progress-line">
                    <strong>"Stopped"</strong>
                    <span>
                        {move || match has_words.get() {
                            true => "Your transcript so far is saved.",
                            false => "Nothing was transcribed yet.",
                        }}
                    </span>
                </p>
                <div class="progress-end">
                    <button type="button" id="go-on" class="button button-primary button-small" on:click=move |_| session.analyze()>
                        "Continue"
                    </button>
                </div>
            </div>
        </Show>
    }
}
