//! How far the speech model is: fetched once, then read from this browser's own storage.

use super::icon::{Drawn, Icon};
use crate::catalogue;
use crate::format;
use crate::reactive::memo;
use crate::session::session;
use crate::state::loading::{Loading, Preparing, Ready};
use clip::protocol::{DeviceKind, PrepareStep};
use leptos::prelude::*;
use text::say;

/// A step, what it means for whoever waits, and how it is told of a model that is got ready beside another.
pub fn step_words(now: &Preparing) -> (String, String, String) {
    match now.step {
        // It is still being looked for: nothing is downloaded yet, and nothing may have to be.
        PrepareStep::Fetching if now.total_bytes == 0 => {
            (say!("progress-model-loading"), String::new(), say!("progress-beside-looking"))
        }
        PrepareStep::Fetching => (
            say!("progress-model-downloading"),
            say!("progress-model-downloading-why"),
            say!("progress-beside-downloading"),
        ),
        PrepareStep::Checking => (
            say!("progress-model-checking"),
            say!("progress-model-checking-why"),
            say!("progress-beside-checking"),
        ),
        PrepareStep::Loading => {
            (say!("progress-model-loading"), String::new(), say!("progress-beside-loading"))
        }
        PrepareStep::Waiting => (
            say!("progress-model-waiting"),
            say!("progress-model-waiting-why"),
            say!("progress-beside-waiting"),
        ),
    }
}

fn ready_words(ready: &Ready) -> String {
    let model = &catalogue::model_name(&ready.model_title);
    match (ready.device, &ready.adapter) {
        (DeviceKind::Webgpu, Some(adapter)) if !adapter.is_empty() => {
            say!("progress-ready-on-gpu-named", model = model, adapter = adapter)
        }
        (DeviceKind::Webgpu, _) => say!("progress-ready-on-gpu", model = model),
        (DeviceKind::Cpu, _) => say!("progress-ready-on-cpu", model = model, count = ready.threads),
    }
}

/// What kind of thing is shown; its figures change inside.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    Nothing,
    Ready(String),
    Deleted,
    Bar,
}

#[component]
pub fn SpeechModel() -> impl IntoView {
    let session = session();
    let is_waiting = memo(move || session.state.with(|state| state.file.is_some()));
    let shown = memo(move || {
        session.state.with(|state| match &state.loading {
            Loading::Ready(ready) if state.file.is_none() => Shown::Ready(ready_words(ready)),
            Loading::Ready(_) | Loading::Broken(_) => Shown::Nothing,
            Loading::Deleted => Shown::Deleted,
            Loading::Starting | Loading::Preparing(_) => Shown::Bar,
        })
    });
    move || match shown.get() {
        Shown::Nothing => ().into_any(),
        Shown::Ready(words) => view! {
            <p class="model-ready" id="model-state">
                <Drawn icon=Icon::Check/>
                <span>{words}</span>
            </p>
        }
        .into_any(),
        Shown::Deleted => view! {
            <p class="model-ready" id="model-state">
                {say!("progress-no-model")}
                " "
                <button type="button" class="link-button" on:click=move |_| session.start_engine()>
                    {say!("progress-download-now")}
                </button>
            </p>
        }
        .into_any(),
        Shown::Bar => view! { <Bar is_waiting/> }.into_any(),
    }
}

pub fn figures(preparing: &Preparing) -> String {
    if preparing.step != PrepareStep::Fetching || preparing.total_bytes == 0 {
        return String::new();
    }
    let (done, total) = (format::size(preparing.done_bytes), format::size(preparing.total_bytes));
    let amount = say!("progress-amount", done = done, total = total);
    match preparing.seconds_left {
        Some(seconds) => format!("{amount} · {}", format::time_left(seconds)),
        None => amount,
    }
}

#[component]
fn Bar(is_waiting: Memo<bool>) -> impl IntoView {
    let session = session();
    let preparing = memo(move || {
        session.state.with(|state| match &state.loading {
            Loading::Preparing(preparing) => Some(preparing.clone()),
            _ => None,
        })
    });
    let words = memo(move || {
        preparing.with(|preparing| {
            let starting = || (say!("progress-model-loading"), String::new(), String::new());
            preparing.as_ref().map_or_else(starting, step_words)
        })
    });
    let done = memo(move || preparing.with(|preparing| preparing.as_ref().and_then(Preparing::done)));
    let note = move || if is_waiting.get() { say!("progress-video-waits") } else { words.get().1 };
    view! {
        <div class="model-progress" id="model-state">
            <p class="model-progress-line">
                <strong role="status">{move || words.get().0}</strong>
                <span class="time">
                    {move || preparing.with(|preparing| preparing.as_ref().map(figures).unwrap_or_default())}
                </span>
            </p>
            <div
                class="bar"
                class:bar-unknown=move || done.get().is_none()
                role="progressbar"
                aria-label=move || words.get().0
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || done.get().map(|done| ((done * 100.0) as u32).to_string())
            >
                <div class="bar-fill" style:--done=move || done.get().unwrap_or(0.0).to_string()></div>
            </div>
            <p class="field-note">{note}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_is_told_only_where_there_is_one() {
        let check = |step, total_bytes, expected: &str| {
            let mut loading = Loading::Starting;
            loading.advance(step, 0, total_bytes, 0.0);
            let Loading::Preparing(preparing) = loading else { panic!("it is prepared") };
            assert_eq!(step_words(&preparing).2, expected);
        };
        check(PrepareStep::Fetching, 0, "getting ready");
        check(PrepareStep::Fetching, 9, "downloading, only once");
        check(PrepareStep::Loading, 0, "loading it");
    }
}
