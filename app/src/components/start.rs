//! The page without a video: what Incut does, where to drop one, and what was worked on before.

use super::icon::{Drawn, Icon};
use super::keys::KeyListButton;
use super::pressed::pressed;
use super::recents::Recents;
use super::speech_model::SpeechModel;
use super::switching::Switching;
use crate::browser;
use crate::phrasing;
use crate::session::expected::Expected;
use crate::session::session;
use leptos::prelude::*;

#[component]
pub fn Start() -> impl IntoView {
    view! {
        <div class="start">
            <div class="promise">
                <h1 id="start-title" tabindex="-1">"Long video in."<br/>"Short clips out."</h1>
                <p class="promise-words">
                    "Incut listens to your video, finds the moments worth sharing, and turns them into vertical clips with captions. "
                    <strong>"Your video never leaves this tab."</strong>
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
                    <p><strong>"Nothing is uploaded."</strong>" There is no account and no server that could see your video."</p>
                </li>
                <li>
                    <Drawn icon=Icon::Offline/>
                    <WorksOffline/>
                </li>
                <li>
                    <Drawn icon=Icon::Pencil/>
                    <p><strong>"You decide."</strong>" Every clip says why it was chosen, and every cut can be moved and undone."</p>
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
            true => ("Works offline.", " Incut is stored in this browser and opens without a network."),
            false => ("Works on this device.", " Speech is heard and clips are made here, on no server."),
        };
        view! { <p id="works-offline"><strong>{what}</strong>{more}</p> }
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
                "Choose a video"
            </button>
            <p class="drop-hint">"or drop it anywhere on this page"</p>
            <p class="drop-kinds">"MP4, MOV, WebM, MKV · MP3, M4A, WAV, FLAC, OGG"</p>
            <Show when=move || has_sample>
                <p class="sample">
                    "No video at hand? "
                    <button type="button" id="try-sample" class="link-button" on:click=move |_| session.open_sample()>
                        "Try it with a sample"
                    </button>
                    <span class="sample-note">"a short talk spoken by a computer"</span>
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
                true => "Nothing of Incut is left in this browser, this list included. The next visit begins anew.",
                false => "Something could not be erased: close all other tabs of Incut, and erase once more.",
            };
            view! {
                <div class="notice" id="receipt" role="status" tabindex="-1">
                    <h2>"Erased from this browser"</h2>
                    <ul class="told">{receipt.lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                    <p>{end}</p>
                    <div class="alert-actions">
                        {pressed("close-receipt", "", "Close", move || session.receipt.set(None))}
                    </div>
                </div>
            }
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
            view! {
                <div class="notice" role="alert">
                    <p>
                        <strong>{mismatch.chosen.name.clone()}</strong>
                        {format!(" ({}) does not match this project's video, ", phrasing::size(mismatch.chosen.bytes))}
                        <strong>{mismatch.expected.name.clone()}</strong>
                        {format!(" ({}).", phrasing::size(mismatch.expected.bytes))}
                        {is_namesake.then_some(" It has the same name and size, and other content.")}
                    </p>
                    <div class="alert-actions">
                        <button type="button" class="button button-primary" on:click=move |_| session.choose_file()>
                            "Choose again"
                        </button>
                        <button type="button" class="button" on:click=move |_| session.take_doubted_file()>
                            "Open it as a new video"
                        </button>
                    </div>
                </div>
            }
        })
    };
    let expected = move || {
        session.expected.get().filter(|_| session.mismatch.with(Option::is_none)).map(|Expected { label, .. }| {
            view! {
                <div class="notice" role="status">
                    <p>
                        "Choose "<strong>{label.name.clone()}</strong>
                        " again to go on. The browser keeps your clips and your transcript, not the video."
                    </p>
                    <div class="alert-actions">
                        <button
                            type="button"
                            id="choose-expected"
                            class="button button-primary"
                            on:click=move |_| session.choose_file()
                        >
                            "Choose the file"
                        </button>
                        <button type="button" class="button" on:click=move |_| session.expected.set(None)>
                            "Not now"
                        </button>
                    </div>
                </div>
            }
        })
    };
    view! { {mismatch} {expected} }
}
