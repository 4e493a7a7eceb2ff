//! Commands that are other programs' own: `probe`, `diarize` and `select` are `inspect`'s, `transcribe`, `fillers` and `generate` the
//! native program's. This sees that program and model are there, then becomes it.

use crate::failure::{Failure, Outcome};
use crate::models;
use crate::shell::{become_command, command};
use std::ffi::OsString;
use std::process::Command;

/// Runs `inspect NAME`, which fetches the models it finds that it needs. Returns only on failure.
pub fn inspect(name: &str, arguments: &[OsString]) -> Failure {
    let prepared = || -> Outcome<Command> {
        models::build_programs(models::Scope::Inspect)?;
        started_here("inspect", name, arguments)
    };
    match prepared() {
        Ok(mut inspect) => become_command(&mut inspect),
        Err(failure) => failure,
    }
}

/// Runs `native transcribe`. Returns only on failure.
pub fn transcribe(arguments: &[OsString]) -> Failure {
    become_native("transcribe", "tiny.en", arguments)
}

/// Runs `native fillers`. Returns only on failure.
pub fn fillers(arguments: &[OsString]) -> Failure {
    become_native("fillers", "tiny.en", arguments)
}

/// Runs `native generate`. Returns only on failure.
pub fn generate(arguments: &[OsString]) -> Failure {
    become_native("generate", "smollm2", arguments)
}

/// `usual`: the model that the native program takes when it is not told.
fn become_native(name: &str, usual: &str, arguments: &[OsString]) -> Failure {
    let prepared = || -> Outcome<Command> {
        // What it says about itself needs no model.
        if !asks_for_help(arguments) {
            models::ensure(&[model_in(arguments, usual)], models::Scope::Programs)?;
        }
        models::build_programs(models::Scope::Native)?;
        started_here("native", name, arguments)
    };
    match prepared() {
        Ok(mut native) => become_command(&mut native),
        Err(failure) => failure,
    }
}

/// `program name arguments…` in the folder from which `cargo xtask` was called: files are named from there.
fn started_here(program: &str, name: &str, arguments: &[OsString]) -> Outcome<Command> {
    let mut started = command(models::program(program));
    started.current_dir(std::env::current_dir().map_err(Failure::ours("no current folder"))?);
    started.env("INCUT_MODELS", models::folder()?).arg(name).args(arguments);
    Ok(started)
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
