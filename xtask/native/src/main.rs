//! `native`: runs the page's models without a browser, on one file. This file is the command line; `cargo xtask` calls it
//! with the models in place.

mod converse;
mod crew;
mod embeddings;
mod failure;
mod fillers;
mod generate;
mod report;
mod sentences;
mod sound;
mod store;
mod transcribe;
mod transcript;
mod voices;
mod word_breaks;
mod world;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;

/// Runs Incut's models natively, with the very code that runs in the page.
///
/// Exit codes: 0 done, 1 the input's fault, 2 usage, 3 our own fault.
#[derive(Debug, Parser)]
#[command(name = "native", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes down what is said in a sound or video file.
    Transcribe(transcribe::Options),
    /// Finds what only fills time: "um" and its like, written down or not.
    Fillers(fillers::Options),
    /// Lets a language model answer a prompt.
    Generate(generate::Options),
    /// What sentences are about: what `cargo xtask select --topic` compares them by. Reads and prints JSON.
    #[command(hide = true)]
    Sentences(sentences::Options),
    /// Answers questions to a language model, line by line: what `cargo xtask select --llm` writes with. Reads and prints JSON.
    #[command(hide = true)]
    Converse(converse::Options),
    /// Hears the voices of a sound or video file: what `cargo xtask diarize` tells speakers apart by. Prints JSON.
    #[command(hide = true)]
    Voices(voices::Options),
}

fn main() -> ExitCode {
    let (name, json, outcome) = match Cli::parse().command {
        Command::Transcribe(options) => ("transcribe", options.json, transcribe::run(&options)),
        Command::Fillers(options) => ("fillers", options.json, fillers::run(&options)),
        Command::Generate(options) => ("generate", options.json, generate::run(&options)),
        Command::Sentences(options) => ("sentences", true, sentences::run(&options)),
        Command::Converse(options) => ("converse", true, converse::run(&options)),
        Command::Voices(options) => ("diarize", true, voices::run(&options)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{name}: {failure}");
            if json {
                println!("{}", failure.to_json());
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// A failure that only this program's own mistake can cause, such as a thread that is gone.
fn broken(what: &str) -> Failure {
    Failure::Ours(format!("internal error: {what}"))
}
