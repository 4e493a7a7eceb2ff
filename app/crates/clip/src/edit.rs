//! What a person decides about one clip: where it starts and ends, how it is framed and captioned.
//! Plain data; painting it is [`crate::port::Painter`]'s work.

use crate::select::signal::Evidence;
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
pub struct ClipEdit {
    pub id: ClipId,
    /// On the source's presentation timeline.
    pub start: Instant,
    pub end: Instant,
    pub title: String,
    /// Why it was chosen, in plain words, one reason an entry.
    pub reasons: Vec<String>,
    /// 0 to 100.
    pub score: f32,
    /// What the score is made of; of clips that an earlier version suggested nothing is known.
    #[serde(default)]
    pub evidence: Evidence,
    pub captions: CaptionStyle,
    /// Horizontal centre of the crop as a fraction of the source's upright width, 0 to 1.
    pub crop_center_x: f32,
}

impl ClipEdit {
    pub fn length(&self) -> Span {
        self.end - self.start
    }

    /// Whether both would be exported as the same film, whatever they are called and scored.
    pub fn is_same_film(&self, other: &Self) -> bool {
        let film = |clip: &Self| (clip.start, clip.end, clip.captions, clip.crop_center_x);
        film(self) == film(other)
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
            start: Instant::from_seconds(start_s),
            end: Instant::from_seconds(end_s),
            title: String::new(),
            reasons: Vec::new(),
            score: 0.0,
            captions: CaptionStyle::Bold,
            crop_center_x: 0.5,
            evidence: Evidence::default(),
        }
    }
}
