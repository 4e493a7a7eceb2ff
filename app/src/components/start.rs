//! The page without a video: what Incut does, where to drop one, and what was worked on before.

use super::icon::{Drawn, Icon};
use super::keys::KeyListButton;
use super::listed::Listed;
use super::pressed::pressed;
use super::recents::Recents;
use super::show::Show;
use super::speech_model::SpeechModel;
use super::switching::Switching;
use crate::browser;
use crate::format;
use crate::session::expected::Expected;
use crate::session::session;
use leptos::prelude::*;
use text::{around, say};

#[component]
pub fn Start() -> impl IntoView {
    view! {
        <div class="start">
            <div class="promise">
                <h1 id="start-title" tabindex="-1">{say!("start-title-long")}<br/>{say!("start-title-short")}</h1>
                <p class="promise-words">
                    {say!("start-promise")}
                    " "
                    <strong>{say!("start-promise-private")}</strong>
                </p>
            </div>
            <Erased/>
            <Expected/>
            <DropZone/>
            <SpeechModel/>
            <Switching id="switching"/>
            <Recents/>
            <ul class="facts">
                <li>
                    <Drawn icon=Icon::Lock/>
                    <p><strong>{say!("start-private")}</strong>" "{say!("start-private-more")}</p>
                </li>
                <li>
                    <Drawn icon=Icon::Offline/>
                    <WorksOffline/>
                </li>
                <li>
                    <Drawn icon=Icon::Pencil/>
                    <p><strong>{say!("start-yours")}</strong>" "{say!("start-yours-more")}</p>
                </li>
            </ul>
            <p class="start-end"><KeyListButton/></p>
        </div>
    }
}

/// What is promised is there already: where the browser stores no page, nothing works without a network.
#[component]
fn WorksOffline() -> impl IntoView {
    let stored = session().shell.stored;
    move || {
        let (what, more) = match stored.get() {
            true => (say!("start-offline"), say!("start-offline-more")),
            false => (say!("start-local"), say!("start-local-more")),
        };
        view! { <p id="works-offline"><strong>{what}</strong>" "{more}</p> }
    }
}

#[component]
fn DropZone() -> impl IntoView {
    let session = session();
    let has_sample = browser::meta("incut-sample").is_some();
    view! {
        <div class="drop-zone">
            <svg class="drop-picture" viewBox="0 0 240 132" aria-hidden="true" focusable="false">
                <rect class="drop-wide" x="2" y="14" width="236" height="104" rx="12"></rect>
                <path class="drop-wave" d="M20 66v0 M30 60v12 M40 52v28 M50 58v16 M60 44v44 M70 54v24 M170 56v20 M180 46v40 M190 58v16 M200 50v32 M210 60v12 M220 66v0"></path>
                <rect class="drop-upright" x="84" y="2" width="70" height="128" rx="12"></rect>
                <path class="drop-caption" d="M98 98h18 M140 98h0 M98 108h30"></path>
                <path class="drop-spoken" d="M123 98h17"></path>
            </svg>
            <button
                type="button"
                id="choose-file"
                class="button button-primary button-large"
                on:click=move |_| session.choose_file()
            >
                <Drawn icon=Icon::Film/>
                {say!("start-choose-video")}
            </button>
            <p class="drop-hint">{say!("start-drop")}</p>
            <p class="drop-kinds">"MP4, MOV, WebM, MKV · MP3, M4A, WAV, FLAC, OGG"</p>
            <Show when=move || has_sample>
                <p class="sample">
                    {say!("start-sample-question")}
                    " "
                    <button type="button" id="try-sample" class="link-button" on:click=move |_| session.open_sample()>
                        {say!("start-sample")}
                    </button>
                    <span class="sample-note">{say!("start-sample-note")}</span>
                </p>
            </Show>
        </div>
    }
}

/// The receipt of what was erased.
#[component]
fn Erased() -> impl IntoView {
    let session = session();
    move || {
        session.receipt.get().map(|receipt| {
            let end = match receipt.is_whole {
                true => say!("start-erased-whole"),
                false => say!("start-erased-partly"),
            };
            view! {
                <div class="notice" id="receipt" role="status" tabindex="-1">
                    <h2>{say!("start-erased")}</h2>
                    <ul class="told">{receipt.lines.into_iter().map(|line| view! { <li>{line}</li> }).listed()}</ul>
                    <p>{end}</p>
                    <div class="alert-actions">
                        {pressed("close-receipt", "", say!("common-close"), move || session.receipt.set(None))}
                    </div>
                </div>
            }
            .into_any()
        })
    }
}

/// A kept project whose file must be chosen again, and what to do if another one was chosen.
#[component]
fn Expected() -> impl IntoView {
    let session = session();
    let mismatch = move || {
        session.mismatch.get().map(|mismatch| {
            let is_namesake = (&mismatch.chosen.name, mismatch.chosen.bytes)
                == (&mismatch.expected.name, mismatch.expected.bytes);
            let (before, behind) = around!(
                "start-mismatch",
                chosen,
                size = format::size(mismatch.chosen.bytes),
                expected = &mismatch.expected.name,
                expected_size = format::size(mismatch.expected.bytes),
            );
            view! {
                <div class="notice" role="alert">
                    <p>
                        {before}<strong>{mismatch.chosen.name.clone()}</strong>{behind}
                        {is_namesake.then(|| format!(" {}", say!("start-mismatch-namesake")))}
                    </p>
                    <div class="alert-actions">
                        <button type="button" class="button button-primary" on:click=move |_| session.choose_file()>
                            {say!("start-mismatch-again")}
                        </button>
                        <button type="button" class="button" on:click=move |_| session.take_doubted_file()>
                            {say!("start-mismatch-new")}
                        </button>
                    </div>
                </div>
            }
            .into_any()
        })
    };
    let expected = move || {
        session.expected.get().filter(|_| session.mismatch.with(Option::is_none)).map(
            |Expected { label, .. }| {
                let (before, behind) = around!("start-expected", name);
                view! {
                    <div class="notice" role="status">
                        <p>{before}<strong>{label.name.clone()}</strong>{behind}</p>
                        <div class="alert-actions">
                            <button
                                type="button"
                                id="choose-expected"
                                class="button button-primary"
                                on:click=move |_| session.choose_file()
                            >
                                {say!("start-expected-choose")}
                            </button>
                            <button type="button" class="button" on:click=move |_| session.expected.set(None)>
                                {say!("start-expected-later")}
                            </button>
                        </div>
                    </div>
                }
                .into_any()
            },
        )
    };
    view! { {mismatch} {expected} }
}
