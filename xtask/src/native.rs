//! Asking the native program, which holds the models: how it is started, and what its answers are.

use crate::failure::{Failure, Outcome};
use crate::models;
use crate::shell::command;
use std::io::Write as _;
use std::process::Stdio;

/// The model of sentences.
const SENTENCES: &str = "minilm";

/// What each text is about, as vectors of length 1.
pub fn meanings(texts: &[String]) -> Outcome<Vec<Vec<f32>>> {
    models::ensure(&[SENTENCES], models::Scope::Programs)?;
    models::build_programs(models::Scope::Native)?;
    let mut native = command(models::program("native"));
    native
        .env("INCUT_MODELS", models::folder()?)
        .arg("sentences")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let failed = || Failure::ours("cannot run the native program".to_owned());
    let mut child = native.spawn().map_err(failed())?;
    let asked = serde_json::to_vec(texts).unwrap_or_default();
    // Closed at the end of the statement, so that the program stops reading.
    child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(&asked)).map_err(failed())?;
    let output = child.wait_with_output().map_err(failed())?;
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Failure::Ours(format!("the native program's answer: {error}")))
}
