//! What runs at the page's wish: each job is a function that is handed its context, and here is which of them were asked to stop.

pub mod context;
pub mod export;
pub mod moment;
pub mod open;
pub mod poster;
pub mod prepare;
pub mod search;
pub mod transcribe;
pub mod understand;
pub mod watch;
pub mod write;

use clip::port::Cancellation;
use clip::protocol::JobId;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// Set once the page asked the job to stop.
#[derive(Clone, Default)]
pub struct CancelFlag(Rc<Cell<bool>>);

impl Cancellation for CancelFlag {
    fn is_cancelled(&self) -> bool {
        self.0.get()
    }
}

/// The jobs that run now.
#[derive(Default)]
pub struct Jobs {
    running: RefCell<HashMap<JobId, CancelFlag>>,
}

impl Jobs {
    pub fn begin(&self, job: JobId) -> CancelFlag {
        let flag = CancelFlag::default();
        self.running.borrow_mut().insert(job, flag.clone());
        flag
    }

    pub fn end(&self, job: JobId) {
        self.running.borrow_mut().remove(&job);
    }

    /// `false`: no such job runs (any more).
    pub fn cancel(&self, job: JobId) -> bool {
        self.running.borrow().get(&job).map(|flag| flag.0.set(true)).is_some()
    }

    pub fn cancel_all(&self) {
        for flag in self.running.borrow().values() {
            flag.0.set(true);
        }
    }
}
