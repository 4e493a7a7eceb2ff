//! The language of the page: which one, where its messages come from, and the parts of the document that stand outside of all
//! components. What the words are is the matter of the crate `text`; what is spoken in a video is quite another.

use crate::settings::Settings;
use crate::{browser, net};
use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Function, Reflect};
use text::Language;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

/// A server that is slower keeps nobody from the page, which then starts in English.
const FIRST_WITHIN_MS: u32 = 3_000;
/// Whoever has just chosen a language waits longer for it.
const CHOSEN_WITHIN_MS: u32 = 20_000;
/// An element that stands in `index.html` names its message with this.
const MESSAGE_OF: &str = "data-text";

/// The language that a person chose, else the first that the browser names and the page speaks.
pub fn wanted(settings: &Settings) -> Language {
    settings.language.as_deref().and_then(Language::of_code).unwrap_or_else(of_the_browser)
}

/// What the page speaks where nothing was chosen.
pub fn of_the_browser() -> Language {
    let read = browser::the_window().map(|window| window.navigator().languages()).unwrap_or_default();
    Language::best(read.iter().filter_map(|tag| tag.as_string()))
}

/// Makes `settings`' language the page's before anything is shown.
pub async fn start(settings: &Settings) {
    let language = wanted(settings);
    match messages(language, FIRST_WITHIN_MS).await {
        Some(source) => put_on(language, &source),
        None => put_on(Language::English, ""),
    }
}

/// Makes `language` the page's; whether its messages could be had. What is mounted already must be mounted again.
pub async fn change(language: Language) -> bool {
    let Some(source) = messages(language, CHOSEN_WITHIN_MS).await else { return false };
    put_on(language, &source);
    true
}

/// Asks for the messages in use once more, now that the service worker hears it and keeps them for a start without a network.
pub async fn keep() {
    if text::language() != Language::English {
        // What cannot be had now is asked for again at the next visit.
        let _ = fetched(text::language()).await;
    }
}

/// The messages of `language`: nothing is fetched for English.
async fn messages(language: Language, within_ms: u32) -> Option<String> {
    if language == Language::English {
        return Some(String::new());
    }
    let (fetching, patience) = (Box::pin(fetched(language)), TimeoutFuture::new(within_ms));
    match select(fetching, patience).await {
        Either::Left((source, _)) => source,
        Either::Right(_) => None,
    }
}

async fn fetched(language: Language) -> Option<String> {
    let address = format!("/text/{}.ftl", language.code());
    JsFuture::from(net::get(&address).await?.text().ok()?).await.ok()?.as_string()
}

fn put_on(language: Language, source: &str) {
    text::use_language(language, source);
    let Some(root) = browser::root() else { return };
    for (name, value) in [("lang", language.code()), ("dir", language.direction())] {
        // Valid names and values.
        let _ = root.set_attribute(name, value);
    }
    for element in named_in(&root) {
        if let Some(id) = element.get_attribute(MESSAGE_OF) {
            element.set_text_content(Some(&text::say(&id, &[])));
        }
    }
}

fn named_in(root: &HtmlElement) -> Vec<Element> {
    let query = Reflect::get(root, &"querySelectorAll".into()).and_then(|query| query.dyn_into::<Function>());
    let found = query.and_then(|query| query.call1(root, &format!("[{MESSAGE_OF}]").into()));
    found
        .map(|list| Array::from(&list).iter().filter_map(|node| node.dyn_into().ok()).collect())
        .unwrap_or_default()
}
