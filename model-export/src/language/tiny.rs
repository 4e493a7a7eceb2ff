//! One small language model of each family, made up here, written in both source forms by hand rather than by the code under test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use half::{bf16, f16};
use serde_json::{Value, json};

use super::Family;

pub const WIDTH: usize = 64;
const INNER: usize = 96;
const LAYERS: usize = 2;
const HEADS: usize = 4;
const KEY_HEADS: usize = 2;
const HEAD_WIDTH: usize = 32;
pub const VOCABULARY: usize = 40;

/// Step and minimum of every matrix, so that floats, Q4_0 and Q4_1 hold the same numbers.
const STEP: f32 = 1.0 / 32.0;
const LEAST: f32 = -8.0 * STEP;

/// Numbers of types in GGUF.
pub const F32: u32 = 0;
pub const F16: u32 = 1;
pub const Q4_0: u32 = 2;
pub const Q4_1: u32 = 3;
pub const Q8_0: u32 = 8;
pub const BF16: u32 = 30;

pub type Tensors = BTreeMap<String, (Vec<usize>, Vec<f32>)>;

/// One model.
#[derive(Clone, Copy, Debug)]
pub struct Tiny {
    pub family: Family,
    pub tied: bool,
}

pub const ALL: [Tiny; 4] = [
    Tiny { family: Family::Llama, tied: true },
    Tiny { family: Family::Llama, tied: false },
    Tiny { family: Family::Qwen2, tied: true },
    Tiny { family: Family::Qwen3, tied: false },
];

/// On the steps, another set for each name; the first two of every block are the lowest and the highest.
fn values(name: &str, count: usize) -> Vec<f32> {
    let seed = name.bytes().fold(7u32, |h, b| h.wrapping_mul(31).wrapping_add(b.into()));
    let step = |at: usize| match at % 32 {
        0 => 0,
        1 => 15,
        _ => (at as u32).wrapping_add(seed).wrapping_mul(2_654_435_761) >> 28,
    };
    (0..count).map(|at| step(at) as f32 * STEP + LEAST).collect()
}

impl Tiny {
    /// Names and shapes after the reference implementation.
    pub fn tensors(self) -> Tensors {
        let mut all = BTreeMap::new();
        let mut add = |name: String, shape: &[usize]| {
            all.insert(name.clone(), (shape.to_vec(), values(&name, shape.iter().product())));
        };
        add("model.embed_tokens.weight".into(), &[VOCABULARY, WIDTH]);
        add("model.norm.weight".into(), &[WIDTH]);
        if !self.tied {
            add("lm_head.weight".into(), &[VOCABULARY, WIDTH]);
        }
        let (queries, keys) = (HEADS * HEAD_WIDTH, KEY_HEADS * HEAD_WIDTH);
        for layer in (0..LAYERS).map(|layer| format!("model.layers.{layer}")) {
            for (name, shape) in [
                ("input_layernorm", vec![WIDTH]),
                ("post_attention_layernorm", vec![WIDTH]),
                ("self_attn.q_proj", vec![queries, WIDTH]),
                ("self_attn.k_proj", vec![keys, WIDTH]),
                ("self_attn.v_proj", vec![keys, WIDTH]),
                ("self_attn.o_proj", vec![WIDTH, queries]),
                ("mlp.gate_proj", vec![INNER, WIDTH]),
                ("mlp.up_proj", vec![INNER, WIDTH]),
                ("mlp.down_proj", vec![WIDTH, INNER]),
            ] {
                add(format!("{layer}.{name}.weight"), &shape);
            }
            if self.family == Family::Qwen2 {
                add(format!("{layer}.self_attn.q_proj.bias"), &[queries]);
                add(format!("{layer}.self_attn.k_proj.bias"), &[keys]);
                add(format!("{layer}.self_attn.v_proj.bias"), &[keys]);
            }
            if self.family == Family::Qwen3 {
                add(format!("{layer}.self_attn.q_norm.weight"), &[HEAD_WIDTH]);
                add(format!("{layer}.self_attn.k_norm.weight"), &[HEAD_WIDTH]);
            }
        }
        all
    }

    /// `config.json` as it is found.
    pub fn config(self) -> Value {
        json!({"architectures": ["ModelForCausalLM"],
            "model_type": self.family.to_string(), "hidden_size": WIDTH, "intermediate_size": INNER,
            "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "num_key_value_heads": KEY_HEADS,
            "head_dim": HEAD_WIDTH, "vocab_size": VOCABULARY, "max_position_embeddings": 256,
            "rms_norm_eps": 1e-5, "rope_theta": 100_000, "rope_scaling": null, "hidden_act": "silu",
            "use_sliding_window": false, "sliding_window": 32, "attention_dropout": 0.0,
            "tie_word_embeddings": self.tied, "bos_token_id": 5, "eos_token_id": 6})
    }

    /// A folder of official files; weights of the type `kind`, in two shards.
    pub fn folder(self, dir: &Path, kind: u32) {
        put(dir, "config.json", &self.config());
        put(dir, "tokenizer.json", &self.tokenizer());
        let spoken = json!({"chat_template": TEMPLATE, "bos_token": "<|im_start|>",
            "eos_token": {"content": "<|im_end|>", "lstrip": false}});
        put(dir, "tokenizer_config.json", &spoken);
        let (first, second): (Tensors, Tensors) =
            self.tensors().into_iter().partition(|(name, _)| !name.contains("layers.1"));
        for (number, tensors) in [first, second].iter().enumerate() {
            let name = format!("model-0000{}-of-00002.safetensors", number + 1);
            fs::write(dir.join(name), safetensors(tensors, kind)).unwrap();
        }
    }

    /// As the official files have it: how text is split differs from family to family.
    fn tokenizer(self) -> Value {
        let byte_level = |regex: bool| json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": regex});
        let qwen = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
        let llama = qwen.replace(r"|\p{N}| ?", r"|\p{N}{1,3}| ?");
        let regex = if self.family == Family::Llama { llama.as_str() } else { qwen };
        let split =
            json!({"type": "Split", "pattern": {"Regex": regex}, "behavior": "Isolated", "invert": false});
        let added = |id: u32, content: &str, special: bool| {
            json!({"id": id, "content": content, "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": special})
        };
        let mut whole = json!({"version": "1.0",
            "added_tokens": [added(5, "<|im_start|>", true), added(6, "<|im_end|>", true), added(7, "<think>", false)],
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, byte_level(false)]},
            "decoder": byte_level(true),
            "model": {"type": "BPE", "fuse_unk": false, "byte_fallback": false, "merges": ["a b", "Ġ ab"],
                "vocab": {"a": 0, "b": 1, "ab": 2, "Ġ": 3, "Ġab": 4, "<|im_start|>": 5, "<|im_end|>": 6, "<think>": 7}}});
        match self.family {
            Family::Llama => whole["model"]["ignore_merges"] = json!(true),
            _ => whole["normalizer"] = json!({"type": "NFC"}),
        }
        whole
    }

    /// The same model as llama.cpp's converter writes it; matrices of the type `kind`, the embedding in F16.
    pub fn gguf(self, kind: u32) -> GgufFile {
        let family = self.family;
        let mut file = GgufFile::default();
        let mut texts =
            ["a", "b", "ab", "Ġ", "Ġab", "<|im_start|>", "<|im_end|>", "<think>"].map(String::from).to_vec();
        texts.extend((texts.len()..VOCABULARY).map(|id| format!("[PAD{id}]")));
        let kinds =
            (0..VOCABULARY).map(|id| [1, 1, 1, 1, 1, 3, 3, 4].get(id).copied().unwrap_or(5)).collect();
        file.set("general.architecture", Meta::Text(family.to_string()));
        file.set("tokenizer.ggml.model", Meta::Text("gpt2".into()));
        let pre = if family == Family::Llama { "llama-bpe" } else { "qwen2" };
        file.set("tokenizer.ggml.pre", Meta::Text(pre.into()));
        file.set("tokenizer.ggml.tokens", Meta::Texts(texts));
        file.set("tokenizer.ggml.token_type", Meta::Kinds(kinds));
        file.set("tokenizer.ggml.merges", Meta::Texts(vec!["a b".into(), "Ġ ab".into()]));
        file.set("tokenizer.ggml.bos_token_id", Meta::Size(5));
        file.set("tokenizer.ggml.eos_token_id", Meta::Size(6));
        file.set("tokenizer.chat_template", Meta::Text(TEMPLATE.into()));
        for (key, value) in [
            ("block_count", LAYERS),
            ("context_length", 256),
            ("embedding_length", WIDTH),
            ("feed_forward_length", INNER),
            ("attention.head_count", HEADS),
            ("attention.head_count_kv", KEY_HEADS),
            ("attention.key_length", HEAD_WIDTH),
            ("attention.value_length", HEAD_WIDTH),
            ("rope.dimension_count", HEAD_WIDTH),
        ] {
            file.set(&format!("{family}.{key}"), Meta::Size(value as u32));
        }
        file.set(&format!("{family}.attention.layer_norm_rms_epsilon"), Meta::Real(1e-5));
        file.set(&format!("{family}.rope.freq_base"), Meta::Real(100_000.0));
        for (name, (shape, values)) in self.tensors() {
            let heads =
                [("q_proj", HEADS), ("k_proj", KEY_HEADS)].into_iter().find(|(part, _)| name.contains(part));
            let values = match heads.filter(|_| family == Family::Llama) {
                Some((_, heads)) => interleaved(&values, heads),
                None => values,
            };
            let kind = if shape.len() == 1 {
                F32
            } else if shape[0] == VOCABULARY {
                F16
            } else {
                kind
            };
            file.tensors.push((theirs(&name), shape, kind, packed(&values, kind)));
        }
        file
    }
}

pub const TEMPLATE: &str =
    "{{ bos_token }}{% for m in messages %}<|im_start|>{{ m['content'] }}<|im_end|>{% endfor %}";

pub fn put(dir: &Path, name: &str, value: &Value) {
    fs::write(dir.join(name), value.to_string()).unwrap();
}

/// llama.cpp's `permute`: per head, `[2, width / 2, …]` becomes `[width / 2, 2, …]`.
fn interleaved(values: &[f32], heads: usize) -> Vec<f32> {
    let row = values.len() / (heads * HEAD_WIDTH);
    let mut out = Vec::new();
    for head in values.chunks(HEAD_WIDTH * row) {
        let (first, second) = head.split_at(HEAD_WIDTH / 2 * row);
        for (one, other) in first.chunks(row).zip(second.chunks(row)) {
            out.extend(one.iter().chain(other));
        }
    }
    out
}

fn theirs(ours: &str) -> String {
    [
        ("model.embed_tokens", "token_embd"),
        ("model.norm", "output_norm"),
        ("lm_head", "output"),
        ("model.layers", "blk"),
        ("input_layernorm", "attn_norm"),
        ("post_attention_layernorm", "ffn_norm"),
        ("self_attn.q_proj", "attn_q"),
        ("self_attn.k_proj", "attn_k"),
        ("self_attn.v_proj", "attn_v"),
        ("self_attn.o_proj", "attn_output"),
        ("self_attn.q_norm", "attn_q_norm"),
        ("self_attn.k_norm", "attn_k_norm"),
        ("mlp.gate_proj", "ffn_gate"),
        ("mlp.up_proj", "ffn_up"),
        ("mlp.down_proj", "ffn_down"),
    ]
    .into_iter()
    .fold(ours.to_owned(), |name, (ours, theirs)| name.replace(ours, theirs))
}

/// `values` as GGUF and safetensors store the type `kind`.
pub fn packed(values: &[f32], kind: u32) -> Vec<u8> {
    let steps = |block: &[f32]| -> Vec<u8> {
        let step: Vec<u8> = block.iter().map(|value| ((value - LEAST) / STEP) as u8).collect();
        (0..16).map(|at| step[at] | step[at + 16] << 4).collect()
    };
    let half = |value: f32| f16::from_f32(value).to_le_bytes();
    match kind {
        F32 => values.iter().flat_map(|v| v.to_le_bytes()).collect(),
        F16 => values.iter().flat_map(|v| half(*v)).collect(),
        BF16 => values.iter().flat_map(|v| bf16::from_f32(*v).to_le_bytes()).collect(),
        Q4_0 => values.chunks(32).flat_map(|b| [half(STEP).to_vec(), steps(b)].concat()).collect(),
        Q4_1 => values
            .chunks(32)
            .flat_map(|b| [half(STEP).to_vec(), half(LEAST).to_vec(), steps(b)].concat())
            .collect(),
        Q8_0 => values
            .chunks(32)
            .flat_map(|b| [half(STEP).to_vec(), b.iter().map(|v| (v / STEP) as i8 as u8).collect()].concat())
            .collect(),
        other => panic!("type {other}"),
    }
}

/// A safetensors file.
pub fn safetensors(tensors: &Tensors, kind: u32) -> Vec<u8> {
    let dtype = [(F32, "F32"), (F16, "F16"), (BF16, "BF16")].into_iter().find(|(number, _)| *number == kind);
    let (mut header, mut data) = (json!({"__metadata__": {"format": "pt"}}), Vec::new());
    for (name, (shape, values)) in tensors {
        let from = data.len();
        data.extend(packed(values, kind));
        header[name] = json!({"dtype": dtype.unwrap().1, "shape": shape, "data_offsets": [from, data.len()]});
    }
    let header = header.to_string();
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &data].concat()
}

/// A value of GGUF's metadata.
#[derive(Clone, Debug)]
pub enum Meta {
    Text(String),
    Size(u32),
    Real(f32),
    Texts(Vec<String>),
    Kinds(Vec<i32>),
}

/// A GGUF file before it is written: metadata, and tensors as (name, shape, type, bytes).
#[derive(Clone, Debug, Default)]
pub struct GgufFile {
    pub metadata: Vec<(String, Meta)>,
    pub tensors: Vec<(String, Vec<usize>, u32, Vec<u8>)>,
}

impl GgufFile {
    pub fn set(&mut self, key: &str, value: Meta) {
        self.remove(key);
        self.metadata.push((key.to_owned(), value));
    }

    pub fn remove(&mut self, key: &str) {
        self.metadata.retain(|(name, _)| name != key);
    }

    pub fn tensor(&mut self, name: &str) -> &mut (String, Vec<usize>, u32, Vec<u8>) {
        self.tensors.iter_mut().find(|tensor| tensor.0 == name).unwrap()
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut out = [b"GGUF".as_slice(), &3u32.to_le_bytes()].concat();
        out.extend((self.tensors.len() as u64).to_le_bytes());
        out.extend((self.metadata.len() as u64).to_le_bytes());
        let text = |out: &mut Vec<u8>, text: &str| {
            out.extend((text.len() as u64).to_le_bytes());
            out.extend(text.as_bytes());
        };
        for (key, value) in &self.metadata {
            text(&mut out, key);
            match value {
                Meta::Text(value) => {
                    out.extend(8u32.to_le_bytes());
                    text(&mut out, value);
                }
                Meta::Size(value) => out.extend([4u32.to_le_bytes(), value.to_le_bytes()].concat()),
                Meta::Real(value) => out.extend([6u32.to_le_bytes(), value.to_le_bytes()].concat()),
                Meta::Texts(list) => {
                    out.extend([9u32.to_le_bytes(), 8u32.to_le_bytes()].concat());
                    out.extend((list.len() as u64).to_le_bytes());
                    list.iter().for_each(|value| text(&mut out, value));
                }
                Meta::Kinds(list) => {
                    out.extend([9u32.to_le_bytes(), 5u32.to_le_bytes()].concat());
                    out.extend((list.len() as u64).to_le_bytes());
                    list.iter().for_each(|value| out.extend(value.to_le_bytes()));
                }
            }
        }
        let mut data: Vec<u8> = Vec::new();
        for (name, shape, kind, bytes) in &self.tensors {
            text(&mut out, name);
            out.extend((shape.len() as u32).to_le_bytes());
            shape.iter().rev().for_each(|axis| out.extend((*axis as u64).to_le_bytes()));
            out.extend(kind.to_le_bytes());
            out.extend((data.len() as u64).to_le_bytes());
            data.extend(bytes);
            data.resize(data.len().next_multiple_of(32), 0);
        }
        out.resize(out.len().next_multiple_of(32), 0);
        out.extend(data);
        out
    }
}
