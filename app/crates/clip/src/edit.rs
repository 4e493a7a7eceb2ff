//! What a person decides about one clip: what of the source it plays, how it is framed and captioned.
//! Plain data; painting it is [`crate::port::Painter`]'s work.

use crate::reason::Reason;
use crate::select::signal::Evidence;
use crate::timeline::{SourceRange, Timeline};
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClipId(pub u32);

/// Look of the burned-in captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaptionStyle {
    /// Heavy white letters with a dark outline, the spoken word in the accent colour.
    #[default]
    Bold,
    /// Light letters on a dark rounded plate, the spoken word brighter.
    Plate,
    Off,
}

/// How captions tell who speaks. Holds for all clips of a recording, and only where several people speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpeakerMarks {
    /// The default: who speaks is a guess until a person has looked at it, and a caption cannot be put right afterwards.
    #[default]
    Off,
    /// Everybody's words in their own colour.
    Colours,
    /// The name, in its colour, before the first words of each turn.
    Names,
}

/// One clip as the person left it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct ClipEdit {
    pub id: ClipId,
    /// What it plays of the source.
    pub timeline: Timeline,
    pub title: String,
    /// Why it was chosen, the strongest reason first.
    pub reasons: Vec<Reason>,
    /// 0 to 100.
    pub score: f32,
    /// What the score is made of; of clips that an earlier version suggested nothing is known.
    pub evidence: Evidence,
    pub captions: CaptionStyle,
    /// Horizontal centre of the crop as a fraction of the source's upright width, 0 to 1.
    pub crop_center_x: f32,
}

impl ClipEdit {
    /// Where in the source it begins and ends, whatever it leaves out between.
    pub fn start(&self) -> Instant {
        self.timeline.start()
    }

    pub fn end(&self) -> Instant {
        self.timeline.end()
    }

    /// How long it plays.
    pub fn length(&self) -> Span {
        self.timeline.duration()
    }

    /// Whether both would be exported as the same film, whatever they are called and scored.
    pub fn is_same_film(&self, other: &Self) -> bool {
        let film = |clip: &Self| (clip.captions, clip.crop_center_x);
        self.timeline == other.timeline && film(self) == film(other)
    }
}

/// A clip as it is written down. One range is written as its start and its end, as it was when a clip could have no more; a page that
/// knows no ranges would show what several of them lie in, so whoever offers them raises the version of the document.
#[derive(Serialize, Deserialize)]
struct Written {
    id: ClipId,
    start: Instant,
    end: Instant,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<SourceRange>,
    title: String,
    reasons: Vec<Reason>,
    score: f32,
    #[serde(default)]
    evidence: Evidence,
    captions: CaptionStyle,
    crop_center_x: f32,
}

impl From<ClipEdit> for Written {
    fn from(edit: ClipEdit) -> Written {
        let (start, end) = (edit.start(), edit.end());
        let ranges = Vec::from(edit.timeline);
        Written {
            id: edit.id,
            start,
            end,
            ranges: if ranges.len() > 1 { ranges } else { Vec::new() },
            title: edit.title,
            reasons: edit.reasons,
            score: edit.score,
            evidence: edit.evidence,
            captions: edit.captions,
            crop_center_x: edit.crop_center_x,
        }
    }
}

impl TryFrom<Written> for ClipEdit {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<ClipEdit, Self::Error> {
        let whole = SourceRange { start: written.start, end: written.end };
        let ranges = if written.ranges.is_empty() { vec![whole] } else { written.ranges };
        Ok(ClipEdit {
            id: written.id,
            timeline: Timeline::try_from(ranges)?,
            title: written.title,
            reasons: written.reasons,
            score: written.score,
            evidence: written.evidence,
            captions: written.captions,
            crop_center_x: written.crop_center_x,
        })
    }
}

/// Pixels of the exported picture. Both are even.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputSize {
    pub width_px: u32,
    pub height_px: u32,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A clip from so many seconds to so many, and nothing else said of it.
    pub fn clip(id: u32, start_s: f64, end_s: f64) -> ClipEdit {
        ClipEdit {
            id: ClipId(id),
            timeline: Timeline::single(Instant::from_seconds(start_s), Instant::from_seconds(end_s)),
            title: String::new(),
            reasons: Vec::new(),
            score: 0.0,
            captions: CaptionStyle::Bold,
            crop_center_x: 0.5,
            evidence: Evidence::default(),
        }
    }

    #[test]
    fn a_clip_of_one_range_is_written_as_it_always_was() {
        let edit = clip(4, 1.5, 20.0);
        let written = serde_json::to_value(&edit).expect("JSON");
        assert_eq!((&written["start"], &written["end"]), (&1_500_000.into(), &20_000_000.into()));
        assert_eq!(written.get("ranges"), None);
        assert_eq!(serde_json::from_value::<ClipEdit>(written.clone()).expect("a clip"), edit);
        let mut turned = written;
        turned["end"] = 1.into();
        assert!(serde_json::from_value::<ClipEdit>(turned).is_err());
    }

    #[test]
    fn several_ranges_come_back() {
        let mut edit = clip(4, 1.0, 20.0);
        let at = Instant::from_seconds;
        edit.timeline = edit.timeline.without(SourceRange { start: at(5.0), end: at(6.0) });
        let text = serde_json::to_string(&edit).expect("JSON");
        assert_eq!(serde_json::from_str::<ClipEdit>(&text).expect("a clip"), edit);
        assert_eq!((edit.start(), edit.end(), edit.length()), (at(1.0), at(20.0), Span::from_seconds(18.0)));
    }
}
