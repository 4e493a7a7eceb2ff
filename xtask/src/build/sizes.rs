//! How big the page and the engine are on the wire, and how big they may be.

use super::{files_under, read};
use crate::failure::{Failure, Outcome};
use std::path::Path;

/// Bytes of brotli that a visitor may have to wait for before the page moves, before it can show a clip, and before it can work. The
/// studio comes when the page has been shown.
const PAGE_LIMIT: u64 = 450_000;
const STUDIO_LIMIT: u64 = 450_000;
const ENGINE_LIMIT: u64 = 3_300_000;

/// What one wasm module weighs.
#[derive(Debug, PartialEq, Eq)]
struct Weight {
    what: &'static str,
    plain_bytes: u64,
    brotli_bytes: Option<u64>,
    limit_bytes: u64,
}

/// Prints the sizes.
pub fn report(dist: &Path) -> Outcome {
    for weight in weigh(dist)? {
        let on_the_wire = weight.brotli_bytes.map_or_else(
            || "not compressed in a quick build".to_owned(),
            |bytes| format!("{bytes} bytes in brotli, limit {}", weight.limit_bytes),
        );
        eprintln!("{} wasm: {} bytes; {on_the_wire}", weight.what, weight.plain_bytes);
    }
    Ok(())
}

/// Fails where a module is missing, not compressed, or above its limit. Says the sizes in any case.
pub fn check(dist: &Path) -> Outcome<String> {
    let weights = weigh(dist)?;
    let mut said = Vec::new();
    for what in ["page", "studio", "engine"] {
        let brotli = weights.iter().find(|weight| weight.what == what).and_then(|weight| weight.brotli_bytes);
        let bytes = brotli.ok_or_else(|| Failure::Ours(format!("{what}: no compressed wasm in dist/")))?;
        said.push(format!("{what} {:.2} MB", bytes as f64 / 1e6));
    }
    let said = format!("wasm in brotli: {}", said.join(", "));
    match weights.iter().find(|weight| weight.brotli_bytes.is_some_and(|bytes| bytes > weight.limit_bytes)) {
        Some(over) => Err(Failure::Ours(format!("{said}; the {} may have {}", over.what, over.limit_bytes))),
        None => Ok(said),
    }
}

fn weigh(dist: &Path) -> Outcome<Vec<Weight>> {
    let mut weights = Vec::new();
    let files = files_under(dist)?;
    for (name, path) in files.iter().filter(|(name, _)| name.ends_with(".wasm")) {
        let (what, limit_bytes) = match name.as_str() {
            name if name.starts_with("engine-") => ("engine", ENGINE_LIMIT),
            name if name.ends_with("_studio.wasm") => ("studio", STUDIO_LIMIT),
            _ => ("page", PAGE_LIMIT),
        };
        let twin = format!("{name}.br");
        let twin = files.iter().find(|(other, _)| *other == twin).map(|(_, path)| path);
        let brotli_bytes = twin.map(|path| read(path)).transpose()?.map(|bytes| bytes.len() as u64);
        weights.push(Weight { what, plain_bytes: read(path)?.len() as u64, brotli_bytes, limit_bytes });
    }
    Ok(weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_big_or_missing_fails() {
        let check_with = |page: usize, studio: usize, engine: Option<usize>, fits: bool| {
            let dist = tempfile::tempdir().unwrap();
            let put =
                |name: &str, bytes: usize| std::fs::write(dist.path().join(name), vec![0; bytes]).unwrap();
            put("incut-app-00_bg.wasm", 1);
            put("incut-app-00_bg.wasm.br", page);
            put("incut-app-00_studio.wasm", 1);
            put("incut-app-00_studio.wasm.br", studio);
            if let Some(bytes) = engine {
                put("engine-00_bg.wasm", 1);
                put("engine-00_bg.wasm.br", bytes);
            }
            assert_eq!(check(dist.path()).is_ok(), fits, "{page} {studio} {engine:?}");
        };
        check_with(450_000, 450_000, Some(3_300_000), true);
        check_with(450_001, 1, Some(1), false);
        check_with(1, 450_001, Some(1), false);
        check_with(1, 1, Some(3_300_001), false);
        check_with(1, 1, None, false);
    }
}
