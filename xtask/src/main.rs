//! `cargo xtask`: the developer's one door. Each command is a module; this file names them and turns how they end into
//! an exit code. Usage and the forms of their results: docs/CLI.md.

#![expect(
    clippy::disallowed_methods,
    reason = "the bans guard wasm and the pure crates; this tool waits for other programs and times them"
)]

mod bench;
mod browser;
mod build;
mod checks;
mod clip;
mod programs;
mod reframe;
mod serve;
mod tools;

use base::{failure, models, shell};
use build::{Effort, Parts};
use clap::{Args, Parser, Subcommand};
use failure::Outcome;
use std::ffi::OsString;
use std::process::ExitCode;

/// Builds, serves, tests and drives Incut.
///
/// Exit codes: 0 done, 1 the input's fault (or a check that failed), 2 usage, 3 ours.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Installs what is missing, exports the models, builds, and serves the page.
    Serve(serve::Options),
    /// Builds dist/.
    Build {
        #[command(flatten)]
        effort: EffortOption,
        /// Rebuild the page alone; the engine stays as it was built last.
        #[arg(long, conflicts_with = "engine_only")]
        page_only: bool,
        /// Rebuild the engine alone; the page stays as it was built last.
        #[arg(long)]
        engine_only: bool,
    },
    /// Trunk's hook: adds to its page what Trunk does not build (see Trunk.toml).
    #[command(hide = true)]
    Trunk,
    /// Exports the speech models into the cache folder ($INCUT_MODELS).
    Models {
        /// Which ones, separated by commas. [default: all that are known]
        #[arg(long, value_name = "ID,…", value_delimiter = ',')]
        models: Vec<String>,
    },
    /// Format, lints, native tests, wasm build with its size, and the page in Chromium.
    Test {
        /// Run one part.
        #[arg(long, value_enum)]
        only: Option<checks::Part>,
        #[command(flatten)]
        effort: EffortOption,
    },
    /// Native benchmarks, then those in Chromium; or one of them.
    Bench(bench::Options),
    /// Says what a media file holds, as Incut's own demuxer sees it.
    #[command(disable_help_flag = true)]
    Probe {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Transcribes a file natively with the models the page uses (see `transcribe --help`).
    #[command(disable_help_flag = true)]
    Transcribe {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Finds what only fills time in a recording: "um" and its like (see `fillers --help`).
    #[command(disable_help_flag = true)]
    Fillers {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Lets a language model answer a prompt, natively (see `generate --help`).
    #[command(disable_help_flag = true)]
    Generate {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Says who speaks when in a sound or video file.
    #[command(disable_help_flag = true)]
    Diarize {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Suggests clips from a stored transcript, as the page does, with the evidence for each.
    #[command(disable_help_flag = true)]
    Select {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Gives a file to the real page in headless Chromium and writes transcript, clips and a report.
    Clip(clip::Options),
    /// Finds shots and faces of a video in headless Chromium, and what an upright clip shows of them.
    Reframe(reframe::Options),
}

#[derive(Debug, Args)]
struct EffortOption {
    /// No link-time optimization, no wasm-opt, no compression: for daily runs.
    #[arg(long, env = "INCUT_QUICK", value_parser = clap::builder::FalseyValueParser::new())]
    quick: bool,
}

impl EffortOption {
    fn effort(&self) -> Effort {
        if self.quick { Effort::Quick } else { Effort::Release }
    }
}

/// Of commands that somebody waits for: what is built from these sources already will do, and if it must be built, the quick way.
#[derive(Debug, Args)]
struct ShippedOption {
    /// Build what ships: smaller and a little faster, but built in three times the time.
    #[arg(long)]
    release: bool,
}

impl ShippedOption {
    fn effort(&self) -> Effort {
        if self.release { Effort::Release } else { Effort::Quick }
    }
}

fn main() -> ExitCode {
    match perform(Cli::parse().command) {
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

fn perform(task: Task) -> Outcome {
    match task {
        Task::Serve(options) => Err(serve::serve(&options)),
        Task::Build { effort, page_only, engine_only } => {
            let parts = match (page_only, engine_only) {
                (true, _) => Parts::Page,
                (_, true) => Parts::Engine,
                _ => Parts::All,
            };
            build::build(effort.effort(), parts)
        }
        Task::Trunk => build::complete_for_trunk(),
        Task::Models { models } => models::ensure(&models, models::Scope::Programs),
        Task::Test { only, effort } => checks::run(only, effort.effort()),
        Task::Bench(options) => bench::bench(&options),
        Task::Probe { arguments } => Err(programs::inspect("probe", &arguments)),
        Task::Transcribe { arguments } => Err(programs::transcribe(&arguments)),
        Task::Fillers { arguments } => Err(programs::fillers(&arguments)),
        Task::Generate { arguments } => Err(programs::generate(&arguments)),
        Task::Diarize { arguments } => Err(programs::inspect("diarize", &arguments)),
        Task::Select { arguments } => Err(programs::inspect("select", &arguments)),
        Task::Clip(options) => Err(clip::clip(&options)),
        Task::Reframe(options) => Err(reframe::reframe(&options)),
    }
}
