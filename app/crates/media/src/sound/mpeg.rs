//! MPEG audio, layers 1 to 3 (ISO/IEC 11172-3, 13818-3): frame headers and the Xing, Info and VBRI frames.
//! Decodes nothing.

use super::framed::FramedReader;
use super::framing::{FrameHead, Framing, Information};
use crate::codec;
use crate::error::Result;
use crate::facts::{Codec, Container};
use crate::reader::Reader;
use crate::source::{ByteSource as _, CachedSource};

/// Kilobits per second by index: version 1 layers 1, 2, 3; versions 2 and 2.5 layer 1, layers 2 and 3.
const BITRATES: [[u32; 14]; 5] = [
    [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
    [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];

/// A frame header; free-format frames, which state no length, are not read.
pub(super) fn read_head(bytes: &[u8]) -> Option<FrameHead> {
    let &[0xFF, second, third, fourth, ..] = bytes else { return None };
    let version = second >> 3 & 3;
    let layer = 4 - (second >> 1 & 3);
    let (bitrate, rate) = (third >> 4, third >> 2 & 3);
    if second & 0xE0 != 0xE0
        || version == 1
        || layer == 4
        || rate == 3
        || !(1..=14).contains(&bitrate)
        || fourth & 3 == 2
    {
        return None;
    }
    let is_first_version = version == 3;
    let table = match (is_first_version, layer) {
        (true, layer) => usize::from(layer) - 1,
        (false, 1) => 3,
        (false, _) => 4,
    };
    let bits = BITRATES[table][usize::from(bitrate) - 1] * 1000;
    let sample_rate = [44_100, 48_000, 32_000][usize::from(rate)] >> [2, 0, 1, 0][usize::from(version)];
    let samples = match (layer, is_first_version) {
        (1, _) => 384,
        (3, false) => 576,
        _ => 1152,
    };
    let padding = u32::from(third >> 1 & 1);
    let length = if layer == 1 {
        (12 * bits / sample_rate + padding) * 4
    } else {
        samples / 8 * bits / sample_rate + padding
    };
    let channels = if fourth >> 6 == 3 { 1 } else { 2 };
    Some(FrameHead {
        length: length.into(),
        skip: 0,
        samples,
        sample_rate,
        channels,
        kind: u32::from(second & 0xFE) << 8 | channels << 4 | u32::from(rate),
    })
}

pub(crate) fn open(source: CachedSource, start: u64) -> Result<Box<dyn Reader>> {
    open_within(source, start, Container::Mp3)
}

/// MP3 frames from an offset on, whatever they are wrapped in.
pub(super) fn open_within(source: CachedSource, start: u64, container: Container) -> Result<Box<dyn Reader>> {
    let framing = Framing {
        container,
        read: read_head,
        is_information,
        information,
        codec: codec_of,
        // The bit reservoir reaches back up to nine frames.
        lead_in: 9,
        claimed: Container::Mp3,
    };
    Ok(Box::new(FramedReader::open(source, start, framing)?))
}

fn codec_of(_: &mut CachedSource, _: u64, head: FrameHead) -> Result<Codec> {
    Ok(match 4 - (head.kind >> 9 & 3) {
        3 => codec::simple("mp3", "mp3"),
        2 => codec::named("mp2"),
        _ => codec::named("mp1"),
    })
}

/// Where the Xing or Info tag lies in its frame: behind the side information.
fn tag_offset(head: FrameHead) -> usize {
    let is_first_version = head.kind >> 11 & 3 == 3;
    4 + match (is_first_version, head.channels) {
        (true, 2) => 32,
        (true, _) | (false, 2) => 17,
        (false, _) => 9,
    }
}

/// Fraunhofer's tag lies in one place whatever the frame is like.
const VBRI: usize = 36;

fn is_information(frame: &[u8], head: FrameHead) -> bool {
    let tag = tag_offset(head);
    matches!(frame.get(tag..tag + 4), Some(b"Xing" | b"Info")) || frame.get(VBRI..VBRI + 4) == Some(b"VBRI")
}

fn information(source: &mut CachedSource, at: u64, head: FrameHead) -> Result<Information> {
    let frame = source.read_vec(at, head.length.min(source.len() - at))?.unwrap_or_default();
    let number = |at: usize| {
        frame
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok())
            .map(|bytes| u64::from(u32::from_be_bytes(bytes)))
    };
    if frame.get(VBRI..VBRI + 4) == Some(b"VBRI") {
        return Ok(Information {
            bytes: number(VBRI + 10),
            frames: number(VBRI + 14),
            ..Information::default()
        });
    }
    let tag = tag_offset(head);
    let flags = number(tag + 4).unwrap_or(0);
    let frames = number(tag + 8).filter(|_| flags & 1 == 1);
    let bytes = number(if flags & 1 == 1 { tag + 12 } else { tag + 8 }).filter(|_| flags & 2 == 2);
    let (early, late) = encoder_padding(&frame, head);
    Ok(Information { frames, bytes, early, late })
}

/// Samples in front of the sound and behind it, by LAME's tag; the decoder itself lags by 529.
fn encoder_padding(frame: &[u8], head: FrameHead) -> (u32, u32) {
    let tag = tag_offset(head);
    let read = || {
        let flags = u32::from_be_bytes(frame.get(tag + 4..tag + 8)?.try_into().ok()?);
        // Frames, bytes, table of contents and quality are each there if their bit is set.
        let optional =
            [4, 4, 100, 4].iter().enumerate().filter(|(bit, _)| flags >> bit & 1 == 1).map(|(_, size)| size);
        let lame = tag + 8 + optional.sum::<usize>();
        let is_lame =
            frame.get(lame..lame + 4).is_some_and(|name| matches!(name, b"LAME" | b"Lavf" | b"Lavc"));
        let packed: [u8; 3] = frame.get(lame + 21..lame + 24)?.try_into().ok()?;
        let packed = packed.iter().fold(0, |value, &byte| value << 8 | u32::from(byte));
        let (delay, padding) = (packed >> 12, packed & 0xFFF);
        (is_lame && delay > 0).then_some((delay + 529, padding.saturating_sub(529)))
    };
    read().unwrap_or((0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_give_length_and_time() {
        let check = |bytes: [u8; 4], length: u64, samples: u32, sample_rate: u32, channels: u32| {
            let head = read_head(&bytes).expect("a header");
            assert_eq!(
                (head.length, head.samples, head.sample_rate, head.channels),
                (length, samples, sample_rate, channels)
            );
        };
        check([0xFF, 0xFB, 0x90, 0x00], 417, 1152, 44_100, 2);
        check([0xFF, 0xFB, 0x92, 0xC0], 418, 1152, 44_100, 1);
        check([0xFF, 0xF3, 0x84, 0x00], 192, 576, 24_000, 2);
        check([0xFF, 0xFD, 0xA4, 0x00], 576, 1152, 48_000, 2);
        for bytes in
            [[0xFF, 0xFB, 0x00, 0], [0xFF, 0xFB, 0xF0, 0], [0xFF, 0xFB, 0x9C, 0], [0xFF, 0xEB, 0x90, 0]]
        {
            assert_eq!(read_head(&bytes), None, "{bytes:02x?}");
        }
    }
}
