//! Language models of the families Llama, Qwen2 and Qwen3: from settings, a tokenizer and a source of tensors to a model's files, one
//! tensor at a time. Refuses to know where these come from.

pub mod folder;
pub mod gguf;
mod gguf_tokenizer;
mod hugging_face_config;
mod prompt;
mod settings;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tiny;

pub use settings::{Family, RopeScaling, Settings};

use std::collections::BTreeSet;

use models::weights::{CONFIG_FILE, Q4, Q8, StoredAs, TOKENIZER_FILE, Writer};
use serde_json::Value;

use crate::ExportError;
use crate::package::{Precision, compact};
use crate::sources::ggml::Stored;
use crate::store::Draft;

/// Tensors under their Hugging Face names, one at a time and in the form nearest to how they are stored.
pub trait WeightSource {
    /// The names of all that there are; one that has no Hugging Face name goes by its own.
    fn names(&self) -> BTreeSet<String>;

    /// The tensor `name`, which must have the shape `shape`.
    ///
    /// # Errors
    /// [`ExportError::Input`] where it is absent, of another shape, or stored in a way that is not read.
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Stored, ExportError>;
}

/// A language model, ready to be written.
pub struct LanguageModel {
    pub settings: Settings,
    /// `tokenizer.json`.
    pub tokenizer: Value,
    pub weights: Box<dyn WeightSource>,
    /// As the manifest has them.
    pub languages: Vec<String>,
    /// Where it came from, for messages.
    pub origin: String,
}

/// What a tensor is there for, which decides its form on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Tokens to vectors or back, in eight bits: what is lost here is lost for every layer.
    Vocabulary,
    /// Of a layer, in four bits.
    Matrix,
    /// Norms and biases, as they are.
    Vector,
}

/// A tensor that a model consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorSpec {
    pub name: String,
    pub shape: Vec<usize>,
    pub part: Part,
}

impl LanguageModel {
    /// Writes all files into `draft`.
    ///
    /// # Errors
    /// [`ExportError::Input`] where a tensor is absent, of no use or one too many.
    pub fn write(&self, precision: Precision, draft: &mut Draft) -> Result<(), ExportError> {
        let specs = self.settings.tensors();
        self.check_names(&specs)?;
        let json = |e: serde_json::Error| ExportError::input(&self.origin, e.to_string());
        let mut config = serde_json::to_vec_pretty(&self.settings).map_err(json)?;
        config.push(b'\n');
        draft.file(CONFIG_FILE, &config)?;
        draft.file(TOKENIZER_FILE, &compact(self.tokenizer.clone()))?;
        let mut writer = Writer::new();
        for spec in &specs {
            let stored = self.weights.tensor(&spec.name, &spec.shape)?;
            add(&mut writer, spec, stored, precision)?;
            for shard in writer.take_full() {
                draft.shard(&shard)?;
            }
        }
        for (_, shard) in writer.finish()? {
            draft.shard(&shard)?;
        }
        Ok(())
    }

    /// Whether there is every tensor that the model consists of, and none whose effect nobody would compute.
    fn check_names(&self, specs: &[TensorSpec]) -> Result<(), ExportError> {
        let bad = |reason: String| Err(ExportError::input(&self.origin, reason));
        let names = self.weights.names();
        if let Some(missing) = specs.iter().find(|spec| !names.contains(&spec.name)) {
            return bad(format!("the tensor {} is missing", missing.name));
        }
        let wanted: BTreeSet<&str> = specs.iter().map(|spec| spec.name.as_str()).collect();
        let is_known = |name: &str| wanted.contains(name) || is_idle(name);
        match names.iter().find(|name| !is_known(name)) {
            Some(name) if name.ends_with(".bias") => bad(format!(
                "there is a bias {name}; of the biases only those of q_proj, k_proj and v_proj are computed"
            )),
            Some(name) => {
                bad(format!("the tensor {name} is no part of a {} model", self.settings.model_type))
            }
            None => Ok(()),
        }
    }
}

/// Tensors that some files have and nobody needs: tables of angles, and the copy of a tied embedding.
fn is_idle(name: &str) -> bool {
    name.ends_with(".rotary_emb.inv_freq") || name == "lm_head.weight"
}

fn add(
    writer: &mut Writer,
    spec: &TensorSpec,
    stored: Stored,
    precision: Precision,
) -> Result<(), ExportError> {
    let TensorSpec { name, shape, part } = spec;
    match (precision, part, shape.as_slice(), stored) {
        (Precision::Shipped, Part::Vocabulary, _, Stored::Q8(q8)) => writer.add_q8(name, &q8)?,
        (Precision::Shipped, Part::Vocabulary, _, stored) => {
            writer.add(name, shape, &stored.into_f32(), StoredAs::Q8)?;
        }
        (Precision::Shipped, Part::Matrix, _, Stored::Q4(q4)) => writer.add_q4(name, &q4)?,
        (Precision::Shipped, Part::Matrix, &[rows, columns], stored) => {
            writer.add_q4(name, &four_bits(name, [rows, columns], &stored.into_f32())?)?;
        }
        (_, _, _, stored) => writer.add(name, shape, &stored.into_f32(), StoredAs::F32)?,
    }
    Ok(())
}

/// [`Q4::quantize`] on all cores, each with its rows: the search takes most of an export's time.
fn four_bits(name: &str, [rows, columns]: [usize; 2], values: &[f32]) -> Result<Q4, ExportError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let band = rows.div_ceil(cores) * columns;
    let quantized = |values: &[f32]| Q4::quantize(name, [values.len() / columns.max(1), columns], values);
    let bands: Vec<_> = std::thread::scope(|scope| {
        let started: Vec<_> =
            values.chunks(band.max(1)).map(|values| scope.spawn(move || quantized(values))).collect();
        started.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
    });
    let mut whole = Q4 { shape: [rows, columns], steps: Vec::new(), scales: Vec::new(), minima: Vec::new() };
    for band in bands {
        let stopped = |_| ExportError::input(name, "quantizing it stopped");
        let part = band.map_err(stopped)??;
        whole.steps.extend(part.steps);
        whole.scales.extend(part.scales);
        whole.minima.extend(part.minima);
    }
    Ok(whole)
}

/// Whether rows of `width` are whole blocks, by the writer's own rule.
fn divides(width: usize) -> bool {
    Q8::fits(&[1, width])
}
