//! The order of kept projects, and which of them could go when there are many.
//! Plain data. The clock, which may be set back, only ever saves a project from going.

use clip::order;

/// Beyond these a person is asked whether the oldest should go.
pub const MANY: usize = 20;
const HOUR_MS: f64 = 3_600_000.0;

/// Where one project stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Place {
    /// Higher, the later it was opened; 0 of projects that nobody counted yet.
    pub order: u64,
    /// Milliseconds since 1970, as the clock stood.
    pub kept_ms: f64,
}

/// The latest first.
pub fn sort<T>(shelf: &mut Vec<T>, place: impl Fn(&T) -> Place) {
    order::sort_by(shelf, |a, b| {
        let (a, b) = (place(a), place(b));
        b.order.cmp(&a.order).then(b.kept_ms.total_cmp(&a.kept_ms))
    });
}

/// The number of a project that is opened now.
pub fn next_order(shelf: impl Iterator<Item = Place>) -> u64 {
    shelf.map(|place| place.order).max().unwrap_or_default() + 1
}

/// Which of a sorted shelf are beyond [`MANY`]. What was kept within the hour, or after `now_ms`, is none of them.
pub fn surplus<T>(shelf: &[T], place: impl Fn(&T) -> Place, now_ms: f64) -> impl Iterator<Item = &T> {
    shelf.iter().skip(MANY).filter(move |kept| place(kept).kept_ms < now_ms - HOUR_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: f64 = 1_800_000_000_000.0;

    fn place(order: u64, hours_ago: f64) -> Place {
        Place { order, kept_ms: NOW_MS - hours_ago * HOUR_MS }
    }

    #[test]
    fn what_was_opened_last_comes_first_whatever_the_clock_said() {
        let mut shelf = vec![place(0, 9.0), place(0, 3.0), place(1, 9_000.0), place(2, 9_999.0)];
        sort(&mut shelf, |place| *place);
        assert_eq!(shelf, [place(2, 9_999.0), place(1, 9_000.0), place(0, 3.0), place(0, 9.0)]);
        assert_eq!(next_order(shelf.into_iter()), 3);
        assert_eq!(next_order(std::iter::empty()), 1);
    }

    #[test]
    fn only_old_ones_beyond_many_could_go() {
        let mut shelf: Vec<Place> = (1..=24).map(|order| place(order, 100.0)).collect();
        sort(&mut shelf, |place| *place);
        let orders = |shelf: &[Place], now_ms| -> Vec<u64> {
            surplus(shelf, |place| *place, now_ms).map(|place| place.order).collect()
        };
        assert_eq!(orders(&shelf, NOW_MS), [4, 3, 2, 1]);
        assert_eq!(orders(&shelf[..MANY], NOW_MS), [0; 0]);
        // A clock that was set back, and one that was kept a moment ago.
        assert_eq!(orders(&shelf, NOW_MS - 200.0 * HOUR_MS), [0; 0]);
        shelf[22].kept_ms = NOW_MS - 1_000.0;
        assert_eq!(orders(&shelf, NOW_MS), [4, 3, 1]);
    }
}
