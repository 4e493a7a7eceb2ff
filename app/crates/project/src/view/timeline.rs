//! What is drawn beneath the waveform: loudness and pace as lines, reactions, turns and telling sentences as stretches, each for the
//! whole file.
//! Knows neither pixels nor colors.

use crate::project::Project;
use clip::insights::{SoundSignals, SpeakerName};
use clip::select::{Mention, mentions};
use media::time::{Instant, Span};

/// A screen shows no more.
const COLUMNS: usize = 300;
/// Loudness that is drawn at the bottom and at the top.
const QUIET_LUFS: f32 = -46.0;
const LOUD_LUFS: f32 = -12.0;
/// Words a second at the top.
const FASTEST: f32 = 5.0;
/// Words are counted over at least so long, or the line would only show words.
const PACE_OVER: Span = Span::from_millis(6_000);
/// Fewer numbers and names in a sentence are nothing special.
const MANY_FACTS: usize = 2;
/// Less sure than this, nothing is said.
const REACTION: f32 = 0.4;
/// Less sure than this, it is said with a "probably".
pub const SURE: f32 = 0.75;
/// A silence that does not divide a stretch of one speaker.
const BREATH: Span = Span::from_millis(1_000);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct TimelineTracks {
    /// 0 to 1, evenly over the whole file; empty where it was not measured.
    pub loudness: Vec<f32>,
    /// As loudness; empty where there are no words.
    pub pace: Vec<f32>,
    pub reactions: Vec<Reaction>,
    /// Sentences that ask something.
    pub questions: Vec<(Instant, Instant)>,
    /// Sentences full of numbers and names.
    pub facts: Vec<(Instant, Instant)>,
    /// Sentences that say how somebody feels.
    pub feelings: Vec<(Instant, Instant)>,
    /// By speaker; empty where nobody is to be told apart.
    pub voices: Vec<Voice>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Reaction {
    pub start: Instant,
    pub end: Instant,
    /// 0 to 1.
    pub sure: f32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    pub name: SpeakerName,
    pub color: u8,
    pub spoken: Span,
    pub stretches: Vec<(Instant, Instant)>,
}

impl TimelineTracks {
    pub fn of(project: &Project) -> Self {
        let duration = project.duration();
        if !duration.is_positive() {
            return Self::default();
        }
        let sound = &project.insights().sound;
        let said = if project.is_heard() { mentions(project.recording.sentences()) } else { vec![] };
        let told = |tells: fn(&Mention) -> bool| {
            said.iter().filter(|one| tells(one)).map(|one| (one.start, one.end)).collect()
        };
        Self {
            loudness: loudness(&sound.loudness_lufs, duration),
            pace: pace(project, duration),
            reactions: reactions(&sound.reaction),
            questions: told(|one| one.question),
            facts: told(|one| one.facts >= MANY_FACTS),
            feelings: told(|one| one.feelings > 0),
            voices: voices(project),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn columns(duration: Span) -> impl Iterator<Item = (Instant, Instant)> {
    let at = move |index: usize| Instant::from_seconds(duration.seconds() * index as f64 / COLUMNS as f64);
    (0..COLUMNS).map(move |index| (at(index), at(index + 1)))
}

fn loudness(lufs: &[f32], duration: Span) -> Vec<f32> {
    if lufs.is_empty() {
        return vec![];
    }
    let height = |(start, end)| {
        let mean = SoundSignals::mean(lufs, start, end).unwrap_or(QUIET_LUFS);
        ((mean - QUIET_LUFS) / (LOUD_LUFS - QUIET_LUFS)).clamp(0.0, 1.0)
    };
    columns(duration).map(height).collect()
}

fn pace(project: &Project, duration: Span) -> Vec<f32> {
    let starts: Vec<Instant> = project.transcript().words().map(|word| word.start).collect();
    if starts.is_empty() || !project.is_heard() {
        return vec![];
    }
    let height = |(start, end): (Instant, Instant)| {
        let wider = (PACE_OVER - (end - start)).max(Span::ZERO).half();
        let (from, to) = (start - wider, end + wider);
        let words = starts.partition_point(|at| *at < to) - starts.partition_point(|at| *at < from);
        (words as f32 / (to - from).seconds() as f32 / FASTEST).clamp(0.0, 1.0)
    };
    columns(duration).map(height).collect()
}

fn reactions(seconds: &[f32]) -> Vec<Reaction> {
    let mut found: Vec<Reaction> = Vec::new();
    for (second, sure) in seconds.iter().enumerate().filter(|(_, sure)| **sure >= REACTION) {
        let (start, end) = (Instant::from_seconds(second as f64), Instant::from_seconds(second as f64 + 1.0));
        match found.last_mut().filter(|last| last.end == start) {
            Some(last) => (last.end, last.sure) = (end, last.sure.max(*sure)),
            None => found.push(Reaction { start, end, sure: *sure }),
        }
    }
    found
}

fn voices(project: &Project) -> Vec<Voice> {
    let insights = project.insights();
    if insights.speakers.len() < 2 {
        return vec![];
    }
    let mut voices: Vec<Voice> = insights
        .speakers
        .iter()
        .map(|known| Voice {
            name: known.name.clone(),
            color: known.color,
            spoken: Span::ZERO,
            stretches: vec![],
        })
        .collect();
    for turn in &insights.turns {
        let Some(voice) = voices.get_mut(turn.speaker) else { continue };
        voice.spoken += turn.end - turn.start;
        match voice.stretches.last_mut().filter(|(_, end)| turn.start - *end <= BREATH) {
            Some((_, end)) => *end = turn.end.max(*end),
            None => voice.stretches.push((turn.start, turn.end)),
        }
    }
    voices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{facts, segment_of};
    use crate::project::Analysis;
    use clip::insights::{Insights, Speaker, Turn};

    fn file(insights: Insights) -> Project {
        let mut file = Project { facts: Some(facts()), analysis: Analysis::Done, ..Project::default() };
        file.clips.learn(insights);
        file
    }

    #[test]
    fn there_is_nothing_to_draw_where_nothing_is_known() {
        assert!(TimelineTracks::of(&Project::default()).is_empty());
        assert!(TimelineTracks::of(&file(Insights::default())).is_empty());
    }

    #[test]
    fn loudness_and_pace_go_over_the_whole_file() {
        let mut file = file(Insights::default());
        let segments = vec![segment_of(0.0, &["One", " two", " three", " four", " five", " six."])];
        file.recording.change(|transcript| transcript.segments = segments);
        let mut insights = Insights::default();
        // The second half minute is quiet.
        insights.sound.loudness_lufs =
            (0..60).map(|second| if second < 30 { -12.0 } else { -70.0 }).collect();
        file.clips.learn(insights);
        let tracks = TimelineTracks::of(&file);
        let check = |values: &[f32], part: f32, expected: f32| {
            let value = values[(part * (COLUMNS - 1) as f32) as usize];
            assert!((value - expected).abs() < 0.05, "{value} at {part}");
        };
        assert_eq!((tracks.loudness.len(), tracks.pace.len()), (COLUMNS, COLUMNS));
        check(&tracks.loudness, 0.2, 1.0);
        check(&tracks.loudness, 0.8, 0.0);
        // A word a second, of five.
        check(&tracks.pace, 0.05, 0.2);
        check(&tracks.pace, 0.5, 0.0);
    }

    #[test]
    fn sentences_stand_where_they_tell_something() {
        let mut file = file(Insights::default());
        let segments = vec![
            segment_of(0.0, &["Why", " do", " we", " wait?"]),
            segment_of(10.0, &["In", " 1984", " we", " drove", " 300", " miles", " with", " Anna."]),
            segment_of(20.0, &["I", " was", " so", " afraid."]),
        ];
        file.recording.change(|transcript| transcript.segments = segments);
        let tracks = TimelineTracks::of(&file);
        let starts = |list: &[(Instant, Instant)]| -> Vec<f64> {
            list.iter().map(|(start, _)| start.seconds()).collect()
        };
        assert_eq!(starts(&tracks.questions), [0.0]);
        assert_eq!(starts(&tracks.facts), [10.0]);
        assert_eq!(starts(&tracks.feelings), [20.0]);
    }

    #[test]
    fn reactions_beside_each_other_are_one() {
        let check = |seconds: &[f32], expected: &[(f64, f64, f32)]| {
            let found: Vec<_> = reactions(seconds)
                .iter()
                .map(|one| (one.start.seconds(), one.end.seconds(), one.sure))
                .collect();
            assert_eq!(found, expected);
        };
        check(&[], &[]);
        check(&[0.0, 0.5, 0.9, 0.1, 0.4], &[(1.0, 3.0, 0.9), (4.0, 5.0, 0.4)]);
        check(&[0.3, f32::NAN], &[]);
    }

    #[test]
    fn turns_of_one_speaker_are_drawn_together_across_a_breath() {
        let turn = |start: f64, end: f64, speaker| Turn {
            start: Instant::from_seconds(start),
            end: Instant::from_seconds(end),
            speaker,
        };
        let insights = Insights {
            turns: vec![turn(0.0, 4.0, 0), turn(4.5, 8.0, 0), turn(8.0, 10.0, 1), turn(10.0, 12.0, 0)],
            speakers: (0..2).map(Speaker::numbered).collect(),
            ..Insights::default()
        };
        let voices = TimelineTracks::of(&file(insights)).voices;
        let of = |voice: &Voice| (voice.stretches.len(), voice.spoken.seconds(), voice.color);
        assert_eq!(voices.iter().map(of).collect::<Vec<_>>(), [(2, 9.5, 0), (1, 2.0, 1)]);
    }
}
