//! The engine's half: a worker's module, apart from the page's, so that the page rebuilds without linking burn again.

use super::module::Recipe;
use super::{Effort, clear, compile, copy_tree};
use crate::failure::Outcome;
use crate::shell::work_dir;
use std::path::PathBuf;

const RECIPE: Recipe =
    Recipe { name: "engine", has_names: false, has_parts: false, start: "app/crates/engine/bootstrap.js" };

/// Builds the engine; the folder that holds `engine-HASH.js` and `engine-HASH_bg.wasm`.
pub fn build(effort: Effort) -> Outcome<Option<PathBuf>> {
    let finished = RECIPE.finish(&compile::engine(effort)?, effort)?;
    let folder = folder();
    clear(&folder)?;
    copy_tree(&finished, &folder)?;
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
