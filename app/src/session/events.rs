//! What the engine says, and what follows from it.

use super::{Session, replace_url};
use crate::browser;
use crate::engine_link::Heard;
use crate::persistence;
use crate::state::ticks::Ticks;
use crate::state::{AppState, Consequence};
use clip::protocol::{FromEngine, ToEngine};
use leptos::prelude::*;
use project::ranking::Occasion;
use project::snapshot::Drag;
use text::say;
use web_sys::OffscreenCanvas;

/// Whether an event says nothing but how far a job is: then nothing else of the page looks at the state again.
fn take_tick(state: RwSignal<AppState>, ticks: RwSignal<Ticks>, event: &FromEngine) -> bool {
    ticks.maybe_update(|ticks| state.with_untracked(|state| ticks.fold(event, &state.jobs)));
    matches!(event, FromEngine::Progress { .. })
}

impl Session {
    pub(super) fn hear(self, heard: Heard) {
        let (event, file, blob) = match heard {
            Heard::Event { event: FromEngine::Moment { tracks, failure }, blob, .. } => {
                return self.play_moment(tracks, blob.as_ref(), failure);
            }
            Heard::Event { event, file, blob } => (event, file, blob),
            Heard::Died(failure) => {
                self.held.update_value(|held| held.link = None);
                self.state.update(|state| state.engine_died(failure));
                return persistence::save_soon(self);
            }
        };
        if take_tick(self.state, self.ticks, &event) {
            return;
        }
        let now_s = browser::now_ms() / 1000.0;
        self.tell_what_ends(&event);
        let is_translation = self.ends_translation(&event);
        let consequences = self.state.try_update(|state| state.fold(event, now_s)).unwrap_or_default();
        if is_translation {
            self.tell_translation();
        }
        for consequence in consequences {
            match consequence {
                Consequence::EngineReady => self.engine_is_ready(),
                Consequence::FileOpened => persistence::restore_then_analyze(self),
                Consequence::FileReopened => self.file_is_open_again(),
                Consequence::Keep => persistence::save_soon(self),
                Consequence::GoOn => self.analyze(),
                Consequence::AskNextPoster => self.ask_next_poster(),
                Consequence::WordsAreWhole(notes) => self.words_are_whole(notes),
                Consequence::UnderstandOn => self.understand(),
                Consequence::Offer => self.rank(Occasion::KnownBetter),
                Consequence::Seen(then_export) => self.seen(&then_export),
                Consequence::RankAbout(text) => {
                    self.steer(Drag::Single, |preferences| preferences.about = Some(text));
                }
                Consequence::TakePoster(id) => {
                    if let Some(url) = blob.as_ref().and_then(browser::object_url) {
                        replace_url(self.posters, id, url);
                    }
                }
                Consequence::TakeClip(id) => {
                    if let Some(url) = file.as_ref().and_then(|file| browser::object_url(file)) {
                        self.put_finished(id, url);
                        self.save_again(id);
                        self.tell(&say!("told-saved", clip = self.clip_name(id)));
                    }
                }
            }
        }
    }

    pub(super) fn engine_is_ready(self) {
        let sent = self.held.with_value(|held| {
            let (link, canvas) = (held.link.as_ref()?, held.preview.as_ref()?);
            Some(link.send_canvas(&ToEngine::AttachPreview, canvas))
        });
        self.held.update_value(|held| held.preview = None);
        self.mind(sent);
        self.open_if_possible();
    }

    /// The editor's canvas, handed over once for each engine.
    pub fn give_preview(self, canvas: OffscreenCanvas) {
        self.held.update_value(|held| held.preview = Some(canvas));
        if self.state.with_untracked(|state| state.loading.is_ready()) {
            self.engine_is_ready();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactive::memo;
    use crate::state::jobs::Kind;
    use clip::protocol::{JobId, Stage};

    /// How often memos of state and ticks ran after so much was heard of a job.
    #[test]
    fn a_tick_runs_nothing_that_looks_at_the_state() {
        let owner = Owner::new();
        owner.set();
        let (state, ticks) = (RwSignal::new(AppState::default()), RwSignal::new(Ticks::default()));
        let (of_state, of_ticks) = (StoredValue::new(0), StoredValue::new(0));
        let phase = memo(move || {
            of_state.update_value(|runs| *runs += 1);
            state.with(AppState::phase)
        });
        let done = memo(move || {
            of_ticks.update_value(|runs| *runs += 1);
            ticks.with(|ticks| ticks.of(JobId(1)).done)
        });
        let job = state.try_update(|state| state.jobs.begin(Kind::Understand)).unwrap();
        let progress = |job, done| {
            let stage = Stage::Understand;
            FromEngine::Progress { job, stage, clip: None, done, seconds_left: None, speed: None }
        };
        let hear = |event: FromEngine| {
            let is_tick = take_tick(state, ticks, &event);
            (is_tick, phase.get_untracked(), done.get_untracked(), of_state.get_value(), of_ticks.get_value())
        };
        let first = phase.get_untracked();
        assert_eq!(hear(progress(job, 0.2)), (true, first, 0.2, 1, 1));
        assert_eq!(hear(progress(job, 0.4)), (true, first, 0.4, 1, 2));
        // Of a job that nobody waits for, nothing at all.
        assert_eq!(hear(progress(JobId(9), 0.9)), (true, first, 0.4, 1, 2));
        assert!(!hear(FromEngine::Cancelled { job }).0);
    }
}
