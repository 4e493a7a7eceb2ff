//! `clip`: sees that page and models are there, then becomes the browser's driver, `e2e/clip.mjs`, which starts the
//! server, gives the file to the real page and writes what comes out.

use crate::build;
use crate::failure::{Failure, Outcome};
use crate::shell::become_command;
use crate::{ShippedOption, browser, models, tools};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Options {
    /// The video.
    file: PathBuf,
    /// Where to write transcript.json, transcript.srt, transcript.vtt, clips/ and report.json.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Speech model.
    #[arg(long, default_value = "tiny.en")]
    model: String,
    /// What computes in the browser; `webgpu` takes a software adapter too.
    #[arg(long, value_enum, default_value_t = Device::Cpu)]
    device: Device,
    /// How many clips at most. [default: the page's own choice]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=30))]
    clips: Option<u32>,
    /// Prefer clips about something, by meaning (English).
    #[arg(long, value_name = "TEXT")]
    topic: Option<String>,
    /// Let a language model write the texts about the clips.
    #[arg(long, value_name = "MODEL", num_args = 0..=1, default_missing_value = "smollm2")]
    llm: Option<String>,
    /// Let the rules write them, which is what happens without --llm too.
    #[arg(long, conflicts_with = "llm")]
    no_llm: bool,
    /// Write the report as JSON to standard output.
    #[arg(long)]
    json: bool,
    /// Give up after so many seconds in one stage.
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    stage_limit_s: u32,
    #[command(flatten)]
    effort: ShippedOption,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Device {
    Cpu,
    Webgpu,
}

/// Returns only on failure.
pub fn clip(options: &Options) -> Failure {
    match prepare(options) {
        Ok(mut driver) => become_command(&mut driver),
        Err(failure) => failure,
    }
}

fn prepare(options: &Options) -> Outcome<std::process::Command> {
    let file = absolute(&options.file)?;
    if !file.is_file() {
        return Err(Failure::Usage(format!("{} is not a file", file.display())));
    }
    let out = absolute(&options.out)?;
    tools::ensure_for_browser()?;
    let other_models =
        models::OF_THE_PAGE.iter().filter(|id| !models::SPEECH.contains(id)).map(|id| (*id).to_owned());
    let wanted: Vec<String> =
        std::iter::once(options.model.clone()).chain(other_models).chain(options.llm.clone()).collect();
    models::ensure(&wanted, models::Scope::Programs)?;
    build::ensure(options.effort.effort())?;
    let mut driver = browser::driver("clip.mjs")?;
    driver.arg(&file).arg("--out").arg(out);
    driver.args(["--model", &options.model]);
    driver.args(["--device", if options.device == Device::Cpu { "cpu" } else { "webgpu" }]);
    driver.args(["--stage-limit-s", &options.stage_limit_s.to_string()]);
    if let Some(clips) = options.clips {
        driver.args(["--clips", &clips.to_string()]);
    }
    if let Some(topic) = &options.topic {
        driver.args(["--topic", topic]);
    }
    if let Some(llm) = options.llm.as_ref().filter(|_| !options.no_llm) {
        driver.args(["--llm", llm]);
    }
    if options.json {
        driver.arg("--json");
    }
    Ok(driver)
}

pub fn absolute(path: &Path) -> Outcome<PathBuf> {
    std::path::absolute(path).map_err(Failure::ours(format!("cannot make out {}", path.display())))
}
