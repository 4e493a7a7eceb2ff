//! What a file is listened to, as it lies on disk. Which tracks there are the file says.

use super::notes::StoredNotes;
use crate::sound::Sound;
use clip::note::Note;
use clip::tracks::{Listening, SoundChoice, Tracks};
use media::facts::TrackId;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredTracks {
    One(u32),
    All,
}

#[derive(Serialize, Deserialize)]
struct StoredChoice {
    tracks: StoredTracks,
    #[serde(default)]
    channel: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct StoredListening {
    sound: StoredChoice,
    is_wanted: bool,
}

#[derive(Default, Serialize, Deserialize)]
pub struct StoredSound {
    listening: Option<StoredListening>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note>,
}

impl From<&Sound> for StoredSound {
    fn from(sound: &Sound) -> Self {
        let Sound { tracks: _, listening, notes } = sound;
        let listening = listening.map(|listening| {
            let Listening { sound: SoundChoice { tracks, channel }, is_wanted } = listening;
            let tracks = match tracks {
                Tracks::One(TrackId(id)) => StoredTracks::One(id),
                Tracks::All => StoredTracks::All,
            };
            StoredListening { sound: StoredChoice { tracks, channel }, is_wanted }
        });
        let StoredNotes { note, notes } = notes.clone().into();
        Self { listening, note, notes }
    }
}

impl From<StoredSound> for Sound {
    fn from(sound: StoredSound) -> Self {
        let listening = sound.listening.map(|listening| {
            let StoredListening { sound: StoredChoice { tracks, channel }, is_wanted } = listening;
            let tracks = match tracks {
                StoredTracks::One(id) => Tracks::One(TrackId(id)),
                StoredTracks::All => Tracks::All,
            };
            Listening { sound: SoundChoice { tracks, channel }, is_wanted }
        });
        Self { tracks: vec![], listening, notes: StoredNotes { note: sound.note, notes: sound.notes }.into() }
    }
}
