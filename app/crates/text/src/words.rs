//! Messages found and filled in. Each thread speaks one language at a time, English unless it was told another: a page has one
//! thread, and one reader.

use crate::given::Given;
use crate::messages::Messages;
use crate::{Language, source};
use std::cell::RefCell;
use std::rc::Rc;

/// What a thread says.
struct Words {
    /// `None`: English.
    own: Option<Messages>,
    /// For what the other lacks, being of another build.
    english: Rc<Messages>,
}

thread_local! {
    static WORDS: RefCell<Rc<Words>> = RefCell::new(Rc::new(Words {
        own: None,
        english: Rc::new(Messages::new(Language::English, source(Language::English).unwrap_or_default().into())),
    }));
}

/// From now on this thread speaks `language`, whose messages are `source`.
pub fn use_language(language: Language, source: &str) {
    let english = WORDS.with_borrow(|words| Rc::clone(&words.english));
    let own = (language != Language::English).then(|| Messages::new(language, source.to_owned().into()));
    WORDS.set(Rc::new(Words { own, english }));
}

/// The language that this thread speaks.
pub fn language() -> Language {
    WORDS.with_borrow(|words| words.own.as_ref().map_or(Language::English, |own| own.language))
}

/// The message `id` with its arguments, as [`crate::say!`] has it. One that nobody wrote is its own name.
pub fn say(id: &str, given: &[(&'static str, Given)]) -> String {
    WORDS.with_borrow(Rc::clone).say(id, given)
}

/// The same in English, whatever is spoken: for logs, and for what is kept.
pub fn english(id: &str, given: &[(&'static str, Given)]) -> String {
    let words = WORDS.with_borrow(Rc::clone);
    words.english.say(id, given).unwrap_or_else(|| id.to_owned())
}

/// What `said` says in English, whatever is spoken: for what is kept, and for what programs read.
pub fn in_english<T>(said: impl FnOnce() -> T) -> T {
    let spoken = WORDS.with_borrow(Rc::clone);
    WORDS.set(Rc::new(Words { own: None, english: Rc::clone(&spoken.english) }));
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
        let own = self.own.as_ref().and_then(|own| own.say(id, given));
        own.or_else(|| self.english.say(id, given)).unwrap_or_else(|| id.to_owned())
    }
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
