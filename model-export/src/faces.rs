//! BlazeFace as the page's network reads it: convolutions as rows in the order in which pixels lie in memory, scores and boxes of a head in
//! one product. Refuses to know where the tensors come from.

use models::weights::{CONFIG_FILE, StoredAs, Writer};
use serde_json::json;

use crate::ExportError;
use crate::package::{Converted, pretty, reordered};
use crate::sources::TensorSource;

const SIDE: usize = 256;
const COLORS: usize = 3;
const FIRST_TAPS: usize = 5;
const TAPS: usize = 3;
/// Channels of each stage, and blocks that keep the size.
const STAGES: [[usize; 2]; 5] = [[24, 7], [24, 7], [48, 7], [96, 7], [96, 0]];
/// Anchors of a cell of the last two stages.
const ANCHORS: [usize; 2] = [2, 6];
/// What is said of an anchor beside its score.
const BOX: usize = 16;
/// In the order in which TensorFlow numbered the convolutions of the heads.
const FIRST_SCORES: usize = 33;
const FIRST_BOXES: usize = 35;

/// The model's files. The weights were trained, or rounded, in half precision, which so loses nothing.
pub fn converted(source: &mut dyn TensorSource) -> Result<Converted, ExportError> {
    let mut out = Detector { source, writer: Writer::new(), convolutions: 0, depthwise: 0 };
    let mut width = STAGES[0][0];
    out.first(width)?;
    for (index, [channels, blocks]) in STAGES.into_iter().enumerate() {
        if index > 0 {
            out.block(&format!("stages.{index}.halving"), [channels, width])?;
        }
        width = channels;
        for block in 0..blocks {
            out.block(&format!("stages.{index}.{block}"), [width, width])?;
        }
    }
    let of_heads = STAGES.iter().skip(STAGES.len() - ANCHORS.len());
    for (head, (anchors, [width, _])) in ANCHORS.into_iter().zip(of_heads).enumerate() {
        out.head(head, anchors, *width)?;
    }
    let config = json!({ "model_type": "blazeface", "side": SIDE, "stages": STAGES, "anchors": ANCHORS });
    let mut files = vec![(CONFIG_FILE.to_owned(), pretty(config))];
    files.extend(out.writer.finish()?);
    Ok(Converted { files, languages: Vec::new() })
}

struct Detector<'a> {
    source: &'a mut dyn TensorSource,
    writer: Writer,
    /// Written so far, by which TensorFlow named them.
    convolutions: usize,
    depthwise: usize,
}

/// The name of the `index`th layer of a kind.
fn named(kind: &str, index: usize, part: &str) -> String {
    let number = if index == 0 { String::new() } else { format!("_{index}") };
    format!("StatefulPartitionedCall/functional_1/{kind}{number}/{part}/ReadVariableOp:0")
}

impl Detector<'_> {
    fn convolution(&mut self, index: usize, shape: [usize; 4]) -> Result<[Vec<f32>; 2], ExportError> {
        let weight = self.source.tensor(&named("conv2d", index, "Conv2D"), &shape)?;
        Ok([weight, self.source.tensor(&named("conv2d", index, "BiasAdd"), &shape[..1])?])
    }

    fn write(&mut self, name: &str, shape: &[usize], values: &[f32]) -> Result<(), ExportError> {
        Ok(self.writer.add(name, shape, values, StoredAs::F16)?)
    }

    /// `name.weight` and `name.bias`.
    fn product(&mut self, name: &str, rows: &[f32], bias: &[f32]) -> Result<(), ExportError> {
        self.write(&format!("{name}.weight"), &[bias.len(), rows.len() / bias.len()], rows)?;
        self.write(&format!("{name}.bias"), &[bias.len()], bias)
    }

    fn first(&mut self, outputs: usize) -> Result<(), ExportError> {
        let places = FIRST_TAPS * FIRST_TAPS;
        let [weight, bias] = self.convolution(0, [outputs, COLORS, FIRST_TAPS, FIRST_TAPS])?;
        // From [color, place] to [place, color].
        let rows = reordered(&weight, places, COLORS, |place, color| color * places + place);
        self.convolutions = 1;
        self.product("first", &rows, &bias)
    }

    fn block(&mut self, name: &str, [outputs, inputs]: [usize; 2]) -> Result<(), ExportError> {
        let places = TAPS * TAPS;
        let from = named("depthwise_conv2d", self.depthwise, "depthwise");
        let weight = self.source.tensor(&from, &[inputs, 1, TAPS, TAPS])?;
        // From [channel, place] to [place, channel].
        let rows = reordered(&weight, places, inputs, |place, channel| channel * places + place);
        self.write(&format!("{name}.depthwise"), &[places, inputs], &rows)?;
        let [weight, bias] = self.convolution(self.convolutions, [outputs, inputs, 1, 1])?;
        (self.depthwise, self.convolutions) = (self.depthwise + 1, self.convolutions + 1);
        self.product(name, &weight, &bias)
    }

    /// Anchor by anchor, its score before its box.
    fn head(&mut self, head: usize, anchors: usize, width: usize) -> Result<(), ExportError> {
        let [scores, score_bias] = self.convolution(FIRST_SCORES + head, [anchors, width, 1, 1])?;
        let [boxes, box_bias] = self.convolution(FIRST_BOXES + head, [anchors * BOX, width, 1, 1])?;
        let both = |scores: &[f32], boxes: &[f32], width: usize| -> Vec<f32> {
            let anchors = scores.chunks_exact(width).zip(boxes.chunks_exact(BOX * width));
            anchors.flat_map(|(score, values)| [score, values].concat()).collect()
        };
        let (rows, bias) = (both(&scores, &boxes, width), both(&score_bias, &box_bias, 1));
        self.product(&format!("heads.{head}"), &rows, &bias)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use models::weights::Reader;
    use std::collections::HashMap;

    /// Gives each tensor values of its own, and remembers what was asked for.
    #[derive(Default)]
    struct Counting {
        given: HashMap<String, Vec<f32>>,
        next: u16,
    }

    impl TensorSource for Counting {
        fn tensor(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ExportError> {
            let count = shape.iter().product::<usize>();
            let next = |_| {
                self.next = (self.next + 1) % 2048;
                f32::from(self.next)
            };
            let values: Vec<f32> = (0..count).map(next).collect();
            assert!(self.given.insert(name.to_owned(), values.clone()).is_none(), "{name} was taken twice");
            Ok(values)
        }
    }

    #[test]
    fn each_layer_is_written_once_in_the_order_of_pixels() {
        let mut source = Counting::default();
        let converted = converted(&mut source).unwrap();
        let [config, weights] = <[_; 2]>::try_from(converted.files).unwrap();
        assert_eq!(config.0, CONFIG_FILE);
        // 37 convolutions with a bias and 32 of each channel by itself.
        assert_eq!(source.given.len(), 2 * 37 + 32);
        let given = |name: &str| {
            &source.given[&format!("StatefulPartitionedCall/functional_1/{name}/ReadVariableOp:0")]
        };
        let mut reader = Reader::new(vec![weights.1]).unwrap();
        let mut written = |name: &str, shape: &[usize]| reader.take(name, shape).unwrap().into_f32();
        let first = written("first.weight", &[24, 75]);
        assert_eq!(first[3 * 7 + 2], given("conv2d/Conv2D")[2 * 25 + 7]);
        let depthwise = written("stages.2.halving.depthwise", &[9, 24]);
        assert_eq!(depthwise[5 * 24 + 11], given("depthwise_conv2d_15/depthwise")[11 * 9 + 5]);
        assert_eq!(&written("stages.4.halving.bias", &[96]), given("conv2d_32/BiasAdd"));
        let head = written("heads.1.weight", &[102, 96]);
        assert_eq!(head[17 * 96..18 * 96], given("conv2d_34/Conv2D")[96..2 * 96]);
        assert_eq!(head[18 * 96..19 * 96], given("conv2d_36/Conv2D")[16 * 96..17 * 96]);
        let bias = written("heads.0.bias", &[34]);
        assert_eq!((bias[17], bias[33]), (given("conv2d_33/BiasAdd")[1], given("conv2d_35/BiasAdd")[31]));
        assert_eq!(reader.names().count(), 3 * 32 + 2 * 3 - 5);
    }
}
