//! Who may hold a connection: a limited number of places, and whose is given away where one more comes. Knows addresses and clocks;
//! what a connection does is its stream's matter.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;
use tokio::time::Instant;

/// The connections that are open. Where one more comes than there may be, another one goes: of the address that holds the most, the
/// one that has been still the longest. So a crowd of silent connections keeps nobody out.
#[derive(Debug)]
pub(crate) struct Seats {
    most: usize,
    began: Instant,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    by_number: BTreeMap<u64, Occupant>,
}

#[derive(Debug)]
struct Occupant {
    from: IpAddr,
    moved_us: Arc<AtomicU64>,
    /// Dropped to tell the connection to go.
    _stays: oneshot::Sender<()>,
}

/// One connection's place, given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    number: u64,
    seats: Arc<Seats>,
    moved_us: Arc<AtomicU64>,
    /// Ends when the place is given to another connection.
    pub(crate) goes: oneshot::Receiver<()>,
}

impl Seats {
    pub(crate) fn new(most: usize) -> Self {
        Self { most: most.max(1), began: Instant::now(), taken: Mutex::default() }
    }

    /// A place for a connection of `from`.
    pub(crate) fn take(self: &Arc<Self>, from: IpAddr) -> Seat {
        let moved_us = Arc::new(AtomicU64::new(self.now_us()));
        let (stays, goes) = oneshot::channel();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while taken.by_number.len() >= self.most {
            let Some(number) = taken.last_served() else { break };
            taken.by_number.remove(&number);
        }
        let number = taken.next;
        taken.next += 1;
        taken.by_number.insert(number, Occupant { from, moved_us: Arc::clone(&moved_us), _stays: stays });
        Seat { number, seats: Arc::clone(self), moved_us, goes }
    }

    fn now_us(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

impl Taken {
    /// Who goes first where there is no more room.
    fn last_served(&self) -> Option<u64> {
        let mut crowd: HashMap<IpAddr, usize> = HashMap::new();
        for occupant in self.by_number.values() {
            *crowd.entry(occupant.from).or_default() += 1;
        }
        let still = |occupant: &Occupant| u64::MAX - occupant.moved_us.load(Ordering::Relaxed);
        let rank = |occupant: &Occupant| (crowd.get(&occupant.from).copied(), still(occupant));
        // Of those that are equal the last of an iterator is the largest: the oldest has to come last.
        let oldest_last = self.by_number.iter().rev();
        oldest_last.max_by_key(|(_, occupant)| rank(occupant)).map(|(number, _)| *number)
    }
}

impl Seat {
    /// Bytes went in or out.
    pub(crate) fn moved(&self) {
        self.moved_us.store(self.seats.now_us(), Ordering::Relaxed);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner).by_number.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn is_told_to_go(seat: &mut Seat) -> bool {
        matches!(seat.goes.try_recv(), Err(oneshot::error::TryRecvError::Closed))
    }

    #[tokio::test(start_paused = true)]
    async fn the_stillest_of_the_largest_crowd_makes_room() {
        let (crowd, guest) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let seats = Arc::new(Seats::new(3));
        let mut still_guest = seats.take(guest);
        tokio::time::advance(Duration::from_secs(1)).await;
        let (mut first, mut second) = (seats.take(crowd), seats.take(crowd));
        tokio::time::advance(Duration::from_secs(1)).await;
        first.moved();
        let mut newest = seats.take(guest);
        assert!(is_told_to_go(&mut second), "the one of the crowd that did not move");
        assert!(
            !is_told_to_go(&mut still_guest) && !is_told_to_go(&mut first) && !is_told_to_go(&mut newest)
        );
        drop(second);
        drop(first);
        let _other = seats.take(crowd);
        assert!(!is_told_to_go(&mut still_guest), "a place that was given back is free");
    }
}
