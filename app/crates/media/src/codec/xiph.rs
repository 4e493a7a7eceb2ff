//! Vorbis and FLAC setup data: Xiph lacing of header packets, the identification headers, Vorbis block sizes.
//! Decodes nothing; what it reads of the Vorbis setup header is the mode table at its very end.

use crate::bytes::Fields;
use crate::facts::Codec;

/// Splits a Matroska or MP4 Vorbis setup into its header packets (Xiph lacing: count - 1, sizes, data).
pub(crate) fn split_laced(data: &[u8]) -> Option<Vec<&[u8]>> {
    let mut fields = Fields::new(data);
    let count = usize::from(fields.u8()?) + 1;
    let mut sizes = Vec::new();
    for _ in 1..count {
        let mut size = 0;
        loop {
            let byte = fields.u8()?;
            size += usize::from(byte);
            if byte != 255 {
                break;
            }
        }
        sizes.push(size);
    }
    let mut parts = Vec::new();
    for size in sizes {
        parts.push(fields.take(size)?);
    }
    parts.push(fields.rest());
    Some(parts)
}

/// Joins the three Vorbis header packets into one description.
pub(crate) fn lace(packets: &[&[u8]]) -> Vec<u8> {
    let mut laced = vec![packets.len().saturating_sub(1) as u8];
    for packet in &packets[..packets.len().saturating_sub(1)] {
        laced.extend(std::iter::repeat_n(255, packet.len() / 255));
        laced.push((packet.len() % 255) as u8);
    }
    packets.iter().for_each(|packet| laced.extend(*packet));
    laced
}

/// Codec of a Vorbis track with these laced headers.
pub(crate) fn vorbis(laced: &[u8]) -> Codec {
    Codec { name: "vorbis".into(), webcodecs: Some("vorbis".into()), description: Some(laced.to_vec()) }
}

/// Codec of a FLAC track. The description is the native file header: the marker and the metadata blocks.
pub(crate) fn flac(header: Vec<u8>) -> Codec {
    Codec { name: "flac".into(), webcodecs: Some("flac".into()), description: Some(header) }
}

/// What the Vorbis headers say about time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Vorbis {
    pub sample_rate: u32,
    pub channels: u32,
    short_block: u32,
    long_block: u32,
    /// For each mode, whether it uses the long block; empty if the setup header could not be read.
    modes: Vec<bool>,
    previous: Option<u32>,
}

impl Vorbis {
    /// From the identification and setup packets (Vorbis I §4.2).
    pub fn new(identification: &[u8], setup: &[u8]) -> Option<Self> {
        let mut fields = Fields::new(identification.strip_prefix(b"\x01vorbis")?);
        fields.skip(4)?;
        let channels = u32::from(fields.u8()?);
        let sample_rate = fields.u32_le()?;
        fields.skip(12)?;
        let blocks = fields.u8()?;
        let (short_block, long_block) = (1u32 << (blocks & 15), 1u32 << (blocks >> 4));
        let sound = channels > 0 && sample_rate > 0 && short_block <= long_block && short_block >= 64;
        sound.then(|| Self {
            sample_rate,
            channels,
            short_block,
            long_block,
            modes: read_modes(setup),
            previous: None,
        })
    }

    /// Forgets the block before, as after a seek.
    pub fn reset(&mut self) {
        self.previous = None;
    }

    /// The most samples that one packet adds.
    pub fn longest_packet(&self) -> u32 {
        self.long_block / 2
    }

    /// Samples that decoding this packet adds: a quarter of the block before and of this one (Vorbis I §4.3.8).
    /// The first packet after a reset adds none.
    pub fn packet_samples(&mut self, packet: &[u8]) -> u32 {
        let Some(&first) = packet.first().filter(|&&byte| byte & 1 == 0) else { return 0 };
        let mode_bits = usize::BITS - self.modes.len().saturating_sub(1).leading_zeros();
        let mode = usize::from(first >> 1) & ((1 << mode_bits) - 1);
        let long = self.modes.get(mode).copied().unwrap_or(true);
        let block = if long { self.long_block } else { self.short_block };
        let samples = self.previous.map_or(0, |previous| previous / 4 + block / 4);
        self.previous = Some(block);
        samples
    }
}

/// Reads the mode table backwards from the framing bit that ends the setup header: each mode is a block flag, two
/// zero words of 16 bits and a mapping number of 8, and a 6-bit count precedes them all.
fn read_modes(setup: &[u8]) -> Vec<bool> {
    let bit = |at: usize| setup.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1);
    let value =
        |at: usize, count: usize| (0..count).fold(0u32, |value, n| value | u32::from(bit(at + n)) << n);
    let Some(end) = (0..setup.len() * 8).rev().find(|&at| bit(at)) else { return Vec::new() };
    let mut at = end;
    let mut flags = Vec::new();
    let mut best = 0;
    while at >= 97 {
        at -= 41;
        if value(at + 1, 16) != 0 || value(at + 17, 16) != 0 || value(at + 33, 8) > 63 {
            break;
        }
        flags.push(bit(at));
        if flags.len() > 64 {
            break;
        }
        if value(at - 6, 6) as usize + 1 == flags.len() {
            best = flags.len();
        }
    }
    flags.truncate(best);
    flags.reverse();
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lacing_and_splitting_are_inverse() {
        let (a, b, c) = (vec![1u8; 30], vec![2u8; 255], vec![3u8; 700]);
        let laced = lace(&[&a, &b, &c]);
        assert_eq!(split_laced(&laced), Some(vec![&a[..], &b[..], &c[..]]));
        assert_eq!(split_laced(&[2, 255]), None);
        assert_eq!(split_laced(&[2, 4, 4, 0]), None);
    }

    #[test]
    fn a_mode_table_is_read_from_its_end() {
        // Bits, lowest first: padding, count 1 (two modes), short mode, long mode, framing bit.
        let mut bits = vec![false; 64];
        let mut push = |value: u32, count: u32| (0..count).for_each(|n| bits.push(value >> n & 1 == 1));
        push(1, 6);
        for (flag, mapping) in [(0, 0), (1, 1)] {
            push(flag, 1);
            push(0, 32);
            push(mapping, 8);
        }
        push(1, 1);
        let bytes: Vec<u8> = bits
            .chunks(8)
            .map(|byte| byte.iter().enumerate().fold(0, |value, (n, &bit)| value | u8::from(bit) << n))
            .collect();
        assert_eq!(read_modes(&bytes), [false, true]);
        assert!(read_modes(&[]).is_empty());
        assert!(read_modes(&[0; 40]).is_empty());
    }
}
