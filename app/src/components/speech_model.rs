//! How far the speech model is: fetched once, then read from this browser's own storage.

use super::icon::{Drawn, Icon};
use crate::phrasing;
use crate::session::session;
use crate::state::loading::{Loading, Preparing, Ready};
use clip::protocol::{DeviceKind, PrepareStep};
use leptos::prelude::*;

fn step_words(step: PrepareStep) -> (&'static str, &'static str) {
    match step {
        PrepareStep::Fetching => ("Fetching the speech model", "Once only. It stays in this browser."),
        PrepareStep::Checking => ("Checking the speech model", "Every byte is compared with its fingerprint."),
        PrepareStep::Loading => ("Waking the speech model", "A moment."),
    }
}

fn ready_words(ready: &Ready) -> String {
    let device = match (ready.device, &ready.adapter) {
        (DeviceKind::Webgpu, Some(adapter)) if !adapter.is_empty() => format!("on the graphics card ({adapter})"),
        (DeviceKind::Webgpu, _) => "on the graphics card".to_owned(),
        (DeviceKind::Cpu, _) if ready.threads == 1 => "on the processor".to_owned(),
        (DeviceKind::Cpu, _) => format!("on {} processor cores", ready.threads),
    };
    format!("{}, {device}", ready.model_title)
}

#[component]
pub fn SpeechModel() -> impl IntoView {
    let session = session();
    let loading = Memo::new(move |_| session.state.with(|state| state.loading.clone()));
    let is_waiting = Memo::new(move |_| session.state.with(|state| state.file.is_some()));
    move || match loading.get() {
        Loading::Broken(_) => ().into_any(),
        Loading::Ready(ready) if !is_waiting.get() => view! {
            <p class="model-ready" id="model-state">
                <Drawn icon=Icon::Check/>
                <span>"Speech model ready: "{ready_words(&ready)}</span>
            </p>
        }
        .into_any(),
        Loading::Ready(_) => ().into_any(),
        Loading::Starting => view! { <Bar label="Starting".into() note="A moment.".into() done=None figures="".into()/> }
            .into_any(),
        Loading::Preparing(preparing) => {
            let (label, note) = step_words(preparing.step);
            let note = if is_waiting.get() { "Your video opens as soon as it is ready." } else { note };
            let figures = figures(&preparing);
            view! { <Bar label=label.into() note=note.into() done=preparing.done() figures/> }.into_any()
        }
    }
}

fn figures(preparing: &Preparing) -> String {
    if preparing.step != PrepareStep::Fetching || preparing.total_bytes == 0 {
        return String::new();
    }
    let amount =
        format!("{} of {}", phrasing::size(preparing.done_bytes), phrasing::size(preparing.total_bytes));
    match preparing.seconds_left {
        Some(seconds) => format!("{amount} · {}", phrasing::time_left(seconds)),
        None => amount,
    }
}

#[component]
fn Bar(label: String, note: String, done: Option<f32>, figures: String) -> impl IntoView {
    let spoken = label.clone();
    view! {
        <div class="model-progress" id="model-state">
            <p class="model-progress-line">
                <strong>{label}</strong>
                <span class="time">{figures}</span>
            </p>
            <div
                class="bar"
                class:bar-unknown=done.is_none()
                role="progressbar"
                aria-label=spoken
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=done.map(|done| ((done * 100.0) as u32).to_string())
            >
                <div class="bar-fill" style:--done=move || done.unwrap_or(0.0).to_string()></div>
            </div>
            <p class="field-note">{note}</p>
        </div>
    }
}
