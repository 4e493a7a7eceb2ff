//! Starting what lies in `e2e/`: scripts that drive the built page in Chromium. They start servers of their own and are told
//! here where page, models and the server's program are.

use crate::build::dist_dir;
use crate::failure::Outcome;
use crate::models;
use crate::shell::{command, root};
use std::process::Command;

/// `npm run NAME` in `e2e/`.
pub fn script(name: &str) -> Outcome<Command> {
    let mut npm = command("npm");
    npm.args(["run", name]);
    npm.current_dir(root().join("e2e"));
    with_places(npm)
}

/// `node e2e/FILE`.
pub fn driver(file: &str) -> Outcome<Command> {
    let mut node = command("node");
    node.arg(root().join("e2e").join(file));
    with_places(node)
}

fn with_places(mut command: Command) -> Outcome<Command> {
    command.env("INCUT_DIST", dist_dir()).env("INCUT_MODELS", models::folder()?);
    command.env("INCUT_SERVER", models::program("server")).env("INCUT_NATIVE", models::program("native"));
    Ok(command)
}
