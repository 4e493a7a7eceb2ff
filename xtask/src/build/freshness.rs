//! Whether `dist/` was made from the sources that lie here: a fingerprint of every source file that the build reads,
//! kept beside the effort that was spent.

use super::{Effort, content_hash, dist_dir, files_under, read_text, write};
use crate::failure::{Failure, Outcome};
use crate::shell::{root, work_dir};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What goes into the page and the engine.
const SOURCES: [&str; 8] = [
    "app",
    "public",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "xtask/src/build",
    // What it sends with each file stands in the service worker too.
    "server/src/policy.rs",
];

/// Names, sizes and times of change of all sources, as one hash.
pub fn fingerprint() -> Outcome<String> {
    fingerprint_of(root(), &SOURCES)
}

fn fingerprint_of(root: &Path, sources: &[&str]) -> Outcome<String> {
    let mut lines = String::new();
    for source in sources {
        let path = root.join(source);
        let files = if path.is_dir() { files_under(&path)? } else { vec![(String::new(), path)] };
        for (name, path) in files {
            let failed = Failure::ours(format!("cannot look at {}", path.display()));
            let about = path.metadata().map_err(failed)?;
            let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            let changed_ns = changed.map_or(0, |time| time.as_nanos());
            lines += &format!("{source}/{name} {} {changed_ns}\n", about.len());
        }
    }
    Ok(content_hash(&[lines.as_bytes()]))
}

/// Writes down that `dist/` was built with `effort` from `sources`.
pub fn remember(effort: Effort, sources: &str) -> Outcome {
    write(&note(), format!("{} {sources}\n", name_of(effort)))
}

/// `dist/` was put together from halves of different age: nothing is known about it.
pub fn forget() -> Outcome {
    match std::fs::remove_file(note()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::Ours(format!("cannot forget the last build: {error}")))
        }
        _ => Ok(()),
    }
}

/// Whether `dist/` is as good as a build with `effort` would make it now.
pub fn is_fresh(effort: Effort) -> Outcome<bool> {
    if !dist_dir().join("index.html").is_file() || !note().is_file() {
        return Ok(false);
    }
    let noted = read_text(&note())?;
    let Some((built_with, sources)) = noted.trim().split_once(' ') else { return Ok(false) };
    let good_enough = built_with == name_of(Effort::Release) || built_with == name_of(effort);
    Ok(good_enough && sources == fingerprint()?)
}

fn note() -> PathBuf {
    work_dir().join("dist.built")
}

fn name_of(effort: Effort) -> &'static str {
    match effort {
        Effort::Release => "release",
        Effort::Quick => "quick",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_source_changes_the_fingerprint() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("app/src/main.rs");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "fn main() {}").unwrap();
        let before = fingerprint_of(folder.path(), &["app"]).unwrap();
        assert_eq!(before, fingerprint_of(folder.path(), &["app"]).unwrap());
        std::fs::write(&file, "fn main() { }").unwrap();
        assert_ne!(before, fingerprint_of(folder.path(), &["app"]).unwrap());
    }
}
