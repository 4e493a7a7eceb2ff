//! What was written about clips. A text belongs to a clip as it was cut when it was written: moved edges leave it aside, taken back they
//! bring it back. Plain data; how texts are made is `clip::writing`'s.

use crate::cut::has_cuts;
use crate::history::History;
use clip::edit::{ClipEdit, ClipId};
use clip::timeline::SourceRange;
use clip::writing::Written;
use media::time::Instant;

/// A clip as it is cut at some moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub clip: ClipId,
    pub start: Instant,
    pub end: Instant,
    /// What it plays between, where it leaves something out.
    pub ranges: Vec<SourceRange>,
}

impl Place {
    /// How a clip is cut now.
    pub fn of(clip: &ClipEdit) -> Self {
        let ranges = if has_cuts(clip) { clip.timeline.ranges().to_vec() } else { vec![] };
        Self { clip: clip.id, start: clip.start(), end: clip.end(), ranges }
    }

    /// Whether the clip is there and is cut like this now.
    pub fn holds(&self, clips: &History) -> bool {
        clips.get(self.clip).is_some_and(|clip| Self::of(clip) == *self)
    }
}

/// What was written about one clip.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    pub place: Place,
    pub written: Written,
}

/// What was written, at most once for each clip.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Texts(Vec<Text>);

impl Texts {
    /// What was written about a clip as it is cut now.
    pub fn of(&self, clip: &ClipEdit) -> Option<&Written> {
        let place = Place::of(clip);
        self.0.iter().find(|text| text.place == place).map(|text| &text.written)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Text> {
        self.0.iter()
    }

    /// In the place of what was written about that clip before.
    pub fn put(&mut self, place: Place, written: Written) {
        self.0.retain(|text| text.place.clip != place.clip);
        self.0.push(Text { place, written });
    }

    /// Without those whose clip is gone or is cut otherwise.
    pub fn that_hold(&self, clips: &History) -> Self {
        Self(self.0.iter().filter(|text| text.place.holds(clips)).cloned().collect())
    }
}

impl FromIterator<Text> for Texts {
    fn from_iter<T: IntoIterator<Item = Text>>(texts: T) -> Self {
        Self(texts.into_iter().collect())
    }
}
