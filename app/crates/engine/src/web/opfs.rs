//! The origin private file system: folders, whole-file reads, and a random-access writer for the muxer.

use crate::web::failure::from_storage;
use crate::web::js;
use clip::failure::{Doing, Failure};
use media::mux::RandomWrite;
use std::io;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    File, FileReaderSync, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions,
    FileSystemGetFileOptions, FileSystemReadWriteOptions, FileSystemRemoveOptions,
    FileSystemSyncAccessHandle,
};

/// The folder at `path` (names separated by `/`), made where it is missing.
pub async fn folder(path: &str) -> Result<FileSystemDirectoryHandle, Failure> {
    let fail = |error: JsValue| from_storage(Doing::OpenStorage, &error);
    let mut folder: FileSystemDirectoryHandle =
        js::settle(js::scope().navigator().storage().get_directory()).await.map_err(fail)?.unchecked_into();
    for name in path.split('/').filter(|name| !name.is_empty()) {
        let options = FileSystemGetDirectoryOptions::new();
        options.set_create(true);
        folder = js::settle(folder.get_directory_handle_with_options(name, &options))
            .await
            .map_err(fail)?
            .unchecked_into();
    }
    Ok(folder)
}

/// The file with this name, `None` where there is none.
pub async fn existing(folder: &FileSystemDirectoryHandle, name: &str) -> Option<File> {
    let handle: FileSystemFileHandle = js::settle(folder.get_file_handle(name)).await.ok()?.unchecked_into();
    js::settle(handle.get_file()).await.ok().map(JsCast::unchecked_into)
}

/// Removes a file or a folder with all that is in it; what is not there is removed already.
pub async fn remove(folder: &FileSystemDirectoryHandle, name: &str) {
    let options = FileSystemRemoveOptions::new();
    options.set_recursive(true);
    let _ = js::settle(folder.remove_entry_with_options(name, &options)).await;
}

/// All bytes of a file, read in this worker.
pub fn read_all(file: &File) -> Result<Vec<u8>, Failure> {
    let fail = |error: JsValue| from_storage(Doing::ReadStorage, &error);
    let reader = FileReaderSync::new().map_err(fail)?;
    Ok(js::take_bytes(&reader.read_as_array_buffer(file).map_err(fail)?))
}

/// A file open for writing anywhere in it. Closing is by drop, so that a failed job leaves no lock behind.
pub struct OpfsFile {
    handle: FileSystemSyncAccessHandle,
    file: FileSystemFileHandle,
}

impl OpfsFile {
    /// Makes the file, or empties the one that is there.
    pub async fn create(folder: &FileSystemDirectoryHandle, name: &str) -> Result<Self, Failure> {
        let file = Self::open(folder, name).await?;
        file.truncate(0)?;
        Ok(file)
    }

    /// Makes the file, or opens the one that is there as it is.
    pub async fn open(folder: &FileSystemDirectoryHandle, name: &str) -> Result<Self, Failure> {
        let fail = |error: JsValue| from_storage(Doing::WriteStorage, &error);
        let options = FileSystemGetFileOptions::new();
        options.set_create(true);
        let file: FileSystemFileHandle = js::settle(folder.get_file_handle_with_options(name, &options))
            .await
            .map_err(fail)?
            .unchecked_into();
        let handle: FileSystemSyncAccessHandle =
            js::settle(file.create_sync_access_handle()).await.map_err(fail)?.unchecked_into();
        Ok(Self { handle, file })
    }

    pub fn truncate(&self, bytes: u64) -> Result<(), Failure> {
        let fail = |error: JsValue| from_storage(Doing::WriteStorage, &error);
        self.handle.truncate_with_f64(bytes as f64).map_err(fail)
    }

    pub fn size(&self) -> u64 {
        // A file that is open here has a size.
        self.handle.get_size().unwrap_or_default() as u64
    }

    pub fn write(&self, offset: u64, bytes: &[u8]) -> Result<(), JsValue> {
        let options = FileSystemReadWriteOptions::new();
        let mut done = 0;
        while done < bytes.len() {
            options.set_at((offset + done as u64) as f64);
            let rest = bytes.get(done..).unwrap_or_default();
            let written = self.handle.write_with_u8_array_and_options(rest, &options)? as usize;
            if written == 0 {
                return Err(js_sys::Error::new("nothing more can be written").into());
            }
            done += written;
        }
        Ok(())
    }

    pub fn read(&self, offset: u64, bytes: &mut [u8]) -> Result<usize, JsValue> {
        let options = FileSystemReadWriteOptions::new();
        options.set_at(offset as f64);
        let count = self.handle.read_with_u8_array_and_options(bytes, &options)? as usize;
        Ok(count)
    }

    /// The handle from which the finished file is taken once this writer is dropped.
    pub fn handle(&self) -> FileSystemFileHandle {
        self.file.clone()
    }

    pub fn flush(&self) -> Result<(), JsValue> {
        self.handle.flush()
    }
}

/// Gives a file another name in its folder, in place of the one that may have it. It must not be open.
pub async fn rename(
    folder: &FileSystemDirectoryHandle,
    file: &FileSystemFileHandle,
    name: &str,
) -> Result<(), Failure> {
    let fail = |error: JsValue| from_storage(Doing::NameFile, &error);
    // Not every browser replaces what is there.
    remove(folder, name).await;
    // `FileSystemFileHandle.move` is in every engine that has OPFS, but not yet in the bindings.
    let rename: js_sys::Function = js::get(file, "move").dyn_into().map_err(fail)?;
    let moved = rename.call1(file, &JsValue::from_str(name)).map_err(fail)?;
    js::settle(js_sys::Promise::resolve(&moved)).await.map_err(fail)?;
    Ok(())
}

/// Gives a file that cannot be used another name. One that is gone or in use stays what it is.
pub async fn put_aside(folder: &FileSystemDirectoryHandle, name: &str, aside: &str) {
    if let Ok(file) = js::settle(folder.get_file_handle(name)).await {
        let _ = rename(folder, &file.unchecked_into(), aside).await;
    }
}

impl Drop for OpfsFile {
    fn drop(&mut self) {
        self.handle.close();
    }
}

impl RandomWrite for OpfsFile {
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.write(offset, bytes).map_err(|error| io_error(&error))
    }

    fn read_at(&mut self, offset: u64, bytes: &mut [u8]) -> io::Result<usize> {
        self.read(offset, bytes).map_err(|error| io_error(&error))
    }
}

fn io_error(error: &JsValue) -> io::Error {
    let kind = match js::get(error, "name").as_string().as_deref() {
        Some("QuotaExceededError") => io::ErrorKind::StorageFull,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, js::text_of(error))
}
