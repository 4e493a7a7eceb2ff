//! How good a run of sentences is as a clip: each signal from 0 to 1, their weighted sum, and the same in plain words.

use std::collections::HashMap;
use std::ops::Range;

use media::time::Instant;
use serde::{Deserialize, Serialize};

use super::Wishes;
use super::line::{Hook, Line};
use crate::insights::ramp;
use crate::sentence::End;

/// The signals of one candidate, each 0 (bad) to 1 (good).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// Begins where something new begins.
    pub opening: f32,
    /// Ends where something ends, on a whole sentence, before a pause.
    pub closing: f32,
    /// One topic throughout: nothing inside is as strong a bound as the clip's own.
    pub unity: f32,
    /// Long enough to say something.
    pub body: f32,
    /// The first line makes one stay.
    pub hook: f32,
    /// Content words, names and numbers instead of filling.
    pub density: f32,
    /// The sentences belong together.
    pub coherence: f32,
    pub pace: f32,
    /// Little silence inside.
    pub flow: f32,
    /// How sure the transcription was.
    pub clarity: f32,
    /// Understood without what came before.
    pub independence: f32,
    /// Not a list, a greeting, an announcement or a repetition.
    pub substance: f32,
    /// Told for its own sake, by meaning: not to greet, to announce or to point at something; 0.5 where that is not known.
    pub telling: f32,
    /// Spoken louder than the rest.
    pub energy: f32,
    /// People laugh or applaud.
    pub reaction: f32,
    /// People speak with each other: questions that are answered, turns that change.
    pub dialogue: f32,
    /// Says how somebody feels.
    pub feeling: f32,
    /// Speaks about what was asked for; 1 where nothing was.
    pub topic: f32,
    /// Said by the person who was asked for; 1 where nobody was.
    pub voice: f32,
}

/// How much each kind of evidence counts for the person: 0 not at all, 1 as usual, 2 most.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Weights {
    pub hook: f32,
    pub substance: f32,
    pub energy: f32,
    pub reaction: f32,
    pub dialogue: f32,
    pub feeling: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { hook: 1.0, substance: 1.0, energy: 1.0, reaction: 1.0, dialogue: 1.0, feeling: 1.0 }
    }
}

/// What one signal adds to a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// As in [`Evidence::named`].
    pub name: &'static str,
    /// 0 to 1.
    pub value: f32,
    /// Of the score.
    pub points: f32,
}

impl Evidence {
    /// Signals that add up, with their share of the score. The first nine make the whole; the others come on top.
    fn weighted(&self, weights: &Weights) -> [(&'static str, f32, f32); 13] {
        // A slider is felt at both of its ends.
        let [hook, substance, energy, reaction, dialogue, feeling] = [
            weights.hook,
            weights.substance,
            weights.energy,
            weights.reaction,
            weights.dialogue,
            weights.feeling,
        ]
        .map(|weight| weight.clamp(0.0, 2.0).powi(2));
        [
            ("opening", self.opening, 0.19),
            ("closing", self.closing, 0.17),
            ("body", self.body, 0.10),
            ("hook", self.hook, 0.14 * hook),
            ("density", self.density, 0.13 * substance),
            ("coherence", self.coherence, 0.11),
            ("pace", self.pace, 0.06 * energy),
            ("flow", self.flow, 0.05),
            ("clarity", self.clarity, 0.05),
            ("energy", self.energy, 0.05 * energy),
            ("reaction", self.reaction, 0.10 * reaction),
            ("dialogue", self.dialogue, 0.04 * dialogue),
            ("feeling", self.feeling, 0.05 * feeling),
        ]
    }

    /// What cannot be made up for by anything else: whether it stands alone, says something, keeps to its topic, and is about
    /// what and by whom was asked for.
    fn whole(&self) -> f32 {
        (0.45 + 0.55 * self.independence)
            * (0.15 + 0.85 * self.substance)
            * (0.55 + 0.45 * self.unity)
            * (0.5 + 0.8 * self.telling).min(1.2)
            * (0.05 + 0.95 * self.topic)
            * (0.02 + 0.98 * self.voice)
    }

    /// 0 to 100.
    pub fn score(&self, weights: &Weights) -> f32 {
        let parts = self.parts(weights);
        parts.iter().map(|part| part.points).sum::<f32>().clamp(0.0, 100.0)
    }

    /// What each signal adds to the score, most first.
    pub fn parts(&self, weights: &Weights) -> Vec<Part> {
        let weighted = self.weighted(weights);
        // However the sliders stand, a clip that has everything has all the points.
        let total: f32 = weighted[..9].iter().map(|(_, _, weight)| weight).sum();
        let scale = 100.0 * self.whole() / total.max(0.01);
        let part = |(name, value, weight)| Part { name, value, points: value * weight * scale };
        let mut parts: Vec<Part> = weighted.into_iter().map(part).collect();
        parts.sort_by(|a, b| b.points.total_cmp(&a.points));
        parts
    }

    /// Each signal with its name.
    pub fn named(&self) -> [(&'static str, f32); SIGNALS] {
        [
            ("opening", self.opening),
            ("closing", self.closing),
            ("unity", self.unity),
            ("body", self.body),
            ("hook", self.hook),
            ("density", self.density),
            ("coherence", self.coherence),
            ("pace", self.pace),
            ("flow", self.flow),
            ("clarity", self.clarity),
            ("independence", self.independence),
            ("substance", self.substance),
            ("telling", self.telling),
            ("energy", self.energy),
            ("reaction", self.reaction),
            ("dialogue", self.dialogue),
            ("feeling", self.feeling),
            ("topic", self.topic),
            ("voice", self.voice),
        ]
    }
}

/// How many signals there are.
pub const SIGNALS: usize = 19;

/// Everything that candidates are weighed by.
pub(super) struct Scene {
    pub lines: Vec<Line>,
    /// See [`super::topic::boundaries`].
    pub bounds: Vec<f32>,
    pub media_end: Option<Instant>,
}

/// What the person asked for, against which passages are held.
pub(super) struct Judge<'a> {
    pub wishes: &'a Wishes,
    /// How near each line comes to what was asked for, if anything was.
    pub likeness: Option<&'a [f32]>,
}

/// What a run of lines adds up to.
struct Sums {
    words: usize,
    stems: usize,
    unique: usize,
    numbers: usize,
    names: usize,
    spoken_s: f32,
    silent_s: f32,
    confidence: f32,
    linked: usize,
    housekeeping: usize,
    repeats: usize,
    feelings: usize,
    /// By words.
    louder_lu: f32,
    telling: f32,
}

impl Scene {
    pub fn evidence(&self, run: Range<usize>) -> Evidence {
        let lines = &self.lines[run.clone()];
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Evidence::default() };
        let sums = sums(lines);
        let count = lines.len() as f32;
        let words = sums.words.max(1) as f32;
        let gap_after_s = self.lines.get(run.end).map_or(2.0, |next| next.gap_before_s);
        let whole = match last.ends {
            End::Mark if last.asks => 0.7,
            End::Mark => 1.0,
            End::Pause => 0.6,
            End::Cut => 0.1,
        };
        let began_whole = run.start == 0 || self.lines[run.start - 1].ends != End::Cut;
        let straddled = self.bounds[run.start + 1..run.end].iter().copied().fold(0.0, f32::max);
        let opening = self.bounds[run.start];
        let words_a_second = words / sums.spoken_s.max(0.1);
        let variety = sums.unique as f32 / words;
        let specifics = ((sums.names + sums.numbers) as f32 / words * 6.0).min(1.0);
        let linked = if lines.len() > 1 { sums.linked as f32 / (count - 1.0) } else { 0.8 };
        // A new passage may begin with a word that leans: what it leans on is not in the passage before either.
        let leaning = first.leaning * (1.0 - 0.4 * opening) + if began_whole { 0.0 } else { 0.5 };
        Evidence {
            opening: 0.35 + 0.65 * opening,
            closing: (0.5 * whole + 0.35 * self.bounds[run.end] + 0.15 * (gap_after_s / 0.6).min(1.0))
                .min(1.0),
            unity: 1.0 - ramp(straddled - 0.7 * opening.min(self.bounds[run.end]), 0.0, 0.5),
            body: ramp(words, 25.0, 115.0),
            hook: first.hook.strength(),
            density: (0.8 * ramp(variety, 0.18, 0.42) + 0.2 * specifics).min(1.0),
            coherence: ramp(linked, 0.1, 0.8),
            pace: ramp(words_a_second, 0.8, 2.2) * (1.0 - ramp(words_a_second, 4.2, 6.5)),
            flow: 1.0 - ramp(sums.silent_s / (sums.spoken_s + sums.silent_s).max(0.1), 0.02, 0.25),
            clarity: ramp(sums.confidence / words, 0.45, 0.9),
            independence: (1.0 - leaning).clamp(0.0, 1.0),
            substance: substance(lines, &sums),
            energy: 0.5 * ramp(sums.louder_lu / words, 0.0, 4.0) + 0.5 * ramp(loudest_lu(lines), 1.0, 7.0),
            // A second now and then sounds like a reaction.
            reaction: ramp(lines.iter().map(|line| line.reaction).fold(0.0, f32::max), 0.35, 0.8),
            dialogue: dialogue(lines),
            feeling: ramp(sums.feelings as f32 / words, 0.005, 0.05),
            telling: sums.telling / words,
            topic: 1.0,
            voice: 1.0,
        }
    }

    /// Two to four reasons in plain words, the strongest first; each is true of this clip.
    pub fn reasons(&self, run: Range<usize>, evidence: &Evidence, judge: &Judge<'_>) -> Vec<String> {
        let lines = &self.lines[run.clone()];
        let Some(first) = lines.first() else { return Vec::new() };
        let sums = sums(lines);
        let mut reasons: Vec<(f32, String)> = Vec::new();
        if let Some(hook) = hook_in_words(first.hook) {
            reasons.push((0.4 + evidence.hook, hook.to_owned()));
        }
        let whole = lines.last().is_some_and(|last| last.ends != End::Cut);
        if whole {
            let what = match lines.len() {
                1 => "A complete thought in one sentence".to_owned(),
                n => format!("A complete thought: {n} whole sentences"),
            };
            reasons.push((0.9, what));
        }
        let before_s = first.gap_before_s;
        if run.start > 0 && before_s >= 0.8 && evidence.opening > 0.6 {
            reasons.push((0.5 + 0.4 * evidence.opening, format!("Begins after a pause of {before_s:.1} s")));
        } else if run.start > 0 && evidence.opening > 0.75 {
            reasons.push((0.8, "Begins where a new topic begins".to_owned()));
        }
        let words_a_second = sums.words as f32 / sums.spoken_s.max(0.1);
        if words_a_second >= 2.8 && evidence.pace > 0.8 {
            reasons.push((0.7, format!("Brisk, {words_a_second:.1} words a second")));
        }
        if judge.likeness.is_some() && evidence.topic > 0.4 {
            reasons.push((2.0, "Speaks about what you asked for".to_owned()));
        }
        if evidence.reaction > 0.5 {
            let how_sure =
                if evidence.reaction > 0.75 { "People laugh or applaud" } else { "People seem to react" };
            reasons.push((0.6 + 0.6 * evidence.reaction, how_sure.to_owned()));
        }
        if evidence.telling > 0.65 {
            reasons.push((0.3 + evidence.telling, "A real story, not small talk".to_owned()));
        }
        if evidence.energy > 0.5 {
            reasons.push((0.3 + 0.6 * evidence.energy, "More energy than the rest".to_owned()));
        }
        if evidence.dialogue > 0.6 {
            reasons.push((0.75, "A question and its answer".to_owned()));
        }
        if evidence.feeling > 0.6 {
            reasons.push((0.2 + 0.6 * evidence.feeling, "Says how somebody feels".to_owned()));
        }
        if evidence.unity > 0.9 && lines.len() > 2 {
            reasons.push((0.4 + 0.5 * evidence.unity, "Keeps to one topic".to_owned()));
        }
        if evidence.density > 0.7 {
            reasons.push((0.2 + 0.6 * evidence.density, "Dense, little filler".to_owned()));
        }
        if sums.names + sums.numbers >= 3 {
            let specific = match (sums.names, sums.numbers) {
                (names, 0) => format!("Specific: {names} names"),
                (0, numbers) => format!("Specific: {numbers} numbers"),
                (names, numbers) => format!("Specific: {} names and numbers", names + numbers),
            };
            reasons.push((0.6, specific));
        }
        if evidence.closing > 0.75 {
            reasons.push((0.5, "Ends on a full stop and a pause".to_owned()));
        }
        if reasons.len() < 2 {
            let length_s = lines.last().map_or(0.0, |last| (last.end - first.start).seconds());
            reasons.push((0.0, format!("{length_s:.0} seconds without a cut")));
        }
        reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
        reasons.truncate(4);
        reasons.into_iter().map(|(_, reason)| reason).collect()
    }

    /// Counts of content words, to compare clips by.
    pub fn stems(&self, run: Range<usize>) -> HashMap<u32, f32> {
        let mut counts = HashMap::new();
        for &stem in self.lines[run].iter().flat_map(|line| &line.stems) {
            *counts.entry(stem).or_default() += 1.0;
        }
        counts
    }
}

fn sums(lines: &[Line]) -> Sums {
    let mut unique: Vec<u32> = lines.iter().flat_map(|line| line.stems.iter().copied()).collect();
    let stems = unique.len();
    unique.sort_unstable();
    unique.dedup();
    let total = |of: fn(&Line) -> usize| lines.iter().map(of).sum::<usize>();
    // The first line's link and repetition point out of the run.
    let later = |of: fn(&Line) -> bool| lines.iter().skip(1).filter(|line| of(line)).count();
    let inner_gaps =
        lines.iter().skip(1).map(|line| line.gap_before_s).filter(|&gap| gap >= 0.8).sum::<f32>();
    let silent_s = inner_gaps + lines.iter().map(|line| line.silent_s).sum::<f32>();
    let whole_s =
        lines.last().zip(lines.first()).map_or(0.0, |(last, first)| (last.end - first.start).seconds());
    Sums {
        words: total(|line| line.words),
        stems,
        unique: unique.len(),
        numbers: total(|line| line.numbers),
        names: total(|line| line.names),
        spoken_s: (whole_s as f32 - silent_s).max(0.1),
        silent_s,
        confidence: lines.iter().map(|line| line.confidence).sum(),
        linked: later(|line| line.linked),
        housekeeping: lines.iter().filter(|line| line.housekeeping).count(),
        repeats: later(|line| line.repeats),
        feelings: total(|line| line.feelings),
        louder_lu: lines.iter().map(|line| line.louder_lu * line.words as f32).sum(),
        telling: lines.iter().map(|line| line.telling * line.words as f32).sum(),
    }
}

fn loudest_lu(lines: &[Line]) -> f32 {
    lines.iter().map(|line| line.louder_lu).fold(0.0, f32::max)
}

/// Questions that somebody else answers, and turns that change, up to three. Where speakers are not known, a question that is
/// not the last word counts half.
fn dialogue(lines: &[Line]) -> f32 {
    let of_pair = |pair: &[Line]| match (pair[0].speaker, pair[1].speaker) {
        (Some(one), Some(other)) if one != other => {
            if pair[0].asks {
                1.0
            } else {
                0.4
            }
        }
        (None, _) | (_, None) if pair[0].asks && !pair[1].asks => 0.4,
        _ => 0.0,
    };
    (lines.windows(2).map(of_pair).sum::<f32>() / 1.5).min(1.0)
}

impl Judge<'_> {
    /// By the part of the words that lie in lines about it. Likeness of sentences that have nothing to do with each other is
    /// about 0.05; of a word and a sentence about it, 0.3 to 0.6.
    pub fn topic(&self, lines: &[Line], run: Range<usize>) -> f32 {
        let Some(likeness) = self.likeness.and_then(|likeness| likeness.get(run.clone())) else { return 1.0 };
        let lines = lines[run].iter().zip(likeness);
        let (about, words) = lines.fold((0.0, 0.0), |(about, words), (line, likeness)| {
            let weight = line.words as f32;
            (about + weight * ramp(*likeness, 0.1, 0.45), words + weight)
        });
        // Half of it said about the thing itself is a clip about it.
        (2.0 * about / f32::max(words, 1.0)).min(1.0)
    }

    /// By the part of the words that the wanted speaker says; a word thrown in by somebody else does no harm.
    pub fn voice(&self, lines: &[Line]) -> f32 {
        let Some(wanted) = self.wishes.speaker else { return 1.0 };
        let words =
            |lines: &mut dyn Iterator<Item = &Line>| lines.map(|line| line.words).sum::<usize>() as f32;
        let own = words(&mut lines.iter().filter(|line| line.speaker == Some(wanted)));
        ramp(own / words(&mut lines.iter()).max(1.0), 0.5, 0.9)
    }
}

/// 1 for speech that says something, toward 0 for lists, greetings, announcements and repetitions.
fn substance(lines: &[Line], sums: &Sums) -> f32 {
    let count = lines.len() as f32;
    let words = sums.words.max(1) as f32;
    let numbers = ramp(sums.numbers as f32 / words, 0.12, 0.35);
    let clipped = 1.0 - ramp(words / count, 2.5, 6.0);
    let housekeeping = ramp(sums.housekeeping as f32 / count, 0.0, 0.6);
    let repeats = ramp(sums.repeats as f32 / count, 0.0, 0.5);
    let scattered =
        if lines.len() >= 4 { 1.0 - ramp(sums.linked as f32 / (count - 1.0), 0.1, 0.4) } else { 0.0 };
    let recurring = 1.0 - ramp(sums.unique as f32 / sums.stems.max(1) as f32, 0.35, 0.6);
    let kept = [
        (numbers, 0.85),
        (clipped, 0.5),
        (housekeeping, 0.75),
        (repeats, 0.8),
        (scattered, 0.6),
        (recurring, 0.3),
    ];
    kept.iter().map(|(amount, weight)| 1.0 - amount * weight).product()
}

fn hook_in_words(hook: Hook) -> Option<&'static str> {
    Some(match hook {
        Hook { question: true, .. } => "Opens with a question",
        Hook { story: true, .. } => "Opens like a story",
        Hook { surprise: true, .. } => "Opens with a contrast or a surprise",
        Hook { claim: true, .. } => "Opens with a strong claim",
        Hook { you: true, .. } => "Speaks to the listener from the first line",
        Hook { number: true, .. } => "Opens with a number",
        Hook { name: true, .. } => "Opens with a name",
        _ => return None,
    })
}
