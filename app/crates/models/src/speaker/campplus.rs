//! CAM++ (Wang et al., <https://arxiv.org/abs/2303.00332>): log-mel energies to features of a voice, fifty frames a second, and features
//! to a vector. A small residual network over frames and bands, then layers over frames, each of which sees all before it and is
//! masked by what is heard around. Normalizations after a product are part of its weights already.

use serde::Deserialize;

use super::Affine;
use crate::Error;
use crate::kernel::Q8Matrix;
use crate::q8_loader::Q8Loader;
use crate::weights::BLOCK_LEN;

/// Frames and bands that a convolution of the head looks at.
const TAPS: usize = 3;
/// Frames that the first layer over time looks at, and how many it goes on by.
const FIRST_TAPS: usize = 5;
const FIRST_STRIDE: usize = 2;
/// The head leaves one of so many bands.
const BANDS_PER_BIN: usize = 8;
/// Frames that share a mask, beside what is common to all.
const SEGMENT: usize = 100;
/// Frames of the head that are computed at once: their neighborhoods are written out.
const HEAD_FRAMES: usize = 16;
const MOST: usize = 4096;

#[derive(Deserialize)]
pub struct Config {
    pub bands: usize,
    /// Channels of the head.
    channels: usize,
    /// What the first layer over time gives out, each layer of a block takes in, and each adds.
    first: usize,
    bottleneck: usize,
    growth: usize,
    /// Layers of each block, and how far apart the frames are that they look at.
    blocks: Vec<[usize; 2]>,
    embedding_size: usize,
}

impl Config {
    fn is_sane(&self) -> bool {
        let sizes = [self.channels, self.first, self.bottleneck, self.growth];
        let blocks = self.blocks.iter().flatten();
        self.bands.is_multiple_of(BANDS_PER_BIN)
            && sizes.iter().all(|size| size.is_multiple_of(BLOCK_LEN))
            && sizes
                .iter()
                .chain(blocks)
                .chain([&self.bands, &self.embedding_size])
                .all(|size| (1..=MOST).contains(size))
            && (1..=16).contains(&self.blocks.len())
    }
}

/// The network's weights.
pub struct Network {
    head: Vec<Stage>,
    first: Q8Matrix,
    blocks: Vec<Block>,
    /// Mean and deviation of the features → the vector.
    last: Q8Matrix,
    bands: usize,
}

/// A part of the head.
enum Stage {
    Plain(Convolution),
    /// Two convolutions beside a way past them, which is a product where the bands become fewer.
    Residual(Convolution, Convolution, Option<Q8Matrix>),
}

/// Over frames and bands, both three wide, with nothing around them.
struct Convolution {
    matrix: Q8Matrix,
    channels: usize,
    /// Of the bands.
    stride: usize,
}

struct Block {
    layers: Vec<Layer>,
    apart: usize,
    after: Affine,
    to_next: Q8Matrix,
}

struct Layer {
    before: Affine,
    bottleneck: Q8Matrix,
    local: Q8Matrix,
    mask: [Q8Matrix; 2],
}

/// What the head works on, `[frames, bins, channels]`.
struct Plane {
    values: Vec<f32>,
    bins: usize,
    channels: usize,
}

impl Network {
    /// # Errors
    /// `Malformed` or `Weights` where the weights are not those of `config`.
    pub fn load(config: &Config, weights: &mut Q8Loader) -> Result<Network, Error> {
        if !config.is_sane() {
            return Err(Error::malformed("config.json: these are no sizes of a voice encoder"));
        }
        let channels = config.channels;
        let convolution = |weights: &mut Q8Loader, name: &str, channels: usize, stride: usize| {
            let matrix = weights.biased(name, [config.channels, TAPS * TAPS * channels])?;
            Ok::<_, Error>(Convolution { matrix, channels, stride })
        };
        let mut head = vec![Stage::Plain(convolution(weights, "head.first", 1, 1)?)];
        for stage in 0..4 {
            // Every other one halves the bands.
            let stride = 2 - stage % 2;
            let name = |part: &str| format!("head.{stage}.{part}");
            let past = (stride > 1).then(|| weights.biased(&name("past"), [channels, channels]));
            let past = past.transpose()?;
            let first = convolution(weights, &name("first"), channels, stride)?;
            let second = convolution(weights, &name("second"), channels, 1)?;
            head.push(Stage::Residual(first, second, past));
        }
        head.push(Stage::Plain(convolution(weights, "head.last", channels, 2)?));
        let bins = config.bands / BANDS_PER_BIN;
        let first = weights.biased("first", [config.first, FIRST_TAPS * bins * channels])?;
        let mut width = config.first;
        let mut blocks = Vec::with_capacity(config.blocks.len());
        for (index, [count, apart]) in config.blocks.iter().enumerate() {
            let mut layers = Vec::with_capacity(*count);
            for layer in 0..*count {
                layers.push(Layer::load(weights, &format!("block.{index}.{layer}"), width, config)?);
                width += config.growth;
            }
            let name = format!("block.{index}.after");
            let after = Affine::load(weights, &name, width)?;
            let to_next = weights.biased(&format!("block.{index}.to_next"), [width / 2, width])?;
            width /= 2;
            blocks.push(Block { layers, apart: *apart, after, to_next });
        }
        let last = weights.biased("last", [config.embedding_size, 2 * width])?;
        Ok(Network { head, first, blocks, last, bands: config.bands })
    }

    /// Values of a frame of features.
    pub fn width(&self) -> usize {
        self.blocks.last().map_or(0, |block| block.to_next.outputs())
    }

    /// Log-mel energies `[frames, bands]`, each band around zero → `[frames / 2, width]`, the half rounded up.
    pub fn features(&self, energies: Vec<f32>) -> Vec<f32> {
        let mut plane = Plane { values: energies, bins: self.bands, channels: 1 };
        for stage in &self.head {
            plane = stage.apply(plane);
        }
        let mut x = over_time(&plane.values, plane.bins * plane.channels, [FIRST_TAPS, 1], FIRST_STRIDE);
        x = self.first.multiply(&x);
        relu(&mut x);
        for (index, block) in self.blocks.iter().enumerate() {
            x = block.apply(&x);
            // The next block's layers normalize for themselves.
            if index + 1 == self.blocks.len() {
                relu(&mut x);
            }
        }
        x
    }

    /// The vector of some frames of features, `[frames, width]`, one at least; of no particular length.
    pub fn vector(&self, features: &[f32]) -> Vec<f32> {
        let width = self.width();
        let count = (features.len() / width) as f32;
        let mut pooled = vec![0.0; 2 * width];
        let (mean, deviation) = pooled.split_at_mut(width);
        for frame in features.chunks_exact(width) {
            mean.iter_mut().zip(frame).for_each(|(mean, value)| *mean += value / count);
        }
        for frame in features.chunks_exact(width) {
            for ((deviation, value), mean) in deviation.iter_mut().zip(frame).zip(&*mean) {
                *deviation += (value - mean).powi(2) / (count - 1.0).max(1.0);
            }
        }
        deviation.iter_mut().for_each(|value| *value = value.sqrt());
        self.last.multiply(&pooled)
    }
}

fn relu(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = value.max(0.0));
}

impl Stage {
    fn apply(&self, plane: Plane) -> Plane {
        match self {
            Stage::Plain(convolution) => {
                let mut out = convolution.apply(&plane);
                relu(&mut out.values);
                out
            }
            Stage::Residual(first, second, past) => {
                let mut out = first.apply(&plane);
                relu(&mut out.values);
                out = second.apply(&out);
                let beside = match past {
                    Some(past) => past.multiply(&plane.every(first.stride)),
                    None => plane.values,
                };
                out.values.iter_mut().zip(beside).for_each(|(value, beside)| *value += beside);
                relu(&mut out.values);
                out
            }
        }
    }
}

impl Plane {
    /// The values of every `stride`th bin.
    fn every(&self, stride: usize) -> Vec<f32> {
        let frames = self.values.chunks_exact(self.bins * self.channels);
        frames
            .flat_map(|frame| frame.chunks_exact(self.channels).step_by(stride))
            .flatten()
            .copied()
            .collect()
    }
}

impl Convolution {
    fn apply(&self, plane: &Plane) -> Plane {
        let frame = plane.bins * plane.channels;
        let frames = plane.values.len() / frame;
        let bins = plane.bins.div_ceil(self.stride);
        let taps = TAPS * self.channels;
        let width = (TAPS * taps).next_multiple_of(BLOCK_LEN);
        let mut values = Vec::with_capacity(frames * bins * self.matrix.outputs());
        for start in (0..frames).step_by(HEAD_FRAMES) {
            let end = (start + HEAD_FRAMES).min(frames);
            let mut rows = vec![0.0; (end - start) * bins * width];
            let places = (start..end).flat_map(|at| (0..bins).map(move |bin| (at, bin * self.stride)));
            for (row, (at, bin)) in rows.chunks_exact_mut(width).zip(places) {
                for (tap, row) in row[..TAPS * taps].chunks_exact_mut(taps).enumerate() {
                    // The frame before the first and the one after the last stay zero, the bins beside the others too.
                    let Some(near) = (at + tap).checked_sub(1).filter(|near| *near < frames) else {
                        continue;
                    };
                    let (first, last) = (bin.saturating_sub(1), (bin + TAPS - 1).min(plane.bins));
                    let seen = &plane.values[near * frame..][first * self.channels..last * self.channels];
                    row[(first + 1 - bin) * self.channels..][..seen.len()].copy_from_slice(seen);
                }
            }
            values.extend(self.matrix.multiply(&rows));
        }
        Plane { values, bins, channels: self.matrix.outputs() }
    }
}

/// Each frame's neighborhood, `[frames / stride, taps × width]`: as many frames before as after, `apart` from each other, zeros beyond.
fn over_time(x: &[f32], width: usize, [taps, apart]: [usize; 2], stride: usize) -> Vec<f32> {
    let frames = x.len() / width;
    let mut rows = vec![0.0; frames.div_ceil(stride) * taps * width];
    for (row, frame) in rows.chunks_exact_mut(taps * width).zip((0..frames).step_by(stride)) {
        for (tap, row) in row.chunks_exact_mut(width).enumerate() {
            let near = (frame + tap * apart).checked_sub(taps / 2 * apart).filter(|near| *near < frames);
            if let Some(near) = near {
                row.copy_from_slice(&x[near * width..][..width]);
            }
        }
    }
    rows
}

impl Block {
    fn apply(&self, x: &[f32]) -> Vec<f32> {
        let width = self.after.scale.len();
        let inputs = self.layers.first().map_or(width, Layer::inputs);
        let mut seen = vec![0.0; x.len() / inputs * width];
        let put = |seen: &mut [f32], first: usize, values: &[f32], count: usize| {
            for (row, values) in seen.chunks_exact_mut(width).zip(values.chunks_exact(count)) {
                row[first..first + count].copy_from_slice(values);
            }
        };
        put(&mut seen, 0, x, inputs);
        for layer in &self.layers {
            let added = layer.apply(&seen, width, self.apart);
            put(&mut seen, layer.inputs(), &added, layer.local.outputs());
        }
        self.to_next.multiply(&normalized(&seen, width, &self.after))
    }
}

impl Layer {
    fn load(weights: &mut Q8Loader, name: &str, width: usize, config: &Config) -> Result<Layer, Error> {
        let Config { bottleneck, growth, .. } = *config;
        let part = |part: &str| format!("{name}.{part}");
        Ok(Layer {
            before: Affine::load(weights, &part("before"), width)?,
            bottleneck: weights.biased(&part("bottleneck"), [bottleneck, width])?,
            local: weights.matrix(&part("local.weight"), [growth, TAPS * bottleneck], None)?,
            mask: [
                weights.biased(&part("mask.0"), [bottleneck / 2, bottleneck])?,
                weights.biased(&part("mask.1"), [growth, bottleneck / 2])?,
            ],
        })
    }

    fn inputs(&self) -> usize {
        self.before.scale.len()
    }

    /// `seen`: rows of `width`, of which the layer reads the first. What it adds to each, `[frames, growth]`.
    fn apply(&self, seen: &[f32], width: usize, apart: usize) -> Vec<f32> {
        let mut x = self.bottleneck.multiply(&normalized(seen, width, &self.before));
        relu(&mut x);
        let inner = self.bottleneck.outputs();
        let mut added = self.local.multiply(&over_time(&x, inner, [TAPS, apart], 1));
        let growth = self.local.outputs();
        let masks = self.masks(&x, inner);
        for (added, mask) in added.chunks_mut(SEGMENT * growth).zip(masks.chunks_exact(growth)) {
            for added in added.chunks_exact_mut(growth) {
                added.iter_mut().zip(mask).for_each(|(value, mask)| *value *= mask);
            }
        }
        added
    }

    /// A mask for each segment, from its mean and that of all.
    fn masks(&self, x: &[f32], inner: usize) -> Vec<f32> {
        let whole = mean(x, inner);
        let around = |segment: &[f32]| {
            let mut around = mean(segment, inner);
            around.iter_mut().zip(&whole).for_each(|(value, whole)| *value += whole);
            around
        };
        let contexts: Vec<f32> = x.chunks(SEGMENT * inner).flat_map(around).collect();
        let [first, second] = &self.mask;
        let mut hidden = first.multiply(&contexts);
        relu(&mut hidden);
        let mut masks = second.multiply(&hidden);
        masks.iter_mut().for_each(|value| *value = 1.0 / (1.0 + (-*value).exp()));
        masks
    }
}

/// Of rows of `width`.
fn mean(rows: &[f32], width: usize) -> Vec<f32> {
    let mut mean = vec![0.0; width];
    let count = (rows.len() / width) as f32;
    for row in rows.chunks_exact(width) {
        mean.iter_mut().zip(row).for_each(|(mean, value)| *mean += value);
    }
    mean.iter_mut().for_each(|mean| *mean /= count);
    mean
}

/// Normalizes the first values of rows of `width`, and leaves nothing below zero.
fn normalized(rows: &[f32], width: usize, Affine { scale, shift }: &Affine) -> Vec<f32> {
    let mut out = Vec::with_capacity(rows.len() / width * scale.len());
    for row in rows.chunks_exact(width) {
        let values = row.iter().zip(scale).zip(shift);
        out.extend(values.map(|((value, scale), shift)| (value * scale + shift).max(0.0)));
    }
    out
}
