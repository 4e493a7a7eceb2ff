//! Names of languages, in English.

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;
use web_sys::window;

/// Languages that speech models know and browsers may have no name for.
const RARELY_NAMED: [(&str, &str); 8] = [
    ("ba", "Bashkir"),
    ("bo", "Tibetan"),
    ("haw", "Hawaiian"),
    ("jw", "Javanese"),
    ("ln", "Lingala"),
    ("oc", "Occitan"),
    ("tk", "Turkmen"),
    ("yue", "Cantonese"),
];

/// The English name of an ISO 639 language; the code itself where nobody knows one.
pub fn language_name(code: &str) -> String {
    known_name(code, named_by_the_browser(code))
}

/// A browser that knows no name gives the code back.
fn known_name(code: &str, named: Option<String>) -> String {
    let rare = || RARELY_NAMED.iter().find(|(of, _)| *of == code).map(|(_, name)| (*name).to_owned());
    named.filter(|name| name != code).or_else(rare).unwrap_or_else(|| code.to_owned())
}

fn named_by_the_browser(code: &str) -> Option<String> {
    let intl = Reflect::get(&window()?.into(), &"Intl".into()).ok()?;
    let names: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
    let options = js_sys::Object::new();
    Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
    let names = Reflect::construct(&names, &js_sys::Array::of2(&"en".into(), &options)).ok()?;
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
}
