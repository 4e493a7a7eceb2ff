//! The GE2E voice encoder as a list of tensors: three LSTM layers and a linear one. Refuses to know where the tensors come from.

use models::weights::{CONFIG_FILE, StoredAs, Writer};
use serde_json::json;

use crate::ExportError;
use crate::convert::{Converted, pretty};
use crate::sources::TensorSource;

const MEL_BANDS: usize = 40;
const WIDTH: usize = 256;
const LAYERS: usize = 3;

/// The model's files. Half precision: it is small, and its numbers are compared with each other.
pub fn converted(source: &mut dyn TensorSource) -> Result<Converted, ExportError> {
    let mut writer = Writer::new();
    let mut add = |name: String, shape: &[usize]| -> Result<(), ExportError> {
        let values = source.tensor(&name, shape)?;
        Ok(writer.add(&name, shape, &values, StoredAs::F16)?)
    };
    for layer in 0..LAYERS {
        let inputs = if layer == 0 { MEL_BANDS } else { WIDTH };
        add(format!("lstm.weight_ih_l{layer}"), &[4 * WIDTH, inputs])?;
        add(format!("lstm.weight_hh_l{layer}"), &[4 * WIDTH, WIDTH])?;
        add(format!("lstm.bias_ih_l{layer}"), &[4 * WIDTH])?;
        add(format!("lstm.bias_hh_l{layer}"), &[4 * WIDTH])?;
    }
    add("linear.weight".to_owned(), &[WIDTH, WIDTH])?;
    add("linear.bias".to_owned(), &[WIDTH])?;
    let config =
        json!({ "model_type": "ge2e", "mel_bands": MEL_BANDS, "hidden_size": WIDTH, "layers": LAYERS });
    let mut files = vec![(CONFIG_FILE.to_owned(), pretty(config))];
    files.extend(writer.finish()?);
    Ok(Converted { files, languages: Vec::new() })
}
