//! Clips that were exported, as they lie on disk: each with what it was made of.

use super::clip::{StoredClip, StoredMarks, StoredShape};
use super::insights::StoredInsights;
use super::words::StoredSegment;
use crate::project::{Exported, SavedClip};
use clip::captions::CaptionSource;
use clip::edit::ClipEdit;
use clip::transcript::Segment;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct StoredCaptionSource {
    segments: Vec<StoredSegment>,
    marks: StoredMarks,
    speaking: StoredInsights,
}

#[derive(Serialize, Deserialize)]
struct StoredExport {
    clip: StoredClip,
    words: StoredCaptionSource,
    name: String,
    #[serde(default, skip_serializing_if = "StoredShape::is_upright")]
    shape: StoredShape,
}

#[derive(Serialize, Deserialize)]
pub struct StoredSaved {
    name: String,
    bytes: u64,
    made_of: Option<StoredExport>,
}

impl From<&SavedClip> for StoredSaved {
    fn from(saved: &SavedClip) -> Self {
        let SavedClip { name, bytes, made_of } = saved;
        let made_of = made_of.as_ref().map(|made| {
            let Exported { clip, words: CaptionSource { segments, marks, speaking }, name } = made;
            let segments = segments.iter().map(StoredSegment::from).collect();
            let words = StoredCaptionSource {
                segments,
                marks: (*marks).into(),
                speaking: StoredInsights::of_voices(speaking),
            };
            StoredExport { clip: clip.into(), words, name: name.clone(), shape: clip.shape.into() }
        });
        Self { name: name.clone(), bytes: *bytes, made_of }
    }
}

impl TryFrom<StoredSaved> for SavedClip {
    type Error = &'static str;

    /// Fails where it was made of nothing.
    fn try_from(saved: StoredSaved) -> Result<Self, Self::Error> {
        let StoredSaved { name, bytes, made_of } = saved;
        let made_of = made_of.map(|made| {
            let StoredExport { clip, words: StoredCaptionSource { segments, marks, speaking }, name, shape } =
                made;
            let segments = segments.into_iter().map(Segment::from).collect();
            let words = CaptionSource { segments, marks: marks.into(), speaking: speaking.voices() };
            let clip = ClipEdit { shape: shape.into(), ..ClipEdit::try_from(clip)? };
            Ok::<_, Self::Error>(Exported { clip, words, name })
        });
        Ok(Self { name, bytes, made_of: made_of.transpose()? })
    }
}
