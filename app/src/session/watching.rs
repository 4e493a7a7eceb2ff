//! Looking at the picture of clips: asking the engine for it, stopping it, and what follows once it was seen.

use super::Session;
use crate::persistence;
use crate::state::AppState;
use crate::state::jobs::{Kind, Outcome};
use clip::edit::ClipId;
use clip::protocol::{JobId, ToEngine};
use clip::timeline::SourceRange;
use leptos::prelude::*;
use text::failure::message;
use text::say;

impl Session {
    /// Looks at the clip in the editor, where that is not done.
    pub(super) fn watch_chosen(self) {
        if self.may_change()
            && let Some(begun) = self.state.try_update(AppState::begin_watching_chosen).flatten()
        {
            self.send_watch(begun);
        }
    }

    /// Looks at what has to be seen of these clips before they are exported. `false`: all of it was.
    pub(super) fn watch_before_export(self, ids: &[ClipId]) -> bool {
        let begun = self.state.try_update(|state| state.begin_watching_for_export(ids)).flatten();
        if let Some(Some(begun)) = begun {
            self.send_watch(begun);
        }
        begun.is_some()
    }

    fn send_watch(self, (job, range): (JobId, SourceRange)) {
        self.send(&ToEngine::Watch { job, range });
    }

    pub fn stop_watching(self) {
        self.stop(Kind::is_watching);
    }

    pub fn watch_again(self) {
        self.state.update(AppState::watch_again);
        self.watch_chosen();
    }

    /// More was seen: what shows it is painted again, and what waited for it goes on.
    pub(super) fn seen(self, then_export: &[ClipId]) {
        persistence::save_soon(self);
        if then_export.is_empty() {
            // A clip may lie in parts that are far from each other.
            self.watch_chosen();
        } else {
            let failed = self.state.with_untracked(|state| match &state.file.as_ref()?.watching {
                Outcome::Failed(failure) => Some(message(failure)),
                _ => None,
            });
            if let Some(why) = failed {
                self.tell(&say!("editor-faces-failed", why = why));
            }
            self.export(then_export);
        }
        self.ask_for_posters();
    }
}
