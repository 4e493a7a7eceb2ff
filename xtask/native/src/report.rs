//! What the listening loop reports, as it is shown while it goes on: each line of text as soon as all before it are there.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::mem;

use clip::note::Note;
use clip::port::Events;
use clip::protocol::FromEngine;
use clip::select::FEWEST_WORDS;
use clip::tracks::Listening;
use clip::transcript::{Segment, WindowSpan};

use crate::transcript::line;

#[derive(Default)]
pub struct Report {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    listening: Option<Listening>,
    notes: Vec<Note>,
    /// Windows before which others are still being heard, by their begin.
    early: BTreeMap<u64, (WindowSpan, Vec<Segment>)>,
    /// Where the next window begins.
    next: u64,
    words: usize,
    /// Lines in order that were not shown yet.
    ready: Vec<String>,
}

impl Report {
    /// What is listened to at last, and what is to be said of it.
    pub fn listening(&self) -> (Option<Listening>, Vec<Note>) {
        let state = self.state.borrow();
        (state.listening, state.notes.clone())
    }

    /// The lines that may be shown by now: with fewer words the loop may still settle on other sound.
    pub fn lines(&self) -> Vec<String> {
        let mut state = self.state.borrow_mut();
        if state.words < FEWEST_WORDS { Vec::new() } else { mem::take(&mut state.ready) }
    }

    /// All the others, once the loop has ended.
    pub fn rest(&self) -> Vec<String> {
        let mut state = self.state.borrow_mut();
        let early = mem::take(&mut state.early);
        let mut ready = mem::take(&mut state.ready);
        ready.extend(early.values().flat_map(|(_, segments)| segments).map(line));
        ready
    }
}

impl Events for Report {
    fn emit(&self, event: FromEngine) {
        let mut state = self.state.borrow_mut();
        match event {
            FromEngine::Listening { listening, notes, .. } => {
                if state.listening.is_some_and(|before| before.sound != listening.sound) {
                    *state = State::default();
                }
                state.listening = Some(listening);
                state.notes = notes;
            }
            FromEngine::Segments { window, segments, .. } => state.take(window, segments),
            _ => {}
        }
    }
}

impl State {
    fn take(&mut self, window: WindowSpan, segments: Vec<Segment>) {
        self.early.insert(window.start_sample, (window, segments));
        while let Some((window, segments)) = self.early.remove(&self.next) {
            self.next = window.end_sample;
            self.words += segments.iter().map(|segment| segment.words.len()).sum::<usize>();
            self.ready.extend(segments.iter().map(line));
        }
    }
}

/// Shows lines while the loop goes on.
pub struct Shown<'a>(pub &'a Report);

impl Events for Shown<'_> {
    fn emit(&self, event: FromEngine) {
        self.0.emit(event);
        self.0.lines().iter().for_each(|line| println!("{line}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clip::protocol::JobId;
    use clip::tracks::{SoundChoice, Tracks};
    use clip::transcript::Word;
    use media::TrackId;
    use media::time::Instant;

    fn segments(report: &Report, start_s: u64, text: &str) {
        let at = Instant::from_seconds(start_s as f64);
        let word = |text: &str| Word { text: format!(" {text}"), start: at, end: at, confidence: 1.0 };
        let segment = Segment {
            start: at,
            end: at,
            tokens: Vec::new(),
            avg_logprob: 0.0,
            no_speech_prob: 0.0,
            words: text.split(' ').map(word).collect(),
        };
        let window = WindowSpan { start_sample: start_s * 16_000, end_sample: (start_s + 10) * 16_000 };
        let language = "en".into();
        report.emit(FromEngine::Segments { job: JobId(0), window, language, segments: vec![segment] });
    }

    fn listen(report: &Report, track: u32, notes: &[Note]) {
        let sound = SoundChoice::of(Tracks::One(TrackId(track)));
        let listening = Listening { sound, is_wanted: false };
        report.emit(FromEngine::Listening { job: JobId(0), listening, notes: notes.to_vec() });
    }

    fn last_words(lines: &[String]) -> Vec<&str> {
        lines.iter().filter_map(|line| line.rsplit(' ').next()).collect()
    }

    #[test]
    fn lines_come_in_order_once_there_are_enough_words() {
        let report = Report::default();
        listen(&report, 1, &[]);
        segments(&report, 10, "three four five");
        assert!(report.lines().is_empty());
        segments(&report, 0, "one two");
        assert_eq!(last_words(&report.lines()), ["two", "five"]);
        assert!(report.lines().is_empty());
        segments(&report, 30, "eight");
        assert!(report.lines().is_empty());
        assert_eq!(last_words(&report.rest()), ["eight"]);
    }

    #[test]
    fn what_was_heard_elsewhere_is_not_shown() {
        let report = Report::default();
        listen(&report, 1, &[]);
        segments(&report, 0, "hum");
        // A note alone changes nothing.
        listen(&report, 1, &[Note::Cancelled]);
        assert_eq!(report.state.borrow().words, 1);
        listen(&report, 2, &[Note::Cancelled]);
        segments(&report, 0, "one two three four five");
        assert_eq!(last_words(&report.lines()), ["five"]);
        assert!(report.rest().is_empty());
        let (listening, notes) = report.listening();
        assert_eq!(listening.map(|listening| listening.sound.tracks), Some(Tracks::One(TrackId(2))));
        assert_eq!(notes, [Note::Cancelled]);
    }
}
