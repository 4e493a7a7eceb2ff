//! `native`: runs the page's models without a browser, on one file. This file is the command line; `cargo xtask` calls it
//! with the models in place.

mod failure;
mod store;
mod transcribe;
mod transcript;

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
}

fn main() -> ExitCode {
    let Command::Transcribe(options) = Cli::parse().command;
    match transcribe::run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("transcribe: {failure}");
            if options.json {
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
