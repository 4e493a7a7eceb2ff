//! AV1 headers: the `av1C` record (AV1 in ISOBMFF §2.3) and the codec string of its section 5.
//! Parses no tile and no frame header.

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
