//! The model of voices, which is two networks in one folder: whether anybody speaks, and who. Refuses to know where the tensors come from.

mod campplus;
mod segmentation;

use models::weights::{BLOCK_LEN, CONFIG_FILE, StoredAs, Writer};
use serde_json::json;

use crate::ExportError;
use crate::package::{Converted, Precision, pretty};
use crate::sources::TensorSource;

/// The model's files.
pub fn converted(
    encoder: &mut dyn TensorSource,
    activity: &mut dyn TensorSource,
    precision: Precision,
) -> Result<Converted, ExportError> {
    let mut output = Output { writer: Writer::new(), precision };
    let encoder = campplus::write(encoder, &mut output)?;
    let activity = segmentation::write(activity, &mut output)?;
    let config = json!({ "model_type": "voices", "encoder": encoder, "activity": activity });
    let mut files = vec![(CONFIG_FILE.to_owned(), pretty(config))];
    files.extend(output.writer.finish()?);
    Ok(Converted { files, languages: Vec::new() })
}

struct Output {
    writer: Writer,
    precision: Precision,
}

impl Output {
    fn values(&mut self, name: &str, values: &[f32]) -> Result<(), ExportError> {
        Ok(self.writer.add(name, &[values.len()], values, StoredAs::F32)?)
    }

    /// `name.scale` and `name.shift`.
    fn affine(&mut self, name: &str, [scale, shift]: [&[f32]; 2]) -> Result<(), ExportError> {
        self.values(&format!("{name}.scale"), scale)?;
        self.values(&format!("{name}.shift"), shift)
    }

    /// In blocks of eight bits, where it has whole blocks.
    fn matrix(&mut self, name: &str, shape: [usize; 2], rows: &[f32]) -> Result<(), ExportError> {
        let is_shipped = self.precision == Precision::Shipped && shape[1].is_multiple_of(BLOCK_LEN);
        let stored_as = if is_shipped { StoredAs::Q8 } else { StoredAs::F16 };
        Ok(self.writer.add(&format!("{name}.weight"), &shape, rows, stored_as)?)
    }

    /// `name.weight` and `name.bias`.
    fn biased(
        &mut self,
        name: &str,
        shape: [usize; 2],
        rows: &[f32],
        bias: &[f32],
    ) -> Result<(), ExportError> {
        self.matrix(name, shape, rows)?;
        self.values(&format!("{name}.bias"), bias)
    }
}
