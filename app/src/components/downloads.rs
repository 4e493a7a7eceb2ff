//! The menu that saves the transcript in each of its forms.
//! What the forms are is `forms`'s.

use super::icon::{Drawn, Icon};
use crate::browser;
use crate::format;
use crate::forms;
use crate::reactive::memo;
use crate::session::session;
use leptos::html::Details;
use leptos::prelude::*;
use project::caption_language::CaptionLanguage;
use text::say;
use wasm_bindgen::JsCast;
use web_sys::Node;

#[component]
pub fn Downloads() -> impl IntoView {
    let session = session();
    let has_words = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().is_some_and(|file| !file.transcript().segments.is_empty()))
    });
    let menu = NodeRef::<Details>::new();
    // The focus goes back to what opened it, unless it went on by itself.
    let close = move || {
        if let Some(menu) = menu.get_untracked().filter(|menu| menu.open()) {
            menu.set_open(false);
            browser::focus("#downloads > summary");
        }
    };
    let languages = memo(move || session.caption_languages());
    let save = move |form: forms::Form, language: CaptionLanguage| {
        let made = session.state.with_untracked(|state| {
            let file = state.file.as_ref()?;
            let urls = session.shell.witness.requests.with_untracked(|requests| requests.urls());
            Some((
                forms::render(form, file, language, &state.loading, &urls)?,
                form.file_name(format::stem(&file.label.name), forms::language_in_names(file, language)),
            ))
        });
        close();
        if let Some((text, name)) = made {
            browser::save_text(&text, &name, form.media_type());
        }
    };
    let button = move |id: String, label: String, form: forms::Form, language, note: String| {
        view! {
            <button
                type="button"
                id=id
                class="menu-item"
                disabled=move || !has_words.get()
                on:click=move |_| save(form, language)
            >
                <span>{label}</span>
                <span class="field-note">{note}</span>
            </button>
        }
    };
    // In each language that there are words in.
    let worded = move |id: &'static str, label: String, form: forms::Form, note: String| {
        move || match languages.get() {
            languages if languages.is_empty() => {
                vec![button(id.into(), label.clone(), form, CaptionLanguage::Original, note.clone())]
            }
            languages => {
                let each = |(language, name): (CaptionLanguage, String)| {
                    let end = if language == CaptionLanguage::English { "-en" } else { "" };
                    let label = say!("files-in-language", form = &label, language = name);
                    button(format!("{id}{end}"), label, form, language, note.clone())
                };
                languages.into_iter().map(each).collect()
            }
        }
    };
    view! {
        <details
            node_ref=menu
            class="menu"
            id="downloads"
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
            on:focusout=move |event| {
                let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
                if let Some((menu, next)) = menu.get_untracked().zip(next)
                    && !menu.contains(Some(&next))
                {
                    menu.set_open(false);
                }
            }
        >
            <summary class="button button-small" aria-label=say!("files-download-label")>
                <Drawn icon=Icon::Download/>
                {say!("files-download")}
            </summary>
            <div class="menu-items">
                {worded("download-srt", say!("files-srt"), forms::Form::Srt, say!("files-srt-note"))}
                {worded("download-vtt", say!("files-vtt"), forms::Form::Vtt, say!("files-vtt-note"))}
                {worded("download-transcript", say!("files-transcript"), forms::Form::Transcript, say!("files-transcript-note"))}
                {button("download-report".into(), say!("files-report"), forms::Form::Report, CaptionLanguage::Original, say!("files-report-note"))}
            </div>
        </details>
    }
}
