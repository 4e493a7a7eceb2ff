//! wasm-opt, from the npm package `binaryen`, as it is run on the engine. The page's run of it is Trunk's.

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

/// Optimises `from` into `to` for speed; takes minutes on the engine.
pub fn optimise(from: &Path, to: &Path) -> Outcome {
    run(command("wasm-opt").arg("-O3").args(FEATURES).arg(from).arg("-o").arg(to))
}
