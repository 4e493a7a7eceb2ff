//! The voice encoder CAM++ as the page's network reads it: normalizations folded into the products before them, convolutions as rows in
//! the order in which frames lie in memory.

use serde_json::{Value, json};

use super::Output;
use crate::ExportError;
use crate::package::reordered;
use crate::sources::TensorSource;

const BANDS: usize = 80;
/// Channels of the head, and the bins it leaves of the bands.
const CHANNELS: usize = 32;
const BINS: usize = BANDS / 8;
const FIRST: usize = 128;
const FIRST_TAPS: usize = 5;
const BOTTLENECK: usize = 128;
const GROWTH: usize = 32;
/// Layers of each block, and how far apart the frames are that they look at.
const BLOCKS: [[usize; 2]; 3] = [[12, 1], [24, 2], [16, 2]];
const EMBEDDING: usize = 192;
const TAPS: usize = 3;
/// What batch normalization adds to a variance, as in training.
const EPSILON: f32 = 1e-5;

/// Writes the network, and gives its part of the settings.
pub fn write(source: &mut dyn TensorSource, output: &mut Output) -> Result<Value, ExportError> {
    let mut out = Encoder { source, output };
    out.convolution("head.first", "head.conv1", "head.bn1", 1)?;
    for stage in 0..4 {
        let [layer, block] = [stage / 2 + 1, stage % 2];
        let from = |part: &str| format!("head.layer{layer}.{block}.{part}");
        let to = |part: &str| format!("head.{stage}.{part}");
        out.convolution(&to("first"), &from("conv1"), &from("bn1"), CHANNELS)?;
        out.convolution(&to("second"), &from("conv2"), &from("bn2"), CHANNELS)?;
        if block == 0 {
            let weight = out.source.tensor(&from("shortcut.0.weight"), &[CHANNELS, CHANNELS, 1, 1])?;
            let norm = out.normalization(&from("shortcut.1"), CHANNELS, true)?;
            out.folded(&to("past"), [CHANNELS, CHANNELS], weight, Some(&norm), None)?;
        }
    }
    out.convolution("head.last", "head.conv2", "head.bn2", CHANNELS)?;

    let weight = out.source.tensor("xvector.tdnn.linear.weight", &[FIRST, CHANNELS * BINS, FIRST_TAPS])?;
    // From [channel, bin, tap] to [tap, bin, channel].
    let place = |tap: usize, rest: usize| ((rest % CHANNELS) * BINS + rest / CHANNELS) * FIRST_TAPS + tap;
    let rows = reordered(&weight, FIRST_TAPS, CHANNELS * BINS, place);
    let norm = out.normalization("xvector.tdnn.nonlinear.batchnorm", FIRST, true)?;
    out.folded("first", [FIRST, FIRST_TAPS * BINS * CHANNELS], rows, Some(&norm), None)?;

    let mut width = FIRST;
    for (index, [layers, _]) in BLOCKS.into_iter().enumerate() {
        for layer in 0..layers {
            let from = format!("xvector.block{}.tdnnd{}", index + 1, layer + 1);
            out.layer(&from, &format!("block.{index}.{layer}"), width)?;
            width += GROWTH;
        }
        let from = format!("xvector.transit{}", index + 1);
        out.before(&format!("{from}.nonlinear.batchnorm"), &format!("block.{index}.after"), width)?;
        let weight = out.source.tensor(&format!("{from}.linear.weight"), &[width / 2, width, 1])?;
        let is_last = index + 1 == BLOCKS.len();
        let norm = is_last.then(|| out.normalization("xvector.out_nonlinear.batchnorm", width / 2, true));
        let norm = norm.transpose()?;
        out.folded(&format!("block.{index}.to_next"), [width / 2, width], weight, norm.as_ref(), None)?;
        width /= 2;
    }
    let weight = out.source.tensor("xvector.dense.linear.weight", &[EMBEDDING, 2 * width, 1])?;
    let norm = out.normalization("xvector.dense.nonlinear.batchnorm", EMBEDDING, false)?;
    out.folded("last", [EMBEDDING, 2 * width], weight, Some(&norm), None)?;

    Ok(json!({
        "bands": BANDS, "channels": CHANNELS, "first": FIRST, "bottleneck": BOTTLENECK, "growth": GROWTH, "blocks": BLOCKS,
        "embedding_size": EMBEDDING,
    }))
}

struct Encoder<'a> {
    source: &'a mut dyn TensorSource,
    output: &'a mut Output,
}

/// What a batch normalization does to each of its channels.
struct Normalization {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

impl Encoder<'_> {
    /// `is_affine`: whether it learned a scale and a shift of its own.
    fn normalization(
        &mut self,
        name: &str,
        width: usize,
        is_affine: bool,
    ) -> Result<Normalization, ExportError> {
        let mut values = |part: &str| self.source.tensor(&format!("{name}.{part}"), &[width]);
        let (mean, variance) = (values("running_mean")?, values("running_var")?);
        let (weight, bias) = if is_affine {
            (values("weight")?, values("bias")?)
        } else {
            (vec![1.0; width], vec![0.0; width])
        };
        let scale: Vec<f32> = weight
            .iter()
            .zip(&variance)
            .map(|(weight, variance)| weight / (variance + EPSILON).sqrt())
            .collect();
        let shift =
            bias.iter().zip(&mean).zip(&scale).map(|((bias, mean), scale)| bias - mean * scale).collect();
        Ok(Normalization { scale, shift })
    }

    /// A normalization that comes before its product, and so stays.
    fn before(&mut self, from: &str, to: &str, width: usize) -> Result<(), ExportError> {
        let norm = self.normalization(from, width, true)?;
        self.output.affine(to, [&norm.scale, &norm.shift])
    }

    /// A product whose outputs are normalized.
    fn folded(
        &mut self,
        name: &str,
        [outputs, inputs]: [usize; 2],
        mut rows: Vec<f32>,
        norm: Option<&Normalization>,
        bias: Option<Vec<f32>>,
    ) -> Result<(), ExportError> {
        if let Some(norm) = norm {
            for (row, scale) in rows.chunks_exact_mut(inputs).zip(&norm.scale) {
                row.iter_mut().for_each(|value| *value *= scale);
            }
        }
        let bias = bias.or_else(|| norm.map(|norm| norm.shift.clone())).unwrap_or_else(|| vec![0.0; outputs]);
        self.output.biased(name, [outputs, inputs], &rows, &bias)
    }

    /// Over bands and frames, both three wide.
    fn convolution(&mut self, to: &str, from: &str, norm: &str, inputs: usize) -> Result<(), ExportError> {
        let weight = self.source.tensor(&format!("{from}.weight"), &[CHANNELS, inputs, TAPS, TAPS])?;
        // From [channel, bin, frame] to [frame, bin, channel].
        let place = |frame: usize, rest: usize| ((rest % inputs) * TAPS + rest / inputs) * TAPS + frame;
        let rows = reordered(&weight, TAPS, TAPS * inputs, place);
        let norm = self.normalization(norm, CHANNELS, true)?;
        self.folded(to, [CHANNELS, TAPS * TAPS * inputs], rows, Some(&norm), None)
    }

    fn layer(&mut self, from: &str, to: &str, width: usize) -> Result<(), ExportError> {
        let to = |part: &str| format!("{to}.{part}");
        self.before(&format!("{from}.nonlinear1.batchnorm"), &to("before"), width)?;
        let mut taken = |part: &str, shape: &[usize]| self.source.tensor(&format!("{from}.{part}"), shape);
        let bottleneck = taken("linear1.weight", &[BOTTLENECK, width, 1])?;
        let local = taken("cam_layer.linear_local.weight", &[GROWTH, BOTTLENECK, TAPS])?;
        let masks = [("linear1", BOTTLENECK / 2, BOTTLENECK), ("linear2", GROWTH, BOTTLENECK / 2)];
        let mut taken_masks = Vec::new();
        for (part, outputs, inputs) in masks {
            let weight = taken(&format!("cam_layer.{part}.weight"), &[outputs, inputs, 1])?;
            let bias = taken(&format!("cam_layer.{part}.bias"), &[outputs])?;
            taken_masks.push(([outputs, inputs], weight, bias));
        }
        let norm = self.normalization(&format!("{from}.nonlinear2.batchnorm"), BOTTLENECK, true)?;
        self.folded(&to("bottleneck"), [BOTTLENECK, width], bottleneck, Some(&norm), None)?;
        let rows = reordered(&local, TAPS, BOTTLENECK, |tap, channel| channel * TAPS + tap);
        self.output.matrix(&to("local"), [GROWTH, TAPS * BOTTLENECK], &rows)?;
        for (index, (shape, weight, bias)) in taken_masks.into_iter().enumerate() {
            self.folded(&to(&format!("mask.{index}")), shape, weight, None, Some(bias))?;
        }
        Ok(())
    }
}
