//! The few words that `public/boot.js` says before the page's own can be had.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The names of its sentences by the code of the language.
pub fn words() -> BTreeMap<String, BTreeSet<String>> {
    let script = fs::read_to_string(super::uses::root().join("public/boot.js")).expect("the script");
    let (_, table) = script.split_once("  const words = {\n").expect("its table");
    let (table, _) = table.split_once("\n  };").expect("the table's end");
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut language = String::new();
    for line in table.lines() {
        let Some((name, rest)) = line.split_once(": ") else { continue };
        if rest == "{" {
            language = name.trim().to_owned();
            continue;
        }
        assert!(rest.trim_end_matches(['"', ',']).len() > 1, "{language}: {name} says nothing");
        words.entry(language.clone()).or_default().insert(name.trim().to_owned());
    }
    words
}
