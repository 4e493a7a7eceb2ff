//! `native converse`: questions to a language model, one JSON document a line on standard input, and its answers on standard output,
//! until the input ends. What is asked, and whether an answer may be shown, is decided by whoever asks.

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;

use clap::Args;
use models::llm::{Llm, Message, Precision, PrefixCache, Role, Sampling};
use pollster::block_on;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::failure::Failure;
use crate::{broken, store};

#[derive(Debug, Args)]
pub struct Options {
    /// Which model
    #[arg(long, value_name = "ID", default_value = "smollm2")]
    model: String,
    /// The models folder [default: $INCUT_MODELS, else incut/models in the cache folder]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Question {
    system: String,
    user: String,
    #[serde(default)]
    max_tokens: usize,
    /// Not to answer, but to weigh these answers.
    #[serde(default)]
    choices: Option<Vec<String>>,
    /// Not to answer freely, but with JSON of this schema.
    #[serde(default)]
    schema: Option<Value>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Text {
        text: String,
    },
    /// Mean log-probability of a token, by choice.
    Weights {
        weights: Vec<f32>,
    },
    /// `None`: not complete after as many tokens as asked for.
    Document {
        document: Option<Value>,
    },
}

/// Runs the command until its input ends.
pub fn run(options: &Options) -> Result<(), Failure> {
    let files = store::load(&store::models_dir(options.models.as_deref())?, &options.model)?;
    let llm = Llm::load(files, Precision::AsStored)?;
    let mut prefix = PrefixCache::default();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|e| broken(&e.to_string()))?;
        let question: Question =
            serde_json::from_str(&line).map_err(|e| Failure::Usage(format!("no question: {e}")))?;
        let answer = answer(&llm, question, &mut prefix)?;
        let json = serde_json::to_string(&answer).map_err(|e| broken(&e.to_string()))?;
        writeln!(out, "{json}").and_then(|()| out.flush()).map_err(|e| broken(&e.to_string()))?;
    }
    Ok(())
}

fn answer(llm: &Llm, question: Question, prefix: &mut PrefixCache) -> Result<Answer, Failure> {
    let Question { system, user, max_tokens, choices, schema } = question;
    let message = |role, content| Message { role, content };
    let prompt = llm.prompt(&[message(Role::System, system), message(Role::User, user)])?;
    let sampling = Sampling { max_tokens, ..Sampling::default() };
    if let Some(schema) = schema {
        let document = block_on(llm.generate_json(&prompt, &schema, &sampling, prefix, &|| false))?;
        return Ok(Answer::Document { document });
    }
    let Some(choices) = choices else {
        let tokens = block_on(llm.generate_after(&prompt, &sampling, prefix, &|| false))?;
        return Ok(Answer::Text { text: llm.decode(&tokens) });
    };
    let choices: Vec<Vec<u32>> =
        choices.iter().map(|choice| llm.encode(choice)).collect::<Result<_, models::Error>>()?;
    let sums = block_on(llm.score_choices_after(&prompt, &choices, prefix))?;
    let weights = sums.iter().zip(&choices).map(|(sum, choice)| sum / choice.len().max(1) as f32).collect();
    Ok(Answer::Weights { weights })
}
