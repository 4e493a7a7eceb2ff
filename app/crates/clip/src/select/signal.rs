//! The signals that a clip is judged by, each from 0 to 1, and the score that they add up to. Stored with every clip; how a signal
//! comes about is `evidence`'s matter.

use serde::{Deserialize, Serialize};

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
