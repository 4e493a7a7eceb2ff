//! One small Whisper, made up here, in both source forms: they must give the same bytes, and nonsense must give errors.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use half::f16;
use models::weights::{Reader, StoredAs, Weight, Writer};
use serde_json::{Value, json};

use crate::convert;
use crate::package::{Converted, Precision};
use crate::sources::hugging_face::HuggingFace;
use crate::sources::whisper_ct2::WhisperCt2;
use crate::whisper::TensorSpec;
use crate::{ExportError, store};

const D: usize = 64;
const VOCABULARY: usize = 120;

/// A CTranslate2 file, written variable by variable.
#[derive(Default)]
struct Ct2Writer {
    count: u32,
    body: Vec<u8>,
}

impl Ct2Writer {
    fn string(out: &mut Vec<u8>, text: &str) {
        out.extend((text.len() as u16 + 1).to_le_bytes());
        out.extend(text.as_bytes());
        out.push(0);
    }

    fn variable(&mut self, name: &str, shape: &[usize], dtype: u8, bytes: &[u8]) {
        self.count += 1;
        Self::string(&mut self.body, name);
        self.body.push(shape.len() as u8);
        shape.iter().for_each(|axis| self.body.extend((*axis as u32).to_le_bytes()));
        self.body.push(dtype);
        self.body.extend((bytes.len() as u32).to_le_bytes());
        self.body.extend(bytes);
    }

    fn floats(&mut self, name: &str, shape: &[usize], values: &[f32]) {
        let bytes: Vec<u8> = values.iter().flat_map(|v| f16::from_f32(*v).to_le_bytes()).collect();
        self.variable(name, shape, 4, &bytes);
    }

    fn finish(self) -> Vec<u8> {
        let mut out = 6u32.to_le_bytes().to_vec();
        Self::string(&mut out, "WhisperSpec");
        out.extend(3u32.to_le_bytes());
        out.extend(self.count.to_le_bytes());
        out.extend(self.body);
        out.extend(0u32.to_le_bytes());
        out
    }
}

/// Values that f16 holds exactly, another set for each name.
fn values(name: &str, count: usize) -> Vec<f32> {
    let seed = name.bytes().fold(7u32, |h, b| h.wrapping_mul(31).wrapping_add(b.into()));
    let value = |i: usize| {
        let mixed = (i as u32).wrapping_add(seed).wrapping_mul(2_654_435_761) >> 21;
        f16::from_f32(mixed as f32 / 1024.0 - 1.0).to_f32()
    };
    (0..count).map(value).collect()
}

/// Hugging Face tensors of the small model, written down by hand rather than by the code under test.
fn tensors() -> BTreeMap<String, (Vec<usize>, Vec<f32>)> {
    let mut all = BTreeMap::new();
    let mut add = |name: String, shape: Vec<usize>| {
        let count = shape.iter().product();
        all.insert(name.clone(), (shape, values(&name, count)));
    };
    add("model.encoder.conv1.weight".into(), vec![D, 80, 3]);
    add("model.encoder.conv2.weight".into(), vec![D, D, 3]);
    add("model.encoder.embed_positions.weight".into(), vec![20, D]);
    add("model.decoder.embed_tokens.weight".into(), vec![VOCABULARY, D]);
    add("model.decoder.embed_positions.weight".into(), vec![10, D]);
    for bias in ["conv1.bias", "conv2.bias", "layer_norm.weight", "layer_norm.bias"] {
        add(format!("model.encoder.{bias}"), vec![D]);
    }
    for leaf in ["weight", "bias"] {
        add(format!("model.decoder.layer_norm.{leaf}"), vec![D]);
    }
    for (side, layers, blocks) in [("encoder", 2, 1), ("decoder", 3, 2)] {
        for layer in (0..layers).map(|i| format!("model.{side}.layers.{i}")) {
            for block in ["self_attn", "encoder_attn"].into_iter().take(blocks) {
                for projection in ["q_proj", "k_proj", "v_proj", "out_proj"] {
                    add(format!("{layer}.{block}.{projection}.weight"), vec![D, D]);
                    if projection != "k_proj" {
                        add(format!("{layer}.{block}.{projection}.bias"), vec![D]);
                    }
                }
                add(format!("{layer}.{block}_layer_norm.weight"), vec![D]);
                add(format!("{layer}.{block}_layer_norm.bias"), vec![D]);
            }
            for (name, shape) in [
                ("final_layer_norm.weight", vec![D]),
                ("final_layer_norm.bias", vec![D]),
                ("fc1.weight", vec![2 * D, D]),
                ("fc1.bias", vec![2 * D]),
                ("fc2.weight", vec![D, 2 * D]),
                ("fc2.bias", vec![D]),
            ] {
                add(format!("{layer}.{name}"), shape);
            }
        }
    }
    all
}

/// The same model as CTranslate2 stores it, after its documented stacking.
fn ct2_model() -> Vec<u8> {
    let all = tensors();
    let get = |name: &str| all[name].1.clone();
    let mut file = Ct2Writer::default();
    for side in ["encoder", "decoder"] {
        file.variable(&format!("{side}/num_heads"), &[], 2, &2i16.to_le_bytes());
        let mut norm = |to: String, from: String| {
            file.floats(&format!("{to}/gamma"), &[D], &get(&format!("{from}.weight")));
            file.floats(&format!("{to}/beta"), &[D], &get(&format!("{from}.bias")));
        };
        norm(format!("{side}/layer_norm"), format!("model.{side}.layer_norm"));
        let layers = if side == "encoder" { 2 } else { 3 };
        for i in 0..layers {
            let (to, from) = (format!("{side}/layer_{i}"), format!("model.{side}.layers.{i}"));
            norm(format!("{to}/self_attention/layer_norm"), format!("{from}.self_attn_layer_norm"));
            norm(format!("{to}/ffn/layer_norm"), format!("{from}.final_layer_norm"));
            if side == "decoder" {
                norm(format!("{to}/attention/layer_norm"), format!("{from}.encoder_attn_layer_norm"));
            }
        }
        for i in 0..layers {
            let (to, from) = (format!("{side}/layer_{i}"), format!("model.{side}.layers.{i}"));
            let mut stack = |variable: &str, parts: &[&str], rows: usize, columns: usize| {
                let weights: Vec<f32> =
                    parts.iter().flat_map(|p| get(&format!("{from}.{p}.weight"))).collect();
                let bias = |p: &&str| match p.ends_with("k_proj") {
                    true => vec![0.0; rows],
                    false => get(&format!("{from}.{p}.bias")),
                };
                let biases: Vec<f32> = parts.iter().flat_map(bias).collect();
                let rows = rows * parts.len();
                file.floats(&format!("{to}/{variable}/weight"), &[rows, columns], &weights);
                file.floats(&format!("{to}/{variable}/bias"), &[rows], &biases);
            };
            let qkv = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"];
            stack("self_attention/linear_0", &qkv, D, D);
            stack("self_attention/linear_1", &["self_attn.out_proj"], D, D);
            if side == "decoder" {
                stack("attention/linear_0", &["encoder_attn.q_proj"], D, D);
                stack("attention/linear_1", &["encoder_attn.k_proj", "encoder_attn.v_proj"], D, D);
                stack("attention/linear_2", &["encoder_attn.out_proj"], D, D);
            }
            stack("ffn/linear_0", &["fc1"], 2 * D, D);
            stack("ffn/linear_1", &["fc2"], D, 2 * D);
        }
    }
    for (to, from) in [
        ("encoder/conv1/weight", "model.encoder.conv1.weight"),
        ("encoder/conv1/bias", "model.encoder.conv1.bias"),
        ("encoder/conv2/weight", "model.encoder.conv2.weight"),
        ("encoder/conv2/bias", "model.encoder.conv2.bias"),
        ("encoder/position_encodings/encodings", "model.encoder.embed_positions.weight"),
        ("decoder/position_encodings/encodings", "model.decoder.embed_positions.weight"),
        ("decoder/embeddings/weight", "model.decoder.embed_tokens.weight"),
    ] {
        let (shape, values) = &all[from];
        file.floats(to, shape, values);
    }
    file.finish()
}

fn tokenizer() -> Value {
    let names =
        ["<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|de|>", "<|translate|>", "<|transcribe|>"];
    let names = names.into_iter().chain(["<|notimestamps|>"]).enumerate();
    let added: Vec<_> = names.map(|(i, name)| json!({"id": 50_257 + i, "content": name})).collect();
    json!({"added_tokens": added, "model": {"vocab": {"a": 0}}})
}

const CT2_CONFIG: &str = r#"{"alignment_heads": [[1, 0], [2, 1]], "lang_ids": [50259],
    "suppress_ids": [1, 2, 7], "suppress_ids_begin": [0]}"#;

fn hugging_face_folder(dir: &Path, lists_in_generation_config: bool) {
    let mut config = json!({"model_type": "whisper", "d_model": D, "encoder_layers": 2, "decoder_layers": 3,
        "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 2 * D,
        "decoder_ffn_dim": 2 * D, "vocab_size": VOCABULARY, "num_mel_bins": 80, "max_source_positions": 20,
        "max_target_positions": 10, "activation_function": "gelu", "suppress_tokens": null});
    let lists = json!({"alignment_heads": [[1, 0], [2, 1]], "suppress_tokens": [1, 2, 7],
        "begin_suppress_tokens": [0]});
    if lists_in_generation_config {
        fs::write(dir.join("generation_config.json"), lists.to_string()).unwrap();
    } else {
        config.as_object_mut().unwrap().extend(lists.as_object().unwrap().clone());
    }
    fs::write(dir.join("config.json"), config.to_string()).unwrap();
    fs::write(dir.join("tokenizer.json"), tokenizer().to_string()).unwrap();
    let mut writer = Writer::new();
    for (name, (shape, values)) in tensors() {
        writer.add(&name, &shape, &values, StoredAs::F16).unwrap();
    }
    let (name, bytes) = writer.finish().unwrap().remove(0);
    fs::write(dir.join(name), bytes).unwrap();
}

fn from_ct2() -> Result<Converted, ExportError> {
    from_ct2_at(Precision::Shipped)
}

fn from_ct2_at(precision: Precision) -> Result<Converted, ExportError> {
    let mut source = WhisperCt2::parse(ct2_model(), "a test")?;
    let config = source.config(CT2_CONFIG.as_bytes(), &tokenizer())?;
    convert::whisper(&mut source, precision, &config, &tokenizer())
}

fn from_folder(dir: &Path) -> Result<Converted, ExportError> {
    let mut source = HuggingFace::open(dir)?;
    let (config, tokenizer) = (source.config.clone(), source.tokenizer.clone());
    convert::whisper(&mut source, Precision::Shipped, &config, &tokenizer)
}

#[test]
fn both_sources_give_the_same_bytes() {
    for lists_in_generation_config in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        hugging_face_folder(dir.path(), lists_in_generation_config);
        let (a, b) = (from_ct2().unwrap(), from_folder(dir.path()).unwrap());
        assert_eq!(a.languages, ["en", "de"]);
        assert_eq!(a.languages, b.languages);
        let names = |c: &Converted| c.files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&a), ["config.json", "tokenizer.json", "model.safetensors"]);
        for ((name, a), (_, b)) in a.files.iter().zip(&b.files) {
            assert!(a == b, "{name} differs");
        }
    }
}

#[test]
fn in_full_precision_nothing_is_rounded() {
    let files = from_ct2_at(Precision::Full).unwrap().files;
    let mut reader = Reader::new(vec![files[2].1.clone()]).unwrap();
    for (name, (shape, truth)) in tensors() {
        assert!(reader.take(&name, &shape).unwrap().into_f32() == truth, "{name}");
    }
}

#[test]
fn every_tensor_arrives_under_its_name() {
    let files = from_ct2().unwrap().files;
    let mut reader = Reader::new(vec![files[2].1.clone()]).unwrap();
    for (name, (shape, truth)) in tensors() {
        let weight = reader.take(&name, &shape).unwrap();
        let is_table = name.ends_with(".weight") && shape.len() == 2 && !name.contains("embed_positions");
        assert_eq!(matches!(weight, Weight::Q8(_)), is_table, "{name}");
        // A finer scale may clip a block's largest value by a tenth.
        let tolerance = if is_table { 0.11 } else { 0.0 };
        let worst = weight.into_f32().iter().zip(&truth).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(worst <= tolerance, "{name} is off by {worst}");
    }
    assert_eq!(reader.names().count(), 0, "nothing else is written");
}

#[test]
fn the_config_carries_what_decoding_needs() {
    let files = from_ct2().unwrap().files;
    let config: Value = serde_json::from_slice(&files[0].1).unwrap();
    for (field, want) in [
        ("d_model", json!(64)),
        ("encoder_layers", json!(2)),
        ("decoder_layers", json!(3)),
        ("decoder_ffn_dim", json!(128)),
        ("alignment_heads", json!([[1, 0], [2, 1]])),
        ("suppress_tokens", json!([1, 2, 7])),
        ("begin_suppress_tokens", json!([0])),
        ("is_multilingual", json!(true)),
        ("eos_token_id", json!(50_257)),
        ("no_timestamps_token_id", json!(50_263)),
        ("lang_to_id", json!({"<|en|>": 50_259, "<|de|>": 50_260})),
        ("task_to_id", json!({"translate": 50_261, "transcribe": 50_262})),
    ] {
        assert_eq!(config[field], want, "{field}");
    }
}

#[test]
fn folders_that_are_no_whisper_are_refused() {
    let check = |change: &dyn Fn(&Path), want: &str| {
        let dir = tempfile::tempdir().unwrap();
        hugging_face_folder(dir.path(), true);
        change(dir.path());
        let error = from_folder(dir.path()).map(|_| ()).unwrap_err();
        assert_eq!(error.exit_code(), 1, "{error}");
        assert!(error.to_string().contains(want), "{error}");
    };
    let edit = |name: &'static str, from: &'static str, to: &'static str| {
        move |dir: &Path| {
            let text = fs::read_to_string(dir.join(name)).unwrap();
            assert!(text.contains(from), "{text}");
            fs::write(dir.join(name), text.replace(from, to)).unwrap();
        }
    };
    check(&|dir| fs::remove_file(dir.join("tokenizer.json")).unwrap(), "tokenizer.json");
    check(&|dir| fs::rename(dir.join("model.safetensors"), dir.join("a.gguf")).unwrap(), "GGUF is not read");
    check(&|dir| fs::write(dir.join("model.safetensors"), "no").unwrap(), "damaged");
    check(&edit("config.json", "whisper", "llama"), "only whisper");
    check(&edit("config.json", "\"decoder_layers\":3", "\"decoder_layers\":4"), "layers.3");
    check(&edit("config.json", "\"decoder_layers\":3", "\"decoder_layers\":4000000"), "decoder_layers");
    check(&edit("config.json", "\"vocab_size\":120", "\"vocab_size\":121"), "expected [121, 64]");
    check(&edit("generation_config.json", "[2,1]", "[2,9]"), "alignment head");
    check(&edit("tokenizer.json", "<|transcribe|>", "x"), "<|transcribe|>");
}

/// Every prefix of a CTranslate2 file is an error, and none a panic.
#[test]
fn cut_ct2_files_are_refused() {
    let whole = ct2_model();
    // The aliases at the end are not read, so a file cut inside them still holds every variable.
    let steps = (0..whole.len() - 4).filter(|len| len % 997 == 0 || *len < 2000);
    for len in steps {
        assert!(WhisperCt2::parse(whole[..len].to_vec(), "a test").is_err(), "cut to {len}");
    }
    for at in 0..2000 {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xFF;
        if let Ok(source) = WhisperCt2::parse(bytes, "a test") {
            let _ = source.config(CT2_CONFIG.as_bytes(), &tokenizer());
        }
    }
}

fn entry(id: &str) -> models::weights::ModelEntry {
    models::weights::ModelEntry {
        id: id.into(),
        title: "a test".into(),
        kind: models::weights::ModelKind::Whisper,
        licence: "MIT".into(),
        source: "a test".into(),
        languages: vec!["en".into()],
        bytes: 0,
        files: Vec::new(),
    }
}

#[test]
fn shards_get_their_names_when_all_are_there() {
    let dir = tempfile::tempdir().unwrap();
    let names_of = |id: &str, shards: &[&[u8]]| -> Vec<String> {
        let mut draft = store::Draft::new(dir.path()).unwrap();
        draft.file("config.json", b"{}").unwrap();
        shards.iter().for_each(|bytes| draft.shard(bytes).unwrap());
        let stored = draft.put(entry(id)).unwrap();
        assert!(store::is_whole(dir.path(), &stored));
        stored.files.into_iter().map(|file| file.name).collect()
    };
    assert_eq!(names_of("one", &[b"a"]), ["config.json", "model.safetensors"]);
    let two = ["config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];
    assert_eq!(names_of("two", &[b"a", b"b"]), two);
    assert_eq!(fs::read(dir.path().join("two").join(two[2])).unwrap(), b"b");
}

#[test]
fn a_model_is_stored_whole_and_missed_when_harmed() {
    let dir = tempfile::tempdir().unwrap();
    let put = |id: &str, bytes: &[u8]| {
        let mut draft = store::Draft::new(dir.path()).unwrap();
        draft.file("model.safetensors", bytes).unwrap();
        draft.put(entry(id))
    };
    put("one", b"first").unwrap();
    put("two", b"second").unwrap();
    put("one", b"third").unwrap();
    let manifest = store::manifest(dir.path());
    assert_eq!(manifest.models.len(), 2);
    let one = manifest.model("one").unwrap();
    assert_eq!(one.bytes, 5);
    assert!(store::is_whole(dir.path(), one));
    fs::write(dir.path().join("one/model.safetensors"), b"thirD").unwrap();
    assert!(!store::is_whole(dir.path(), one));
    assert!(put("../three", b"x").is_err());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3, "nothing is left behind");
}

#[test]
fn tensor_specs_are_those_of_the_reference_layout() {
    let source = WhisperCt2::parse(ct2_model(), "a test").unwrap();
    let config = source.config(CT2_CONFIG.as_bytes(), &tokenizer()).unwrap();
    let specs: BTreeMap<_, _> =
        config.tensors().into_iter().map(|TensorSpec { name, shape }| (name, shape)).collect();
    let truth: BTreeMap<_, _> = tensors().into_iter().map(|(name, (shape, _))| (name, shape)).collect();
    assert_eq!(specs, truth);
}
