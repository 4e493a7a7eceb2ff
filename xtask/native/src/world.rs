//! What else a loop needs here: a clock, nobody who stops it, and nobody who is told how far it is.

use std::time::Instant;

use clip::analyze::Ports;
use clip::port::{Cancellation, Clock, Events};
use clip::protocol::FromEngine;

/// The clock runs from its making.
pub struct World {
    began: Instant,
}

impl Default for World {
    fn default() -> Self {
        #[expect(clippy::disallowed_methods, reason = "a native command, which has a clock")]
        let began = Instant::now();
        Self { began }
    }
}

impl World {
    /// Where nobody is told anything.
    pub fn ports(&self) -> Ports<'_> {
        self.reporting(self)
    }

    pub fn reporting<'a>(&'a self, events: &'a dyn Events) -> Ports<'a> {
        Ports { events, clock: self, cancel: self }
    }
}

impl Clock for World {
    fn now_s(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }
}

impl Cancellation for World {
    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Events for World {
    fn emit(&self, _event: FromEngine) {}
}
