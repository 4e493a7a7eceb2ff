//! What was found out about a recording, as it lies on disk. Any part may be missing: then whoever uses it does without.

use clip::insights::{Insights, SoundSignals, Speaker, SpeakerName, Turn};
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

/// In front of a number that stands for a name. A form of the file, whatever language is spoken: all pages have written it.
const NUMBERED: &str = "Speaker ";

fn stored_name(name: &SpeakerName) -> String {
    match name {
        SpeakerName::Numbered(number) => format!("{NUMBERED}{}", number + 1),
        SpeakerName::Given(name) => name.clone(),
    }
}

fn read_name(name: String) -> SpeakerName {
    let number = name.strip_prefix(NUMBERED).and_then(|number| number.parse::<usize>().ok());
    let number = number.and_then(|number| number.checked_sub(1)).map(SpeakerName::Numbered);
    // "Speaker 07" is somebody's own.
    number.filter(|numbered| stored_name(numbered) == name).unwrap_or(SpeakerName::Given(name))
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
            let Speaker { name, colour } = speaker;
            StoredSpeaker { name: stored_name(name), colour: *colour }
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
        let speaker = |StoredSpeaker { name, colour }| Speaker { name: read_name(name), colour };
        Self {
            sound: SoundSignals { loudness_lufs, reaction },
            turns: turns.into_iter().map(turn).collect(),
            speakers: speakers.into_iter().map(speaker).collect(),
            shifts,
            telling,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_kept_in_the_words_that_it_always_had() {
        let check = |name: SpeakerName, stored: &str| {
            assert_eq!(stored_name(&name), stored);
            assert_eq!(read_name(stored.to_owned()), name);
        };
        check(SpeakerName::Numbered(0), "Speaker 1");
        check(SpeakerName::Numbered(11), "Speaker 12");
        for given in ["Anna", "Speaker 07", "Speaker 0", "Speaker", "Speaker one", ""] {
            check(given.into(), given);
        }
    }
}
