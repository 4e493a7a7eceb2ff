//! A moment of each sound track, so that a person knows which is which before choosing.

use super::Session;
use crate::browser;
use clip::failure::Failure;
use clip::protocol::ToEngine;
use clip::tracks::Tracks;
use leptos::prelude::*;
use web_sys::Blob;

/// A few seconds of some tracks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub tracks: Tracks,
    pub sound: MomentSound,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MomentSound {
    AskedFor,
    Silent,
    /// It could not be read: why.
    Failed(Failure),
    /// Its object address.
    Playing(String),
}

impl Session {
    /// Plays a moment of these tracks; if it plays already, stops.
    pub fn hear_moment(self, tracks: Tracks) {
        let stops = self.moment.with_untracked(|moment| {
            moment.as_ref().is_some_and(|moment| {
                moment.tracks == tracks && matches!(moment.sound, MomentSound::Playing(_))
            })
        });
        self.end_moment();
        if !stops {
            self.moment.set(Some(Moment { tracks, sound: MomentSound::AskedFor }));
            self.send(&ToEngine::Moment { tracks });
        }
    }

    pub fn end_moment(self) {
        let before = self.moment.try_update(Option::take).flatten();
        if let Some(Moment { sound: MomentSound::Playing(url), .. }) = before {
            browser::forget_url(&url);
        }
    }

    /// What the engine found; of tracks that nobody waits for any more, nothing.
    pub(super) fn play_moment(self, tracks: Tracks, sound: Option<&Blob>, failure: Option<Failure>) {
        let is_waited_for = self
            .moment
            .with_untracked(|moment| moment.as_ref().is_some_and(|moment| moment.tracks == tracks));
        if is_waited_for {
            let nothing = || failure.map_or(MomentSound::Silent, MomentSound::Failed);
            let sound = sound.and_then(browser::object_url).map_or_else(nothing, MomentSound::Playing);
            self.moment.set(Some(Moment { tracks, sound }));
        }
    }
}
