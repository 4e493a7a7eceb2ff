//! `bench`: the native benchmarks crate by crate, then the ones that need a browser. It judges nothing; the figures are
//! for docs/BENCHMARKS.md.

use crate::build::{self, Effort, dist_dir};
use crate::failure::Outcome;
use crate::shell::{cargo, command, root, run};
use crate::{models, server, tools};

const BENCHED: [&str; 3] = ["media", "clip", "models"];

pub fn run_all() -> Outcome {
    tools::ensure_for_browser()?;
    models::ensure(&[], models::Scope::Programs)?;
    for package in BENCHED {
        run(cargo(&["bench", "--package", package]).env("INCUT_MODELS", models::folder()?))?;
    }
    build::ensure(Effort::Release)?;
    let server = server::start()?;
    let mut browser = command("npm");
    browser.args(["run", "bench", "--if-present"]).current_dir(root().join("e2e"));
    browser.env("INCUT_BASE_URL", &server.address).env("INCUT_DIST", dist_dir());
    browser.env("INCUT_MODELS", models::folder()?).env("INCUT_SERVER", models::program("server"));
    run(&mut browser)
}
