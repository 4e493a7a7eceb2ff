//! What a person wants the clips to be: how much each kind of evidence counts, who speaks, what it is about.
//! Plain data; how passages are ranked by it is `clip::select`'s.

use clip::select::{Taste, Weights, Wishes};

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preferences {
    pub weights: Weights,
    /// Only what this speaker says, by number.
    pub speaker: Option<usize>,
    /// What the person looks for. Not kept: what came near to it is not kept either.
    pub about: Option<String>,
}

/// One of the sliders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slider {
    Hook,
    Substance,
    Energy,
    Reaction,
    Dialogue,
    Feeling,
}

impl Slider {
    pub const ALL: [Self; 6] =
        [Self::Hook, Self::Substance, Self::Energy, Self::Reaction, Self::Dialogue, Self::Feeling];
    pub const MOST: f32 = 2.0;

    /// Also the end of the element's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hook => "hook",
            Self::Substance => "substance",
            Self::Energy => "energy",
            Self::Reaction => "reaction",
            Self::Dialogue => "dialogue",
            Self::Feeling => "feeling",
        }
    }

    pub const fn of(self, weights: &Weights) -> f32 {
        match self {
            Self::Hook => weights.hook,
            Self::Substance => weights.substance,
            Self::Energy => weights.energy,
            Self::Reaction => weights.reaction,
            Self::Dialogue => weights.dialogue,
            Self::Feeling => weights.feeling,
        }
    }

    pub fn set(self, weights: &mut Weights, value: f32) {
        let place = match self {
            Self::Hook => &mut weights.hook,
            Self::Substance => &mut weights.substance,
            Self::Energy => &mut weights.energy,
            Self::Reaction => &mut weights.reaction,
            Self::Dialogue => &mut weights.dialogue,
            Self::Feeling => &mut weights.feeling,
        };
        *place = if value.is_finite() { value.clamp(0.0, Self::MOST) } else { 1.0 };
    }
}

impl Preferences {
    /// What holds for other words as well.
    pub fn lasting(&self) -> Self {
        Self { weights: self.weights, ..Self::default() }
    }

    pub fn wishes(&self, taste: Taste) -> Wishes {
        Wishes { weights: self.weights, speaker: self.speaker, taste }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slider_moves_its_own_weight_and_no_other() {
        for slider in Slider::ALL {
            let mut weights = Weights::default();
            slider.set(&mut weights, 0.3);
            for other in Slider::ALL {
                let expected = if other == slider { 0.3 } else { 1.0 };
                assert_eq!(other.of(&weights), expected, "{slider:?} {other:?}");
            }
            slider.set(&mut weights, 9.0);
            assert_eq!(slider.of(&weights), 2.0);
            slider.set(&mut weights, f32::NAN);
            assert_eq!(weights, Weights::default());
        }
    }
}
