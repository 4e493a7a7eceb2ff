//! The models folder on this machine: finds a model by its id and reads its files, checked against their hashes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use models::weights::{MANIFEST_FILE, Manifest, ModelFiles};

use crate::failure::Failure;

/// `given`, else `$INCUT_MODELS`, else `incut/models` in the cache folder.
pub fn models_dir(given: Option<&Path>) -> Result<PathBuf, Failure> {
    let variable = |name: &str| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let cache = || variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")));
    let known = given.map(Path::to_owned).or_else(|| variable("INCUT_MODELS"));
    known.or_else(|| Some(cache()?.join("incut").join("models"))).ok_or_else(|| {
        Failure::Usage("no home folder is known; set INCUT_MODELS or give --models".to_owned())
    })
}

/// The files of the model `id` in `dir`.
pub fn load(dir: &Path, id: &str) -> Result<ModelFiles, Failure> {
    let path = dir.join(MANIFEST_FILE);
    let json = fs::read(&path).map_err(|e| {
        Failure::Ours(format!("{}: {e}. `cargo run -p model-export` puts the models there", path.display()))
    })?;
    let manifest = Manifest::parse(&json).map_err(|e| Failure::Ours(format!("{}: {e}", path.display())))?;
    let entry = manifest.model(id).ok_or_else(|| {
        let known: Vec<_> = manifest.models.iter().map(|m| m.id.as_str()).collect();
        Failure::Usage(format!(
            "there is no model {id:?} in {}; there are: {}",
            dir.display(),
            known.join(", ")
        ))
    })?;
    let folder = dir.join(&entry.id);
    let read = |name: &String| {
        let path = folder.join(name);
        let bytes = fs::read(&path).map_err(|e| Failure::Ours(format!("{}: {e}", path.display())))?;
        Ok((name.clone(), bytes))
    };
    let files: Vec<_> = entry.files.iter().map(|f| read(&f.name)).collect::<Result<_, Failure>>()?;
    ModelFiles::checked(entry, files).map_err(|e| Failure::Ours(format!("{}: {e}", folder.display())))
}
