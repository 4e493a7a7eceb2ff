//! `inspect`: what Incut's own crates say about one file, without a browser. `cargo xtask` becomes this program for the commands that
//! need media, clips and words, so that whoever only wants to build waits for none of these. What models hear it asks the native
//! program, which holds them.

mod bench_select;
mod conversation;
mod diarize;
mod native;
mod probe;
mod reframe;
mod select;

use base::{failure, models, shell};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Looks at files with the very code that runs in the page.
///
/// Exit codes: 0 done, 1 the input's fault, 2 usage, 3 ours.
#[derive(Debug, Parser)]
#[command(name = "inspect", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Says what a media file holds, as Incut's own demuxer sees it.
    Probe(probe::Options),
    /// Says who speaks when in a sound or video file.
    Diarize(diarize::Options),
    /// Suggests clips from a stored transcript, as the page does, with the evidence for each.
    Select(select::Options),
    /// What an upright clip shows of what the engine saw of a film.
    #[command(hide = true)]
    Reframe(reframe::Options),
    /// How many highlights of labeled talks are among the suggested clips.
    #[command(hide = true, override_usage = "cargo xtask bench select [OPTIONS]")]
    BenchSelect(bench_select::Options),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Probe(options) => probe::probe(&options),
        Command::Diarize(options) => diarize::diarize(&options),
        Command::Select(options) => select::select(&options),
        Command::Reframe(options) => reframe::reframe(&options),
        Command::BenchSelect(options) => bench_select::bench(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let text = failure.to_string();
            if !text.is_empty() {
                eprintln!("xtask: {text}");
            }
            failure.exit_code()
        }
    }
}
