//! Pyannote's network of voice activity as the page's network reads it: the band-pass filters computed from their corners, channels filled
//! up to whole blocks, two biases in one.

use serde_json::{Value, json};

use super::Output;
use crate::ExportError;
use crate::package::reordered;
use crate::sources::TensorSource;

const SAMPLE_RATE: f32 = 16_000.0;
const FILTERS: usize = 80;
/// Samples of a filter.
const LENGTH: usize = 251;
const HALF: usize = LENGTH / 2;
/// No filter begins lower, or is narrower, in Hz.
const LOWEST: f32 = 50.0;
const NARROWEST: f32 = 50.0;
/// Channels of the convolutions, and filled up to whole blocks.
const CHANNELS: usize = 60;
const FILLED: usize = 64;
const TAPS: usize = 5;
const HIDDEN: usize = 128;
const LAYERS: usize = 4;
const LINEAR: usize = 128;
const VOICES: usize = 3;
/// Nobody, each voice, each two.
const CLASSES: usize = 7;

/// Writes the network, and gives its part of the settings.
pub fn write(source: &mut dyn TensorSource, output: &mut Output) -> Result<Value, ExportError> {
    let mut taken = |name: &str, shape: &[usize]| source.tensor(&format!("state_dict.{name}"), shape);
    let mut norm = |output: &mut Output, from: &str, to: &str, width: usize, filled: usize| {
        let mut part = |part: &str| {
            let mut values = taken(&format!("sincnet.{from}.{part}"), &[width])?;
            values.resize(filled, 0.0);
            Ok::<_, ExportError>(values)
        };
        let (scale, shift) = (part("weight")?, part("bias")?);
        output.affine(to, [&scale, &shift])
    };
    norm(output, "wav_norm1d", "activity.sound", 1, 1)?;
    norm(output, "norm1d.0", "activity.filters.norm", FILTERS, FILTERS)?;
    norm(output, "norm1d.1", "activity.convolution.0.norm", CHANNELS, FILLED)?;
    norm(output, "norm1d.2", "activity.convolution.1.norm", CHANNELS, FILLED)?;

    let bank = "sincnet.conv1d.0.filterbank";
    let low = taken(&format!("{bank}.low_hz_"), &[FILTERS / 2, 1])?;
    let band = taken(&format!("{bank}.band_hz_"), &[FILTERS / 2, 1])?;
    let window = taken(&format!("{bank}.window_"), &[HALF])?;
    output.matrix("activity.filters", [FILTERS, LENGTH], &filters(&low, &band, &window))?;

    for (index, inputs, filled) in [(0, FILTERS, FILTERS), (1, CHANNELS, FILLED)] {
        let from = format!("sincnet.conv1d.{}", index + 1);
        let weight = taken(&format!("{from}.weight"), &[CHANNELS, inputs, TAPS])?;
        // From [channel, tap] to [tap, channel], with channels of zeros.
        let rows = reordered(&weight, TAPS, inputs, |tap, channel| channel * TAPS + tap);
        let mut rows = widened(&rows, inputs, filled);
        rows.resize(FILLED * TAPS * filled, 0.0);
        let mut bias = taken(&format!("{from}.bias"), &[CHANNELS])?;
        bias.resize(FILLED, 0.0);
        output.biased(&format!("activity.convolution.{index}"), [FILLED, TAPS * filled], &rows, &bias)?;
    }

    for layer in 0..LAYERS {
        let (inputs, filled) = if layer == 0 { (CHANNELS, FILLED) } else { (2 * HIDDEN, 2 * HIDDEN) };
        for (suffix, way) in [("", "forward"), ("_reverse", "backward")] {
            let name = |part: &str| format!("lstm.{part}_l{layer}{suffix}");
            let to = |part: &str| format!("activity.lstm.{layer}.{way}.{part}");
            let rows = widened(&taken(&name("weight_ih"), &[4 * HIDDEN, inputs])?, inputs, filled);
            let mut bias = taken(&name("bias_ih"), &[4 * HIDDEN])?;
            let other = taken(&name("bias_hh"), &[4 * HIDDEN])?;
            bias.iter_mut().zip(other).for_each(|(bias, other)| *bias += other);
            output.biased(&to("from_input"), [4 * HIDDEN, filled], &rows, &bias)?;
            let rows = taken(&name("weight_hh"), &[4 * HIDDEN, HIDDEN])?;
            output.matrix(&to("from_hidden"), [4 * HIDDEN, HIDDEN], &rows)?;
        }
    }
    let linear = [
        ("linear.0", "linear.0", LINEAR, 2 * HIDDEN),
        ("linear.1", "linear.1", LINEAR, LINEAR),
        ("classifier", "classes", CLASSES, LINEAR),
    ];
    for (from, to, outputs, inputs) in linear {
        let rows = taken(&format!("{from}.weight"), &[outputs, inputs])?;
        let bias = taken(&format!("{from}.bias"), &[outputs])?;
        output.biased(&format!("activity.{to}"), [outputs, inputs], &rows, &bias)?;
    }
    Ok(json!({
        "filters": FILTERS, "filter_length": LENGTH, "channels": FILLED, "taps": TAPS, "hidden_size": HIDDEN,
        "layers": LAYERS, "linear_size": LINEAR, "voices": VOICES,
    }))
}

/// Rows of `width`, each filled up with zeros to `filled`.
fn widened(rows: &[f32], width: usize, filled: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(rows.len() / width * filled);
    for row in rows.chunks_exact(width) {
        out.extend_from_slice(row);
        out.resize(out.len() + filled - width, 0.0);
    }
    out
}

/// Band-pass filters from where they begin and how wide they are (Ravanelli and Bengio, <https://arxiv.org/abs/1808.00158>): first the
/// even ones, then the odd ones that go with them (Pariente et al., <https://arxiv.org/abs/1910.10400>). `[FILTERS, LENGTH]`.
fn filters(low: &[f32], band: &[f32], window: &[f32]) -> Vec<f32> {
    let bands: Vec<[f64; 2]> = low
        .iter()
        .zip(band)
        .map(|(low, band)| {
            let low = LOWEST + low.abs();
            [low, (low + NARROWEST + band.abs()).clamp(LOWEST, SAMPLE_RATE / 2.0)].map(f64::from)
        })
        .collect();
    let mut out = Vec::with_capacity(FILTERS * LENGTH);
    for is_odd in [false, true] {
        for [low, high] in &bands {
            let half = window.iter().enumerate().map(|(index, window)| {
                let angle = std::f64::consts::TAU * (index as f64 - HALF as f64) / f64::from(SAMPLE_RATE);
                let wave = if is_odd {
                    (low * angle).cos() - (high * angle).cos()
                } else {
                    (high * angle).sin() - (low * angle).sin()
                };
                (wave / angle * f64::from(*window) / (high - low)) as f32
            });
            let half: Vec<f32> = half.collect();
            out.extend_from_slice(&half);
            out.push(if is_odd { 0.0 } else { 1.0 });
            out.extend(half.iter().rev().map(|value| if is_odd { -value } else { *value }));
        }
    }
    out
}
