//! What was found out about a recording beyond its words: how loud it is, where people react, who speaks, where something new
//! begins. Plain data that is kept with the transcript; refuses to know how it was found.

use crate::order;
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};
use std::fmt;

use crate::sentence::{BySentence, Sentence};
use crate::transcript::Word;

/// Everything found out. Any part may be empty: then whoever uses it does without.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Insights {
    pub sound: SoundSignals,
    /// Who speaks when, in order of time.
    pub turns: Vec<Turn>,
    /// By [`Turn::speaker`].
    pub speakers: Vec<Speaker>,
    /// For each gap between sentences ([`crate::recording::Recording::gaps`]): 0 (the same topic goes on) to 1 (something else begins), by
    /// meaning.
    pub topic_shifts: BySentence,
    /// For each sentence how much it is told for its own sake, 0 to 1; see [`crate::topics::narrative`].
    pub narrative: BySentence,
}

/// The sound, one value for each second from the start.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SoundSignals {
    /// ITU-R BS.1770-4 loudness in LUFS; -70 where there is nothing.
    pub loudness_lufs: Vec<f32>,
    /// How surely somebody laughs or applauds, 0 to 1. An estimate from energy and spectral shape where nobody speaks.
    pub reaction: Vec<f32>,
}

/// A stretch in which one speaker speaks; others may speak meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    pub start: Instant,
    pub end: Instant,
    /// Numbered from 0 by who speaks first.
    pub speaker: usize,
}

/// One voice, as the person knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    pub name: SpeakerName,
    /// Which of the page's colors marks it.
    pub color: u8,
}

/// What a voice is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerName {
    /// Nobody gave a name; counted from 0. Whoever shows it has the words.
    Numbered(usize),
    Given(String),
}

/// How a measure becomes a signal: 0 up to `from`, 1 from `to` on, straight between.
pub(crate) fn ramp(value: f32, from: f32, to: f32) -> f32 {
    ((value - from) / (to - from)).clamp(0.0, 1.0)
}

/// Colors that tell speakers apart; after the last the first comes again.
pub const SPEAKER_COLORS: u8 = 8;

impl Speaker {
    /// The speaker with this number, before anybody gave a name.
    pub fn numbered(number: usize) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "less than the number of colours")]
        let color = (number % usize::from(SPEAKER_COLORS)) as u8;
        Self { name: SpeakerName::Numbered(number), color }
    }
}

impl From<&str> for SpeakerName {
    fn from(name: &str) -> Self {
        Self::Given(name.to_owned())
    }
}

/// The name that was given; the bare number where there is none and nobody had words for it.
impl fmt::Display for SpeakerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbered(number) => write!(f, "{}", number + 1),
            Self::Given(name) => f.write_str(name),
        }
    }
}

impl SoundSignals {
    /// The mean of `values` over the seconds that lie in a span; `None` where nothing was measured.
    pub fn mean(values: &[f32], start: Instant, end: Instant) -> Option<f32> {
        let values = Self::between(values, start, end)?;
        Some(values.iter().sum::<f32>() / values.len() as f32)
    }

    /// The values of the seconds that a span touches; `None` where there is none.
    pub fn between(values: &[f32], start: Instant, end: Instant) -> Option<&[f32]> {
        let first = start.seconds().max(0.0).floor() as usize;
        let last = (end.seconds().max(0.0).ceil() as usize).min(values.len());
        (first < last).then(|| &values[first..last])
    }
}

impl Insights {
    /// Who speaks at an instant: the turn that holds it, or the nearest one.
    pub fn speaker_at(&self, at: Instant) -> Option<usize> {
        let next = self.turns.partition_point(|turn| turn.end <= at);
        let beside =
            [next.checked_sub(1), Some(next)].into_iter().flatten().filter_map(|i| self.turns.get(i));
        let apart = |turn: &&Turn| (turn.start - at).max(at - turn.end).max(Span::ZERO);
        // Of two as near the later one: it holds its own start.
        beside.min_by_key(|turn| (apart(turn), std::cmp::Reverse(turn.start))).map(|turn| turn.speaker)
    }

    /// Who says a word.
    pub fn speaker_of(&self, word: &Word) -> Option<usize> {
        self.speaker_at(word.middle())
    }

    /// Who says most of a sentence.
    pub fn speaker_of_sentence(&self, sentence: &Sentence) -> Option<usize> {
        self.most_heard(sentence.words.iter())
    }

    /// Who says most of some words.
    pub fn most_heard<'a>(&self, words: impl Iterator<Item = &'a Word>) -> Option<usize> {
        let mut spoken = vec![Span::ZERO; self.speakers.len()];
        for word in words {
            if let Some(time) = self.speaker_of(word).and_then(|speaker| spoken.get_mut(speaker)) {
                *time += (word.end - word.start).max(Span::from_micros(1));
            }
        }
        let most =
            spoken.iter().enumerate().max_by_key(|(index, time)| (**time, std::cmp::Reverse(*index)))?;
        (*most.1 > Span::ZERO).then_some(most.0)
    }

    /// A speaker, where there are several to tell apart.
    pub fn told_apart(&self, speaker: usize) -> Option<&Speaker> {
        self.speakers.get(speaker).filter(|_| self.speakers.len() > 1)
    }

    /// The name of a speaker, where there are several to tell apart.
    pub fn name(&self, speaker: usize) -> Option<&SpeakerName> {
        self.told_apart(speaker).map(|speaker| &speaker.name)
    }

    /// The same with a name for everybody: what `words` has for one of whom there is only a number.
    pub fn worded(&self, words: impl Fn(&SpeakerName) -> String) -> Insights {
        let mut worded = self.clone();
        for speaker in &mut worded.speakers {
            speaker.name = SpeakerName::Given(words(&speaker.name));
        }
        worded
    }

    /// Who speaks between two instants, and nothing else of what was found out.
    pub fn speaking_between(&self, start: Instant, end: Instant) -> Insights {
        let first = self.turns.partition_point(|turn| turn.end <= start).saturating_sub(1);
        let last = self.turns.partition_point(|turn| turn.start < end);
        // One more to either side: a word between two turns belongs to the nearer one.
        let turns = self.turns.get(first..(last + 1).min(self.turns.len())).unwrap_or_default().to_vec();
        Insights { turns, speakers: self.speakers.clone(), ..Insights::default() }
    }

    /// Gives a speaker a name. One that another has already, as `shown` says it, makes the two one.
    pub fn rename(&mut self, speaker: usize, name: &str, shown: impl Fn(&SpeakerName) -> String) {
        let name = name.trim();
        // What is shown already needs no giving.
        if name.is_empty() || self.speakers.get(speaker).is_some_and(|known| shown(&known.name) == name) {
            return;
        }
        let is_same = |known: &Speaker| shown(&known.name).to_lowercase() == name.to_lowercase();
        let same = self.speakers.iter().position(is_same);
        match same {
            Some(other) if other != speaker => self.merge(speaker, other),
            _ => {
                if let Some(known) = self.speakers.get_mut(speaker) {
                    known.name = name.into();
                }
            }
        }
    }

    /// What `speaker` said was said by `into`.
    pub fn merge(&mut self, speaker: usize, into: usize) {
        if speaker == into || speaker >= self.speakers.len() || into >= self.speakers.len() {
            return;
        }
        self.speakers.remove(speaker);
        for turn in &mut self.turns {
            let merged = if turn.speaker == speaker { into } else { turn.speaker };
            turn.speaker = if merged > speaker { merged - 1 } else { merged };
        }
    }

    /// What is said between two instants was said by `speaker`; a number beyond the last makes a new speaker, which is returned.
    pub fn assign(&mut self, start: Instant, end: Instant, speaker: usize) -> usize {
        let speaker = speaker.min(self.speakers.len());
        if speaker == self.speakers.len() {
            self.speakers.push(self.next_speaker());
        }
        let mut turns = Vec::with_capacity(self.turns.len() + 2);
        for turn in &self.turns {
            let before = Turn { end: turn.end.min(start), ..*turn };
            let after = Turn { start: turn.start.max(end), ..*turn };
            turns.extend([before, after].into_iter().filter(|part| part.start < part.end));
        }
        turns.push(Turn { start, end, speaker });
        order::sort_by_key(&mut turns, |turn| turn.start);
        self.turns = turns;
        speaker
    }

    /// A new one: a color and a number that nobody has, as long as there are some.
    fn next_speaker(&self) -> Speaker {
        let numbered = |number: &usize| {
            let new = Speaker::numbered(*number);
            self.speakers.iter().all(|known| known.name != new.name)
        };
        let mut new = Speaker::numbered((0..).find(numbered).unwrap_or_default());
        let free = |color: &u8| self.speakers.iter().all(|known| known.color != *color);
        new.color = (0..SPEAKER_COLORS).find(free).unwrap_or(new.color);
        new
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn at(seconds: f64) -> Instant {
        Instant::from_seconds(seconds)
    }

    /// From so many seconds to so many the speaker with this number, and everybody's name and color.
    pub fn conversation(turns: &[(f64, f64, usize)], speakers: &[(&str, u8)]) -> Insights {
        let turn =
            |&(start, end, speaker): &(f64, f64, usize)| Turn { start: at(start), end: at(end), speaker };
        let speaker = |&(name, color): &(&str, u8)| Speaker { name: name.into(), color };
        Insights {
            turns: turns.iter().map(turn).collect(),
            speakers: speakers.iter().map(speaker).collect(),
            ..Insights::default()
        }
    }

    fn talk() -> Insights {
        let turns = [(0.0, 10.0, 0), (11.0, 20.0, 1), (20.0, 30.0, 2)];
        Insights { speakers: (0..3).map(Speaker::numbered).collect(), ..conversation(&turns, &[]) }
    }

    fn turns(insights: &Insights) -> Vec<(f64, f64, usize)> {
        insights.turns.iter().map(|turn| (turn.start.seconds(), turn.end.seconds(), turn.speaker)).collect()
    }

    #[test]
    fn words_belong_to_the_turn_they_lie_in_or_the_nearest() {
        let check = |seconds: f64, expected: usize| {
            assert_eq!(talk().speaker_at(at(seconds)), Some(expected), "{seconds}");
        };
        check(0.0, 0);
        check(10.2, 0);
        check(10.8, 1);
        check(20.0, 2);
        check(99.0, 2);
        assert_eq!(Insights::default().speaker_at(at(1.0)), None);
    }

    #[test]
    fn who_speaks_in_a_part_is_who_speaks_there_in_the_whole() {
        let talk = talk();
        for (start, end) in
            [(0.0, 30.0), (10.2, 10.9), (10.6, 11.0), (12.0, 19.0), (25.0, 99.0), (40.0, 50.0)]
        {
            let part = talk.speaking_between(at(start), at(end));
            for tenth in 0..=10 {
                let at = at(start + (end - start) * f64::from(tenth) / 10.0);
                assert_eq!(part.speaker_at(at), talk.speaker_at(at), "{start} to {end} at {at:?}");
            }
            assert_eq!((part.speakers.len(), part.sound), (3, SoundSignals::default()));
        }
    }

    #[test]
    fn a_name_that_another_has_makes_the_two_one() {
        let shown = |name: &SpeakerName| match name {
            SpeakerName::Numbered(number) => format!("Voice {}", number + 1),
            SpeakerName::Given(name) => name.clone(),
        };
        let mut insights = talk();
        insights.rename(1, " Anna ", shown);
        insights.rename(0, "  ", shown);
        insights.rename(0, "Voice 1", shown);
        assert_eq!(insights.name(0), Some(&SpeakerName::Numbered(0)));
        insights.rename(2, "anna", shown);
        assert_eq!(turns(&insights), [(0.0, 10.0, 0), (11.0, 20.0, 1), (20.0, 30.0, 1)]);
        insights.rename(0, "Anna", shown);
        assert_eq!(turns(&insights), [(0.0, 10.0, 0), (11.0, 20.0, 0), (20.0, 30.0, 0)]);
        // Nobody to tell apart.
        assert_eq!((insights.speakers.len(), insights.name(0)), (1, None));
    }

    #[test]
    fn a_stretch_can_be_given_to_somebody_else() {
        let mut insights = talk();
        assert_eq!(insights.assign(at(4.0), at(12.0), 2), 2);
        let expected = [(0.0, 4.0, 0), (4.0, 12.0, 2), (12.0, 20.0, 1), (20.0, 30.0, 2)];
        assert_eq!(turns(&insights), expected);
        assert_eq!(insights.assign(at(0.0), at(4.0), 99), 3);
        assert_eq!(insights.speakers[3], Speaker { name: SpeakerName::Numbered(3), color: 3 });
        insights.merge(3, 3);
        insights.merge(9, 0);
        assert_eq!(insights.speakers.len(), 4);
    }

    #[test]
    fn seconds_are_taken_where_there_are_some() {
        let values = [1.0, 2.0, 3.0];
        let check = |start: f64, end: f64, expected: Option<f32>| {
            assert_eq!(SoundSignals::mean(&values, at(start), at(end)), expected, "{start} to {end}");
        };
        check(0.0, 3.0, Some(2.0));
        check(1.2, 1.8, Some(2.0));
        check(2.5, 99.0, Some(3.0));
        check(5.0, 9.0, None);
        check(-4.0, 0.5, Some(1.0));
    }
}
