//! The server's command: which folders, which address, how it starts and how it ends. It binds, and goes promptly when told to;
//! what is answered, and how long a client is borne, is the library's matter.

use axum_server::Handle;
use clap::Parser;
use server::{Limits, RequestLog, Site};
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

const DEFAULT_PORT: u16 = 8080;
/// How many ports above the default are tried when it is taken.
const PORTS_TO_TRY: u16 = 20;
/// What a download in flight may still take after a signal.
const GRACE: Duration = Duration::from_secs(2);

/// Hands out Incut's page and models. It takes nothing in: GET and HEAD only, no query, no body.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Port to listen on; 0 takes any. [default: 8080, or the next one that is free]
    #[arg(long)]
    port: Option<u16>,
    /// The built page.
    #[arg(long, value_name = "DIR", default_value = "dist")]
    dist: PathBuf,
    /// The exported models, handed out under /models/.
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Write one line for each request to standard error.
    #[arg(long)]
    log_requests: bool,
    /// End when standard input closes, so that a program that started this server never leaves it behind.
    #[arg(long)]
    exit_with_stdin: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("server: {error}"));
            ExitCode::from(3)
        }
    }
}

async fn serve(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    let site = Site::scan(&options.dist, options.models.as_deref())?;
    let log = if options.log_requests { RequestLog::Lines } else { RequestLog::Off };
    let app = server::router(site, log);

    let listener = listen(options.host, options.port)?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let handle = Handle::new();
    let mut ends = [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?];
    let ending = handle.clone();
    tokio::spawn(async move {
        let [term, int] = &mut ends;
        tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
        ending.graceful_shutdown(Some(GRACE));
    });
    if options.exit_with_stdin {
        let ending = handle.clone();
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            ending.graceful_shutdown(Some(GRACE));
        });
    }

    // Whoever started this server may not listen.
    let _ = writeln!(std::io::stdout(), "Incut is at http://{address}/");
    server::serve(listener, app, handle, Limits::default().within_descriptors()).await?;
    Ok(())
}

/// A line on standard error, if anybody reads it.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Binds the port asked for, or the default one, or, where that is taken, the next one that is free.
fn listen(host: IpAddr, port: Option<u16>) -> Result<TcpListener, String> {
    let bind = |port: u16| {
        let address = SocketAddr::new(host, port);
        TcpListener::bind(address)
            .map_err(|error| (error.kind(), format!("cannot listen on {address}: {error}")))
    };
    if let Some(port) = port {
        return bind(port).map_err(|(_, text)| text);
    }
    let mut last = String::new();
    for port in DEFAULT_PORT..=DEFAULT_PORT + PORTS_TO_TRY {
        match bind(port) {
            Ok(listener) => return Ok(listener),
            Err((std::io::ErrorKind::AddrInUse, text)) => {
                say(&format!("Port {port} is taken, trying the next one."));
                last = text;
            }
            Err((_, text)) => return Err(text),
        }
    }
    Err(last)
}
