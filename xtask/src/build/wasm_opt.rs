//! wasm-opt, from the npm package `binaryen`, as it is run on what cargo makes.

use crate::failure::Outcome;
use crate::shell::{command, run};
use std::path::Path;

/// What rustc emits for wasm32, with `simd128`. Binaryen refuses what it is not told to expect.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// What a module is optimised for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// rustc has optimised the module as a whole for speed; what is left are the habits of its code generator. `-O3` takes four times
    /// as long on the engine, which is no faster for it, and is larger in brotli.
    Speed,
    Size,
}

/// Optimises `from` into `to`.
pub fn optimise(from: &Path, to: &Path, goal: Goal) -> Outcome {
    let level = match goal {
        Goal::Speed => "-O1",
        Goal::Size => "-Oz",
    };
    run(command("wasm-opt").arg(level).args(FEATURES).arg(from).arg("-o").arg(to))
}
