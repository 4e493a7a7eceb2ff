//! `test`: every check there is, in the order in which they are cheapest to fail. A part that fails does not keep the
//! others from running; the end is one table with each runner's closing line.

use crate::build::{self, Effort, Parts, dist_dir};
use crate::failure::{Failure, Outcome};
use crate::shell::{cargo, command, is_there};
use crate::{browser, models, tools};
use clap::ValueEnum;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// rustfmt on the whole workspace.
    Fmt,
    /// clippy with warnings denied, natively and for wasm.
    Clippy,
    /// Unit and integration tests that need no browser.
    Native,
    /// The build that ships, and its limits of size.
    Wasm,
    /// The page in a real Chromium, and once in Firefox.
    E2e,
}

const WASM_CRATES: [&str; 8] =
    ["incut-app", "engine", "project", "speech", "text", "clip", "media", "models"];

/// Has cargo compile our crates by clippy, which is rustc and tells what it thinks: what is tested is then not compiled once more to be
/// linted. What clippy is told is set as `cargo clippy` would set it.
const LINTING: [(&str, &str); 2] = [
    ("RUSTC_WORKSPACE_WRAPPER", "clippy-driver"),
    ("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__"),
];

struct Result {
    part: Part,
    seconds: f64,
    /// What the runners said last, or what went wrong.
    ended: std::result::Result<Vec<String>, String>,
}

/// Runs `only`, or everything. Then the build that ships is made beside lints and native tests: for minutes each of them keeps one core
/// busy and no more.
pub fn run(only: Option<Part>, effort: Effort) -> Outcome {
    if only.is_none() && !lints_while_compiling() {
        return run_linting();
    }
    let parts = only.map_or_else(|| Part::value_variants().to_vec(), |part| vec![part]);
    let mut beside = only.is_none().then(|| {
        // Two threads must not install the same. What is missing all the same, each part says.
        if let Err(failure) = tools::ensure_for_native_tests() {
            eprintln!("{failure}");
        }
        thread::spawn(move || timed(Part::Wasm, effort))
    });
    let results: Vec<Result> = parts
        .into_iter()
        .map(|part| match beside.take_if(|_| part == Part::Wasm) {
            Some(running) => running.join().unwrap_or_else(|_| Result {
                part,
                seconds: 0.0,
                ended: Err("it ended without a word".to_owned()),
            }),
            None => timed(part, effort),
        })
        .collect();
    println!("\nSummary of cargo xtask test");
    for result in &results {
        let (verdict, lines) = match &result.ended {
            Ok(lines) => ("ok", lines.as_slice()),
            Err(text) => ("FAILED", std::slice::from_ref(text)),
        };
        let name = result.part.to_possible_value().map_or(String::new(), |value| value.get_name().to_owned());
        println!("{name:>8}  {verdict:<6}  {:>5.0} s  {}", result.seconds, lines.join(" | "));
    }
    let failed = results.iter().filter(|result| result.ended.is_err()).count();
    println!("{} of {} parts passed", results.len() - failed, results.len());
    if failed == 0 { Ok(()) } else { Err(Failure::Said(1)) }
}

fn lints_while_compiling() -> bool {
    std::env::var_os(LINTING[0].0).is_some_and(|wrapper| wrapper == LINTING[0].1)
}

/// All of this once more, in a process that every compiler of ours inherits [`LINTING`] from.
fn run_linting() -> Outcome {
    let program = std::env::current_exe().map_err(Failure::ours("no program of our own"))?;
    let mut again = command(program);
    again.args(std::env::args_os().skip(1)).envs(LINTING);
    let status = again.status().map_err(Failure::ours("cannot run the checks"))?;
    if status.success() { Ok(()) } else { Err(Failure::Said(1)) }
}

fn timed(part: Part, effort: Effort) -> Result {
    let start = Instant::now();
    let ended = check(part, effort).map_err(|failure| failure.to_string());
    Result { part, seconds: start.elapsed().as_secs_f64(), ended }
}

fn check(part: Part, effort: Effort) -> Outcome<Vec<String>> {
    match part {
        Part::Fmt => watch(&mut cargo(&["fmt", "--all", "--check"])),
        Part::Clippy => clippy(),
        Part::Native => native(),
        Part::Wasm => wasm(effort),
        Part::E2e => e2e(effort),
    }
}

fn clippy() -> Outcome<Vec<String>> {
    if lints_while_compiling() {
        watch(&mut cargo(&["build", "--quiet", "--workspace", "--all-targets"]))?;
    } else {
        watch(&mut cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    }
    tools::ensure_wasm_target()?;
    let mut for_wasm = vec!["clippy", "--quiet", "--target", tools::WASM_TARGET];
    for_wasm.extend(WASM_CRATES.iter().flat_map(|krate| ["--package", krate]));
    for_wasm.extend(["--", "-D", "warnings"]);
    // As the page is compiled, so that the two share a folder.
    watch(cargo(&for_wasm).env(build::ERASED.0, build::ERASED.1))?;
    Ok(vec!["no warnings".to_owned()])
}

fn native() -> Outcome<Vec<String>> {
    tools::ensure_for_native_tests()?;
    models::ensure(&models::ALL, models::Scope::Tests)?;
    let models = models::folder()?;
    if !is_there("cargo-nextest") {
        return watch(cargo(&["test", "--workspace"]).env("INCUT_MODELS", models));
    }
    let mut said =
        watch(cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]).env("INCUT_MODELS", &models))?;
    said.extend(watch(cargo(&["test", "--workspace", "--doc"]).env("INCUT_MODELS", models))?);
    Ok(said)
}

fn wasm(effort: Effort) -> Outcome<Vec<String>> {
    build::build(effort, Parts::All)?;
    match effort {
        Effort::Release => build::check_sizes(&dist_dir()).map(|sizes| vec![sizes]),
        Effort::Quick => Ok(vec!["built without optimisation: sizes not checked".to_owned()]),
    }
}

fn e2e(effort: Effort) -> Outcome<Vec<String>> {
    tools::ensure_for_build()?;
    tools::ensure_for_browser()?;
    tools::ensure_firefox()?;
    models::ensure(&models::ALL, models::Scope::Tests)?;
    build::ensure(effort)?;
    watch(&mut browser::script("test")?)
}

/// Runs `command`, lets its output through, and gives back its closing lines.
fn watch(command: &mut Command) -> Outcome<Vec<String>> {
    let words: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).collect();
    let text = words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    eprintln!("\u{203a} {text}");
    let failed = || Failure::ours(format!("cannot run `{text}`"));
    let (reader, writer) = std::io::pipe().map_err(failed())?;
    let for_errors = writer.try_clone().map_err(failed())?;
    let mut child =
        command.stdin(Stdio::null()).stdout(writer).stderr(for_errors).spawn().map_err(failed())?;
    // The command holds the pipe's writing end too; without it the reading would never end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut closing: Vec<String> = Vec::new();
    let mut tests = 0;
    for line in BufReader::new(reader).split(b'\n') {
        let line = String::from_utf8_lossy(&line.map_err(failed())?).into_owned();
        eprintln!("{line}");
        match closing_line(line.trim()) {
            Some(Closing::CargoTest { passed }) => tests += passed,
            Some(Closing::Other(text)) => closing.push(text),
            None => {}
        }
    }
    if tests > 0 {
        closing.push(format!("cargo test: {tests} passed"));
    }
    let status = child.wait().map_err(failed())?;
    if status.success() {
        return Ok(closing);
    }
    closing.push(format!("`{text}` ended with {status}"));
    Err(Failure::Ours(closing.join(" | ")))
}

#[derive(Debug, PartialEq, Eq)]
enum Closing {
    /// One of many: a test program's own last line.
    CargoTest {
        passed: u64,
    },
    Other(String),
}

/// What a runner says at its end: nextest's summary, a test program's result, node's counts.
fn closing_line(line: &str) -> Option<Closing> {
    if let Some(rest) = line.strip_prefix("test result: ") {
        let passed = rest.split_once(". ")?.1.split(' ').next()?.parse().ok()?;
        return Some(Closing::CargoTest { passed });
    }
    let node = ["tests ", "pass ", "fail ", "skipped "];
    let bare = line.trim_start_matches(['\u{2139}', '#', ' ']);
    let is_node = bare.len() < line.len() && node.iter().any(|word| is_count(bare, word));
    let is_nextest = line.starts_with("Summary [");
    (is_node || is_nextest).then(|| Closing::Other(if is_node { bare } else { line }.to_owned()))
}

fn is_count(line: &str, word: &str) -> bool {
    line.strip_prefix(word)
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_recognized() {
        let other = |text: &str| Some(Closing::Other(text.to_owned()));
        for (line, expected) in [
            ("test result: ok. 7 passed; 0 failed; 0 ignored", Some(Closing::CargoTest { passed: 7 })),
            ("test result: FAILED. 3 passed; 1 failed", Some(Closing::CargoTest { passed: 3 })),
            (
                "Summary [  12.3s] 40 tests run: 40 passed, 0 skipped",
                other("Summary [  12.3s] 40 tests run: 40 passed, 0 skipped"),
            ),
            ("\u{2139} pass 12", other("pass 12")),
            ("# fail 0", other("fail 0")),
            ("pass 12", None),
            ("# pass the salt", None),
            ("", None),
        ] {
            assert_eq!(closing_line(line), expected, "{line}");
        }
    }
}
