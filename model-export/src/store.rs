//! The models folder: one folder a model, one manifest. Writes a model whole or not at all, and knows whether one is
//! there unharmed; refuses to know what is in it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use models::weights::{FileEntry, MANIFEST_FILE, Manifest, ModelEntry, shard_name};

use crate::ExportError;

/// Names the models folder where no `--out` does.
pub const MODELS_VARIABLE: &str = "INCUT_MODELS";

/// `$INCUT_MODELS`, else `incut/models` in the cache folder of the system.
pub fn default_models_dir() -> Result<PathBuf, ExportError> {
    match env::var_os(MODELS_VARIABLE).filter(|v| !v.is_empty()) {
        Some(dir) => Ok(dir.into()),
        None => Ok(cache_dir()?.join("models")),
    }
}

/// Where downloaded packages are kept.
pub fn default_downloads_dir() -> Result<PathBuf, ExportError> {
    Ok(cache_dir()?.join("downloads"))
}

fn cache_dir() -> Result<PathBuf, ExportError> {
    let variable = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let base = variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")));
    let base = base.or_else(|| variable("LOCALAPPDATA"));
    let unknown =
        || ExportError::Usage(format!("no home folder is known; set {MODELS_VARIABLE} or give --out"));
    Ok(base.ok_or_else(unknown)?.join("incut"))
}

/// The manifest in `dir`; an empty one where there is none that this version reads.
pub fn manifest(dir: &Path) -> Manifest {
    let read = fs::read(dir.join(MANIFEST_FILE)).ok();
    read.and_then(|json| Manifest::parse(&json).ok()).unwrap_or_default()
}

/// Whether every file of `entry` is in `dir` with the listed hash.
pub fn is_whole(dir: &Path, entry: &ModelEntry) -> bool {
    let folder = dir.join(&entry.id);
    entry
        .files
        .iter()
        .all(|file| fs::read(folder.join(&file.name)).is_ok_and(|bytes| file.check(&bytes).is_ok()))
}

/// A model that is being written: it lies beside the finished ones under a name that nobody looks for, and vanishes unless it is put in
/// place. So a stop half-way leaves the old model or none, never a part of one.
pub struct Draft {
    dir: PathBuf,
    folder: tempfile::TempDir,
    files: Vec<FileEntry>,
    shards: Vec<FileEntry>,
}

impl Draft {
    /// An empty one for the models folder `dir`, which is made where it is not there.
    pub fn new(dir: &Path) -> Result<Draft, ExportError> {
        fs::create_dir_all(dir).map_err(ExportError::io(dir))?;
        let folder = tempfile::Builder::new().prefix(".incut-").tempdir_in(dir);
        let folder = folder.map_err(ExportError::io(dir))?;
        Ok(Draft { dir: dir.to_owned(), folder, files: Vec::new(), shards: Vec::new() })
    }

    /// Adds a file.
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let entry = self.write(name, bytes)?;
        self.files.push(entry);
        Ok(())
    }

    /// Adds the next shard of the weights. How many there are, and so its name, is known only at the end.
    pub fn shard(&mut self, bytes: &[u8]) -> Result<(), ExportError> {
        let entry = self.write(&format!("shard-{}", self.shards.len()), bytes)?;
        self.shards.push(entry);
        Ok(())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<FileEntry, ExportError> {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).map_err(ExportError::io(&path))?;
        Ok(FileEntry::describing(name, bytes))
    }

    /// Puts the model in place and lists it as `entry`, whose `files` and `bytes` are filled in here.
    pub fn put(mut self, mut entry: ModelEntry) -> Result<ModelEntry, ExportError> {
        let count = self.shards.len();
        for (index, mut shard) in self.shards.into_iter().enumerate() {
            let name = shard_name(index, count);
            let path = self.folder.path().join(&name);
            fs::rename(self.folder.path().join(&shard.name), &path).map_err(ExportError::io(&path))?;
            shard.name = name;
            self.files.push(shard);
        }
        entry.files = self.files;
        entry.bytes = entry.files.iter().map(|f| f.bytes).sum();
        entry.validate()?;

        let place = self.dir.join(&entry.id);
        if place.exists() {
            fs::remove_dir_all(&place).map_err(ExportError::io(&place))?;
        }
        let fresh = self.folder.keep();
        fs::rename(&fresh, &place).map_err(ExportError::io(&place))?;
        make_readable(&place)?;
        list(&self.dir, &entry)?;
        Ok(entry)
    }
}

/// Puts `entry` into the manifest in `dir`.
fn list(dir: &Path, entry: &ModelEntry) -> Result<(), ExportError> {
    // Read only now: another export may have added a model since this one began.
    let mut manifest = manifest(dir);
    manifest.put(entry.clone());
    let path = dir.join(MANIFEST_FILE);
    let draft = dir.join(format!(".{MANIFEST_FILE}.{}", std::process::id()));
    fs::write(&draft, manifest.to_json()?).map_err(ExportError::io(&draft))?;
    fs::rename(&draft, &path).map_err(ExportError::io(&path))
}

/// A temporary folder is its owner's alone; the server may run as somebody else.
#[cfg(unix)]
fn make_readable(path: &Path) -> Result<(), ExportError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).map_err(ExportError::io(path))
}

#[cfg(not(unix))]
fn make_readable(_: &Path) -> Result<(), ExportError> {
    Ok(())
}
