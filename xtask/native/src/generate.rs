//! `native generate`: a prompt or a conversation to the model's answer.

use std::path::{Path, PathBuf};

use clap::Args;
use models::llm::{Llm, Message, Precision, PrefixCache, Role, Sampling};
use pollster::block_on;
use serde::Serialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::transcribe::DeviceKind;
use crate::transcript::round_ms;
use crate::{broken, store};

#[derive(Debug, Args)]
pub struct Options {
    /// What to ask
    #[arg(long, value_name = "TEXT")]
    prompt: String,
    /// What the model is told beforehand [default: what its makers tell it]
    #[arg(long, value_name = "TEXT")]
    system: Option<String>,
    /// Go on from the prompt as it is, instead of answering it
    #[arg(long, conflicts_with = "system")]
    raw: bool,
    /// Write a JSON document that this JSON Schema allows, and no other
    #[arg(long, value_name = "FILE", conflicts_with = "raw")]
    json_schema: Option<PathBuf>,
    /// Tokens at most
    #[arg(long, value_name = "N", default_value_t = 128)]
    max_tokens: usize,
    /// 0: the likeliest token each time; higher: more surprising
    #[arg(long, value_name = "T", default_value_t = 0.0)]
    temperature: f32,
    /// Draw from the likeliest tokens that have this probability together
    #[arg(long, value_name = "P", default_value_t = 1.0)]
    top_p: f32,
    /// The same seed gives the same text
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Which model
    #[arg(long, value_name = "ID", default_value = "smollm2")]
    model: String,
    /// Compute in 32-bit floating point, for comparing
    #[arg(long, conflicts_with = "device")]
    float: bool,
    /// Where the model runs: the CPU, or a GPU through wgpu
    #[arg(long, value_enum, default_value_t = DeviceKind::Flex)]
    device: DeviceKind,
    /// Print the result as one JSON object (docs/CLI.md)
    #[arg(long)]
    pub json: bool,
    /// The models folder [default: $INCUT_MODELS, else incut/models in the cache folder]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
}

#[derive(Debug, Serialize)]
struct Answer {
    model: String,
    text: String,
    prompt_tokens: Vec<u32>,
    tokens: Vec<u32>,
    /// Of reading and writing; loading is not counted.
    seconds: f64,
    /// Written in a second, reading counted.
    tokens_per_s: f64,
}

/// Runs the command and prints its result.
pub fn run(options: &Options) -> Result<(), Failure> {
    let files = store::load(&store::models_dir(options.models.as_deref())?, &options.model)?;
    let llm = match (options.device, options.float) {
        (DeviceKind::Wgpu, _) => Llm::load_on(files, &block_on(models::device::wgpu())?)?,
        (DeviceKind::Flex, true) => Llm::load(files, Precision::Float)?,
        (DeviceKind::Flex, false) => Llm::load(files, Precision::AsStored)?,
    };
    let message = |role, content: &String| Message { role, content: content.clone() };
    let prompt_tokens = if options.raw {
        llm.encode(&options.prompt)?
    } else {
        let system = options.system.as_ref().map(|text| message(Role::System, text));
        let messages: Vec<Message> =
            system.into_iter().chain([message(Role::User, &options.prompt)]).collect();
        llm.prompt(&messages)?
    };
    let sampling = Sampling {
        max_tokens: options.max_tokens,
        temperature: options.temperature,
        top_p: options.top_p,
        seed: options.seed,
    };
    if let Some(schema) = &options.json_schema {
        return print_document(&llm, &prompt_tokens, &read_schema(schema)?, &sampling);
    }
    #[expect(clippy::disallowed_methods, reason = "a native command, which reports how long it took")]
    let began = std::time::Instant::now();
    let tokens = block_on(llm.generate(&prompt_tokens, &sampling, &|| false))?;
    let seconds = began.elapsed().as_secs_f64();
    let answer = Answer {
        model: options.model.clone(),
        text: llm.decode(&tokens),
        tokens_per_s: round_ms(tokens.len() as f64 / seconds.max(f64::MIN_POSITIVE)),
        prompt_tokens,
        tokens,
        seconds: round_ms(seconds),
    };
    if options.json {
        println!("{}", serde_json::to_string(&answer).map_err(|e| broken(&e.to_string()))?);
    } else {
        println!("{}", answer.text.trim());
        eprintln!("{} tokens in {:.1} s, {:.1} a second", answer.tokens.len(), seconds, answer.tokens_per_s);
    }
    Ok(())
}

fn read_schema(path: &Path) -> Result<Value, Failure> {
    let wrong = |what: &dyn std::fmt::Display| Failure::Usage(format!("{}: {what}", path.display()));
    let text = std::fs::read(path).map_err(|error| wrong(&error))?;
    serde_json::from_slice(&text).map_err(|error| wrong(&error))
}

/// The document alone, whatever else was asked to be printed.
fn print_document(llm: &Llm, prompt: &[u32], schema: &Value, sampling: &Sampling) -> Result<(), Failure> {
    let mut prefix = PrefixCache::default();
    let document = block_on(llm.generate_json(prompt, schema, sampling, &mut prefix, &|| false))?;
    let document = document.ok_or_else(|| {
        Failure::Usage(format!("{} tokens are too few for this document (--max-tokens)", sampling.max_tokens))
    })?;
    println!("{document}");
    Ok(())
}
