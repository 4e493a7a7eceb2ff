//! What the pieces of a build must know of each other: the page learns the names of engine and sample and the build's id,
//! the service worker learns the id, the shell's files with their hashes, and the policy that the server sends with them.

use super::{content_hash, files_under, read, read_text, words, write};
use crate::failure::{Failure, Outcome};
use server::{InlineHashes, Policy};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const BUILD_PLACEHOLDER: &str = "__INCUT_BUILD__";
const FILES_PLACEHOLDER: &str = "__INCUT_FILES__";
const MORE_FILES_PLACEHOLDER: &str = "__INCUT_MORE_FILES__";
const POLICY_PLACEHOLDER: &str = "__INCUT_POLICY__";
/// Files that a first visit does not store: the service worker itself, and what only some people ask for.
const NOT_SHELL: [&str; 4] = ["sw.js", "sample-", "fonts/scripts/", words::FOLDER];
/// Files of the build that are stored where they are used.
const STORED_ON_USE: [&str; 1] = [words::FOLDER];

/// Stamps the build in `dist`.
pub fn stamp(dist: &Path, sample: &str) -> Outcome {
    let files = files_under(dist)?;
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let engine = names.iter().find(|name| name.starts_with("engine-") && name.ends_with(".js"));
    let mut parts = Vec::new();
    for (name, path) in &files {
        parts.push(name.clone().into_bytes());
        parts.push(read(path)?);
    }
    let build = content_hash(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>());

    let index = dist.join("index.html");
    let page = read_text(&index)?;
    let mut facts = vec![("incut-build", build.clone()), ("incut-sample", format!("/{sample}"))];
    facts.extend(engine.map(|engine| ("incut-engine", format!("/{engine}"))));
    let page = with_facts(&page, &facts)?;
    write(&index, &page)?;

    let worker = dist.join("sw.js");
    if worker.is_file() {
        let policy = Policy::for_page(&InlineHashes::of_page(&page));
        let policy: BTreeMap<&str, &str> = policy.lines().collect();
        let is_shell = |name: &str| !NOT_SHELL.iter().any(|other| name.starts_with(other));
        let is_stored_on_use = |name: &str| STORED_ON_USE.iter().any(|kind| name.starts_with(kind));
        let lists = [hashes(&files, is_shell)?, hashes(&files, is_stored_on_use)?];
        write(&worker, with_files(&read_text(&worker)?, &build, &lists, &policy)?)?;
    } else {
        eprintln!("There is no public/sw.js: this build will not work offline.");
    }
    Ok(())
}

/// SHA-256 in hexadecimal of the files that `is_meant`, by address.
fn hashes(files: &[(String, PathBuf)], is_meant: impl Fn(&str) -> bool) -> Outcome<BTreeMap<String, String>> {
    let meant = files.iter().filter(|(name, _)| is_meant(name));
    meant
        .map(|(name, path)| {
            let address = if name == "index.html" { "/".to_owned() } else { format!("/{name}") };
            let hash = Sha256::digest(read(path)?).iter().map(|byte| format!("{byte:02x}")).collect();
            Ok((address, hash))
        })
        .collect()
}

pub fn with_facts(page: &str, facts: &[(&str, String)]) -> Outcome<String> {
    let Some(end) = page.find("</head>") else {
        return Err(Failure::Ours("the page has no </head> to put its facts before".to_owned()));
    };
    let metas: String = facts
        .iter()
        .map(|(name, content)| format!("<meta name=\"{name}\" content=\"{content}\">\n"))
        .collect();
    Ok(format!("{}{metas}{}", &page[..end], &page[end..]))
}

/// The service worker, told of the build: the files of the shell, those that are stored on use, and the policy.
fn with_files(
    worker: &str,
    build: &str,
    [shell, more]: &[BTreeMap<String, String>; 2],
    policy: &BTreeMap<&str, &str>,
) -> Outcome<String> {
    for placeholder in [BUILD_PLACEHOLDER, FILES_PLACEHOLDER, MORE_FILES_PLACEHOLDER, POLICY_PLACEHOLDER] {
        if !worker.contains(&format!("\"{placeholder}\"")) {
            return Err(Failure::Ours(format!("public/sw.js has no \"{placeholder}\"")));
        }
    }
    let failed = "cannot write the list of files";
    let listed = |files| serde_json::to_string(files).map_err(Failure::ours(failed));
    let policy = serde_json::to_string(policy).map_err(Failure::ours(failed))?;
    // Lists stand in quotes, so that the file is a script before it is stamped too.
    Ok(worker
        .replace(&format!("\"{FILES_PLACEHOLDER}\""), &listed(shell)?)
        .replace(&format!("\"{MORE_FILES_PLACEHOLDER}\""), &listed(more)?)
        .replace(&format!("\"{POLICY_PLACEHOLDER}\""), &policy)
        .replace(BUILD_PLACEHOLDER, build))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_and_worker_learn_the_build() {
        let dist = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("index.html", "<html><head></head><body></body></html>"),
            ("engine-00ff.js", ""),
            ("engine-00ff_bg.wasm", ""),
            ("sample-11.mp4", ""),
            (
                "sw.js",
                "const A = [\"__INCUT_BUILD__\", \"__INCUT_FILES__\", \"__INCUT_MORE_FILES__\", \"__INCUT_POLICY__\"];",
            ),
        ] {
            std::fs::write(dist.path().join(name), text).unwrap();
        }
        std::fs::create_dir(dist.path().join("text")).unwrap();
        std::fs::write(dist.path().join("text/de.ftl"), "").unwrap();
        stamp(dist.path(), "sample-11.mp4").unwrap();
        let page = std::fs::read_to_string(dist.path().join("index.html")).unwrap();
        for fact in ["name=\"incut-engine\" content=\"/engine-00ff.js\"", "content=\"/sample-11.mp4\""] {
            assert!(page.contains(fact), "{page}");
        }
        let worker = std::fs::read_to_string(dist.path().join("sw.js")).unwrap();
        // Of nothing, as FIPS 180-4 has it.
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let page_hash: String = Sha256::digest(&page).iter().map(|byte| format!("{byte:02x}")).collect();
        let files = format!(
            "{{\"/\":\"{page_hash}\",\"/engine-00ff.js\":\"{empty}\",\"/engine-00ff_bg.wasm\":\"{empty}\"}}"
        );
        assert!(worker.contains(&files), "{worker}");
        assert!(worker.contains(&format!(", {{\"/text/de.ftl\":\"{empty}\"}}, ")), "{worker}");
        assert!(worker.contains("\"cross-origin-embedder-policy\":\"require-corp\""), "{worker}");
        assert!(worker.contains("\"content-security-policy\":\"default-src 'none'; "), "{worker}");
        assert!(!worker.contains("__INCUT"), "{worker}");
    }

    #[test]
    fn a_worker_that_cannot_be_stamped_stops_the_build() {
        assert!(with_files("const FILES = [];", "00", &Default::default(), &BTreeMap::new()).is_err());
        assert!(with_facts("<html>", &[]).is_err());
    }
}
