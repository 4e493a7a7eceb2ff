//! `transcribe` and `generate`: see that the model is there, then become the native program. Their options and results are that
//! program's own.

use crate::failure::{Failure, Outcome};
use crate::models;
use crate::shell::{become_command, command};
use std::ffi::OsString;

/// Runs `native transcribe`. Returns only on failure.
pub fn transcribe(arguments: &[OsString]) -> Failure {
    become_native("transcribe", "tiny.en", arguments)
}

/// Runs `native generate`. Returns only on failure.
pub fn generate(arguments: &[OsString]) -> Failure {
    become_native("generate", "smollm2", arguments)
}

/// `usual`: the model that the native program takes when it is not told.
fn become_native(name: &str, usual: &str, arguments: &[OsString]) -> Failure {
    let prepared = || -> Outcome<std::process::Command> {
        // What it says about itself needs no model.
        if !asks_for_help(arguments) {
            models::ensure(&[model_in(arguments, usual)], models::Scope::Programs)?;
        }
        models::build_programs(models::Scope::Native)?;
        let mut native = command(models::program("native"));
        native.current_dir(std::env::current_dir().map_err(Failure::ours("no current folder"))?);
        native.env("INCUT_MODELS", models::folder()?).arg(name).args(arguments);
        Ok(native)
    };
    match prepared() {
        Ok(mut native) => become_command(&mut native),
        Err(failure) => failure,
    }
}

fn asks_for_help(arguments: &[OsString]) -> bool {
    arguments.is_empty() || arguments.iter().any(|argument| argument == "--help" || argument == "-h")
}

fn model_in(arguments: &[OsString], usual: &str) -> String {
    let texts: Vec<String> =
        arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--model=").map(str::to_owned));
    let apart = texts.iter().position(|text| text == "--model").and_then(|at| texts.get(at + 1).cloned());
    joined.or(apart).unwrap_or_else(|| usual.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_read_from_either_spelling() {
        let check = |arguments: &[&str], model: &str| {
            let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            assert_eq!(model_in(&arguments, "tiny.en"), model, "{arguments:?}");
        };
        check(&["a.wav"], "tiny.en");
        check(&["a.wav", "--model", "base", "--json"], "base");
        check(&["--model=base", "a.wav"], "base");
        check(&["a.wav", "--model"], "tiny.en");
    }
}
