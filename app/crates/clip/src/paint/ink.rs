//! What the letters of a caption are drawn in: colours that stay legible over any picture, because an outline or a plate of
//! their own lies under them. Refuses to know how letters are shaped.

use super::color::Rgb;
use crate::captions::CaptionWord;
use crate::edit::CaptionStyle;

/// Under the letters: the outline of bold captions, and the plate of plated ones, which lets some of the picture through.
pub const DARK: Rgb = Rgb(11, 13, 18);
pub const PLATE_ALPHA: f32 = 0.78;

const WHITE: Rgb = Rgb(255, 255, 255);
const QUIET: Rgb = Rgb(201, 206, 214);
const ACCENT: Rgb = Rgb(255, 216, 77);

/// Who speaks: the hues that the page has for them, as light as they must be on [`DARK`].
const VOICES: [Rgb; crate::insights::SPEAKER_COLOURS as usize] = [
    Rgb(108, 184, 255),
    Rgb(255, 157, 102),
    Rgb(127, 209, 132),
    Rgb(215, 156, 240),
    Rgb(95, 211, 214),
    Rgb(255, 143, 176),
    Rgb(224, 192, 74),
    Rgb(180, 186, 198),
];

/// The colour of a word. Where a speaker's colour marks the words, the spoken one is white.
pub fn ink(style: CaptionStyle, word: &CaptionWord) -> Rgb {
    match (word.colour, word.spoken, style) {
        (Some(colour), false, _) => VOICES[usize::from(colour) % VOICES.len()],
        (Some(_), true, _) | (None, true, CaptionStyle::Plate) => WHITE,
        (None, false, CaptionStyle::Plate) => QUIET,
        (None, true, _) => ACCENT,
        (None, false, _) => WHITE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insights::SPEAKER_COLOURS;

    fn word(colour: Option<u8>, spoken: bool) -> CaptionWord {
        CaptionWord { text: "word".into(), spoken, colour, spaced: true }
    }

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

    /// The plate over the brightest picture there is.
    fn worst_plate() -> Rgb {
        let over_white =
            |value: u8| (f32::from(value) * PLATE_ALPHA + 255.0 * (1.0 - PLATE_ALPHA)).round() as u8;
        Rgb(over_white(DARK.0), over_white(DARK.1), over_white(DARK.2))
    }

    #[test]
    fn every_colour_is_legible_on_what_lies_under_it() {
        // 4.5 to 1 is what WCAG asks of small letters; captions are large, but move.
        for (style, under) in [(CaptionStyle::Bold, DARK), (CaptionStyle::Plate, worst_plate())] {
            for colour in (0..SPEAKER_COLOURS).map(Some).chain([None]) {
                for spoken in [false, true] {
                    let ink = ink(style, &word(colour, spoken));
                    assert!(contrast(ink, under) >= 4.5, "{style:?} {colour:?}: {}", contrast(ink, under));
                }
            }
        }
    }

    #[test]
    fn the_spoken_word_stands_out_and_speakers_are_told_apart() {
        for style in [CaptionStyle::Bold, CaptionStyle::Plate] {
            let ink_of = |colour, spoken| ink(style, &word(colour, spoken));
            for colour in (0..SPEAKER_COLOURS).map(Some).chain([None]) {
                assert_ne!(ink_of(colour, true), ink_of(colour, false), "{style:?} {colour:?}");
            }
            for (a, b) in (0..SPEAKER_COLOURS).flat_map(|a| (0..a).map(move |b| (a, b))) {
                let (x, y) = (ink_of(Some(a), false), ink_of(Some(b), false));
                let apart = x.0.abs_diff(y.0).max(x.1.abs_diff(y.1)).max(x.2.abs_diff(y.2));
                assert!(apart >= 32, "{a} {b}: {apart}");
            }
        }
        // Beyond the last colour the first comes again, in a damaged document too.
        assert_eq!(ink(CaptionStyle::Bold, &word(Some(8), false)), VOICES[0]);
        assert_eq!(ink(CaptionStyle::Bold, &word(Some(255), false)), VOICES[7]);
    }
}
