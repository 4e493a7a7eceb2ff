//! The server as other commands need it: in the foreground for a person, in the background for a test.

use crate::build::{self, dist_dir};
use crate::failure::{Failure, Outcome};
use crate::shell::{become_command, command};
use crate::{EffortOption, models, tools};
use clap::Args;
use std::io::{BufRead as _, BufReader};
use std::net::IpAddr;
use std::process::{Child, Stdio};

#[derive(Debug, Args)]
pub struct Options {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Port to listen on. [default: 8080, or the next one that is free]
    #[arg(long)]
    port: Option<u16>,
    #[command(flatten)]
    effort: EffortOption,
}

/// Prepares everything, then becomes the server. Returns only on failure.
pub fn serve(options: &Options) -> Failure {
    let prepared = || -> Outcome<std::process::Command> {
        tools::ensure_for_build()?;
        models::ensure(&[], models::Scope::Programs)?;
        build::ensure(options.effort.effort())?;
        let mut server = server_command()?;
        server.arg("--host").arg(options.host.to_string());
        if let Some(port) = options.port {
            server.arg("--port").arg(port.to_string());
        }
        Ok(server)
    };
    match prepared() {
        Ok(mut server) => become_command(&mut server),
        Err(failure) => failure,
    }
}

fn server_command() -> Outcome<std::process::Command> {
    let mut server = command(models::program("server"));
    server.arg("--dist").arg(dist_dir()).arg("--models").arg(models::folder()?);
    Ok(server)
}

/// A server on a free port, gone when this is dropped or when we are.
pub struct Background {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub address: String,
}

/// Starts a server over `dist/` and the models, which must be there.
pub fn start() -> Outcome<Background> {
    let mut server = server_command()?;
    server.args(["--port", "0", "--exit-with-stdin"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = server.spawn().map_err(Failure::ours("cannot start the server"))?;
    let mut line = String::new();
    if let Some(stdout) = child.stdout.take() {
        BufReader::new(stdout).read_line(&mut line).map_err(Failure::ours("the server says nothing"))?;
    }
    match line.trim().strip_prefix("Incut is at ").map(|address| address.trim_end_matches('/').to_owned()) {
        Some(address) => Ok(Background { child, address }),
        None => Err(Failure::Ours("the server did not start".to_owned())),
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Its standard input closes with us, which ends it too; this is only quicker.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
