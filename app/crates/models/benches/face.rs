//! How long finding faces in one picture takes on the CPU, with made-up weights in the shape of those that are shipped.

use criterion::{Criterion, criterion_group, criterion_main};
use models::face::{FaceDetector, SIDE};
use models::weights::{ModelFiles, StoredAs, WeightsError, Writer};

/// As in the model's settings.
const STAGES: [[usize; 2]; 5] = [[24, 7], [24, 7], [48, 7], [96, 7], [96, 0]];
const ANCHORS: [usize; 2] = [2, 6];
const CONFIG: &str = r#"{"side":256,"stages":[[24,7],[24,7],[48,7],[96,7],[96,0]],"anchors":[2,6]}"#;

fn files() -> Result<ModelFiles, WeightsError> {
    let mut rng = fastrand::Rng::with_seed(1);
    let mut writer = Writer::new();
    let mut add = |name: String, shape: &[usize]| {
        let count = shape.iter().product::<usize>();
        // Small enough that no sum grows from layer to layer.
        let scale = 1.0 / *shape.last().unwrap_or(&1) as f32;
        let values: Vec<f32> = (0..count).map(|_| scale * (rng.f32() - 0.5)).collect();
        writer.add(&name, shape, &values, StoredAs::F16)
    };
    let mut product = |name: &str, depthwise: bool, [outputs, inputs]: [usize; 2]| {
        if depthwise {
            add(format!("{name}.depthwise"), &[9, inputs])?;
        }
        add(format!("{name}.weight"), &[outputs, inputs])?;
        add(format!("{name}.bias"), &[outputs])
    };
    let mut width = STAGES[0][0];
    product("first", false, [width, 75])?;
    for (index, [channels, blocks]) in STAGES.into_iter().enumerate() {
        if index > 0 {
            product(&format!("stages.{index}.halving"), true, [channels, width])?;
        }
        width = channels;
        for block in 0..blocks {
            product(&format!("stages.{index}.{block}"), true, [width, width])?;
        }
    }
    for (head, anchors) in ANCHORS.into_iter().enumerate() {
        product(&format!("heads.{head}"), false, [anchors * 17, width])?;
    }
    let shards = writer.finish()?.into_iter().map(|(_, bytes)| bytes).collect();
    Ok(ModelFiles { config_json: CONFIG.into(), tokenizer_json: Vec::new(), shards })
}

fn benches(criterion: &mut Criterion) {
    let Ok(Ok(detector)) = files().map(FaceDetector::load) else { return };
    let mut rng = fastrand::Rng::with_seed(2);
    let picture: Vec<u8> = (0..3 * SIDE * SIDE).map(|_| rng.u8(..)).collect();
    let mut group = criterion.benchmark_group("faces");
    group.sample_size(30);
    group.bench_function("one picture", |bench| bench.iter(|| detector.detect(&picture)));
    group.finish();
}

criterion_group!(face, benches);
criterion_main!(face);
