//! The graphics processor of a worker: opened once, for speech, and used by the language model too.

use models::device::Device;
use std::cell::RefCell;

thread_local! {
    static GPU: RefCell<Option<Device>> = const { RefCell::new(None) };
}

/// From now on this is the worker's.
pub fn keep(device: &Device) {
    GPU.with_borrow_mut(|slot| *slot = Some(device.clone()));
}

/// The worker's, where it has one.
pub fn kept() -> Option<Device> {
    GPU.with_borrow(Clone::clone)
}
