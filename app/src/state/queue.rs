//! Several files that are heard one after another: which is open now, which wait, and how those before them ended.
//! Plain data; the files themselves are held elsewhere, by the numbers that are given here.

use clip::failure::Failure;
use text::say;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    Done,
    /// It could not be opened; why.
    Failed(Failure),
    Now,
    Waits,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub number: u32,
    pub name: String,
    pub turn: Turn,
}

/// Why the next file is not opened at once, although it could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pause {
    #[default]
    None,
    /// Somebody is at work: it follows when they have done nothing for a while, and that is said.
    Soon,
    /// Somebody wants it to wait until they say otherwise.
    Asked,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queue {
    pub entries: Vec<Entry>,
    pub pause: Pause,
    last_number: u32,
}

impl Queue {
    /// A file waits behind all others, and behind the one that is `open`. Its number.
    pub fn wait(&mut self, name: String, open: Option<&str>) -> u32 {
        if let Some(open) = open.filter(|_| self.now().is_none()) {
            self.insert_now(open.to_owned());
        }
        self.push(self.entries.len(), name, Turn::Waits)
    }

    /// A file is opened: a waiting one, or one that nobody queued. What was open before it was stopped.
    pub fn open(&mut self, name: &str, number: Option<u32>) {
        self.leave();
        self.pause = Pause::None;
        if let Some(entry) = self.entries.iter_mut().find(|entry| Some(entry.number) == number) {
            entry.turn = Turn::Now;
        } else if self.next().is_some() {
            self.insert_now(name.to_owned());
        } else {
            // An old list tells nothing of the new file.
            self.entries.clear();
        }
    }

    /// The file that was open is done, or could not be opened.
    pub fn end(&mut self, failed: Option<Failure>) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.turn == Turn::Now) {
            entry.turn = failed.map_or(Turn::Done, Turn::Failed);
        }
    }

    /// What is open is closed before it is done.
    pub fn leave(&mut self) {
        self.entries.retain(|entry| entry.turn != Turn::Now);
    }

    pub fn remove(&mut self, number: u32) {
        self.entries.retain(|entry| entry.number != number);
        if self.next().is_none() {
            self.pause = Pause::None;
        }
    }

    pub fn now(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.turn == Turn::Now)
    }

    pub fn next(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.turn == Turn::Waits)
    }

    /// One file alone is no queue, unless something has to be said of it.
    pub fn is_shown(&self) -> bool {
        let has_news = |entry: &Entry| matches!(entry.turn, Turn::Waits | Turn::Failed(_));
        self.entries.len() > 1 || self.entries.iter().any(has_news)
    }

    /// “Video 2 of 3, 1 not opened”.
    pub fn words(&self) -> String {
        let count = self.entries.len();
        let number =
            |is_so: fn(&Turn) -> bool| self.entries.iter().filter(|entry| is_so(&entry.turn)).count();
        let failed = number(|turn| matches!(turn, Turn::Failed(_)));
        let now = self.entries.iter().position(|entry| entry.turn == Turn::Now);
        match (now, number(|turn| *turn == Turn::Done)) {
            (Some(now), _) => say!("queue-at", number = now + 1, count = count, failed = failed),
            (None, 0) if failed == 0 => say!("queue-waiting", count = count),
            (None, done) if done == count => say!("queue-done", count = count),
            (None, done) => say!("queue-partly-done", done = done, count = count, failed = failed),
        }
    }

    /// What is said of the pause, beside a way to end it and, where it ends by itself, one to make it last.
    pub fn pause_words(&self) -> Option<String> {
        match self.pause {
            Pause::None => None,
            Pause::Soon => Some(say!("queue-next-soon")),
            Pause::Asked => Some(say!("queue-next-asked")),
        }
    }

    /// Somebody is at work. Whether that is news.
    pub fn is_to_start_soon(&mut self) -> bool {
        let is_news = self.pause == Pause::None && self.next().is_some();
        if is_news {
            self.pause = Pause::Soon;
        }
        is_news
    }

    /// Before those that wait.
    fn insert_now(&mut self, name: String) {
        let at = self.entries.iter().position(|entry| entry.turn == Turn::Waits);
        self.push(at.unwrap_or(self.entries.len()), name, Turn::Now);
    }

    fn push(&mut self, at: usize, name: String, turn: Turn) -> u32 {
        self.last_number += 1;
        self.entries.insert(at, Entry { number: self.last_number, name, turn });
        self.last_number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_worked_off_one_after_another_and_each_can_be_taken_out() {
        let mut queue = Queue::default();
        assert!(!queue.is_shown());
        let second = queue.wait("b.mp4".into(), Some("a.mp4"));
        let third = queue.wait("c.mp4".into(), Some("a.mp4"));
        assert_eq!(queue.words(), "Video 1 of 3");
        let fourth = queue.wait("d.mp4".into(), Some("a.mp4"));
        queue.remove(fourth);
        queue.end(None);
        assert_eq!(queue.words(), "1 of 3 videos done");
        assert_eq!(queue.next().map(|entry| entry.number), Some(second));
        queue.open("b.mp4", Some(second));
        assert_eq!(queue.words(), "Video 2 of 3");
        queue.end(Some(Failure::Media(media::Error::NoBytes)));
        queue.open("c.mp4", Some(third));
        assert_eq!(queue.words(), "Video 3 of 3, 1 not opened");
        queue.end(None);
        assert_eq!(queue.words(), "2 of 3 videos done, 1 not opened");
        assert!(queue.next().is_none() && queue.now().is_none() && queue.is_shown());
        queue.open("e.mp4", None);
        assert_eq!(queue, Queue { last_number: queue.last_number, ..Queue::default() });
    }

    #[test]
    fn one_that_is_done_can_be_opened_again_and_is_done_again() {
        let mut queue = Queue::default();
        let second = queue.wait("b.mp4".into(), Some("a.mp4"));
        queue.end(None);
        queue.open("b.mp4", Some(second));
        queue.end(None);
        assert_eq!(queue.words(), "2 videos done");
        let first = queue.entries[0].number;
        queue.open("a.mp4", Some(first));
        assert_eq!(queue.words(), "Video 1 of 2");
        queue.end(None);
        assert_eq!(queue.words(), "2 videos done");
    }

    #[test]
    fn a_pause_is_told_once_and_ends_with_the_next_file() {
        let mut queue = Queue::default();
        assert!(!queue.is_to_start_soon(), "nothing follows");
        let second = queue.wait("b.mp4".into(), Some("a.mp4"));
        let third = queue.wait("c.mp4".into(), Some("a.mp4"));
        queue.end(None);
        assert_eq!(queue.pause_words(), None);
        assert!(queue.is_to_start_soon() && !queue.is_to_start_soon());
        assert_eq!(queue.pause_words().as_deref(), Some("The next video starts in a moment."));
        queue.pause = Pause::Asked;
        assert!(!queue.is_to_start_soon());
        assert_eq!(queue.pause_words().as_deref(), Some("The next video waits until you start it."));
        queue.open("b.mp4", Some(second));
        assert_eq!(queue.pause_words(), None);
        assert!(queue.is_to_start_soon());
        queue.remove(third);
        assert_eq!(queue.pause_words(), None);
    }

    #[test]
    fn what_comes_between_goes_before_those_that_wait_and_what_is_stopped_is_in_no_list() {
        let mut queue = Queue::default();
        queue.wait("b.mp4".into(), Some("a.mp4"));
        queue.open("z.mp4", None);
        let names = |queue: &Queue| queue.entries.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>();
        assert_eq!(
            (names(&queue), queue.words().as_str()),
            (vec!["z.mp4".into(), "b.mp4".into()], "Video 1 of 2")
        );
        queue.leave();
        assert_eq!((queue.words().as_str(), queue.is_shown()), ("1 video waiting", true));
        // Nothing is open: what waits is all there is.
        queue.wait("c.mp4".into(), None);
        assert_eq!(queue.words(), "2 videos waiting");
    }
}
