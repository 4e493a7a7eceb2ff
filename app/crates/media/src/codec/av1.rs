//! AV1 headers: the `av1C` record (AV1 in ISOBMFF §2.3), the codec string of its section 5, and the sequence header (AV1
//! §5.5) as far as the colors. Parses no tile and no frame header.

use crate::bytes::Bits;
use crate::color::ColorTags;
use crate::facts::Codec;

/// Codec of a track with an `av1C` record; without a sound one, the string of plain 8-bit Main profile.
pub(crate) fn from_record(record: Option<&[u8]>) -> Codec {
    match record {
        Some(record @ [0x81, levels, depths, _, ..]) => {
            let (profile, level) = (levels >> 5, levels & 0x1F);
            let tier = if depths & 0x80 == 0 { 'M' } else { 'H' };
            let depth = match depths >> 5 & 3 {
                0 | 1 => 8,
                2 => 10,
                _ => 12,
            };
            let string = format!("av01.{profile}.{level:02}{tier}.{depth:02}");
            Codec { name: "av1".into(), webcodecs: Some(string), description: Some(record.to_vec()) }
        }
        _ => super::simple("av1", "av01.0.08M.08"),
    }
}

/// What the sequence header inside an `av1C` record says of colors; `None` where the record has none.
pub(crate) fn color_of_record(record: &[u8]) -> Option<ColorTags> {
    color_of_units(record.get(4..)?)
}

/// The same for a packet, or any other row of open bitstream units (§5.3).
pub(crate) fn color_of_units(mut units: &[u8]) -> Option<ColorTags> {
    const SEQUENCE_HEADER: u8 = 1;
    loop {
        let (&head, mut rest) = units.split_first()?;
        if head & 4 != 0 {
            rest = rest.get(1..)?;
        }
        let size = if head & 2 != 0 { read_size(&mut rest)? } else { rest.len() };
        let (body, behind) = rest.split_at_checked(size)?;
        if head >> 3 & 15 == SEQUENCE_HEADER {
            return parse_sequence(&mut Bits::new(body));
        }
        units = behind;
    }
}

/// `leb128` (§4.10.5), of which four bytes are enough for any packet.
fn read_size(bytes: &mut &[u8]) -> Option<usize> {
    let mut size = 0;
    for at in 0..4 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        size |= usize::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 {
            return Some(size);
        }
    }
    None
}

/// §5.5.1 up to `color_config`.
fn parse_sequence(bits: &mut Bits<'_>) -> Option<ColorTags> {
    let profile = bits.bits(3)?;
    bits.bit()?;
    let is_reduced = bits.bit()?;
    if is_reduced {
        bits.bits(5)?;
    } else {
        skip_operating_points(bits)?;
    }
    let (width_bits, height_bits) = (bits.bits(4)? + 1, bits.bits(4)? + 1);
    bits.bits(width_bits)?;
    bits.bits(height_bits)?;
    if !is_reduced && bits.bit()? {
        bits.bits(7)?;
    }
    bits.bits(3)?;
    if !is_reduced {
        bits.bits(4)?;
        let has_order_hint = bits.bit()?;
        if has_order_hint {
            bits.bits(2)?;
        }
        let may_be_screen = bits.bit()? || bits.bit()?;
        if may_be_screen && !bits.bit()? {
            bits.bit()?;
        }
        if has_order_hint {
            bits.bits(3)?;
        }
    }
    bits.bits(3)?;
    parse_color(bits, profile)
}

/// The part of §5.5.1 that a reduced header leaves out, with §5.5.3 to §5.5.5.
fn skip_operating_points(bits: &mut Bits<'_>) -> Option<()> {
    let mut delay_bits = None;
    if bits.bit()? {
        bits.bits(32)?;
        bits.bits(32)?;
        if bits.bit()? {
            bits.ue()?;
        }
        if bits.bit()? {
            delay_bits = Some(bits.bits(5)? + 1);
            bits.bits(32)?;
            bits.bits(10)?;
        }
    }
    let states_display_delay = bits.bit()?;
    for _ in 0..=bits.bits(5)? {
        bits.bits(12)?;
        if bits.bits(5)? > 7 {
            bits.bit()?;
        }
        if let Some(delay_bits) = delay_bits
            && bits.bit()?
        {
            bits.bits(delay_bits)?;
            bits.bits(delay_bits)?;
            bits.bit()?;
        }
        if states_display_delay && bits.bit()? {
            bits.bits(4)?;
        }
    }
    Some(())
}

/// §5.5.2 as far as the range.
fn parse_color(bits: &mut Bits<'_>, profile: u32) -> Option<ColorTags> {
    let is_deep = bits.bit()?;
    if profile == 2 && is_deep {
        bits.bit()?;
    }
    if profile != 1 {
        // Gray pictures state the same.
        bits.bit()?;
    }
    let mut color = ColorTags::default();
    if bits.bit()? {
        color.primaries = bits.bits(8)? as u16;
        color.transfer = bits.bits(8)? as u16;
        color.matrix = bits.bits(8)? as u16;
    }
    let is_srgb = [color.primaries, color.transfer, color.matrix] == [1, 13, 0];
    color.full_range = Some(is_srgb || bits.bit()?);
    Some(color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_carry_profile_level_tier_and_depth() {
        let check = |record: &[u8], want: &str| {
            assert_eq!(from_record(Some(record)).webcodecs.as_deref(), Some(want));
        };
        check(&[0x81, 0x05, 0x0C, 0], "av01.0.05M.08");
        check(&[0x81, 0x28, 0xC0, 0], "av01.1.08H.10");
        check(&[0x81], "av01.0.08M.08");
    }
}
