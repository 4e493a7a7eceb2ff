//! What a conversion gives: a model's files, how exact they are, in what order values lie, and how their documents are written.

use serde_json::Value;

use crate::ExportError;
use crate::store::Draft;

/// A model's files as (name, bytes), config and tokenizer first, and what the manifest says of its languages.
pub struct Converted {
    pub files: Vec<(String, Vec<u8>)>,
    pub languages: Vec<String>,
}

impl Converted {
    /// Writes the files into `draft`, and leaves the languages.
    pub fn write(self, draft: &mut Draft) -> Result<Vec<String>, ExportError> {
        for (name, bytes) in &self.files {
            draft.file(name, bytes)?;
        }
        Ok(self.languages)
    }
}

/// In what form matrices are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// In blocks of eight bits, or four.
    Shipped,
    /// As in the source, which is half precision for every Whisper: for telling what quantizing costs.
    Full,
}

/// A document without indentation. As [`pretty`], its fields stand in the order of their names: the same bytes whatever it was read from.
pub fn compact(mut document: Value) -> Vec<u8> {
    document.sort_all_objects();
    document.to_string().into_bytes()
}

/// A document for people too.
pub fn pretty(mut document: Value) -> Vec<u8> {
    document.sort_all_objects();
    format!("{document:#}\n").into_bytes()
}

/// Rows of `taps × rest` values, taken from where `place` says within a row.
pub fn reordered(
    weight: &[f32],
    taps: usize,
    rest: usize,
    place: impl Fn(usize, usize) -> usize,
) -> Vec<f32> {
    let pairs = (0..taps).flat_map(|tap| (0..rest).map(move |rest| (tap, rest)));
    let order: Vec<usize> = pairs.map(|(tap, rest)| place(tap, rest)).collect();
    weight.chunks_exact(taps * rest).flat_map(|row| order.iter().map(|at| row[*at])).collect()
}
