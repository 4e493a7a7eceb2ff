//! What a person decides about one clip: what of the source it plays, how it is framed and captioned.
//! Plain data; painting it is [`crate::port::Painter`]'s work.

use crate::reason::Reason;
use crate::scene::Scenes;
use crate::select::signal::Evidence;
use crate::timeline::Timeline;
use media::time::{Instant, Span};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClipId(pub u32);

/// Look of the burned-in captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaptionStyle {
    /// Heavy white letters with a dark outline, the spoken word in the accent color.
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
    /// Everybody's words in their own color.
    Colors,
    /// The name, in its color, before the first words of each turn.
    Names,
}

/// Who decides what of the source's picture a clip shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Framing {
    /// What is seen: faces, else what moves. [`ClipEdit::scenes`] hold until that is known.
    #[default]
    Automatic,
    /// The person, by [`ClipEdit::scenes`].
    ByHand,
}

/// How wide a clip's picture is for its height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// 9:16, what telephones show whole.
    #[default]
    Upright,
    /// 4:5, the tallest that feeds show whole.
    Portrait,
    /// 1:1.
    Square,
    /// 16:9, as films are.
    Wide,
}

impl Shape {
    pub const ALL: [Self; 4] = [Self::Upright, Self::Portrait, Self::Square, Self::Wide];

    /// For style sheets and automation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upright => "upright",
            Self::Portrait => "portrait",
            Self::Square => "square",
            Self::Wide => "wide",
        }
    }

    /// Width and height in the smallest numbers.
    pub const fn ratio(self) -> (u32, u32) {
        match self {
            Self::Upright => (9, 16),
            Self::Portrait => (4, 5),
            Self::Square => (1, 1),
            Self::Wide => (16, 9),
        }
    }
}

/// One clip as the person left it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    pub shape: Shape,
    pub framing: Framing,
    /// What it shows of the source's picture.
    pub scenes: Scenes,
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

    /// 0 to 100; `None` where a person chose it and nobody weighed it.
    pub fn claimed_score(&self) -> Option<f32> {
        let is_unweighed = self.evidence == Evidence::default() && self.reasons.contains(&Reason::Chosen);
        (!is_unweighed).then_some(self.score)
    }

    /// Whether both would be exported as the same film, whatever they are called and scored.
    pub fn is_same_film(&self, other: &Self) -> bool {
        let film = |clip: &Self| (clip.captions, clip.shape, clip.framing);
        film(self) == film(other) && self.timeline == other.timeline && self.scenes == other.scenes
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
    use crate::timeline::SourceRange;

    /// A clip from so many seconds to so many, and nothing else said of it.
    pub fn clip(id: u32, start_s: f64, end_s: f64) -> ClipEdit {
        ClipEdit {
            id: ClipId(id),
            timeline: Timeline::single(Instant::from_seconds(start_s), Instant::from_seconds(end_s)),
            title: String::new(),
            reasons: Vec::new(),
            score: 0.0,
            captions: CaptionStyle::Bold,
            shape: Shape::Upright,
            framing: Framing::Automatic,
            scenes: Scenes::centered(0.5),
            evidence: Evidence::default(),
        }
    }

    #[test]
    fn a_clip_can_be_sent() {
        let at = Instant::from_seconds;
        let mut edit = clip(4, 1.0, 20.0);
        edit.timeline = edit.timeline.without(SourceRange { start: at(5.0), end: at(6.0) });
        edit.scenes = Scenes::centered(0.7);
        let text = serde_json::to_string(&edit).expect("JSON");
        assert_eq!(serde_json::from_str::<ClipEdit>(&text).expect("a clip"), edit);
        assert_eq!((edit.start(), edit.end(), edit.length()), (at(1.0), at(20.0), Span::from_seconds(18.0)));
    }

    #[test]
    fn a_film_is_what_is_seen_of_a_clip() {
        let edit = clip(4, 1.0, 20.0);
        let check = |other: ClipEdit, is_same| assert_eq!(edit.is_same_film(&other), is_same, "{other:?}");
        check(ClipEdit { title: "Another".into(), score: 9.0, ..edit.clone() }, true);
        check(ClipEdit { scenes: Scenes::centered(0.7), ..edit.clone() }, false);
        check(ClipEdit { captions: CaptionStyle::Off, ..edit.clone() }, false);
        check(ClipEdit { framing: Framing::ByHand, ..edit.clone() }, false);
        check(ClipEdit { shape: Shape::Square, ..edit.clone() }, false);
        check(clip(4, 1.0, 19.0), false);
    }
}
