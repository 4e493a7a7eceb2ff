//! The engine's half: cargo, wasm-bindgen, wasm-opt, and names made from the content. Trunk is left out of it because it
//! does not hash the files of workers, and because the page must rebuild without linking burn again.

use super::{Effort, clear, content_hash, copy_tree, read, read_text, wasm_opt, write};
use crate::failure::{Failure, Outcome};
use crate::shell::{cargo, command, root, run, target_dir, work_dir};
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};

const PACKAGE: &str = "engine";
/// What starts the worker once its glue is there; appended to it.
const BOOTSTRAP: &str = "app/crates/engine/bootstrap.js";
/// The module's name as wasm-bindgen writes it into its glue.
const WASM_IN_GLUE: &str = "engine_bg.wasm";

/// Builds the engine; the folder that holds `engine-HASH.js` and `engine-HASH_bg.wasm`.
pub fn build(effort: Effort) -> Outcome<Option<PathBuf>> {
    let profile = match effort {
        Effort::Release => "wasm-release",
        Effort::Quick => "wasm-quick",
    };
    let target = tools::WASM_TARGET;
    run(&mut cargo(&["build", "--package", PACKAGE, "--lib", "--target", target, "--profile", profile]))?;
    let module = target_dir().join(target).join(profile).join("engine.wasm");
    let bootstrap = read_text(&root().join(BOOTSTRAP))?;

    // wasm-opt takes minutes: done once for each module that cargo makes.
    let made_from = content_hash(&[&read(&module)?, bootstrap.as_bytes(), profile.as_bytes()]);
    let finished = work_dir().join("engines").join(&made_from);
    if !finished.is_dir() {
        let half_done = work_dir().join("engine.tmp");
        clear(&half_done)?;
        finish(&module, &bootstrap, effort, &half_done)?;
        fs::create_dir_all(work_dir().join("engines")).map_err(Failure::ours("cannot make a folder"))?;
        fs::rename(half_done.join("named"), &finished).map_err(Failure::ours("cannot keep the engine"))?;
    }
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

/// Glue, optimisation and names: fills `aside/named`.
fn finish(module: &Path, bootstrap: &str, effort: Effort, aside: &Path) -> Outcome {
    let bound = aside.join("bound");
    let mut bindgen = command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", PACKAGE, "--out-dir"]).arg(&bound);
    run(bindgen.arg(module))?;
    let bound_wasm = bound.join(WASM_IN_GLUE);
    let wasm = match effort {
        Effort::Quick => bound_wasm,
        Effort::Release => {
            let optimised = aside.join("optimised.wasm");
            wasm_opt::optimise(&bound_wasm, &optimised)?;
            optimised
        }
    };
    let (glue, wasm) = (read_text(&bound.join("engine.js"))?, read(&wasm)?);
    let hash = content_hash(&[glue.as_bytes(), bootstrap.as_bytes(), &wasm]);
    let named = aside.join("named");
    clear(&named)?;
    write(&named.join(format!("engine-{hash}_bg.wasm")), &wasm)?;
    write(&named.join(format!("engine-{hash}.js")), worker_script(&glue, bootstrap, &hash)?)?;
    let snippets = bound.join("snippets");
    if snippets.is_dir() { copy_tree(&snippets, &named.join("snippets")) } else { Ok(()) }
}

/// The glue under its final name, with the start appended.
fn worker_script(glue: &str, bootstrap: &str, hash: &str) -> Outcome<String> {
    if !glue.contains(WASM_IN_GLUE) {
        return Err(Failure::Ours(format!("wasm-bindgen's glue does not name {WASM_IN_GLUE} any more")));
    }
    let glue = glue.replace(WASM_IN_GLUE, &format!("engine-{hash}_bg.wasm"));
    Ok(format!("{glue}\n{bootstrap}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_names_the_module_by_its_hash_and_the_start_comes_last() {
        let glue = "const url = new URL('engine_bg.wasm', import.meta.url);";
        let script = worker_script(glue, "start();", "00ff").unwrap();
        assert_eq!(script, "const url = new URL('engine-00ff_bg.wasm', import.meta.url);\nstart();");
        assert!(worker_script("nothing of the kind", "", "00ff").is_err());
    }
}
