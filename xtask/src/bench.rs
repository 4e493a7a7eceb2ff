//! `bench`: the native benchmarks crate by crate, then the ones that need a browser. It judges nothing; the figures are
//! for docs/BENCHMARKS.md.

use crate::build::{self, Effort};
use crate::failure::Outcome;
use crate::shell::{become_command, cargo, run};
use crate::{browser, models, programs, tools};
use clap::{Args, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

const BENCHED: [&str; 3] = ["media", "clip", "models"];

#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    of: Option<Bench>,
}

#[derive(Debug, Subcommand)]
enum Bench {
    /// The page beside native faster-whisper (PyPI, fetched when first needed), turn by turn on the same sound.
    Transcribe {
        /// What is transcribed. [default: a synthetic talk]
        audio: Option<PathBuf>,
        /// Which speech model: tiny.en or base.
        #[arg(long, default_value = "tiny.en")]
        model: String,
        /// What the page computes on: cpu or webgpu.
        #[arg(long, default_value = "cpu")]
        device: String,
        /// How often each is measured; the median counts.
        #[arg(long, default_value_t = 3)]
        rounds: u32,
    },
    /// The language model in the page beside llama.cpp in wasm (wllama, fetched from npm when first needed), turn by turn.
    Llm {
        /// How often each is measured; the median counts.
        #[arg(long, default_value_t = 5)]
        rounds: u32,
    },
    /// How many highlights of labeled talks are among the suggested clips, beside two baselines.
    #[command(disable_help_flag = true)]
    Select {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// How long a person waits after moving a slider that weighs the clips, on a transcript of two hours.
    Ranking {
        /// A sound or video file. [default: two synthetic voices for two hours]
        file: Option<PathBuf>,
        /// How often a slider is moved; the median counts.
        #[arg(long, default_value_t = 12)]
        moves: u32,
    },
    /// What the page in Chromium writes down beside what the native command does, token for token.
    Agreement {
        /// Sound or video files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Which speech model.
        #[arg(long, default_value = "tiny.en")]
        model: String,
        /// What the page computes on: cpu or webgpu.
        #[arg(long, default_value = "cpu")]
        device: String,
    },
}

pub fn bench(options: &Options) -> Outcome {
    let Some(of) = &options.of else { return run_all() };
    let (script, arguments) = match of {
        Bench::Select { arguments } => return Err(programs::inspect("bench-select", arguments)),
        Bench::Transcribe { audio, model, device, rounds } => {
            let rounds = format!("--rounds={rounds}");
            let mut arguments: Vec<OsString> = audio.iter().map(OsString::from).collect();
            arguments.extend(["--model", model, "--device", device, &rounds].map(OsString::from));
            ("bench-transcribe.mjs", arguments)
        }
        Bench::Llm { rounds } => {
            models::ensure(&["smollm2"], models::Scope::Programs)?;
            ("bench-llm.mjs", vec![OsString::from("--rounds"), OsString::from(rounds.to_string())])
        }
        Bench::Ranking { file, moves } => {
            let mut arguments: Vec<OsString> = file.iter().map(OsString::from).collect();
            arguments.push(format!("--moves={moves}").into());
            ("bench-ranking.mjs", arguments)
        }
        Bench::Agreement { files, model, device } => {
            let mut arguments: Vec<OsString> = files.iter().map(OsString::from).collect();
            arguments.extend(["--model", model, "--device", device].map(OsString::from));
            ("bench-agreement.mjs", arguments)
        }
    };
    tools::ensure_for_browser()?;
    models::ensure(&models::OF_THE_PAGE, models::Scope::Programs)?;
    build::ensure(Effort::Release)?;
    // The figures belong on standard output.
    Err(become_command(browser::driver(script)?.args(arguments)))
}

fn run_all() -> Outcome {
    tools::ensure_for_browser()?;
    models::ensure(&models::OF_THE_PAGE, models::Scope::Programs)?;
    for package in BENCHED {
        run(cargo(&["bench", "--package", package]).env("INCUT_MODELS", models::folder()?))?;
    }
    build::ensure(Effort::Release)?;
    run(&mut browser::script("bench")?)
}
