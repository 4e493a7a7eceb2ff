//! Which passages of a transcript would make good clips: runs of whole sentences, weighed by evidence, each with a title
//! in the speaker's words and with reasons. Refuses to know pictures, models and files.

mod evidence;
pub(crate) mod lexicon;
mod line;
mod title;
mod topic;

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};
use std::ops::Range;

use media::time::{Instant, Span};

pub use evidence::Evidence;

use self::evidence::Scene;
use self::line::{Line, lines};
use crate::edit::{CaptionStyle, ClipEdit, ClipId};
use crate::protocol::AnalyzeOptions;
use crate::sentence::{End, sentences};
use crate::transcript::Transcript;

/// Breath taken along before the first word and after the last one; never more than half of the pause there.
const PADDING: Span = Span::from_millis(250);
/// People who get at least so many clips come back.
const WANTED: usize = 4;
const MOST: usize = 50;
const FEWEST_WORDS: usize = 5;

/// Suggested clips, best first. `note` says why they are fewer than one would expect.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestion {
    pub clips: Vec<ClipEdit>,
    pub note: Option<String>,
}

/// A suggested clip with what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggested {
    pub clip: ClipEdit,
    pub evidence: Evidence,
}

#[derive(Debug, Clone)]
struct Candidate {
    run: Range<usize>,
    start: Instant,
    end: Instant,
    evidence: Evidence,
    score: f32,
}

/// Suggests clips. The same transcript and options always give the same clips.
pub fn suggest(transcript: &Transcript, options: &AnalyzeOptions) -> Suggestion {
    let (suggested, note) = suggest_with_evidence(transcript, options, None);
    Suggestion { clips: suggested.into_iter().map(|suggested| suggested.clip).collect(), note }
}

/// [`suggest`], and why. `likeness`: how near each of [`sentences`] comes to what the person asked for, as the cosine of their vectors.
pub fn suggest_with_evidence(
    transcript: &Transcript,
    options: &AnalyzeOptions,
    likeness: Option<&[f32]>,
) -> (Vec<Suggested>, Option<String>) {
    let sentences = sentences(transcript);
    let lines = lines(&sentences);
    let words: usize = lines.iter().map(|line| line.words).sum();
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return (Vec::new(), Some(nothing("No speech")));
    };
    // What is heard in music and noise is a stray word or two.
    if words < FEWEST_WORDS {
        return (Vec::new(), Some(nothing("Hardly any speech")));
    }
    let spoken = last.end - first.start;
    let scene = Scene { lines: &lines, bounds: &topic::boundaries(&lines), likeness };
    let media_end = transcript.windows.last().map(|window| window.end());
    let most = (options.clips as usize).clamp(1, MOST);
    let shortest = options.shortest.max(Span::from_millis(1_000));
    let longest = options.longest.max(shortest);
    let (chosen, note) = if spoken < shortest {
        let note = format!(
            "Only {:.0} s of speech: too short to choose from, so this is all of it.",
            spoken.seconds()
        );
        (vec![scene.candidate(0..lines.len(), media_end)], Some(note))
    } else {
        choose_enough(&scene, shortest, longest, most, media_end)
    };
    let suggested = chosen.into_iter().zip(1..).map(|(candidate, number)| {
        let evidence = candidate.evidence;
        Suggested { clip: scene.clip(candidate, ClipId(number)), evidence }
    });
    (suggested.collect(), note)
}

fn nothing(what: &str) -> String {
    format!(
        "{what} was found, so there is nothing to make clips of. Choose a video in which somebody speaks."
    )
}

/// The best clips of the asked lengths; shorter ones where long ones would leave too few.
fn choose_enough(
    scene: &Scene<'_>,
    shortest: Span,
    longest: Span,
    most: usize,
    media_end: Option<Instant>,
) -> (Vec<Candidate>, Option<String>) {
    let candidates = scene.candidates(shortest, longest, media_end);
    let mut chosen = choose(scene, candidates.iter(), most);
    let mut cap = longest;
    while chosen.len() < most.min(WANTED) && cap > shortest + shortest.half().half() {
        cap = Span::from_micros(cap.micros() / 4 * 3);
        let shorter = choose(scene, candidates.iter().filter(|one| one.end - one.start <= cap), most);
        if shorter.len() > chosen.len() {
            chosen = shorter;
        }
    }
    if !chosen.is_empty() && chosen.len() < most.min(WANTED) {
        chosen = with_brief_ones(scene, chosen, shortest, most, media_end);
    }
    if chosen.is_empty() {
        // Every run of whole sentences is too long or just too short: those nearest to what was asked.
        let nearest = scene.nearest(shortest, media_end);
        chosen = choose(scene, nearest.iter(), most);
        return (chosen, Some("No whole passage has the asked length; these come nearest.".to_owned()));
    }
    let note = match chosen.len() {
        enough if enough >= most.min(WANTED) => None,
        1 => Some("Only one passage stands on its own at the asked length.".to_owned()),
        few => Some(format!("Only {few} passages stand on their own at the asked length.")),
    };
    (chosen, note)
}

/// A whole thought of half the asked length is worth more to a person than a clip too few: adds those that lie beside the
/// clips chosen already, which all stay.
fn with_brief_ones(
    scene: &Scene<'_>,
    chosen: Vec<Candidate>,
    shortest: Span,
    most: usize,
    media_end: Option<Instant>,
) -> Vec<Candidate> {
    let brief = scene.candidates(shortest.half(), shortest, media_end);
    let beside =
        |one: &&Candidate| chosen.iter().all(|other| one.end <= other.start || other.end <= one.start);
    let room = most.min(WANTED).saturating_sub(chosen.len());
    let added = choose(scene, brief.iter().filter(beside), room);
    chosen.into_iter().chain(added).collect()
}

/// Greedy by score, less what a clip repeats of those chosen before it; none overlaps another.
fn choose<'a>(
    scene: &Scene<'_>,
    candidates: impl Iterator<Item = &'a Candidate>,
    most: usize,
) -> Vec<Candidate> {
    const REPETITION_COSTS: f32 = 35.0;
    /// Beyond the wanted few, only what is good and not far behind the best.
    const GOOD: f32 = 34.0;
    const BEHIND_BEST: f32 = 0.5;
    /// What scores below this is taken only if there is nothing else.
    const USELESS: f32 = 8.0;
    // What a candidate is worth only falls as others are chosen, so it is worked out when it comes to the top.
    let mut left: BinaryHeap<Ranked<'a>> =
        candidates.map(|candidate| Ranked { worth: candidate.score, compared: 0, candidate }).collect();
    let mut chosen: Vec<(Candidate, HashMap<u32, f32>)> = Vec::new();
    while chosen.len() < most {
        let Some(mut top) = left.pop() else { break };
        let leader = chosen.first().map_or(top.worth, |first| first.0.score);
        let poor = top.worth < GOOD || top.worth < leader * BEHIND_BEST;
        if !chosen.is_empty() && top.worth < USELESS || chosen.len() >= WANTED && poor {
            break;
        }
        let candidate = top.candidate;
        if chosen.iter().any(|(one, _)| one.start < candidate.end && candidate.start < one.end) {
            continue;
        }
        let stems = scene.stems(candidate.run.clone());
        if top.compared == chosen.len() {
            chosen.push((candidate.clone(), stems));
            continue;
        }
        for (_, others) in &chosen[top.compared..] {
            let repeated = (topic::cosine(&stems, others) - 0.3).max(0.0);
            top.worth = top.worth.min(candidate.score - REPETITION_COSTS * repeated);
        }
        top.compared = chosen.len();
        left.push(top);
    }
    chosen.into_iter().map(|(candidate, _)| candidate).collect()
}

/// A candidate in the queue: its worth next to the first `compared` of those chosen.
struct Ranked<'a> {
    worth: f32,
    compared: usize,
    candidate: &'a Candidate,
}

impl Ord for Ranked<'_> {
    /// By worth; of equal ones the earlier is the greater.
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |one: &Self| (one.candidate.run.start, one.candidate.run.end);
        self.worth.total_cmp(&other.worth).then_with(|| place(other).cmp(&place(self)))
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ranked<'_> {}

impl Scene<'_> {
    fn candidates(&self, shortest: Span, longest: Span, media_end: Option<Instant>) -> Vec<Candidate> {
        let mut found = Vec::new();
        for from in 0..self.lines.len() {
            for to in from + 1..=self.lines.len() {
                let (start, end) = self.bounds_of(from..to, media_end);
                if end - start > longest {
                    break;
                }
                if end - start >= shortest && (self.lines[to - 1].ends != End::Cut || to == self.lines.len())
                {
                    found.push(self.candidate(from..to, media_end));
                }
            }
        }
        found
    }

    /// From each sentence on the shortest run that lasts `shortest`, however long, or all that is left.
    fn nearest(&self, shortest: Span, media_end: Option<Instant>) -> Vec<Candidate> {
        let count = self.lines.len();
        let run = |from: usize| {
            let reaches = |&to: &usize| {
                let (start, end) = self.bounds_of(from..to, media_end);
                end - start >= shortest
            };
            from..(from + 1..=count).find(reaches).unwrap_or(count)
        };
        (0..count).map(|from| self.candidate(run(from), media_end)).collect()
    }

    fn candidate(&self, run: Range<usize>, media_end: Option<Instant>) -> Candidate {
        let (start, end) = self.bounds_of(run.clone(), media_end);
        let evidence = self.evidence(run.clone());
        Candidate { run, start, end, evidence, score: evidence.score() }
    }

    /// The run with its breath: at most half of each pause, so that two clips never share a moment.
    fn bounds_of(&self, run: Range<usize>, media_end: Option<Instant>) -> (Instant, Instant) {
        let (first, last) = (&self.lines[run.start], &self.lines[run.end - 1]);
        let half_gap = |line: &Line| Span::from_seconds(f64::from(line.gap_before_s)).half();
        let before = if run.start == 0 { first.start.since_zero().max(Span::ZERO) } else { half_gap(first) };
        let after = match self.lines.get(run.end) {
            Some(next) => half_gap(next),
            None => media_end.map_or(PADDING, |end| (end - last.end).max(Span::ZERO)),
        };
        (first.start - before.min(PADDING), last.end + after.min(PADDING))
    }

    fn clip(&self, candidate: Candidate, id: ClipId) -> ClipEdit {
        let Candidate { run, start, end, evidence, score } = candidate;
        let lines = &self.lines[run.clone()];
        ClipEdit {
            id,
            start,
            end,
            title: title::title(lines),
            reasons: self.reasons(run, &evidence),
            score: (score * 10.0).round() / 10.0,
            captions: CaptionStyle::default(),
            crop_center_x: 0.5,
        }
    }
}

#[cfg(test)]
mod tests;
