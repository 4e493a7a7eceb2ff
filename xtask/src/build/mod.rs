//! The way from sources to `dist/`: page, engine, sample, the files of `public/`, then stamping and compression.
//! Each step leaves its result in the work folder under a name made from what went in, so that a second build does only
//! what changed. `dist/` itself is put together aside and swapped in whole.

mod compile;
mod compress;
mod engine;
mod font;
mod freshness;
mod module;
mod page;
mod sample;
mod sizes;
mod split;
mod stamp;
mod trunk;
mod wasm_opt;
mod words;

pub use compile::ERASED;
pub use freshness::is_fresh;
pub use sizes::{check as check_sizes, report as report_sizes};
pub use trunk::complete as complete_for_trunk;

use crate::failure::{Failure, Outcome};
use crate::shell::{cargo, root, run, work_dir};
use crate::tools;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// How much work goes into the wasm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// What ships: link-time optimization, wasm-opt, precompressed.
    Release,
    /// For daily runs: none of these.
    Quick,
}

/// Which half of the build is made again; the other one is taken as it was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    All,
    Page,
    Engine,
}

/// The folder that is served.
pub fn dist_dir() -> PathBuf {
    root().join("dist")
}

/// Builds `dist/` and says how big it became.
pub fn build(effort: Effort, parts: Parts) -> Outcome {
    tools::ensure_for_build()?;
    let _alone = wait_for_turn()?;
    let sources = freshness::fingerprint()?;
    run(&mut cargo(&["fetch", "--quiet"]))?;
    let (page, engine, sample) = halves(effort, parts)?;

    let next = work_dir().join("dist");
    clear(&next)?;
    copy_tree(&page, &next)?;
    if let Some(engine) = &engine {
        copy_tree(engine, &next)?;
    }
    copy_tree(&root().join("public"), &next)?;
    font::put(&next)?;
    words::put(&next)?;
    let sample_name = format!("sample-{}.mp4", content_hash(&[&read(&sample)?]));
    fs::copy(&sample, next.join(&sample_name)).map_err(Failure::ours("cannot copy the sample"))?;
    stamp::stamp(&next, &sample_name)?;
    if effort == Effort::Release {
        compress::precompress(&next)?;
    }
    swap_in(&next, &dist_dir())?;
    match parts {
        Parts::All => freshness::remember(effort, &sources)?,
        Parts::Page | Parts::Engine => freshness::forget()?,
    }
    report_sizes(&dist_dir())
}

/// Page, engine and sample, side by side: each of them keeps a single core busy for a while.
fn halves(effort: Effort, parts: Parts) -> Outcome<(PathBuf, Option<PathBuf>, PathBuf)> {
    let lost = |_| Failure::Ours("a part of the build broke".to_owned());
    std::thread::scope(|scope| {
        let page = scope.spawn(|| match parts {
            Parts::All | Parts::Page => page::build(effort),
            Parts::Engine => page::last_built(),
        });
        let sample = scope.spawn(sample::make);
        let engine = match parts {
            Parts::All | Parts::Engine => engine::build(effort),
            Parts::Page => engine::last_built(),
        };
        Ok((page.join().map_err(lost)??, engine?, sample.join().map_err(lost)??))
    })
}

/// Two builds at once would tread on each other's files: the second waits. Let go of when the file is dropped.
fn wait_for_turn() -> Outcome<fs::File> {
    fs::create_dir_all(work_dir()).map_err(Failure::ours("cannot make the work folder"))?;
    let turn = fs::File::create(work_dir().join("lock")).map_err(Failure::ours("cannot make the lock"))?;
    if turn.try_lock().is_err() {
        eprintln!("Another build is running here; waiting for it.");
        turn.lock().map_err(Failure::ours("cannot lock the work folder"))?;
    }
    Ok(turn)
}

/// Builds `dist/` unless it was built from the very sources that lie here, with at least this effort.
pub fn ensure(effort: Effort) -> Outcome {
    if freshness::is_fresh(effort)? { Ok(()) } else { build(effort, Parts::All) }
}

/// The first 16 hexadecimal digits of the SHA-256 over `parts`, for names.
fn content_hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(Failure::ours(format!("cannot read {}", path.display())))
}

fn read_text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(Failure::ours(format!("cannot read {}", path.display())))
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Outcome {
    fs::write(path, bytes).map_err(Failure::ours(format!("cannot write {}", path.display())))
}

/// An empty folder at `path`.
fn clear(path: &Path) -> Outcome {
    let failed = |error| Failure::Ours(format!("cannot clear {}: {error}", path.display()));
    if path.exists() {
        fs::remove_dir_all(path).map_err(failed)?;
    }
    fs::create_dir_all(path).map_err(failed)
}

/// Every file under `root` with its path relative to it, `/` between folders, in the order of their names. Hidden
/// files are left out.
fn files_under(root: &Path) -> Outcome<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    let mut open = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let failed = |error| Failure::Ours(format!("cannot read {}: {error}", folder.display()));
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let kind = entry.file_type().map_err(failed)?;
            let inner = format!("{prefix}{name}");
            if kind.is_dir() {
                open.push((entry.path(), format!("{inner}/")));
            } else if kind.is_file() {
                files.push((inner, entry.path()));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn copy_tree(from: &Path, to: &Path) -> Outcome {
    for (name, path) in files_under(from)? {
        let target = to.join(&name);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(Failure::ours("cannot make a folder"))?;
        }
        fs::copy(&path, &target).map_err(Failure::ours(format!("cannot copy {name}")))?;
    }
    Ok(())
}

/// Puts the folder `next` where `target` is. A reader sees the old one or the new one.
fn swap_in(next: &Path, target: &Path) -> Outcome {
    let failed = Failure::ours(format!("cannot replace {}", target.display()));
    let old = work_dir().join("dist.old");
    clear(&old)?;
    let moved = (|| {
        if target.exists() {
            fs::rename(target, old.join("dist"))?;
        }
        fs::rename(next, target)
    })();
    moved.map_err(failed)?;
    clear(&old)
}
