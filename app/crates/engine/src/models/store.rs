//! The models' files: fetched from our own server into OPFS, once. Every file is compared with its SHA-256 as it comes, and again before use. One tab fetches at a time.

use crate::web::failure::from_storage;
use crate::web::locks;
use crate::web::net::{self, Answer};
use crate::web::opfs::{self, OpfsFile};
use clip::failure::{Doing, Failure, ModelPart};
use clip::protocol::{MODELS, MODELS_LOCK, PrepareStep};
use models::weights::{Checking, FileEntry, MANIFEST_FILE, Manifest, ModelEntry, ModelFiles};
use wasm_bindgen::JsValue;
use web_sys::FileSystemDirectoryHandle;

/// Milliseconds that a server may take over the list of models where there is a copy of it.
const LIST_WITHIN_MS: f64 = 2_000.0;
/// Marks a file whose download is not complete.
const PARTIAL: &str = ".part";
/// Marks a file whose bytes are wrong: put aside until the right ones have come.
const DAMAGED: &str = ".damaged";
/// A partial file is read again in pieces of this size.
const PIECE_BYTES: usize = 1 << 20;

/// The list of models: the server's where it answers in time, otherwise the copy of the last visit.
pub async fn manifest() -> Result<Manifest, Failure> {
    let folder = opfs::folder(MODELS).await?;
    let limit_ms = opfs::existing(&folder, MANIFEST_FILE).await.map(|_| LIST_WITHIN_MS);
    if let Ok(bytes) = net::get(&format!("/{MODELS}/{MANIFEST_FILE}"), limit_ms).await
        && let Ok(manifest) = Manifest::parse(&bytes)
    {
        // Another tab may be storing it at this moment.
        if let Ok(file) = OpfsFile::create(&folder, MANIFEST_FILE).await {
            file.write(0, &bytes).map_err(|error| from_storage(Doing::StoreModelList, &error))?;
        }
        return Ok(manifest);
    }
    let Some(file) = opfs::existing(&folder, MANIFEST_FILE).await else {
        return Err(Failure::ModelMissing(ModelPart::List));
    };
    Manifest::parse(&opfs::read_all(&file)?).map_err(|_| Failure::ModelMissing(ModelPart::List))
}

/// Fetches what is not stored in its full length; where another tab does, waits for it. `report` is told bytes done of all models'.
pub async fn ensure(entries: &[&ModelEntry], report: &dyn Fn(PrepareStep, u64)) -> Result<(), Failure> {
    if is_all_there(entries).await? {
        return Ok(());
    }
    let _lock = match locks::take_now(MODELS_LOCK).await {
        Some(lock) => lock,
        None => {
            report(PrepareStep::Waiting, 0);
            locks::take(MODELS_LOCK).await
        }
    };
    let mut done = 0;
    for entry in entries {
        let folder = folder_of(entry).await?;
        for file in &entry.files {
            if !is_there(&folder, file).await {
                let before = done;
                let progress = |bytes| report(PrepareStep::Fetching, before + bytes);
                fetch_file(&folder, &entry.id, file, &progress).await?;
            }
            done += file.bytes;
            report(PrepareStep::Fetching, done);
        }
    }
    Ok(())
}

async fn folder_of(entry: &ModelEntry) -> Result<FileSystemDirectoryHandle, Failure> {
    opfs::folder(&format!("{MODELS}/{}", entry.id)).await
}

async fn is_all_there(entries: &[&ModelEntry]) -> Result<bool, Failure> {
    for entry in entries {
        let folder = folder_of(entry).await?;
        for file in &entry.files {
            if !is_there(&folder, file).await {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

async fn is_there(folder: &FileSystemDirectoryHandle, file: &FileEntry) -> bool {
    let stored = opfs::existing(folder, &file.name).await.map(|stored| stored.size());
    stored == Some(file.bytes as f64)
}

/// Streams one file to disk, from where an earlier attempt stopped. It gets its name only when it is complete and right.
async fn fetch_file(
    folder: &FileSystemDirectoryHandle,
    model: &str,
    listed: &FileEntry,
    progress: &dyn Fn(u64),
) -> Result<(), Failure> {
    let name = &listed.name;
    let partial = OpfsFile::open(folder, &format!("{name}{PARTIAL}")).await?;
    let outcome = match resumed(&partial, listed)? {
        // What was there may have been of another build's file: then everything is fetched.
        Some(check) => match download(&partial, check, model, progress).await {
            Err(Broken::Wrong) => download(&partial, listed.checking(), model, progress).await,
            outcome => outcome,
        },
        None => download(&partial, listed.checking(), model, progress).await,
    };
    match outcome {
        Ok(()) => {}
        Err(Broken::Unreachable) => {
            let damaged_before = opfs::existing(folder, &format!("{name}{DAMAGED}")).await.is_some();
            return Err(match damaged_before {
                true => damaged(name),
                false => Failure::ModelMissing(ModelPart::Whole),
            });
        }
        Err(Broken::Wrong) => {
            partial.truncate(0)?;
            return Err(Failure::ModelMismatch { file: name.clone() });
        }
        Err(Broken::Storage(failure)) => return Err(failure),
    }
    partial.flush().map_err(|error| from_storage(Doing::StoreModel, &error))?;
    let handle = partial.handle();
    drop(partial);
    opfs::rename(folder, &handle, name).await?;
    opfs::remove(folder, &format!("{name}{DAMAGED}")).await;
    Ok(())
}

/// Why a file did not come.
enum Broken {
    Unreachable,
    /// Other bytes than the listed ones, or more of them.
    Wrong,
    Storage(Failure),
}

/// The state of a partial file's check, if there is a begin of it on disk.
fn resumed<'a>(partial: &OpfsFile, listed: &'a FileEntry) -> Result<Option<Checking<'a>>, Failure> {
    let stored = partial.size();
    if stored == 0 || stored >= listed.bytes {
        return Ok(None);
    }
    let mut check = listed.checking();
    let mut piece = vec![0; PIECE_BYTES];
    while check.bytes() < stored {
        let fail = |error: JsValue| from_storage(Doing::ReadStorage, &error);
        let read = partial.read(check.bytes(), &mut piece).map_err(fail)?;
        let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { return Ok(None) };
        if check.update(read).is_err() {
            return Ok(None);
        }
    }
    Ok(Some(check))
}

/// Fetches what `check` has not seen yet, or all of it where the server gives no part.
async fn download(
    partial: &OpfsFile,
    mut check: Checking<'_>,
    model: &str,
    progress: &dyn Fn(u64),
) -> Result<(), Broken> {
    let listed = check.entry();
    let from = check.bytes();
    let path = format!("/{MODELS}/{model}/{}", listed.name);
    let mut answer = ask(&path, from).await?;
    if from > 0 && !answer.is_part() {
        if !answer.is_ok() {
            answer = ask(&path, 0).await?;
        }
        check = listed.checking();
    }
    if check.bytes() == 0 {
        partial.truncate(0).map_err(Broken::Storage)?;
    }
    let mut body = answer.body().map_err(|_| Broken::Unreachable)?;
    while let Some(chunk) = body.next().await.map_err(|_| Broken::Unreachable)? {
        let offset = check.bytes();
        if check.update(&chunk).is_err() {
            body.cancel().await;
            return Err(Broken::Wrong);
        }
        let fail = |error: JsValue| Broken::Storage(from_storage(Doing::StoreModel, &error));
        partial.write(offset, &chunk).map_err(fail)?;
        progress(check.bytes());
    }
    // A connection that ended early is told by the length.
    match check.bytes() < listed.bytes {
        true => Err(Broken::Unreachable),
        false => check.finish().map_err(|_| Broken::Wrong),
    }
}

async fn ask(path: &str, from: u64) -> Result<Answer, Broken> {
    net::get_from(path, from).await.map_err(|_| Broken::Unreachable)
}

/// The model's files from disk, each checked against its SHA-256. Files that do not match are put aside, so that the next
/// [`ensure`] fetches them again.
pub async fn load(entry: &ModelEntry) -> Result<ModelFiles, Failure> {
    let folder = folder_of(entry).await?;
    let mut files = Vec::new();
    for listed in &entry.files {
        let aside = format!("{}{DAMAGED}", listed.name);
        let Some(file) = opfs::existing(&folder, &listed.name).await else {
            return Err(match opfs::existing(&folder, &aside).await {
                Some(_) => damaged(&listed.name),
                None => Failure::ModelMissing(ModelPart::File(listed.name.clone())),
            });
        };
        let bytes = opfs::read_all(&file)?;
        if listed.check(&bytes).is_err() {
            opfs::put_aside(&folder, &listed.name, &aside).await;
            return Err(damaged(&listed.name));
        }
        files.push((listed.name.clone(), bytes));
    }
    ModelFiles::checked(entry, files).map_err(Failure::internal)
}

fn damaged(name: &str) -> Failure {
    Failure::ModelDamaged { file: name.to_owned() }
}
