//! What was written about clips, and how far the writing is. A text belongs to a clip as it was cut when it was written. Plain data; how
//! it follows the engine's events is `writing`'s.

use super::background::Errand;
use super::clips::Clips;
use super::cutting::has_cuts;
use clip::edit::{ClipEdit, ClipId};
use clip::failure::Failure;
use clip::protocol::JobId;
use clip::timeline::SourceRange;
use clip::writing::Written;
use media::time::Instant;
use serde::{Deserialize, Serialize};

/// How far the writing has come that was asked for last.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Writing {
    #[default]
    NotYet,
    Running(Errand, Vec<Place>),
    /// By the person; what was written until then is kept.
    Stopped,
    Failed(Failure),
    Done,
}

impl Writing {
    /// Also `data-writing` of the document.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NotYet => "",
            Self::Running(..) => "running",
            Self::Stopped => "stopped",
            Self::Failed(_) => "failed",
            Self::Done => "done",
        }
    }

    pub fn job(&self) -> Option<JobId> {
        match self {
            Self::Running(errand, _) => Some(errand.job),
            _ => None,
        }
    }
}

/// A clip as it is cut at some moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub(super) clip: ClipId,
    start: Instant,
    end: Instant,
    /// What it plays between, where it leaves something out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<SourceRange>,
}

impl Place {
    pub(super) fn of(clip: &ClipEdit) -> Self {
        let ranges = if has_cuts(clip) { clip.timeline.ranges().to_vec() } else { vec![] };
        Self { clip: clip.id, start: clip.start(), end: clip.end(), ranges }
    }

    /// Whether the clip is there and is cut like this now.
    pub(super) fn holds(&self, clips: &Clips) -> bool {
        clips.get(self.clip).is_some_and(|clip| Self::of(clip) == *self)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Text {
    place: Place,
    written: Written,
}

/// What was written, at most once for each clip.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(Vec<Text>);

impl Texts {
    pub fn of(&self, clip: &ClipEdit) -> Option<&Written> {
        let place = Place::of(clip);
        self.0.iter().find(|text| text.place == place).map(|text| &text.written)
    }

    /// In the place of what was written about that clip before.
    pub(super) fn put(&mut self, place: Place, written: Written) {
        self.0.retain(|text| text.place.clip != place.clip);
        self.0.push(Text { place, written });
    }

    /// Without those whose clip is gone or is cut otherwise.
    pub fn that_hold(&self, clips: &Clips) -> Self {
        Self(self.0.iter().filter(|text| text.place.holds(clips)).cloned().collect())
    }
}
