//! Where in the transcript somebody else begins to speak.
//! Plain data; who speaks when is `clip::insights`'s.

use crate::project::Project;
use clip::insights::SpeakerName;
use media::time::Instant;
use std::collections::BTreeMap;

/// The first line of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnStart {
    pub speaker: usize,
    pub name: SpeakerName,
    /// Which of the page's colors.
    pub color: u8,
    /// Where the next one begins, or what was said ends.
    pub until: Instant,
}

/// The first line of each turn by the line's start; nothing where nobody is to be told apart.
pub fn turn_starts(project: &Project) -> BTreeMap<Instant, TurnStart> {
    let insights = project.insights();
    let mut starts: BTreeMap<Instant, TurnStart> = BTreeMap::new();
    if insights.speakers.len() < 2 {
        return starts;
    }
    let mut last: Option<(Instant, usize)> = None;
    for segment in &project.transcript().segments {
        let Some(speaker) = insights.most_heard(segment.words.iter()) else { continue };
        if let Some((start, before)) = last {
            if before == speaker {
                continue;
            }
            if let Some(turn) = starts.get_mut(&start) {
                turn.until = segment.start;
            }
        }
        let known = &insights.speakers[speaker];
        let until = project.transcript().segments.last().map_or(segment.end, |last| last.end);
        let turn = TurnStart { speaker, name: known.name.clone(), color: known.color, until };
        starts.insert(segment.start, turn);
        last = Some((segment.start, speaker));
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::segment_of;
    use clip::insights::{Insights, Speaker, Turn};

    /// Lines of two words at these seconds, and who speaks from when on.
    fn check(lines: &[f64], turns: &[(f64, usize)], expected: &[(f64, usize, f64)]) {
        let mut project = Project::default();
        let segments = lines.iter().map(|at| segment_of(*at, &["One", " two."])).collect();
        project.recording.change(|transcript| transcript.segments = segments);
        let ends = turns.iter().skip(1).map(|(at, _)| *at).chain([1e6]);
        let at = Instant::from_seconds;
        let turn = |((start, speaker), end): (&(f64, usize), f64)| Turn {
            start: at(*start),
            end: at(end),
            speaker: *speaker,
        };
        let count = turns.iter().map(|(_, speaker)| speaker + 1).max().unwrap_or_default();
        let speakers = (0..count).map(Speaker::numbered).collect();
        project.clips.learn(Insights {
            turns: turns.iter().zip(ends).map(turn).collect(),
            speakers,
            ..Insights::default()
        });
        let found: Vec<_> = turn_starts(&project)
            .iter()
            .map(|(start, turn)| (start.seconds(), turn.speaker, turn.until.seconds()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_turn_begins_with_the_first_line_of_somebody_else() {
        let lines = [0.0, 4.0, 8.0, 12.0];
        check(&lines, &[(0.0, 0), (8.0, 1)], &[(0.0, 0, 8.0), (8.0, 1, 13.8)]);
        check(&lines, &[(0.0, 0), (4.0, 1), (8.0, 0)], &[(0.0, 0, 4.0), (4.0, 1, 8.0), (8.0, 0, 13.8)]);
        check(&lines, &[(0.0, 0)], &[]);
        check(&lines, &[], &[]);
        check(&[], &[(0.0, 0), (8.0, 1)], &[]);
    }
}
