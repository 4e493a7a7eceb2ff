//! Holds a rule of the house: page and engine have one door to the network each, and the service worker is its own. No other source of what
//! runs in a browser can ask a network for anything. Reads the sources as text; what a worker, a picture or a stylesheet loads is the
//! policy's to forbid, and the leak tests'.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "imports/scan.rs"]
mod scan;

use scan::{without_tests, words};
use std::fs;
use std::path::{Path, PathBuf};

const DOORS: [&str; 3] = ["app/src/net.rs", "app/crates/engine/src/web/net.rs", "public/sw.js"];
const SOURCES: [&str; 2] = ["app", "public"];

#[test]
fn only_the_doors_ask_the_network() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for folder in SOURCES {
        collect(&root.join(folder), &mut files);
    }
    assert!(files.len() > 200, "only {} files were found", files.len());
    let mut asking = Vec::new();
    for file in files {
        let calls = calls_in(&fs::read_to_string(&file).unwrap());
        if !calls.is_empty() {
            let name = file.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            asking.push((name, calls));
        }
    }
    let is_door = |name: &str| DOORS.contains(&name);
    let others: Vec<_> = asking.iter().filter(|(name, _)| !is_door(name)).collect();
    assert!(others.is_empty(), "{others:?}");
    assert_eq!(asking.len(), DOORS.len(), "a door that asks nothing is none: {asking:?}");
}

#[test]
fn every_way_to_ask_is_seen() {
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(calls_in(text), expected, "{text}");
    }
    check("let response = window.fetch_with_str(path);", &["fetch_with_str"]);
    check("const answer = await fetch (path);", &["fetch"]);
    check("let fetch = js::get(&global, \"fetch\").dyn_into();", &["\"fetch\""]);
    check("use gloo::net::http::Request;", &["gloo::net"]);
    check(
        "new XMLHttpRequest(); new WebSocket(address); navigator.sendBeacon(address);",
        &["XMLHttpRequest", "WebSocket", "sendBeacon"],
    );
    check("worker.addEventListener(\"fetch\", answer);", &[]);
    check("// fetch(path) is forbidden\nfetch_missing();\n/// \"fetch\"\nlet words = \"fetch(it)\";", &[]);
    check("#[cfg(test)]\nmod tests { fn f() { fetch(path) } }", &[]);
}

/// What in a source asks a network, or takes hold of what does.
fn calls_in(text: &str) -> Vec<String> {
    const OTHERS: [&str; 9] = [
        "XMLHttpRequest",
        "XmlHttpRequest",
        "WebSocket",
        "WebTransport",
        "EventSource",
        "sendBeacon",
        "send_beacon",
        "importScripts",
        "reqwest",
    ];
    let words = without_tests(words(text));
    let follows = |at: usize, next: &str| words.get(at + 1).is_some_and(|word| word == next);
    let mut calls = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let is_fetch = word.starts_with("fetch_with_") || word == "fetch" && follows(at, "(");
        if is_fetch || OTHERS.contains(&word.as_str()) {
            calls.push(word.clone());
        }
        if word == "gloo" && follows(at, "::") && follows(at + 1, "net") {
            calls.push("gloo::net".into());
        }
    }
    // By name, as interop does; a listener for the event of that name asks nothing.
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let named = code.filter_map(|line| line.split_once("\"fetch\""));
    calls.extend(named.filter(|(before, _)| !is_listening(before)).map(|_| "\"fetch\"".to_owned()));
    calls
}

fn is_listening(before: &str) -> bool {
    before.ends_with("addEventListener(")
}

/// The sources below a folder that come to run in a browser.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_source = path.extension().is_some_and(|end| end == "rs" || end == "js");
        let name = path.file_name().unwrap_or_default();
        if path.is_dir() && name != "tests" && name != "benches" && name != "target" {
            collect(&path, files);
        } else if is_source && name != "tests.rs" {
            files.push(path);
        }
    }
}
