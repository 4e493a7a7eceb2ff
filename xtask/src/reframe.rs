//! `reframe`: has the engine look at a file's picture in Chromium, as the editor does, then becomes `inspect reframe`, which works out what
//! an upright clip shows of it.

use crate::build;
use crate::clip::absolute;
use crate::failure::{Failure, Outcome};
use crate::shell::{become_command, command, work_dir};
use crate::{ShippedOption, browser, models, tools};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

#[derive(Debug, Args)]
pub struct Options {
    /// The video.
    file: PathBuf,
    /// Print shots, faces and scenes as JSON (see docs/CLI.md).
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    effort: ShippedOption,
}

/// Returns only on failure.
pub fn reframe(options: &Options) -> Failure {
    match prepare(options) {
        Ok(mut inspect) => become_command(&mut inspect),
        Err(failure) => failure,
    }
}

/// What a program said before it failed is passed on.
fn said(output: &Output) -> Failure {
    print!("{}", String::from_utf8_lossy(&output.stdout));
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    Failure::Said(output.status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(3))
}

fn prepare(options: &Options) -> Outcome<Command> {
    let file = absolute(&options.file)?;
    if !file.is_file() {
        return Err(Failure::Usage(format!("{} is not a file", file.display())));
    }
    models::build_programs(models::Scope::Inspect)?;
    // What cannot be read is said in the words of `probe`, before anything is built.
    let mut probe = command(models::program("inspect"));
    let probed = probe.arg("probe").arg(&file).args(options.json.then_some("--json"));
    let probed = probed.output().map_err(Failure::ours("cannot run inspect"))?;
    if !probed.status.success() {
        return Err(said(&probed));
    }
    tools::ensure_for_browser()?;
    let wanted: Vec<String> = models::OF_THE_PAGE.iter().map(|id| (*id).to_owned()).collect();
    models::ensure(&wanted, models::Scope::Programs)?;
    build::ensure(options.effort.effort())?;
    let mut driver = browser::driver("reframe.mjs")?;
    let looked =
        driver.arg(&file).stderr(Stdio::inherit()).output().map_err(Failure::ours("cannot run node"))?;
    if !looked.status.success() {
        return Err(said(&looked));
    }
    let sight = work_dir().join(format!("sight-{}.json", std::process::id()));
    fs::create_dir_all(work_dir()).map_err(Failure::ours("cannot make the work folder"))?;
    fs::write(&sight, &looked.stdout).map_err(Failure::ours("cannot write what was seen"))?;
    let mut inspect = command(models::program("inspect"));
    inspect.arg("reframe").arg(&file).arg("--sight").arg(&sight);
    if options.json {
        inspect.arg("--json");
    }
    Ok(inspect)
}
