//! Messages found and filled in. Each thread speaks one language at a time, English unless it was told another: a page has one
//! thread, and one reader.

use crate::number::localized;
use crate::{Language, source};
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use std::cell::RefCell;
use std::rc::Rc;

/// What fills a place of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// Written as the language writes numbers; plural forms go by it.
    Number(f64),
    Text(String),
}

impl From<&str> for Given {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Given {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Given {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! given_of_numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Given {
            fn from(number: $number) -> Self {
                Self::Number(number as f64)
            }
        }
    )*};
}

given_of_numbers!(u8, u16, u32, u64, usize, i32, f32, f64);

type Bundle = FluentBundle<FluentResource>;

/// A language's messages, ready to be said.
struct Words {
    language: Language,
    /// `None`: English.
    bundle: Option<Bundle>,
    /// For what the other lacks, being of another build.
    english: Rc<Bundle>,
}

thread_local! {
    static WORDS: RefCell<Rc<Words>> = RefCell::new(Rc::new(Words {
        language: Language::English,
        bundle: None,
        english: Rc::new(bundle(Language::English, source(Language::English).unwrap_or_default())),
    }));
}

/// From now on this thread speaks `language`, whose messages are `source`.
pub fn use_language(language: Language, source: &str) {
    let english = WORDS.with_borrow(|words| Rc::clone(&words.english));
    let bundle = (language != Language::English).then(|| bundle(language, source));
    WORDS.set(Rc::new(Words { language, bundle, english }));
}

/// The language that this thread speaks.
pub fn language() -> Language {
    WORDS.with_borrow(|words| words.language)
}

/// A message that is wrong is left out alone: the others of its file are good.
fn bundle(language: Language, source: &str) -> Bundle {
    let resource = match FluentResource::try_new(source.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let mut bundle = Bundle::new(language.code().parse().into_iter().collect());
    // All languages of the page run from left to right, as do the names and numbers between their words.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::English => |value, _| number(value, Language::English),
        Language::German => |value, _| number(value, Language::German),
        Language::Spanish => |value, _| number(value, Language::Spanish),
        Language::Japanese => |value, _| number(value, Language::Japanese),
    }));
    // The first of two of one name counts; a test finds the second.
    let _ = bundle.add_resource(resource);
    bundle
}

fn number(value: &FluentValue, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(localized(&number.as_string(), language)),
        _ => None,
    }
}

/// The message `id` with its arguments, as [`crate::say!`] has it. One that nobody wrote is its own name.
pub fn say(id: &str, given: &[(&'static str, Given)]) -> String {
    WORDS.with_borrow(Rc::clone).say(id, given)
}

/// The same in English, whatever is spoken: for logs, and for what is kept.
pub fn english(id: &str, given: &[(&'static str, Given)]) -> String {
    let words = WORDS.with_borrow(Rc::clone);
    formatted(&words.english, id, &arguments(given)).unwrap_or_else(|| id.to_owned())
}

/// What `said` says in English, whatever is spoken: for what is kept, and for what programs read.
pub fn in_english<T>(said: impl FnOnce() -> T) -> T {
    let spoken = WORDS.with_borrow(Rc::clone);
    let english = Words { language: Language::English, bundle: None, english: Rc::clone(&spoken.english) };
    WORDS.set(Rc::new(english));
    let result = said();
    WORDS.set(spoken);
    result
}

/// Stands where an argument was; no message holds it.
const PLACE: &str = "\u{0}";

/// What stands before and behind the argument `shown`, as [`crate::around!`] has it.
pub fn around(id: &str, shown: &'static str, given: &[(&'static str, Given)]) -> (String, String) {
    let mut given = given.to_vec();
    given.push((shown, Given::Text(PLACE.to_owned())));
    let whole = say(id, &given);
    match whole.split_once(PLACE) {
        Some((before, behind)) => (before.to_owned(), behind.to_owned()),
        None => (whole, String::new()),
    }
}

impl Words {
    fn say(&self, id: &str, given: &[(&'static str, Given)]) -> String {
        let arguments = arguments(given);
        let own = self.bundle.as_ref().and_then(|bundle| formatted(bundle, id, &arguments));
        own.or_else(|| formatted(&self.english, id, &arguments)).unwrap_or_else(|| id.to_owned())
    }
}

fn arguments<'a>(given: &'a [(&'static str, Given)]) -> FluentArgs<'a> {
    given
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Given::Number(number) => FluentValue::Number(FluentNumber::from(*number)),
                Given::Text(text) => FluentValue::from(text.as_str()),
            };
            (*name, value)
        })
        .collect()
}

fn formatted(bundle: &Bundle, id: &str, arguments: &FluentArgs) -> Option<String> {
    let pattern = bundle.get_message(id)?.value()?;
    // Of a message with a fault something is said all the same; a test finds it.
    Some(bundle.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: &str = "common-close = Schließen\ntest-clips = { $count ->\n    [one] { $count } Clip\n   *[other] { $count } Clips\n}\n\
                          test-choose = Wähle { $name } noch einmal\ntest-wrong = { $missing";

    #[test]
    fn a_language_says_its_own_and_english_the_rest() {
        assert_eq!(crate::say!("common-close"), "Close");
        use_language(Language::German, GERMAN);
        assert_eq!(language(), Language::German);
        assert_eq!(crate::say!("common-close"), "Schließen");
        assert_eq!(crate::say!("test-clips", count = 1), "1 Clip");
        assert_eq!(crate::say!("test-clips", count = 1234_u32), "1.234 Clips");
        assert_eq!(crate::around!("test-choose", name), ("Wähle ".to_owned(), " noch einmal".to_owned()));
        assert_eq!(crate::say!("common-undo"), "Undo");
        assert_eq!(english("common-close", &[]), "Close");
        assert_eq!(crate::say!("test-wrong"), "test-wrong");
        use_language(Language::English, "");
        assert_eq!(crate::say!("common-close"), "Close");
    }
}
