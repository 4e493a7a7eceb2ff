//! Video usability information, which H.264 (ITU-T H.264 §E.1.1) and HEVC (ITU-T H.265 §E.2.1) begin alike: shape of the
//! pixels and meaning of the colors. Reads no further.

use crate::bytes::Bits;
use crate::color::ColorTags;

/// What the first fields say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Vui {
    /// Width to height of one pixel, where stated.
    pub pixel_aspect: Option<(u32, u32)>,
    pub color: ColorTags,
}

/// Table E-1, from `aspect_ratio_idc` 0 on.
const ASPECTS: [(u32, u32); 17] = [
    (1, 1),
    (1, 1),
    (12, 11),
    (10, 11),
    (16, 11),
    (40, 33),
    (24, 11),
    (20, 11),
    (32, 11),
    (80, 33),
    (18, 11),
    (15, 11),
    (64, 33),
    (160, 99),
    (4, 3),
    (3, 2),
    (2, 1),
];

/// `None` where the bits end too early.
pub(super) fn parse(bits: &mut Bits<'_>) -> Option<Vui> {
    let mut vui = Vui::default();
    if bits.bit()? {
        let aspect = match bits.bits(8)? {
            255 => Some((bits.bits(16)?, bits.bits(16)?)),
            index => ASPECTS.get(index as usize).copied(),
        };
        vui.pixel_aspect = aspect.filter(|&(x, y)| x > 0 && y > 0);
    }
    if bits.bit()? {
        bits.bit()?;
    }
    if bits.bit()? {
        bits.bits(3)?;
        vui.color.full_range = Some(bits.bit()?);
        if bits.bit()? {
            vui.color.primaries = bits.bits(8)? as u16;
            vui.color.transfer = bits.bits(8)? as u16;
            vui.color.matrix = bits.bits(8)? as u16;
        }
    }
    Some(vui)
}

/// Removes the emulation prevention bytes (H.264 §7.4.1.1, H.265 §7.4.2).
pub(super) fn unescape(unit: &[u8]) -> Vec<u8> {
    let mut payload = Vec::with_capacity(unit.len());
    let mut zeros = 0;
    for &byte in unit {
        if zeros >= 2 && byte == 3 {
            zeros = 0;
            continue;
        }
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        payload.push(byte);
    }
    payload
}
