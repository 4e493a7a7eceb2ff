//! The small models in both source forms: they must give the same bytes, and what cannot be computed must be refused by name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use models::weights::{ModelKind, Reader, Weight};
use serde_json::{Value, json};

use super::tiny::*;
use super::{Family, gguf};
use crate::ExportError;
use crate::local_model::LocalModel;
use crate::package::Precision;
use crate::sources::gguf::Gguf;
use crate::sources::span::Span;
use crate::store::Draft;

const LLAMA: Tiny = ALL[0];
const QWEN2: Tiny = ALL[2];
const QWEN3: Tiny = ALL[3];

/// What is written for the model at `path`, by name.
fn exported_at(path: &Path, precision: Precision) -> Result<BTreeMap<String, Vec<u8>>, ExportError> {
    let out = tempfile::tempdir().unwrap();
    let mut draft = Draft::new(out.path())?;
    let about = LocalModel::open(path)?.write(precision, &mut draft)?;
    assert_eq!(about.kind, ModelKind::Llm);
    let entry = models::weights::ModelEntry {
        id: "tiny".into(),
        title: "a test".into(),
        kind: about.kind,
        licence: "MIT".into(),
        source: about.source,
        languages: about.languages,
        bytes: 0,
        files: Vec::new(),
    };
    let entry = draft.put(entry)?;
    let read = |name: &str| fs::read(out.path().join("tiny").join(name)).unwrap();
    Ok(entry.files.iter().map(|file| (file.name.clone(), read(&file.name))).collect())
}

fn exported(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, ExportError> {
    exported_at(path, Precision::Shipped)
}

fn from_folder(tiny: Tiny, kind: u32) -> BTreeMap<String, Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    tiny.folder(dir.path(), kind);
    exported(dir.path()).unwrap()
}

fn from_gguf(file: &GgufFile) -> Result<BTreeMap<String, Vec<u8>>, ExportError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("tiny.gguf");
    fs::write(&path, file.bytes()).unwrap();
    exported(&path)
}

fn config_of(files: &BTreeMap<String, Vec<u8>>) -> Value {
    serde_json::from_slice(&files["config.json"]).unwrap()
}

#[test]
fn all_forms_give_the_same_bytes() {
    for tiny in ALL {
        let reference = from_folder(tiny, F32);
        assert_eq!(
            reference.keys().collect::<Vec<_>>(),
            ["config.json", "model.safetensors", "tokenizer.json"]
        );
        let folders = [F16, BF16].map(|kind| (kind, from_folder(tiny, kind)));
        let ggufs = [F32, F16, BF16, Q4_0, Q4_1].map(|kind| (kind, from_gguf(&tiny.gguf(kind)).unwrap()));
        for (kind, files) in folders.into_iter().chain(ggufs) {
            for (name, bytes) in &reference {
                assert!(files[name] == *bytes, "{tiny:?}, type {kind}: {name} differs");
            }
        }
    }
}

#[test]
fn every_tensor_arrives_under_its_name() {
    for tiny in ALL {
        let files = from_gguf(&tiny.gguf(Q4_1)).unwrap();
        let mut reader = Reader::new(vec![files["model.safetensors"].clone()]).unwrap();
        for (name, (shape, truth)) in tiny.tensors() {
            let weight = reader.take(&name, &shape).unwrap();
            let is_vocabulary = name.contains("embed_tokens") || name.contains("lm_head");
            match &weight {
                Weight::Q8(_) => assert!(is_vocabulary, "{name}"),
                Weight::Q4(_) => assert!(shape.len() == 2 && !is_vocabulary, "{name}"),
                Weight::Full { .. } => assert_eq!(shape.len(), 1, "{name}"),
            }
            // Eight bits clip a tenth of a block's largest value at most.
            let tolerance = if is_vocabulary { 0.03 } else { 0.0 };
            let worst = weight.into_f32().iter().zip(&truth).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(worst <= tolerance, "{tiny:?}: {name} is off by {worst}");
        }
        assert_eq!(reader.names().count(), 0, "nothing else is written");
    }
}

#[test]
fn in_full_precision_nothing_is_rounded() {
    let dir = tempfile::tempdir().unwrap();
    QWEN3.folder(dir.path(), BF16);
    let files = exported_at(dir.path(), Precision::Full).unwrap();
    let mut reader = Reader::new(vec![files["model.safetensors"].clone()]).unwrap();
    for (name, (shape, truth)) in QWEN3.tensors() {
        assert!(reader.take(&name, &shape).unwrap().into_f32() == truth, "{name}");
    }
}

#[test]
fn an_embedding_in_eight_bits_stays_as_it_is() {
    let mut file = LLAMA.gguf(Q4_1);
    let (shape, truth) = LLAMA.tensors().remove("model.embed_tokens.weight").unwrap();
    let tensor = file.tensor("token_embd.weight");
    (tensor.2, tensor.3) = (Q8_0, packed(&truth, Q8_0));
    let files = from_gguf(&file).unwrap();
    let mut reader = Reader::new(vec![files["model.safetensors"].clone()]).unwrap();
    let Weight::Q8(q8) = reader.take("model.embed_tokens.weight", &shape).unwrap() else {
        panic!("it has eight bits")
    };
    assert!(q8.scales.iter().all(|scale| *scale == 1.0 / 32.0) && q8.dequantize() == truth);
}

#[test]
fn the_config_is_what_the_loader_expects() {
    let check = |tiny: Tiny, bias: bool, norm: bool| {
        let expected = json!({"model_type": tiny.family.to_string(), "hidden_size": 64, "intermediate_size": 96,
            "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 32,
            "vocab_size": 40, "max_position_embeddings": 256, "rms_norm_eps": 1e-5, "rope_theta": 100_000.0,
            "tie_word_embeddings": tiny.tied, "qkv_bias": bias, "qk_norm": norm, "eos_token_id": 6,
            "bos_token": "<|im_start|>", "eos_token": "<|im_end|>", "chat_template": TEMPLATE});
        assert_eq!(config_of(&from_folder(tiny, F32)), expected);
    };
    check(LLAMA, false, false);
    check(QWEN2, true, false);
    check(QWEN3, false, true);
}

/// The config that comes of a folder after `change`.
fn changed(tiny: Tiny, change: &dyn Fn(&Path)) -> Result<Value, ExportError> {
    let dir = tempfile::tempdir().unwrap();
    tiny.folder(dir.path(), F16);
    change(dir.path());
    exported(dir.path()).map(|files| config_of(&files))
}

/// With other fields in a document of the folder; a null takes the field away.
fn with(name: &'static str, fields: Value) -> impl Fn(&Path) {
    move |dir: &Path| {
        let text = fs::read_to_string(dir.join(name)).unwrap_or_else(|_| "{}".into());
        let mut document: Value = serde_json::from_str(&text).unwrap();
        for (key, value) in fields.as_object().unwrap() {
            match value {
                Value::Null => drop(document.as_object_mut().unwrap().remove(key)),
                value => document[key] = value.clone(),
            }
        }
        put(dir, name, &document);
    }
}

#[test]
fn llama_3_scaling_is_kept_in_both_spellings() {
    let scaling = json!({"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 64});
    let mut newer = scaling.clone();
    newer["rope_theta"] = json!(500_000.0);
    let older = with("config.json", json!({"rope_scaling": scaling, "rope_theta": 500_000}));
    let newer =
        with("config.json", json!({"rope_parameters": newer, "rope_theta": null, "rope_scaling": null}));
    let (older, newer) = (changed(LLAMA, &older).unwrap(), changed(LLAMA, &newer).unwrap());
    assert_eq!(older["rope_scaling"], scaling);
    assert_eq!(older["rope_theta"], json!(500_000.0));
    assert_eq!(older, newer);
    let plain = with(
        "config.json",
        json!({"rope_parameters": {"rope_type": "default", "rope_theta": 7.0},
        "rope_theta": null}),
    );
    let plain = changed(LLAMA, &plain).unwrap();
    assert_eq!((&plain["rope_theta"], &plain["rope_scaling"]), (&json!(7.0), &Value::Null));
    assert_eq!(
        changed(LLAMA, &with("config.json", json!({"rope_theta": null}))).unwrap()["rope_theta"],
        10_000.0
    );
}

#[test]
fn answers_end_with_what_any_file_names() {
    let generation = with("generation_config.json", json!({"eos_token_id": [6, 3]}));
    assert_eq!(changed(LLAMA, &generation).unwrap()["eos_token_id"], json!([6, 3]));
    let base = with("config.json", json!({"eos_token_id": 0}));
    assert_eq!(changed(LLAMA, &base).unwrap()["eos_token_id"], json!([0, 6]), "the tokenizer's own end");
    let nowhere = |dir: &Path| {
        with("config.json", json!({"eos_token_id": null}))(dir);
        with("tokenizer_config.json", json!({"eos_token": null}))(dir);
    };
    let ends = changed(LLAMA, &nowhere).unwrap();
    assert_eq!(
        (&ends["eos_token_id"], &ends["eos_token"]),
        (&json!(6), &Value::Null),
        "the template's turns"
    );
}

#[test]
fn the_template_comes_from_where_it_lies() {
    let template = |change: &dyn Fn(&Path)| changed(QWEN2, change).unwrap()["chat_template"].clone();
    let list = json!({"chat_template": [{"name": "tool_use", "template": "T"}, {"name": "default", "template": "D"}]});
    assert_eq!(template(&with("tokenizer_config.json", list.clone())), "D");
    let own_file = |dir: &Path| {
        with("tokenizer_config.json", list.clone())(dir);
        fs::write(dir.join("chat_template.jinja"), "J\n").unwrap();
    };
    assert_eq!(template(&own_file), "J\n");
    let none = template(&|dir| fs::remove_file(dir.join("tokenizer_config.json")).unwrap());
    assert!(none.as_str().unwrap().contains("<|im_start|>assistant\n"), "ChatML by its tokens: {none}");
}

#[test]
fn folders_that_are_not_computed_are_refused() {
    let check = |tiny: Tiny, change: &dyn Fn(&Path), want: &str| {
        let error = changed(tiny, change).unwrap_err();
        assert_eq!(error.exit_code(), 1, "{error}");
        assert!(error.to_string().contains(want), "{error}; expected {want}");
    };
    let config = |tiny: Tiny, fields: Value, want: &str| check(tiny, &with("config.json", fields), want);
    config(LLAMA, json!({"model_type": "gemma3"}), "\"gemma3\"; whisper, llama, qwen2 and qwen3");
    config(LLAMA, json!({"architectures": ["LlamaForSequenceClassification"]}), "writes no text");
    config(LLAMA, json!({"hidden_act": "gelu"}), "\"gelu\"");
    config(LLAMA, json!({"rope_scaling": {"type": "linear", "factor": 2.0}}), "\"linear\"");
    config(LLAMA, json!({"rope_scaling": {"rope_type": "yarn", "factor": 4.0}}), "\"yarn\"");
    config(LLAMA, json!({"rope_scaling": {"rope_type": "llama3", "factor": 8.0}}), "lacks a field");
    config(QWEN3, json!({"rope_parameters": {"full_attention": {"rope_theta": 1.0}}}), "in some layers");
    config(LLAMA, json!({"partial_rotary_factor": 0.5}), "partial_rotary_factor");
    config(QWEN2, json!({"use_sliding_window": true}), "last 32 tokens");
    config(QWEN3, json!({"layer_types": ["full_attention", "sliding_attention"]}), "\"sliding_attention\"");
    config(LLAMA, json!({"mlp_bias": true}), "mlp_bias");
    config(QWEN3, json!({"num_experts": 8}), "mixture of experts");
    config(LLAMA, json!({"quantization_config": {"bits": 4}}), "quantization_config");
    config(LLAMA, json!({"intermediate_size": 100}), "intermediate_size is 100; only multiples of 32");
    config(LLAMA, json!({"hidden_size": 0}), "hidden_size is 0");
    config(LLAMA, json!({"num_hidden_layers": 4_000_000}), "num_hidden_layers is 4000000");
    config(LLAMA, json!({"num_attention_heads": 3}), "cannot share");
    config(LLAMA, json!({"head_dim": 9_007_199_254_740_993u64}), "head_dim is");
    config(LLAMA, json!({"rms_norm_eps": -1.0}), "rms_norm_eps is -1");
    config(LLAMA, json!({"num_hidden_layers": 3}), "model.layers.2.input_layernorm.weight is missing");
    config(LLAMA, json!({"num_hidden_layers": 1}), "model.layers.1");
    config(LLAMA, json!({"tie_word_embeddings": false}), "lm_head.weight is missing");
    config(LLAMA, json!({"vocab_size": 41}), "expected [41, 64]");
    config(LLAMA, json!({"model_type": "qwen2"}), "self_attn.q_proj.bias is missing");
    config(LLAMA, json!({"model_type": "qwen3"}), "self_attn.q_norm.weight is missing");
    config(QWEN3, json!({"model_type": "llama"}), "k_norm.weight is no part of a llama model");
    let tokenizer = json!({"model": {"type": "Unigram", "vocab": []}});
    check(LLAMA, &with("tokenizer.json", tokenizer), "BPE is read");
    check(LLAMA, &|dir| fs::remove_file(dir.join("tokenizer.json")).unwrap(), "tokenizer.json");
    let bias = |dir: &Path| {
        let extra = ("model.layers.0.self_attn.o_proj.bias".to_owned(), (vec![64], vec![0.5; 64]));
        fs::write(dir.join("model-3.safetensors"), safetensors(&[extra].into(), F32)).unwrap();
    };
    check(LLAMA, &bias, "o_proj.bias; of the biases only");
    let nan = |dir: &Path| {
        let mut tensors = LLAMA.tensors();
        tensors.get_mut("model.norm.weight").unwrap().1[3] = f32::NAN;
        fs::remove_file(dir.join("model-00002-of-00002.safetensors")).unwrap();
        fs::write(dir.join("model-00001-of-00002.safetensors"), safetensors(&tensors, F16)).unwrap();
    };
    check(LLAMA, &nan, "model.norm.weight: a value is not finite");
}

#[test]
fn a_tokenizer_that_is_not_of_bytes_is_refused() {
    let decoder = |decoder: Value| with("tokenizer.json", json!({"decoder": decoder}));
    let parts = |kinds: [&str; 2]| {
        let parts: Vec<Value> = kinds.iter().map(|kind| json!({"type": kind})).collect();
        decoder(json!({"type": "Sequence", "decoders": parts}))
    };
    assert!(changed(LLAMA, &decoder(json!({"type": "ByteLevel"}))).is_ok());
    assert!(changed(LLAMA, &parts(["ByteLevel", "Fuse"])).is_ok());
    let refused = changed(LLAMA, &parts(["ByteFallback", "Fuse"])).unwrap_err().to_string();
    assert!(refused.contains("SentencePiece"), "{refused}");
}

#[test]
fn a_llama_with_biases_of_its_queries_is_taken() {
    let add = |dir: &Path| {
        let biases = QWEN2.tensors().into_iter().filter(|(name, _)| name.ends_with(".bias"));
        fs::write(dir.join("model-3.safetensors"), safetensors(&biases.collect(), F32)).unwrap();
    };
    assert_eq!(changed(LLAMA, &add).unwrap()["qkv_bias"], true);
}

#[test]
fn gguf_files_that_are_not_computed_are_refused() {
    let check = |tiny: Tiny, change: &dyn Fn(&mut GgufFile), want: &str| {
        let mut file = tiny.gguf(F16);
        change(&mut file);
        let error = from_gguf(&file).unwrap_err();
        assert_eq!(error.exit_code(), 1, "{error}");
        assert!(error.to_string().contains(want), "{error}; expected {want}");
    };
    let set = |tiny: Tiny, key: &str, value: Meta, want: &str| {
        check(tiny, &|file| file.set(key, value.clone()), want);
    };
    let text = |text: &str| Meta::Text(text.into());
    set(LLAMA, "general.architecture", text("mamba"), "architecture mamba");
    set(LLAMA, "llama.expert_count", Meta::Size(8), "mixture of experts");
    set(LLAMA, "split.count", Meta::Size(3), "gguf-split");
    set(QWEN2, "qwen2.attention.sliding_window", Meta::Size(64), "sliding_window");
    set(QWEN2, "qwen2.rope.scaling.type", text("yarn"), "\"yarn\"");
    set(LLAMA, "llama.rope.dimension_count", Meta::Size(16), "16 are turned");
    set(LLAMA, "llama.feed_forward_length", Meta::Size(100), "only multiples of 32");
    set(LLAMA, "llama.block_count", Meta::Size(100_000), "num_hidden_layers is 100000");
    set(LLAMA, "llama.block_count", Meta::Size(3), "model.layers.2.input_layernorm.weight is missing");
    set(LLAMA, "llama.attention.head_count", Meta::Size(0), "num_attention_heads is 0");
    set(LLAMA, "tokenizer.ggml.model", text("llama"), "Hugging Face folder");
    set(LLAMA, "tokenizer.ggml.pre", text("tekken"), "\"tekken\" splits text");
    set(LLAMA, "tokenizer.ggml.merges", Meta::Texts(vec!["a c".into()]), "\"a c\" does not join");
    set(LLAMA, "tokenizer.ggml.tokens", Meta::Texts(vec!["a".into(); 40]), "twice");
    set(LLAMA, "tokenizer.ggml.token_type", Meta::Kinds(vec![1; 39]), "40 tokens and kinds of 39");
    check(LLAMA, &|file| file.remove("llama.context_length"), "no llama.context_length");
    let no_template = |file: &mut GgufFile| {
        file.remove("tokenizer.chat_template");
        let list = (0..VOCABULARY).map(|id| format!("t{id}")).collect();
        file.set("tokenizer.ggml.tokens", Meta::Texts(list));
    };
    check(LLAMA, &no_template, "no chat template");
    check(
        LLAMA,
        &|file| file.tensors.push(("rope_freqs.weight".into(), vec![16], F32, vec![0; 64])),
        "rope_freqs",
    );
    let bias = ("blk.0.attn_output.bias".to_owned(), vec![WIDTH], F32, vec![0; 4 * WIDTH]);
    check(LLAMA, &|file| file.tensors.push(bias.clone()), "o_proj.bias; of the biases only");
    let twice = |file: &mut GgufFile| file.tensors.push(file.tensors[0].clone());
    check(LLAMA, &twice, "is there twice");
    check(LLAMA, &|file| file.tensor("blk.1.ffn_up.weight").2 = 10, "type Q2_K is not read");
    check(LLAMA, &|file| file.tensor("blk.1.ffn_up.weight").2 = 20, "type IQ4_NL is not read");
    check(LLAMA, &|file| file.tensor("blk.1.ffn_up.weight").2 = 12, "no whole blocks");
    check(LLAMA, &|file| file.tensor("blk.1.ffn_up.weight").1[0] = 97, "expected [96, 64]");
}

#[test]
fn a_gguf_file_is_found_in_its_folder() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str| fs::write(dir.path().join(name), QWEN3.gguf(Q4_0).bytes()).unwrap();
    write("one.gguf");
    let alone = exported(dir.path()).unwrap();
    assert!(alone == from_gguf(&QWEN3.gguf(Q4_0)).unwrap());
    write("two.gguf");
    let error = exported(dir.path()).unwrap_err().to_string();
    assert!(error.contains("2 .gguf files"), "{error}");
    QWEN2.folder(dir.path(), F32);
    assert_eq!(config_of(&exported(dir.path()).unwrap())["model_type"], "qwen2", "the official files count");
    let error = exported(&dir.path().join("none")).unwrap_err();
    assert_eq!(error.exit_code(), 1, "{error}");
}

/// Every prefix is an error, and no flipped byte of the tables a panic.
#[test]
fn damaged_files_never_panic() {
    let whole = QWEN2.gguf(Q4_1).bytes();
    let open = |bytes: Vec<u8>| {
        let out = tempfile::tempdir().unwrap();
        let file = Gguf::parse(Span::Memory(bytes), "damaged")?;
        gguf::open(file)?.write(Precision::Shipped, &mut Draft::new(out.path())?)
    };
    open(whole.clone()).unwrap();
    for length in (0..whole.len()).filter(|length| length % 1999 == 0 || *length < 600) {
        assert!(open(whole[..length].to_vec()).is_err(), "cut to {length}");
    }
    for at in (0..6000).step_by(29) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xFF;
        let _ = open(bytes);
    }
}

#[test]
fn damaged_safetensors_are_refused() {
    let whole = safetensors(&LLAMA.tensors(), F16);
    let dir = tempfile::tempdir().unwrap();
    LLAMA.folder(dir.path(), F16);
    fs::remove_file(dir.path().join("model-00002-of-00002.safetensors")).unwrap();
    let path = dir.path().join("model-00001-of-00002.safetensors");
    let open = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        exported(dir.path())
    };
    open(&whole).unwrap();
    for length in (0..whole.len()).step_by(1501).chain([whole.len() - 1]) {
        let error = open(&whole[..length]).unwrap_err();
        assert_eq!(error.exit_code(), 1, "{error}");
    }
    for at in (0..3000).step_by(31) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xFF;
        let _ = open(&bytes);
    }
}

#[test]
fn families_go_by_their_names() {
    assert_eq!(Family::named("qwen3"), Some(Family::Qwen3));
    assert_eq!(Family::named("qwen3_moe"), None);
}
