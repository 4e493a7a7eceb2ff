//! How speech is written down: the language found out or chosen, whether it becomes English, and names as they are spelled. All of it belongs
//! to the open file. Only models of several languages offer the first two.

use super::listed::Listed;
use super::picks::asks_about_the_model;
use super::show::Show;
use crate::languages::{capitalized, language_name, named};
use crate::reactive::memo;
use crate::session::session;
use leptos::prelude::*;
use project::caption_language::CaptionLanguage;
use text::say;

/// More would push the first names out of what the model keeps in mind.
const MOST_CHARACTERS: &str = "600";

/// What can be corrected about an open file, and a button to have it heard once more where that would give other words.
#[component]
pub fn SpeechOptions() -> impl IntoView {
    let session = session();
    let is_busy = session.is_working;
    let would_differ = memo(move || session.would_hear_otherwise() && !asks_about_the_model(session));
    view! {
        <div class="hearing">
            <SpokenLanguage is_busy/>
            <EnglishAsWell is_busy/>
            <span class="hearing-pair">
                <label for="names">{say!("transcript-names")}</label>
                <input
                    type="text"
                    id="names"
                    class="text-input"
                    placeholder=say!("transcript-names-example")
                    title=say!("transcript-names-hint")
                    maxlength=MOST_CHARACTERS
                    autocomplete="off"
                    prop:value=move || {
                        session.state.with(|state| state.file.as_ref().map(|file| file.speech.names.clone()))
                    }
                    on:input=move |event| {
                        let names = event_target_value(&event);
                        session.change_speech(|speech| speech.names = names);
                    }
                />
            </span>
            <Show when=move || would_differ.get() && !is_busy.get()>
                <button
                    type="button"
                    id="hear-again"
                    class="button button-small"
                    title=say!("transcript-again-hint")
                    on:click=move |_| session.hear_again()
                >
                    {say!("transcript-again")}
                </button>
            </Show>
        </div>
    }
}

/// Another language beside the one that was spoken, and which of them captions show.
#[component]
fn EnglishAsWell(is_busy: Memo<bool>) -> impl IntoView {
    let session = session();
    let may = memo(move || session.may_translate());
    let languages = memo(move || session.caption_languages());
    let now = memo(move || {
        session
            .state
            .with(|state| state.file.as_ref().map(|file| file.caption_language()).unwrap_or_default())
    });
    view! {
        <Show when=move || may.get() && !is_busy.get()>
            <button
                type="button"
                id="english-as-well"
                class="button button-small"
                title=say!("transcript-english-as-well-hint")
                on:click=move |_| session.translate()
            >
                {say!("transcript-english-as-well")}
            </button>
        </Show>
        <Show when=move || !languages.with(Vec::is_empty)>
            <span class="hearing-pair">
                <label for="caption-language">{say!("transcript-captions")}</label>
                <select
                    id="caption-language"
                    class="select-input"
                    title=say!("transcript-captions-hint")
                    on:change=move |event| {
                        let is_english = event_target_value(&event) == "english";
                        session.caption_in(if is_english { CaptionLanguage::English } else { CaptionLanguage::Original });
                    }
                >
                    {move || languages.get().into_iter().map(|(language, name)| {
                        let value = if language == CaptionLanguage::English { "english" } else { "original" };
                        view! { <option value=value prop:selected=move || now.get() == language>{capitalized(&name)}</option> }
                    }).listed()}
                </select>
            </span>
        </Show>
    }
}

#[component]
fn SpokenLanguage(is_busy: Memo<bool>) -> impl IntoView {
    let session = session();
    let languages = memo(move || {
        session.settings.track();
        named(session.languages())
    });
    let heard_in = memo(move || {
        session.state.with(|state| state.file.as_ref().map(|file| file.transcript().language.clone()))
    });
    let was_found = memo(move || session.found_out_the_language());
    let found = move || match heard_in.get().filter(|code| !code.is_empty() && was_found.get()) {
        Some(code) => say!("transcript-language-detected", language = language_name(&code)),
        None => say!("transcript-language-detect"),
    };
    let wished = memo(move || {
        session.state.with(|state| state.file.as_ref().map(|file| file.speech.clone())).unwrap_or_default()
    });
    let is_chosen = move |code: &str| wished.with(|wished| wished.language.as_deref() == Some(code));
    view! {
        <Show when=move || { languages.with(|languages| languages.len() > 1) }>
            <label for="language">{say!("transcript-language")}</label>
            <select
                id="language"
                class="select-input"
                disabled=is_busy
                on:change=move |event| {
                    let code = Some(event_target_value(&event)).filter(|code| !code.is_empty());
                    session.fragment.update_value(|fragment| fragment.language = None);
                    session.change_speech(|speech| speech.language = code);
                }
            >
                <option value="" prop:selected=move || wished.with(|wished| wished.language.is_none())>{found}</option>
                {move || {
                    languages.get().into_iter().map(|(code, name)| {
                        let chosen = code.clone();
                        view! { <option value=code prop:selected=move || is_chosen(&chosen)>{name}</option> }
                    }).listed()
                }}
            </select>
            <label class="in-english">
                <input
                    type="checkbox"
                    id="translate"
                    disabled=is_busy
                    prop:checked=move || wished.with(|wished| wished.translate)
                    on:change=move |event| {
                        let translate = event_target_checked(&event);
                        session.change_speech(|speech| speech.translate = translate);
                    }
                />
                {say!("transcript-english-instead")}
            </label>
        </Show>
    }
}
