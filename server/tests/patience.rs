//! Clients that keep a connection and give nothing for it, over real sockets: every kind of them is let go in time, while others are
//! served. The limits are short here, so that the test is.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use server::{Limits, RequestLog, Site};
use std::net::SocketAddr;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, timeout};

const LIMITS: Limits =
    Limits { headers_within: Duration::from_secs(1), stalled: Duration::from_secs(1), connections: 64 };
/// Longer than any limit, with room for a busy machine.
const LONG: Duration = Duration::from_secs(20);
const LARGE_BYTES: usize = 24 << 20;
const LARGE: &str = "GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n";
const PREFACE: &str = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

struct Running {
    address: SocketAddr,
    handle: axum_server::Handle<SocketAddr>,
    _dist: TempDir,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

fn start(limits: Limits) -> Running {
    let dist = TempDir::new().unwrap();
    std::fs::write(dist.path().join("index.html"), "<title>t</title>").unwrap();
    std::fs::write(dist.path().join("large.bin"), vec![7; LARGE_BYTES]).unwrap();
    let app = server::router(Site::scan(dist.path(), None).unwrap(), RequestLog::Off);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let handle = axum_server::Handle::new();
    tokio::spawn(server::serve(listener, app, handle.clone(), limits));
    Running { address, handle, _dist: dist }
}

/// A connection whose side here has little room, so that what is not read stays with the server.
async fn narrow(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 * 1024).unwrap();
    socket.connect(address).await.unwrap()
}

async fn asks_normally(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut text = String::new();
    timeout(LONG, stream.read_to_string(&mut text)).await.unwrap().unwrap();
    text
}

/// Waits until the other side has let go. What it sent before is read and thrown away.
async fn is_let_go(mut stream: TcpStream, what: &str) {
    let mut bytes = vec![0; 64 * 1024];
    let gone = async { while stream.read(&mut bytes).await.is_ok_and(|read| read > 0) {} };
    assert!(timeout(LONG, gone).await.is_ok(), "{what}: the connection is still open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_gives_nothing_is_let_go() {
    let running = start(LIMITS);
    for (what, bytes) in [
        ("silent", ""),
        ("a part of the preface of HTTP/2", "PRI * HT"),
        ("the preface of HTTP/2", PREFACE),
        ("half a request", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow:"),
        ("idle after an answer", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
    ] {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        is_let_go(stream, what).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn headers_that_never_end_are_not_waited_for() {
    let running = start(LIMITS);
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
    let began = Instant::now();
    while stream.write_all(b"a").await.is_ok() {
        assert!(began.elapsed() < LONG, "a byte at a time keeps the connection");
        sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_nobody_takes_is_given_up() {
    let running = start(LIMITS);
    let mut stream = narrow(running.address).await;
    stream.write_all(LARGE.as_bytes()).await.unwrap();
    sleep(LIMITS.stalled * 4).await;
    let mut rest = Vec::new();
    let taken = timeout(LONG, stream.read_to_end(&mut rest)).await.unwrap();
    // Broken off, so that the kernel does not go on offering what is left.
    assert!(
        taken.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset),
        "{} bytes",
        rest.len()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_client_that_moves_gets_all() {
    let limits = Limits { stalled: Duration::from_secs(2), ..LIMITS };
    let running = start(limits);
    let mut stream = narrow(running.address).await;
    stream
        .write_all(
            b"GET /large.bin HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1048575\r\nConnection: close\r\n\r\n",
        )
        .await
        .unwrap();
    let (mut taken, mut bytes) = (0, vec![0; 128 * 1024]);
    let began = Instant::now();
    loop {
        let read = timeout(LONG, stream.read(&mut bytes)).await.unwrap().unwrap();
        if read == 0 {
            break;
        }
        taken += read;
        sleep(Duration::from_millis(100)).await;
    }
    assert!(taken > 1 << 20, "{taken} bytes after {:?}", began.elapsed());
    assert!(began.elapsed() > limits.stalled, "it was not slow: {:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_of_slow_clients_keeps_nobody_out() {
    // Nothing but the want of places would send them away.
    let patient = Limits { headers_within: LONG * 9, stalled: LONG * 9, connections: 16 };
    let running = start(patient);
    let mut crowd = Vec::new();
    for round in 0..48 {
        let mut stream = narrow(running.address).await;
        let bytes = [LARGE, "", PREFACE, "GET / HT"][round % 4];
        // It may have had to go already.
        let _ = stream.write_all(bytes.as_bytes()).await;
        crowd.push(stream);
    }
    for _ in 0..8 {
        assert!(asks_normally(running.address).await.starts_with("HTTP/1.1 200"));
    }
    is_let_go(crowd.swap_remove(1), "the first silent one").await;
}
