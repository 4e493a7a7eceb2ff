//! The speech models and the writers that the server offers, read from `/models/models.json` before any file is opened.
//! Takes only what a person chooses by; checking the weights is the engine's work.

use crate::{browser, net};
use clip::json;
use js_sys::Reflect;
use serde::Deserialize;
use text::say;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

const ADDRESS: &str = "/models/models.json";
/// Where `public/sw.js` keeps it.
const CACHE: &str = "incut-catalogue";
/// What the page asks for where the catalogue cannot be read: the engine may have the weights stored.
pub const USUAL_MODEL: &str = "tiny.en";
const MOST_MODELS: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ListedModel {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub languages: Vec<String>,
    #[serde(default)]
    pub bytes: u64,
}

/// Ends the catalogue's English title of a model of one language.
const ENGLISH_ONLY: &str = ", English only";

/// What a model is called in the page's language, by its `title` in the catalogue: a name, and for some what they know.
pub fn model_name(title: &str) -> String {
    match title.strip_suffix(ENGLISH_ONLY) {
        Some(name) => say!("settings-model-english", name = name),
        None => title.to_owned(),
    }
}

#[derive(Deserialize)]
struct Document {
    models: Vec<ListedModel>,
}

/// What is offered; nothing of a catalogue that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catalogue {
    pub speech: Vec<ListedModel>,
    /// Language models that write about clips.
    pub writers: Vec<ListedModel>,
}

impl Catalogue {
    fn from_text(text: &str) -> Self {
        let Ok(Document { mut models }) = json::read::<Document>(text) else {
            return Self::default();
        };
        let writers = models.iter().filter(|model| model.kind == "llm").take(MOST_MODELS).cloned().collect();
        models.retain(|model| model.kind == "whisper");
        models.truncate(MOST_MODELS);
        Self { speech: models, writers }
    }

    /// The writer that is asked for in the address, else the one that the person chose if it is still offered; `None`: the
    /// rules write.
    pub fn writer(&self, asked: Option<&str>, preferred: Option<&str>) -> Option<String> {
        let is_unread = *self == Self::default();
        let is_offered = |id: &&str| is_unread || self.writers.iter().any(|model| model.id == *id);
        asked.or(preferred.filter(is_offered)).map(str::to_owned)
    }
}

/// `None` where the server does not answer.
pub async fn offered() -> Option<Catalogue> {
    read(net::get(ADDRESS).await?).await
}

/// What the service worker kept of the last visit; `None` on the first one.
pub async fn stored() -> Option<Catalogue> {
    let window = JsValue::from(browser::the_window()?);
    let caches = Reflect::get(&window, &"caches".into()).ok().filter(JsValue::is_object)?;
    let cache = browser::call(&caches, "open", &CACHE.into()).await?;
    let kept: Response = browser::call(&cache, "match", &ADDRESS.into()).await?.dyn_into().ok()?;
    read(kept).await
}

async fn read(response: Response) -> Option<Catalogue> {
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Some(Catalogue::from_text(&text))
}

/// What to load: what is asked for in the address, else what the person chose if it is still offered, else the first.
pub fn choose(offered: &[ListedModel], asked: Option<&str>, preferred: Option<&str>) -> String {
    let is_offered = |id: &&str| offered.is_empty() || offered.iter().any(|model| model.id == *id);
    let first = offered.first().map_or(USUAL_MODEL, |model| model.id.as_str());
    asked.or(preferred.filter(is_offered)).unwrap_or(first).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::Language;

    const CATALOGUE: &str = r#"{"version":1,"models":[
        {"id":"tiny.en","title":"Whisper tiny, English only","kind":"whisper","languages":["en"],"bytes":42,"files":[]},
        {"id":"other","title":"Something else","kind":"speakers"},
        {"id":"smol","title":"Small","kind":"llm","bytes":7},
        {"id":"base","title":"Whisper base","kind":"whisper"}]}"#;

    #[test]
    fn reads_models_by_kind_and_refuses_nonsense() {
        let ids = |models: Vec<ListedModel>| models.into_iter().map(|model| model.id).collect::<Vec<_>>();
        let Catalogue { speech, writers } = Catalogue::from_text(CATALOGUE);
        assert_eq!((ids(speech), ids(writers)), (vec!["tiny.en".into(), "base".into()], vec!["smol".into()]));
        assert_eq!(Catalogue::from_text("<!doctype html>"), Catalogue::default());
    }

    #[test]
    fn chooses() {
        let offered = Catalogue::from_text(CATALOGUE).speech;
        let check = |offered: &[ListedModel], asked, preferred, expected: &str| {
            assert_eq!(choose(offered, asked, preferred), expected);
        };
        check(&offered, None, None, "tiny.en");
        check(&offered, None, Some("base"), "base");
        check(&offered, None, Some("gone"), "tiny.en");
        check(&offered, Some("gone"), Some("base"), "gone");
        check(&[], None, Some("base"), "base");
        check(&[], None, None, USUAL_MODEL);
    }
    #[test]
    fn the_rules_write_unless_a_writer_was_chosen() {
        let check = |catalogue: &str, asked, preferred, expected: Option<&str>| {
            let writer = Catalogue::from_text(catalogue).writer(asked, preferred);
            assert_eq!(writer.as_deref(), expected);
        };
        check(CATALOGUE, None, None, None);
        check(CATALOGUE, None, Some("smol"), Some("smol"));
        check(CATALOGUE, None, Some("gone"), None);
        check(CATALOGUE, Some("gone"), Some("smol"), Some("gone"));
        check("", None, Some("smol"), Some("smol"));
    }

    #[test]
    fn models_of_one_language_say_so_in_the_pages() {
        assert_eq!(model_name("Whisper tiny, English only"), "Whisper tiny, English only");
        text::use_language(Language::German, text::source(Language::German).unwrap_or_default());
        assert_eq!(model_name("Whisper tiny, English only"), "Whisper tiny, nur Englisch");
        assert_eq!(model_name("Whisper base"), "Whisper base");
        text::use_language(Language::English, "");
    }
}
