//! `bench`: the native benchmarks crate by crate, then the ones that need a browser. It judges nothing; the figures are
//! for docs/BENCHMARKS.md.

use crate::build::{self, Effort};
use crate::failure::Outcome;
use crate::shell::{become_command, cargo, run};
use crate::{browser, models, tools};
use clap::{Args, Subcommand};
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
    tools::ensure_for_browser()?;
    models::ensure(&models::OF_THE_PAGE, models::Scope::Programs)?;
    build::ensure(Effort::Release)?;
    let mut driver = match of {
        Bench::Transcribe { audio, model, device, rounds } => {
            let mut driver = browser::driver("bench-transcribe.mjs")?;
            driver.args(audio).args(["--model", model, "--device", device]).arg(format!("--rounds={rounds}"));
            driver
        }
        Bench::Agreement { files, model, device } => {
            let mut driver = browser::driver("bench-agreement.mjs")?;
            driver.args(files).args(["--model", model, "--device", device]);
            driver
        }
    };
    // The figures belong on standard output.
    Err(become_command(&mut driver))
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
