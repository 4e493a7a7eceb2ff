//! Titles and posts: asking the engine's language model for them where one was chosen, else the rules, and stopping it.

use super::Session;
use crate::persistence;
use crate::state::AppState;
use crate::state::jobs::Kind;
use clip::edit::ClipId;
use clip::protocol::ToEngine;
use leptos::prelude::*;

impl Session {
    /// Whether somebody is there to write and does not write already.
    pub fn may_write(self) -> bool {
        self.settings.track();
        self.catalogue.track();
        let has_writer = self.writer().is_some();
        self.state.with(|state| {
            let is_free = state.file.is_some() && !state.jobs.runs(Kind::is_writing);
            is_free && (!has_writer || state.loading.is_ready())
        })
    }

    pub fn write_all(self) {
        let ids: Vec<ClipId> =
            self.state.with_untracked(AppState::shown_clips).iter().map(|clip| clip.id).collect();
        self.write(&ids);
    }

    pub fn write(self, ids: &[ClipId]) {
        if !self.may_change_or_say_why() {
            return;
        }
        if self.writer().is_none() {
            self.state.update(|state| state.write_by_rules(ids));
            return persistence::save_soon(self);
        }
        if let Some((job, clips)) = self.state.try_update(|state| state.begin_writing(ids)).flatten() {
            self.send(&ToEngine::Write { job, clips });
        }
    }

    pub fn stop_writing(self) {
        self.stop(Kind::is_writing);
    }
}
