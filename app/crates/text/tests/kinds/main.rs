//! Every kind of what can go wrong has words of its own in every language: what is wrong, and what to do.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod failure;
mod media;

use std::collections::HashSet;
use std::fmt::Debug;
use text::{Language, source, use_language};

/// A function that gives one sample of each variant. The patterns must be all there are, or this does not compile.
macro_rules! samples {
    ($name:ident: $kind:ty { $($pattern:pat => $sample:expr),* $(,)? }) => {
        fn $name() -> Vec<$kind> {
            let _known = |sample: &$kind| match sample { $($pattern => ()),* };
            let checked = |sample: $kind, is_of_its_line: bool| {
                assert!(is_of_its_line, "{sample:?} stands beside another pattern");
                sample
            };
            vec![$(checked($sample, matches!($sample, $pattern))),*]
        }
    };
    ($name:ident: $kind:ident { $($variant:ident),* $(,)? }) => {
        samples!($name: $kind { $($kind::$variant => $kind::$variant),* });
    };
}
pub(crate) use samples;

fn speak(language: Language) {
    use_language(language, source(language).expect("all languages are here"));
}

/// Each of `all` has a message that no other has and an advice, whole sentences in the language that is spoken.
fn has_words_of_its_own<K: Debug>(
    all: &[K],
    prefix: &str,
    message: fn(&K) -> String,
    advice: fn(&K) -> String,
) {
    let english: Vec<_> = all.iter().map(|kind| (message(kind), advice(kind))).collect();
    for language in Language::ALL {
        speak(language);
        let mut said = HashSet::new();
        for (kind, (english_message, english_advice)) in all.iter().zip(&english) {
            let own = (message(kind), advice(kind));
            for words in [&own.0, &own.1] {
                let ends = words.ends_with(if language == Language::Japanese { '。' } else { '.' });
                let is_filled = !words.contains(['{', '}', '$']) && !words.contains(prefix);
                assert!(ends && is_filled, "{language:?}: {kind:?}: {words}");
            }
            let is_own =
                language == Language::English || (own.0 != *english_message && own.1 != *english_advice);
            assert!(is_own, "{language:?}: {kind:?} is told in English");
            assert!(said.insert(own.0), "{language:?}: {kind:?} is told like another");
        }
    }
}
