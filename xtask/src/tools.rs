//! What building and testing need beside Rust and Node, and how each is got where it is missing: Rust's library for wasm, the
//! npm packages of `e2e/`, three programs and a driver of the system.

use crate::failure::{Failure, Outcome};
use crate::shell::{command, is_there, output_of, root, run};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// What page and engine are compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Everything that turns sources into `dist/`.
pub fn ensure_for_build() -> Outcome {
    ensure_wasm_target()?;
    ensure_npm_packages()?;
    ensure_system(&["ffmpeg", "espeak-ng"])
}

/// Everything that the native tests need beside what builds the page: a driver for the shaders' tests. Where there is no GPU, Mesa
/// computes in its place.
pub fn ensure_for_native_tests() -> Outcome {
    ensure_for_build()?;
    if has_gpu_driver() { Ok(()) } else { install(&["mesa-vulkan-drivers"]) }
}

/// Metal and Direct3D are part of their systems; Vulkan's drivers list themselves.
fn has_gpu_driver() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let is_named =
        ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"].iter().any(|name| std::env::var_os(name).is_some());
    let lists = |folder: &str| {
        let mut entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.any(|entry| entry.path().extension().is_some_and(|extension| extension == "json"))
    };
    is_named || ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"].into_iter().any(lists)
}

/// Everything that drives the built page. `INCUT_CHROMIUM` names another browser than the system's `chromium`.
pub fn ensure_for_browser() -> Outcome {
    ensure_npm_packages()?;
    ensure_system(&["ffmpeg"])?;
    ensure_browser("INCUT_CHROMIUM", "chromium")
}

/// The second browser that the page is tested in. `INCUT_FIREFOX` names another one than Debian's `firefox-esr`.
pub fn ensure_firefox() -> Outcome {
    ensure_browser("INCUT_FIREFOX", "firefox-esr")
}

fn ensure_browser(named_by: &str, program: &str) -> Outcome {
    if std::env::var_os(named_by).is_some() { Ok(()) } else { ensure_system(&[program]) }
}

/// Rust's standard library for the page and the engine. rustup reads in `rust-toolchain.toml` that it is wanted, but fetches nothing by
/// itself where `RUSTUP_AUTO_INSTALL=0` or where the toolchain is there without it.
pub fn ensure_wasm_target() -> Outcome {
    let libraries = output_of(command("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]));
    if libraries.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    if !is_there("rustup") {
        return Err(Failure::Ours(format!(
            "Rust's standard library for {WASM_TARGET} is missing: please install it, then try again."
        )));
    }
    run(command("rustup").args(["target", "add", WASM_TARGET]))
}

/// Runs `npm ci` where what is installed is not what the lock file lists.
pub fn ensure_npm_packages() -> Outcome {
    if !is_there("node") || !is_there("npm") {
        return Err(Failure::Ours("Node.js 20 or later with npm is needed: please install it.".to_owned()));
    }
    let folder = root().join("e2e");
    let wanted = locked_packages(&folder.join("package-lock.json"));
    if wanted.is_some() && wanted == locked_packages(&folder.join("node_modules/.package-lock.json")) {
        return Ok(());
    }
    run(command("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))
}

/// Path and version of each package in a lock file of npm. Optional ones for other systems are never installed, and
/// so are left out.
fn locked_packages(lock: &Path) -> Option<BTreeMap<String, String>> {
    let lock: Value = serde_json::from_slice(&std::fs::read(lock).ok()?).ok()?;
    let packages = lock.get("packages")?.as_object()?;
    let listed = packages.iter().filter(|(path, about)| !path.is_empty() && about.get("optional").is_none());
    listed.map(|(path, about)| Some((path.clone(), about.get("version")?.as_str()?.to_owned()))).collect()
}

fn ensure_system(programs: &[&str]) -> Outcome {
    let missing: Vec<&str> = programs.iter().copied().filter(|program| !is_there(program)).collect();
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

/// Installs packages of the system.
fn install(missing: &[&str]) -> Outcome {
    let list = missing.join(" ");
    let by_hand =
        || Failure::Ours(format!("Missing on this machine: {list}. Please install them, then try again."));
    if !is_there("apt-get") {
        return Err(by_hand());
    }
    let is_root = output_of(command("id").arg("-u")).as_deref() == Some("0");
    let may_sudo = !is_root && is_there("sudo") && output_of(command("sudo").args(["-n", "true"])).is_some();
    if !is_root && !may_sudo {
        return Err(by_hand());
    }
    let apt = |arguments: &[&str]| {
        let mut apt = if is_root { command("apt-get") } else { command("sudo") };
        if !is_root {
            apt.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        apt
    };
    run(&mut apt(&["update", "--quiet"]))?;
    let mut install = apt(&["install", "--yes", "--quiet", "--no-install-recommends"]);
    run(install.args(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_file_is_compared_by_the_packages_it_lists() {
        let folder = tempfile::tempdir().unwrap();
        let lock = folder.path().join("package-lock.json");
        let check = |text: &str, expected: Option<usize>| {
            std::fs::write(&lock, text).unwrap();
            assert_eq!(locked_packages(&lock).map(|packages| packages.len()), expected, "{text}");
        };
        check("{}", None);
        check("not json", None);
        check(r#"{"packages":{"":{"name":"x"},"node_modules/a":{"version":"1.0.0"}}}"#, Some(1));
        check(r#"{"packages":{"node_modules/b":{"version":"1","optional":true}}}"#, Some(0));
    }

    #[test]
    fn the_maker_of_glue_is_of_the_version_of_the_crate() {
        let version = |manifest: &str, key: &str| {
            let text = std::fs::read_to_string(root().join(manifest)).unwrap();
            let line = text.lines().find_map(|line| line.strip_prefix(key)).unwrap();
            line.trim_matches(['"', ' ', '=']).to_owned()
        };
        let glue = version("xtask/Cargo.toml", "wasm-bindgen-cli-support = ");
        assert_eq!(glue, version("Cargo.toml", "wasm-bindgen = "));
    }
}
