//! Who speaks to a browser says what stands on a button: what a button is called for readers has its visible word in it, in every language.

use text::{Language, source};

/// Buttons on which `common-cancel` stands, by what they are called.
const CANCEL: [&str; 3] = ["clips-finding-cancel", "clips-writing-cancel", "editor-faces-cancel"];

/// A message of one line.
fn message(language: Language, id: &str) -> String {
    let source = source(language).expect("natively all languages are here");
    let line = source.lines().find_map(|line| line.strip_prefix(id)?.strip_prefix(" = "));
    line.unwrap_or_else(|| panic!("{language:?} has no {id}")).to_lowercase()
}

#[test]
fn a_button_is_called_by_what_stands_on_it() {
    for language in Language::ALL {
        let seen = message(language, "common-cancel");
        for id in CANCEL {
            let called = message(language, id);
            assert!(called.contains(&seen), "{language:?}: “{called}” without “{seen}”");
        }
    }
}
