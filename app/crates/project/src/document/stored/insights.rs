//! What was found out about a recording, as it lies on disk. Any part may be missing: then whoever uses it does without.

use clip::insights::{Insights, SoundSignals, Speaker, Turn};
use media::time::Instant;
use serde::{Deserialize, Serialize};

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct StoredSignals {
    loudness_lufs: Vec<f32>,
    reaction: Vec<f32>,
}

#[derive(Serialize, Deserialize)]
struct StoredTurn {
    start: i64,
    end: i64,
    speaker: usize,
}

#[derive(Serialize, Deserialize)]
struct StoredSpeaker {
    name: String,
    colour: u8,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredInsights {
    sound: StoredSignals,
    turns: Vec<StoredTurn>,
    speakers: Vec<StoredSpeaker>,
    shifts: Vec<f32>,
    telling: Vec<f32>,
}

impl StoredInsights {
    /// The names of those who speak, by number.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.speakers.iter().map(|speaker| speaker.name.as_str())
    }

    /// Whether it is known where something new begins: that needs the words.
    pub fn knows_topics(&self) -> bool {
        !self.shifts.is_empty()
    }
}

impl From<&Insights> for StoredInsights {
    fn from(insights: &Insights) -> Self {
        let Insights { sound, turns, speakers, shifts, telling } = insights;
        let SoundSignals { loudness_lufs, reaction } = sound.clone();
        let turn = |turn: &Turn| {
            let Turn { start, end, speaker } = *turn;
            StoredTurn { start: start.micros(), end: end.micros(), speaker }
        };
        let speaker = |speaker: &Speaker| {
            let Speaker { name, colour } = speaker.clone();
            StoredSpeaker { name, colour }
        };
        Self {
            sound: StoredSignals { loudness_lufs, reaction },
            turns: turns.iter().map(turn).collect(),
            speakers: speakers.iter().map(speaker).collect(),
            shifts: shifts.clone(),
            telling: telling.clone(),
        }
    }
}

impl From<StoredInsights> for Insights {
    fn from(insights: StoredInsights) -> Self {
        let StoredInsights { sound, turns, speakers, shifts, telling } = insights;
        let StoredSignals { loudness_lufs, reaction } = sound;
        let turn = |StoredTurn { start, end, speaker }| Turn {
            start: Instant::from_micros(start),
            end: Instant::from_micros(end),
            speaker,
        };
        let speaker = |StoredSpeaker { name, colour }| Speaker { name, colour };
        Self {
            sound: SoundSignals { loudness_lufs, reaction },
            turns: turns.into_iter().map(turn).collect(),
            speakers: speakers.into_iter().map(speaker).collect(),
            shifts,
            telling,
        }
    }
}
