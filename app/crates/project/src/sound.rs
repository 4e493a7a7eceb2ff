//! What of a file's sound is listened to, and why.
//! Plain data; how it is found out is the engine's.

use clip::note::Note;
use clip::tracks::{Listening, SoundChoice, SoundTrack, Tracks, first_choice};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sound {
    /// As the engine that has the file open says; not kept.
    pub tracks: Vec<SoundTrack>,
    /// `None`: not found out yet.
    pub listening: Option<Listening>,
    /// Why it is not what one would expect.
    pub notes: Vec<Note>,
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
        let notes = std::mem::take(&mut self.notes);
        Self { tracks, listening: wanted, notes: if wanted.is_some() { notes } else { Vec::new() } }
    }

    /// A person wants other tracks.
    pub fn want(&mut self, tracks: Tracks) {
        self.listening = Some(Listening { sound: SoundChoice::of(tracks), is_wanted: true });
        self.notes.clear();
    }
}
