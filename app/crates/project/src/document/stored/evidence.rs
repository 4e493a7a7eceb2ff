//! What clips are judged by, as it lies on disk: the evidence of each, and how much it counts for the person.

use crate::preferences::Preferences;
use clip::select::{Evidence, Signal, Slider, Weights};
use serde::{Deserialize, Serialize};

/// What an earlier page did not know is 0.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredEvidence {
    opening: f32,
    closing: f32,
    unity: f32,
    body: f32,
    hook: f32,
    density: f32,
    coherence: f32,
    pace: f32,
    flow: f32,
    clarity: f32,
    independence: f32,
    substance: f32,
    telling: f32,
    energy: f32,
    reaction: f32,
    dialogue: f32,
    feeling: f32,
    topic: f32,
    voice: f32,
}

/// What an earlier page did not know counts as usual.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(default)]
struct StoredWeights {
    hook: f32,
    substance: f32,
    energy: f32,
    reaction: f32,
    dialogue: f32,
    feeling: f32,
}

impl Default for StoredWeights {
    fn default() -> Self {
        Self { hook: 1.0, substance: 1.0, energy: 1.0, reaction: 1.0, dialogue: 1.0, feeling: 1.0 }
    }
}

/// What is looked for is not kept: what came near to it is not kept either.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StoredSteering {
    weights: StoredWeights,
    speaker: Option<usize>,
}

impl From<&Evidence> for StoredEvidence {
    fn from(evidence: &Evidence) -> Self {
        Self {
            opening: evidence[Signal::Opening],
            closing: evidence[Signal::Closing],
            unity: evidence[Signal::Unity],
            body: evidence[Signal::Body],
            hook: evidence[Signal::Hook],
            density: evidence[Signal::Density],
            coherence: evidence[Signal::Coherence],
            pace: evidence[Signal::Pace],
            flow: evidence[Signal::Flow],
            clarity: evidence[Signal::Clarity],
            independence: evidence[Signal::Independence],
            substance: evidence[Signal::Substance],
            telling: evidence[Signal::Narrative],
            energy: evidence[Signal::Energy],
            reaction: evidence[Signal::Reaction],
            dialogue: evidence[Signal::Dialogue],
            feeling: evidence[Signal::Feeling],
            topic: evidence[Signal::Topic],
            voice: evidence[Signal::Voice],
        }
    }
}

impl From<StoredEvidence> for Evidence {
    fn from(evidence: StoredEvidence) -> Self {
        Self::of(|signal| match signal {
            Signal::Opening => evidence.opening,
            Signal::Closing => evidence.closing,
            Signal::Unity => evidence.unity,
            Signal::Body => evidence.body,
            Signal::Hook => evidence.hook,
            Signal::Density => evidence.density,
            Signal::Coherence => evidence.coherence,
            Signal::Pace => evidence.pace,
            Signal::Flow => evidence.flow,
            Signal::Clarity => evidence.clarity,
            Signal::Independence => evidence.independence,
            Signal::Substance => evidence.substance,
            Signal::Narrative => evidence.telling,
            Signal::Energy => evidence.energy,
            Signal::Reaction => evidence.reaction,
            Signal::Dialogue => evidence.dialogue,
            Signal::Feeling => evidence.feeling,
            Signal::Topic => evidence.topic,
            Signal::Voice => evidence.voice,
        })
    }
}

impl From<&Preferences> for StoredSteering {
    fn from(preferences: &Preferences) -> Self {
        let Preferences { weights, speaker, about: _ } = preferences;
        let weights = StoredWeights {
            hook: weights[Slider::Hook],
            substance: weights[Slider::Substance],
            energy: weights[Slider::Energy],
            reaction: weights[Slider::Reaction],
            dialogue: weights[Slider::Dialogue],
            feeling: weights[Slider::Feeling],
        };
        Self { weights, speaker: *speaker }
    }
}

impl From<StoredSteering> for Preferences {
    fn from(steering: StoredSteering) -> Self {
        let stored = steering.weights;
        let mut weights = Weights::default();
        for slider in Slider::ALL {
            let value = match slider {
                Slider::Hook => stored.hook,
                Slider::Substance => stored.substance,
                Slider::Energy => stored.energy,
                Slider::Reaction => stored.reaction,
                Slider::Dialogue => stored.dialogue,
                Slider::Feeling => stored.feeling,
            };
            weights.set(slider, value);
        }
        Self { weights, speaker: steering.speaker, about: None }
    }
}
