//! What a person likes, learned from the clips they kept and rejected: logistic regression on the evidence. A few dozen numbers
//! that can be thrown away; refuses to know which talk they came from.

use serde::{Deserialize, Serialize};

use super::signal::{Evidence, SIGNALS};

/// What the person said of one clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Kept,
    Rejected,
}

/// How the signals speak for a clip in this person's eyes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Taste {
    /// By signal, as in [`Evidence::signals`].
    slopes: [f32; SIGNALS],
    level: f32,
    /// Verdicts it was learned from.
    verdicts: u32,
}

/// Points that taste can add to or take from a score, once enough was learned.
const MOST_POINTS: f32 = 20.0;
/// After so many verdicts taste has half of its say.
const HALF_TRUSTED: f32 = 8.0;
const ROUNDS: usize = 200;
const STEP: f32 = 0.5;
/// Pulls every slope toward none, as a prior for few examples.
const DECAY: f32 = 0.03;
/// Signals lie between 0 and 1: a slope speaks about how far from their middle.
const MIDDLE: f32 = 0.5;

impl Taste {
    /// Learns from all verdicts there are. The same verdicts always give the same taste.
    pub fn learned(verdicts: &[(Evidence, Verdict)]) -> Self {
        let examples: Vec<([f32; SIGNALS], f32)> = verdicts
            .iter()
            .map(|(evidence, verdict)| (signals(evidence), f32::from(*verdict == Verdict::Kept)))
            .collect();
        let count = examples.len().max(1) as f32;
        let mut taste =
            Self { verdicts: u32::try_from(examples.len()).unwrap_or(u32::MAX), ..Self::default() };
        for _ in 0..ROUNDS {
            let mut slopes = taste.slopes.map(|slope| -DECAY * slope);
            let mut level = 0.0;
            for (signals, wanted) in &examples {
                let missed = (wanted - taste.probability(signals)) / count;
                slopes.iter_mut().zip(signals).for_each(|(slope, signal)| *slope += missed * signal);
                level += missed;
            }
            taste.slopes.iter_mut().zip(slopes).for_each(|(slope, change)| *slope += STEP * change);
            taste.level += STEP * level;
        }
        taste
    }

    /// How many verdicts it was learned from.
    pub fn verdicts(&self) -> u32 {
        self.verdicts
    }

    /// What it adds to a score.
    pub fn points(&self, evidence: &Evidence) -> f32 {
        if self.verdicts == 0 {
            return 0.0;
        }
        let verdicts = self.verdicts as f32;
        let trust = verdicts / (verdicts + HALF_TRUSTED);
        // The level is how much the person keeps at all: it ranks nothing.
        let leaning = sigmoid(self.leaning(&signals(evidence))) - 0.5;
        2.0 * MOST_POINTS * trust * leaning
    }

    fn leaning(&self, signals: &[f32; SIGNALS]) -> f32 {
        self.slopes.iter().zip(signals).map(|(slope, signal)| slope * signal).sum()
    }

    fn probability(&self, signals: &[f32; SIGNALS]) -> f32 {
        sigmoid(self.leaning(signals) + self.level)
    }
}

fn signals(evidence: &Evidence) -> [f32; SIGNALS] {
    evidence.signals().map(|(_, value)| value - MIDDLE)
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::super::signal::Signal;
    use super::*;

    fn clip(hook: f32, feeling: f32) -> Evidence {
        let evidence = Evidence::default().with(Signal::Hook, hook).with(Signal::Feeling, feeling);
        evidence.with(Signal::Opening, 0.8).with(Signal::Closing, 0.7)
    }

    #[test]
    fn what_was_kept_rises_and_what_was_rejected_falls() {
        let verdicts: Vec<(Evidence, Verdict)> = (0..10)
            .map(|index| {
                let hook = index as f32 / 10.0;
                match index % 2 {
                    0 => (clip(hook, 0.9), Verdict::Kept),
                    _ => (clip(hook, 0.1), Verdict::Rejected),
                }
            })
            .collect();
        let taste = Taste::learned(&verdicts);
        let (liked, disliked) = (taste.points(&clip(0.5, 1.0)), taste.points(&clip(0.5, 0.0)));
        assert!(liked > 2.0 && disliked < -2.0, "{liked} and {disliked}");
        assert!(liked <= MOST_POINTS && disliked >= -MOST_POINTS);
        assert_eq!(taste.verdicts(), 10);
        assert_eq!(taste, Taste::learned(&verdicts));
    }

    #[test]
    fn nothing_said_changes_nothing() {
        assert_eq!(Taste::learned(&[]), Taste::default());
        assert_eq!(Taste::default().points(&clip(1.0, 1.0)), 0.0);
        let one = Taste::learned(&[(clip(1.0, 1.0), Verdict::Kept)]);
        assert!(one.points(&clip(1.0, 1.0)).abs() < 2.0);
    }
}
