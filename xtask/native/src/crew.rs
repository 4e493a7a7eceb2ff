//! Threads at the side of a loop: each answers one request at a time, and the loop awaits the answers like those of the page's workers.
//! What is asked and answered is not known here.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use clip::failure::Failure;
use futures::channel::oneshot;

/// A request, and where its answer goes.
type Job<Request, Answer> = (Request, oneshot::Sender<Answer>);

/// Requests wait in one line for the first thread that is idle.
pub struct Crew<Request, Answer> {
    queue: Sender<Job<Request, Answer>>,
    threads: usize,
}

impl<Request: Send, Answer: Send> Crew<Request, Answer> {
    /// Runs `lead` with so many threads at its side. `hire` makes what a thread works with: it takes a request, and is told by the
    /// function beside it once nobody waits for the answer any more.
    pub fn lead<Work, T>(threads: usize, hire: impl Fn() -> Work + Sync, lead: impl FnOnce(&Self) -> T) -> T
    where
        Work: FnMut(Request, &dyn Fn() -> bool) -> Answer,
    {
        let (queue, jobs) = channel();
        // The threads own it: with the last of them go the requests that nobody will answer, and whoever waits is told.
        let jobs = Arc::new(Mutex::new(jobs));
        thread::scope(|scope| {
            let hired: Vec<_> = (0..threads)
                .map(|_| {
                    let (jobs, hire) = (Arc::clone(&jobs), &hire);
                    scope.spawn(move || work(&jobs, hire()))
                })
                .collect();
            drop(jobs);
            let outcome = lead(&Self { queue, threads });
            // Who waited for one that panicked was told so.
            hired.into_iter().for_each(|thread| drop(thread.join()));
            outcome
        })
    }

    /// How many requests are worked on at once.
    pub const fn threads(&self) -> usize {
        self.threads
    }

    /// # Errors
    /// If the thread that took the request panicked, or all did.
    pub async fn ask(&self, request: Request) -> Result<Answer, Failure> {
        let (sender, answer) = oneshot::channel();
        self.queue.send((request, sender)).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())
    }
}

fn gone() -> Failure {
    Failure::internal("a thread that ran a model is gone")
}

/// One thread: requests in, answers out, until the queue is closed.
fn work<Request, Answer>(
    jobs: &Mutex<Receiver<Job<Request, Answer>>>,
    mut work: impl FnMut(Request, &dyn Fn() -> bool) -> Answer,
) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((request, sender)) = next else { return };
        if !sender.is_canceled() {
            let answer = work(request, &|| sender.is_canceled());
            // Whoever asked may have gone meanwhile.
            let _ = sender.send(answer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::StreamExt as _;
    use futures::future::join_all;
    use futures::stream::FuturesUnordered;
    use pollster::block_on;
    use std::sync::Barrier;

    #[test]
    fn as_many_as_there_are_threads_are_worked_on_at_once() {
        let both = Barrier::new(2);
        let hire = || {
            |request: u32, _: &dyn Fn() -> bool| {
                both.wait();
                request * 2
            }
        };
        let answers = Crew::lead(2, hire, |crew| {
            assert_eq!(crew.threads(), 2);
            block_on(join_all((0..6).map(|request| crew.ask(request))))
        });
        let answers: Vec<u32> = answers.into_iter().map(Result::unwrap).collect();
        assert_eq!(answers, [0, 2, 4, 6, 8, 10]);
    }

    #[test]
    fn each_thread_keeps_what_it_works_with() {
        let hire = || {
            let mut count = 0;
            move |(): (), _: &dyn Fn() -> bool| {
                count += 1;
                count
            }
        };
        let last = Crew::lead(1, hire, |crew| block_on(async { (crew.ask(()).await, crew.ask(()).await).1 }));
        assert_eq!(last.unwrap(), 2);
    }

    #[test]
    fn a_panic_is_told_and_the_others_go_on() {
        let hire = || {
            |request: u32, _: &dyn Fn() -> bool| {
                assert!(request != 1, "this one is meant to panic");
                request
            }
        };
        let answers = Crew::lead(2, hire, |crew| {
            let asked: FuturesUnordered<_> = (0..4).map(|request| crew.ask(request)).collect();
            block_on(asked.collect::<Vec<_>>())
        });
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
        // With the last thread gone nobody waits for ever.
        let outcome = Crew::lead(1, hire, |crew| {
            block_on(async { (crew.ask(1).await.is_err(), crew.ask(2).await.is_err()) })
        });
        assert_eq!(outcome, (true, true));
    }

    #[test]
    fn who_left_is_not_worked_for() {
        let begun = Barrier::new(2);
        let hire = || {
            |(): (), is_left: &dyn Fn() -> bool| {
                begun.wait();
                while !is_left() {
                    std::thread::yield_now();
                }
            }
        };
        // Ends at all because the thread is told.
        Crew::lead(1, hire, |crew| {
            let mut asked = Box::pin(crew.ask(()));
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(asked.as_mut().poll(&mut context).is_pending());
            begun.wait();
        });
    }
}
