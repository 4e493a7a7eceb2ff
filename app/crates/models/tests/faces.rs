//! The face detector that is shipped, beside what other programs compute with the same weights, and files that do not fit together.
//! Needs the exported model, which the test command fetches.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;

use models::face::{Face, FaceDetector, SIDE};
use models::weights::ModelFiles;

fn files() -> ModelFiles {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || from("XDG_CACHE_HOME").or_else(|| from("HOME").map(|home| home.join(".cache")));
    let folder = from("INCUT_MODELS").or_else(|| cache().map(|cache| cache.join("incut/models"))).unwrap();
    let read = |name: &str| {
        let path = folder.join("blazeface").join(name);
        std::fs::read(&path).unwrap_or_else(|error| panic!("export the models: {}: {error}", path.display()))
    };
    let (config_json, shards) = (read("config.json"), vec![read("model.safetensors")]);
    ModelFiles { config_json, tokenizer_json: Vec::new(), shards }
}

/// Two faces drawn in ellipses, one half as large as the other, on colors that change from corner to corner. `[SIDE, SIDE, 3]`.
fn drawn_faces() -> Vec<u8> {
    // Across and down from the middle between eyes and nose, radii, color.
    const SHAPES: [([i32; 4], [u8; 3]); 15] = [
        ([0, -14, 62, 70], [70, 45, 30]),
        ([-50, 2, 9, 15], [205, 150, 120]),
        ([50, 2, 9, 15], [205, 150, 120]),
        ([0, 0, 50, 66], [225, 172, 140]),
        ([20, 4, 24, 50], [214, 160, 128]),
        ([-20, -25, 13, 3], [80, 55, 40]),
        ([20, -25, 13, 3], [80, 55, 40]),
        ([-20, -13, 11, 6], [240, 236, 230]),
        ([20, -13, 11, 6], [240, 236, 230]),
        ([-20, -13, 5, 6], [40, 28, 22]),
        ([20, -13, 5, 6], [40, 28, 22]),
        ([0, 4, 5, 14], [200, 140, 112]),
        ([0, 16, 11, 5], [190, 125, 100]),
        ([0, 36, 20, 7], [165, 70, 70]),
        ([0, 35, 18, 2], [90, 30, 35]),
    ];
    let color = |x: i32, y: i32| {
        let mut color = [60 + x / 3, 70 + y / 3, 120 - x / 5 + y / 8].map(|value| value as u8);
        for (middle_x, middle_y, percent) in [(84, 120, 100), (196, 76, 50)] {
            for (shape, of_shape) in &SHAPES {
                let [across, down, wide, high] =
                    shape.map(|value| value.abs() * percent / 100 * value.signum());
                let (x, y) = (x - middle_x - across, y - middle_y - down);
                if x * x * high * high + y * y * wide * wide <= wide * wide * high * high {
                    color = *of_shape;
                }
            }
        }
        color
    };
    let side = SIDE as i32;
    (0..side).flat_map(|y| (0..side).flat_map(move |x| color(x, y))).collect()
}

/// Computed with ONNX Runtime 1.32 (Python, CPU) from the package's ONNX file and the same picture.
#[test]
fn the_network_says_what_the_reference_says() {
    // Anchors, and of each its score, box and points as they come out.
    const EXPECTED: [(usize, [f32; 17]); 16] = [
        (
            25,
            [
                -139.9472, 3.6022, -11.7429, 57.8923, 57.8896, -3.2036, -25.2089, 10.6101, -9.5054, -21.1826,
                -13.1175, -32.2631, -9.0581, -3.2233, -31.1060, 22.4321, 7.4535,
            ],
        ),
        (
            89,
            [
                -12.0855, 3.1547, 3.8247, 37.9890, 37.9859, -3.2272, 5.6834, 2.7692, 5.3517, 3.2035, 10.4279,
                7.0862, 12.2766, -9.4140, 6.5700, 5.3758, 4.8511,
            ],
        ),
        (
            153,
            [
                0.0678, -5.6597, 11.7457, 51.7479, 51.7479, -16.9691, -2.5579, 6.4389, -1.9242, -5.7660,
                8.1582, -6.0606, 20.6195, -29.3945, 5.8841, 20.0395, 7.0087,
            ],
        ),
        (
            185,
            [
                1.6438, -4.6259, -3.7262, 50.3800, 50.3800, -16.4474, -18.3889, 6.3686, -17.4351, -5.8395,
                -8.6115, -6.1632, 4.1992, -28.5101, -10.2405, 19.7894, -8.3476,
            ],
        ),
        (
            217,
            [
                -2.3258, -3.2722, -14.4525, 53.4529, 53.4531, -15.9523, -30.0763, 5.5776, -28.9931, -6.0675,
                -21.9107, -6.2795, -8.6601, -25.8948, -21.1949, 19.1935, -20.1237,
            ],
        ),
        (
            267,
            [
                0.1417, -0.1474, -0.0545, 83.3392, 83.3393, -21.7220, -21.7892, 13.7932, -24.7026, -5.1066,
                -10.7089, -2.2277, 12.3572, -35.1270, -5.7685, 38.5291, -10.9193,
            ],
        ),
        (
            281,
            [
                -3.9967, 0.3511, -0.6299, 30.6054, 30.6057, -3.4353, -5.0364, 4.1638, -2.6283, -3.1951,
                -2.4747, -3.1594, 1.7216, -3.0441, -2.7133, 13.9451, 0.4225,
            ],
        ),
        (
            345,
            [
                -180.6191, 1.8608, -9.7928, 20.2847, 20.2870, 1.0679, -27.1447, 2.2132, -8.8970, -6.7990,
                -19.9449, -6.2230, -9.3038, 8.9240, -22.6424, 12.0396, 15.7617,
            ],
        ),
        (
            409,
            [
                -251.3713, -2.8986, -8.2820, -13.9449, -13.9402, -0.5932, -12.2870, -1.6566, -4.2156,
                -4.3706, -6.7720, -4.6208, -3.0000, 3.6213, -15.8527, -2.0305, 2.7470,
            ],
        ),
        (
            473,
            [
                -4.5687, -0.1966, 1.9147, 39.2222, 39.2223, -0.1793, -4.0464, 8.3737, 0.3129, 0.5301, 0.3567,
                -4.4988, 6.0347, -9.0237, -2.3457, 8.6284, 8.3650,
            ],
        ),
        (
            537,
            [
                -13.3523, 5.5138, 19.7498, 99.8793, 99.8579, -8.7463, -33.3887, 19.3404, -7.5783, -19.1936,
                -24.8637, -30.3762, 9.8635, -28.3023, -9.6076, 39.4858, 46.0306,
            ],
        ),
        (
            601,
            [
                -22.1997, -2.8289, 7.8896, 86.7206, 84.8406, -27.9545, -19.7164, 28.9961, -12.7237, -3.0272,
                16.8672, -4.5364, 41.1677, -53.2747, -18.6986, 52.7809, -7.7302,
            ],
        ),
        (
            665,
            [
                -7.8554, 15.6692, 16.1464, 119.5736, 119.4489, -4.0320, -9.4999, 43.1792, -13.5426, 26.8159,
                18.0385, 27.0440, 43.7877, -31.7334, 7.3836, 59.7738, -5.8591,
            ],
        ),
        (
            729,
            [
                -5.6023, -10.0497, 2.8415, 106.5424, 106.5467, -31.0982, -15.5342, 2.0713, -23.5892, -7.2934,
                -2.4855, -3.5306, 19.7517, -48.7521, 4.4563, 20.3159, -13.3657,
            ],
        ),
        (
            793,
            [
                -16.9849, -0.3871, -15.8725, 62.7033, 60.7699, -20.4100, -29.7792, 22.1991, -25.8276,
                -2.9608, 1.1816, -4.9903, 18.8550, -39.7205, -24.7234, 37.8435, -18.6311,
            ],
        ),
        (
            857,
            [
                -9.5846, -3.4455, 0.1160, 103.0777, 102.9525, -20.5046, -22.4627, 20.1253, -31.4286, 10.9492,
                -5.0022, 12.9601, 19.9764, -44.3984, -2.1574, 35.0596, -25.2006,
            ],
        ),
    ];
    let said = FaceDetector::load(files()).unwrap().raw(&drawn_faces()).unwrap();
    assert_eq!(said.len(), 896);
    for (anchor, expected) in EXPECTED {
        for (index, (found, expected)) in said[anchor].iter().zip(expected).enumerate() {
            assert!((found - expected).abs() < 1e-3, "{found} for {expected}: {index} of anchor {anchor}");
        }
    }
}

/// Decoded and merged from the reference's numbers in 64 bits with NumPy.
#[test]
fn drawn_faces_are_found() {
    let points = [
        [
            [0.71699, 0.27184],
            [0.80677, 0.27522],
            [0.75901, 0.3111],
            [0.75787, 0.36068],
            [0.66956, 0.30401],
            [0.85918, 0.31036],
        ],
        [
            [0.2589, 0.44614],
            [0.39763, 0.43476],
            [0.3238, 0.48942],
            [0.33505, 0.57952],
            [0.20654, 0.50872],
            [0.49425, 0.4886],
        ],
    ];
    let boxes = [[0.66309, 0.22949, 0.19838, 0.19838, 0.83805], [0.1804, 0.36827, 0.32554, 0.32554, 0.53535]];
    let found = FaceDetector::load(files()).unwrap().detect(&drawn_faces()).unwrap();
    assert_eq!(found.len(), 2, "{found:?}");
    for (found, (box_of, points)) in found.into_iter().zip(boxes.into_iter().zip(points)) {
        let Face { left, top, width, height, score, points: found } = found;
        let near = |found: f32, expected: f32| (found - expected).abs() < 2e-4;
        assert!([left, top, width, height, score].into_iter().zip(box_of).all(|(a, b)| near(a, b)), "{left}");
        assert!(
            found.as_flattened().iter().zip(points.as_flattened()).all(|(a, b)| near(*a, *b)),
            "{found:?}"
        );
    }
}

#[test]
fn files_that_do_not_fit_together_are_errors() {
    let load = |files: ModelFiles| FaceDetector::load(files).map(|_| ()).unwrap_err().to_string();
    let configured = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut files = files();
        let mut config = serde_json::from_slice(&files.config_json).unwrap();
        change(&mut config);
        files.config_json = config.to_string().into_bytes();
        load(files)
    };
    let check = |key: &str, value: serde_json::Value, reason: &str| {
        let said = configured(&|config| config[key] = value.clone());
        assert!(said.contains(reason), "{key} {value}: {said}");
    };
    use serde_json::json;
    check("side", json!(128), "pictures of 128 pixels");
    check("stages", json!([]), "no stages");
    check("stages", json!(vec![[24, 1]; 7]), "too many");
    check("stages", json!([[24, 7], [28, 7]]), "channels that do not fit");
    check("stages", json!([[48, 7], [24, 7]]), "channels that do not fit");
    check("stages", json!([[24, 7], [1_000_000_000, 7]]), "channels that do not fit");
    check("stages", json!([[24, 7], [32, 7], [48, 7], [96, 7], [96, 0]]), "stages.1.halving.weight");
    check("stages", json!([[24, 7], [24, 8], [48, 7], [96, 7], [96, 0]]), "stages.1.7.depthwise");
    check("stages", json!([[24, 1_000_000_000]]), "too many blocks");
    check("stages", json!("none"), "config.json");
    check("anchors", json!([]), "no anchors");
    check("anchors", json!(vec![2; 6]), "more than stages");
    check("anchors", json!([2, 0]), "no anchors");
    check("anchors", json!([2, 5]), "heads.1.weight");
    let weights = |shards: Vec<Vec<u8>>| load(ModelFiles { shards, ..files() });
    let whole = files().shards.remove(0);
    assert!(weights(Vec::new()).contains("first.weight"));
    assert!(weights(vec![whole.clone(); 2]).contains("is there twice"));
    for length in [0, 7, 100, whole.len() / 2, whole.len() - 1] {
        weights(vec![whole[..length].to_vec()]);
    }
    // Half precision that is no number.
    let mut harmed = whole;
    let end = harmed.len();
    harmed[end - 2..].copy_from_slice(&[0xFF, 0x7F]);
    assert!(weights(vec![harmed]).contains("finite"));
}

#[test]
fn pictures_of_another_size_are_errors() {
    let detector = FaceDetector::load(files()).unwrap();
    for length in [0, 3 * SIDE * SIDE - 1, 3 * SIDE * SIDE + 1, 4 * SIDE * SIDE] {
        assert!(detector.detect(&vec![0; length]).is_err(), "{length} bytes");
    }
    assert_eq!(detector.detect(&vec![0; 3 * SIDE * SIDE]).unwrap(), []);
}
