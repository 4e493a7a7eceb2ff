//! The buttons that save the transcript in each of its forms.
//! What the forms are is `forms`'s.

use super::icon::{Drawn, Icon};
use crate::browser;
use crate::forms;
use crate::phrasing;
use crate::session::session;
use leptos::prelude::*;

#[component]
pub fn Downloads() -> impl IntoView {
    let session = session();
    let has_words = Memo::new(move |_| {
        session
            .state
            .with(|state| state.file.as_ref().is_some_and(|file| !file.transcript.segments.is_empty()))
    });
    let save = move |form: forms::Form| {
        let made = session.state.with_untracked(|state| {
            let file = state.file.as_ref()?;
            let urls = session.shell.witness.requests.with_untracked(|requests| requests.urls());
            Some((
                forms::render(form, file, &state.loading, &urls)?,
                phrasing::stem(&file.label.name).to_owned(),
            ))
        });
        if let Some((text, stem)) = made {
            browser::save_text(&text, &form.file_name(&stem), form.media_type());
        }
    };
    let button = move |id: &'static str, label: &'static str, form: forms::Form, spoken: &'static str| {
        view! {
            <button
                type="button"
                id=id
                class="button button-small"
                aria-label=spoken
                disabled=move || !has_words.get()
                on:click=move |_| save(form)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="downloads" role="group" aria-label="Save the transcript">
            <Drawn icon=Icon::Download/>
            {button("download-srt", "SRT", forms::Form::Srt, "Save subtitles, SRT")}
            {button("download-vtt", "VTT", forms::Form::Vtt, "Save subtitles, VTT")}
            {button("download-transcript", "JSON", forms::Form::Transcript, "Save the transcript, JSON")}
            {button("download-report", "Report", forms::Form::Report, "Save the report, JSON")}
        </div>
    }
}
