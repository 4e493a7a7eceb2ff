//! A stream that gives up on its other side: when nothing of what is written is taken for too long, or when the connection's place is
//! needed. How long, its maker says.

use crate::seats::Seat;
use std::future::Future as _;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

/// A connection with an end to waiting.
#[derive(Debug)]
pub(crate) struct Patient {
    inner: TcpStream,
    seat: Seat,
    stalled: Duration,
    /// Runs while the other side takes nothing.
    limit: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    pub(crate) fn new(inner: TcpStream, seat: Seat, stalled: Duration) -> Self {
        Self { inner, seat, stalled, limit: None }
    }

    /// An error once this connection's place is given away. Registers the task, so that it hears of it.
    fn poll_place(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        match Pin::new(&mut self.seat.goes).poll(cx) {
            Poll::Ready(_) => Err(self.broken_off(io::ErrorKind::ConnectionAborted)),
            Poll::Pending => Ok(()),
        }
    }

    /// Writes by `write`, and bears no longer than the limit that nothing is taken.
    fn poll_moving<T>(
        &mut self,
        cx: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        self.poll_place(cx)?;
        if let Poll::Ready(done) = write(Pin::new(&mut self.inner), cx) {
            self.limit = None;
            self.seat.moved();
            return Poll::Ready(done);
        }
        let stalled = self.stalled;
        let limit = self.limit.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + stalled)));
        ready!(limit.as_mut().poll(cx));
        Poll::Ready(Err(self.broken_off(io::ErrorKind::TimedOut)))
    }

    /// What is not sent yet is thrown away when the connection is closed; the kernel would go on offering it for minutes.
    fn broken_off(&self, kind: io::ErrorKind) -> io::Error {
        let _ = socket2::SockRef::from(&self.inner).set_linger(Some(Duration::ZERO));
        kind.into()
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.poll_place(cx)?;
        let before = into.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(cx, into);
        if into.filled().len() > before {
            self.seat.moved();
        }
        read
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_moving(cx, |inner, cx| inner.poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_moving(cx, |inner, cx| inner.poll_write_vectored(cx, bytes))
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
