//! HEVC headers: the decoder configuration record (ISO/IEC 14496-15 §8.3.3), the codec string of its annex E, and the
//! sequence parameter set (ITU-T H.265 §7.3.2.2) as far as the colors. Looks at no slice.

use super::vui::{self, Vui, unescape};
use crate::bytes::{Bits, Fields};
use crate::facts::Codec;

/// Codec of a track with an `hvcC` record. `sample_entry` is `hvc1` or `hev1`.
pub(crate) fn from_record(sample_entry: &str, record: &[u8]) -> Codec {
    let webcodecs = string(sample_entry, record);
    let description = webcodecs.is_some().then(|| record.to_vec());
    Codec { name: "hevc".into(), webcodecs, description }
}

fn string(sample_entry: &str, record: &[u8]) -> Option<String> {
    let mut fields = Fields::new(record);
    fields.u8()?;
    let profile = fields.u8()?;
    let compatibility = fields.u32()?.reverse_bits();
    let constraints: [u8; 6] = fields.array()?;
    let level = fields.u8()?;
    let space = ["", "A", "B", "C"][usize::from(profile >> 6)];
    let tier = if profile & 0x20 == 0 { 'L' } else { 'H' };
    let mut string = format!("{sample_entry}.{space}{}.{compatibility:x}.{tier}{level}", profile & 0x1F);
    let used = constraints.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    for byte in &constraints[..used] {
        string.push_str(&format!(".{byte:x}"));
    }
    Some(string)
}

/// What the first sequence parameter set of an `hvcC` record says of pixels and colors.
pub(crate) fn vui_of_record(record: &[u8]) -> Option<Vui> {
    const SPS: u8 = 33;
    let mut fields = Fields::new(record);
    fields.skip(22)?;
    for _ in 0..fields.u8()? {
        let kind = fields.u8()? & 0x3F;
        for _ in 0..fields.u16()? {
            let size = fields.u16()?;
            let unit = fields.take(size.into())?;
            if kind == SPS {
                return parse_sps(unit);
            }
        }
    }
    None
}

fn parse_sps(unit: &[u8]) -> Option<Vui> {
    let payload = unescape(unit.get(2..)?);
    let mut bits = Bits::new(&payload);
    bits.bits(4)?;
    let sub_layers = bits.bits(3)?;
    bits.bit()?;
    skip_profile_tier_level(&mut bits, sub_layers)?;
    bits.ue()?;
    if bits.ue()? == 3 {
        bits.bit()?;
    }
    bits.ue()?;
    bits.ue()?;
    if bits.bit()? {
        skip_codes(&mut bits, 4)?;
    }
    skip_codes(&mut bits, 2)?;
    let order_bits = bits.ue()?.checked_add(4).filter(|&bits| bits <= 16)?;
    let layers = if bits.bit()? { sub_layers + 1 } else { 1 };
    skip_codes(&mut bits, 3 * layers)?;
    // Sizes of blocks and depths of their trees.
    skip_codes(&mut bits, 6)?;
    if bits.bit()? && bits.bit()? {
        skip_scaling_lists(&mut bits)?;
    }
    bits.bits(2)?;
    if bits.bit()? {
        bits.bits(8)?;
        skip_codes(&mut bits, 2)?;
        bits.bit()?;
    }
    skip_reference_sets(&mut bits)?;
    if bits.bit()? {
        for _ in 0..bits.ue()?.min(32) {
            bits.bits(order_bits + 1)?;
        }
    }
    bits.bits(2)?;
    Some(if bits.bit()? { vui::parse(&mut bits).unwrap_or_default() } else { Vui::default() })
}

fn skip_codes(bits: &mut Bits<'_>, count: u32) -> Option<()> {
    (0..count).try_for_each(|_| bits.ue().map(|_| ()))
}

/// §7.3.3: 96 bits in all, then what each sub-layer says for itself.
fn skip_profile_tier_level(bits: &mut Bits<'_>, sub_layers: u32) -> Option<()> {
    (0..3).try_for_each(|_| bits.bits(32).map(|_| ()))?;
    let mut stated = Vec::new();
    for _ in 0..sub_layers {
        stated.push((bits.bit()?, bits.bit()?));
    }
    if sub_layers > 0 {
        bits.bits(2 * (8 - sub_layers))?;
    }
    for (profile, level) in stated {
        if profile {
            bits.bits(32)?;
            bits.bits(32)?;
            bits.bits(24)?;
        }
        if level {
            bits.bits(8)?;
        }
    }
    Some(())
}

/// §7.3.4.
fn skip_scaling_lists(bits: &mut Bits<'_>) -> Option<()> {
    for size in 0..4 {
        for _ in (0..6).step_by(if size == 3 { 3 } else { 1 }) {
            if !bits.bit()? {
                bits.ue()?;
                continue;
            }
            if size > 1 {
                bits.se()?;
            }
            for _ in 0..(1 << (4 + 2 * size)).min(64) {
                bits.se()?;
            }
        }
    }
    Some(())
}

/// §7.3.7: short-term reference picture sets, each of which may build on the one before it.
fn skip_reference_sets(bits: &mut Bits<'_>) -> Option<()> {
    let sets = bits.ue().filter(|&sets| sets <= 64)?;
    let mut pictures = 0;
    for set in 0..sets {
        if set > 0 && bits.bit()? {
            bits.bit()?;
            bits.ue()?;
            let mut kept = 0;
            for _ in 0..=pictures {
                let is_used = bits.bit()?;
                if is_used || bits.bit()? {
                    kept += 1;
                }
            }
            pictures = kept;
        } else {
            let before = bits.ue()?;
            pictures = before.checked_add(bits.ue()?).filter(|&pictures| pictures <= 32)?;
            for _ in 0..pictures {
                bits.ue()?;
                bits.bit()?;
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_follow_annex_e() {
        let main = [1, 0x01, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 0x5D];
        assert_eq!(string("hvc1", &main).as_deref(), Some("hvc1.1.6.L93.90"));
        let main10 = [1, 0x22, 0x20, 0, 0, 0, 0xB0, 0, 0, 0, 0, 0, 0x99];
        assert_eq!(string("hev1", &main10).as_deref(), Some("hev1.2.4.H153.b0"));
        assert_eq!(string("hvc1", &main[..12]), None);
    }
}
