//! The thin server: hands out the built page and the models, and nothing else. It knows files and headers; it refuses
//! to know what is in them, and it cannot be told anything: no query, no body, no method but GET and HEAD.

mod door;
mod listed;
mod patience;
mod policy;
mod refuse;
mod seats;
mod site;

pub use door::{Limits, serve};
pub use policy::{InlineHashes, Policy};
pub use site::{Site, SiteError};

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use std::io::Write as _;
use std::sync::Arc;

/// Whether each request leaves a line on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestLog {
    Off,
    /// `METHOD PATH STATUS`; a path that names no asset is written `(unknown)`, so that nothing can be smuggled out
    /// through the log.
    Lines,
}

struct Served {
    site: Site,
    policy: Policy,
    log: RequestLog,
}

/// The whole server as one function of a request: every response, refusals included, carries the policy's headers.
pub fn router(site: Site, log: RequestLog) -> Router {
    let policy = Policy::for_page(site.inline_hashes());
    Router::new().fallback(answer).with_state(Arc::new(Served { site, policy, log }))
}

async fn answer(State(served): State<Arc<Served>>, request: Request) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let mut response = match refuse::reason(&request) {
        Some(refusal) => refusal.into_response(),
        None => served.site.hand_out(request).await,
    };
    served.policy.apply(response.headers_mut());
    if served.log == RequestLog::Lines {
        let known = if served.site.knows(&path) { path.as_str() } else { "(unknown)" };
        let verb = if refuse::is_method_known(&method) { method.as_str() } else { "(method)" };
        // Whoever read the log may be gone; that is no reason to answer nobody.
        let _ = writeln!(std::io::stderr(), "{verb} {known} {}", response.status().as_u16());
    }
    response
}
