//! A language model of Llama's family as llama.cpp stores it: settings, tensors and tokenizer under Hugging Face's names. Blocks stay as
//! they are stored; the rows of queries and keys go back to where they stood before llama.cpp's converter interleaved them.

use models::weights::{CONFIG_FILE, StoredAs, TOKENIZER_FILE, Writer};
use serde_json::{Map, Value, json};

use crate::ExportError;
use crate::convert::{Converted, Precision};
use crate::sources::gguf::{Gguf, Stored};

/// Bounds on what a file may claim, so that a damaged one is refused before anything is allocated for it.
const MOST_WIDTH: usize = 1 << 14;
const MOST_LAYERS: usize = 256;
/// `tokenizer.ggml.token_type` of a special token.
const CONTROL: f64 = 3.0;

struct Sizes {
    layers: usize,
    width: usize,
    inner: usize,
    heads: usize,
    key_heads: usize,
    head_width: usize,
    vocabulary: usize,
}

/// The model's files.
pub fn converted(file: &Gguf, precision: Precision, origin: &str) -> Result<Converted, ExportError> {
    let architecture = file.text("general.architecture")?;
    if architecture != "llama" {
        return Err(ExportError::input(
            origin,
            format!("the architecture {architecture} is not converted; llama is"),
        ));
    }
    let sizes = sizes(file, origin)?;
    let mut writer = Writer::new();
    let mut put =
        |theirs: &str, ours: &str, shape: &[usize], heads: Option<usize>| -> Result<(), ExportError> {
            let stored = file.tensor(theirs, shape)?;
            let order = |row: usize| heads.map_or(row, |heads| theirs_of(row, shape[0] / heads));
            match stored {
                Stored::Q4(q4) if precision == Precision::Shipped => {
                    writer.add_q4(ours, &q4.with_rows(order))?
                }
                Stored::Q8(q8) if precision == Precision::Shipped && heads.is_none() => {
                    writer.add_q8(ours, &q8)?
                }
                stored => {
                    let values = match stored {
                        Stored::Full(values) => values,
                        Stored::Q8(q8) => q8.dequantize(),
                        Stored::Q4(q4) => q4.dequantize(),
                    };
                    let columns = values.len() / shape[0];
                    let rows = (0..shape[0])
                        .flat_map(|row| &values[order(row) * columns..(order(row) + 1) * columns]);
                    writer.add(ours, shape, &rows.copied().collect::<Vec<f32>>(), StoredAs::F32)?;
                }
            }
            Ok(())
        };
    let Sizes { layers, width, inner, heads, key_heads, head_width, vocabulary } = sizes;
    put("token_embd.weight", "model.embed_tokens.weight", &[vocabulary, width], None)?;
    for layer in 0..layers {
        let (theirs, ours) = (format!("blk.{layer}"), format!("model.layers.{layer}"));
        let (queries, keys) = (heads * head_width, key_heads * head_width);
        for (part, named, shape, heads) in [
            ("attn_norm", "input_layernorm", vec![width], None),
            ("attn_q", "self_attn.q_proj", vec![queries, width], Some(heads)),
            ("attn_k", "self_attn.k_proj", vec![keys, width], Some(key_heads)),
            ("attn_v", "self_attn.v_proj", vec![keys, width], None),
            ("attn_output", "self_attn.o_proj", vec![width, queries], None),
            ("ffn_norm", "post_attention_layernorm", vec![width], None),
            ("ffn_gate", "mlp.gate_proj", vec![inner, width], None),
            ("ffn_up", "mlp.up_proj", vec![inner, width], None),
            ("ffn_down", "mlp.down_proj", vec![width, inner], None),
        ] {
            put(&format!("{theirs}.{part}.weight"), &format!("{ours}.{named}.weight"), &shape, heads)?;
        }
    }
    put("output_norm.weight", "model.norm.weight", &[width], None)?;
    let config = json!({
        "model_type": "llama",
        "hidden_size": width,
        "intermediate_size": inner,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "num_key_value_heads": key_heads,
        "head_dim": head_width,
        "vocab_size": vocabulary,
        "max_position_embeddings": file.size("llama.context_length")?,
        "rms_norm_eps": file.number("llama.attention.layer_norm_rms_epsilon")?,
        "rope_theta": file.number("llama.rope.freq_base")?,
        "tie_word_embeddings": true,
        "bos_token_id": file.size("tokenizer.ggml.bos_token_id")?,
        "eos_token_id": file.size("tokenizer.ggml.eos_token_id")?,
        "chat_template": file.text("tokenizer.chat_template")?,
    });
    let mut files = vec![
        (CONFIG_FILE.to_owned(), format!("{config:#}\n").into_bytes()),
        (TOKENIZER_FILE.to_owned(), tokenizer(file, origin)?.to_string().into_bytes()),
    ];
    files.extend(writer.finish()?);
    let languages = file.texts("general.languages").unwrap_or_default();
    Ok(Converted { files, languages: languages.into_iter().map(str::to_owned).collect() })
}

fn sizes(file: &Gguf, origin: &str) -> Result<Sizes, ExportError> {
    let within = |key: &str, most: usize| -> Result<usize, ExportError> {
        let value = file.size(key)?;
        let is_sane = value > 0 && value <= most;
        if is_sane { Ok(value) } else { Err(ExportError::input(origin, format!("{key} is {value}"))) }
    };
    let sizes = Sizes {
        layers: within("llama.block_count", MOST_LAYERS)?,
        width: within("llama.embedding_length", MOST_WIDTH)?,
        inner: within("llama.feed_forward_length", 8 * MOST_WIDTH)?,
        heads: within("llama.attention.head_count", MOST_WIDTH)?,
        key_heads: within("llama.attention.head_count_kv", MOST_WIDTH)?,
        head_width: within("llama.rope.dimension_count", MOST_WIDTH)?,
        vocabulary: file.texts("tokenizer.ggml.tokens")?.len(),
    };
    if !sizes.head_width.is_multiple_of(2) || sizes.vocabulary == 0 {
        return Err(ExportError::input(origin, "its heads cannot be turned in pairs, or it has no tokens"));
    }
    Ok(sizes)
}

/// Where llama.cpp keeps row `row` of a matrix of queries or keys, of heads `width` wide: it turns neighbours, Hugging Face turns the
/// two halves of a head.
fn theirs_of(row: usize, width: usize) -> usize {
    let (head, within) = (row / width, row % width);
    let (half, pair) = (within / (width / 2), within % (width / 2));
    head * width + 2 * pair + half
}

/// A `tokenizer.json` of byte-level BPE.
fn tokenizer(file: &Gguf, origin: &str) -> Result<Value, ExportError> {
    let (model, kind) = (file.text("tokenizer.ggml.model")?, file.text("tokenizer.ggml.pre")?);
    if model != "gpt2" {
        return Err(ExportError::input(
            origin,
            format!("tokenizers of the kind {model} are not converted; gpt2 is"),
        ));
    }
    let bytes =
        json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true});
    let split = match kind {
        "gpt-2" => bytes.clone(),
        // Digits one by one.
        "smollm" => json!({
            "type": "Sequence",
            "pretokenizers": [{"type": "Digits", "individual_digits": true}, bytes.clone()],
        }),
        other => {
            return Err(ExportError::input(
                origin,
                format!("how {other} splits text is not known; gpt-2 and smollm are"),
            ));
        }
    };
    let tokens = file.texts("tokenizer.ggml.tokens")?;
    let kinds = file.numbers("tokenizer.ggml.token_type")?;
    let vocabulary: Map<String, Value> =
        tokens.iter().enumerate().map(|(id, token)| ((*token).to_owned(), json!(id))).collect();
    let specials = tokens.iter().zip(kinds).enumerate().filter(|(_, (_, kind))| *kind == CONTROL);
    let added: Vec<Value> = specials
        .map(|(id, (token, _))| {
            json!({"id": id, "content": token, "single_word": false, "lstrip": false, "rstrip": false,
                   "normalized": false, "special": true})
        })
        .collect();
    Ok(json!({
        "version": "1.0",
        "added_tokens": added,
        "pre_tokenizer": split,
        "decoder": bytes,
        "model": {
            "type": "BPE",
            "fuse_unk": false,
            "byte_fallback": false,
            "vocab": vocabulary,
            "merges": file.texts("tokenizer.ggml.merges")?,
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Head by head: even rows are the first half, odd ones the second.
    #[test]
    fn interleaved_rows_go_back() {
        let order: Vec<usize> = (0..16).map(|row| theirs_of(row, 8)).collect();
        assert_eq!(order, [0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15]);
    }
}
