//! The speech models that the server offers, read from `/models/models.json` before any file is opened.
//! Takes only what a person chooses by; checking the weights is the engine's work.

use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

const ADDRESS: &str = "/models/models.json";
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

#[derive(Deserialize)]
struct Document {
    models: Vec<ListedModel>,
}

/// The speech models of a catalogue; none for text that is no catalogue.
fn speech_models(text: &str) -> Vec<ListedModel> {
    let Ok(document) = serde_json::from_str::<Document>(text) else { return vec![] };
    document.models.into_iter().filter(|model| model.kind == "whisper").take(MOST_MODELS).collect()
}

/// Empty where the server does not answer.
pub async fn fetch() -> Vec<ListedModel> {
    async fn text() -> Option<String> {
        let response = JsFuture::from(web_sys::window()?.fetch_with_str(ADDRESS)).await.ok()?;
        let response: Response = response.dyn_into().ok()?;
        if !response.ok() {
            return None;
        }
        JsFuture::from(response.text().ok()?).await.ok()?.as_string()
    }
    text().await.map(|text| speech_models(&text)).unwrap_or_default()
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

    const CATALOGUE: &str = r#"{"version":1,"models":[
        {"id":"tiny.en","title":"Whisper tiny, English only","kind":"whisper","languages":["en"],"bytes":42,"files":[]},
        {"id":"other","title":"Something else","kind":"writer"},
        {"id":"base","title":"Whisper base","kind":"whisper"}]}"#;

    #[test]
    fn reads_speech_models_and_refuses_nonsense() {
        let ids: Vec<String> = speech_models(CATALOGUE).into_iter().map(|model| model.id).collect();
        assert_eq!(ids, ["tiny.en", "base"]);
        assert_eq!(speech_models("<!doctype html>"), []);
    }

    #[test]
    fn chooses() {
        let offered = speech_models(CATALOGUE);
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
}
