//! VP9 headers: the `vpcC` record (VP Codec ISO Media binding) and the first bits of a key frame (VP9 §6.2).
//! Estimates the level from picture size and rate where a file states none.

use crate::bytes::{Bits, Fields};
use crate::color::ColorTags;
use crate::facts::Codec;

/// Codec and color of a track with a `vpcC` record.
pub(crate) fn from_record(record: &[u8]) -> Option<(Codec, ColorTags)> {
    let mut fields = Fields::new(record);
    fields.skip(4)?;
    let (profile, level, packed) = (fields.u8()?, fields.u8()?, fields.u8()?);
    let (primaries, transfer, matrix) = (fields.u8()?, fields.u8()?, fields.u8()?);
    let color = ColorTags {
        primaries: primaries.into(),
        transfer: transfer.into(),
        matrix: matrix.into(),
        full_range: Some(packed & 1 == 1),
    };
    Some((codec(profile, level, packed >> 4), color))
}

/// Codec of a track known by its first frame only.
pub(crate) fn from_frame(frame: &[u8], width: u32, height: u32, frame_rate: Option<f64>) -> Codec {
    let (profile, depth) = frame_profile(frame).unwrap_or((0, 8));
    codec(profile, level(width, height, frame_rate.unwrap_or(30.0)), depth)
}

fn codec(profile: u8, level: u8, depth: u8) -> Codec {
    let level = if level == 0 { 41 } else { level };
    let depth = if matches!(depth, 8 | 10 | 12) { depth } else { 8 };
    super::simple("vp9", &format!("vp09.{profile:02}.{level:02}.{depth:02}"))
}

fn frame_profile(frame: &[u8]) -> Option<(u8, u8)> {
    let (profile, key, mut bits) = read_head(frame)?;
    if !key || profile < 2 {
        return Some((profile, if profile < 2 { 8 } else { 10 }));
    }
    bits.bits(2 + 24)?;
    Some((profile, if bits.bit()? { 12 } else { 10 }))
}

/// What a key frame says of colors (§7.2.2); `None` for any other frame.
pub(crate) fn color_of_frame(frame: &[u8]) -> Option<ColorTags> {
    let (profile, key, mut bits) = read_head(frame)?;
    if !key {
        return None;
    }
    bits.bits(2 + 24)?;
    if profile >= 2 {
        bits.bit()?;
    }
    let matrix = match bits.bits(3)? {
        1 => 5,
        2 => 1,
        3 => 6,
        4 => 7,
        5 => 9,
        7 => 0,
        _ => 2,
    };
    Some(ColorTags { matrix, full_range: Some(matrix == 0 || bits.bit()?), ..ColorTags::default() })
}

/// Profile, whether this is a key frame, and the bits behind `frame_type`.
fn read_head(frame: &[u8]) -> Option<(u8, bool, Bits<'_>)> {
    let mut bits = Bits::new(frame);
    if bits.bits(2)? != 2 {
        return None;
    }
    let profile = bits.bits(1)? | bits.bits(1)? << 1;
    if profile == 3 {
        bits.bit()?;
    }
    let shows_existing = bits.bit()?;
    let key = !shows_existing && !bits.bit()?;
    Some((profile as u8, key, bits))
}

/// The lowest level that allows the picture size and the luma sample rate (VP9 levels, webmproject.org/vp9/levels).
fn level(width: u32, height: u32, frame_rate: f64) -> u8 {
    const LEVELS: [(u8, f64, u64); 12] = [
        (10, 829_440.0, 36_864),
        (11, 2_764_800.0, 73_728),
        (20, 4_608_000.0, 122_880),
        (21, 9_216_000.0, 245_760),
        (30, 20_736_000.0, 552_960),
        (31, 36_864_000.0, 983_040),
        (40, 83_558_400.0, 2_228_224),
        (41, 160_432_128.0, 2_228_224),
        (50, 311_951_360.0, 8_912_896),
        (51, 588_251_136.0, 8_912_896),
        (52, 1_176_502_272.0, 8_912_896),
        (60, 1_176_502_272.0, 35_651_584),
    ];
    let area = u64::from(width) * u64::from(height);
    let rate = area as f64 * frame_rate;
    LEVELS
        .iter()
        .find(|&&(_, most_rate, most_area)| rate <= most_rate && area <= most_area)
        .map_or(61, |level| level.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_grow_with_size_and_rate() {
        assert_eq!(level(320, 180, 30.0), 11);
        assert_eq!(level(320, 240, 30.0), 20);
        assert_eq!(level(640, 360, 25.0), 21);
        assert_eq!(level(1920, 1080, 30.0), 40);
        assert_eq!(level(1920, 1080, 60.0), 41);
        assert_eq!(level(16384, 16384, 60.0), 61);
    }

    #[test]
    fn profiles_are_read_from_the_first_bits() {
        assert_eq!(frame_profile(&[0b1000_0010, 0x49, 0x83, 0x42]), Some((0, 8)));
        assert_eq!(frame_profile(&[]), None);
        // Profile 2, key frame, sync code, twelve bits.
        let twelve = [0b1001_0010, 0x49, 0x83, 0x42, 0b1000_0000];
        assert_eq!(frame_profile(&twelve), Some((2, 12)));
    }

    #[test]
    fn key_frames_state_matrix_and_range() {
        let color = |frame: &[u8]| color_of_frame(frame).map(|color| (color.matrix, color.full_range));
        assert_eq!(color(&[0b1000_0010, 0x49, 0x83, 0x42, 0b0100_0000]), Some((1, Some(false))));
        assert_eq!(color(&[0b1000_0010, 0x49, 0x83, 0x42, 0b0011_0000]), Some((5, Some(true))));
        // Ten bits of BT.2020; a frame that is not a key.
        assert_eq!(color(&[0b1001_0010, 0x49, 0x83, 0x42, 0b0101_0000]), Some((9, Some(false))));
        assert_eq!(color(&[0b1000_0110, 0x49, 0x83, 0x42, 0b0100_0000]), None);
    }
}
