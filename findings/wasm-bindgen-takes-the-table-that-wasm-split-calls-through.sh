#!/usr/bin/env bash
# A module that wasm_split_cli_support has cut in two and wasm-bindgen has bound (target web) with its defaults is whole to both tools, starts, and
# fails only when the second part is wanted: wasm-bindgen takes the linker's exports away, `__indirect_function_table` among them, and the
# loader that wasm-split wrote reads that very export of the bound module to call between the parts. Bound with `keep_lld_exports(true)`
# the export stays and the second part loads.
#
# Guess: either tool refuses, or the part loads.
# Seen with: wasm_split_cli_support 0.2.4, wasm_split_helpers 0.2.3, wasm-bindgen and wasm-bindgen-cli-support 0.2.128, Rust 1.95, Node 20.20.2,
# 30 November 2026. Defaults: no table among the exports, the load ends with "TypeError: Cannot read properties of undefined (reading 'get')".
# With keep_lld_exports: 42 from the second part.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
export CARGO_TARGET_DIR="$work/target"

mkdir -p page/src tool/src
cat > page/Cargo.toml <<'TOML'
[package]
name = "page"
version = "0.0.0"
edition = "2021"
[lib]
crate-type = ["cdylib"]
[dependencies]
wasm-bindgen = "=0.2.128"
wasm-bindgen-futures = "=0.4.78"
wasm_split_helpers = "=0.2.3"
[workspace]
TOML
cat > page/src/lib.rs <<'RUST'
use wasm_bindgen::prelude::*;

#[wasm_split_helpers::wasm_split(later)]
fn answer(half: i32) -> i32 {
    std::hint::black_box(half) * 2
}

#[wasm_bindgen]
pub async fn ask() -> i32 {
    answer(21).await
}
RUST
cat > tool/Cargo.toml <<'TOML'
[package]
name = "tool"
version = "0.0.0"
edition = "2021"
[dependencies]
wasm-bindgen-cli-support = "=0.2.128"
wasm_split_cli_support = { version = "=0.2.4", default-features = false }
[workspace]
TOML
cat > tool/src/main.rs <<'RUST'
use std::path::Path;

fn main() {
    let module = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    for keeps in [false, true] {
        let out = format!("out-{keeps}");
        let out = Path::new(&out);
        let main = out.join("page.wasm");
        let mut options = wasm_split_cli_support::Options::new(&module);
        options.output_dir = out;
        options.main_out_path = &main;
        options.link_name = "./parts.js";
        options.main_module = "./page.js";
        wasm_split_cli_support::transform(options).unwrap();
        let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
        bindgen.input_path(&main).out_name("page").keep_lld_exports(keeps);
        bindgen.web(true).unwrap().generate(out).unwrap();
    }
}
RUST
(cd page && RUSTFLAGS="-Clink-arg=--emit-relocs" cargo build --quiet --release --target wasm32-unknown-unknown)
(cd tool && cargo build --quiet)
"$CARGO_TARGET_DIR/debug/tool" "$CARGO_TARGET_DIR/wasm32-unknown-unknown/release/page.wasm" 2> /dev/null
echo "Both tools ended well, both times."

cat > run.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";

const folder = process.argv[2];
writeFileSync(`${folder}/package.json`, '{"type":"module"}');
// Node fetches no files; the loader asks for the second part by fetch().
globalThis.fetch = async (url) => new Response(readFileSync(url), { headers: { "content-type": "application/wasm" } });
console.error = () => {};
process.on("uncaughtException", () => {});
const bytes = readFileSync(`${folder}/page_bg.wasm`);
const names = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
const hasTable = names.includes("__indirect_function_table");
const page = await import(`./${folder}/page.js`);
page.initSync({ module: bytes });
const failed = new Promise((resolve) => process.on("unhandledRejection", (error) => resolve(`${error}`)));
console.log(JSON.stringify({ hasTable, answer: await Promise.race([page.ask(), failed]) }));
process.exit(0);
JS
without=$(node run.mjs out-false)
with=$(node run.mjs out-true)
echo "defaults: $without"
echo "keep_lld_exports: $with"
[ "$without" = "{\"hasTable\":false,\"answer\":\"TypeError: Cannot read properties of undefined (reading 'get')\"}" ]
[ "$with" = '{"hasTable":true,"answer":42}' ]
echo "As stated."
