//! A wasm module as it ships: wasm-bindgen's glue around it, optimized, both named by their content. What is compiled into it, and
//! what starts it, its caller says.

use super::{Effort, clear, content_hash, copy_tree, read, read_text, split, wasm_opt, write};
use crate::failure::{Failure, Outcome};
use crate::shell::{root, work_dir};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// What makes one of cargo's modules into files for browsers.
#[derive(Debug)]
pub struct Recipe {
    /// Stem of the files' names.
    pub name: &'static str,
    /// Whether functions keep their names, for whoever reads where a panic came from. The engine's are longer than its code.
    pub has_names: bool,
    /// Whether its source names parts that are fetched later.
    pub has_parts: bool,
    /// A script of ours, from the checkout's root, that follows the glue and starts the module.
    pub start: &'static str,
}

impl Recipe {
    /// The folder with `NAME-HASH.js`, `NAME-HASH_bg.wasm`, `NAME-HASH_PART.wasm` for each part and the glue's snippets, made from what
    /// cargo left at `module`. wasm-opt takes its time: done once for each module.
    pub fn finish(&self, module: &Path, effort: Effort) -> Outcome<PathBuf> {
        let start = read_text(&root().join(self.start))?;
        let recipe = format!("{self:?} {effort:?}");
        let made_from = content_hash(&[&read(module)?, start.as_bytes(), recipe.as_bytes()]);
        let finished = work_dir().join("modules").join(made_from);
        if !finished.is_dir() {
            let half_done = work_dir().join(format!("{}.tmp", self.name));
            clear(&half_done)?;
            self.make(module, &start, effort, &half_done)?;
            fs::create_dir_all(work_dir().join("modules")).map_err(Failure::ours("cannot make a folder"))?;
            fs::rename(half_done.join("named"), &finished)
                .map_err(Failure::ours("cannot keep the module"))?;
        }
        Ok(finished)
    }

    /// Parts, glue, optimization and names: fills `aside/named`.
    fn make(&self, module: &Path, start: &str, effort: Effort, aside: &Path) -> Outcome {
        eprintln!("Binding {}.", module.display());
        let cut = self.has_parts.then(|| split::cut(module, self.name, &aside.join("cut"))).transpose()?;
        let bound = aside.join("bound");
        let mut bindgen = Bindgen::new();
        bindgen.input_path(cut.as_ref().map_or(module, |cut| &cut.main));
        bindgen.out_name(self.name).omit_default_module_path(false);
        bindgen.remove_name_section(!self.has_names);
        // Among them the table of functions, by which the parts call each other.
        bindgen.keep_lld_exports(self.has_parts);
        let made = bindgen.web(true).and_then(|bindgen| bindgen.generate(&bound));
        made.map_err(|error| Failure::Ours(format!("wasm-bindgen: {error:#}")))?;
        let glue = read_text(&bound.join(format!("{}.js", self.name)))?;
        let wasm = finished(&bound.join(self.wasm_in_glue()), effort, aside)?;
        let mut parts = Vec::new();
        for (part, path) in cut.iter().flat_map(|cut| &cut.parts) {
            parts.push((part.as_str(), finished(path, effort, aside)?));
        }

        let mut made_of = vec![glue.as_bytes(), start.as_bytes(), &wasm];
        made_of.extend(parts.iter().map(|(_, wasm)| wasm.as_slice()));
        let hash = content_hash(&made_of);
        let part_name = |part: &str| format!("{}-{hash}_{part}.wasm", self.name);
        let glue = match &cut {
            Some(cut) => cut.joined(&glue, part_name)?,
            None => glue,
        };
        let named = aside.join("named");
        clear(&named)?;
        write(&named.join(self.wasm(&hash)), &wasm)?;
        for (part, wasm) in &parts {
            write(&named.join(part_name(part)), wasm)?;
        }
        write(&named.join(format!("{}-{hash}.js", self.name)), self.script(&glue, start, &hash)?)?;
        let snippets = bound.join("snippets");
        if snippets.is_dir() { copy_tree(&snippets, &named.join("snippets")) } else { Ok(()) }
    }

    /// The glue that names the module by its hash, with the start appended.
    fn script(&self, glue: &str, start: &str, hash: &str) -> Outcome<String> {
        let plain = self.wasm_in_glue();
        if !glue.contains(&plain) {
            return Err(Failure::Ours(format!("wasm-bindgen's glue does not name {plain} any more")));
        }
        Ok(format!("{}\n{start}", glue.replace(&plain, &self.wasm(hash))))
    }

    /// The module's name as wasm-bindgen writes it into its glue.
    fn wasm_in_glue(&self) -> String {
        format!("{}_bg.wasm", self.name)
    }

    fn wasm(&self, hash: &str) -> String {
        format!("{}-{hash}_bg.wasm", self.name)
    }
}

/// The wasm as it ships.
fn finished(wasm: &Path, effort: Effort, aside: &Path) -> Outcome<Vec<u8>> {
    match effort {
        Effort::Quick => read(wasm),
        Effort::Release => {
            let optimized = aside.join("optimized.wasm");
            wasm_opt::optimize(wasm, &optimized)?;
            read(&optimized)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_names_the_module_by_its_hash_and_the_start_comes_last() {
        let recipe = Recipe { name: "engine", has_names: false, has_parts: false, start: "" };
        let glue = "const url = new URL('engine_bg.wasm', import.meta.url);";
        let script = recipe.script(glue, "start();", "00ff").unwrap();
        assert_eq!(script, "const url = new URL('engine-00ff_bg.wasm', import.meta.url);\nstart();");
        assert!(recipe.script("nothing of the kind", "", "00ff").is_err());
    }
}
