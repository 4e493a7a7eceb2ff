//! The messages as they lie in `locales/`, put together by `build.rs`: a file per language and room there, a text per language here.

use crate::Language;

macro_rules! made {
    ($language:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $language, ".ftl"))
    };
}

/// All messages of `language`, without comments. In the page that is English alone: it fetches the others from its server.
pub fn source(language: Language) -> Option<&'static str> {
    match language {
        Language::English => Some(made!("en")),
        #[cfg(not(target_arch = "wasm32"))]
        Language::German => Some(made!("de")),
        #[cfg(not(target_arch = "wasm32"))]
        Language::Spanish => Some(made!("es")),
        #[cfg(not(target_arch = "wasm32"))]
        Language::Japanese => Some(made!("ja")),
        #[cfg(target_arch = "wasm32")]
        Language::German | Language::Spanish | Language::Japanese => None,
    }
}
