//! BlazeFace (Bazarevsky et al., <https://arxiv.org/abs/1907.05047>), the larger of the two that MediaPipe has: pixels to scores and
//! offsets of anchors. Blocks of a convolution of each channel and a product over the channels, with a way past both; batch
//! normalizations are part of the weights already.

use serde::Deserialize;
use wide::f32x4;

use super::SIDE;
use super::anchors::{Anchors, VALUES};
use crate::Error;
use crate::kernel::{Depthwise, PIXELS, Pointwise};
use crate::weights::Reader;

/// Rows and columns that the first convolution looks at, and how many it goes on by.
const FIRST_TAPS: usize = 5;
const FIRST_STRIDE: usize = 2;
/// Zeros before the picture, so that with those behind it there is an output for every second pixel.
const FIRST_BEFORE: usize = 1;
const COLORS: usize = 3;
/// Rows and columns that a block looks at.
const TAPS: usize = 3;
const MOST_CHANNELS: usize = 512;
const MOST_BLOCKS: usize = 32;
const MOST_ANCHORS: usize = 16;
/// Channels come in whole panels of the product.
const CHANNELS_STEP: usize = 8;

#[derive(Deserialize)]
pub struct Config {
    side: usize,
    /// Channels, and blocks that keep the size. Each stage has half the side of the one before.
    stages: Vec<[usize; 2]>,
    /// Anchors of a cell, for each of the last stages.
    anchors: Vec<usize>,
}

impl Config {
    fn check(&self) -> Result<(), Error> {
        let bad = |what: &str| Err(Error::malformed(format!("config.json: {what}")));
        if self.side != SIDE {
            return Err(Error::Unsupported(format!("it looks at pictures of {} pixels a side", self.side)));
        }
        // The last stage has rows of whole tiles.
        if self.stages.is_empty() || !SIDE.is_multiple_of(PIXELS << self.stages.len().min(16)) {
            return bad("no stages, or too many");
        }
        let is_sane = |[channels, blocks]: &[usize; 2]| {
            (1..=MOST_CHANNELS).contains(channels)
                && channels.is_multiple_of(CHANNELS_STEP)
                && *blocks <= MOST_BLOCKS
        };
        if !self.stages.iter().all(is_sane) || !self.stages.is_sorted_by_key(|[channels, _]| channels) {
            return bad("a stage has too many blocks, or channels that do not fit");
        }
        if self.anchors.is_empty() || self.anchors.len() > self.stages.len() {
            return bad("no anchors, or more than stages");
        }
        if !self.anchors.iter().all(|anchors| (1..=MOST_ANCHORS).contains(anchors)) {
            return bad("a cell has no anchors, or too many");
        }
        Ok(())
    }
}

/// The network's weights.
pub struct Network {
    first: Pointwise,
    stages: Vec<Stage>,
}

struct Stage {
    /// From the stage before; the first has its pixels from the first convolution.
    halving: Option<Block>,
    blocks: Vec<Block>,
    head: Option<Head>,
}

struct Block {
    depthwise: Depthwise,
    pointwise: Pointwise,
    past: Past,
}

/// What goes past a block.
#[derive(Clone, Copy, PartialEq)]
enum Past {
    /// What comes in.
    Itself,
    /// Of four pixels the largest value of each channel. Channels that are new are zero.
    Largest,
    Nothing,
}

struct Head {
    product: Pointwise,
    anchors: usize,
}

impl Network {
    pub fn load(config: &Config, weights: &mut Reader) -> Result<Network, Error> {
        config.check()?;
        let inputs = FIRST_TAPS * FIRST_TAPS * COLORS;
        let mut width = config.stages.first().map_or(0, |[channels, _]| *channels);
        let first = pointwise(weights, "first", [width, inputs])?;
        let mut stages = Vec::new();
        let without_head = config.stages.len() - config.anchors.len();
        for (index, [channels, blocks]) in config.stages.iter().copied().enumerate() {
            let is_last = index + 1 == config.stages.len();
            let past = if is_last { Past::Nothing } else { Past::Largest };
            let halving = (index > 0)
                .then(|| Block::load(weights, &format!("stages.{index}.halving"), [channels, width], past));
            width = channels;
            let block = |block: usize| {
                Block::load(weights, &format!("stages.{index}.{block}"), [width, width], Past::Itself)
            };
            let (halving, blocks) = (halving.transpose()?, (0..blocks).map(block).collect::<Result<_, _>>()?);
            let head = index.checked_sub(without_head).map(|head| {
                let anchors = config.anchors[head];
                let product = pointwise(weights, &format!("heads.{head}"), [anchors * VALUES, width])?;
                Ok::<_, Error>(Head { product, anchors })
            });
            stages.push(Stage { halving, blocks, head: head.transpose()? });
        }
        Ok(Network { first, stages })
    }

    /// What each head says of `rgb`, `[SIDE, SIDE, 3]`.
    pub fn run(&self, rgb: &[u8]) -> Vec<Anchors> {
        let mut plane = self.first(rgb);
        let mut said = Vec::new();
        for stage in &self.stages {
            for block in stage.halving.iter().chain(&stage.blocks) {
                plane = block.apply(&plane);
            }
            if let Some(head) = &stage.head {
                said.push(head.apply(&plane));
            }
        }
        said
    }

    /// The first convolution, of colors from −1 to 1.
    fn first(&self, rgb: &[u8]) -> Plane {
        // Zeros around it, which is gray.
        let width = SIDE + FIRST_TAPS - FIRST_STRIDE;
        let mut colors = vec![0.0; width * width * COLORS];
        let rows = colors.chunks_exact_mut(width * COLORS).skip(FIRST_BEFORE);
        for (row, bytes) in rows.zip(rgb.chunks_exact(SIDE * COLORS)) {
            let row = row[FIRST_BEFORE * COLORS..].iter_mut();
            row.zip(bytes).for_each(|(color, byte)| *color = f32::from(*byte) / 127.5 - 1.0);
        }
        let mut out = Plane::new(SIDE / FIRST_STRIDE, self.first.groups());
        let inputs = FIRST_TAPS * FIRST_TAPS * COLORS;
        let mut seen = vec![0.0; out.side * inputs];
        let nothing = vec![f32x4::ZERO; out.side * out.groups];
        for row in 0..out.side {
            for (column, seen) in seen.chunks_exact_mut(inputs).enumerate() {
                for (tap, seen) in seen.chunks_exact_mut(FIRST_TAPS * COLORS).enumerate() {
                    let at = ((row * FIRST_STRIDE + tap) * width + column * FIRST_STRIDE) * COLORS;
                    seen.copy_from_slice(&colors[at..][..seen.len()]);
                }
            }
            self.first.apply(&seen, &nothing, 0.0, out.row_mut(row));
        }
        out
    }
}

/// `name.weight` and `name.bias`.
fn pointwise(weights: &mut Reader, name: &str, [outputs, inputs]: [usize; 2]) -> Result<Pointwise, Error> {
    let weight = weights.take(&format!("{name}.weight"), &[outputs, inputs])?.into_f32();
    let bias = weights.take(&format!("{name}.bias"), &[outputs])?.into_f32();
    Ok(Pointwise::new(&weight, inputs, &bias))
}

impl Block {
    fn load(
        weights: &mut Reader,
        name: &str,
        [outputs, inputs]: [usize; 2],
        past: Past,
    ) -> Result<Block, Error> {
        let depthwise = weights.take(&format!("{name}.depthwise"), &[TAPS * TAPS, inputs])?.into_f32();
        Ok(Block {
            depthwise: Depthwise::new(&depthwise),
            pointwise: pointwise(weights, name, [outputs, inputs])?,
            past,
        })
    }

    /// Row by row, so that what lies between the two steps stays in the nearest cache.
    fn apply(&self, plane: &Plane) -> Plane {
        let stride = if self.past == Past::Itself { 1 } else { 2 };
        let mut out = Plane::new(plane.side / stride, self.pointwise.groups());
        let mut between = vec![f32x4::ZERO; out.side * plane.groups];
        let mut past = vec![f32x4::ZERO; out.side * out.groups];
        for row in 0..out.side {
            self.depthwise.apply(plane.seen_from(row, stride), stride, &mut between);
            let past = match self.past {
                Past::Itself => plane.row(row),
                Past::Largest => {
                    plane.largest(row, out.groups, &mut past);
                    &past
                }
                Past::Nothing => &past,
            };
            self.pointwise.apply(bytemuck::cast_slice(&between), past, 0.0, out.row_mut(row));
        }
        out
    }
}

impl Head {
    fn apply(&self, plane: &Plane) -> Anchors {
        let groups = self.product.groups();
        let nothing = vec![f32x4::ZERO; plane.side * groups];
        let mut row_said = nothing.clone();
        let mut values = Vec::with_capacity(plane.side * plane.side * self.anchors * VALUES);
        for row in 0..plane.side {
            let row = bytemuck::cast_slice(plane.row(row));
            self.product.apply(row, &nothing, f32::NEG_INFINITY, &mut row_said);
            // Without what the product is filled up with.
            for cell in bytemuck::cast_slice::<_, f32>(&row_said).chunks_exact(4 * groups) {
                values.extend_from_slice(&cell[..self.anchors * VALUES]);
            }
        }
        Anchors { side: plane.side, of_cell: self.anchors, values }
    }
}

/// A square of pixels with a border of zeros, which convolutions look at too: `[side + 2, side + 2, groups]`.
struct Plane {
    values: Vec<f32x4>,
    side: usize,
    /// Of four channels.
    groups: usize,
}

impl Plane {
    fn new(side: usize, groups: usize) -> Plane {
        Plane { values: vec![f32x4::ZERO; (side + 2) * (side + 2) * groups], side, groups }
    }

    /// Where the pixel before the first of a row lies, the first row being that of the border.
    fn start(&self, row: usize) -> usize {
        row * (self.side + 2) * self.groups
    }

    /// A row without the border: `[side, groups]`.
    fn row(&self, row: usize) -> &[f32x4] {
        &self.values[self.start(row + 1) + self.groups..][..self.side * self.groups]
    }

    fn row_mut(&mut self, row: usize) -> &mut [f32x4] {
        let start = self.start(row + 1) + self.groups;
        &mut self.values[start..][..self.side * self.groups]
    }

    /// The three rows that an output row looks at. With a stride of two there are zeros only behind the last pixel, as TensorFlow has it.
    fn seen_from(&self, row: usize, stride: usize) -> [&[f32x4]; TAPS] {
        let before = stride - 1;
        let length = (self.side + 2 - before) * self.groups;
        let seen = |tap: usize| {
            &self.values[self.start(row * stride + before + tap) + before * self.groups..][..length]
        };
        std::array::from_fn(seen)
    }

    /// Of each two by two pixels the largest values, for one row of those; `out`: `[side / 2, groups]` with more groups, which stay zero.
    fn largest(&self, row: usize, groups: usize, out: &mut [f32x4]) {
        let pairs = |row: usize| self.row(row).chunks_exact(2 * self.groups);
        let pairs = pairs(2 * row).zip(pairs(2 * row + 1)).zip(out.chunks_exact_mut(groups));
        for ((above, below), out) in pairs {
            for (group, out) in out.iter_mut().take(self.groups).enumerate() {
                let next = self.groups + group;
                *out = above[group].fast_max(above[next]).fast_max(below[group].fast_max(below[next]));
            }
        }
    }
}
