//! The work that runs now: stage, how far, time left, and a way to stop it.

use super::icon::{Drawn, Icon};
use super::show::Show;
use super::speech_model::SpeechModel;
use crate::format;
use crate::reactive::memo;
use crate::session::session;
use crate::state::Phase;
use crate::state::jobs::{Work, WorkKind};
use crate::state::ticks::Tick;
use leptos::prelude::*;
use project::project::Analysis;
use text::{decimal, say};

/// What is heard beside words that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    OtherWords,
    Translation,
}

fn stage_words(work: &Work, beside: Beside) -> String {
    if work.is_stopping {
        return say!("common-stopping");
    }
    match work.kind {
        WorkKind::Open => say!("progress-opening"),
        WorkKind::Transcribe if beside == Beside::Translation => say!("progress-translating"),
        WorkKind::Transcribe if beside == Beside::OtherWords => say!("progress-transcribing-again"),
        WorkKind::Transcribe => say!("progress-transcribing"),
        WorkKind::Watch => say!("progress-faces"),
        WorkKind::Export if work.clips > 1 => {
            let number = (work.clips_done + 1).min(work.clips);
            say!("progress-making-of", number = number, count = work.clips)
        }
        WorkKind::Export => say!("progress-making"),
    }
}

fn figures(work: &Work, tick: Tick) -> String {
    let mut parts = vec![format::percent(tick.whole_done(work))];
    parts.extend(tick.seconds_left.map(format::time_left));
    parts.join(" · ")
}

fn speed(tick: Tick) -> String {
    let speed = tick.speed.filter(|speed| *speed > 0.05);
    let said = speed.map(|speed| say!("progress-speed", speed = decimal(speed.into(), 1)));
    said.map(|said| format!(" · {said}")).unwrap_or_default()
}

#[component]
pub fn Progress() -> impl IntoView {
    let session = session();
    let work = session.work();
    let tick = move || work.get().map(|work| session.tick(work.job));
    let is_waiting =
        memo(move || session.state.with(|state| state.phase() == Phase::Opening && !state.is_working()));
    let stopped = memo(move || {
        session.state.with(|state| {
            let stopped =
                |file: &crate::state::OpenFile| file.analysis == Analysis::Stopped && file.is_attached;
            !state.is_working() && state.failure.is_none() && state.file.as_ref().is_some_and(stopped)
        })
    });
    let has_words = memo(move || {
        session.state.with(|state| state.file.as_ref().is_some_and(|file| file.transcript().has_words()))
    });
    let beside = memo(move || {
        session.state.with(|state| match &state.file {
            Some(file) if file.is_being_translated() => Beside::Translation,
            Some(file) if file.draft.is_some() => Beside::OtherWords,
            _ => Beside::Nothing,
        })
    });
    let label = memo(move || {
        work.with(|work| work.as_ref().map(|work| stage_words(work, beside.get())).unwrap_or_default())
    });
    let done = memo(move || work.get().map(|work| session.whole_done(&work)).unwrap_or_default());
    // Exports are told when they begin and end.
    let is_told = move || {
        work.with(|work| work.as_ref().is_some_and(|work| work.kind != WorkKind::Export || work.is_stopping))
    };
    let is_stopping = move || work.with(|work| work.as_ref().is_some_and(|work| work.is_stopping));
    let is_unknown = move || work.with(|work| work.as_ref().is_some_and(|work| work.kind == WorkKind::Open));
    view! {
        <Show when=move || is_waiting.get()>
            <div class="progress card" id="progress">
                <SpeechModel/>
                <div class="progress-end">
                    <button type="button" id="cancel" class="button button-small" on:click=move |_| session.cancel()>
                        {say!("common-cancel")}
                    </button>
                </div>
            </div>
        </Show>
        <Show when=move || work.with(Option::is_some)>
            <div class="progress card" id="progress">
                <p class="progress-line">
                    <strong class="progress-stage" role=move || is_told().then_some("status")>{label}</strong>
                    <span class="time progress-figures">
                        {move || work.get().zip(tick()).map(|(work, tick)| figures(&work, tick)).unwrap_or_default()}
                        <span class="progress-speed">
                            {move || tick().map(speed).unwrap_or_default()}
                        </span>
                    </span>
                </p>
                <div
                    class="bar"
                    class:bar-unknown=is_unknown
                    role="progressbar"
                    aria-label=say!("progress-label")
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || ((done.get() * 100.0) as u32).to_string()
                >
                    <div class="bar-fill" style:--done=move || done.get().to_string()></div>
                </div>
                <Show when=move || beside.get() != Beside::Nothing>
                    <p class="field-note" id="stays">
                        {move || match beside.get() {
                            Beside::Translation => say!("progress-translation-stays"),
                            _ => say!("progress-words-stay"),
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
                        {say!("common-cancel")}
                    </button>
                </div>
            </div>
        </Show>
        <Show when=move || stopped.get()>
            <div class="progress card" id="stopped">
                <p class="progress-line">
                    <strong>{say!("progress-stopped")}</strong>
                    <span>
                        {move || match has_words.get() {
                            true => say!("progress-saved-so-far"),
                            false => say!("progress-nothing-yet"),
                        }}
                    </span>
                </p>
                <div class="progress-end">
                    <button type="button" id="go-on" class="button button-primary button-small" on:click=move |_| session.analyze()>
                        {say!("progress-continue")}
                    </button>
                </div>
            </div>
        </Show>
    }
}
