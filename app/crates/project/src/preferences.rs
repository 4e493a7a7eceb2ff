//! What a person wants the clips to be: how much each kind of evidence counts, who speaks, what it is about.
//! Plain data; how passages are ranked by it is `clip::select`'s.

use clip::select::{RankingOptions, Taste, Weights};

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preferences {
    pub weights: Weights,
    /// Only what this speaker says, by number.
    pub speaker: Option<usize>,
    /// What the person looks for. Not kept: what came near to it is not kept either.
    pub about: Option<String>,
}

impl Preferences {
    /// What holds for other words as well.
    pub fn lasting(&self) -> Self {
        Self { weights: self.weights, ..Self::default() }
    }

    pub fn ranking_options(&self, taste: Taste) -> RankingOptions {
        RankingOptions { weights: self.weights, speaker: self.speaker, taste }
    }
}
