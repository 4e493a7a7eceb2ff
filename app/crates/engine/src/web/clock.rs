//! The worker's clock behind the domain's port.

use crate::web::js;
use clip::port::Clock;

/// Seconds since the worker started.
pub struct WorkerClock;

impl Clock for WorkerClock {
    fn now_s(&self) -> f64 {
        js::now_ms() / 1000.0
    }
}
