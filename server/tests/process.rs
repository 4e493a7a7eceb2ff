//! The server as a process: the line it prints, how it treats a client that never finishes asking, and how it ends.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

struct Running {
    child: Child,
    address: String,
    _dist: TempDir,
}

fn start() -> Running {
    let dist = TempDir::new().unwrap();
    std::fs::write(dist.path().join("index.html"), "<title>t</title>").unwrap();
    let mut child = command(dist.path()).args(["--port", "0", "--log-requests"]).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("Incut is at http://").and_then(|rest| rest.strip_suffix('/'));
    let address = address.unwrap_or_else(|| panic!("{line:?}")).to_owned();
    Running { child, address, _dist: dist }
}

fn command(dist: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    command.arg("--dist").arg(dist).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn connect(running: &Running) -> TcpStream {
    let stream = TcpStream::connect(&running.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream
}

fn terminate(child: &Child) {
    let status = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

#[test]
fn it_answers_logs_known_paths_only_and_ends_on_a_signal() {
    let mut running = start();
    for (path, status) in [("/", "200"), ("/my-holiday.mp4", "404"), ("/?utm_source=x&fbclid=y", "200")] {
        let mut stream = connect(&running);
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert!(text.starts_with(&format!("HTTP/1.1 {status}")), "{text}");
    }
    // A connection that is kept open must not keep the server.
    let idle = connect(&running);
    terminate(&running.child);
    let status = running.child.wait().unwrap();
    drop(idle);
    assert!(status.success(), "{status}");
    let mut log = String::new();
    running.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert_eq!(log, "GET / 200\nGET (unknown) 404\nGET / 200\n");
}

#[test]
fn without_a_reader_of_its_log_it_goes_on() {
    let mut running = start();
    drop(running.child.stderr.take());
    for _ in 0..3 {
        let mut stream = connect(&running);
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    }
    terminate(&running.child);
    assert!(running.child.wait().unwrap().success());
}

#[test]
fn a_client_that_never_finishes_its_headers_is_cut_off() {
    let mut running = start();
    let mut stream = connect(&running);
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow:").unwrap();
    let mut text = Vec::new();
    // Ends with a closed connection; the read's own limit of 30 s would be an error.
    stream.read_to_end(&mut text).unwrap();
    assert!(!text.starts_with(b"HTTP/1.1 200"));
    terminate(&running.child);
    assert!(running.child.wait().unwrap().success());
}

#[test]
fn a_missing_page_is_said_and_fails() {
    let empty = TempDir::new().unwrap();
    let output = command(empty.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("build the page first"));
}

#[test]
fn a_port_that_is_asked_for_and_taken_is_an_error() {
    let running = start();
    let port = running.address.rsplit(':').next().unwrap().to_owned();
    let dist = TempDir::new().unwrap();
    std::fs::write(dist.path().join("index.html"), "").unwrap();
    let output = command(dist.path()).args(["--port", &port]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot listen"));
    terminate(&running.child);
}

#[test]
fn it_ends_when_whoever_started_it_is_gone() {
    let dist = TempDir::new().unwrap();
    std::fs::write(dist.path().join("index.html"), "").unwrap();
    let mut child = command(dist.path())
        .args(["--port", "0", "--exit-with-stdin"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(child.try_wait().unwrap().is_none(), "it must live while its standard input is open");
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}
