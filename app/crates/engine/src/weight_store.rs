//! The one place of the engine that touches the network: fetches a model's files from our own server into OPFS, once,
//! by plain GET. Every file is compared with its SHA-256 before use, whether it came from the network or from disk.

use crate::failure::from_js;
use crate::js;
use crate::opfs::{self, OpfsFile};
use clip::protocol::{Failure, FailureClass};
use js_sys::Uint8Array;
use models::weights::{MANIFEST_FILE, Manifest, ModelEntry, ModelFiles};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FileSystemDirectoryHandle, ReadableStreamDefaultReader, Response};

/// Folder of the weights, in OPFS and on the server.
const MODELS: &str = "models";
/// Milliseconds that a server may take over the list of models where there is a copy of it.
const LIST_WITHIN_MS: f64 = 2_000.0;
/// Marks a file whose download is not complete.
const PARTIAL: &str = ".part";

fn unreachable_server(what: &str) -> Failure {
    Failure::new(
        FailureClass::Model,
        format!("{what} is not on this device yet and could not be fetched."),
        "Connect once to the address you opened Incut from, then reload; afterwards it works without a network.",
    )
}

/// The list of models: the server's where it answers in time, otherwise the copy of the last visit.
pub async fn manifest() -> Result<Manifest, Failure> {
    let folder = opfs::folder(MODELS).await?;
    let limit_ms = opfs::existing(&folder, MANIFEST_FILE).await.map(|_| LIST_WITHIN_MS);
    if let Some(bytes) = fetch_small(&format!("/{MODELS}/{MANIFEST_FILE}"), limit_ms).await
        && let Ok(manifest) = Manifest::parse(&bytes)
    {
        let file = OpfsFile::create(&folder, MANIFEST_FILE).await?;
        file.write(0, &bytes).map_err(|error| from_js("storing the list of models", &error))?;
        return Ok(manifest);
    }
    let Some(file) = opfs::existing(&folder, MANIFEST_FILE).await else {
        return Err(unreachable_server("The list of speech models"));
    };
    Manifest::parse(&opfs::read_all(&file)?).map_err(|_| unreachable_server("The list of speech models"))
}

async fn fetch_small(path: &str, limit_ms: Option<f64>) -> Option<Vec<u8>> {
    let mut options = Vec::new();
    if let Some(limit_ms) = limit_ms {
        let class = js::get(&js_sys::global(), "AbortSignal");
        let timeout: js_sys::Function = js::get(&class, "timeout").dyn_into().ok()?;
        options.push(("signal", timeout.call1(&class, &limit_ms.into()).ok()?));
    }
    let asked = js::fetch(path, &options);
    let response: Response = js::settle(asked).await.ok()?.unchecked_into();
    if !response.ok() {
        return None;
    }
    let buffer = js::settle(response.array_buffer().ok()?).await.ok()?;
    Some(js::take_bytes(buffer.unchecked_ref()))
}

/// Fetches what is not stored in its full length. `progress` is told bytes done of this model's total.
pub async fn ensure(entry: &ModelEntry, progress: &dyn Fn(u64)) -> Result<(), Failure> {
    let folder = opfs::folder(&format!("{MODELS}/{}", entry.id)).await?;
    let mut done = 0;
    for file in &entry.files {
        let stored = opfs::existing(&folder, &file.name).await.map(|stored| stored.size());
        if stored != Some(file.bytes as f64) {
            fetch_file(&folder, &entry.id, &file.name, &|bytes| progress(done + bytes)).await?;
        }
        done += file.bytes;
        progress(done);
    }
    Ok(())
}

/// Streams one file to disk. It gets its name only when it is complete.
async fn fetch_file(
    folder: &FileSystemDirectoryHandle,
    model: &str,
    name: &str,
    progress: &dyn Fn(u64),
) -> Result<(), Failure> {
    let missing = || unreachable_server("The speech model");
    let fail = |error: JsValue| from_js("storing the speech model", &error);
    let path = format!("/{MODELS}/{model}/{name}");
    let response: Response =
        js::settle(js::scope().fetch_with_str(&path)).await.map_err(|_| missing())?.unchecked_into();
    let body = response.body().filter(|_| response.ok()).ok_or_else(missing)?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let partial = format!("{name}{PARTIAL}");
    let file = OpfsFile::create(folder, &partial).await?;
    let mut offset = 0;
    loop {
        let step = js::settle(reader.read()).await.map_err(|_| missing())?;
        if js::get(&step, "done").is_truthy() {
            break;
        }
        let chunk = js::take_bytes(&Uint8Array::new(&js::get(&step, "value")).buffer());
        file.write(offset, &chunk).map_err(fail)?;
        offset += chunk.len() as u64;
        progress(offset);
    }
    file.flush().map_err(fail)?;
    let handle = file.handle();
    drop(file);
    // `FileSystemFileHandle.move` is in every engine that has OPFS, but not yet in the bindings.
    let rename: js_sys::Function = js::get(&handle, "move").dyn_into().map_err(fail)?;
    let moved = rename.call1(&handle, &JsValue::from_str(name)).map_err(fail)?;
    js::settle(js_sys::Promise::resolve(&moved)).await.map_err(fail)?;
    Ok(())
}

/// The model's files from disk, each checked against its SHA-256. Files that do not match are deleted, so that the next
/// [`ensure`] fetches them again.
pub async fn load(entry: &ModelEntry) -> Result<ModelFiles, Failure> {
    let folder = opfs::folder(&format!("{MODELS}/{}", entry.id)).await?;
    let mut files = Vec::new();
    for listed in &entry.files {
        let file = opfs::existing(&folder, &listed.name)
            .await
            .ok_or_else(|| unreachable_server(&format!("Part of the speech model ({})", listed.name)))?;
        let bytes = opfs::read_all(&file)?;
        if listed.check(&bytes).is_err() {
            opfs::remove(&folder, &listed.name).await;
            return Err(damaged(&listed.name));
        }
        files.push((listed.name.clone(), bytes));
    }
    ModelFiles::checked(entry, files).map_err(Failure::internal)
}

fn damaged(name: &str) -> Failure {
    Failure::new(
        FailureClass::Model,
        format!("The stored speech model is damaged ({name} does not match its checksum)."),
        "It was removed and will be fetched again: reload the page with the server reachable.",
    )
}

/// Deletes all stored weights.
pub async fn clear() -> Result<(), Failure> {
    let root = opfs::folder("").await?;
    opfs::remove(&root, MODELS).await;
    Ok(())
}
