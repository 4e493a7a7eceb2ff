//! A module in two: what starts, and what is fetched once it runs. Which functions those are the source says (`wasm_split` of Leptos); what
//! only they can reach goes with them. Cut by `wasm_split_cli_support`, along the relocations that the linker leaves in the module.

use super::{clear, read, read_text};
use crate::failure::{Failure, Outcome};
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

/// The script that fetches the parts, as the module asks for it. It ends up inside the module's own script.
const LOADER: &str = "./parts.js";

/// What [`cut`] leaves in its folder.
#[derive(Debug)]
pub struct Cut {
    /// What starts; wasm-bindgen's glue still has to be made for it.
    pub main: PathBuf,
    /// What is fetched later: its name in the source, and the wasm.
    pub parts: Vec<(String, PathBuf)>,
    loader: String,
}

/// Cuts what cargo left at `module`, which runs by a glue called `NAME.js`, into `folder`.
pub fn cut(module: &Path, name: &str, folder: &Path) -> Outcome<Cut> {
    clear(folder)?;
    let bytes = read(module)?;
    let main = folder.join(format!("{name}.wasm"));
    let glue = format!("./{name}.js");
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = &glue;
    let made = transform(options).map_err(|error| Failure::Ours(format!("wasm-split: {error:#}")))?;
    let mut parts = Vec::new();
    for path in made.split_modules {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(part) = stem.strip_prefix("split_") else {
            return Err(Failure::Ours(format!("two parts share {stem}: give them one name in the source")));
        };
        parts.push((part.to_owned(), path));
    }
    let loader = read_text(&folder.join(LOADER))?;
    Ok(Cut { main, parts, loader })
}

impl Cut {
    /// The glue with the loader in it, so that there is one script to fetch and to check; `address` says where a part lies.
    pub fn joined(&self, glue: &str, address: impl Fn(&str) -> String) -> Outcome<String> {
        let changed =
            || Failure::Ours("wasm-bindgen or wasm-split writes its scripts in another way now".to_owned());
        let asked = format!(" from \"{LOADER}\"");
        let asks =
            glue.lines().find(|line| line.trim_end_matches(';').ends_with(&asked)).ok_or_else(changed)?;
        let spoken = asks.trim_end_matches(';').strip_suffix(&asked);
        let name = spoken.and_then(|line| line.strip_prefix("import * as ")).ok_or_else(changed)?;
        let (import, loader) = self.loader.split_once('\n').ok_or_else(changed)?;
        if !import.starts_with("import { initSync } from ") {
            return Err(changed());
        }
        let mut loader = loader.replace("export const ", "const ");
        let mut loads = Vec::new();
        for (part, path) in &self.parts {
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let (load, file) = (format!("__wasm_split_load_{part}"), format!("\"./{file}\""));
            if !loader.contains(&format!("const {load} = ")) || !loader.contains(&file) {
                return Err(changed());
            }
            loader = loader.replace(&file, &format!("\"./{}\"", address(part)));
            loads.push(load);
        }
        Ok(glue.replacen(asks, &format!("{loader}const {name} = {{ {} }};", loads.join(", ")), 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_script_runs_both() {
        let cut = Cut {
            main: PathBuf::new(),
            parts: vec![("later".to_owned(), PathBuf::from("/x/split_later.wasm"))],
            loader: "import { initSync } from \"./page.js\";\n\
                     export const __wasm_split_load_later = load(\"./split_later.wasm\");\n"
                .to_owned(),
        };
        let glue = "import * as import1 from \"./parts.js\"\nexport function run() {}\n";
        let script = cut.joined(glue, |part| format!("page-00_{part}.wasm")).unwrap();
        assert_eq!(
            script,
            "const __wasm_split_load_later = load(\"./page-00_later.wasm\");\n\
             const import1 = { __wasm_split_load_later };\nexport function run() {}\n"
        );
        assert!(cut.joined("export function run() {}\n", str::to_owned).is_err());
    }
}
