//! Which of the candidates become the suggestion: the best, of which none overlaps, adjoins or repeats another, from all over the
//! recording. Leaves weighing to `evidence`.

use crate::order;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use media::time::Span;

use super::evidence::Scene;
use super::{Candidate, WANTED, topic};
use crate::insights::ramp;

/// Of so many clips one may be shorter than what was asked for.
const CLIPS_A_QUOTE: usize = 3;
/// What a clip that says the same as another loses.
const REPETITION_COSTS: f32 = 35.0;
/// What a clip beside another loses in a recording that has room for all.
const NEARNESS_COSTS: f32 = 22.0;
/// From so much speech on there is something elsewhere too.
const SHORT_RECORDING: Span = Span::from_millis(8 * 60_000);
const LONG_RECORDING: Span = Span::from_millis(24 * 60_000);
/// Beyond the wanted few, only what is good and not far behind the best.
const GOOD: f32 = 34.0;
const BEHIND_BEST: f32 = 0.4;
/// What scores below this is taken only if there is nothing else.
const USELESS: f32 = 8.0;
/// Fewer words than these lie between two passages that are one.
const BETWEEN: usize = 8;
/// Two of which nothing is between are two only where one ends as clearly as this and the other begins.
const APART: f32 = 0.8;
/// What a clip loses that goes on where another ends.
const ADJOINING_COSTS: f32 = 60.0;

/// Greedy by score, less what a clip repeats of those chosen before it and what it lies beside them; none overlaps another. Few are
/// shorter than `shortest`.
pub(super) fn choose<'a>(
    scene: &Scene,
    candidates: impl Iterator<Item = &'a Candidate>,
    most: usize,
    shortest: Span,
) -> Vec<Candidate> {
    let room = Room::of(scene, most);
    // What a candidate is worth only falls as others are chosen, so it is worked out when it comes to the top.
    let mut left: BinaryHeap<Ranked<'a>> =
        candidates.map(|candidate| Ranked { worth: candidate.score, compared: 0, candidate }).collect();
    let mut chosen: Vec<(Candidate, Stems)> = Vec::new();
    while chosen.len() < most {
        let Some(mut top) = left.pop() else { break };
        let leader = chosen.first().map_or(top.worth, |first| first.0.score);
        let poor = top.worth < GOOD || top.worth < leader * BEHIND_BEST;
        if !chosen.is_empty() && top.worth < USELESS || chosen.len() >= WANTED && poor {
            break;
        }
        let candidate = top.candidate;
        let is_quote = |one: &Candidate| one.end - one.start < shortest;
        let quotes = chosen.iter().filter(|(one, _)| is_quote(one)).count();
        if is_quote(candidate) && quotes >= self::quotes(most) {
            continue;
        }
        if chosen.iter().any(|(one, _)| one.start < candidate.end && candidate.start < one.end) {
            continue;
        }
        let stems = scene.stems(candidate.run.clone());
        if top.compared == chosen.len() {
            chosen.push((candidate.clone(), stems));
            continue;
        }
        for other in &chosen[top.compared..] {
            top.worth = top.worth.min(candidate.score - room.lost(scene, (candidate, &stems), other));
        }
        top.compared = chosen.len();
        left.push(top);
    }
    chosen.into_iter().map(|(candidate, _)| candidate).collect()
}

/// The best candidates beside those that are there, which all stay, as [`choose`] weighs them but for how many are good enough: only
/// what is useless is none. `most` clips are wanted in all.
pub(super) fn more(
    scene: &Scene,
    mut candidates: Vec<Candidate>,
    beside: Vec<Candidate>,
    count: usize,
    (most, shortest): (usize, Span),
) -> Vec<Candidate> {
    let room = Room::of(scene, most);
    let is_quote = |one: &Candidate| one.end - one.start < shortest;
    let mut quotes = beside.iter().filter(|one| is_quote(one)).count();
    let with_stems = |one: Candidate| {
        let stems = scene.stems(one.run.clone());
        (one, stems)
    };
    let mut beside: Vec<(Candidate, Stems)> = beside.into_iter().map(with_stems).collect();
    order::sort_by(&mut candidates, |a, b| b.score.total_cmp(&a.score));
    let mut found = Vec::new();
    for _ in 0..count {
        let is_apart = |one: &Candidate| {
            beside.iter().all(|(other, _)| one.end <= other.start || other.end <= one.start)
        };
        let may_be = |one: &&Candidate| is_apart(one) && !(is_quote(one) && quotes >= self::quotes(most));
        let mut best: Option<(f32, &Candidate, Stems)> = None;
        for candidate in candidates.iter().filter(may_be) {
            let least = best.as_ref().map_or(USELESS, |(worth, ..)| *worth);
            // Nothing is worth more than its score, and scores only fall from here on.
            if candidate.score <= least {
                break;
            }
            let stems = scene.stems(candidate.run.clone());
            let lost = beside.iter().map(|other| room.lost(scene, (candidate, &stems), other));
            let worth = candidate.score - lost.fold(0.0, f32::max);
            if worth > least {
                best = Some((worth, candidate, stems));
            }
        }
        let Some((_, best, stems)) = best else { break };
        quotes += usize::from(is_quote(best));
        found.push(best.clone());
        beside.push((best.clone(), stems));
    }
    found
}

/// How many of so many clips may be shorter than what was asked for.
pub(super) const fn quotes(most: usize) -> usize {
    most.div_ceil(CLIPS_A_QUOTE)
}

/// A candidate's words with how often each is said.
type Stems = HashMap<u32, f32>;

/// How far apart clips of a recording can be expected to lie.
struct Room {
    /// 0 in a short recording, whose clips lie where they must, to 1.
    share: f32,
    /// Of so many seconds one clip is enough where there is room.
    reach_s: f32,
}

impl Room {
    fn of(scene: &Scene, most: usize) -> Self {
        let spoken = match (scene.features.first(), scene.features.last()) {
            (Some(first), Some(last)) => (last.end - first.start).seconds() as f32,
            _ => 0.0,
        };
        let share = ramp(spoken, SHORT_RECORDING.seconds() as f32, LONG_RECORDING.seconds() as f32);
        Self { share, reach_s: spoken / most.max(1) as f32 }
    }

    /// What `candidate` loses beside `other`: by what it repeats, and by where it lies.
    fn lost(
        &self,
        scene: &Scene,
        (candidate, stems): (&Candidate, &Stems),
        (other, others): &(Candidate, Stems),
    ) -> f32 {
        let repeated = REPETITION_COSTS * (topic::cosine(stems, others) - 0.3).max(0.0);
        repeated + self.cost(scene, candidate, other)
    }

    /// What `candidate` loses by lying where it does beside `other`.
    fn cost(&self, scene: &Scene, candidate: &Candidate, other: &Candidate) -> f32 {
        let (early, late) =
            if candidate.start < other.start { (candidate, other) } else { (other, candidate) };
        let between = &scene.features[early.run.end..late.run.start];
        let adjoining = if between.iter().map(|sentence| sentence.words).sum::<usize>() < BETWEEN {
            let bound = scene.bounds[early.run.end].max(scene.bounds[late.run.start]);
            ADJOINING_COSTS * (1.0 - bound / APART).max(self.share.sqrt())
        } else {
            0.0
        };
        let middle = |one: &Candidate| 0.5 * (one.start.seconds() + one.end.seconds()) as f32;
        let apart = (middle(late) - middle(early)) / self.reach_s.max(1.0);
        adjoining + NEARNESS_COSTS * self.share * (1.0 - apart).max(0.0)
    }
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
