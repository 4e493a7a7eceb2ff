//! The passages of the open file, weighed once and ranked as often as a person's wishes change.
//! Knows when they must be weighed again; refuses to know how.

use super::background::Understanding;
use super::clips::{Drag, Suggested};
use super::cut::Cut;
use super::merging::{Staying, is_same_passage};
use super::{AppState, FileLabel, OpenFile};
use clip::edit::{ClipEdit, ClipId};
use clip::insights::Insights;
use clip::select::AnalyzeOptions;
use clip::select::{Evidence, Passages, Suggestion, Taste};

/// A passage that speaks so little about what was looked for does not speak about it.
const HARDLY_ABOUT: f32 = 0.15;

/// Passages with what they were weighed from.
pub struct Ranking {
    made_of: MadeOf,
    passages: Passages,
}

#[derive(PartialEq)]
struct MadeOf {
    label: FileLabel,
    transcript_edition: u32,
    insight_edition: u32,
    options: AnalyzeOptions,
}

impl MadeOf {
    fn new(file: &OpenFile, options: &AnalyzeOptions) -> Self {
        Self {
            label: file.label.clone(),
            transcript_edition: file.transcript_edition,
            insight_edition: file.insight_edition(),
            options: options.clone(),
        }
    }
}

impl Ranking {
    pub fn of(file: &OpenFile, options: &AnalyzeOptions) -> Self {
        let insights = Some(file.insights()).filter(|insights| **insights != Insights::default());
        Self {
            made_of: MadeOf::new(file, options),
            passages: Passages::new(&file.transcript, insights, options),
        }
    }

    /// Whether nothing has changed that passages are weighed from.
    pub fn holds_for(&self, file: &OpenFile, options: &AnalyzeOptions) -> bool {
        self.made_of == MadeOf::new(file, options)
    }

    /// What comes first now.
    pub fn suggestion(&self, file: &OpenFile, taste: Taste) -> Suggestion {
        let steering = &file.clips.cut().steering;
        let likeness = steering.about.as_deref().and_then(|about| file.questions.answer(about));
        let mut suggestion = self.passages.suggest(&steering.wishes(taste), likeness);
        if let (Some(about), Some(_)) = (&steering.about, likeness)
            && suggestion.clips.iter().all(|clip| clip.evidence.topic < HARDLY_ABOUT)
        {
            suggestion.note = Some(format!("Nothing speaks clearly about “{about}”. This comes nearest."));
        }
        suggestion
    }

    /// The next best passages beside those that are there or were put aside.
    fn more(&self, file: &OpenFile, taste: Taste, beside: &[&ClipEdit], count: usize) -> Vec<ClipEdit> {
        let steering = &file.clips.cut().steering;
        let likeness = steering.about.as_deref().and_then(|about| file.questions.answer(about));
        self.passages.more(&steering.wishes(taste), likeness, beside, count)
    }

    /// With what fills the places of those that were put aside.
    fn filled(&self, file: &OpenFile, taste: Taste, clips: Vec<ClipEdit>) -> Suggested {
        let put_aside = |clip: &ClipEdit| file.clips.removed().find(|other| is_same_passage(other, clip));
        let places: Vec<ClipId> = clips.iter().filter_map(put_aside).map(|clip| clip.id).collect();
        let beside: Vec<&ClipEdit> = clips.iter().chain(file.clips.removed()).collect();
        let more = match places.len() {
            0 => vec![],
            count => self.more(file, taste, &beside, count),
        };
        Suggested { fillers: places.into_iter().zip(more).collect(), clips }
    }
}

/// What the clips are ranked anew for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The person asked for it: a step.
    Asked(Drag),
    /// They appear now: nobody has seen others.
    Unseen,
    /// More is known. What was shown stays until the person wants the better ones.
    KnownBetter,
}

impl AppState {
    /// Puts what comes first now in the place of what nobody touched, or says how much there is to be put.
    pub fn rank(&mut self, ranking: &Ranking, taste: Taste, occasion: Occasion) {
        let mut staying = self.staying();
        let Some(file) = &mut self.file else { return };
        let suggestion = ranking.suggestion(file, taste);
        let Cut { steering, looked_at, .. } = file.clips.cut();
        // Who looks for something, or for somebody, wants nothing else among it.
        if steering.about.is_none() && steering.speaker.is_none() {
            staying.extend(looked_at);
        }
        let weights = steering.weights;
        let score = |evidence: &Evidence| {
            let points = evidence.score(&weights) + taste.points(evidence);
            (points.clamp(0.0, 100.0) * 10.0).round() / 10.0
        };
        let nothing_is_shown = file.clips.shown().next().is_none();
        let suggested = ranking.filled(file, taste, suggestion.clips);
        match occasion {
            Occasion::KnownBetter if !nothing_is_shown => {
                let mut other = file.clips.clone();
                other.rank_unseen(suggested.clone(), &staying, &score);
                file.better = other.shown().filter(|clip| file.clips.get(clip.id).is_none()).count();
                file.has_first_picks = file.better > 0;
                // Scores of what is known now beside scores of what was known before could not be compared.
                if file.better == 0 {
                    file.clips.reassess(&suggested.clips);
                }
                return;
            }
            Occasion::Asked(drag) => file.clips.rank(drag, suggested, &staying, &score),
            Occasion::Unseen | Occasion::KnownBetter => {
                file.clips.rank_unseen(suggested, &staying, &score);
            }
        }
        file.note = suggestion.note;
        file.better = 0;
        // Those that appear before more is known are first ones still.
        file.has_first_picks &= occasion == Occasion::Unseen;
    }

    /// Fills the place of a clip that was put aside with the next best passage, where fewer are left than the person wants. Part of
    /// the step that put it aside.
    pub fn fill(&mut self, ranking: &Ranking, taste: Taste, skipped: ClipId) -> Option<ClipId> {
        let file = self.file.as_mut()?;
        let is_put_aside = file.clips.removed().any(|clip| clip.id == skipped);
        let wanted = ranking.made_of.options.clips as usize;
        if !is_put_aside || file.clips.shown().count() >= wanted {
            return None;
        }
        let beside: Vec<&ClipEdit> = file.clips.cut().clips.iter().collect();
        let filler = ranking.more(file, taste, &beside, 1).pop()?;
        file.clips.fill(skipped, filler)
    }

    /// Clips that stay for reasons that the clips themselves do not know.
    pub fn staying(&self) -> Staying {
        let saved = self.file.iter().flat_map(|file| file.saved.keys());
        let being_made = self.work.iter().flat_map(|work| &work.made_of).map(|made| made.clip.id);
        saved.copied().chain(being_made).chain(self.chosen).collect()
    }

    /// The person wants the clips that are shown, and not the better ones.
    pub fn keep_first_picks(&mut self) {
        if let Some(file) = &mut self.file {
            (file.better, file.has_first_picks) = (0, false);
        }
    }

    /// Whether it was found out who speaks and what about, and not yet seen whether there are better clips.
    pub fn may_know_better(&self) -> bool {
        self.file.as_ref().is_some_and(|file| {
            file.is_heard()
                && file.has_first_picks
                && file.better == 0
                && file.understanding == Understanding::Done
        })
    }

    /// The editor shows another clip, or none.
    pub fn choose(&mut self, id: Option<ClipId>) {
        self.chosen = id;
        if let (Some(id), Some(file)) = (id, &mut self.file) {
            file.clips.look_at(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Analysis;
    use crate::state::clips::{Clips, Cut};
    use crate::state::tests::segment_of;
    use clip::insights::{Speaker, Turn};
    use clip::select::suggest;
    use media::time::Instant;

    /// Twelve passages of some twenty seconds, each about something else, told by two people in turn.
    fn talk() -> OpenFile {
        let matters = [
            "sea", "bread", "city", "stone", "river", "music", "winter", "garden", "metal", "paper", "horse",
            "light",
        ];
        let mut file = OpenFile { analysis: Analysis::Done, transcript_edition: 1, ..OpenFile::default() };
        let mut insights =
            Insights { speakers: (0..2).map(Speaker::numbered).collect(), ..Insights::default() };
        for (at, matter) in matters.iter().enumerate() {
            let start_s = at as f64 * 26.0;
            for sentence in 0..3 {
                let words = format!("Why does the {matter} number {sentence} make every {matter} better?");
                let words: Vec<String> = words.split_whitespace().map(|word| format!(" {word}")).collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                file.transcript.segments.push(segment_of(start_s + f64::from(sentence) * 8.2, &words));
            }
            let (start, end) = (Instant::from_seconds(start_s), Instant::from_seconds(start_s + 25.5));
            insights.turns.push(Turn { start, end, speaker: at % 2 });
        }
        let options = AnalyzeOptions::default();
        let clips = suggest(&file.transcript, &options).clips;
        file.clips = Clips::new(Cut { clips, ..Cut::default() });
        file.clips.learn(insights);
        file
    }

    fn shown(state: &AppState) -> Vec<(Instant, Instant, f32)> {
        state.shown_clips().iter().map(|clip| (clip.start(), clip.end(), clip.score)).collect()
    }

    #[test]
    fn weighed_once_the_ranking_is_the_same_as_weighed_anew() {
        let options = AnalyzeOptions::default();
        let mut state = AppState { file: Some(talk()), ..AppState::default() };
        let ranking = Ranking::of(state.file.as_ref().expect("open"), &options);
        for (hook, speaker) in [(1.0, None), (0.0, None), (2.0, Some(1)), (2.0, None), (1.0, None)] {
            if let Some(file) = &mut state.file {
                file.clips.steer(Drag::Single, |steering| {
                    (steering.weights.hook, steering.speaker) = (hook, speaker);
                });
                assert!(ranking.holds_for(file, &options), "moving a slider weighs nothing anew");
            }
            let mut anew = state.clone();
            state.rank(&ranking, Taste::default(), Occasion::Asked(Drag::Single));
            let other = Ranking::of(anew.file.as_ref().expect("open"), &options);
            anew.rank(&other, Taste::default(), Occasion::Asked(Drag::Single));
            assert_eq!(state, anew, "hook {hook}, speaker {speaker:?}");
        }
    }

    #[test]
    fn they_are_weighed_again_when_something_changed() {
        let options = AnalyzeOptions::default();
        let check = |change: fn(&mut OpenFile, &mut AnalyzeOptions)| {
            let (mut file, mut changed) = (talk(), options.clone());
            let ranking = Ranking::of(&file, &options);
            assert!(ranking.holds_for(&file, &options));
            change(&mut file, &mut changed);
            assert!(!ranking.holds_for(&file, &changed));
        };
        check(|file, _| file.transcript_edition += 1);
        check(|file, _| file.clips.learn(Insights::default()));
        check(|file, _| file.label.bytes += 1);
        check(|_, options| options.clips = 3);
    }

    #[test]
    fn a_speaker_and_a_matter_can_be_asked_for() {
        let options = AnalyzeOptions { clips: 3, ..AnalyzeOptions::default() };
        let mut state = AppState { file: Some(talk()), ..AppState::default() };
        let ranking = Ranking::of(state.file.as_ref().expect("open"), &options);
        let mut ask = |speaker: Option<usize>| {
            if let Some(file) = &mut state.file {
                file.clips.steer(Drag::Single, |steering| steering.speaker = speaker);
            }
            state.rank(&ranking, Taste::default(), Occasion::Asked(Drag::Single));
            shown(&state)
        };
        let turn_of = |start: Instant| ((start.seconds() + 1.0) / 26.0) as usize % 2;
        for speaker in 0..2 {
            assert!(ask(Some(speaker)).iter().all(|(start, ..)| turn_of(*start) == speaker));
        }
        let everybody = ask(None);
        assert_eq!(everybody, ask(None));
    }

    #[test]
    fn an_exported_clip_and_the_open_one_stay() {
        let options = AnalyzeOptions { clips: 2, ..AnalyzeOptions::default() };
        let mut state = AppState { file: Some(talk()), ..AppState::default() };
        let ids: Vec<ClipId> = state.shown_clips().iter().map(|clip| clip.id).collect();
        state.chosen = ids.last().copied();
        let ranking = Ranking::of(state.file.as_ref().expect("open"), &options);
        state.rank(&ranking, Taste::default(), Occasion::Asked(Drag::Single));
        let after: Vec<ClipId> = state.shown_clips().iter().map(|clip| clip.id).collect();
        assert!(after.len() <= 3 && ids.last().is_some_and(|last| after.contains(last)), "{after:?}");
    }

    #[test]
    fn first_picks_stay_until_the_person_wants_the_better_ones() {
        let options = AnalyzeOptions { clips: 4, ..AnalyzeOptions::default() };
        let mut state = AppState { file: Some(talk()), ..AppState::default() };
        // Shown: three passages at the end, of which one was opened. What comes first now is others.
        let file = state.file.as_mut().expect("open");
        let mut first: Vec<_> = file.clips.shown().cloned().collect();
        first.sort_by_key(|clip| std::cmp::Reverse(clip.start()));
        first.truncate(3);
        file.clips = Clips::new(Cut { clips: first.clone(), ..Cut::default() });
        (file.has_first_picks, file.understanding) = (true, Understanding::Done);
        let ids = |state: &AppState| state.shown_clips().iter().map(|clip| clip.id).collect::<Vec<_>>();
        let shown_first = ids(&state);
        state.choose(first.first().map(|clip| clip.id));
        state.choose(None);
        assert!(state.may_know_better());
        let ranking = Ranking::of(state.file.as_ref().expect("open"), &options);
        state.rank(&ranking, Taste::default(), Occasion::KnownBetter);
        let file = state.file.as_ref().expect("open");
        assert!(file.better > 0 && file.has_first_picks && !file.clips.can_undo(), "{}", file.better);
        assert_eq!(ids(&state), shown_first);
        assert_eq!(state.shown_clips(), first, "nor is anything else said of them");
        let file = state.file.as_ref().expect("open");
        let better = file.better;

        let mut kept = state.clone();
        kept.keep_first_picks();
        assert_eq!((ids(&kept), kept.may_know_better()), (shown_first.clone(), false));

        state.rank(&ranking, Taste::default(), Occasion::Asked(Drag::Single));
        let now = ids(&state);
        assert_eq!(now.iter().filter(|id| !shown_first.contains(id)).count(), better);
        assert!(now.contains(&first[0].id), "what was opened stays");
        let file = state.file.as_mut().expect("open");
        assert_eq!((file.better, file.has_first_picks), (0, false));
        file.clips.undo();
        assert_eq!(ids(&state), shown_first);
    }

    #[test]
    fn the_same_clips_are_no_better_ones_and_are_told_of_anew() {
        let options = AnalyzeOptions::default();
        let mut state = AppState { file: Some(talk()), ..AppState::default() };
        let ranking = Ranking::of(state.file.as_ref().expect("open"), &options);
        state.rank(&ranking, Taste::default(), Occasion::Unseen);
        let file = state.file.as_mut().expect("open");
        assert!(!file.clips.can_undo(), "no act of the person");
        file.has_first_picks = true;
        let before = state.shown_clips();
        state.rank(&ranking, Taste::default(), Occasion::KnownBetter);
        let file = state.file.as_ref().expect("open");
        assert_eq!((file.better, file.has_first_picks, file.clips.can_undo()), (0, false, false));
        assert_eq!(state.shown_clips(), before);
    }

    #[test]
    fn a_skipped_clip_is_replaced_by_the_next_best_passage_and_not_beyond_what_is_wanted() {
        let options = AnalyzeOptions { clips: 3, ..AnalyzeOptions::default() };
        let mut state = AppState { file: Some(talk()), ..AppState::default() };
        let ranking = Ranking::of(state.file.as_ref().expect("open"), &options);
        state.rank(&ranking, Taste::default(), Occasion::Unseen);
        let ids = |state: &AppState| state.shown_clips().iter().map(|clip| clip.id).collect::<Vec<_>>();
        let before = ids(&state);
        assert_eq!(before.len(), 3);
        let clips = |state: &mut AppState, act: &dyn Fn(&mut Clips)| {
            state.edit_clips(|clips, _| act(clips));
        };
        assert_eq!(state.fill(&ranking, Taste::default(), before[0]), None, "nobody skipped it");
        clips(&mut state, &|clips| clips.remove(before[0]));
        let filler = state.fill(&ranking, Taste::default(), before[0]).expect("there are more passages");
        assert_eq!(ids(&state), [before[1], before[2], filler]);
        assert_eq!(state.fill(&ranking, Taste::default(), before[0]), None, "as many as are wanted");

        // Whatever is wished for next, the place of what was skipped stays filled.
        state.rank(&ranking, Taste::default(), Occasion::Asked(Drag::Single));
        assert_eq!(ids(&state).len(), 3);
        assert!(!ids(&state).contains(&before[0]));
        let file = state.file.as_ref().expect("open");
        assert_eq!(file.clips.cut().fillers.len(), 1);
        clips(&mut state, &|clips| clips.restore(before[0], &Staying::new()));
        let mut now = ids(&state);
        now.sort();
        let mut all = before.clone();
        all.sort();
        assert_eq!(now, all);
    }
}
