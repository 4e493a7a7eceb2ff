//! Exported clips as they lie in the browser's file storage: one folder a project, one file a clip. Opens them again, and removes them;
//! measures and removes what else the engine keeps there. The engine writes all of it; whose clips they are is told by the projects' records.

use crate::browser;
use clip::edit::ClipId;
use clip::protocol::EXPORTS;
use js_sys::{AsyncIterator, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemRemoveOptions};

async fn settle<T: JsCast>(promise: impl Into<Promise>) -> Option<T> {
    JsFuture::from(promise.into()).await.ok().map(JsCast::unchecked_into)
}

async fn root() -> Option<FileSystemDirectoryHandle> {
    settle(browser::the_window()?.navigator().storage().get_directory().unchecked_into::<Promise>()).await
}

/// `None` where it is not there; nothing is made.
async fn folder(path: &[&str]) -> Option<FileSystemDirectoryHandle> {
    let mut folder = root().await?;
    for name in path {
        folder = settle(folder.get_directory_handle(name).unchecked_into::<Promise>()).await?;
    }
    Some(folder)
}

async fn names(folder: &FileSystemDirectoryHandle) -> Vec<String> {
    let keys = Reflect::get(folder, &"keys".into()).ok().and_then(|keys| keys.dyn_into().ok());
    let keys = keys.and_then(|keys: js_sys::Function| keys.call0(folder).ok());
    let Some(keys) = keys.map(JsCast::unchecked_into::<AsyncIterator>) else { return vec![] };
    let mut names = Vec::new();
    while let Ok(next) = keys.next() {
        let Some(step) = settle::<JsValue>(next.unchecked_into::<Promise>()).await else { break };
        let field = |name: &str| Reflect::get(&step, &name.into()).unwrap_or_default();
        if field("done").is_truthy() {
            break;
        }
        names.extend(field("value").as_string());
    }
    names
}

async fn remove_from(folder: &FileSystemDirectoryHandle, name: &str) {
    let options = FileSystemRemoveOptions::new();
    options.set_recursive(true);
    // What is not there is removed; what is in use is removed another time.
    let _ =
        settle::<JsValue>(folder.remove_entry_with_options(name, &options).unchecked_into::<Promise>()).await;
}

/// The finished file of a clip; `None` where it is not there any more.
pub async fn open(project: &str, clip: ClipId) -> Option<File> {
    let folder = folder(&[EXPORTS, project]).await?;
    let name = clip::protocol::finished_name(clip);
    let file: FileSystemFileHandle =
        settle(folder.get_file_handle(&name).unchecked_into::<Promise>()).await?;
    settle(file.get_file().unchecked_into::<Promise>()).await
}

/// Names of the folders that hold, or held, clips of a project.
pub async fn projects() -> Vec<String> {
    match folder(&[EXPORTS]).await {
        Some(exports) => names(&exports).await,
        None => vec![],
    }
}

/// Removes all finished and half finished clips of a project.
pub async fn remove_project(project: &str) {
    if let Some(exports) = folder(&[EXPORTS]).await {
        remove_from(&exports, project).await;
    }
}

/// Removes what is in a project's folder and is none of `clips`: what was half written when a tab ended, and what no record names.
pub async fn keep_only(project: &str, clips: &[ClipId]) {
    let Some(folder) = folder(&[EXPORTS, project]).await else { return };
    let known: Vec<String> = clips.iter().map(|clip| clip::protocol::finished_name(*clip)).collect();
    for name in names(&folder).await {
        if !known.contains(&name) {
            remove_from(&folder, &name).await;
        }
    }
}

/// Bytes of each file below a folder, however deep it lies.
pub async fn sizes(name: &str) -> Vec<u64> {
    let mut sizes = Vec::new();
    let mut open: Vec<FileSystemDirectoryHandle> = folder(&[name]).await.into_iter().collect();
    while let Some(folder) = open.pop() {
        for name in names(&folder).await {
            let file =
                settle::<FileSystemFileHandle>(folder.get_file_handle(&name).unchecked_into::<Promise>());
            match file.await {
                Some(file) => {
                    let file = settle::<File>(file.get_file().unchecked_into::<Promise>()).await;
                    sizes.extend(file.map(|file| file.size() as u64));
                }
                None => {
                    open.extend(settle(folder.get_directory_handle(&name).unchecked_into::<Promise>()).await)
                }
            }
        }
    }
    sizes
}

/// Removes a folder with all that is in it.
pub async fn remove_all_of(name: &str) {
    if let Some(root) = root().await {
        remove_from(&root, name).await;
    }
}

pub async fn nothing_is_left() -> bool {
    match root().await {
        Some(root) => names(&root).await.is_empty(),
        None => true,
    }
}

/// Removes everything that this page and its engine have put into the browser's file storage.
pub async fn erase_all_files() {
    let Some(root) = root().await else { return };
    for name in names(&root).await {
        remove_from(&root, &name).await;
    }
}
