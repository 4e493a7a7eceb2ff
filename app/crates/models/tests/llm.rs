//! What the real language model says: always to a prompt of our own, and token for token beside the reference (transformers, 32-bit,
//! greedy, the same weights read back) where `INCUT_TEST_DATA` names the data pack. Needs the exported models.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;

use models::llm::{Llm, Message, Precision, PrefixCache, Role, Sampling};
use models::weights::ModelFiles;
use pollster::block_on;
use serde_json::Value;

fn files() -> ModelFiles {
    let from = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || from("XDG_CACHE_HOME").or_else(|| from("HOME").map(|home| home.join(".cache")));
    let folder = from("INCUT_MODELS").or_else(|| cache().map(|cache| cache.join("incut/models"))).unwrap();
    let folder = folder.join("smollm2");
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path)
            .unwrap_or_else(|error| panic!("run `cargo xtask models`: {}: {error}", path.display()))
    };
    ModelFiles {
        config_json: read("config.json"),
        tokenizer_json: read("tokenizer.json"),
        shards: (1..3).map(|shard| read(&format!("model-{shard:05}-of-00002.safetensors"))).collect(),
    }
}

fn model(precision: Precision) -> Llm {
    Llm::load(files(), precision).unwrap()
}

#[test]
fn a_question_is_answered_in_four_bits() {
    let llm = model(Precision::AsStored);
    let content = "Give a short title for this passage: \"Ask not what your country can do for you, ask what you can do for your \
                   country.\"";
    let prompt = llm.prompt(&[Message { role: Role::User, content: content.into() }]).unwrap();
    let said = block_on(llm.generate(&prompt, &Sampling::default(), &|| false)).unwrap();
    assert_eq!(llm.decode(&said), "\"The Power of a Simple Request\"");
    let cancelled = block_on(llm.generate(&prompt, &Sampling::default(), &|| true));
    assert!(matches!(cancelled, Err(models::Error::Cancelled)));
}

/// What is read of a prompt only once must not be heard in the answer.
#[test]
fn prompts_that_begin_alike_are_answered_as_if_read_whole() {
    let llm = model(Precision::AsStored);
    let mut prefix = PrefixCache::default();
    let sampling = Sampling { max_tokens: 8, ..Sampling::default() };
    for question in ["Name the animal.", "Name the animal.", "Where does it live?", "Who saw it?"] {
        let content = format!("A fox lived in the garden of an old library. {question}");
        let prompt = llm.prompt(&[Message { role: Role::User, content }]).unwrap();
        let whole = block_on(llm.generate(&prompt, &sampling, &|| false)).unwrap();
        assert_eq!(
            block_on(llm.generate_after(&prompt, &sampling, &mut prefix, &|| false)).unwrap(),
            whole,
            "{question}"
        );
        let choices = [llm.encode("A fox").unwrap(), llm.encode("The garden").unwrap()];
        let alone = block_on(llm.score_choices(&prompt, &choices)).unwrap();
        assert_eq!(
            block_on(llm.score_choices_after(&prompt, &choices, &mut prefix)).unwrap(),
            alone,
            "{question}"
        );
    }
}

/// The whole model, on the CPU and on whatever GPU wgpu finds: the same words, and logits as near as the steps of the CPU's activations
/// allow.
#[test]
fn a_gpu_says_what_the_cpu_says() {
    let device = block_on(models::device::wgpu()).unwrap();
    assert!(block_on(Llm::agrees_with_cpu(&files(), &device)).unwrap());
    let (llm, cpu) = (Llm::load_on(files(), &device).unwrap(), model(Precision::Float));
    let content = "Which animal is named? A fox lived in the garden of an old library.";
    let prompt = cpu.prompt(&[Message { role: Role::User, content: content.into() }]).unwrap();
    let expected = block_on(cpu.read(&prompt, &mut cpu.context())).unwrap();
    let found = block_on(llm.read(&prompt, &mut llm.context())).unwrap();
    let farthest = found.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    println!("the farthest logit is {farthest} away");
    assert!(farthest < 0.01, "{farthest}");
    let sampling = Sampling { max_tokens: 8, ..Sampling::default() };
    let said = block_on(llm.generate(&prompt, &sampling, &|| false)).unwrap();
    assert_eq!(said, block_on(cpu.generate(&prompt, &sampling, &|| false)).unwrap(), "{}", llm.decode(&said));
    let choices = [cpu.encode("A fox").unwrap(), cpu.encode("The garden").unwrap()];
    let expected = block_on(cpu.score_choices(&prompt, &choices)).unwrap();
    let found = block_on(llm.score_choices(&prompt, &choices)).unwrap();
    assert!(found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 0.02), "{found:?} for {expected:?}");
}

/// A closed question: the sum over a choice's tokens is that of reading it token by token.
#[test]
fn choices_score_as_they_would_be_said() {
    let llm = model(Precision::AsStored);
    let content = "Is a rabbit an animal? Answer yes or no.";
    let prompt = llm.prompt(&[Message { role: Role::User, content: content.into() }]).unwrap();
    let choices: Vec<Vec<u32>> =
        ["Yes", "No", "Yes, a rabbit is an animal."].iter().map(|text| llm.encode(text).unwrap()).collect();
    let scores = block_on(llm.score_choices(&prompt, &choices)).unwrap();
    // A longer answer that begins with a short one is less likely than that.
    assert!(scores[0] > scores[2] && scores.iter().all(|score| *score < 0.0), "{scores:?}");
    let mut context = llm.context();
    let mut logits = block_on(llm.read(&prompt, &mut context)).unwrap();
    let mut sum = 0.0;
    for token in &choices[2] {
        let largest = logits.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = logits.iter().map(|logit| (logit - largest).exp()).sum();
        sum += logits[*token as usize] - largest - total.ln();
        logits = block_on(llm.read(&[*token], &mut context)).unwrap();
    }
    assert!((sum - scores[2]).abs() < 0.05, "{sum} for {}", scores[2]);
    assert!(block_on(llm.score_choices(&prompt, &[Vec::new()])).is_err());
}

/// The reference, or nothing where no pack was named; a named one that lacks it is a mistake.
fn reference() -> Option<(PathBuf, Value)> {
    let Some(pack) = std::env::var_os("INCUT_TEST_DATA").map(PathBuf::from) else {
        eprintln!("INCUT_TEST_DATA is not set: nothing compared with the reference");
        return None;
    };
    let json = std::fs::read(pack.join("reference/llm/smollm2.json")).unwrap();
    Some((pack, serde_json::from_slice(&json).unwrap()))
}

fn tokens(value: &Value) -> Vec<u32> {
    value.as_array().unwrap().iter().map(|token| token.as_u64().unwrap() as u32).collect()
}

#[test]
fn in_floating_point_it_says_what_the_reference_says() {
    let Some((_, reference)) = reference() else { return };
    let llm = model(Precision::Float);
    for case in reference["cases"].as_array().unwrap() {
        let message = |message: &Value| Message {
            role: if message["role"] == "system" { Role::System } else { Role::User },
            content: message["content"].as_str().unwrap().to_owned(),
        };
        let messages: Vec<Message> = case["messages"].as_array().unwrap().iter().map(message).collect();
        let prompt = llm.prompt(&messages).unwrap();
        assert_eq!(prompt, tokens(&case["prompt_tokens"]), "{messages:?}");
        let logits = block_on(llm.read(&prompt, &mut llm.context())).unwrap();
        for pair in case["last_logits_top20"].as_array().unwrap() {
            let (token, expected) = (pair[0].as_u64().unwrap() as usize, pair[1].as_f64().unwrap());
            let found = f64::from(logits[token]);
            assert!((found - expected).abs() < 1e-2, "{found} for {expected}, token {token}");
        }
        let said =
            block_on(llm.generate(&prompt, &Sampling { max_tokens: 64, ..Sampling::default() }, &|| false))
                .unwrap();
        assert_eq!(said, tokens(&case["greedy_tokens"]), "{}", llm.decode(&said));
    }
}

/// e to the mean of the negative log-probabilities of what follows.
fn perplexity(llm: &Llm, text: &[u32]) -> f64 {
    let logits = block_on(llm.read_all(text, &mut llm.context())).unwrap();
    let rows = logits.chunks_exact(logits.len() / text.len()).zip(&text[1..]);
    let loss = |(row, next): (&[f32], &u32)| {
        let largest = f64::from(row.iter().copied().fold(f32::MIN, f32::max));
        let sum: f64 = row.iter().map(|logit| (f64::from(*logit) - largest).exp()).sum();
        largest + sum.ln() - f64::from(row[*next as usize])
    };
    (rows.map(loss).sum::<f64>() / (text.len() - 1) as f64).exp()
}

#[test]
fn its_perplexity_is_the_references() {
    let Some((pack, reference)) = reference() else { return };
    let (expected, text) =
        (&reference["perplexity"], std::fs::read_to_string(pack.join("speech/long.txt")).unwrap());
    let float = model(Precision::Float);
    let tokens = tokens(&expected["tokens"]);
    assert_eq!(float.encode(&text).unwrap()[..tokens.len()], tokens);
    let expected = expected["perplexity"].as_f64().unwrap();
    for (llm, tolerance) in [(float, 0.001), (model(Precision::AsStored), 0.03)] {
        let found = perplexity(&llm, &tokens);
        println!("perplexity {found}, reference {expected}");
        assert!((found / expected - 1.0).abs() < tolerance, "{found} for {expected}");
    }
}
