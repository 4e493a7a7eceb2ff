//! How captions look that are drawn into the picture, as data: whoever lays them out and draws them reads these fields and asks for no style.

use crate::edit::{CaptionStyle, OutputSize};
use crate::insights::SPEAKER_COLORS;
use crate::paint::Rgb;

/// The font that comes with the page.
pub const SHIPPED_FONT: &str = "Incut Caption";

/// The look of captions. Colors have to stay legible over any picture: an outline or a plate of the caption's own lies under the letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CaptionLook {
    /// By its name for the browser. Letters that it lacks come from the fonts of their scripts.
    pub font: &'static str,
    /// As CSS counts it, 400 normal and 700 bold.
    pub weight: u16,
    /// Of the font, over the shorter side of the picture.
    pub size: f64,
    /// The longest line over the picture's width; letters of a longer one are smaller.
    pub longest_line: f64,
    /// How many letters are put in a line of a picture that is higher than wide; of a wider one more.
    pub line_chars: u32,
    /// From one line to the next, in sizes of the font.
    pub line_height: f64,
    /// Room beside the letters, in sizes of the font.
    pub padding: f64,
    /// Where the caption's middle lies over the height of an upright picture.
    pub middle: f64,
    pub text: Rgb,
    pub spoken: Rgb,
    /// Of words that show who says them, and of the one of these that is spoken.
    pub voices: [Rgb; SPEAKER_COLORS as usize],
    pub spoken_voice: Rgb,
    pub outline: Option<Outline>,
    pub plate: Option<Plate>,
}

/// A line around the letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outline {
    pub color: Rgb,
    /// In sizes of the font, half of it outside of the letter.
    pub width: f64,
}

/// A rounded rectangle under the letters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plate {
    pub color: Rgb,
    /// Less than 1 lets some of the picture through.
    pub alpha: f32,
    /// Of its corners, in sizes of the font.
    pub radius: f64,
}

const WHITE: Rgb = Rgb(255, 255, 255);
const DARK: Rgb = Rgb(11, 13, 18);

/// Nothing is laid over the lower part of a picture that is not as high as a telephone.
const MIDDLE_OF_OTHERS: f64 = 0.82;

impl CaptionLook {
    /// Where the caption's middle lies in a picture of this size, over its height.
    pub fn middle_in(&self, size: OutputSize) -> f64 {
        let is_upright = 2 * size.height_px >= 3 * size.width_px;
        if is_upright { self.middle } else { self.middle.max(MIDDLE_OF_OTHERS) }
    }

    /// Heavy white letters with a dark outline.
    pub const BOLD: Self = Self {
        font: SHIPPED_FONT,
        weight: 800,
        size: 0.078,
        longest_line: 0.9,
        line_chars: 20,
        line_height: 1.22,
        padding: 0.34,
        // Above the buttons that every platform lays over a clip.
        middle: 0.69,
        text: WHITE,
        spoken: Rgb(255, 216, 77),
        // The hues that the page has for speakers, as light as they must be on the dark.
        voices: [
            Rgb(108, 184, 255),
            Rgb(255, 157, 102),
            Rgb(127, 209, 132),
            Rgb(215, 156, 240),
            Rgb(95, 211, 214),
            Rgb(255, 143, 176),
            Rgb(224, 192, 74),
            Rgb(180, 186, 198),
        ],
        spoken_voice: WHITE,
        outline: Some(Outline { color: DARK, width: 0.2 }),
        plate: None,
    };

    /// Light letters on a dark plate.
    pub const PLATE: Self = Self {
        text: Rgb(201, 206, 214),
        spoken: WHITE,
        outline: None,
        plate: Some(Plate { color: DARK, alpha: 0.78, radius: 0.3 }),
        ..Self::BOLD
    };

    /// The look that a style stands for; `None`: no captions.
    pub fn of(style: CaptionStyle) -> Option<Self> {
        match style {
            CaptionStyle::Bold => Some(Self::BOLD),
            CaptionStyle::Plate => Some(Self::PLATE),
            CaptionStyle::Off => None,
        }
    }

    /// What a word is drawn in that is being spoken or not, and shows whose it is where it has a speaker's color.
    pub fn ink(&self, color: Option<u8>, is_spoken: bool) -> Rgb {
        match (color, is_spoken) {
            (Some(color), false) => self.voices[usize::from(color) % self.voices.len()],
            (Some(_), true) => self.spoken_voice,
            (None, true) => self.spoken,
            (None, false) => self.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOKS: [CaptionLook; 2] = [CaptionLook::BOLD, CaptionLook::PLATE];

    /// WCAG 2.2, "relative luminance" and "contrast ratio".
    fn contrast(a: Rgb, b: Rgb) -> f32 {
        let channel = |value: u8| {
            let value = f32::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = |Rgb(r, g, b): Rgb| 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// What lies under the letters: the outline, or the plate over the brightest picture there is.
    fn under(look: &CaptionLook) -> Rgb {
        let outline = look.outline.map(|outline| outline.color);
        let plate = look.plate.map(|Plate { color: Rgb(r, g, b), alpha, .. }| {
            let over_white = |value: u8| (f32::from(value) * alpha + 255.0 * (1.0 - alpha)).round() as u8;
            Rgb(over_white(r), over_white(g), over_white(b))
        });
        outline.or(plate).expect("nothing keeps the letters apart from the picture")
    }

    fn speakers() -> impl Iterator<Item = Option<u8>> {
        (0..SPEAKER_COLORS).map(Some).chain([None])
    }

    #[test]
    fn every_color_is_legible_on_what_lies_under_it() {
        // 4.5 to 1 is what WCAG asks of small letters; captions are large, but move.
        for look in LOOKS {
            for color in speakers() {
                for is_spoken in [false, true] {
                    let contrast = contrast(look.ink(color, is_spoken), under(&look));
                    assert!(contrast >= 4.5, "{look:?} {color:?}: {contrast}");
                }
            }
        }
    }

    #[test]
    fn the_spoken_word_stands_out_and_speakers_are_told_apart() {
        for look in LOOKS {
            for color in speakers() {
                assert_ne!(look.ink(color, true), look.ink(color, false), "{look:?} {color:?}");
            }
            for (a, b) in (0..SPEAKER_COLORS).flat_map(|a| (0..a).map(move |b| (a, b))) {
                let (x, y) = (look.ink(Some(a), false), look.ink(Some(b), false));
                let apart = x.0.abs_diff(y.0).max(x.1.abs_diff(y.1)).max(x.2.abs_diff(y.2));
                assert!(apart >= 32, "{a} {b}: {apart}");
            }
            // Beyond the last color the first comes again, in a damaged document too.
            assert_eq!(look.ink(Some(8), false), look.voices[0]);
            assert_eq!(look.ink(Some(255), false), look.voices[7]);
        }
    }

    #[test]
    fn captions_that_are_off_have_no_look() {
        assert_eq!(CaptionLook::of(CaptionStyle::Off), None);
        assert_eq!(CaptionLook::of(CaptionStyle::default()), Some(CaptionLook::BOLD));
        assert_eq!(CaptionLook::of(CaptionStyle::Plate), Some(CaptionLook::PLATE));
    }
}
