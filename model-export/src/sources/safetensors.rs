//! Official safetensors of plain floats, read from disk one tensor at a time. The shipped files have a reader of their own, in `models`;
//! it holds whole shards, which for a model of gigabytes is too much.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use half::{bf16, f16};
use serde::Deserialize;
use serde_json::Value;

use super::span::Span;
use crate::ExportError;

/// The format's own bound on a header.
const MOST_HEADER_BYTES: u64 = 100_000_000;
const LENGTH_BYTES: u64 = 8;

/// The tensors of some shards, by name.
#[derive(Debug)]
pub struct Safetensors {
    shards: Vec<Span>,
    tensors: BTreeMap<String, Place>,
    origin: String,
}

#[derive(Debug)]
struct Place {
    shard: usize,
    about: About,
    /// Of the shard's first tensor byte.
    data_start: u64,
}

#[derive(Debug, Deserialize)]
struct About {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: [u64; 2],
}

impl Safetensors {
    /// Reads the headers of the files at `paths`.
    ///
    /// # Errors
    /// [`ExportError::Input`] where one is damaged or a name is there twice.
    pub fn open(paths: &[PathBuf], origin: &str) -> Result<Safetensors, ExportError> {
        let mut all = Safetensors { shards: Vec::new(), tensors: BTreeMap::new(), origin: origin.to_owned() };
        for path in paths {
            let span = Span::open(path)?;
            let bad = |reason: String| ExportError::input(path.display().to_string(), reason);
            let (data_start, header) = header(&span).map_err(bad)?;
            for (name, about) in header {
                let place = Place { shard: all.shards.len(), about, data_start };
                if all.tensors.insert(name.clone(), place).is_some() {
                    return Err(bad(format!("the tensor {name} is there twice")));
                }
            }
            all.shards.push(span);
        }
        Ok(all)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.keys().map(String::as_str)
    }

    /// The values of the tensor `name`, row-major, which must have the shape `shape`.
    ///
    /// # Errors
    /// [`ExportError::Input`] where it is absent, of another shape, not of floats or not finite.
    pub fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ExportError> {
        self.values(name, shape)
            .map_err(|reason| ExportError::input(&self.origin, format!("{name}: {reason}")))
    }

    fn values(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
        let Place { shard, about, data_start } = self.tensors.get(name).ok_or("there is no such tensor")?;
        if about.shape != shape {
            return Err(format!("its shape is {:?}, expected {shape:?}", about.shape));
        }
        let size: u64 = match about.dtype.as_str() {
            "F32" => 4,
            "F16" | "BF16" => 2,
            other => return Err(format!("values of the type {other} are not read; F32, F16 and BF16 are")),
        };
        let count = shape.iter().try_fold(size, |bytes, axis| bytes.checked_mul(*axis as u64));
        let [from, to] = about.data_offsets;
        if count.is_none() || to.checked_sub(from) != count {
            return Err(format!("its bytes are {from} to {to}, which is not its size"));
        }
        let at = data_start.checked_add(from).ok_or("it lies outside the file")?;
        let bytes = self.shards.get(*shard).ok_or("it lies in no file")?.read(at, to - from)?;
        let pairs = || bytes.as_chunks::<2>().0.iter();
        let values: Vec<f32> = match about.dtype.as_str() {
            "F32" => bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
            "F16" => pairs().map(|b| f16::from_le_bytes(*b).to_f32()).collect(),
            _ => pairs().map(|b| bf16::from_le_bytes(*b).to_f32()).collect(),
        };
        if values.iter().all(|value| value.is_finite()) {
            Ok(values)
        } else {
            Err("a value is not finite".into())
        }
    }
}

/// Where the tensors' bytes begin, and what there is.
fn header(span: &Span) -> Result<(u64, Vec<(String, About)>), String> {
    let damaged = |reason: &dyn std::fmt::Display| format!("it is damaged, or no safetensors: {reason}");
    let length = span.read(0, LENGTH_BYTES).map_err(|e| damaged(&e))?;
    let length = u64::from_le_bytes(length.as_ref().try_into().map_err(|e| damaged(&e))?);
    if length > MOST_HEADER_BYTES {
        return Err(damaged(&format!("a header of {length} bytes")));
    }
    let json = span.read(LENGTH_BYTES, length).map_err(|e| damaged(&e))?;
    let entries: BTreeMap<String, Value> = serde_json::from_slice(&json).map_err(|e| damaged(&e))?;
    let tensors = entries.into_iter().filter(|(name, _)| name != "__metadata__");
    let about = |(name, value)| Ok((name, About::deserialize(value).map_err(|e| damaged(&e))?));
    Ok((LENGTH_BYTES + length, tensors.map(about).collect::<Result<_, String>>()?))
}

/// `model.safetensors` in `dir`, or the shards of it, in the order of their names.
///
/// # Errors
/// [`ExportError::Input`] where the folder cannot be read.
pub fn weight_files(dir: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let unreadable = |e: std::io::Error| ExportError::input(dir.display().to_string(), e.to_string());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if name == "model.safetensors" || (name.starts_with("model-") && name.ends_with(".safetensors")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
