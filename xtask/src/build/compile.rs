//! Cargo's share of the build: which crate becomes which module, by which profile, in which folder.

use super::Effort;
use crate::failure::{Failure, Outcome};
use crate::shell::{cargo, command, is_there, run, target_dir};
use crate::tools;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

const ENGINE: &str = "engine";
const PAGE: &str = "incut-app";

/// Joined to the flags in `.cargo/config.toml` where the page is compiled: Leptos keeps the types of views out of the types of those
/// around them, so that each view is compiled once. The page is a tenth smaller in brotli, and built faster.
pub const ERASED: (&str, &str) = ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg=erase_components");

/// The engine's module.
pub fn engine(effort: Effort) -> Outcome<PathBuf> {
    match effort {
        Effort::Release => {
            let mut compile = cargo(&["build"]);
            compile.args(["--package", ENGINE, "--lib"]).args(profile("wasm-release"));
            run(by_rustc(&mut compile))?;
            Ok(target_dir().join(tools::WASM_TARGET).join("wasm-release/engine.wasm"))
        }
        Effort::Quick => Ok(quick()?.join("engine.wasm")),
    }
}

/// The page's module.
pub fn page(effort: Effort) -> Outcome<PathBuf> {
    match effort {
        Effort::Release => {
            // A folder of its own, so that neither waits for the other; and patient: everything else waits for the engine.
            let folder = target_dir().join("page");
            let mut compile = patient_cargo();
            compile.args(["build", "--package", PAGE]).args(profile("wasm-page"));
            run(by_rustc(&mut compile).env("CARGO_TARGET_DIR", &folder).env(ERASED.0, ERASED.1))?;
            Ok(folder.join(tools::WASM_TARGET).join("wasm-page/incut-app.wasm"))
        }
        Effort::Quick => Ok(quick()?.join("incut-app.wasm")),
    }
}

/// By the profile of tests and commands, with which it shares what runs on this machine: macros and build scripts. Both halves at once,
/// always: cargo chooses the features of shared crates by what it is asked for in one go, and so compiles each of them
/// once for the two. Where one of the two is up to date, cargo sees that in less than a second.
fn quick() -> Outcome<PathBuf> {
    // Cargo lets one work at a time in its folder, and would say so.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().map_err(Failure::ours("a part of the build broke"))?;
    let mut compile = cargo(&["build", "--package", ENGINE, "--package", PAGE]);
    run(by_rustc(&mut compile).args(["--target", tools::WASM_TARGET]).env(ERASED.0, ERASED.1))?;
    Ok(target_dir().join(tools::WASM_TARGET).join("debug"))
}

/// What ships is compiled by rustc itself, also where all else is linted while it is compiled: clippy optimizes less.
fn by_rustc(cargo: &mut Command) -> &mut Command {
    cargo.env_remove("RUSTC_WORKSPACE_WRAPPER")
}

fn profile(name: &str) -> [&str; 4] {
    ["--target", tools::WASM_TARGET, "--profile", name]
}

/// A cargo that takes the time that other programs leave.
fn patient_cargo() -> Command {
    if !is_there("nice") {
        return command("cargo");
    }
    let mut nice = command("nice");
    nice.args(["-n", "19", "cargo"]);
    nice
}
