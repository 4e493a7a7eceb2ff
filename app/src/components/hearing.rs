//! How speech is written down: the language found out or chosen, whether it becomes English, and names as they are spelled.
//! Only models of several languages offer the first two.

use crate::browser;
use crate::session::session;
use leptos::prelude::*;

/// More would push the first names out of what the model keeps in mind.
const MOST_CHARACTERS: &str = "600";

/// Codes with their names, in the order of the names.
fn named(codes: Vec<String>) -> Vec<(String, String)> {
    let mut named: Vec<_> = codes.into_iter().map(|code| (browser::language_name(&code), code)).collect();
    named.sort();
    named.into_iter().map(|(name, code)| (code, name)).collect()
}

/// What can be corrected about an open file, and a button to have it heard anew once something was.
#[component]
pub fn Hearing() -> impl IntoView {
    let session = session();
    let is_busy = Memo::new(move |_| session.state.with(|state| state.work.is_some()));
    // Chosen since the words were heard.
    let changed = RwSignal::new(false);
    Effect::new(move || {
        if is_busy.get() {
            changed.set(false);
        }
    });
    view! {
        <div class="hearing">
            <SpokenLanguage is_busy changed/>
            <label for="names">"Names"</label>
            <Names id="names" is_busy changed/>
            <Show when=move || changed.get() && !is_busy.get()>
                <button type="button" id="hear-anew" class="button button-small" on:click=move |_| session.hear_anew()>
                    "Transcribe again"
                </button>
            </Show>
        </div>
    }
}

/// A line of names and words to expect. `changed` is set when it was edited.
#[component]
pub fn Names(id: &'static str, is_busy: Memo<bool>, changed: RwSignal<bool>) -> impl IntoView {
    let session = session();
    view! {
        <input
            type="text"
            id=id
            class="text-input"
            placeholder="Anna Bergström, Leptos, …"
            title="People, brands and technical terms, spelled as you want them in the transcript"
            maxlength=MOST_CHARACTERS
            autocomplete="off"
            disabled=is_busy
            prop:value=move || session.settings.with(|settings| settings.names.clone())
            on:input=move |event| {
                let names = event_target_value(&event);
                session.change_settings(|settings| settings.names = names);
                changed.set(true);
            }
        />
    }
}

#[component]
fn SpokenLanguage(is_busy: Memo<bool>, changed: RwSignal<bool>) -> impl IntoView {
    let session = session();
    let languages = Memo::new(move |_| {
        session.settings.track();
        named(session.languages())
    });
    let heard_in = Memo::new(move |_| {
        session.state.with(|state| state.file.as_ref().map(|file| file.transcript.language.clone()))
    });
    let found = move || match heard_in.get().filter(|code| !code.is_empty()) {
        Some(code)
            if session.settings.with(|settings| settings.language.is_none() && !settings.translate) =>
        {
            format!("Detected: {}", browser::language_name(&code))
        }
        _ => "Detect automatically".to_owned(),
    };
    let is_chosen =
        move |code: &str| session.settings.with(|settings| settings.language.as_deref() == Some(code));
    view! {
        <Show when=move || { languages.with(|languages| languages.len() > 1) }>
            <label for="language">"Language"</label>
            <select
                id="language"
                class="select-input"
                disabled=is_busy
                on:change=move |event| {
                    let code = Some(event_target_value(&event)).filter(|code| !code.is_empty());
                    session.fragment.update_value(|fragment| fragment.language = None);
                    session.change_settings(|settings| settings.language = code);
                    changed.set(true);
                }
            >
                <option value="">{found}</option>
                {move || {
                    languages.get().into_iter().map(|(code, name)| {
                        let chosen = code.clone();
                        view! { <option value=code selected=move || is_chosen(&chosen)>{name}</option> }
                    }).collect_view()
                }}
            </select>
            <label class="in-english">
                <input
                    type="checkbox"
                    id="translate"
                    disabled=is_busy
                    prop:checked=move || session.settings.with(|settings| settings.translate)
                    on:change=move |event| {
                        let translate = event_target_checked(&event);
                        session.change_settings(|settings| settings.translate = translate);
                        changed.set(true);
                    }
                />
                "Translate to English"
            </label>
        </Show>
    }
}
