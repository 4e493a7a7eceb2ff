//! The models folder: where it is and that what is wanted lies in it. Converting and checking are `model-export`'s.

use crate::failure::{Failure, Outcome};
use crate::shell::{cargo, command, run, target_dir};
use std::path::PathBuf;

/// The native programs that the page's commands run. They need no burn, which takes minutes to compile.
const PROGRAMS: [&str; 2] = ["server", "model-export"];

/// The models that the page offers: the others are fetched by the commands that need them.
pub const OF_THE_PAGE: [&str; 5] = ["tiny.en", "base", "voices", "minilm", "blazeface"];

/// Those of them that write down what is said.
pub const SPEECH: [&str; 2] = ["tiny.en", "base"];

/// What is compiled when the programs are. Cargo chooses the features of shared crates by what it is asked for in one go,
/// and compiles burn again for each choice, which takes minutes: so there are only these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Without burn.
    Programs,
    /// What looks at files, without burn too.
    Inspect,
    /// The models run natively.
    Native,
    /// With every test of the workspace.
    Tests,
}

/// Every known model, for the tests.
pub const ALL: [&str; 0] = [];

/// `$INCUT_MODELS`, or `incut/models` in the person's cache folder.
pub fn folder() -> Outcome<PathBuf> {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || from("XDG_CACHE_HOME").or_else(|| from("HOME").map(|home| home.join(".cache")));
    from("INCUT_MODELS").or_else(|| cache().map(|cache| cache.join("incut/models"))).ok_or_else(|| {
        Failure::Ours("No home folder: set INCUT_MODELS to where the models shall lie.".to_owned())
    })
}

/// Exports those of `models` that are not there yet; all known ones where the list is empty.
pub fn ensure(models: &[impl AsRef<str>], scope: Scope) -> Outcome {
    build_programs(scope)?;
    let mut export = command(program("model-export"));
    export.arg("--out").arg(folder()?);
    if !models.is_empty() {
        let models: Vec<&str> = models.iter().map(AsRef::as_ref).collect();
        export.arg("--models").arg(models.join(","));
    }
    run(&mut export)
}

pub fn build_programs(scope: Scope) -> Outcome {
    let mut arguments = vec!["build", "--quiet"];
    match scope {
        // Together with `xtask`, which is there already: what they share keeps the features that it was compiled with.
        Scope::Programs => {
            let packages = PROGRAMS.iter().chain(&["xtask"]);
            arguments.extend(packages.flat_map(|package| ["--package", package]));
        }
        Scope::Inspect => arguments.extend(["--package", "inspect"]),
        Scope::Native => arguments.extend(["--package", "native"]),
        Scope::Tests => arguments.extend(["--workspace", "--bins", "--tests"]),
    }
    run(&mut cargo(&arguments))
}

/// Where cargo leaves a program of ours.
pub fn program(name: &str) -> PathBuf {
    target_dir().join("debug").join(name)
}
