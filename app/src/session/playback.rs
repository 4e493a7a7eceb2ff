//! The player of the opened video: where it stands and whether it runs.

use super::Session;
use crate::browser;
use leptos::prelude::*;
use media::time::Instant;
use web_sys::HtmlMediaElement;

impl Session {
    pub fn seek(self, at: Instant) {
        let end =
            self.state.with_untracked(|state| state.file.as_ref().map(|file| file.end())).unwrap_or_default();
        let at = at.clamp(Instant::ZERO, end.max(Instant::ZERO));
        self.now.set(at);
        if let Some(player) = self.player() {
            player.set_current_time(at.seconds());
        }
    }

    pub fn toggle_playing(self) {
        let Some(player) = self.player() else { return };
        if player.paused() {
            browser::play(&player);
        } else {
            self.pause();
        }
    }

    pub fn pause(self) {
        if let Some(player) = self.player() {
            // Pausing what is paused is no failure.
            let _ = player.pause();
        }
    }

    fn player(self) -> Option<HtmlMediaElement> {
        self.held.with_value(|held| held.player.clone())
    }
}
