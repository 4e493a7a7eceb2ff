//! The page's words in its other languages, a file each, as `app/src/page_language.rs` asks for them. English lies in the page's
//! module.

// The crate itself knows the kinds of what it speaks of, and so waits for half of the house to be compiled.
#[path = "../../../app/crates/text/joined.rs"]
mod joined;

use super::write;
use crate::failure::{Failure, Outcome};
use crate::shell::root;
use std::fs;
use std::path::Path;

/// The folder in `dist/`; a language is fetched, and kept, where it is used.
pub const FOLDER: &str = "text/";

const LOCALES: &str = "app/crates/text/locales";
const IN_THE_MODULE: &str = "en";

/// Puts them into `dist`.
pub fn put(dist: &Path) -> Outcome {
    let folder = dist.join(FOLDER);
    fs::create_dir_all(&folder).map_err(Failure::ours("cannot make the folder for the words"))?;
    for language in joined::LANGUAGES.into_iter().filter(|language| *language != IN_THE_MODULE) {
        let source = joined::messages(&root().join(LOCALES).join(language))
            .map_err(Failure::ours(format!("cannot read the words of {language}")))?;
        write(&folder.join(format!("{language}.ftl")), source)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_but_english_has_its_file() {
        let dist = tempfile::tempdir().unwrap();
        put(dist.path()).unwrap();
        let mut names: Vec<_> =
            fs::read_dir(dist.path().join("text")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["de.ftl", "es.ftl", "ja.ftl"]);
        let german = fs::read_to_string(dist.path().join("text/de.ftl")).unwrap();
        assert!(german.contains("\ncommon-undo = Rückgängig\n") || german.starts_with("common-"), "{german}");
        assert!(!german.contains("\n#"), "{german}");
    }
}
