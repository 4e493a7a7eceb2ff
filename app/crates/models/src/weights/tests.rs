//! Round trips, hostile shards and the manifest's rules.

use super::*;
use safetensors::tensor::{Dtype, TensorView, serialize};

/// Values that look like weights: bell-shaped, a few large.
fn noise(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32 - 0.5
    };
    (0..count).map(|_| (next() + next() + next()) * 0.2).collect()
}

fn written(limit: usize, tensors: &[(&str, Vec<usize>)]) -> Vec<(String, Vec<u8>)> {
    let mut writer = Writer::with_shard_limit(limit);
    for (i, (name, shape)) in tensors.iter().enumerate() {
        let values = noise(shape.iter().product(), i as u32);
        writer.add(name, shape, &values, StoredAs::shipped(name, shape)).unwrap();
    }
    writer.finish().unwrap()
}

const NAMES: [(&str, &[usize]); 4] = [
    ("model.encoder.conv1.weight", &[8, 4, 3]),
    ("model.encoder.embed_positions.weight", &[10, 64]),
    ("model.decoder.embed_tokens.weight", &[300, 64]),
    ("model.decoder.layers.0.fc1.bias", &[64]),
];

fn sample() -> Vec<(String, Vec<u8>)> {
    written(MAX_SHARD_BYTES, &NAMES.map(|(name, shape)| (name, shape.to_vec())))
}

fn bytes_of(files: Vec<(String, Vec<u8>)>) -> Vec<Vec<u8>> {
    files.into_iter().map(|(_, bytes)| bytes).collect()
}

#[test]
fn what_is_written_is_read_back() {
    let files = sample();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].0, "model.safetensors");
    let mut reader = Reader::new(bytes_of(files)).unwrap();
    let mut names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(reader.names().collect::<Vec<_>>(), names, "scales are not tensors of their own");
    for (i, (name, shape)) in NAMES.iter().enumerate() {
        let truth = noise(shape.iter().product(), i as u32);
        let weight = reader.take(name, shape).unwrap();
        assert_eq!(weight.shape(), *shape);
        // For q8 a tenth of the block's peak, the most that a finer scale may clip; half a unit of 2^-10 for f16.
        let tolerance = if matches!(weight, Weight::Q8(_)) { 0.3 * 0.11 } else { 0.3 / 1024.0 };
        assert_eq!(matches!(weight, Weight::Q8(_)), name.contains("embed_tokens"));
        for (got, want) in weight.into_f32().iter().zip(&truth) {
            assert!((got - want).abs() <= tolerance, "{name}: {got} for {want}");
        }
    }
    assert_eq!(reader.bytes_held(), 0, "the shard is freed with its last tensor");
}

#[test]
fn a_second_taking_is_missing() {
    let mut reader = Reader::new(bytes_of(sample())).unwrap();
    reader.take(NAMES[0].0, NAMES[0].1).unwrap();
    assert!(matches!(reader.take(NAMES[0].0, NAMES[0].1), Err(WeightsError::Missing(_))));
}

#[test]
fn equal_tensors_give_equal_bytes() {
    assert_eq!(sample(), sample());
}

#[test]
fn shards_fill_in_order_and_free_one_by_one() {
    let limit = (1 << 20) + 30_000;
    let shapes: Vec<(String, Vec<usize>)> =
        (0..5).map(|i| (format!("model.layers.{i}.weight"), vec![200, 64])).collect();
    let tensors: Vec<_> = shapes.iter().map(|(n, s)| (n.as_str(), s.clone())).collect();
    let files = written(limit, &tensors);
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "model-00001-of-00003.safetensors",
        "model-00002-of-00003.safetensors",
        "model-00003-of-00003.safetensors",
    ];
    assert_eq!(names, expected);
    assert!(files.iter().all(|(_, bytes)| bytes.len() <= limit));
    let mut reader = Reader::new(bytes_of(files)).unwrap();
    let mut held = reader.bytes_held();
    for (i, (name, shape)) in shapes.iter().enumerate() {
        reader.take(name, shape).unwrap();
        let freed = reader.bytes_held() < held;
        assert_eq!(freed, i % 2 == 1 || i == 4, "two tensors a shard");
        held = reader.bytes_held();
    }
    assert_eq!(held, 0);
}

#[test]
fn shards_taken_as_they_fill_are_those_of_the_end() {
    let limit = (1 << 20) + 30_000;
    let shapes: Vec<String> = (0..5).map(|i| format!("model.layers.{i}.weight")).collect();
    let tensors: Vec<_> = shapes.iter().map(|name| (name.as_str(), vec![200, 64])).collect();
    let (mut writer, mut taken) = (Writer::with_shard_limit(limit), Vec::new());
    for (i, (name, shape)) in tensors.iter().enumerate() {
        writer.add(name, shape, &noise(200 * 64, i as u32), StoredAs::shipped(name, shape)).unwrap();
        taken.extend(writer.take_full());
    }
    assert_eq!(taken.len(), 2, "two tensors a shard");
    let names = (0..2).map(|index| shard_name(index, 3));
    let mut files: Vec<_> = names.zip(taken).collect();
    files.extend(writer.finish().unwrap());
    assert!(files == written(limit, &tensors));
}

#[test]
fn a_tensor_larger_than_a_shard_has_one_to_itself() {
    let names = ["a.weight", "b.weight", "c.weight"];
    let shapes = [vec![4, 32], vec![300, 64], vec![4, 32]];
    let tensors: Vec<_> = names.into_iter().zip(shapes).collect();
    let files = written((1 << 20) + 1000, &tensors);
    assert_eq!(files.len(), 3);
    let mut reader = Reader::new(bytes_of(files)).unwrap();
    for (name, shape) in &tensors {
        reader.take(name, shape).unwrap();
    }
}

/// The chosen scales read back at least as well as those that hold the peaks exactly.
#[test]
fn scales_are_the_better_ones() {
    let values: Vec<f32> = noise(64 * BLOCK_LEN, 7);
    let q8 = Q8::quantize("x", [64, BLOCK_LEN], &values).unwrap();
    let squared = |read: &[f32]| values.iter().zip(read).map(|(a, b)| (a - b).powi(2)).sum::<f32>();
    let plain: Vec<f32> = values
        .chunks_exact(BLOCK_LEN)
        .flat_map(|block| {
            let scale = block.iter().fold(0.0f32, |peak, v| peak.max(v.abs())) / 127.0;
            block.iter().map(move |v| (v / scale).round() * scale)
        })
        .collect();
    assert!(
        squared(&q8.dequantize()) < 0.97 * squared(&plain),
        "{} {}",
        squared(&q8.dequantize()),
        squared(&plain)
    );
}

#[test]
fn quantizing_keeps_zeros_peaks_and_refuses_nonsense() {
    let mut values = vec![0.0; 64];
    values[5] = -2.54;
    let q8 = Q8::quantize("x", [1, 64], &values).unwrap();
    assert_eq!(q8.values[5], -127);
    assert_eq!(q8.scales[1], 0.0);
    assert!((q8.dequantize()[5] + 2.54).abs() < 2.54 / 1000.0);
    for (shape, bad) in
        [([1, 63], 0.0), ([2, 64], 0.0), ([1, 64], f32::NAN), ([1, 64], f32::INFINITY), ([1, 64], 1e9)]
    {
        values[0] = bad;
        assert!(Q8::quantize("x", shape, &values).is_err(), "{shape:?} {bad}");
    }
}

/// A shard of one tensor with whatever header is asked for.
fn shard(name: &str, dtype: Dtype, shape: &[usize], bytes: &[u8], scheme: Option<&str>) -> Vec<u8> {
    let view = TensorView::new(dtype, shape.to_vec(), bytes).unwrap();
    let metadata = scheme.map(|s| [(SCHEME_KEY.to_owned(), s.to_owned())].into_iter().collect());
    serialize([(name, view)], metadata).unwrap()
}

#[test]
fn foreign_floats_are_widened() {
    let check = |dtype, bytes: &[u8], want: &[f32]| {
        let reader = Reader::new(vec![shard("x", dtype, &[2], bytes, None)]).unwrap();
        assert_eq!(reader.read("x", &[2]).unwrap().into_f32(), want, "{dtype}");
    };
    check(Dtype::F32, &[0, 0, 128, 63, 0, 0, 0, 192], &[1.0, -2.0]);
    check(Dtype::F16, &[0, 60, 0, 192], &[1.0, -2.0]);
    check(Dtype::BF16, &[128, 63, 0, 192], &[1.0, -2.0]);
}

#[test]
fn unusable_tensors_are_errors() {
    let check = |bytes: Vec<u8>, shape: &[usize], want: &str| {
        let error = Reader::new(vec![bytes]).and_then(|mut r| r.take("x", shape)).unwrap_err();
        assert!(error.to_string().contains(want), "{error}");
    };
    check(shard("x", Dtype::I64, &[1], &[0; 8], None), &[1], "not a known float");
    check(shard("x", Dtype::F32, &[1], &f32::NAN.to_le_bytes(), None), &[1], "not finite");
    check(shard("x", Dtype::F32, &[1], &[0; 4], None), &[2], "expected [2]");
    check(shard("y", Dtype::F32, &[1], &[0; 4], None), &[1], "x is missing");
    check(shard("x", Dtype::I8, &[1, 32], &[0; 32], None), &[1, 32], "not known");
    check(shard("x", Dtype::I8, &[1, 32], &[0; 32], Some("q3")), &[1, 32], "not known");
    check(shard("x", Dtype::I8, &[1, 32], &[0; 32], Some(SCHEME)), &[1, 32], "x_scale is missing");
    check(shard("x", Dtype::I8, &[1, 30], &[0; 30], Some(SCHEME)), &[1, 30], "cut into blocks");
    check(shard("x", Dtype::I8, &[32], &[0; 32], Some(SCHEME)), &[32], "not a known float");
}

#[test]
fn scales_of_another_form_are_an_error() {
    let values = TensorView::new(Dtype::I8, vec![1, 64], &[1; 64]).unwrap();
    let scales = TensorView::new(Dtype::F16, vec![1, 1], &[0; 2]).unwrap();
    let metadata = [(SCHEME_KEY.to_owned(), SCHEME.to_owned())].into_iter().collect();
    let bytes = serialize([("x", values), ("x_scale", scales)], Some(metadata)).unwrap();
    let error = Reader::new(vec![bytes]).unwrap().read("x", &[1, 64]).unwrap_err();
    assert!(error.to_string().contains("scales"), "{error}");
}

#[test]
fn a_name_in_two_shards_is_an_error() {
    let one = shard("x", Dtype::F32, &[1], &[0; 4], None);
    assert!(matches!(Reader::new(vec![one.clone(), one]), Err(WeightsError::Twice(_))));
}

/// Every prefix and every flipped byte of a small shard: an error or other values, never a panic.
#[test]
fn damaged_shards_never_panic() {
    let whole =
        bytes_of(written(MAX_SHARD_BYTES, &[("a.weight", vec![2, 32]), ("a.bias", vec![3])])).remove(0);
    let read_all = |bytes: Vec<u8>| {
        let Ok(mut reader) = Reader::new(vec![bytes]) else { return false };
        reader.take("a.weight", &[2, 32]).is_ok() && reader.take("a.bias", &[3]).is_ok()
    };
    assert!(read_all(whole.clone()));
    for len in 0..whole.len() {
        assert!(!read_all(whole[..len].to_vec()), "cut to {len}");
    }
    for at in 0..whole.len() {
        for mask in [0x01, 0x10, 0x80, 0xFF] {
            let mut bytes = whole.clone();
            bytes[at] ^= mask;
            read_all(bytes);
        }
    }
}

fn entry(name: &str, bytes: &[u8]) -> ModelEntry {
    ModelEntry {
        id: "tiny.en".into(),
        title: "Whisper tiny, English".into(),
        kind: ModelKind::Whisper,
        licence: "MIT".into(),
        source: "a test".into(),
        languages: vec!["en".into()],
        bytes: bytes.len() as u64,
        files: vec![FileEntry::describing(name, bytes)],
    }
}

#[test]
fn the_manifest_round_trips_and_replaces() {
    let mut manifest = Manifest::new();
    manifest.put(entry("model.safetensors", b"old"));
    manifest.put(entry("model.safetensors", b"newer"));
    let json = manifest.to_json().unwrap();
    let again = Manifest::parse(json.as_bytes()).unwrap();
    assert_eq!(again, manifest);
    assert_eq!(again.models.len(), 1);
    assert_eq!(again.model("tiny.en").unwrap().bytes, 5);
}

#[test]
fn a_manifest_out_of_order_is_refused() {
    let good = {
        let mut manifest = Manifest::new();
        manifest.put(entry("a.safetensors", b"abc"));
        manifest.to_json().unwrap()
    };
    let check = |from: &str, to: &str, want: &str| {
        let json = good.replace(from, to);
        assert_ne!(json, good, "{from}");
        let error = Manifest::parse(json.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(want), "{error}");
    };
    check("\"version\": 4", "\"version\": 99", "version 99");
    check("a.safetensors", "../a", "malformed");
    check("a.safetensors", ".a", "malformed");
    check("\"tiny.en\"", "\"a/b\"", "plain name");
    check("ba7816bf", "BA7816BF", "malformed");
    check("ba7816bf", "ba7816b", "malformed");
    check("\"bytes\": 3,\n      \"files\"", "\"bytes\": 4,\n      \"files\"", "sum");
    check("\n}\n", "\n", "EOF");
}

#[test]
fn a_kind_of_a_later_version_does_not_hide_the_others() {
    let mut manifest = Manifest::new();
    manifest.put(entry("a.safetensors", b"abc"));
    let json = manifest.to_json().unwrap().replace("\"whisper\"", "\"oracle\"");
    assert_eq!(Manifest::parse(json.as_bytes()).unwrap().model("tiny.en").unwrap().kind, ModelKind::Other);
}

#[test]
fn files_are_checked_before_they_are_used() {
    let entry = entry("model.safetensors", b"abc");
    let given = |name: &str, bytes: &[u8]| ModelFiles::checked(&entry, [(name.to_owned(), bytes.to_vec())]);
    assert_eq!(given("model.safetensors", b"abc").unwrap().shards, [b"abc".to_vec()]);
    assert!(matches!(given("model.safetensors", b"abd"), Err(WeightsError::WrongFile { .. })));
    assert!(matches!(given("model.safetensors", b"ab"), Err(WeightsError::WrongFile { .. })));
    assert!(matches!(given("config.json", b"abc"), Err(WeightsError::WrongFile { .. })));
    assert!(matches!(ModelFiles::checked(&entry, []), Err(WeightsError::MissingFile(_))));
}

#[test]
fn sha256_is_the_standard_one() {
    // FIPS 180-2, appendix B.1.
    assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn a_file_is_checked_as_it_comes() {
    let listed = FileEntry::describing("model.safetensors", b"abcdef");
    let check = |pieces: &[&[u8]], is_right: bool| {
        let mut checking = listed.checking();
        let outcome = pieces.iter().try_for_each(|piece| checking.update(piece));
        assert_eq!(outcome.and_then(|()| checking.finish()).is_ok(), is_right, "{pieces:?}");
    };
    check(&[b"abc", b"", b"def"], true);
    check(&[b"abcdef"], true);
    check(&[b"abc"], false);
    check(&[b"abc", b"deg"], false);
    check(&[], false);
    // What is more than listed is refused before it is stored.
    let mut checking = listed.checking();
    assert!(checking.update(b"abcdef").is_ok());
    assert!(checking.update(b"g").is_err());
}
