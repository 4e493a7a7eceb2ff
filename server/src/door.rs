//! How connections are taken in and how long they are borne: HTTP/1.1 only, a limited number of them, each with a limit for its
//! headers and for taking nothing of an answer. Knows sockets and clocks; refuses to know what is asked.

use crate::patience::Patient;
use crate::seats::{Seat, Seats};
use axum::Router;
use axum::http::Request;
use axum::response::Response;
use axum_server::Handle;
use axum_server::accept::Accept;
use hyper::body::Incoming;
use hyper_util::rt::TokioTimer;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tower_service::Service;

/// What one connection may hold in memory of a request or of an answer, in bytes. Hyper's own limit is six times as large.
const BUFFER_BYTES: usize = 64 * 1024;
/// How much the kernel takes of an answer before the client's side has room for it, in bytes. Small, so that a slow client that moves
/// is seen to move: the socket is writable again whenever half of it is on its way.
const UNSENT_BYTES: u32 = 64 * 1024;
/// Descriptors kept for what is no connection: standard streams, the listener, the runtime.
const SPARE_DESCRIPTORS: u64 = 32;

/// How much patience clients are met with.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From the first moment, or from the end of an answer, until the next request's headers are complete.
    pub headers_within: Duration,
    /// As long as a client may take not one byte of an answer.
    pub stalled: Duration,
    /// Connections at once.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { headers_within: Duration::from_secs(10), stalled: Duration::from_secs(30), connections: 512 }
    }
}

impl Limits {
    /// These limits with no more connections than this process has descriptors for, two each: the socket, and the file that it is
    /// answered with. The process is given as many as it may have first.
    #[must_use]
    pub fn within_descriptors(self) -> Self {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let wanted = self.connections as u64 * 2 + SPARE_DESCRIPTORS;
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        let allowed = maximum.map_or(wanted, |most| most.min(wanted));
        let mut has = current.unwrap_or(u64::MAX);
        if has < allowed && setrlimit(Resource::Nofile, Rlimit { current: Some(allowed), maximum }).is_ok() {
            has = allowed;
        }
        let pairs = usize::try_from(has.saturating_sub(SPARE_DESCRIPTORS) / 2).unwrap_or(usize::MAX);
        Self { connections: self.connections.min(pairs.max(1)), ..self }
    }
}

/// Answers connections of `listener` until `handle` ends it. `listener` must not block.
///
/// # Errors
/// Where the listener cannot be used.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    handle: Handle<SocketAddr>,
    limits: Limits,
) -> io::Result<()> {
    let hall = Hall { app, seats: Arc::new(Seats::new(limits.connections)) };
    // Without TLS nobody speaks HTTP/2 but by prior knowledge: no browser does. Finding out which is spoken has no time limit.
    let mut server = axum_server::from_tcp(listener)?.handle(handle).acceptor(Door { limits }).http1_only();
    let mut http = server.http_builder().http1();
    http.timer(TokioTimer::new()).header_read_timeout(limits.headers_within).max_buf_size(BUFFER_BYTES);
    server.serve(hall).await
}

/// Gives connections their places in the order in which they come. Their tasks may begin in another one: then a request that is
/// about to be answered would have to go for silent ones that came before it.
struct Hall {
    app: Router,
    seats: Arc<Seats>,
}

impl Service<SocketAddr> for Hall {
    type Response = Seated;
    type Error = Infallible;
    type Future = Ready<Result<Seated, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, from: SocketAddr) -> Self::Future {
        let seat = Arc::new(Mutex::new(Some(self.seats.take(from.ip()))));
        ready(Ok(Seated { app: self.app.clone(), seat }))
    }
}

/// The answers of a connection, and its place until its stream takes it.
#[derive(Clone)]
struct Seated {
    app: Router,
    seat: Arc<Mutex<Option<Seat>>>,
}

impl Service<Request<Incoming>> for Seated {
    type Response = Response;
    type Error = Infallible;
    type Future = <Router as Service<Request<Incoming>>>::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<Request<Incoming>>::poll_ready(&mut self.app, cx)
    }

    fn call(&mut self, request: Request<Incoming>) -> Self::Future {
        self.app.call(request)
    }
}

#[derive(Debug, Clone)]
struct Door {
    limits: Limits,
}

impl Accept<TcpStream, Seated> for Door {
    type Stream = Patient;
    type Service = Router;
    type Future = Ready<io::Result<(Patient, Router)>>;

    fn accept(&self, stream: TcpStream, Seated { app, seat }: Seated) -> Self::Future {
        // A refused option costs a little memory or time, nothing else.
        #[cfg(target_os = "linux")]
        let _ = socket2::SockRef::from(&stream).set_tcp_notsent_lowat(UNSENT_BYTES);
        let _ = stream.set_nodelay(true);
        let seat = seat.lock().unwrap_or_else(PoisonError::into_inner).take();
        let seat = seat.ok_or_else(|| io::Error::other("the place of a connection was taken twice"));
        ready(seat.map(|seat| (Patient::new(stream, seat, self.limits.stalled), app)))
    }
}
