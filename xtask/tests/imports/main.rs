//! Holds a rule of the house: within a crate no file imports, around any number of corners, a file that imports it. What a module only
//! hands on counts as its maker's. A file and those within it are one subject: what these take from it makes no circle. Reads the
//! sources as text, with a small scanner for the paths in them; tests may import whatever they test.

mod floors;
mod scan;

use scan::{is_name, without_tests, words};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module by its path from the crate's root, and the modules whose items it names.
type Imports = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

/// The files of one crate.
struct Crate {
    files: BTreeMap<Vec<String>, File>,
}

struct File {
    words: Vec<String>,
    /// What its `use`s bring, by the name that they give it. Whoever asks this file for one of these is sent on.
    brought: BTreeMap<String, Vec<String>>,
}

/// A path, and what follows `as`.
struct Named {
    names: Vec<String>,
    alias: Option<String>,
}

/// How often an item may be handed on; where modules hand it on in a ring, one of them counts as its home.
const MOST_CORNERS: usize = 8;

/// Where a crate's sources come from: the checkout, or a test's own words.
type Source<'a> = dyn Fn(&Path) -> Option<String> + 'a;

#[test]
fn no_crate_has_a_circle_of_imports() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let members = members(&fs::read_to_string(root.join("Cargo.toml")).unwrap());
    assert!(members.len() > 5, "{members:?}");
    let (mut circles, mut files) = (Vec::new(), 0);
    for member in members {
        for start in ["src/lib.rs", "src/main.rs"] {
            let start = root.join(&member).join(start);
            if start.is_file() {
                let imports = imports_of(&start, &|path| fs::read_to_string(path).ok());
                files += imports.len();
                circles.extend(circles_in(&imports).into_iter().map(|circle| format!("{member}: {circle}")));
            }
        }
    }
    assert!(files > 300, "only {files} files were found");
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found_wherever_it_runs() {
    check(&[("main.rs", "mod a; mod b;"), ("a.rs", "use crate::b::B;"), ("b.rs", "")], &[]);
    check(
        &[("main.rs", "mod a; mod b;"), ("a.rs", "use crate::b::B;"), ("b.rs", "use super::a::A;")],
        &["a b"],
    );
    // Grouped, renamed, and at the end of a line of three.
    check(
        &[
            ("main.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::{\n    b::{self, B as Other},\n};"),
            ("b.rs", "pub use super::{c::C};"),
            ("c.rs", "fn f() -> crate::a::A { todo() }"),
        ],
        &["a b c"],
    );
    // Round two files that have others within them.
    check(
        &[
            ("main.rs", "mod a; mod b;"),
            ("a.rs", "mod inner;"),
            ("a/inner.rs", "use crate::b::*;"),
            ("b/mod.rs", "mod inner; pub use self::inner::B;"),
            ("b/inner.rs", "use crate::a::inner::A;"),
        ],
        &["a::inner b b::inner"],
    );
    // Handed on by a module that is no part of it.
    check(
        &[
            ("main.rs", "mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::Name;"),
            ("b.rs", "pub use crate::c::C as Name;"),
            ("c.rs", "use crate::a::A;"),
        ],
        &["a c"],
    );
    // Two of them are two.
    check(
        &[
            ("main.rs", "mod a; mod b; mod c; mod d;"),
            ("a.rs", "use crate::b::B; use crate::c::C;"),
            ("b.rs", "use crate::a::A;"),
            ("c.rs", "use crate::d::D;"),
            ("d.rs", "use crate::c::C;"),
        ],
        &["a b", "c d"],
    );
}

#[test]
fn what_is_no_import_makes_no_circle() {
    let ends = |b: &'static str| [("main.rs", "mod a; mod b;"), ("a.rs", "use crate::b::B;"), ("b.rs", b)];
    check(&ends("//! See [`crate::a`].\n/* crate::a::A /* crate::a */ */"), &[]);
    check(
        &ends(
            "const A: &str = \"crate::a::A\"; const B: &str = r#\"\" crate::a::A\"#; const C: char = '\"';",
        ),
        &[],
    );
    check(&ends("#[cfg(test)]\nmod tests {\n    use crate::a::A;\n}"), &[]);
    check(&ends("#[cfg(test)]\nuse crate::a::A;\n#[cfg(test)]\nfn f() { crate::a::f() }"), &[]);
    check(&ends("#[cfg(test)]\npub(crate) mod tests;"), &[]);
    check(
        &[
            ("main.rs", "mod a; pub use a::b::B;"),
            ("a.rs", "pub mod b; pub mod c; pub use c::C;"),
            ("a/b.rs", "use super::C; pub struct B;"),
            ("a/c.rs", ""),
        ],
        &[],
    );
    // A file that has others within it and these are one subject.
    check(&[("main.rs", "mod a;"), ("a.rs", "mod b; use b::B;"), ("a/b.rs", "use super::Word;")], &[]);
    check(&[("main.rs", "mod a; fn f() { a::run(); }"), ("a.rs", "use crate::Options;")], &[]);
    check(&ends("pub(crate) fn f<'a>(b: &'a std::a::A) {}"), &[]);
}

/// Compares the circles of a made-up crate with those `expected`, the files of each in the order of their names.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let read = |path: &Path| {
        let found = files.iter().find(|(name, _)| Path::new(name) == path);
        found.map(|(_, text)| (*text).to_owned())
    };
    assert_eq!(circles_in(&imports_of(Path::new("main.rs"), &read)), expected);
}

/// The workspace's members.
fn members(manifest: &str) -> Vec<String> {
    let list = manifest.split_once("members = [").and_then(|(_, rest)| rest.split_once(']'));
    list.map_or("", |(list, _)| list).split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every file of a crate from its root file on, and what it imports of the others.
fn imports_of(start: &Path, read: &Source) -> Imports {
    let mut files = BTreeMap::new();
    let folder = start.parent().unwrap_or(Path::new(""));
    let mut open = vec![(Vec::new(), start.to_owned(), folder.to_owned())];
    while let Some((module, path, folder)) = open.pop() {
        let text = read(&path).unwrap_or_else(|| panic!("no {}", path.display()));
        let words = without_tests(words(&text));
        for pair in words.windows(3).filter(|words| words[0] == "mod" && words[2] == ";") {
            let name = &pair[1];
            if is_of_another_crate(&text, name) {
                continue;
            }
            let inner: Vec<String> = module.iter().chain([name]).cloned().collect();
            let alone = folder.join(format!("{name}.rs"));
            let path = if read(&alone).is_some() { alone } else { folder.join(name).join("mod.rs") };
            open.push((inner, path, folder.join(name)));
        }
        let brought = brought_by(&words);
        files.insert(module, File { words, brought });
    }
    let all = Crate { files };
    all.files.iter().map(|(module, file)| (module.clone(), named_in(&file.words, module, &all))).collect()
}

/// Whether the module `name` is a file that lies, and is looked at, elsewhere.
fn is_of_another_crate(text: &str, name: &str) -> bool {
    let declared = format!("mod {name};");
    let mut lines = text.lines().zip(text.lines().skip(1));
    lines.any(|(above, line)| above.starts_with("#[path = \"../") && line.ends_with(&declared))
}

/// The other modules whose items the paths in `words` name.
fn named_in(words: &[String], here: &[String], all: &Crate) -> BTreeSet<Vec<String>> {
    let mut named = BTreeSet::new();
    for at in 0..words.len() {
        let follows_a_path = at > 0 && words[at - 1] == "::";
        if !follows_a_path && words.get(at + 1).is_some_and(|next| next == "::") {
            for path in paths(words, at) {
                named.extend(all.home_of(&path.names, here, MOST_CORNERS));
            }
        }
    }
    // A file that has others within it and these are one subject: they may use its words, and it them.
    named.retain(|home| !here.starts_with(home));
    named
}

/// What each `use` in `words` brings, by the name that it has from there on.
fn brought_by(words: &[String]) -> BTreeMap<String, Vec<String>> {
    let uses = words.iter().enumerate().filter(|(_, word)| *word == "use");
    let paths = uses.flat_map(|(at, _)| paths(words, at + 1));
    paths.filter_map(|path| Some((path.alias.or(path.names.last().cloned())?, path.names))).collect()
}

/// The paths that begin with the word at `at`: one, or with braces each of those within.
fn paths(words: &[String], at: usize) -> Vec<Named> {
    fn tree(words: &[String], at: &mut usize, before: &[String], found: &mut Vec<Named>) {
        let mut path = before.to_vec();
        loop {
            match words.get(*at).map(String::as_str) {
                Some("{") => {
                    *at += 1;
                    while words.get(*at).is_some_and(|word| word != "}") {
                        let began = *at;
                        tree(words, at, &path, found);
                        // Over the comma, or over what is no path after all.
                        while words.get(*at).is_some_and(|word| word == "," || *at == began) {
                            *at += 1;
                        }
                    }
                    *at += 1;
                    return;
                }
                Some(word) if is_name(word) || word == "*" => {
                    path.push(word.to_owned());
                    *at += 1;
                }
                _ => break,
            }
            if words.get(*at).is_none_or(|word| word != "::") {
                break;
            }
            *at += 1;
        }
        let mut alias = None;
        if words.get(*at).is_some_and(|word| word == "as") {
            alias = words.get(*at + 1).cloned();
            *at += 2;
        }
        // `a::{self}` is `a`.
        path.pop_if(|last| last == "self" && !before.is_empty());
        found.push(Named { names: path, alias });
    }
    let (mut at, mut found) = (at, Vec::new());
    tree(words, &mut at, &[], &mut found);
    found
}

impl Crate {
    /// The module in which lies what `path` names as the module `here` writes it, past modules that only hand it on. `None` for other
    /// crates and for what is no module.
    fn home_of(&self, path: &[String], here: &[String], corners: usize) -> Option<Vec<String>> {
        let mut names = path.iter().peekable();
        let mut module = here.to_vec();
        match path.first()?.as_str() {
            "crate" => {
                module.clear();
                names.next();
            }
            "self" => {
                names.next();
            }
            "super" => {}
            // Without a lead: a child's name, or nothing of this crate.
            child => {
                let child: Vec<String> = here.iter().cloned().chain([child.to_owned()]).collect();
                self.files.contains_key(&child).then_some(())?;
            }
        }
        while names.next_if(|name| *name == "super").is_some() {
            module.pop()?;
        }
        while let Some(name) = names.peek() {
            let inner: Vec<String> = module.iter().chain([*name]).cloned().collect();
            if !self.files.contains_key(&inner) {
                break;
            }
            module = inner;
            names.next();
        }
        if module != here
            && let Some(name) = names.peek()
            && let Some(further) = self.files[&module].brought.get(*name)
            && corners > 0
            && let Some(home) = self.home_of(further, &module, corners - 1)
        {
            return Some(home);
        }
        Some(module)
    }
}

/// Each circle as the names of its modules: those that reach one another.
fn circles_in(imports: &Imports) -> Vec<String> {
    let reached: BTreeMap<_, _> =
        imports.keys().map(|module| (module, reached_from(module, imports))).collect();
    let mut circles: Vec<String> = Vec::new();
    for (module, reach) in &reached {
        let mut circle: Vec<String> =
            reach.iter().filter(|other| reached[*other].contains(*module)).map(|path| shown(path)).collect();
        circle.sort();
        let circle = circle.join(" ");
        if !circle.is_empty() && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles.sort();
    circles
}

fn reached_from(module: &[String], imports: &Imports) -> BTreeSet<Vec<String>> {
    let mut reached = BTreeSet::new();
    let mut open = vec![module.to_vec()];
    while let Some(module) = open.pop() {
        open.extend(imports[&module].iter().filter(|next| reached.insert((*next).clone())).cloned());
    }
    reached
}

fn shown(module: &[String]) -> String {
    if module.is_empty() { "the root".to_owned() } else { module.join("::") }
}
