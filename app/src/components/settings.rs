//! Settings: speech model, device, taste, looks, what is stored here and how to delete it, and what stays private.

use super::choices::choice;
use super::icon::{Drawn, Icon};
use super::keys::KeyListButton;
use super::listed::Listed;
use super::page_language::PageLanguage;
use super::show::Show;
use super::stored::Stored;
use super::switching::Switching;
use crate::browser::{self, Room};
use crate::catalogue;
use crate::erasing;
use crate::format;
use crate::reactive::{effect, memo};
use crate::session::{Session, session};
use crate::settings::Theme;
use crate::state::loading::Loading;
use crate::state::switching::Wanted;
use clip::protocol::{DeviceKind, DevicePreference};
use leptos::html::Dialog;
use leptos::prelude::*;
use project::verdicts::Verdicts;
use text::say;
use wasm_bindgen_futures::spawn_local;

#[component]
pub fn Settings() -> impl IntoView {
    let session = session();
    let dialog = NodeRef::<Dialog>::new();
    let room = RwSignal::new(None::<Room>);
    let measure = move || spawn_local(async move { room.set(erasing::room().await) });
    effect(move || {
        let opens = session.settings_open.get();
        let Some(dialog) = dialog.get() else { return };
        if opens && !dialog.open() {
            measure();
            // It is in the page and closed, so it can be shown.
            let _ = dialog.show_modal();
        } else if !opens && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog
            node_ref=dialog
            id="settings"
            class="settings"
            aria-labelledby="settings-title"
            on:close=move |_| session.settings_open.set(false)
        >
            <div class="settings-head">
                <h2 id="settings-title">{say!("settings-title")}</h2>
                <button
                    type="button"
                    id="close-settings"
                    class="button button-round"
                    aria-label=say!("settings-close")
                    on:click=move |_| session.settings_open.set(false)
                >
                    <Drawn icon=Icon::Close/>
                </button>
            </div>
            <div class="settings-body">
                <ModelChoice/>
                <WriterChoice/>
                <DeviceChoice/>
                <ClipCount/>
                <Taste/>
                <Looks/>
                <PageLanguage/>
                <KeyboardAndInstall/>
                <Stored room=room on_change=measure/>
                <section class="settings-part">
                    <h3>{say!("settings-private")}</h3>
                    <p>{say!("settings-private-text")}</p>
                </section>
            </div>
        </dialog>
    }
}

/// What of a kind is being got ready.
fn wanted<T>(session: Session, of_kind: impl Fn(&Wanted) -> Option<T>) -> Option<T> {
    session.state.with(|state| state.switching.as_ref()?.all().find_map(of_kind))
}

#[component]
fn ModelChoice() -> impl IntoView {
    let session = session();
    let is_busy = session.is_working;
    let loaded = memo(move || {
        session.settings.track();
        session.catalogue.track();
        let chosen = wanted(session, |wanted| match wanted {
            Wanted::Model(id) => Some(id.clone()),
            _ => None,
        });
        chosen.unwrap_or_else(|| session.model())
    });
    view! {
        <section class="settings-part">
            <h3><label for="model">{say!("settings-model")}</label></h3>
            <Show
                when=move || session.catalogue.with(|offered| !offered.speech.is_empty())
                fallback=move || view! { <p class="field-note">{say!("settings-model-unknown")}</p> }
            >
                <select
                    id="model"
                    class="select-input"
                    disabled=is_busy
                    on:change=move |event| {
                        let id = event_target_value(&event);
                        session.switch_to(Wanted::Model(id));
                    }
                >
                    {move || {
                        session.catalogue.get().speech.into_iter().map(|model| {
                            let id = model.id.clone();
                            let words = format!("{} · {}", catalogue::model_name(&model.title), format::size(model.bytes));
                            view! { <option value=model.id prop:selected=move || loaded.get() == id>{words}</option> }
                        }).listed()
                    }}
                </select>
            </Show>
            <p class="field-note">{say!("settings-model-note")}</p>
            <Switching id="switching-settings"/>
        </section>
    }
}

#[component]
fn WriterChoice() -> impl IntoView {
    let session = session();
    let is_busy = session.is_working;
    let chosen = memo(move || {
        session.settings.track();
        session.catalogue.track();
        let chosen = wanted(session, |wanted| match wanted {
            Wanted::Writer(id) => Some(id.clone()),
            _ => None,
        });
        chosen.unwrap_or_else(|| session.writer())
    });
    view! {
        <Show when=move || session.catalogue.with(|offered| !offered.writers.is_empty())>
            <section class="settings-part">
                <h3><label for="writer">{say!("settings-writer")}</label></h3>
                <select
                    id="writer"
                    class="select-input"
                    aria-describedby="writer-note"
                    disabled=is_busy
                    on:change=move |event| {
                        let id = event_target_value(&event);
                        session.switch_to(Wanted::Writer(Some(id).filter(|id| !id.is_empty())));
                    }
                >
                    <option value="" prop:selected=move || chosen.with(Option::is_none)>
                        {say!("settings-writer-rules")}
                    </option>
                    {move || {
                        session.catalogue.get().writers.into_iter().map(|model| {
                            let id = model.id.clone();
                            let words = say!("settings-writer-model", title = model.title, size = format::size(model.bytes));
                            let is_chosen = move || chosen.with(|chosen| chosen.as_ref() == Some(&id));
                            view! { <option value=model.id prop:selected=is_chosen>{words}</option> }
                        }).listed()
                    }}
                </select>
                <p class="field-note" id="writer-note">
                    {say!("settings-writer-note")}
                </p>
            </section>
        </Show>
    }
}

#[component]
fn DeviceChoice() -> impl IntoView {
    let session = session();
    let is_busy = session.is_working;
    let preferred = memo(move || {
        session.settings.track();
        let chosen = wanted(session, |wanted| match wanted {
            Wanted::Device(device) => Some(*device),
            _ => None,
        });
        chosen.unwrap_or_else(|| session.device())
    });
    // Graphics was asked for, and something else runs.
    let is_denied = memo(move || {
        let runs = session.state.with(|state| match &state.loading {
            Loading::Ready(ready) => Some(ready.device),
            _ => None,
        });
        preferred.get() == DevicePreference::Webgpu && runs == Some(DeviceKind::Cpu)
    });
    let why = RwSignal::new(String::new());
    effect(move || {
        if is_denied.get() {
            spawn_local(async move {
                why.set(match browser::has_webgpu().await {
                    false => say!("settings-no-webgpu"),
                    true => say!("settings-webgpu-failed"),
                });
            });
        }
    });
    let choice = move |value: DevicePreference, words: String| {
        let choose = move || session.switch_to(Wanted::Device(value));
        choice("device", words, move || preferred.get() == value, choose)
    };
    view! {
        <section class="settings-part">
            <fieldset class="field-set" disabled=is_busy>
                <legend><h3>{say!("settings-device")}</h3></legend>
                <div class="choices">
                    {choice(DevicePreference::Auto, say!("settings-device-auto"))}
                    {choice(DevicePreference::Cpu, say!("settings-device-cpu"))}
                    {choice(DevicePreference::Webgpu, say!("settings-device-gpu"))}
                </div>
            </fieldset>
            <p class="field-note" id="device-note" role="status">{move || if is_denied.get() { why.get() } else { String::new() }}</p>
        </section>
    }
}

#[component]
fn ClipCount() -> impl IntoView {
    let session = session();
    let count = move || session.settings.with(|settings| settings.clips);
    let outcome = RwSignal::new(String::new());
    effect(move || {
        if !session.settings_open.get() {
            outcome.set(String::new());
        }
    });
    view! {
        <section class="settings-part">
            <h3><label for="clip-count">{say!("settings-clips")}</label></h3>
            <div class="crop-line">
                <input
                    type="range"
                    id="clip-count"
                    class="slider"
                    min="4"
                    max="9"
                    step="1"
                    prop:value=move || count().to_string()
                    on:input=move |event| {
                        let clips = event_target_value(&event).parse().unwrap_or(6);
                        session.change_settings(|settings| settings.clips = clips);
                    }
                    // Once it is let go of, not on the way there.
                    on:change=move |_| outcome.set(session.count_clips().unwrap_or_default())
                />
                <output class="time" for="clip-count">{count}</output>
            </div>
            // What lies behind the open dialog is not read out.
            <p class="field-note" id="clip-count-note" role="status">{outcome}</p>
        </section>
    }
}

#[component]
fn Taste() -> impl IntoView {
    let session = session();
    let count = memo(move || session.verdicts.with(Verdicts::count));
    let words = move || say!("settings-taste-learned", count = count.get());
    view! {
        <section class="settings-part">
            <h3>{say!("settings-taste")}</h3>
            <div class="taste-line">
                <p id="taste" role="status">{words}</p>
                <button
                    type="button"
                    id="reset-taste"
                    class="button button-small"
                    aria-label=say!("settings-taste-reset-label")
                    disabled=move || count.get() == 0
                    on:click=move |_| session.forget_verdicts()
                >
                    {say!("settings-taste-reset")}
                </button>
            </div>
        </section>
    }
}

/// What else the page can do for whoever comes back.
#[component]
fn KeyboardAndInstall() -> impl IntoView {
    let session = session();
    view! {
        <section class="settings-part">
            <h3>{say!("settings-shortcuts")}</h3>
            <div class="alert-actions">
                <KeyListButton/>
                <Show when=move || session.shell.can_install.get()>
                    <button type="button" class="button button-small" on:click=move |_| session.shell.install()>
                        <Drawn icon=Icon::Download/>
                        {say!("settings-install")}
                    </button>
                </Show>
            </div>
        </section>
    }
}

#[component]
fn Looks() -> impl IntoView {
    let session = session();
    let theme = move || session.settings.with(|settings| settings.theme);
    let choice = move |value: Theme, words: String| {
        let choose = move || session.change_settings(|settings| settings.theme = value);
        choice("theme", words, move || theme() == value, choose)
    };
    view! {
        <section class="settings-part">
            <fieldset class="field-set">
                <legend><h3>{say!("settings-theme")}</h3></legend>
                <div class="choices">
                    {choice(Theme::System, say!("settings-theme-system"))}
                    {choice(Theme::Light, say!("settings-theme-light"))}
                    {choice(Theme::Dark, say!("settings-theme-dark"))}
                </div>
            </fieldset>
        </section>
    }
}
