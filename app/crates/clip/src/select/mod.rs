//! Which passages of a transcript would make good clips: runs of whole sentences, weighed by evidence, each with a title
//! in the speaker's words and with reasons (data: see [`crate::reason`]). Refuses to know pictures, models and files.

mod choose;
mod evidence;
pub(crate) mod lexicon;
mod named;
mod options;
mod reason;
mod sentence_features;
pub(crate) mod signal;
mod slider;
mod taste;
mod title;
mod topic;

use crate::order;
use std::collections::HashMap;
use std::ops::Range;

use media::time::{Instant, Span};

use serde::{Deserialize, Serialize};

pub use options::AnalyzeOptions;
pub use sentence_features::{Mention, mentions};
pub use signal::{Evidence, Part, SIGNALS, Signal};
pub use slider::{Slider, Weights};
pub use taste::{Taste, Verdict};

use self::choose::{choose, more};
use self::evidence::{Criteria, Scene};
use self::sentence_features::{SentenceFeatures, apply_insights, sentence_features};
use crate::certainty::is_unsure;
use crate::edit::{CaptionStyle, ClipEdit, ClipId, Framing, Shape};
use crate::insights::Insights;
use crate::note::Note;
use crate::reason::Reason;
use crate::recording::Recording;
use crate::scene::Scenes;
use crate::sentence::{BySentence, End};
use crate::timeline::{SourceRange, Timeline};

/// Breath taken along before the first word and after the last one; never more than half of the pause there.
pub const PADDING: Span = Span::from_millis(250);
/// People who get at least so many clips come back.
const WANTED: usize = 4;
const MOST: usize = 50;
pub const FEWEST_WORDS: usize = 5;
/// What stands alone may be as short as this, where a person asked for clips from so many seconds on and no more.
const QUOTE: Span = Span::from_millis(8_000);
const USUALLY_SHORTEST: Span = Span::from_millis(15_000);

/// Suggested clips, best first. `note` says why they are fewer than one would expect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestion {
    pub clips: Vec<ClipEdit>,
    pub note: Option<Note>,
}

/// What a person wants the clips to be, beyond their length and number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RankingOptions {
    pub weights: Weights,
    /// Only what this speaker says, by number.
    pub speaker: Option<usize>,
    pub taste: Taste,
}

#[derive(Debug, Clone)]
struct Candidate {
    run: Range<usize>,
    start: Instant,
    end: Instant,
    evidence: Evidence,
    score: f32,
}

/// Suggests clips by the words alone. The same recording and options always give the same clips.
pub fn suggest(recording: &Recording, options: &AnalyzeOptions) -> Suggestion {
    Candidates::new(recording, None, options).suggest(&RankingOptions::default(), None)
}

/// Every passage of a recording that could be a clip, weighed once, so that it is cheap to rank them again as the person's
/// wishes change.
pub struct Candidates {
    scene: Scene,
    /// Of the asked lengths, and shorter ones that stand alone.
    candidates: Vec<Candidate>,
    shortest: Span,
    longest: Span,
    most: usize,
    /// Nothing but nonsense: the model does not know what was spoken.
    is_foreign: bool,
}

impl Candidates {
    pub fn new(recording: &Recording, insights: Option<&Insights>, options: &AnalyzeOptions) -> Self {
        let (transcript, sentences) = (recording.transcript(), recording.sentences());
        let mut features = sentence_features(sentences);
        if let Some(insights) = insights {
            apply_insights(&mut features, sentences, insights);
        }
        let bounds = topic::boundaries(&features);
        let media_end = transcript.windows.last().map(|window| window.end());
        let scene = Scene { features, bounds, media_end };
        let shortest = options.shortest.max(Span::from_millis(1_000));
        let longest = options.longest.max(shortest);
        let mut candidates = scene.candidates(shortest, longest);
        if (QUOTE..=USUALLY_SHORTEST).contains(&shortest) {
            let quotes = scene.candidates(QUOTE, shortest - Span::from_micros(1)).into_iter();
            candidates.extend(quotes.filter(|quote| scene.stands_alone(quote)));
        }
        let is_foreign = options.knows_one_language && is_unsure(transcript.words());
        let most = (options.clips as usize).clamp(1, MOST);
        Self { scene, candidates, shortest, longest, most, is_foreign }
    }

    /// The best passages. `likeness`: how near each of the recording's sentences comes to what the person asked for, as the cosine of their
    /// vectors.
    pub fn suggest(&self, options: &RankingOptions, likeness: Option<&BySentence>) -> Suggestion {
        let features = &self.scene.features;
        let words: usize = features.iter().map(|sentence| sentence.words).sum();
        let (Some(first), Some(last)) = (features.first(), features.last()) else {
            return Suggestion { clips: Vec::new(), note: Some(Note::NoSpeech { has_words: false }) };
        };
        // What is heard in music and noise is a stray word or two.
        if words < FEWEST_WORDS {
            return Suggestion { clips: Vec::new(), note: Some(Note::NoSpeech { has_words: true }) };
        }
        if self.is_foreign {
            return Suggestion { clips: Vec::new(), note: Some(Note::Foreign) };
        }
        let criteria = Criteria { options, likeness };
        let spoken = last.end - first.start;
        let (chosen, note) = if spoken < self.shortest {
            (
                self.scored(&criteria, &[self.scene.candidate(0..features.len())]),
                Some(Note::AllOfIt { spoken }),
            )
        } else {
            self.choose_enough(&criteria)
        };
        // What a person reads goes by the score, also where one was chosen later because it repeats another.
        let mut chosen = chosen;
        order::sort_by(&mut chosen, |a, b| b.score.total_cmp(&a.score));
        let clips = chosen.into_iter().zip(1..);
        let clips = clips.map(|(candidate, number)| self.scene.clip(candidate, ClipId(number), &criteria));
        Suggestion { clips: clips.collect(), note }
    }

    /// The next best passages beside clips that are there or were put aside, `count` at most and without numbers; none where all that
    /// is left is useless. `beside` may have been moved by hand.
    pub fn more(
        &self,
        options: &RankingOptions,
        likeness: Option<&BySentence>,
        beside: &[&ClipEdit],
        count: usize,
    ) -> Vec<ClipEdit> {
        if self.is_foreign {
            return Vec::new();
        }
        let criteria = Criteria { options, likeness };
        let candidates = self.unmixed(self.scored(&criteria, &self.candidates));
        let taken: Vec<Candidate> = beside.iter().map(|clip| self.scene.taken(clip)).collect();
        let found = more(&self.scene, candidates, taken, count, (self.most, self.shortest));
        found.into_iter().map(|one| self.scene.clip(one, ClipId(0), &criteria)).collect()
    }

    /// The clip of a person's own choice, weighed as suggestions are; `None` where `words` are not whole sentences. It has no number.
    pub fn whole(
        &self,
        options: &RankingOptions,
        likeness: Option<&BySentence>,
        words: SourceRange,
    ) -> Option<ClipEdit> {
        let from = self.scene.features.iter().position(|sentence| sentence.start == words.start)?;
        let last = self.scene.features.iter().rposition(|sentence| sentence.end == words.end)?;
        let candidate = (from <= last).then(|| self.scene.candidate(from..last + 1))?;
        let criteria = Criteria { options, likeness };
        let scored = self.scored(&criteria, &[candidate]).pop()?;
        let mut clip = self.scene.clip(scored, ClipId(0), &criteria);
        clip.reasons.insert(0, Reason::Chosen);
        Some(clip)
    }

    /// The same candidates with what the person asked for in their evidence and score.
    fn scored(&self, criteria: &Criteria<'_>, candidates: &[Candidate]) -> Vec<Candidate> {
        let scored = |candidate: &Candidate| {
            let mut scored = candidate.clone();
            scored.evidence[Signal::Topic] = criteria.topic(&self.scene.features[candidate.run.clone()]);
            scored.evidence[Signal::Voice] = criteria.voice(&self.scene.features[candidate.run.clone()]);
            let options = criteria.options;
            scored.score = scored.evidence.score(&options.weights) + options.taste.points(&scored.evidence);
            scored.score = scored.score.clamp(0.0, 100.0);
            scored
        };
        candidates.iter().map(scored).collect()
    }

    /// The best clips of the asked lengths; shorter ones where long ones would leave too few.
    fn choose_enough(&self, criteria: &Criteria<'_>) -> (Vec<Candidate>, Option<Note>) {
        let (scene, shortest, most) = (&self.scene, self.shortest, self.most);
        let candidates = self.unmixed(self.scored(criteria, &self.candidates));
        let mut chosen = choose(scene, candidates.iter(), most, shortest);
        let mut cap = self.longest;
        while chosen.len() < most.min(WANTED) && cap > shortest + shortest.half().half() {
            cap = Span::from_micros(cap.micros() / 4 * 3);
            let within = candidates.iter().filter(|one| one.end - one.start <= cap);
            let shorter = choose(scene, within, most, shortest);
            if shorter.len() > chosen.len() {
                chosen = shorter;
            }
        }
        if !chosen.is_empty() && chosen.len() < most.min(WANTED) {
            chosen = self.with_brief_ones(criteria, chosen);
        }
        if chosen.is_empty() {
            // Every run of whole sentences is too long or just too short: those nearest to what was asked.
            let nearest = self.scored(criteria, &scene.nearest(shortest));
            chosen = choose(scene, nearest.iter(), most, Span::ZERO);
            return (chosen, Some(Note::Nearest));
        }
        let note = match chosen.len() {
            enough if enough >= most.min(WANTED) => None,
            few => Some(Note::Few(few)),
        };
        (chosen, note)
    }

    /// The same without those that are a quote beside a passage which is nearly as good without it.
    fn unmixed(&self, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
        const NEARLY: f32 = 0.9;
        let quotes: Vec<Range<usize>> = candidates
            .iter()
            .filter(|one| one.end - one.start < self.shortest)
            .map(|one| one.run.clone())
            .collect();
        if quotes.is_empty() {
            return candidates;
        }
        let scores: HashMap<(usize, usize), f32> =
            candidates.iter().map(|one| ((one.run.start, one.run.end), one.score)).collect();
        candidates.retain(|one| {
            let is_as_good = |start: usize, end: usize| {
                scores.get(&(start, end)).is_some_and(|score| *score >= NEARLY * one.score)
            };
            !quotes.iter().any(|quote| {
                let leads = quote.start == one.run.start && is_as_good(quote.end, one.run.end);
                let follows = quote.end == one.run.end && is_as_good(one.run.start, quote.start);
                leads || follows
            })
        });
        candidates
    }

    /// A whole thought of half the asked length is worth more to a person than a clip too few: adds those that lie beside the
    /// clips chosen already, which all stay.
    fn with_brief_ones(&self, criteria: &Criteria<'_>, chosen: Vec<Candidate>) -> Vec<Candidate> {
        let brief = self.scored(criteria, &self.scene.candidates(self.shortest.half(), self.shortest));
        let beside =
            |one: &&Candidate| chosen.iter().all(|other| one.end <= other.start || other.end <= one.start);
        let room = self.most.min(WANTED).saturating_sub(chosen.len());
        let added = choose(&self.scene, brief.iter().filter(beside), room, Span::ZERO);
        chosen.into_iter().chain(added).collect()
    }
}

impl Scene {
    fn candidates(&self, shortest: Span, longest: Span) -> Vec<Candidate> {
        let mut found = Vec::new();
        for from in 0..self.features.len() {
            for to in from + 1..=self.features.len() {
                let (start, end) = self.bounds_of(from..to);
                if end - start > longest {
                    break;
                }
                if end - start >= shortest
                    && (self.features[to - 1].ends != End::Cut || to == self.features.len())
                {
                    found.push(self.candidate(from..to));
                }
            }
        }
        found
    }

    /// Whether a short run is worth quoting by itself: whole sentences between two strong bounds, that lean on nothing and say
    /// something.
    fn stands_alone(&self, candidate: &Candidate) -> bool {
        const APART: f32 = 0.5;
        const FEWEST: usize = 14;
        let Candidate { run, evidence, .. } = candidate;
        let features = &self.features[run.clone()];
        let is_whole = features.last().is_some_and(|last| last.ends == End::Mark)
            && run.start.checked_sub(1).is_none_or(|before| self.features[before].ends == End::Mark);
        is_whole
            && self.bounds[run.start].min(self.bounds[run.end]) >= APART
            && evidence[Signal::Independence] >= 0.8
            && evidence[Signal::Substance] >= 0.75
            && evidence[Signal::Narrative] >= 0.45
            && features.iter().map(|sentence| sentence.words).sum::<usize>() >= FEWEST
    }

    /// From each sentence on the shortest run that lasts `shortest`, however long, or all that is left.
    fn nearest(&self, shortest: Span) -> Vec<Candidate> {
        let count = self.features.len();
        let run = |from: usize| {
            let reaches = |&to: &usize| {
                let (start, end) = self.bounds_of(from..to);
                end - start >= shortest
            };
            from..(from + 1..=count).find(reaches).unwrap_or(count)
        };
        (0..count).map(|from| self.candidate(run(from))).collect()
    }

    fn candidate(&self, run: Range<usize>) -> Candidate {
        let (start, end) = self.bounds_of(run.clone());
        let evidence = self.evidence(run.clone());
        Candidate { run, start, end, evidence, score: 0.0 }
    }

    /// A clip that is there, as far as its place and its words matter.
    fn taken(&self, clip: &ClipEdit) -> Candidate {
        let from = self.features.partition_point(|sentence| sentence.end <= clip.start());
        let to = self.features.partition_point(|sentence| sentence.start < clip.end()).max(from);
        let (start, end, evidence, score) = (clip.start(), clip.end(), clip.evidence, clip.score);
        Candidate { run: from..to, start, end, evidence, score }
    }

    /// The run with its breath: at most half of each pause, so that two clips never share a moment.
    fn bounds_of(&self, run: Range<usize>) -> (Instant, Instant) {
        let (first, last) = (&self.features[run.start], &self.features[run.end - 1]);
        let half_gap =
            |sentence: &SentenceFeatures| Span::from_seconds(f64::from(sentence.gap_before_s)).half();
        let before = if run.start == 0 { first.start.since_zero().max(Span::ZERO) } else { half_gap(first) };
        let after = match self.features.get(run.end) {
            Some(next) => half_gap(next),
            None => self.media_end.map_or(PADDING, |end| (end - last.end).max(Span::ZERO)),
        };
        (first.start - before.min(PADDING), last.end + after.min(PADDING))
    }

    fn clip(&self, candidate: Candidate, id: ClipId, criteria: &Criteria<'_>) -> ClipEdit {
        let Candidate { run, start, end, evidence, score } = candidate;
        let features = &self.features[run.clone()];
        ClipEdit {
            id,
            timeline: Timeline::single(start, end),
            title: title::title(features),
            reasons: self.reasons(run, &evidence, criteria),
            score: (score * 10.0).round() / 10.0,
            evidence,
            captions: CaptionStyle::default(),
            shape: Shape::default(),
            framing: Framing::Automatic,
            scenes: Scenes::centered(0.5),
        }
    }
}

#[cfg(test)]
mod tests;
