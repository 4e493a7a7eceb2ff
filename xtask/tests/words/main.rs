//! Holds a rule of the house: words for people stand in the crate `text` alone. Reads the sources as text and looks for strings that read
//! like prose, and for whatever a view shows; what is written in English and is not for people is listed here, by kind.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod find;
mod samples;
#[expect(dead_code, reason = "other tests ask for less of a source")]
#[path = "../imports/scan.rs"]
mod scan;
mod views;

use find::{Found, test_modules, words_for_people};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const SOURCES: [&str; 7] = [
    "app/src",
    "app/crates/clip/src",
    "app/crates/engine/src",
    "app/crates/media/src",
    "app/crates/project/src",
    "app/crates/speech/src",
    "xtask/native/src",
];

/// Words that speech is analyzed by.
const LEXICON: &str = "word list";
/// What the language model is asked and told, and what it is known to answer.
const PROMPT: &str = "prompt";
/// English that a page of any language writes into a document, and reads there.
const STORED: &str = "stored";

/// Files whose strings are of a kind that is not for people.
const FILES: [(&str, &str); 11] = [
    ("app/crates/clip/src/headline/words.rs", LEXICON),
    ("app/crates/clip/src/topics.rs", LEXICON),
    ("app/crates/clip/src/reason/stored.rs", STORED),
    ("app/crates/clip/src/select/lexicon.rs", LEXICON),
    ("app/crates/clip/src/sentence/abbreviation.rs", LEXICON),
    ("app/crates/clip/src/writing/clean.rs", PROMPT),
    ("app/crates/clip/src/writing/rejection.rs", PROMPT),
    ("app/crates/clip/src/writing/prompt.rs", PROMPT),
    ("app/crates/project/src/document/stored/failure.rs", STORED),
    ("app/crates/project/src/document/stored/insights.rs", STORED),
    ("app/crates/clip/src/fillers.rs", LEXICON),
];

/// The same to every reader.
const NAME: &str = "name";
/// What is wrong within, for whoever looks for its cause.
const DETAIL: &str = "detail";

/// Single strings that are not for people, or are the same for all of them.
const STRINGS: [(&str, &str); 30] = [
    ("MPEG-4 Part 2 (DivX, Xvid)", NAME),
    ("Motion JPEG", NAME),
    ("Apple ProRes", NAME),
    ("Avid DNxHD", NAME),
    ("Apple Lossless (ALAC)", NAME),
    ("AC-3 (Dolby Digital)", NAME),
    ("E-AC-3 (Dolby Digital Plus)", NAME),
    ("Dolby TrueHD", NAME),
    ("Ogg", NAME),
    ("Opus", NAME),
    ("Speex", NAME),
    ("Theora", NAME),
    ("Vorbis", NAME),
    ("MP4, MOV, WebM, MKV · MP3, M4A, WAV, FLAC, OGG", NAME),
    // Of JavaScript.
    ("Segmenter", NAME),
    ("unlike what was expected: ", DETAIL),
    ("{} kB", NAME),
    ("{} MB", NAME),
    ("{} GB", NAME),
    // Known by it in the list of projects.
    ("Incut sample talk.mp4", NAME),
    ("Incut Caption", NAME),
    ("\"Noto Sans\", system-ui, \"Segoe UI\", Roboto, sans-serif", NAME),
    // Of a graphics processor that is none.
    ("basic render", NAME),
    // The end of a title in the catalogue, for which a message is said.
    (", English only", NAME),
    ("at the asked length.", STORED),
    ("has the asked length", STORED),
    ("is as long as a clip should be", STORED),
    ("another tab has changed it", DETAIL),
    ("numbers by name", DETAIL),
    ("a timeline that plays nothing", DETAIL),
];

/// What a developer's program says on the command line, in English.
const COMMAND_LINE: [&str; 4] = ["println!", "eprintln!", "Usage", "Ours"];

#[test]
fn words_for_people_stand_in_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let classes = classes(&root.join("app/style"));
    assert!(classes.len() > 100, "{classes:?}");
    let files = sources(root);
    assert!(files.len() > 250, "only {} files were found", files.len());
    let (mut found, mut used) = (Vec::new(), BTreeSet::new());
    for file in files {
        let name = file.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        let inside: &[&str] = if name.starts_with("xtask/") { &COMMAND_LINE } else { &[] };
        for Found { line, words } in words_for_people(&fs::read_to_string(&file).unwrap(), &classes, inside) {
            let listed = FILES.iter().map(|(one, _)| one).find(|one| name.ends_with(*one));
            let listed = listed.or_else(|| STRINGS.iter().map(|(one, _)| one).find(|one| **one == words));
            match listed {
                Some(listed) => _ = used.insert(*listed),
                None => found.push(format!("{name}:{line}: {words:?}")),
            }
        }
    }
    assert!(found.is_empty(), "these belong into app/crates/text/locales:\n{}", found.join("\n"));
    let listed = FILES.iter().chain(&STRINGS).map(|(one, _)| *one);
    let unused: Vec<_> = listed.filter(|one| !used.contains(one)).collect();
    assert!(unused.is_empty(), "listed, and not there any more: {unused:?}");
}

/// Until the page's own scripts run, its words are English, and its messages take their places.
#[test]
fn the_words_of_the_page_itself_name_their_message() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = fs::read_to_string(root.join("app/index.html")).unwrap();
    // Said before there is a message to say: a name, what `boot.js` translates, and what stands where no script may run.
    let before = ["<p class=\"splash-name\">", "<p id=\"splash-words\">", "<noscript><p>"];
    let unnamed: Vec<&str> =
        unnamed(&page).into_iter().filter(|text| !before.iter().any(|tag| text.contains(tag))).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}

/// Text of a page, and the line that it stands in, whose element names no message.
fn unnamed(page: &str) -> Vec<&str> {
    let is_word = |text: &str| text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1);
    let mut found = Vec::new();
    for line in page.lines() {
        let mut rest = line;
        while let Some((tag, behind)) = rest.split_once('>') {
            let text = behind.split('<').next().unwrap_or_default();
            let tag = tag.rsplit('<').next().unwrap_or_default();
            if is_word(text) && !tag.contains("data-text=") {
                found.push(line.trim());
            }
            rest = behind;
        }
    }
    found
}

/// The names of classes in the stylesheets of a folder.
fn classes(folder: &Path) -> BTreeSet<String> {
    let mut classes = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let sheet = fs::read_to_string(entry.unwrap().path()).unwrap();
        for behind in sheet.split('.').skip(1) {
            let name: String =
                behind.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            if name.starts_with(|first: char| first.is_ascii_lowercase()) {
                classes.insert(name);
            }
        }
    }
    classes
}

/// The sources of these folders, without those that are there for tests.
fn sources(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in SOURCES {
        collect(&root.join(folder), &mut files);
    }
    let mut tests = Vec::new();
    for file in &files {
        let folder = file.parent().unwrap();
        let home = match file.file_stem().unwrap().to_str().unwrap() {
            "lib" | "main" | "mod" => folder.to_owned(),
            stem => folder.join(stem),
        };
        tests.extend(test_modules(&fs::read_to_string(file).unwrap()).iter().map(|name| home.join(name)));
    }
    files.retain(|file| !tests.iter().any(|test| file.with_extension("").starts_with(test)));
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}
