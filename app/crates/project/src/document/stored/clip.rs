//! Clips as they lie on disk: what they play, how they are framed and captioned, and why they were chosen.

use super::evidence::StoredEvidence;
use crate::caption_language::CaptionLanguage;
use clip::edit::{CaptionStyle, ClipEdit, ClipId, Framing, Shape, SpeakerMarks};
use clip::reason::Reason;
use clip::scene::Scenes;
use clip::timeline::{SourceRange, Timeline};
use media::time::Instant;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct StoredRange {
    start: i64,
    end: i64,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StoredCaptions {
    Bold,
    Plate,
    Off,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StoredMarks {
    #[default]
    Off,
    #[serde(rename = "colours")]
    Colors,
    Names,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StoredShape {
    #[default]
    #[serde(rename = "9:16")]
    Upright,
    #[serde(rename = "4:5")]
    Portrait,
    #[serde(rename = "1:1")]
    Square,
    #[serde(rename = "16:9")]
    Wide,
}

impl StoredShape {
    /// What every clip had before there was another one.
    pub fn is_upright(&self) -> bool {
        *self == Self::Upright
    }
}

impl From<Shape> for StoredShape {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Upright => Self::Upright,
            Shape::Portrait => Self::Portrait,
            Shape::Square => Self::Square,
            Shape::Wide => Self::Wide,
        }
    }
}

impl From<StoredShape> for Shape {
    fn from(shape: StoredShape) -> Self {
        match shape {
            StoredShape::Upright => Self::Upright,
            StoredShape::Portrait => Self::Portrait,
            StoredShape::Square => Self::Square,
            StoredShape::Wide => Self::Wide,
        }
    }
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoredCaptionLanguage {
    #[default]
    Original,
    English,
}

/// One range is written as its start and its end, as it was when a clip could have no more; scenes as the middle of their one crop. Whoever
/// offers other scenes raises the version: a page of these ones would show the picture's middle in their place.
#[derive(Serialize, Deserialize)]
pub struct StoredClip {
    id: u32,
    start: i64,
    end: i64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<StoredRange>,
    title: String,
    reasons: Vec<String>,
    score: f32,
    #[serde(default)]
    evidence: StoredEvidence,
    captions: StoredCaptions,
    /// [`AUTOMATIC`] where nobody chose it: then the page finds out what to show.
    crop_center_x: f32,
}

/// The middle, as it is in every clip whose frame nobody has moved, since the first version.
const AUTOMATIC: f32 = 0.5;
/// The middle that a person chose: less than a pixel beside it, so that pages that know no other framing show the same.
const MIDDLE_BY_HAND: f32 = 0.500_01;

impl StoredClip {
    /// The clip's number.
    pub fn id(&self) -> u32 {
        self.id
    }
}

impl From<&SourceRange> for StoredRange {
    fn from(range: &SourceRange) -> Self {
        let SourceRange { start, end } = range;
        Self { start: start.micros(), end: end.micros() }
    }
}

impl From<StoredRange> for SourceRange {
    fn from(range: StoredRange) -> Self {
        Self { start: Instant::from_micros(range.start), end: Instant::from_micros(range.end) }
    }
}

impl From<SpeakerMarks> for StoredMarks {
    fn from(marks: SpeakerMarks) -> Self {
        match marks {
            SpeakerMarks::Off => Self::Off,
            SpeakerMarks::Colors => Self::Colors,
            SpeakerMarks::Names => Self::Names,
        }
    }
}

impl From<StoredMarks> for SpeakerMarks {
    fn from(marks: StoredMarks) -> Self {
        match marks {
            StoredMarks::Off => Self::Off,
            StoredMarks::Colors => Self::Colors,
            StoredMarks::Names => Self::Names,
        }
    }
}

impl From<CaptionLanguage> for StoredCaptionLanguage {
    fn from(language: CaptionLanguage) -> Self {
        match language {
            CaptionLanguage::Original => Self::Original,
            CaptionLanguage::English => Self::English,
        }
    }
}

impl From<StoredCaptionLanguage> for CaptionLanguage {
    fn from(language: StoredCaptionLanguage) -> Self {
        match language {
            StoredCaptionLanguage::Original => Self::Original,
            StoredCaptionLanguage::English => Self::English,
        }
    }
}

impl From<&ClipEdit> for StoredClip {
    fn from(clip: &ClipEdit) -> Self {
        let ClipEdit { id, timeline, title, reasons, score, evidence, captions, shape: _, framing, scenes } =
            clip;
        let ranges = timeline.ranges();
        Self {
            id: id.0,
            start: timeline.start().micros(),
            end: timeline.end().micros(),
            ranges: if ranges.len() > 1 { ranges.iter().map(StoredRange::from).collect() } else { vec![] },
            title: title.clone(),
            reasons: reasons.iter().cloned().map(String::from).collect(),
            score: *score,
            evidence: evidence.into(),
            captions: match captions {
                CaptionStyle::Bold => StoredCaptions::Bold,
                CaptionStyle::Plate => StoredCaptions::Plate,
                CaptionStyle::Off => StoredCaptions::Off,
            },
            crop_center_x: match framing {
                Framing::Automatic => AUTOMATIC,
                Framing::ByHand if scenes.center_x() == AUTOMATIC => MIDDLE_BY_HAND,
                Framing::ByHand => scenes.center_x(),
            },
        }
    }
}

impl TryFrom<StoredClip> for ClipEdit {
    type Error = &'static str;

    /// Fails where it plays nothing.
    fn try_from(clip: StoredClip) -> Result<Self, Self::Error> {
        let whole = StoredRange { start: clip.start, end: clip.end };
        let ranges = if clip.ranges.is_empty() { vec![whole] } else { clip.ranges };
        let ranges: Vec<SourceRange> = ranges.into_iter().map(SourceRange::from).collect();
        Ok(Self {
            id: ClipId(clip.id),
            timeline: Timeline::try_from(ranges)?,
            title: clip.title,
            reasons: clip.reasons.into_iter().map(Reason::from).collect(),
            score: clip.score,
            evidence: clip.evidence.into(),
            captions: match clip.captions {
                StoredCaptions::Bold => CaptionStyle::Bold,
                StoredCaptions::Plate => CaptionStyle::Plate,
                StoredCaptions::Off => CaptionStyle::Off,
            },
            // One for all clips, kept beside them: earlier pages carry it on.
            shape: Shape::default(),
            framing: if clip.crop_center_x == AUTOMATIC { Framing::Automatic } else { Framing::ByHand },
            scenes: Scenes::centered(match clip.crop_center_x {
                MIDDLE_BY_HAND => AUTOMATIC,
                center_x => center_x,
            }),
        })
    }
}
