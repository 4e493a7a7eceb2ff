//! The page's words in its other languages, a file each, as `app/src/page_language.rs` asks for them. English lies in the page's
//! module.

use super::write;
use crate::failure::{Failure, Outcome};
use std::fs;
use std::path::Path;
use text::Language;

/// The folder in `dist/`; a language is fetched, and kept, where it is used.
pub const FOLDER: &str = "text/";

/// Puts them into `dist`.
pub fn put(dist: &Path) -> Outcome {
    let folder = dist.join(FOLDER);
    fs::create_dir_all(&folder).map_err(Failure::ours("cannot make the folder for the words"))?;
    for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
        let Some(source) = text::source(language) else {
            return Err(Failure::Ours(format!("there are no words of {}", language.own_name())));
        };
        write(&folder.join(format!("{}.ftl", language.code())), source)?;
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
