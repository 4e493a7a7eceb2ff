//! What of the open file's sound is listened to, and why.
//! Plain data; how it is found out is the engine's.

use clip::tracks::{Listening, SoundChoice, SoundTrack, Tracks, first_choice};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sound {
    /// As the engine that has the file open says; not kept.
    #[serde(skip)]
    pub tracks: Vec<SoundTrack>,
    /// `None`: not found out yet.
    pub listening: Option<Listening>,
    /// Why it is not what one would expect.
    pub note: Option<String>,
}

impl Sound {
    /// Which tracks are in use.
    pub fn in_use(&self) -> Option<Tracks> {
        let sound = self.listening.map(|listening| listening.sound).or_else(|| first_choice(&self.tracks));
        sound.map(|sound| sound.tracks)
    }

    /// Whether all tracks can be listened to together.
    pub fn can_mix(&self) -> bool {
        self.tracks.iter().filter(|track| track.can_decode).count() > 1
    }

    /// What stays when the words are forgotten: what a person wants.
    pub fn lasting(&mut self) -> Self {
        let tracks = std::mem::take(&mut self.tracks);
        let wanted = self.listening.filter(|listening| listening.is_wanted);
        let note = self.note.take().filter(|_| wanted.is_some());
        Self { tracks, listening: wanted, note }
    }

    /// A person wants other tracks.
    pub fn want(&mut self, tracks: Tracks) {
        self.listening = Some(Listening { sound: SoundChoice::of(tracks), is_wanted: true });
        self.note = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{heard, opened};
    use clip::protocol::FromEngine;
    use media::facts::TrackId;

    fn listening(id: u32, is_wanted: bool) -> Listening {
        Listening { sound: SoundChoice::of(Tracks::One(TrackId(id))), is_wanted }
    }

    #[test]
    fn words_hold_for_what_they_were_heard_in() {
        let (mut state, job) = opened();
        let mut listen = |id, note: Option<&str>| {
            let event =
                FromEngine::Listening { job, listening: listening(id, false), note: note.map(Into::into) };
            state.fold(event, 0.0);
            state.fold(heard(job, 0), 0.0);
            let file = state.file.clone().unwrap();
            (file.transcript.segments.len(), file.sound)
        };
        assert_eq!(listen(1, None).0, 1);
        let (segments, sound) = listen(1, Some("Why."));
        assert_eq!((segments, sound.note.as_deref()), (1, Some("Why.")));
        let edition = state.file.as_ref().unwrap().transcript_edition;
        let event = FromEngine::Listening { job, listening: listening(2, false), note: None };
        state.fold(event, 0.0);
        let file = state.file.as_ref().unwrap();
        assert!(file.transcript.segments.is_empty() && file.transcript_edition != edition);
        assert_eq!(file.sound.in_use(), Some(Tracks::One(TrackId(2))));
    }

    #[test]
    fn a_wish_outlives_the_words() {
        let (mut state, _) = opened();
        state.file.as_mut().unwrap().sound.want(Tracks::All);
        state.forget_words();
        assert_eq!(state.file.as_ref().unwrap().sound.in_use(), Some(Tracks::All));
        state.file.as_mut().unwrap().sound.listening = Some(listening(2, false));
        state.forget_words();
        assert_eq!(state.file.as_ref().unwrap().sound.listening, None);
    }
}
