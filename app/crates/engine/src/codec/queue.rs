//! What a WebCodecs codec has put out and not been asked for yet, its first error, and a way to wait for either.
//! One queue a codec; the codec's callbacks push, one task pops.

use clip::failure::Failure;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

pub struct CodecQueue<T> {
    items: RefCell<VecDeque<T>>,
    error: RefCell<Option<Failure>>,
    waker: RefCell<Option<Waker>>,
    /// Counts callbacks, so that a waiter notices one that came before it started to wait.
    events: Cell<u64>,
    is_closed: Cell<bool>,
}

impl<T> CodecQueue<T> {
    pub fn new() -> Rc<Self> {
        Rc::new(Self {
            items: RefCell::default(),
            error: RefCell::default(),
            waker: RefCell::default(),
            events: Cell::new(0),
            is_closed: Cell::new(false),
        })
    }

    /// Nobody pops any more: what still comes is let go at once.
    pub fn close(&self) {
        self.is_closed.set(true);
        self.items.borrow_mut().clear();
    }

    pub fn push(&self, item: T) {
        if self.is_closed.get() {
            return;
        }
        self.items.borrow_mut().push_back(item);
        self.wake();
    }

    pub fn fail(&self, failure: Failure) {
        self.error.borrow_mut().get_or_insert(failure);
        self.wake();
    }

    /// Something else happened that a waiter may wait for (the codec took an input from its queue).
    pub fn wake(&self) {
        self.events.set(self.events.get() + 1);
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    pub fn pop(&self) -> Option<T> {
        self.items.borrow_mut().pop_front()
    }

    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    pub fn take_error(&self) -> Option<Failure> {
        self.error.borrow_mut().take()
    }

    pub fn events(&self) -> u64 {
        self.events.get()
    }

    /// Resolves once a callback came after the count `seen`.
    pub async fn after(&self, seen: u64) {
        poll_fn(|context| {
            if self.events.get() != seen {
                return Poll::Ready(());
            }
            *self.waker.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
