//! The engine's half: a worker's module, apart from the page's, so that the page rebuilds without linking burn again.

use super::module::Recipe;
use super::{Effort, clear, copy_tree};
use crate::failure::Outcome;
use crate::shell::{cargo, run, target_dir, work_dir};
use crate::tools;
use std::path::{Path, PathBuf};

const RECIPE: Recipe = Recipe { name: "engine", start: "app/crates/engine/bootstrap.js" };

/// Compiles the engine; cargo's module.
pub fn compile(effort: Effort) -> Outcome<PathBuf> {
    let profile = match effort {
        Effort::Release => "wasm-release",
        Effort::Quick => "wasm-quick",
    };
    let target = tools::WASM_TARGET;
    run(&mut cargo(&["build", "--package", "engine", "--lib", "--target", target, "--profile", profile]))?;
    Ok(target_dir().join(target).join(profile).join("engine.wasm"))
}

/// Makes of `module` the folder that holds `engine-HASH.js` and `engine-HASH_bg.wasm`.
pub fn finish(module: &Path, effort: Effort) -> Outcome<Option<PathBuf>> {
    let folder = folder();
    clear(&folder)?;
    copy_tree(&RECIPE.finish(module, effort)?, &folder)?;
    Ok(Some(folder))
}

/// The engine as the last build left it, if there was one.
pub fn last_built() -> Outcome<Option<PathBuf>> {
    let folder = folder();
    if !folder.is_dir() {
        eprintln!("No engine was built here yet: the page will find none.");
        return Ok(None);
    }
    Ok(Some(folder))
}

fn folder() -> PathBuf {
    work_dir().join("engine")
}
