//! Frames of sound that each state their length, one by one: what a header says, and how the next one is found. What MP3 and ADTS
//! make of it each says in a [`Framing`].

use crate::error::Result;
use crate::facts::{Codec, Container};
use crate::source::{ByteSource as _, CachedSource};

/// A frame's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrameHead {
    /// Bytes of the whole frame.
    pub length: u64,
    /// Bytes in front of the coded data that a decoder is not given.
    pub skip: u64,
    pub samples: u32,
    pub sample_rate: u32,
    pub channels: u32,
    /// What may not change from frame to frame.
    pub kind: u32,
}

/// Reads one header out of a frame's first bytes.
pub(super) type ReadHead = fn(&[u8]) -> Option<FrameHead>;

/// Bytes that are enough for any header, and for the mark of a frame that holds facts instead of sound.
pub(super) const HEAD_BYTES: usize = 48;
/// The first frame at or behind `from` that another one of its kind follows (or the end does).
pub(super) fn find_frame(
    source: &mut CachedSource,
    from: u64,
    within: u64,
    read: ReadHead,
) -> Result<Option<(u64, FrameHead)>> {
    let mut window = vec![0; 32 << 10];
    let limit = from.saturating_add(within).min(source.len());
    let mut at = from;
    while at < limit {
        let count = source.read_up_to(at, &mut window)?;
        if count < 4 {
            break;
        }
        for (offset, byte) in window[..count - 3].iter().enumerate() {
            let here = at + offset as u64;
            if *byte != 0xFF || here >= limit {
                continue;
            }
            if let Some(head) = read_head(source, here, read)?
                && is_followed(source, here, head, read)?
            {
                return Ok(Some((here, head)));
            }
        }
        at += (count - 3) as u64;
    }
    Ok(None)
}

pub(super) fn read_head(source: &mut CachedSource, at: u64, read: ReadHead) -> Result<Option<FrameHead>> {
    let mut bytes = [0; HEAD_BYTES];
    let count = source.read_up_to(at, &mut bytes)?;
    Ok(read(&bytes[..count]))
}

/// Two more frames of the same kind behind this one, or the end of the file.
fn is_followed(source: &mut CachedSource, at: u64, head: FrameHead, read: ReadHead) -> Result<bool> {
    let mut next = at + head.length;
    for follower in 0..2 {
        // A cut last frame must not speak for itself.
        if next >= source.len() {
            return Ok(follower > 0 || next == source.len());
        }
        match read_head(source, next, read)? {
            Some(other) if other.kind == head.kind => next += other.length,
            _ => return Ok(follower > 0 && is_tag(source, next)?),
        }
    }
    Ok(true)
}

fn is_tag(source: &mut CachedSource, at: u64) -> Result<bool> {
    Ok(source.read_array::<3>(at)?.is_some_and(|tag| matches!(&tag, b"TAG" | b"APE" | b"ID3" | b"LYR")))
}

/// What a frame says that holds facts about a recording instead of sound.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Information {
    /// Frames behind this one, and bytes from this one on.
    pub frames: Option<u64>,
    pub bytes: Option<u64>,
    /// Samples in front of the sound, which lie before its beginning, and behind it.
    pub early: u32,
    pub late: u32,
}

/// How one of the two formats is read.
#[derive(Clone, Copy)]
pub(super) struct Framing {
    pub container: Container,
    pub read: ReadHead,
    /// Whether the first bytes of a frame say that it holds facts about the file instead of sound.
    pub is_information: fn(&[u8], FrameHead) -> bool,
    /// What such a frame says.
    pub information: fn(&mut CachedSource, u64, FrameHead) -> Result<Information>,
    pub codec: fn(&mut CachedSource, u64, FrameHead) -> Result<Codec>,
    /// Frames a decoder needs before its output is sound.
    pub lead_in: u64,
    /// What a file was taken for in which no frame is found: MP3 also lies in WAV.
    pub claimed: Container,
}

/// In front of a frame.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Position {
    pub piece: usize,
    /// Frames and samples of the piece that lie before.
    pub frame: u64,
    pub sample: u64,
    pub offset: u64,
}
