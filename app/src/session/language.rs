//! The page's language, chosen by a person: fetched first, then everything that is shown is mounted again.

use super::Session;
use crate::browser;
use crate::page_language;
use crate::reactive::effect;
use leptos::prelude::*;
use text::Language;
use wasm_bindgen_futures::spawn_local;

impl Session {
    /// The page speaks `code`'s language from now on, `None`: the browser's; `outcome` hears whether its words could be had.
    pub fn speak(self, code: Option<String>, outcome: impl Fn(bool) + 'static) {
        let language =
            code.as_deref().and_then(Language::of_code).unwrap_or_else(page_language::of_the_browser);
        spawn_local(async move {
            let is_had = page_language::change(language).await;
            if is_had {
                self.change_settings(|settings| settings.language = code);
            }
            // Before the page that asked is gone.
            outcome(is_had);
            if is_had && self.language.get_untracked() != language {
                self.language.set(language);
                // What was chosen in stands in a new page: after it is drawn, and its dialog opened.
                request_animation_frame(|| request_animation_frame(|| browser::focus("#page-language")));
            }
        });
    }

    /// Messages that came before a service worker watched over them come again once it does.
    pub(super) fn keep_the_language(self) {
        effect(move || {
            if self.shell.stored.get() {
                spawn_local(page_language::keep());
            }
        });
    }
}
