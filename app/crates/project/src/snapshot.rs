//! What a step of the person changes, whole: clips, what was said of them, what they are ranked by, what is known.
//! Plain data; how steps follow each other is `history`'s.

use crate::caption_language::CaptionLanguage;
use crate::preferences::Preferences;
use clip::edit::{ClipEdit, ClipId, Shape, SpeakerMarks};
use clip::insights::Insights;
use clip::recording::Spelling;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a person sees and can take back: clips in order, what was said of them, what they are ranked by.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    pub clips: Vec<ClipEdit>,
    /// Put aside: rejected, but they can be brought back.
    pub removed: Vec<ClipId>,
    /// Of clips that were put aside, which one fills the place.
    pub fillers: BTreeMap<ClipId, ClipId>,
    pub kept: BTreeSet<ClipId>,
    /// Changed by hand: a new ranking leaves them alone.
    pub touched: BTreeSet<ClipId>,
    /// Opened in the editor: what is found later leaves them alone, what the person asks for does not.
    pub looked_at: BTreeSet<ClipId>,
    pub preferences: Preferences,
    /// Of the pictures of all clips.
    pub shape: Shape,
    /// How the captions of all clips tell who speaks.
    pub marks: SpeakerMarks,
    /// The language of the captions of all clips, where there are two.
    pub captions_in: CaptionLanguage,
    pub known: RevisedInsights,
    /// Whose title a person gave: other words do not give it another one.
    pub titled: BTreeSet<ClipId>,
    /// What the person says that words are.
    pub spelling: Spelling,
    /// Which hearing of the file the clips were cut from: words may be heard more than once.
    pub hearing: u32,
}

impl Snapshot {
    /// No clips and nothing known, but what a person chose for the recording whatever is heard in it.
    pub fn lasting(&self) -> Self {
        let Self { shape, marks, .. } = *self;
        Self { preferences: self.preferences.lasting(), shape, marks, ..Self::default() }
    }
}

/// What was found out about the recording, by edition. Shared by all steps, because it weighs more than all else in them.
#[derive(Debug, Clone, Default)]
pub struct RevisedInsights {
    /// Another one for each change, so that nothing has to be compared.
    pub edition: u32,
    pub insights: Arc<Insights>,
    /// Whether a person has said who speaks: that holds, whatever is found out later.
    pub is_told: bool,
    /// Whether everything was found out; otherwise at most what holds whatever words are heard.
    pub is_whole: bool,
}

impl RevisedInsights {
    /// What was found out again, with who speaks as the person said it before.
    pub fn renewed(&self, edition: u32, found: &Arc<Insights>) -> Self {
        let insights = match self.is_told {
            false => found.clone(),
            true => {
                let Insights { turns, speakers, .. } = self.insights.as_ref().clone();
                Arc::new(Insights { turns, speakers, ..found.as_ref().clone() })
            }
        };
        Self { edition, insights, is_told: self.is_told, is_whole: true }
    }

    /// What is known of the sound, whatever words are heard in it.
    pub fn of_the_sound(&self, edition: u32) -> Self {
        let (topic_shifts, narrative) = Default::default();
        let insights = Insights { topic_shifts, narrative, ..self.insights.as_ref().clone() };
        Self { edition, insights: Arc::new(insights), is_told: self.is_told, is_whole: false }
    }
}

impl PartialEq for RevisedInsights {
    fn eq(&self, other: &Self) -> bool {
        self.edition == other.edition
    }
}

/// What moves go on as one step for as long as nothing else is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drag {
    Clip(ClipId),
    /// What the frame of this clip shows.
    Framing(ClipId),
    Sliders,
    /// How many clips there are.
    Count,
    /// Ended with every change.
    Single,
}
