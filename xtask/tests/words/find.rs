//! Finds the words for people in a Rust source: strings that read like prose, and whatever a view shows. Knows no file and no exemption
//! of one.

use super::scan::{tokens, without_tests};
use super::views::{Role, end_of_group, roles};
use std::collections::BTreeSet;

/// Attributes that are read aloud or shown.
const LABELS: [&str; 9] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "label",
    "placeholder",
    "title",
];
/// Attributes with nothing but names for the browser in them.
const MACHINE: [&str; 7] = ["class", "d", "id", "style", "type", "viewBox", "aria-keyshortcuts"];
/// What is called with words that are not for people: names of messages, details of a failure, which stay English beside its worded kind,
/// what programmers read, and what the browser is asked.
const INSIDE: [&str; 24] = [
    "say!",
    "around!",
    "internal",
    "unreachable",
    "Unreachable",
    "gpu_failure",
    "misunderstood",
    "broken",
    "Error::new",
    "warn!",
    "error!",
    "info!",
    "debug!",
    "panic!",
    "assert!",
    "assert_eq!",
    "assert_ne!",
    "debug_assert!",
    "debug_assert_eq!",
    "unreachable!",
    "match_media",
    "query_selector",
    "query_selector_all",
    "closest",
];
/// Begins the names of locks, channels and workers, which all of a browser's tabs share.
const SHARED: &str = "incut ";
/// Names that are one word for every reader: Incut's own, keys, and what a browser has by that name.
const NAMES: [&str; 13] = [
    "Incut",
    "Arrow",
    "Backspace",
    "Delete",
    "End",
    "Enter",
    "Error",
    "Escape",
    "Home",
    "Intl",
    "Page",
    "Tab",
    "Worker",
];
const ELEMENTS: [&str; 11] =
    ["body", "button", "dialog", "h1", "h2", "h3", "input", "main", "select", "summary", "textarea"];

/// A string, or bare text of a view, with the line that it begins in.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub line: usize,
    pub words: String,
}

/// The words for people in `source`. `classes`: the names that the stylesheets have. `also_inside`: what else is called with words that are
/// not for people.
pub fn words_for_people(source: &str, classes: &BTreeSet<String>, also_inside: &[&str]) -> Vec<Found> {
    let tokens = without_tests(tokens(source));
    let roles = roles(&tokens);
    let callers = callers(&tokens);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_inside = || callers[at].iter().any(|name| INSIDE.contains(name) || also_inside.contains(name));
        let words = match (contents(token), &roles[at]) {
            (None, Role::Text) if has_word(token) => (*token).to_owned(),
            (None, _) => continue,
            (Some(_), _) if callers[at].contains(&"#") || is_inside() => continue,
            (Some(text), Role::Text) if has_word(&text) => text,
            (Some(text), Role::Value(name)) if LABELS.contains(&name.as_str()) && has_word(&text) => text,
            (Some(_), Role::Text) => continue,
            (Some(_), Role::Value(name)) if MACHINE.contains(&name.as_str()) => continue,
            (Some(text), _) if is_prose(&text) && !is_for_machines(&text, classes) => text,
            _ => continue,
        };
        let begin = token.as_ptr() as usize - source.as_ptr() as usize;
        found.push(Found { line: source[..begin].matches('\n').count() + 1, words });
    }
    found
}

/// What lies in a string; bytes and single characters are not for people.
fn contents(token: &str) -> Option<String> {
    let inner = token.trim_start_matches('r').trim_matches('#').strip_prefix('"')?.strip_suffix('"')?;
    if token.starts_with('r') {
        return Some(inner.to_owned());
    }
    let mut text = String::new();
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, false) => text.push(letter),
            (_, true) => match letters.next() {
                Some('n' | 't' | 'r' | '\n') => text.push(' '),
                Some('u') => {
                    let code: String = letters.by_ref().skip(1).take_while(|digit| *digit != '}').collect();
                    text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                escaped => text.extend(escaped),
            },
        }
    }
    Some(text)
}

/// The names of what each token is an argument of, from the outermost on; `#` within an attribute. A block begins again.
fn callers<'a>(tokens: &[&'a str]) -> Vec<Vec<&'a str>> {
    const PATHS: [(&[&str], &str); 1] = [(&["Error", "::", "new"], "Error::new")];
    const MACROS: [&str; 16] = [
        "say!",
        "around!",
        "warn!",
        "error!",
        "info!",
        "debug!",
        "panic!",
        "assert!",
        "assert_eq!",
        "assert_ne!",
        "debug_assert!",
        "debug_assert_eq!",
        "unreachable!",
        "println!",
        "eprintln!",
        "format!",
    ];
    let mut callers: Vec<Vec<&str>> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if matches!(*token, "}" | ")" | "]") {
            open.pop();
        }
        let begun = open.iter().rposition(|name| *name == "{").map_or(0, |block| block + 1);
        callers.push(open[begun..].to_vec());
        let before = &tokens[..at];
        match *token {
            "{" => open.push("{"),
            "[" if before.ends_with(&["#"]) || before.ends_with(&["#", "!"]) => open.push("#"),
            "(" | "[" => {
                let path = PATHS.iter().find(|(path, _)| before.ends_with(path)).map(|(_, name)| *name);
                let is_macro = before.last() == Some(&"!");
                let name =
                    before.len().checked_sub(1 + usize::from(is_macro)).map_or("", |last| before[last]);
                let called = MACROS.iter().find(|one| is_macro && one.strip_suffix('!') == Some(name));
                open.push(path.or(called.copied()).unwrap_or(if is_macro { "" } else { name }));
            }
            _ => {}
        }
    }
    callers
}

/// Two letters side by side, outside of what is filled in; a name that all languages share is none.
fn has_word(text: &str) -> bool {
    let text = filled(text);
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts
        .filter(|part| !NAMES.contains(part))
        .any(|part| part.chars().filter(|c| c.is_alphabetic()).count() > 1)
}

/// Stands for what is filled in.
const PLACE: &str = "\u{0}";

/// The text of a format string with [`PLACE`] where something is filled in.
fn filled(text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        match behind.split_once('}') {
            Some((_, behind)) => {
                filled.push_str(PLACE);
                rest = behind;
            }
            None => rest = behind,
        }
    }
    filled + rest
}

/// Several words, or one with something filled in; one that begins with a capital or ends a sentence; any beyond ASCII.
fn is_prose(text: &str) -> bool {
    if text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii()) {
        return true;
    }
    let text = filled(text);
    let is_mark = |letter: char| !letter.is_alphanumeric() && letter != '\0';
    let (mut words, mut others) = (0, 0);
    for part in text.split_whitespace() {
        let word = part.trim_matches(is_mark);
        let is_word = word.len() > 1
            && word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '\'' | '-'));
        match word {
            _ if is_word && !NAMES.contains(&word) => words += 1,
            "" => {}
            _ if word == PLACE || word.len() == 1 && word.chars().all(char::is_alphabetic) => others += 1,
            _ if NAMES.contains(&word) => others += 1,
            _ => {}
        }
    }
    words > 0 && words + others > 1 || is_said_alone(text.trim())
}

/// `Save` or `saved.`, and no name of a type, a key or a field.
fn is_said_alone(text: &str) -> bool {
    let word = text.trim_end_matches(['.', '!', '?', '…']);
    let mut letters = word.chars();
    let is_capital = letters.next().is_some_and(char::is_uppercase);
    let is_small = word.len() > 1 && letters.all(char::is_lowercase);
    let is_word = word.len() > 1 && word.chars().all(char::is_alphabetic);
    (is_capital && is_small || is_word && word.len() < text.len()) && !NAMES.contains(&word)
}

fn is_for_machines(text: &str, classes: &BTreeSet<String>) -> bool {
    text.starts_with(SHARED) || is_class_list(text, classes) || is_selector(text)
}

/// Names of classes: at least one that the stylesheets know, and beside it nothing but more of them, and what is written as no word is.
/// Something may be filled in.
fn is_class_list(text: &str, classes: &BTreeSet<String>) -> bool {
    let text = filled(text);
    let is_known = |name: &&str| match name.split_once('\0') {
        Some((begin, _)) => begin.is_empty() || classes.iter().any(|class| class.starts_with(begin)),
        None => classes.contains(*name),
    };
    let is_hook = |name: &str| name.contains('-') && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let mut names = text.split_whitespace();
    names.clone().any(|name| is_known(&name)) && names.all(|name| is_known(&name) || is_hook(name))
}

/// A selector of elements, of which each part is an element's name or begins with a mark.
fn is_selector(text: &str) -> bool {
    let text = filled(text);
    let parts = text.split([' ', ',', '>']).filter(|part| !part.is_empty());
    let mut count = 0;
    let is_all = parts.inspect(|_| count += 1).all(|part| {
        let name = part.split(['#', '.', '[', ':']).next().unwrap_or_default();
        (name.is_empty() || name == PLACE || ELEMENTS.contains(&name)) && !part.ends_with(['.', ':'])
    });
    is_all && count > 0
}

/// The files that a source declares for its tests alone: `mod` under a `cfg` that asks for them.
pub fn test_modules(source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if !tokens[at..].starts_with(&["#", "[", "cfg"]) {
            continue;
        }
        let end = end_of_group(&tokens, at + 1);
        let condition = &tokens[at..end];
        let item = &tokens[end..];
        let item = item.strip_prefix(&["pub"]).unwrap_or(item);
        if let ["mod", name, ";", ..] = item
            && condition.contains(&"test")
            && !condition.contains(&"not")
        {
            found.push((*name).to_owned());
        }
    }
    found
}
