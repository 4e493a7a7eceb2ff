//! Asking the native program, which holds the models: how it is started, and what its answers are.

use crate::failure::{Failure, Outcome};
use crate::models;
use crate::shell::command;
use clip::insights::SoundSignals;
use clip::speakers::Voices;
use serde::Deserialize;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

/// The model of sentences.
const SENTENCES: &str = "minilm";

/// The model of voices.
const VOICES: &str = "voices";

/// What `native voices` prints.
#[derive(Deserialize)]
pub struct Heard {
    /// How it sounds, second by second.
    pub sound: SoundSignals,
    /// What is heard of its speakers.
    pub voices: Voices,
}

/// What is heard in a file beside words.
pub fn voices(file: &Path, wrong: Wrong) -> Outcome<Heard> {
    models::ensure(&[VOICES], models::Scope::Programs)?;
    models::build_programs(models::Scope::Native)?;
    let mut native = command(models::program("native"));
    native.current_dir(std::env::current_dir().map_err(Failure::ours("no current folder"))?);
    native.env("INCUT_MODELS", models::folder()?).arg("voices").arg(file);
    let failed = || Failure::ours("cannot run the native program".to_owned());
    let output = native.stderr(Stdio::inherit()).output().map_err(failed())?;
    if !output.status.success() {
        // What is wrong it has said itself, as JSON.
        if wrong == Wrong::Printed {
            let _ = std::io::stdout().write_all(&output.stdout);
        }
        let code = output.status.code().and_then(|code| u8::try_from(code).ok());
        return Err(Failure::Said(code.unwrap_or(3)));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| Failure::Ours(format!("the native program's answer: {error}")))
}

/// What is done with the JSON in which the native program says what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Printed,
    Swallowed,
}

/// What each text is about, as vectors of length 1.
pub fn embeddings(texts: &[String]) -> Outcome<Vec<Vec<f32>>> {
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
