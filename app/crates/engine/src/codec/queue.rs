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

    /// Nobody pops any more: what still comes is let go at once, errors too.
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
        if self.is_closed.get() {
            return;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use std::pin::pin;
    use std::task::Context;

    #[test]
    fn a_waiter_notices_what_came_before_it_waits_and_what_comes_then() {
        let queue = CodecQueue::new();
        let mut context = Context::from_waker(Waker::noop());
        let seen = queue.events();
        let mut waiting = pin!(queue.after(seen));
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        queue.push(1);
        assert!(waiting.as_mut().poll(&mut context).is_ready());
        assert!(pin!(queue.after(seen)).poll(&mut context).is_ready());
        assert_eq!((queue.len(), queue.pop(), queue.pop()), (1, Some(1), None));
    }

    #[test]
    fn the_first_error_counts() {
        let queue = CodecQueue::<u8>::new();
        queue.fail(Failure::internal("first"));
        queue.fail(Failure::internal("second"));
        assert_eq!((queue.take_error(), queue.take_error()), (Some(Failure::internal("first")), None));
    }

    #[test]
    fn what_comes_after_the_end_is_let_go_at_once() {
        let (queue, item) = (CodecQueue::new(), Rc::new(()));
        queue.push(Rc::clone(&item));
        queue.close();
        assert_eq!(Rc::strong_count(&item), 1);
        let events = queue.events();
        queue.push(Rc::clone(&item));
        queue.fail(Failure::internal("late"));
        assert_eq!((Rc::strong_count(&item), queue.len(), queue.take_error()), (1, 0, None));
        assert_eq!(queue.events(), events, "nobody is woken for it");
    }
}
