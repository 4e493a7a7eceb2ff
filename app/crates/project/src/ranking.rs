//! The passages of a project, weighed once and ranked as often as a person's wishes change.
//! Knows when they must be weighed again; refuses to know how.

use crate::history::Suggested;
use crate::identity::FileLabel;
use crate::merge::{Pinned, is_same_passage};
use crate::project::Project;
use crate::snapshot::{Drag, Snapshot};
use clip::edit::{ClipEdit, ClipId};
use clip::insights::Insights;
use clip::note::Note;
use clip::recording::Recording;
use clip::select::{AnalyzeOptions, Candidates, Evidence, Signal, Suggestion, Taste, suggest};
use clip::sentence::BySentence;
use clip::timeline::SourceRange;

/// A passage that speaks so little about what was looked for does not speak about it.
const HARDLY_ABOUT: f32 = 0.15;

/// How near each sentence comes to what the person looks for; `None` where that is not known.
pub type Likeness<'a> = Option<&'a BySentence>;

/// Passages with what they were weighed from.
pub struct Ranking {
    made_of: MadeOf,
    candidates: Candidates,
}

#[derive(PartialEq)]
struct MadeOf {
    label: FileLabel,
    transcript_edition: u32,
    insight_edition: u32,
    options: AnalyzeOptions,
}

impl MadeOf {
    fn new(project: &Project, options: &AnalyzeOptions) -> Self {
        Self {
            label: project.label.clone(),
            transcript_edition: project.recording.edition(),
            insight_edition: project.insight_edition(),
            options: options.clone(),
        }
    }
}

impl Ranking {
    pub fn of(project: &Project, options: &AnalyzeOptions) -> Self {
        let insights = Some(project.insights()).filter(|insights| **insights != Insights::default());
        Self {
            made_of: MadeOf::new(project, options),
            candidates: Candidates::new(&project.recording, insights, options),
        }
    }

    /// Whether nothing has changed that passages are weighed from.
    pub fn holds_for(&self, project: &Project, options: &AnalyzeOptions) -> bool {
        self.made_of == MadeOf::new(project, options)
    }

    /// What comes first now. `likeness`: how near each sentence comes to what the person looks for, where that is known.
    pub fn suggestion(&self, project: &Project, taste: Taste, likeness: Likeness<'_>) -> Suggestion {
        let preferences = &project.clips.now().preferences;
        let mut suggestion = self.candidates.suggest(&preferences.ranking_options(taste), likeness);
        if let (Some(about), Some(_)) = (&preferences.about, likeness)
            && suggestion.clips.iter().all(|clip| clip.evidence[Signal::Topic] < HARDLY_ABOUT)
        {
            suggestion.note = Some(Note::NothingAbout(about.clone()));
        }
        suggestion
    }

    /// What a person chose themselves, where it is whole sentences.
    pub(crate) fn whole(
        &self,
        project: &Project,
        taste: Taste,
        likeness: Likeness<'_>,
        words: SourceRange,
    ) -> Option<ClipEdit> {
        let preferences = &project.clips.now().preferences;
        self.candidates.whole(&preferences.ranking_options(taste), likeness, words)
    }

    /// The next best passages beside those that are there or were put aside.
    fn more(
        &self,
        project: &Project,
        taste: Taste,
        likeness: Likeness<'_>,
        beside: &[&ClipEdit],
        count: usize,
    ) -> Vec<ClipEdit> {
        let preferences = &project.clips.now().preferences;
        self.candidates.more(&preferences.ranking_options(taste), likeness, beside, count)
    }

    /// With what fills the places of those that were put aside.
    fn filled(
        &self,
        project: &Project,
        taste: Taste,
        likeness: Likeness<'_>,
        clips: Vec<ClipEdit>,
    ) -> Suggested {
        let put_aside = |clip: &ClipEdit| project.clips.removed().find(|other| is_same_passage(other, clip));
        let places: Vec<ClipId> = clips.iter().filter_map(put_aside).map(|clip| clip.id).collect();
        let beside: Vec<&ClipEdit> = clips.iter().chain(project.clips.removed()).collect();
        let more = match places.len() {
            0 => vec![],
            count => self.more(project, taste, likeness, &beside, count),
        };
        Suggested { fillers: places.into_iter().zip(more).collect(), clips }
    }
}

/// The first clips of words that were heard just now, and what is to be said of them. `heard`: what is to be said of the words; where
/// that explains why there are hardly any, nothing is said of the clips.
pub fn first_picks(
    recording: &Recording,
    options: &AnalyzeOptions,
    heard: Vec<Note>,
) -> (Vec<ClipEdit>, Vec<Note>) {
    let Suggestion { clips, note } = suggest(recording, options);
    let is_explained = heard.iter().any(|note| matches!(note, Note::Silent { .. }));
    (clips, heard.into_iter().chain(note.filter(|_| !is_explained)).collect())
}

/// What the clips are ranked again for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The person asked for it: a step.
    Asked(Drag),
    /// They appear now: nobody has seen others.
    Unseen,
    /// More is known. What was shown stays until the person wants the better ones.
    KnownBetter,
}

impl Project {
    /// Puts what comes first now in the place of what nobody touched, or says how much there is to be put. `pinned`: clips that stay for
    /// reasons that the project does not know.
    pub fn rank(
        &mut self,
        ranking: &Ranking,
        taste: Taste,
        likeness: Likeness<'_>,
        mut pinned: Pinned,
        occasion: Occasion,
    ) {
        let suggestion = ranking.suggestion(self, taste, likeness);
        let Snapshot { preferences, looked_at, .. } = self.clips.now();
        // Who looks for something, or for somebody, wants nothing else among it.
        if preferences.about.is_none() && preferences.speaker.is_none() {
            pinned.extend(looked_at);
        }
        let weights = preferences.weights;
        let score = |evidence: &Evidence| {
            let points = evidence.score(&weights) + taste.points(evidence);
            (points.clamp(0.0, 100.0) * 10.0).round() / 10.0
        };
        let nothing_is_shown = self.clips.shown().next().is_none();
        let suggested = ranking.filled(self, taste, likeness, suggestion.clips);
        match occasion {
            Occasion::KnownBetter if !nothing_is_shown => {
                let mut other = self.clips.clone();
                other.rank_unseen(suggested.clone(), &pinned, &score);
                self.better = other.shown().filter(|clip| self.clips.get(clip.id).is_none()).count();
                self.has_first_picks = self.better > 0;
                // Scores of what is known now beside scores of what was known before could not be compared.
                if self.better == 0 {
                    self.clips.reassess(&suggested.clips);
                }
                return;
            }
            Occasion::Asked(drag) => self.clips.rank(drag, suggested, &pinned, &score),
            Occasion::Unseen | Occasion::KnownBetter => {
                self.clips.rank_unseen(suggested, &pinned, &score);
            }
        }
        self.notes = suggestion.note.into_iter().collect();
        self.better = 0;
        // Those that appear before more is known are first ones still.
        self.has_first_picks &= occasion == Occasion::Unseen;
    }

    /// Fills the place of a clip that was put aside with the next best passage, where fewer are left than the person wants. Part of
    /// the step that put it aside.
    pub fn fill(
        &mut self,
        ranking: &Ranking,
        taste: Taste,
        likeness: Likeness<'_>,
        skipped: ClipId,
    ) -> Option<ClipId> {
        let is_put_aside = self.clips.removed().any(|clip| clip.id == skipped);
        let wanted = ranking.made_of.options.clips as usize;
        if !is_put_aside || self.clips.shown().count() >= wanted {
            return None;
        }
        let beside: Vec<&ClipEdit> = self.clips.now().clips.iter().collect();
        let filler = ranking.more(self, taste, likeness, &beside, 1).pop()?;
        self.clips.fill(skipped, filler)
    }

    /// Whether it was found out who speaks and what about, and not yet seen whether there are better clips.
    pub fn may_know_better(&self) -> bool {
        self.is_heard() && self.has_first_picks && self.better == 0 && self.is_understood()
    }

    /// The person wants the clips that are shown, and not the better ones.
    pub fn keep_first_picks(&mut self) {
        (self.better, self.has_first_picks) = (0, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::segment_of;
    use crate::history::History;
    use crate::project::Analysis;
    use clip::insights::{Speaker, Turn};
    use clip::select::Slider;
    use media::time::Instant;

    /// Twelve passages of some twenty seconds, each about something else, told by two people in turn.
    fn talk() -> Project {
        let topics = [
            "sea", "bread", "city", "stone", "river", "music", "winter", "garden", "metal", "paper", "horse",
            "light",
        ];
        let mut file = Project { analysis: Analysis::Done, ..Project::default() };
        let mut segments = vec![];
        let mut insights =
            Insights { speakers: (0..2).map(Speaker::numbered).collect(), ..Insights::default() };
        for (at, topic) in topics.iter().enumerate() {
            let start_s = at as f64 * 26.0;
            for sentence in 0..3 {
                let words = format!("Why does the {topic} number {sentence} make every {topic} better?");
                let words: Vec<String> = words.split_whitespace().map(|word| format!(" {word}")).collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                segments.push(segment_of(start_s + f64::from(sentence) * 8.2, &words));
            }
            let (start, end) = (Instant::from_seconds(start_s), Instant::from_seconds(start_s + 25.5));
            insights.turns.push(Turn { start, end, speaker: at % 2 });
        }
        let options = AnalyzeOptions::default();
        file.recording.change(|transcript| transcript.segments = segments);
        let clips = suggest(&file.recording, &options).clips;
        file.clips = History::new(Snapshot { clips, ..Snapshot::default() });
        file.clips.learn(insights);
        file
    }

    fn shown(project: &Project) -> Vec<(Instant, Instant, f32)> {
        project.clips.shown().map(|clip| (clip.start(), clip.end(), clip.score)).collect()
    }

    #[test]
    fn why_there_are_hardly_any_words_is_said_once() {
        let options = AnalyzeOptions::default();
        let (clips, notes) = first_picks(&talk().recording, &options, vec![Note::Skipped(vec![])]);
        assert_eq!(clips, suggest(&talk().recording, &options).clips);
        assert_eq!(notes, [Note::Skipped(vec![])]);
        let nothing = Recording::default();
        let unexplained = first_picks(&nothing, &options, vec![]);
        assert_eq!(unexplained, (vec![], vec![Note::NoSpeech { has_words: false }]));
        let silent = Note::Silent { has_words: false, tried: vec![], by_channel: false, undecodable: vec![] };
        let explained = first_picks(&nothing, &options, vec![silent.clone()]);
        assert_eq!(explained, (vec![], vec![silent]));
    }

    #[test]
    fn weighed_once_the_ranking_is_the_same_as_weighed_anew() {
        let options = AnalyzeOptions::default();
        let mut project = talk();
        let ranking = Ranking::of(&project, &options);
        for (hook, speaker) in [(1.0, None), (0.0, None), (2.0, Some(1)), (2.0, None), (1.0, None)] {
            project.clips.steer(Drag::Single, |preferences| {
                preferences.weights.set(Slider::Hook, hook);
                preferences.speaker = speaker;
            });
            assert!(ranking.holds_for(&project, &options), "moving a slider weighs nothing anew");
            let mut again = project.clone();
            project.rank(&ranking, Taste::default(), None, Pinned::new(), Occasion::Asked(Drag::Single));
            let other = Ranking::of(&again, &options);
            again.rank(&other, Taste::default(), None, Pinned::new(), Occasion::Asked(Drag::Single));
            assert_eq!(project, again, "hook {hook}, speaker {speaker:?}");
        }
    }

    #[test]
    fn they_are_weighed_again_when_something_changed() {
        let options = AnalyzeOptions::default();
        let check = |change: fn(&mut Project, &mut AnalyzeOptions)| {
            let (mut file, mut changed) = (talk(), options.clone());
            let ranking = Ranking::of(&file, &options);
            assert!(ranking.holds_for(&file, &options));
            change(&mut file, &mut changed);
            assert!(!ranking.holds_for(&file, &changed));
        };
        check(|file, _| file.recording.change(|_| ()));
        check(|file, _| file.clips.learn(Insights::default()));
        check(|file, _| file.label.bytes += 1);
        check(|_, options| options.clips = 3);
    }

    #[test]
    fn a_speaker_and_a_matter_can_be_asked_for() {
        let options = AnalyzeOptions { clips: 3, ..AnalyzeOptions::default() };
        let mut project = talk();
        let ranking = Ranking::of(&project, &options);
        let mut ask = |speaker: Option<usize>| {
            project.clips.steer(Drag::Single, |preferences| preferences.speaker = speaker);
            project.rank(&ranking, Taste::default(), None, Pinned::new(), Occasion::Asked(Drag::Single));
            shown(&project)
        };
        let turn_of = |start: Instant| ((start.seconds() + 1.0) / 26.0) as usize % 2;
        for speaker in 0..2 {
            assert!(ask(Some(speaker)).iter().all(|(start, ..)| turn_of(*start) == speaker));
        }
        let everybody = ask(None);
        assert_eq!(everybody, ask(None));
    }

    #[test]
    fn a_clip_that_is_pinned_stays() {
        let options = AnalyzeOptions { clips: 2, ..AnalyzeOptions::default() };
        let mut project = talk();
        let last = project.clips.shown().last().expect("clips").id;
        let ranking = Ranking::of(&project, &options);
        project.rank(&ranking, Taste::default(), None, [last].into(), Occasion::Asked(Drag::Single));
        let after: Vec<ClipId> = project.clips.shown().map(|clip| clip.id).collect();
        assert!(after.len() <= 3 && after.contains(&last), "{after:?}");
    }

    #[test]
    fn first_picks_stay_until_the_person_wants_the_better_ones() {
        let options = AnalyzeOptions { clips: 4, ..AnalyzeOptions::default() };
        let mut project = talk();
        // Shown: three passages at the end, of which one was opened. What comes first now is others.
        let mut first: Vec<_> = project.clips.shown().cloned().collect();
        first.sort_by_key(|clip| std::cmp::Reverse(clip.start()));
        first.truncate(3);
        project.clips = History::new(Snapshot { clips: first.clone(), ..Snapshot::default() });
        project.has_first_picks = true;
        project.clips.learn(Insights::default());
        let ids = |project: &Project| {
            project.clips.shown().cloned().collect::<Vec<_>>().iter().map(|clip| clip.id).collect::<Vec<_>>()
        };
        let shown_first = ids(&project);
        project.clips.look_at(first[0].id);
        assert!(project.may_know_better());
        let ranking = Ranking::of(&project, &options);
        project.rank(&ranking, Taste::default(), None, Pinned::new(), Occasion::KnownBetter);
        assert!(
            project.better > 0 && project.has_first_picks && !project.clips.can_undo(),
            "{}",
            project.better
        );
        assert_eq!(ids(&project), shown_first);
        assert_eq!(
            project.clips.shown().cloned().collect::<Vec<_>>(),
            first,
            "nor is anything else said of them"
        );
        let better = project.better;

        let mut kept = project.clone();
        kept.keep_first_picks();
        assert_eq!((ids(&kept), kept.may_know_better()), (shown_first.clone(), false));

        project.rank(&ranking, Taste::default(), None, Pinned::new(), Occasion::Asked(Drag::Single));
        let now = ids(&project);
        assert_eq!(now.iter().filter(|id| !shown_first.contains(id)).count(), better);
        assert!(now.contains(&first[0].id), "what was opened stays");
        assert_eq!((project.better, project.has_first_picks), (0, false));
        project.clips.undo();
        assert_eq!(ids(&project), shown_first);
    }

    #[test]
    fn the_same_clips_are_no_better_ones_and_are_told_of_anew() {
        let options = AnalyzeOptions::default();
        let mut project = talk();
        let ranking = Ranking::of(&project, &options);
        project.rank(&ranking, Taste::default(), None, Pinned::new(), Occasion::Unseen);
        assert!(!project.clips.can_undo(), "no act of the person");
        project.has_first_picks = true;
        let before = project.clips.shown().cloned().collect::<Vec<_>>();
        project.rank(&ranking, Taste::default(), None, Pinned::new(), Occasion::KnownBetter);
        assert_eq!((project.better, project.has_first_picks, project.clips.can_undo()), (0, false, false));
        assert_eq!(project.clips.shown().cloned().collect::<Vec<_>>(), before);
    }

    #[test]
    fn a_skipped_clip_is_replaced_by_the_next_best_passage_and_not_beyond_what_is_wanted() {
        let options = AnalyzeOptions { clips: 3, ..AnalyzeOptions::default() };
        let mut project = talk();
        let ranking = Ranking::of(&project, &options);
        project.rank(&ranking, Taste::default(), None, Pinned::new(), Occasion::Unseen);
        let ids = |project: &Project| {
            project.clips.shown().cloned().collect::<Vec<_>>().iter().map(|clip| clip.id).collect::<Vec<_>>()
        };
        let before = ids(&project);
        assert_eq!(before.len(), 3);
        let clips = |project: &mut Project, act: &dyn Fn(&mut History)| {
            act(&mut project.clips);
        };
        assert_eq!(project.fill(&ranking, Taste::default(), None, before[0]), None, "nobody skipped it");
        clips(&mut project, &|clips| clips.remove(before[0]));
        let filler =
            project.fill(&ranking, Taste::default(), None, before[0]).expect("there are more passages");
        assert_eq!(ids(&project), [before[1], before[2], filler]);
        assert_eq!(project.fill(&ranking, Taste::default(), None, before[0]), None, "as many as are wanted");

        // Whatever is wished for next, the place of what was skipped stays filled.
        project.rank(&ranking, Taste::default(), None, Pinned::new(), Occasion::Asked(Drag::Single));
        assert_eq!(ids(&project).len(), 3);
        assert!(!ids(&project).contains(&before[0]));
        assert_eq!(project.clips.now().fillers.len(), 1);
        clips(&mut project, &|clips| clips.restore(before[0], &Pinned::new()));
        let mut now = ids(&project);
        now.sort();
        let mut all = before.clone();
        all.sort();
        assert_eq!(now, all);
    }
}
