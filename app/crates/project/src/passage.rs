//! A clip of words that a person chose themselves, whatever a ranking would make of them.
//! Plain data; how words are chosen is the page's.

use crate::project::Project;
use crate::ranking::{Likeness, Ranking};
use crate::trim::{Edge, Quote, SHORTEST, quote};
use clip::edit::{CaptionStyle, ClipEdit, ClipId, Framing, Shape};
use clip::reason::Reason;
use clip::scene::Scenes;
use clip::select::{Evidence, PADDING, Taste};
use clip::timeline::{SourceRange, Timeline};
use clip::transcript::{Transcript, Word};
use media::time::{Instant, Span};

impl Project {
    /// A clip without a number of the words that start from `first` to `last`, with the breath around them. Whole sentences are weighed as
    /// suggestions are; of anything else nothing is known but that it was chosen. `None` where nothing is said, or for less than [`SHORTEST`].
    pub fn passage(
        &self,
        ranking: &Ranking,
        taste: Taste,
        likeness: Likeness<'_>,
        first: Instant,
        last: Instant,
    ) -> Option<ClipEdit> {
        let words: Vec<&Word> = self.transcript().words().collect();
        let from = words.iter().position(|word| word.start >= first)?;
        let to = words.iter().rposition(|word| word.start <= last)?;
        let chosen = words.get(from..=to)?;
        let said =
            SourceRange { start: chosen.first()?.start, end: chosen.iter().map(|word| word.end).max()? };
        let whole = ranking.whole(self, taste, likeness, said);
        let clip = whole.unwrap_or_else(|| {
            let before = match from.checked_sub(1) {
                Some(before) => (said.start - words[before].end).half(),
                None => said.start.since_zero(),
            };
            let after = match words.get(to + 1) {
                Some(after) => (after.start - said.end).half(),
                None => self.end() - said.end,
            };
            let breath = |pause: Span| pause.clamp(Span::ZERO, PADDING);
            let timeline = Timeline::single(said.start - breath(before), said.end + breath(after));
            own_clip(timeline, self.transcript())
        });
        (clip.length() >= SHORTEST).then_some(clip)
    }

    /// Adds a clip of the person's own as a step. Where one that is shown plays the same, that is it.
    pub fn make_clip(&mut self, made: ClipEdit) -> ClipId {
        let there = self.clips.shown().find(|clip| clip.timeline == made.timeline).map(|clip| clip.id);
        there.unwrap_or_else(|| self.clips.add(made))
    }
}

/// A clip without a number of which nothing is known but that it was chosen, called by its first words.
pub(crate) fn own_clip(timeline: Timeline, transcript: &Transcript) -> ClipEdit {
    let clip = ClipEdit {
        id: ClipId(0),
        timeline,
        title: String::new(),
        reasons: vec![Reason::Chosen],
        score: 0.0,
        evidence: Evidence::default(),
        captions: CaptionStyle::default(),
        shape: Shape::default(),
        framing: Framing::Automatic,
        scenes: Scenes::centered(0.5),
    };
    let Quote { text, .. } = quote(&clip, Edge::Start, transcript);
    let title = text.trim_end_matches(|sign: char| !sign.is_alphanumeric() && !")]”»』」?!".contains(sign));
    ClipEdit { title: title.to_owned(), ..clip }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{clip_between, segment_of};
    use crate::history::History;
    use crate::merge::Pinned;
    use crate::project::Analysis;
    use crate::snapshot::{Drag, Snapshot};
    use crate::steps::Step;
    use clip::select::AnalyzeOptions;
    use media::facts::{Container, Facts};

    /// Words a second apart, each 0.8 s long: three sentences, the last of which nobody ends.
    fn talk() -> Project {
        let segments = vec![
            segment_of(0.0, &["Bread", " needs", " time.", " Nobody", " waits", " for", " it."]),
            segment_of(9.0, &[" So", " we", " buy"]),
        ];
        let facts = Facts { container: Container::Mp4, duration: Span::from_seconds(12.0), tracks: vec![] };
        let mut project = Project { analysis: Analysis::Done, facts: Some(facts), ..Project::default() };
        project.recording.change(|transcript| transcript.segments = segments);
        let clips = vec![clip_between(1, 3.0, 6.9)];
        project.clips = History::new(Snapshot { clips, ..Snapshot::default() });
        project
    }

    fn chosen(project: &Project, first_s: f64, last_s: f64) -> Option<ClipEdit> {
        let ranking = Ranking::of(project, &AnalyzeOptions::default());
        let at = Instant::from_seconds;
        project.passage(&ranking, Taste::default(), None, at(first_s), at(last_s))
    }

    #[test]
    fn it_has_the_chosen_words_and_their_breath() {
        let check = |first_s: f64, last_s: f64, expected: Option<(f64, f64, &str)>| {
            let clip = chosen(&talk(), first_s, last_s);
            let found =
                clip.as_ref().map(|clip| (clip.start().seconds(), clip.end().seconds(), clip.title.as_str()));
            assert_eq!(found, expected, "from {first_s} to {last_s}");
        };
        // Half of the pause of 0.2 s on each side.
        check(1.0, 4.0, Some((0.9, 4.9, "needs time. Nobody waits")));
        // No more than a quarter of a second of a longer one, and nothing before the beginning.
        check(0.0, 5.0, Some((0.0, 5.9, "Bread needs time. Nobody waits for")));
        check(9.0, 10.0, Some((8.75, 10.9, "So we")));
        // Nor after the end.
        check(4.0, 11.0, Some((3.9, 12.0, "waits for it. So we buy")));
        // Instants between words mean those within.
        check(0.5, 4.5, Some((0.9, 4.9, "needs time. Nobody waits")));
        check(4.0, 4.0, Some((3.9, 4.9, "waits")));
        check(1.0, 0.0, None);
        check(12.0, 13.0, None);
    }

    #[test]
    fn whole_sentences_are_weighed_and_anything_else_is_not() {
        let whole = chosen(&talk(), 3.0, 6.0).expect("a clip");
        assert_eq!(whole.reasons[..2], [Reason::Chosen, Reason::WholeSentences(1)]);
        assert!(whole.score > 0.0 && whole.evidence != Evidence::default());
        let part = chosen(&talk(), 3.0, 5.0).expect("a clip");
        assert_eq!((part.reasons.as_slice(), part.score), ([Reason::Chosen].as_slice(), 0.0));
        assert_eq!(part.evidence, Evidence::default());
    }

    #[test]
    fn it_is_a_step_and_no_ranking_takes_it_away() {
        let mut project = talk();
        let own = chosen(&project, 4.0, 11.0).expect("a clip");
        let id = project.make_clip(own.clone());
        assert_eq!(project.clips.steps().0, Some(Step::Added(2)), "behind those with a score");
        let shown = |project: &Project| project.clips.shown().map(|clip| clip.id).collect::<Vec<_>>();
        assert_eq!(shown(&project), [ClipId(1), id]);
        assert_eq!(project.make_clip(own), id, "it is there already");
        project.clips.rank(Drag::Single, vec![clip_between(1, 30.0, 50.0)], &Pinned::new(), &|_| 1.0);
        assert!(shown(&project).contains(&id));
        project.clips.undo();
        project.clips.undo();
        assert_eq!(shown(&project), [ClipId(1)]);
        project.clips.redo();
        assert_eq!(shown(&project), [ClipId(1), id]);
    }
}
