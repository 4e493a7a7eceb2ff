//! The preview in the editor: what the engine paints on its canvas, and when.

use super::Session;
use crate::format;
use clip::edit::OutputSize;
use clip::protocol::ToEngine;
use leptos::prelude::*;
use media::time::Instant;

impl Session {
    /// The chosen clip as it is edited now.
    pub fn preview_chosen(self, at: Instant) {
        let message = self.state.try_update_untracked(|state| {
            // Nobody waits for its end.
            let job = state.jobs.next();
            let file = state.file.as_ref()?;
            let clip = file.framed(file.clips.get(state.chosen?)?);
            let size = OutputSize::preview(clip.shape);
            let words = format::named(file.caption_source(&clip));
            Some(ToEngine::PreviewClip { job, clip, words, size })
        });
        if let Some(message) = message.flatten() {
            self.send(&message);
            self.preview_at(at);
        }
    }

    /// The player stands at this instant of the source.
    pub fn preview_at(self, at: Instant) {
        self.send(&ToEngine::PreviewAt { at });
    }

    pub fn end_preview(self) {
        self.send(&ToEngine::PreviewOff);
    }
}
