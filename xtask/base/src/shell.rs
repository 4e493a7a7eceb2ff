//! Running other programs: where the checkout is, where things are built, how a command is started, announced and
//! waited for.

use crate::failure::{Failure, Outcome};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The checkout's root folder.
pub fn root() -> &'static Path {
    // Two folders up: xtask/base.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// Where every build of ours goes, whatever `CARGO_TARGET_DIR` says: burn takes many minutes for each new folder.
/// `INCUT_TARGET_DIR` moves it.
pub fn target_dir() -> PathBuf {
    std::env::var_os("INCUT_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Where the build keeps what it makes on the way to `dist/`.
pub fn work_dir() -> PathBuf {
    target_dir().join("incut")
}

/// A program started in the checkout's root, with the tools of the npm packages first on its `PATH`.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).env("CARGO_TARGET_DIR", target_dir()).env("PATH", search_path());
    // Set by the cargo that started us; build scripts that look at them would run again.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    command
}

fn search_path() -> std::ffi::OsString {
    let ours = root().join("e2e/node_modules/.bin");
    let theirs = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(ours).chain(std::env::split_paths(&theirs));
    std::env::join_paths(all).unwrap_or(theirs)
}

pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = command("cargo");
    command.args(arguments);
    command
}

/// Runs `command` to its end with its output on our standard error: standard output belongs to results.
pub fn run(command: &mut Command) -> Outcome {
    let text = line(command);
    eprintln!("\u{203a} {text}");
    wait_for(command, &text)
}

/// As [`run`], without announcing it: for one of many small steps.
pub fn run_silently(command: &mut Command) -> Outcome {
    let text = line(command);
    wait_for(command, &text)
}

fn wait_for(command: &mut Command, text: &str) -> Outcome {
    let stderr = std::io::stderr();
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::from(clone_of(&stderr)?))
        .status()
        .map_err(Failure::ours(format!("cannot start `{text}`")))?;
    if status.success() { Ok(()) } else { Err(Failure::Ours(format!("`{text}` ended with {status}"))) }
}

fn clone_of(stderr: &std::io::Stderr) -> Outcome<std::os::fd::OwnedFd> {
    use std::os::fd::AsFd as _;
    stderr.as_fd().try_clone_to_owned().map_err(Failure::ours("standard error is closed"))
}

/// What `command` printed, or `None` where it cannot be started or fails.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Becomes `command`: signals, standard streams and the exit code are its own from here on. Returns only on failure.
pub fn become_command(command: &mut Command) -> Failure {
    use std::os::unix::process::CommandExt as _;
    let text = line(command);
    let error = command.exec();
    Failure::Ours(format!("cannot start `{text}`: {error}"))
}

/// Whether `program` is on the search path.
pub fn is_there(program: &str) -> bool {
    std::env::split_paths(&search_path()).any(|folder| folder.join(program).is_file())
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
