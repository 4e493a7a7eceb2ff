//! The messages as they lie in `locales/`: by language, and by the room of the page that says them.

use crate::Language;

macro_rules! rooms {
    ($($room:literal),* $(,)?) => {
        /// The files of each language, without their ending.
        pub const ROOMS: &[&str] = &[$($room),*];

        const ENGLISH: &str = concat!($(include_str!(concat!("../locales/en/", $room, ".ftl")), "\n"),*);
        #[cfg(not(target_arch = "wasm32"))]
        const GERMAN: &str = concat!($(include_str!(concat!("../locales/de/", $room, ".ftl")), "\n"),*);
        #[cfg(not(target_arch = "wasm32"))]
        const SPANISH: &str = concat!($(include_str!(concat!("../locales/es/", $room, ".ftl")), "\n"),*);
        #[cfg(not(target_arch = "wasm32"))]
        const JAPANESE: &str = concat!($(include_str!(concat!("../locales/ja/", $room, ".ftl")), "\n"),*);
    };
}

rooms!(
    "common",
    "language",
    "page",
    "start",
    "kept",
    "settings",
    "progress",
    "picks",
    "tracks",
    "queue",
    "told",
    "clips",
    "editor",
    "transcript",
    "outline",
    "files",
    "failure",
    "media",
    "reasons",
);

/// All messages of `language`. In the page that is English alone: it fetches the others from its server.
pub fn source(language: Language) -> Option<&'static str> {
    match language {
        Language::English => Some(ENGLISH),
        #[cfg(not(target_arch = "wasm32"))]
        Language::German => Some(GERMAN),
        #[cfg(not(target_arch = "wasm32"))]
        Language::Spanish => Some(SPANISH),
        #[cfg(not(target_arch = "wasm32"))]
        Language::Japanese => Some(JAPANESE),
        #[cfg(target_arch = "wasm32")]
        Language::German | Language::Spanish | Language::Japanese => None,
    }
}
