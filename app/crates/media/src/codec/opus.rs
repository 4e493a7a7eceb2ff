//! Opus headers: the identification header (RFC 7845 §5.1), MP4's form of it, and a packet's length from its first
//! byte (RFC 6716 §3.1). Decodes nothing.

use crate::bytes::Fields;
use crate::facts::Codec;

/// Opus counts in 48 kHz whatever it was made from.
pub(crate) const RATE: u32 = 48_000;

/// What an identification header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub channels: u32,
    /// Samples at 48 kHz to throw away at the start.
    pub pre_skip: u32,
}

pub(crate) fn parse_head(head: &[u8]) -> Option<Head> {
    let mut fields = Fields::new(head.strip_prefix(b"OpusHead")?);
    fields.u8()?;
    let channels = u32::from(fields.u8()?);
    let pre_skip = u32::from(fields.u16_le()?);
    (channels > 0).then_some(Head { channels, pre_skip })
}

/// Codec of a track with this identification header.
pub(crate) fn from_head(head: &[u8]) -> Codec {
    Codec { name: "opus".into(), webcodecs: Some("opus".into()), description: Some(head.to_vec()) }
}

/// The identification header that says what MP4's `dOps` box says (Opus in ISOBMFF §4.3.2).
pub(crate) fn head_of_box(body: &[u8]) -> Option<Vec<u8>> {
    let mut fields = Fields::new(body);
    fields.u8()?;
    let channels = fields.u8()?;
    let (pre_skip, rate, gain) = (fields.u16()?, fields.u32()?, fields.u16()?);
    let mut head = b"OpusHead\x01".to_vec();
    head.push(channels);
    head.extend(pre_skip.to_le_bytes());
    head.extend(rate.to_le_bytes());
    head.extend(gain.to_le_bytes());
    let family = fields.u8()?;
    head.push(family);
    if family != 0 {
        head.extend(fields.take(2 + usize::from(channels))?);
    }
    Some(head)
}

/// Samples at 48 kHz in a packet; 0 for one that breaks the rules.
pub(crate) fn packet_samples(packet: &[u8]) -> u32 {
    let Some(&toc) = packet.first() else { return 0 };
    let frame = match toc >> 3 {
        config @ 0..=11 => [480, 960, 1920, 2880][usize::from(config % 4)],
        config @ 12..=15 => [480, 960][usize::from(config % 2)],
        config => [120, 240, 480, 960][usize::from(config % 4)],
    };
    let frames = match toc & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => packet.get(1).map_or(0, |byte| u32::from(byte & 0x3F)),
    };
    // 120 ms is the most a packet may hold.
    Some(frame * frames).filter(|&samples| samples <= 5760).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packet_lengths_follow_the_first_byte() {
        assert_eq!(packet_samples(&[0xFC]), 960);
        assert_eq!(packet_samples(&[0x08]), 960);
        assert_eq!(packet_samples(&[0x19]), 5760);
        assert_eq!(packet_samples(&[0xE3, 0x04]), 480);
        assert_eq!(packet_samples(&[0xFF, 0x3F]), 0);
        assert_eq!(packet_samples(&[]), 0);
    }

    #[test]
    fn an_mp4_box_becomes_an_identification_header() {
        let head = head_of_box(&[0, 2, 0x01, 0x38, 0, 0, 0xBB, 0x80, 0, 0, 0]).expect("a header");
        assert_eq!(head, b"OpusHead\x01\x02\x38\x01\x80\xBB\0\0\0\0\0");
        assert_eq!(parse_head(&head), Some(Head { channels: 2, pre_skip: 312 }));
        assert_eq!(head_of_box(&[0, 2, 1]), None);
    }
}
