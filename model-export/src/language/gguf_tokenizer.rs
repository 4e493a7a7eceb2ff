//! A `tokenizer.json` of byte-level BPE out of a GGUF file's metadata. The metadata names the rule by which text is split before merging;
//! the rules themselves are those of the official `tokenizer.json` files.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::ExportError;
use crate::sources::gguf::Gguf;

/// `tokenizer.ggml.token_type` of a special token.
const CONTROL: f64 = 3.0;
/// Of one that is matched whole, but is text.
const USER_DEFINED: f64 = 4.0;
/// Of a row of the embedding that stands for nothing.
const UNUSED: f64 = 5.0;

/// How a text is split, and what belongs to it.
struct Rule {
    normalizer: Value,
    split: Value,
    /// A piece that is a token as a whole is not merged together.
    ignores_merges: bool,
}

/// The rules by their names in `tokenizer.ggml.pre`.
fn rule(name: &str) -> Option<Rule> {
    let plain = |split: Value| Rule { normalizer: Value::Null, split, ignores_merges: false };
    Some(match name {
        "gpt-2" => plain(byte_level()),
        // Digits one by one.
        "smollm" => plain(sequence([json!({"type": "Digits", "individual_digits": true}), byte_level()])),
        "qwen2" => Rule { normalizer: json!({"type": "NFC"}), ..plain(words_and_digits(r"\p{N}")) },
        "llama-bpe" => Rule { ignores_merges: true, ..plain(words_and_digits(r"\p{N}{1,3}")) },
        _ => return None,
    })
}

fn byte_level() -> Value {
    json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true})
}

fn sequence(parts: [Value; 2]) -> Value {
    json!({"type": "Sequence", "pretokenizers": parts})
}

/// The splitting that came with GPT-4, where `digits` are so many that stand together: in Llama 3 up to three, in Qwen one.
fn words_and_digits(digits: &str) -> Value {
    let regex = [
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)",
        r"[^\r\n\p{L}\p{N}]?\p{L}+",
        digits,
        r" ?[^\s\p{L}\p{N}]+[\r\n]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
    .join("|");
    let split =
        json!({"type": "Split", "pattern": {"Regex": regex}, "behavior": "Isolated", "invert": false});
    let bytes =
        json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false});
    sequence([split, bytes])
}

/// The document.
///
/// # Errors
/// [`ExportError::Input`] where it is no byte-level BPE, its rule is not known, or its lists contradict each other.
pub fn tokenizer(file: &Gguf) -> Result<Value, ExportError> {
    let bad = |reason: String| ExportError::input(file.origin(), reason);
    let model = file.text("tokenizer.ggml.model")?;
    if model != "gpt2" {
        let reason = format!(
            "tokenizers of the kind {model:?} are not converted, \"gpt2\" is; take the model's Hugging Face folder"
        );
        return Err(bad(reason));
    }
    let name = file.text("tokenizer.ggml.pre")?;
    let rule = rule(name).ok_or_else(|| {
        bad(format!(
            "how {name:?} splits text is not known; \"gpt-2\", \"smollm\", \"qwen2\" and \"llama-bpe\" are"
        ))
    })?;
    let tokens = file.texts("tokenizer.ggml.tokens")?;
    let kinds = file.numbers("tokenizer.ggml.token_type")?;
    let merges = file.texts("tokenizer.ggml.merges")?;
    if tokens.len() != kinds.len() {
        return Err(bad(format!("{} tokens and kinds of {}", tokens.len(), kinds.len())));
    }
    let known: HashSet<&str> = tokens.iter().copied().collect();
    if known.len() != tokens.len() {
        return Err(bad("a token is there twice".to_owned()));
    }
    if let Some(merge) = merges.iter().find(|merge| !is_merge(merge, &known)) {
        return Err(bad(format!("the merge {merge:?} does not join two tokens to a third")));
    }
    let used = || tokens.iter().zip(&kinds).enumerate().filter(|(_, (_, kind))| **kind != UNUSED);
    let vocabulary: Map<String, Value> =
        used().map(|(id, (token, _))| ((*token).to_owned(), json!(id))).collect();
    let added = used().filter(|(_, (_, kind))| [CONTROL, USER_DEFINED].contains(*kind));
    let added: Vec<Value> = added.map(|(id, (token, kind))| added_token(id, token, *kind)).collect();
    let mut bpe = json!({"type": "BPE", "fuse_unk": false, "byte_fallback": false, "vocab": vocabulary,
                         "merges": merges});
    if rule.ignores_merges {
        bpe["ignore_merges"] = Value::Bool(true);
    }
    let mut document = json!({"version": "1.0", "added_tokens": added, "pre_tokenizer": rule.split,
                              "decoder": byte_level(), "model": bpe});
    if !rule.normalizer.is_null() {
        document["normalizer"] = rule.normalizer;
    }
    Ok(document)
}

fn is_merge(merge: &str, known: &HashSet<&str>) -> bool {
    merge.split_once(' ').is_some_and(|(left, right)| {
        known.contains(left) && known.contains(right) && known.contains(format!("{left}{right}").as_str())
    })
}

fn added_token(id: usize, token: &str, kind: f64) -> Value {
    json!({"id": id, "content": token, "single_word": false, "lstrip": false, "rstrip": false,
           "normalized": false, "special": kind == CONTROL})
}
