//! Files that come while another is open: asked about, put into the queue, and opened when it is their turn.

use super::{Session, Taken, label_of};
use crate::browser;
use crate::projects;
use crate::reactive::{effect, memo};
use crate::state::AppState;
use crate::state::queue::{Pause, Queue};
use leptos::prelude::*;
use std::time::Duration;
use text::say;

/// Who has pressed something within this time is at work here: the next file waits.
const AT_WORK_MS: f64 = 10_000.0;

impl Session {
    /// Files with nothing to ask about first: one is opened, the others wait. Where one is being heard, nothing is stopped unasked.
    pub(super) fn place(self, mut files: Vec<Taken>) {
        if files.is_empty() {
            return;
        }
        if !self.state.with_untracked(AppState::is_at_work) {
            let (first, handle) = files.remove(0);
            self.queue.update(|queue| queue.open(&first.name(), None));
            self.begin_with(first, handle);
            return self.wait_with(files);
        }
        let open =
            self.state.with_untracked(|state| Some(state.file.as_ref()?.label.clone())).unwrap_or_default();
        files.retain(|(file, _)| {
            let label = label_of(file);
            (label.name, label.bytes, label.modified_ms) != (open.name.clone(), open.bytes, open.modified_ms)
        });
        if files.is_empty() {
            return projects::tell(self, say!("queue-is-open", name = open.name));
        }
        self.held.update_value(|held| held.arrived.extend(files));
        self.show_arrived();
    }

    fn show_arrived(self) {
        let names = self.held.with_value(|held| held.arrived.iter().map(|(file, _)| file.name()).collect());
        self.arrived.set(names);
    }

    fn take_arrived(self) -> Vec<Taken> {
        let files = self.held.try_update_value(|held| std::mem::take(&mut held.arrived)).unwrap_or_default();
        self.show_arrived();
        files
    }

    pub fn hear_arrived_next(self) {
        let files = self.take_arrived();
        self.wait_with(files);
    }

    /// What is open is stopped; as far as it was heard, it is kept.
    pub fn hear_arrived_now(self) {
        let mut files = self.take_arrived();
        if files.is_empty() {
            return;
        }
        let (first, handle) = files.remove(0);
        self.queue.update(|queue| queue.open(&first.name(), None));
        self.begin_with(first, handle);
        self.wait_with(files);
    }

    pub fn let_arrived_go(self) {
        self.take_arrived();
    }

    /// Nothing is interrupted any more: there is nothing to ask. What came is the next in the queue, or opened where nothing is open.
    fn settle_arrived(self) {
        let files = self.take_arrived();
        let Some(first) = files.first().map(|(file, _)| file.name()) else { return };
        if self.state.with_untracked(|state| state.file.is_none()) {
            return self.place(files);
        }
        self.wait_with(files);
        self.tell(&say!("queue-is-waiting", name = first));
    }

    /// A file of the queue that is done is opened again; where another one is worked on, that is asked about.
    pub fn open_again(self, number: u32) {
        let taken = self.held.with_value(|held| {
            let worked_off = held.worked_off.iter().find(|(of, _)| *of == number);
            worked_off.map(|(_, taken)| taken.clone())
        });
        let Some((file, handle)) = taken else { return };
        if self.state.with_untracked(AppState::is_at_work) {
            return self.place(vec![(file, handle)]);
        }
        self.queue.update(|queue| queue.open(&file.name(), Some(number)));
        self.begin_with(file, handle);
    }

    /// What is open is done: its file is at hand when it is to be opened again.
    fn hold_worked_off(self, number: u32) {
        self.held.update_value(|held| {
            let Some(file) = held.file.clone() else { return };
            let taken = (file, held.handle.clone());
            held.worked_off.retain(|(of, _)| *of != number);
            held.worked_off.push((number, taken));
        });
    }

    fn wait_with(self, files: Vec<Taken>) {
        let open = self.state.with_untracked(|state| state.file.as_ref().map(|file| file.label.name.clone()));
        for (file, handle) in files {
            let number = self.queue.try_update(|queue| queue.wait(file.name(), open.as_deref()));
            self.held.update_value(|held| held.waiting.extend(number.map(|number| (number, (file, handle)))));
        }
    }

    pub fn take_out_of_the_queue(self, number: u32) {
        self.held.update_value(|held| held.waiting.retain(|(waiting, _)| *waiting != number));
        self.queue.update(|queue| queue.remove(number));
    }

    /// The list of what was heard is not wanted any more.
    pub fn forget_the_queue(self) {
        self.held.update_value(|held| {
            held.waiting.clear();
            held.worked_off.clear();
        });
        self.queue.set(Queue::default());
    }

    pub fn open_the_next(self) {
        let next = self.queue.with_untracked(|queue| queue.next().map(|entry| entry.number));
        let taken = self.held.try_update_value(|held| {
            let at = held.waiting.iter().position(|(number, _)| Some(*number) == next)?;
            Some(held.waiting.remove(at).1)
        });
        if let Some((file, handle)) = taken.flatten() {
            self.queue.update(|queue| queue.open(&file.name(), next));
            self.begin_with(file, handle);
        }
    }

    /// When a file is done, the next one follows, unless somebody is at work on the first.
    pub(super) fn work_off_the_queue(self) {
        for name in ["pointerdown", "keydown"] {
            window_event_listener_untyped(name, move |_| {
                self.held.update_value(|held| held.touched_ms = browser::now_ms());
            });
        }
        let is_free = memo(move || self.state.with(AppState::may_open_the_next));
        let rests = memo(move || self.state.with(AppState::rests));
        effect(move || {
            if rests.get() {
                untrack(|| self.settle_arrived());
            }
        });
        let waits = memo(move || self.queue.with(|queue| queue.next().is_some()));
        effect(move || {
            if !is_free.get() {
                return;
            }
            if let Some(now) = self.queue.with_untracked(|queue| queue.now().map(|entry| entry.number)) {
                let failed = self.state.with_untracked(|state| state.failure.clone());
                let is_open = self.state.with_untracked(|state| state.file.is_some());
                if is_open {
                    self.hold_worked_off(now);
                }
                self.queue.update(|queue| match failed.filter(|_| !is_open) {
                    Some(failure) => queue.end(Some(failure)),
                    None if is_open => queue.end(None),
                    // It was taken back before it was opened.
                    None => queue.leave(),
                });
            }
            if waits.get() {
                self.open_the_next_when_quiet();
            }
        });
    }

    /// The next file stays where it is until the person starts it.
    pub fn let_the_next_wait(self) {
        self.queue.update(|queue| queue.pause = Pause::Asked);
        self.tell(&self.queue.with_untracked(Queue::pause_words).unwrap_or_default());
    }

    fn open_the_next_when_quiet(self) {
        let may = self.state.with_untracked(AppState::may_open_the_next);
        if !may || self.queue.with_untracked(|queue| queue.next().is_none()) {
            return;
        }
        let touched_ms = self.held.with_value(|held| held.touched_ms);
        let left_ms = touched_ms + AT_WORK_MS - browser::now_ms();
        if self.queue.with_untracked(|queue| queue.pause == Pause::Asked) {
            return;
        }
        if touched_ms == 0.0 || left_ms <= 0.0 {
            return self.open_the_next();
        }
        if self.queue.try_update(Queue::is_to_start_soon) == Some(true) {
            self.tell(&self.queue.with_untracked(Queue::pause_words).unwrap_or_default());
        }
        let left = Duration::from_millis(left_ms as u64 + 1);
        browser::after(left, move || self.open_the_next_when_quiet());
    }
}
