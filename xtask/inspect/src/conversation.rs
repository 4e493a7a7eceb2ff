//! A language model that answers, as `clip` knows one: the native program at the other end of a pipe, a line a question.

use crate::failure::{Failure as Trouble, Outcome};
use crate::models;
use crate::shell::command;
use clip::failure::Failure;
use clip::port::Writer;
use clip::writing::Prompt;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::io::{BufRead as _, BufReader, Write as _};
use std::pin::pin;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::task::{Context, Poll, Waker};

/// A running model; it ends with this.
pub struct Conversation {
    child: Child,
    pipes: RefCell<(ChildStdin, BufReader<ChildStdout>)>,
}

impl Conversation {
    pub fn start(model: &str) -> Outcome<Self> {
        models::ensure(&[model], models::Scope::Programs)?;
        models::build_programs(models::Scope::Native)?;
        let mut native = command(models::program("native"));
        native.env("INCUT_MODELS", models::folder()?).args(["converse", "--model", model]);
        let failed = || Trouble::ours("cannot run the native program".to_owned());
        let mut child = native.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(failed())?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Trouble::Ours("the native program has no pipes".to_owned()));
        };
        Ok(Self { child, pipes: RefCell::new((stdin, BufReader::new(stdout))) })
    }

    fn ask(&self, question: &Value) -> Result<Value, Failure> {
        let (stdin, stdout) = &mut *self.pipes.borrow_mut();
        let mut line = String::new();
        writeln!(stdin, "{question}").map_err(Failure::internal)?;
        stdout.read_line(&mut line).map_err(Failure::internal)?;
        serde_json::from_str(&line).map_err(Failure::internal)
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        // It ends with its input anyway.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Writer for Conversation {
    async fn answer(&self, prompt: &Prompt, most_tokens: usize) -> Result<String, Failure> {
        let Prompt { system, user } = prompt;
        let answer = self.ask(&json!({ "system": system, "user": user, "max_tokens": most_tokens }))?;
        Ok(answer["text"].as_str().unwrap_or_default().to_owned())
    }

    async fn weigh(&self, prompt: &Prompt, choices: &[String]) -> Result<Vec<f32>, Failure> {
        let Prompt { system, user } = prompt;
        let answer = self.ask(&json!({ "system": system, "user": user, "choices": choices }))?;
        let weights = answer["weights"].as_array().cloned().unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "it was an f32 before it was written down")]
        let weights: Vec<f32> =
            weights.iter().filter_map(Value::as_f64).map(|weight| weight as f32).collect();
        match weights.len() == choices.len() {
            true => Ok(weights),
            false => Err(Failure::internal("the native program weighed something else")),
        }
    }

    async fn fill(
        &self,
        prompt: &Prompt,
        schema: &Value,
        most_tokens: usize,
    ) -> Result<Option<Value>, Failure> {
        let Prompt { system, user } = prompt;
        let question = json!({ "system": system, "user": user, "max_tokens": most_tokens, "schema": schema });
        let mut answer = self.ask(&question)?;
        Ok(Some(answer["document"].take()).filter(|document| !document.is_null()))
    }
}

/// The outcome of a future that waits for nothing but this thread.
pub fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}
