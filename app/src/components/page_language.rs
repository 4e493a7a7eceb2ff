//! The choice of the page's language, in the settings.

use super::listed::Listed;
use crate::page_language;
use crate::reactive::memo;
use crate::session::session;
use leptos::prelude::*;
use text::{Language, say};

#[component]
pub fn PageLanguage() -> impl IntoView {
    let session = session();
    let chosen = memo(move || session.settings.with(|settings| settings.language.clone()));
    let outcome = RwSignal::new(String::new());
    let choose = move |code: String| {
        outcome.set(String::new());
        session.speak(Some(code).filter(|code| !code.is_empty()), move |is_had| {
            if !is_had {
                outcome.set(say!("language-unreachable"));
            }
        });
    };
    let usual = say!("language-of-browser", name = page_language::of_the_browser().own_name());
    view! {
        <section class="settings-part">
            <h3><label for="page-language">{say!("language-title")}</label></h3>
            <select
                id="page-language"
                class="select-input"
                aria-describedby="page-language-note"
                on:change=move |event| choose(event_target_value(&event))
            >
                <option value="" prop:selected=move || chosen.with(Option::is_none)>{usual}</option>
                {Language::ALL
                    .map(|language| {
                        let is_chosen = move || chosen.with(|code| code.as_deref() == Some(language.code()));
                        view! {
                            <option value=language.code() lang=language.code() prop:selected=is_chosen>
                                {language.own_name()}
                            </option>
                        }
                    })
                    .listed()}
            </select>
            <p class="field-note" id="page-language-note" role="status">{outcome}</p>
        </section>
    }
}
