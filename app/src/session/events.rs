//! What the engine says, and what follows from it.

use super::{Session, replace_url};
use crate::browser;
use crate::engine_link::Heard;
use crate::keeping;
use crate::state::Consequence;
use clip::protocol::{FromEngine, ToEngine};
use leptos::prelude::*;
use project::ranking::Occasion;
use project::snapshot::Drag;
use text::say;
use web_sys::OffscreenCanvas;

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
                return keeping::save_soon(self);
            }
        };
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
                Consequence::FileOpened => keeping::restore_then_analyze(self),
                Consequence::FileReopened => self.file_is_open_again(),
                Consequence::Keep => keeping::save_soon(self),
                Consequence::GoOn => self.analyze(),
                Consequence::AskNextPoster => self.ask_next_poster(),
                Consequence::WordsAreWhole(notes) => self.words_are_whole(notes),
                Consequence::UnderstandOn => self.understand(),
                Consequence::Offer => self.rank(Occasion::KnownBetter),
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
