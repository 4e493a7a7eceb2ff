//! A language model as llama.cpp stores it: settings and tensors under Hugging Face's names. Blocks stay as they are stored where they
//! can; the rows of Llama's queries and keys go back to where they stood before llama.cpp's converter interleaved them.

use std::collections::{BTreeMap, BTreeSet};

use super::gguf_tokenizer::tokenizer;
use super::prompt::{chat_template, end_tokens};
use super::{Family, LanguageModel, Settings, WeightSource};
use crate::ExportError;
use crate::sources::ggml::Stored;
use crate::sources::gguf::Gguf;

/// Names outside the layers, theirs and ours.
const OUTER: [(&str, &str); 3] = [
    ("token_embd.weight", "model.embed_tokens.weight"),
    ("output_norm.weight", "model.norm.weight"),
    ("output.weight", "lm_head.weight"),
];

/// Names within a layer.
const INNER: [(&str, &str); 15] = [
    ("attn_norm.weight", "input_layernorm.weight"),
    ("attn_q.weight", "self_attn.q_proj.weight"),
    ("attn_q.bias", "self_attn.q_proj.bias"),
    ("attn_k.weight", "self_attn.k_proj.weight"),
    ("attn_k.bias", "self_attn.k_proj.bias"),
    ("attn_v.weight", "self_attn.v_proj.weight"),
    ("attn_v.bias", "self_attn.v_proj.bias"),
    ("attn_q_norm.weight", "self_attn.q_norm.weight"),
    ("attn_k_norm.weight", "self_attn.k_norm.weight"),
    ("attn_output.weight", "self_attn.o_proj.weight"),
    ("attn_output.bias", "self_attn.o_proj.bias"),
    ("ffn_norm.weight", "post_attention_layernorm.weight"),
    ("ffn_gate.weight", "mlp.gate_proj.weight"),
    ("ffn_up.weight", "mlp.up_proj.weight"),
    ("ffn_down.weight", "mlp.down_proj.weight"),
];

/// The tensors of a file by our names.
struct Weights {
    file: Gguf,
    /// Ours to theirs.
    names: BTreeMap<String, String>,
    /// Heads of queries and of keys, where their rows are interleaved.
    interleaved: Option<[usize; 2]>,
}

/// Reads what `file` says, all but the tensors.
///
/// # Errors
/// [`ExportError::Input`] where something is absent, or the model is one that is not computed here.
pub fn open(file: Gguf) -> Result<LanguageModel, ExportError> {
    let origin = file.origin().to_owned();
    let architecture = file.text("general.architecture")?;
    let family = Family::named(architecture).ok_or_else(|| {
        let reason = format!("the architecture {architecture} is not converted; llama, qwen2 and qwen3 are");
        ExportError::input(&origin, reason)
    })?;
    check(&file, family).map_err(|reason| ExportError::input(&origin, reason))?;
    let settings = settings(&file, family)?;
    settings.validate(&origin)?;
    let tokenizer = tokenizer(&file)?;
    let languages = file.texts("general.languages").unwrap_or_default();
    let languages = languages.into_iter().map(str::to_owned).collect();
    let heads = [settings.num_attention_heads, settings.num_key_value_heads];
    let names = file.names().map(|theirs| (ours_of(theirs), theirs.to_owned())).collect();
    let interleaved = (family == Family::Llama).then_some(heads);
    let weights = Box::new(Weights { file, names, interleaved });
    Ok(LanguageModel { settings, tokenizer, weights, languages, origin })
}

/// Whether the model is one that is computed here as it is meant.
fn check(file: &Gguf, family: Family) -> Result<(), String> {
    let count = |key: &str| file.number(key).unwrap_or(0.0);
    if count("split.count") > 1.0 {
        return Err("it is one of several parts; join them with llama.cpp's gguf-split".to_owned());
    }
    if count(&format!("{family}.expert_count")) > 0.0 {
        return Err("it is a mixture of experts, which is not computed".to_owned());
    }
    if count(&format!("{family}.attention.sliding_window")) > 0.0 {
        return Err(
            "its attention sees the last tokens only (sliding_window), which is not computed".to_owned()
        );
    }
    if file.names().any(|name| name.starts_with("rope_freqs")) {
        return Err("its positions are scaled as in Llama 3 (rope_freqs), by numbers that a GGUF file does not tell; take \
                    the model's Hugging Face folder"
            .to_owned());
    }
    match file.text(&format!("{family}.rope.scaling.type")) {
        Ok(kind) if kind != "none" => {
            Err(format!("its positions are scaled by {kind:?}, which is not computed"))
        }
        _ => Ok(()),
    }
}

fn settings(file: &Gguf, family: Family) -> Result<Settings, ExportError> {
    let origin = file.origin();
    let key = |name: &str| format!("{family}.{name}");
    let size = |name: &str| file.size(&key(name));
    let size_or = |name: &str, other: usize| if file.says(&key(name)) { size(name) } else { Ok(other) };
    let (width, heads) = (size("embedding_length")?, size("attention.head_count")?);
    let turned = size_or("rope.dimension_count", width / heads.max(1))?;
    let head_width = size_or("attention.key_length", turned)?;
    let value_width = size_or("attention.value_length", head_width)?;
    if turned != head_width || value_width != head_width {
        let reason = format!(
            "its heads are {head_width} wide, of values {value_width}, and {turned} are turned; only where \
                              all three are one is it computed"
        );
        return Err(ExportError::input(origin, reason));
    }
    let tokens = file.texts("tokenizer.ggml.tokens")?;
    let vocabulary = file.rows("token_embd.weight").unwrap_or(tokens.len());
    let id_of = |name: &str| tokens.iter().position(|token| *token == name).map(|id| id as u32);
    let spelled = |key: &str| {
        let id = file.size(key).ok()?;
        tokens.get(id).map(|token| (*token).to_owned())
    };
    let template = file.text("tokenizer.chat_template").ok().map(str::to_owned);
    let template = chat_template(template, &id_of, origin)?;
    let named = ["tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"];
    let named = named.iter().filter_map(|key| u32::try_from(file.size(key).ok()?).ok());
    let ends = end_tokens(named, &template, &id_of, vocabulary, origin)?;
    let theta =
        if file.says(&key("rope.freq_base")) { file.number(&key("rope.freq_base"))? } else { 10_000.0 };
    Ok(Settings {
        model_type: family,
        hidden_size: width,
        intermediate_size: size("feed_forward_length")?,
        num_hidden_layers: size("block_count")?,
        num_attention_heads: heads,
        num_key_value_heads: size_or("attention.head_count_kv", heads)?,
        head_dim: Some(head_width),
        vocab_size: vocabulary,
        max_position_embeddings: size("context_length")?,
        rms_norm_eps: shortest(file.number(&key("attention.layer_norm_rms_epsilon"))?),
        rope_theta: shortest(theta),
        rope_scaling: None,
        tie_word_embeddings: file.rows("output.weight").is_none(),
        qkv_bias: family == Family::Qwen2 || file.rows("blk.0.attn_q.bias").is_some(),
        qk_norm: family == Family::Qwen3,
        eos_token_id: ends,
        bos_token: spelled("tokenizer.ggml.bos_token_id"),
        eos_token: spelled("tokenizer.ggml.eos_token_id"),
        chat_template: template,
    })
}

/// The number that was meant where single precision was stored: 1e-5 instead of 0.00000999….
fn shortest(number: f64) -> f64 {
    (number as f32).to_string().parse().unwrap_or(number)
}

/// The Hugging Face name of a tensor; its own where it has none.
fn ours_of(theirs: &str) -> String {
    let outer = OUTER.iter().find(|(name, _)| *name == theirs).map(|(_, ours)| (*ours).to_owned());
    let inner = || {
        let (layer, name) = theirs.strip_prefix("blk.")?.split_once('.')?;
        let (_, ours) = INNER.iter().find(|(theirs, _)| *theirs == name)?;
        Some(format!("model.layers.{layer}.{ours}"))
    };
    outer.or_else(inner).unwrap_or_else(|| theirs.to_owned())
}

impl Weights {
    /// The heads by which the rows of `name` are interleaved.
    fn heads_of(&self, name: &str) -> Option<usize> {
        let [queries, keys] = self.interleaved?;
        match name {
            name if name.contains(".q_proj.") => Some(queries),
            name if name.contains(".k_proj.") => Some(keys),
            _ => None,
        }
    }
}

impl WeightSource for Weights {
    fn names(&self) -> BTreeSet<String> {
        self.names.keys().cloned().collect()
    }

    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Stored, ExportError> {
        let missing = || ExportError::input(self.file.origin(), format!("the tensor {name} is missing"));
        let stored = self.file.tensor(self.names.get(name).ok_or_else(missing)?, shape)?;
        let Some(heads) = self.heads_of(name) else { return Ok(stored) };
        let (rows, columns) = (shape.first().copied().unwrap_or(0), shape.get(1).copied().unwrap_or(1));
        Ok(stored.with_rows(columns, |row| theirs_of(row, rows / heads.max(1))))
    }
}

/// Where llama.cpp keeps row `row` of a matrix of queries or keys, of heads `width` wide: it turns neighbors, Hugging Face turns the
/// two halves of a head.
fn theirs_of(row: usize, width: usize) -> usize {
    let (head, within) = (row / width, row % width);
    let (half, pair) = (within / (width / 2), within % (width / 2));
    head * width + 2 * pair + half
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

    #[test]
    fn numbers_are_those_that_were_meant() {
        assert_eq!(shortest(f64::from(1e-5f32)), 1e-5);
        assert_eq!(shortest(100_000.0), 100_000.0);
    }
}
