//! The page's half: Trunk builds the Leptos crate into the work folder. What the page is made of is its own business.

use super::Effort;
use crate::failure::{Failure, Outcome};
use crate::shell::{command, run, target_dir, work_dir};
use std::path::PathBuf;

/// Joined to the flags in `.cargo/config.toml`, for the page alone: Leptos keeps the types of views out of the types of those
/// around them, so that each view is compiled once. The page is a tenth smaller in brotli, and built faster.
const ERASED: (&str, &str) = ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg=erase_components");

/// Runs Trunk; the folder it filled.
pub fn build(effort: Effort) -> Outcome<PathBuf> {
    let folder = folder();
    let mut trunk = command("trunk");
    // A folder of its own: a page must not wait until an engine is compiled.
    trunk.env("CARGO_TARGET_DIR", target_dir().join("page")).env(ERASED.0, ERASED.1);
    trunk.args(["build", "--offline", "--dist"]).arg(&folder);
    match effort {
        Effort::Release => trunk.args(["--release", "--cargo-profile", "wasm-page"]),
        Effort::Quick => trunk.args(["--cargo-profile", "wasm-quick"]),
    };
    run(&mut trunk)?;
    Ok(folder)
}

/// The folder as the last build left it.
pub fn last_built() -> Outcome<PathBuf> {
    let folder = folder();
    if folder.join("index.html").is_file() {
        Ok(folder)
    } else {
        Err(Failure::Usage("The page was never built here; leave out --engine-only.".to_owned()))
    }
}

fn folder() -> PathBuf {
    work_dir().join("page")
}
