//! What `trunk serve` does not build itself: its hook puts the page's module, made by the same recipe as ever, and what lies in
//! `dist/` beside the page into the folder that Trunk is about to serve. Knows `Trunk.toml`'s contract with the hook; how Trunk
//! watches and reloads is Trunk's matter.

use super::{Effort, copy_tree, dist_dir, files_under, page, read_text, stamp, wait_for_turn, write};
use crate::failure::{Failure, Outcome};
use crate::shell::root;
use std::fs;
use std::path::{Path, PathBuf};

/// Where Trunk collects what it will serve, as it tells its hooks.
const STAGING: &str = "TRUNK_STAGING_DIR";
/// What the page looks up in itself: where its worker and its sample lie. It goes without the build's name, by which a service
/// worker and a page know each other.
const FACTS: [&str; 2] = ["incut-engine", "incut-sample"];
/// A service worker would answer with what it stored, not with what was built just now.
const SERVICE_WORKER: &str = "sw.js";

/// Completes the page that Trunk made in its staging folder.
pub fn complete() -> Outcome {
    let Some(staging) = std::env::var_os(STAGING).map(PathBuf::from) else {
        return Err(Failure::Usage(format!("Trunk runs this, with ${STAGING} set: start `trunk serve`.")));
    };
    let built = dist_dir().join("index.html");
    if !built.is_file() {
        return Err(Failure::Usage("There is no engine yet: run `cargo xtask serve` first.".to_owned()));
    }
    let _alone = wait_for_turn()?;
    let module = page::module(Effort::Quick)?;
    copy_tree(&module, &staging)?;
    put_beside(&dist_dir(), &staging, is_beside_the_page)?;
    put_beside(&root().join("public"), &staging, |name| name != SERVICE_WORKER)?;

    let index = staging.join("index.html");
    let page = page::with_module(&read_text(&index)?, &module)?;
    write(&index, stamp::with_facts(&page, &facts_of(&read_text(&built)?)?)?)
}

/// Files of `dist/` that neither Trunk nor the recipe of the page makes.
fn is_beside_the_page(name: &str) -> bool {
    ["engine-", "sample-", "snippets/", "fonts/"].iter().any(|start| name.starts_with(start))
}

fn put_beside(from: &Path, to: &Path, is_wanted: impl Fn(&str) -> bool) -> Outcome {
    for (name, path) in files_under(from)?.into_iter().filter(|(name, _)| is_wanted(name)) {
        let target = to.join(&name);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(Failure::ours("cannot make a folder"))?;
        }
        fs::copy(&path, &target).map_err(Failure::ours(format!("cannot copy {name}")))?;
    }
    Ok(())
}

/// What the last whole build wrote into its page.
fn facts_of(page: &str) -> Outcome<Vec<(&'static str, String)>> {
    let find = |name| {
        let (_, rest) = page.split_once(&format!("<meta name=\"{name}\" content=\""))?;
        Some((name, rest.split_once('"')?.0.to_owned()))
    };
    let missing = |name| Failure::Ours(format!("dist/index.html does not say {name}: build it anew"));
    FACTS.into_iter().map(|name| find(name).ok_or_else(|| missing(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{command, is_there, output_of};
    use crate::{Cli, Task};
    use clap::Parser as _;
    use toml::{Table, Value};

    fn settings() -> Table {
        read_text(&root().join("Trunk.toml")).unwrap().parse().unwrap()
    }

    fn texts(value: &Value) -> Vec<&str> {
        value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
    }

    #[test]
    fn all_that_trunk_is_told_is_there() {
        let settings = settings();
        let target = settings["build"]["target"].as_str().unwrap();
        assert!(root().join(target).is_file(), "{target}");
        for list in [&settings["watch"]["watch"], &settings["watch"]["ignore"]] {
            for path in texts(list) {
                assert!(root().join(path).exists(), "{path}");
            }
        }
        let page = read_text(&root().join(target)).unwrap();
        let assets: Vec<&str> = page.split("<link data-trunk ").skip(1).collect();
        assert!(assets.len() > 1, "{page}");
        for asset in assets {
            let (_, rest) = asset.split_once("href=\"").unwrap();
            let path = root().join(target).with_file_name(rest.split_once('"').unwrap().0);
            assert!(path.is_file(), "{}", path.display());
        }
        let [hook] = settings["hooks"].as_array().unwrap().as_slice() else { panic!("one hook") };
        assert_eq!((hook["command"].as_str(), hook["stage"].as_str()), (Some("cargo"), Some("post_build")));
        let words = texts(&hook["command_arguments"]);
        assert_eq!(words[0], "xtask");
        assert!(matches!(Cli::try_parse_from(words).unwrap().command, Task::Trunk));
    }

    #[test]
    fn trunk_leaves_alone_what_ships_and_asks_the_server_for_models() {
        let settings = settings();
        // A folder in which only builds write.
        let dist = settings["build"]["dist"].as_str().unwrap();
        assert!(dist.starts_with("target/"), "{dist}");
        let [proxy] = settings["proxy"].as_array().unwrap().as_slice() else { panic!("one proxy") };
        let server = proxy["backend"].as_str().unwrap().strip_suffix(proxy["rewrite"].as_str().unwrap());
        assert_eq!(server, Some("http://127.0.0.1:8080"));
        assert_ne!(settings["serve"]["port"].as_integer(), Some(8080));
        let policy = server::Policy::for_page(&server::InlineHashes::default());
        for (name, value) in settings["serve"]["headers"].as_table().unwrap() {
            assert!(policy.lines().any(|line| line == (name, value.as_str().unwrap())), "{name}");
        }
    }

    #[test]
    fn trunk_itself_takes_its_settings() {
        // A convenience of developers, which neither a build nor a check asks for.
        if !is_there("trunk") {
            return;
        }
        let shown = output_of(command("trunk").args(["config", "show"])).unwrap();
        assert!(shown.contains("app/index.html") && shown.contains("PostBuild"), "{shown}");
    }

    #[test]
    fn the_page_learns_where_its_engine_lies() {
        let built = "<meta name=\"incut-engine\" content=\"/engine-00.js\">\n<meta name=\"incut-sample\" content=\"/s.mp4\">";
        let facts = facts_of(built).unwrap();
        assert_eq!(
            facts,
            [("incut-engine", "/engine-00.js".to_owned()), ("incut-sample", "/s.mp4".to_owned())]
        );
        assert!(facts_of("<head></head>").is_err());
        assert!(is_beside_the_page("engine-00_bg.wasm") && is_beside_the_page("fonts/caption.woff2"));
        for other in ["index.html", "incut-app-00.js", "page-00.css", "sw.js"] {
            assert!(!is_beside_the_page(other), "{other}");
        }
    }
}
