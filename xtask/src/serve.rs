//! `serve`: from a fresh checkout to a page in the browser. Prepares everything, side by side, says what is still to come, then
//! becomes the server; what the server does is its own.

use crate::build::{self, dist_dir};
use crate::failure::{Failure, Outcome};
use crate::shell::{become_command, command};
use crate::{ShippedOption, models, tools};
use clap::Args;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::process::Command;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

/// The server's own default.
const USUAL_PORT: u16 = 8080;
/// What is prepared.
const MODELS: &str = "server and models";
const PAGE: &str = "page and engine";

#[derive(Debug, Args)]
pub struct Options {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Port to listen on. [default: 8080, or the next one that is free]
    #[arg(long)]
    port: Option<u16>,
    #[command(flatten)]
    effort: ShippedOption,
}

/// Prepares everything, then becomes the server. Returns only on failure.
pub fn serve(options: &Options) -> Failure {
    match prepared(options) {
        Ok(mut server) => become_command(&mut server),
        Err(failure) => failure,
    }
}

fn prepared(options: &Options) -> Outcome<Command> {
    tools::ensure_for_build()?;
    let effort = options.effort.effort();
    // Where all is there, nothing is to be told.
    let list = if build::is_fresh(effort)? { None } else { Some(List::announced(address(options))) };
    let made = |part| list.iter().for_each(|list| list.made(part));
    let lost = |_| Failure::Ours("a part of the preparation broke".to_owned());
    thread::scope(|scope| {
        let models = scope.spawn(|| {
            models::ensure(&models::OF_THE_PAGE, models::Scope::Programs)
                .map(|()| made(MODELS))
                // Said at once: the compilers go on for minutes, and what they make is kept.
                .inspect_err(|failure| eprintln!("xtask: {MODELS}: {failure}"))
        });
        let built = build::ensure(effort).map(|()| made(PAGE));
        models.join().map_err(lost)?.and(built)
    })?;
    let mut server = command(models::program("server"));
    server.arg("--dist").arg(dist_dir()).arg("--models").arg(models::folder()?);
    server.arg("--host").arg(options.host.to_string());
    if let Some(port) = options.port {
        server.arg("--port").arg(port.to_string());
    }
    Ok(server)
}

/// Where the page will be, unless somebody takes the port meanwhile.
fn address(options: &Options) -> SocketAddr {
    let is_free = |port: &u16| TcpListener::bind(SocketAddr::new(options.host, *port)).is_ok();
    let port = options.port.or_else(|| (USUAL_PORT..=u16::MAX).find(is_free)).unwrap_or(USUAL_PORT);
    SocketAddr::new(options.host, port)
}

/// What is still to be made. Said with the address each time: nobody should have to look for it among all that compilers say.
struct List {
    address: SocketAddr,
    started: Instant,
    open: Mutex<Vec<&'static str>>,
}

impl List {
    fn announced(address: SocketAddr) -> Self {
        let list = Self { address, started: Instant::now(), open: Mutex::new(vec![MODELS, PAGE]) };
        eprintln!("{}", list.outlook(&[MODELS, PAGE]));
        list
    }

    fn made(&self, part: &str) {
        let Ok(mut open) = self.open.lock() else { return };
        open.retain(|other| *other != part);
        let seconds = self.started.elapsed().as_secs();
        eprintln!("Made after {} min {} s: {part}. {}", seconds / 60, seconds % 60, self.outlook(&open));
    }

    fn outlook(&self, open: &[&str]) -> String {
        match open {
            [] => "Nothing is missing now.".to_owned(),
            open => {
                format!("Incut will be at http://{}/. Still being made: {}.", self.address, open.join(", "))
            }
        }
    }
}
