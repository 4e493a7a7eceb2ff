//! `serve`: from a fresh checkout to a page in the browser. Prepares everything, then becomes the server; what the server
//! does is its own.

use crate::build::{self, dist_dir};
use crate::failure::{Failure, Outcome};
use crate::shell::{become_command, command};
use crate::{EffortOption, models, tools};
use clap::Args;
use std::net::IpAddr;

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
        models::ensure(&models::OF_THE_PAGE, models::Scope::Programs)?;
        build::ensure(options.effort.effort())?;
        let mut server = command(models::program("server"));
        server.arg("--dist").arg(dist_dir()).arg("--models").arg(models::folder()?);
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
