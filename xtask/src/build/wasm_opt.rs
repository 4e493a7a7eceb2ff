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

/// Optimizes `from` into `to`. rustc has optimized the module as a whole; what is left are the habits of its code generator. `-O3`
/// takes four times as long on the engine, which is no faster for it; `-Oz` makes a smaller file of the page, but one that brotli
/// packs less well: it is 1.2 % longer on the wire.
pub fn optimize(from: &Path, to: &Path) -> Outcome {
    run(command("wasm-opt").arg("-O1").args(FEATURES).arg(from).arg("-o").arg(to))
}
