//! `bench`: the native benchmarks crate by crate, then the ones that need a browser. It judges nothing; the figures are
//! for docs/BENCHMARKS.md.

use crate::build::{self, Effort};
use crate::failure::Outcome;
use crate::shell::{cargo, run};
use crate::{browser, models, tools};

const BENCHED: [&str; 3] = ["media", "clip", "models"];

pub fn run_all() -> Outcome {
    tools::ensure_for_browser()?;
    models::ensure(&[], models::Scope::Programs)?;
    for package in BENCHED {
        run(cargo(&["bench", "--package", package]).env("INCUT_MODELS", models::folder()?))?;
    }
    build::ensure(Effort::Release)?;
    run(&mut browser::script("bench")?)
}
