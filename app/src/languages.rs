//! Names of languages, in the one that the page speaks.

use clip::order;
use js_sys::{Array, Function, JsString, Object, Reflect};
use text::say;
use wasm_bindgen::JsCast;
use web_sys::window;

/// The name of an ISO 639 language, as it stands in a sentence; the code itself where nobody knows one.
pub fn language_name(code: &str) -> String {
    known_name(code, named_by_the_browser(code))
}

/// Codes with their names, as a list to choose from has them: in the order of the names, each with a capital letter.
pub fn named(codes: impl IntoIterator<Item = String>) -> Vec<(String, String)> {
    let mut named: Vec<_> =
        codes.into_iter().map(|code| (capitalized(&language_name(&code)), code)).collect();
    let (locales, options) = (Array::of1(&text::language().code().into()), Object::new());
    order::sort_by(&mut named, |(one, _), (other, _)| {
        JsString::from(one.as_str()).locale_compare(other, &locales, &options).cmp(&0)
    });
    named.into_iter().map(|(name, code)| (code, name)).collect()
}

/// Spanish has small letters for languages within a sentence.
pub fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A browser that knows no name gives the code back.
fn known_name(code: &str, named: Option<String>) -> String {
    named.filter(|name| name != code).or_else(|| rarely_named(code)).unwrap_or_else(|| code.to_owned())
}

/// Languages that speech models know and browsers may have no name for.
fn rarely_named(code: &str) -> Option<String> {
    Some(match code {
        "ba" => say!("transcript-bashkir"),
        "bo" => say!("transcript-tibetan"),
        "haw" => say!("transcript-hawaiian"),
        "jw" => say!("transcript-javanese"),
        "ln" => say!("transcript-lingala"),
        "oc" => say!("transcript-occitan"),
        "tk" => say!("transcript-turkmen"),
        "yue" => say!("transcript-cantonese"),
        _ => return None,
    })
}

fn named_by_the_browser(code: &str) -> Option<String> {
    let intl = Reflect::get(&window()?.into(), &"Intl".into()).ok()?;
    let names: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
    let language = text::language().code().into();
    let names = Reflect::construct(&names, &Array::of2(&language, &options)).ok()?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    of.call1(&names, &code.into()).ok()?.as_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_browser_cannot_name_is_named_all_the_same() {
        let check = |code: &str, named: Option<&str>, expected: &str| {
            assert_eq!(known_name(code, named.map(str::to_owned)), expected);
        };
        check("ba", Some("ba"), "Bashkir");
        check("bo", None, "Tibetan");
        check("es", Some("Spanish"), "Spanish");
        check("bo", Some("Standard Tibetan"), "Standard Tibetan");
        check("xx", Some("xx"), "xx");
    }

    #[test]
    fn names_in_a_list_begin_with_a_capital_letter() {
        let check = |name: &str, expected: &str| assert_eq!(capitalized(name), expected);
        check("árabe", "Árabe");
        check("German", "German");
        check("日本語", "日本語");
        check("", "");
    }
}
