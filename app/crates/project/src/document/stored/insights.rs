//! What was found out about a recording, as it lies on disk. Any part may be missing: then whoever uses it does without. What is known of
//! sentences lies there as arrays in their order.

use clip::insights::{Insights, SoundSignals, Speaker, SpeakerName, Turn};
use clip::recording::Recording;
use clip::sentence::{BySentence, SentenceId};
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
    #[serde(rename = "colour")]
    color: u8,
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
    /// Whether anybody has another name than a number.
    pub fn has_given_names(&self) -> bool {
        let numbered = (0..).map(SpeakerName::Numbered);
        self.speakers.iter().zip(numbered).any(|(speaker, number)| speaker.name != stored_name(&number))
    }

    /// Whether it is known where something new begins: that needs the words.
    pub fn knows_topics(&self) -> bool {
        !self.shifts.is_empty()
    }
}

/// What an array has for a sentence of which nothing is known: it is as the rest is, and no other topic than before.
const ORDINARY: f32 = 0.5;
const NO_SHIFT: f32 = 0.0;

impl StoredInsights {
    /// Of a recording: what is known of sentences lies in their order.
    pub fn of(insights: &Insights, recording: &Recording) -> Self {
        let ids: Vec<SentenceId> = recording.gaps().collect();
        let Insights { topic_shifts, narrative, .. } = insights;
        Self {
            shifts: in_order(topic_shifts, &ids, NO_SHIFT),
            telling: in_order(narrative, &ids, ORDINARY),
            ..Self::of_voices(insights)
        }
    }

    /// Without what is known of sentences.
    pub fn of_voices(insights: &Insights) -> Self {
        let Insights { sound, turns, speakers, topic_shifts: _, narrative: _ } = insights;
        let SoundSignals { loudness_lufs, reaction } = sound.clone();
        let turn = |turn: &Turn| {
            let Turn { start, end, speaker } = *turn;
            StoredTurn { start: start.micros(), end: end.micros(), speaker }
        };
        let speaker = |speaker: &Speaker| {
            let Speaker { name, color } = speaker;
            StoredSpeaker { name: stored_name(name), color: *color }
        };
        Self {
            sound: StoredSignals { loudness_lufs, reaction },
            turns: turns.iter().map(turn).collect(),
            speakers: speakers.iter().map(speaker).collect(),
            ..Self::default()
        }
    }

    /// What was found out about a recording, its sentences included.
    pub fn insights(self, recording: &Recording) -> Insights {
        let ids: Vec<SentenceId> = recording.gaps().collect();
        let (topic_shifts, narrative) = (by_sentence(&self.shifts, &ids), by_sentence(&self.telling, &ids));
        Insights { topic_shifts, narrative, ..self.voices() }
    }

    /// What holds whatever words are heard.
    pub fn voices(self) -> Insights {
        let Self { sound, turns, speakers, shifts: _, telling: _ } = self;
        let StoredSignals { loudness_lufs, reaction } = sound;
        let turn = |StoredTurn { start, end, speaker }| Turn {
            start: Instant::from_micros(start),
            end: Instant::from_micros(end),
            speaker,
        };
        let speaker = |StoredSpeaker { name, color }| Speaker { name: read_name(name), color };
        Insights {
            sound: SoundSignals { loudness_lufs, reaction },
            turns: turns.into_iter().map(turn).collect(),
            speakers: speakers.into_iter().map(speaker).collect(),
            ..Insights::default()
        }
    }
}

/// A value for each sentence, and one for the gap after the last where that is known; nothing where no value is.
fn in_order(values: &BySentence, gaps: &[SentenceId], unknown: f32) -> Vec<f32> {
    let Some((end, sentences)) = gaps.split_last().filter(|_| !values.is_empty()) else { return vec![] };
    let known = sentences.iter().map(|id| values.get(*id).unwrap_or(unknown));
    known.chain(values.get(*end)).collect()
}

/// What the array says of each sentence. One that is not as long as there are sentences, or gaps, is of a page that cut them otherwise:
/// nobody can say whose its values are.
fn by_sentence(values: &[f32], gaps: &[SentenceId]) -> BySentence {
    let is_of_these = (gaps.len() - 1..=gaps.len()).contains(&values.len());
    let of_these = if is_of_these { values } else { &[] };
    gaps.iter().copied().zip(of_these.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::segment_of;
    use clip::transcript::{Transcript, WordId};

    /// Sentences that begin with these words, and a word that belongs to the last.
    fn recording() -> Recording {
        let segments = vec![segment_of(0.0, &["One", " two.", " Three.", " Four", " five."])];
        Recording::new(Transcript { segments, ..Transcript::default() })
    }

    fn check(shifts: &[f32], telling: &[f32], known: [Option<f32>; 2], written: (&[f32], &[f32])) {
        let stored = StoredInsights { shifts: shifts.into(), telling: telling.into(), ..Default::default() };
        let insights = stored.insights(&recording());
        let third = SentenceId(WordId(3));
        assert_eq!([insights.topic_shifts.get(third), insights.narrative.get(third)], known);
        let StoredInsights { shifts, telling, .. } = StoredInsights::of(&insights, &recording());
        assert_eq!((shifts.as_slice(), telling.as_slice()), written);
    }

    #[test]
    fn arrays_are_of_sentences_in_their_order() {
        let (shifts, telling) = ([0.0, 0.25, 0.5, 1.0], [0.1, 0.2, 0.3]);
        check(&shifts, &telling, [Some(0.5), Some(0.3)], (&shifts, &telling));
        check(&telling, &[], [Some(0.3), None], (&telling, &[]));
    }

    #[test]
    fn an_array_of_other_sentences_says_nothing() {
        check(&[0.0, 1.0], &[0.1, 0.2, 0.3, 0.4, 0.5], [None, None], (&[], &[]));
    }

    #[test]
    fn a_sentence_of_which_nothing_is_known_is_an_ordinary_one() {
        let value = |word| (SentenceId(WordId(word)), 1.0);
        let insights = Insights {
            topic_shifts: [value(0), value(5)].into_iter().collect(),
            narrative: [value(3)].into_iter().collect(),
            ..Insights::default()
        };
        let StoredInsights { shifts, telling, .. } = StoredInsights::of(&insights, &recording());
        assert_eq!(
            (shifts.as_slice(), telling.as_slice()),
            (&[1.0, 0.0, 0.0, 1.0][..], &[0.5, 0.5, 1.0][..])
        );
    }

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
