//! What the pieces of a build must know of each other: the page learns the names of engine and sample and the build's id,
//! the service worker learns the id and the list of the shell's files.

use super::{content_hash, files_under, read, read_text, write};
use crate::failure::{Failure, Outcome};
use std::path::Path;

const BUILD_PLACEHOLDER: &str = "__INCUT_BUILD__";
const FILES_PLACEHOLDER: &str = "__INCUT_FILES__";
/// Files that a first visit does not store: the service worker itself, and what only some people ask for.
const NOT_SHELL: [&str; 3] = ["sw.js", "sample-", "fonts/scripts/"];

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
    write(&index, with_facts(&page, &facts)?)?;

    let worker = dist.join("sw.js");
    if worker.is_file() {
        write(&worker, with_shell(&read_text(&worker)?, &build, &shell(&names))?)?;
    } else {
        eprintln!("There is no public/sw.js: this build will not work offline.");
    }
    Ok(())
}

/// Addresses of the files that make up the application.
fn shell(names: &[&str]) -> Vec<String> {
    let kept = names.iter().filter(|name| !NOT_SHELL.iter().any(|other| name.starts_with(other)));
    kept.map(|name| if *name == "index.html" { "/".to_owned() } else { format!("/{name}") }).collect()
}

fn with_facts(page: &str, facts: &[(&str, String)]) -> Outcome<String> {
    let Some(end) = page.find("</head>") else {
        return Err(Failure::Ours("the page has no </head> to put its facts before".to_owned()));
    };
    let metas: String = facts
        .iter()
        .map(|(name, content)| format!("<meta name=\"{name}\" content=\"{content}\">\n"))
        .collect();
    Ok(format!("{}{metas}{}", &page[..end], &page[end..]))
}

fn with_shell(worker: &str, build: &str, shell: &[String]) -> Outcome<String> {
    for placeholder in [BUILD_PLACEHOLDER, FILES_PLACEHOLDER] {
        if !worker.contains(placeholder) {
            return Err(Failure::Ours(format!("public/sw.js has no {placeholder}")));
        }
    }
    let list = serde_json::to_string(shell).map_err(Failure::ours("cannot write the list of files"))?;
    // The list may stand in quotes, so that the file is a script before it is stamped too.
    let stamped = worker
        .replace(&format!("\"{FILES_PLACEHOLDER}\""), &list)
        .replace(&format!("'{FILES_PLACEHOLDER}'"), &list)
        .replace(FILES_PLACEHOLDER, &list);
    Ok(stamped.replace(BUILD_PLACEHOLDER, build))
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
            ("sw.js", "const BUILD = \"__INCUT_BUILD__\";\nconst FILES = \"__INCUT_FILES__\";\n"),
        ] {
            std::fs::write(dist.path().join(name), text).unwrap();
        }
        stamp(dist.path(), "sample-11.mp4").unwrap();
        let page = std::fs::read_to_string(dist.path().join("index.html")).unwrap();
        for fact in ["name=\"incut-engine\" content=\"/engine-00ff.js\"", "content=\"/sample-11.mp4\""] {
            assert!(page.contains(fact), "{page}");
        }
        let worker = std::fs::read_to_string(dist.path().join("sw.js")).unwrap();
        assert!(
            worker.contains("const FILES = [\"/engine-00ff.js\",\"/engine-00ff_bg.wasm\",\"/\"];"),
            "{worker}"
        );
        assert!(!worker.contains("__INCUT"), "{worker}");
    }

    #[test]
    fn a_worker_that_cannot_be_stamped_stops_the_build() {
        assert!(with_shell("const FILES = [];", "00", &[]).is_err());
        assert!(with_facts("<html>", &[]).is_err());
    }
}
