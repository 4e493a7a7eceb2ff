//! Where messages are named: `say!` and `around!` in the sources of the workspace, `data-text` in the page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One place where a message is said.
pub struct Use {
    pub place: String,
    pub id: String,
    pub arguments: BTreeSet<String>,
}

/// The workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// All uses in `src` folders of the workspace's crates, tests of this crate aside.
pub fn in_sources() -> Vec<Use> {
    let mut files = Vec::new();
    for folder in ["app/src", "app/crates", "xtask", "server/src", "model-export/src"] {
        collect(&root().join(folder), &mut files);
    }
    let mut uses: Vec<Use> = files.iter().flat_map(|file| in_source(file)).collect();
    uses.extend(in_page().into_iter().map(|(id, _)| Use {
        place: "app/index.html".to_owned(),
        id,
        arguments: BTreeSet::new(),
    }));
    uses
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry of it").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && name != "tests" {
            collect(&path, files);
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
}

fn in_source(file: &Path) -> Vec<Use> {
    let whole = fs::read_to_string(file).expect("a source");
    // Unit tests invent messages; documentation shows them.
    let code: String = whole
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut uses = Vec::new();
    for (name, has_place) in [("say!(", false), ("around!(", true)] {
        for (at, _) in code.match_indices(name) {
            let inside = parenthesized(&code[at + name.len()..]);
            let parts = split(inside);
            let place = format!("{}: {name}{inside})", file.display());
            let id = parts.first().map(|id| id.trim());
            let id = id.and_then(|id| id.strip_prefix('"')?.strip_suffix('"'));
            let id = id.unwrap_or_else(|| panic!("{place}: the first is no literal")).to_owned();
            let mut arguments = BTreeSet::new();
            for (index, part) in parts.iter().enumerate().skip(1).filter(|(_, part)| !part.trim().is_empty())
            {
                let name = if has_place && index == 1 {
                    part.as_str()
                } else {
                    part.split('=').next().unwrap_or_default()
                };
                arguments.insert(name.trim().to_owned());
            }
            uses.push(Use { place, id, arguments });
        }
    }
    uses
}

/// What stands before the parenthesis that closes the one before `code`.
fn parenthesized(code: &str) -> &str {
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut before = ' ';
    for (at, character) in code.char_indices() {
        match character {
            '"' if before != '\\' => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' if !in_text && depth == 0 => return &code[..at],
            ')' | ']' | '}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = character;
    }
    panic!("nothing closes {code}")
}

/// Parts between the commas that stand in nothing.
fn split(inside: &str) -> Vec<String> {
    let (mut parts, mut depth, mut in_text, mut before) = (vec![String::new()], 0_usize, false, ' ');
    for character in inside.chars() {
        match character {
            '"' if before != '\\' => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' | ']' | '}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = character;
        match parts.last_mut() {
            Some(part) if character != ',' || depth > 0 || in_text => part.push(character),
            _ => parts.push(String::new()),
        }
    }
    parts
}

/// The messages that `app/index.html` names, each with the English that stands there.
pub fn in_page() -> Vec<(String, String)> {
    let page = fs::read_to_string(root().join("app/index.html")).expect("the page");
    let named = page.split("data-text=\"").skip(1);
    named
        .map(|rest| {
            let (id, rest) = rest.split_once('"').expect("the name's end");
            let (_, rest) = rest.split_once('>').expect("the element's beginning");
            let (words, _) = rest.split_once('<').expect("the element's end");
            (id.to_owned(), words.to_owned())
        })
        .collect()
}
