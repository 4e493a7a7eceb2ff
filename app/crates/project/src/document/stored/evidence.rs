//! What clips are judged by, as it lies on disk: the evidence of each, and how much it counts for the person.

use crate::preferences::Preferences;
use clip::select::{Evidence, Weights};
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
        let Evidence {
            opening,
            closing,
            unity,
            body,
            hook,
            density,
            coherence,
            pace,
            flow,
            clarity,
            independence,
            substance,
            telling,
            energy,
            reaction,
            dialogue,
            feeling,
            topic,
            voice,
        } = *evidence;
        Self {
            opening,
            closing,
            unity,
            body,
            hook,
            density,
            coherence,
            pace,
            flow,
            clarity,
            independence,
            substance,
            telling,
            energy,
            reaction,
            dialogue,
            feeling,
            topic,
            voice,
        }
    }
}

impl From<StoredEvidence> for Evidence {
    fn from(evidence: StoredEvidence) -> Self {
        Self {
            opening: evidence.opening,
            closing: evidence.closing,
            unity: evidence.unity,
            body: evidence.body,
            hook: evidence.hook,
            density: evidence.density,
            coherence: evidence.coherence,
            pace: evidence.pace,
            flow: evidence.flow,
            clarity: evidence.clarity,
            independence: evidence.independence,
            substance: evidence.substance,
            telling: evidence.telling,
            energy: evidence.energy,
            reaction: evidence.reaction,
            dialogue: evidence.dialogue,
            feeling: evidence.feeling,
            topic: evidence.topic,
            voice: evidence.voice,
        }
    }
}

impl From<&Preferences> for StoredSteering {
    fn from(preferences: &Preferences) -> Self {
        let Preferences { weights, speaker, about: _ } = preferences;
        let Weights { hook, substance, energy, reaction, dialogue, feeling } = *weights;
        let weights = StoredWeights { hook, substance, energy, reaction, dialogue, feeling };
        Self { weights, speaker: *speaker }
    }
}

impl From<StoredSteering> for Preferences {
    fn from(steering: StoredSteering) -> Self {
        let StoredWeights { hook, substance, energy, reaction, dialogue, feeling } = steering.weights;
        let weights = Weights { hook, substance, energy, reaction, dialogue, feeling };
        Self { weights, speaker: steering.speaker, about: None }
    }
}
