//! H.264 headers: the decoder configuration record (ISO/IEC 14496-15 §5.3.3) and the sequence parameter set
//! (ITU-T H.264 §7.3.2.1). Looks at no slice data beyond the NAL unit type.

use super::vui::{self, Vui, unescape};
use crate::bytes::{Bits, Fields};
use crate::facts::Codec;

/// What one sequence parameter set says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sps {
    pub profile: u8,
    pub constraints: u8,
    pub level: u8,
    pub width: u32,
    pub height: u32,
    pub vui: Vui,
}

/// Codec of a track with an `avcC` record; a record that is too short still names the codec.
pub(crate) fn from_record(record: &[u8]) -> Codec {
    let webcodecs = match record {
        [1, profile, constraints, level, _, _, ..] => Some(string(*profile, *constraints, *level)),
        _ => None,
    };
    let description = webcodecs.is_some().then(|| record.to_vec());
    Codec { name: "h264".into(), webcodecs, description }
}

/// Codec of an Annex B stream: no description, the string from its first parameter set.
pub(crate) fn from_annex_b(sps: Option<&Sps>) -> Codec {
    let webcodecs = sps.map(|sps| string(sps.profile, sps.constraints, sps.level));
    Codec { name: "h264".into(), webcodecs, description: None }
}

fn string(profile: u8, constraints: u8, level: u8) -> String {
    format!("avc1.{profile:02x}{constraints:02x}{level:02x}")
}

/// The first parameter set of an `avcC` record.
pub(crate) fn sps_of_record(record: &[u8]) -> Option<Sps> {
    let mut fields = Fields::new(record);
    fields.skip(5)?;
    if fields.u8()? & 0x1F == 0 {
        return None;
    }
    let size = fields.u16()?;
    parse_sps(fields.take(usize::from(size))?)
}

/// The first parameter set in an Annex B packet.
pub(crate) fn sps_of_annex_b(packet: &[u8]) -> Option<Sps> {
    annex_b_units(packet).find(|unit| unit.first().is_some_and(|byte| byte & 0x1F == 7)).and_then(parse_sps)
}

/// The first parameter set in a packet of units with their lengths before them, as long as its `avcC` record says.
pub(crate) fn sps_of_sample(record: &[u8], packet: &[u8]) -> Option<Sps> {
    let length_bytes = usize::from(record.get(4)? & 3) + 1;
    let mut fields = Fields::new(packet);
    loop {
        let size =
            fields.take(length_bytes)?.iter().fold(0usize, |size, &byte| size << 8 | usize::from(byte));
        let unit = fields.take(size)?;
        if unit.first().is_some_and(|byte| byte & 0x1F == 7) {
            return parse_sps(unit);
        }
    }
}

/// NAL units between start codes (H.264 Annex B), start codes removed.
fn annex_b_units(packet: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut starts =
        packet.windows(3).enumerate().filter(|(_, code)| *code == [0, 0, 1]).map(|(at, _)| at + 3);
    let mut current = starts.next();
    std::iter::from_fn(move || {
        let from = current?;
        current = starts.next();
        let to = current.map_or(packet.len(), |next| next - 3);
        packet.get(from..to)
    })
}

fn parse_sps(unit: &[u8]) -> Option<Sps> {
    let payload = unescape(unit.get(1..)?);
    let mut bits = Bits::new(&payload);
    let (profile, constraints, level) = (bits.bits(8)? as u8, bits.bits(8)? as u8, bits.bits(8)? as u8);
    bits.ue()?;
    let mut chroma = 1;
    if matches!(profile, 100 | 110 | 122 | 244 | 44 | 83 | 86 | 118 | 128 | 138 | 139 | 134 | 135) {
        chroma = bits.ue()?;
        if chroma == 3 {
            bits.bit()?;
        }
        bits.ue()?;
        bits.ue()?;
        bits.bit()?;
        if bits.bit()? {
            for list in 0..if chroma == 3 { 12 } else { 8 } {
                if bits.bit()? {
                    skip_scaling_list(&mut bits, if list < 6 { 16 } else { 64 })?;
                }
            }
        }
    }
    bits.ue()?;
    match bits.ue()? {
        0 => {
            bits.ue()?;
        }
        1 => {
            bits.bit()?;
            bits.se()?;
            bits.se()?;
            let cycle = bits.ue()?;
            for _ in 0..cycle.min(255) {
                bits.se()?;
            }
        }
        _ => {}
    }
    bits.ue()?;
    bits.bit()?;
    let width_units = bits.ue()?.checked_add(1)?;
    let height_units = bits.ue()?.checked_add(1)?;
    let frames_only = bits.bit()?;
    if !frames_only {
        bits.bit()?;
    }
    bits.bit()?;
    let crop = if bits.bit()? { [bits.ue()?, bits.ue()?, bits.ue()?, bits.ue()?] } else { [0; 4] };
    let vui = if bits.bit()? { vui::parse(&mut bits).unwrap_or_default() } else { Vui::default() };

    let field = if frames_only { 1 } else { 2 };
    let unit_x = if matches!(chroma, 1 | 2) { 2 } else { 1 };
    let unit_y = if chroma == 1 { 2 } else { 1 } * field;
    let width = width_units.checked_mul(16)?;
    let height = height_units.checked_mul(16)?.checked_mul(field)?;
    Some(Sps {
        profile,
        constraints,
        level,
        width: width.checked_sub(crop[0].checked_add(crop[1])?.checked_mul(unit_x)?)?,
        height: height.checked_sub(crop[2].checked_add(crop[3])?.checked_mul(unit_y)?)?,
        vui,
    })
}

/// An `AVCDecoderConfigurationRecord` (ISO/IEC 14496-15 §5.3.3.1) of the parameter sets in an access unit whose units have a length of
/// four bytes each; `None` where it holds none. For 8-bit 4:2:0, which is all that is encoded here. Firefox 153 encodes with the sets in
/// band, and in the record that comes beside them repeats the first byte of each, which no decoder reads.
pub fn record_of_parameter_sets(access_unit: &[u8]) -> Option<Vec<u8>> {
    let mut sets: [Vec<&[u8]>; 2] = Default::default();
    let mut fields = Fields::new(access_unit);
    while let Some(length) = fields.u32() {
        let unit = fields.take(length as usize)?;
        let kind = unit.first()? & 31;
        if let 7 | 8 = kind {
            let end = unit.iter().rposition(|&byte| byte != 0)? + 1;
            sets[usize::from(kind == 8)].push(&unit[..end]);
        }
    }
    let [sequence, picture] = sets;
    let &[_, profile, constraints, level, ..] = *sequence.first()? else { return None };
    let (sequences, pictures) = (u8::try_from(sequence.len()).ok()?, u8::try_from(picture.len()).ok()?);
    if sequences > 31 || pictures == 0 {
        return None;
    }
    let mut record = vec![1, profile, constraints, level, 0xFF, 0xE0 | sequences];
    let put = |record: &mut Vec<u8>, sets: &[&[u8]]| {
        for set in sets {
            record.extend(u16::try_from(set.len()).unwrap_or(u16::MAX).to_be_bytes());
            record.extend_from_slice(set);
        }
    };
    put(&mut record, &sequence);
    record.push(pictures);
    put(&mut record, &picture);
    if matches!(profile, 100 | 110 | 122 | 144) {
        record.extend([0xFD, 0xF8, 0xF8, 0]);
    }
    Some(record)
}

fn skip_scaling_list(bits: &mut Bits<'_>, size: usize) -> Option<()> {
    let (mut last, mut next) = (8i32, 8i32);
    for _ in 0..size {
        if next != 0 {
            next = last.wrapping_add(bits.se()?).rem_euclid(256);
        }
        last = if next == 0 { last } else { next };
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_without_room_names_the_codec_only() {
        for record in [&[][..], &[1, 0x64], &[9, 0x64, 0, 0x1f, 0xff, 0xe1]] {
            assert_eq!(from_record(record).webcodecs, None);
        }
        let codec = from_record(&[1, 0x64, 0x00, 0x1f, 0xff, 0xe1, 0x00]);
        assert_eq!(codec.webcodecs.as_deref(), Some("avc1.64001f"));
    }

    #[test]
    fn annex_b_units_are_found_between_start_codes() {
        let packet = [0, 0, 0, 1, 9, 0xF0, 0, 0, 1, 0x67, 1, 2, 0, 0, 1, 0x68];
        let units: Vec<&[u8]> = annex_b_units(&packet).collect();
        assert_eq!(units, [&[9, 0xF0][..], &[0x67, 1, 2], &[0x68]]);
    }

    #[test]
    fn parameter_sets_in_band_become_a_record() {
        let unit = [
            0, 0, 0, 7, 0x67, 0x64, 0, 0x20, 0xAC, 0xD9, 0, 0, 0, 0, 3, 0x68, 0xEB, 0xEC, 0, 0, 0, 2, 0x65,
            0x88,
        ];
        let record = record_of_parameter_sets(&unit).expect("a record");
        let want = [
            1, 0x64, 0, 0x20, 0xFF, 0xE1, 0, 6, 0x67, 0x64, 0, 0x20, 0xAC, 0xD9, 1, 0, 3, 0x68, 0xEB, 0xEC,
            0xFD, 0xF8, 0xF8, 0,
        ];
        assert_eq!(record, want);
        assert_eq!(record_of_parameter_sets(&unit[18..]), None);
        assert_eq!(record_of_parameter_sets(&unit[..9]), None);
    }

    #[test]
    fn a_baseline_parameter_set_gives_its_size() {
        let mut bits = String::new();
        let mut fixed = |value: u32, count: usize| bits.push_str(&format!("{value:0count$b}"));
        // profile 66, constraints, level 30
        [(66, 8), (0xC0, 8), (30, 8)].into_iter().for_each(|(value, count)| fixed(value, count));
        // Exp-Golomb, each as (code, length): set 0, frame numbers 4 bits, order type 2, no references.
        [(1, 1), (1, 1), (3, 3), (1, 1)].into_iter().for_each(|(value, count)| fixed(value, count));
        fixed(0, 1);
        // 20 by 15 macroblocks (codes 19 and 14), frames only, no 8x8 inference, no cropping, no VUI, stop bit.
        [(20, 9), (15, 7), (1, 1), (0, 1), (0, 1), (0, 1), (1, 1)]
            .into_iter()
            .for_each(|(value, count)| fixed(value, count));
        let mut unit = vec![0x67];
        for chunk in bits.as_bytes().chunks(8) {
            let text = format!("{:0<8}", String::from_utf8_lossy(chunk));
            unit.push(u8::from_str_radix(&text, 2).expect("bits"));
        }
        let sps = parse_sps(&unit).expect("a parameter set");
        assert_eq!((sps.profile, sps.level, sps.width, sps.height), (66, 30, 320, 240));
    }
}
