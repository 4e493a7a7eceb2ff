//! One block: track number, time, flags, and the frames laced into it (RFC 9559 §10).
//! Reads the lace's sizes; the frames' bytes stay where they are.

use super::ebml;
use crate::bytes::Fields;

/// Where a block's frames lie, relative to the block's first byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lace {
    /// Offset and size of each frame.
    pub frames: Vec<(u64, u64)>,
}

/// The fixed head of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BlockHead {
    pub track: u64,
    /// Ticks after the cluster's.
    pub time: i16,
    pub is_key: bool,
    lacing: u8,
    length: usize,
}

/// The head out of a block's first bytes; sixteen are always enough.
pub(super) fn read_head(bytes: &[u8]) -> Option<BlockHead> {
    let (track, track_length) = ebml::read_vint(bytes)?;
    let mut fields = Fields::new(bytes.get(track_length..)?);
    let time = fields.u16()? as i16;
    let flags = fields.u8()?;
    Some(BlockHead {
        track,
        time,
        is_key: flags & 0x80 != 0,
        lacing: flags >> 1 & 3,
        length: track_length + 3,
    })
}

impl BlockHead {
    pub fn is_laced(&self) -> bool {
        self.lacing != 0
    }

    /// How many frames a laced block says it has.
    pub fn lace_count(&self, start: &[u8]) -> Option<u64> {
        start.get(self.length).map(|&byte| u64::from(byte) + 1)
    }

    /// Frames of a block of `size` bytes, of which `start` holds the beginning (all size fields lie in it).
    pub fn lace(&self, start: &[u8], size: u64) -> Option<Lace> {
        let from = self.length as u64;
        if self.lacing == 0 {
            return Some(Lace { frames: vec![(from, size.checked_sub(from)?)] });
        }
        let mut fields = Fields::new(start.get(self.length..)?);
        let count = u64::from(fields.u8()?) + 1;
        let mut sizes = Vec::new();
        match self.lacing {
            1 => {
                for _ in 1..count {
                    let mut frame = 0;
                    loop {
                        let byte = fields.u8()?;
                        frame += u64::from(byte);
                        if byte != 255 {
                            break;
                        }
                    }
                    sizes.push(frame);
                }
            }
            2 => {
                let data = size.checked_sub(from + 1)?;
                sizes.resize(count as usize - 1, data / count);
            }
            _ => {
                let mut previous = 0i64;
                for frame in 1..count {
                    let (value, length) = ebml::read_vint(fields.rest())?;
                    fields.skip(length)?;
                    let bias = (1i64 << (7 * length - 1)) - 1;
                    let value = i64::try_from(value).ok()?;
                    previous = if frame == 1 { value } else { previous.checked_add(value - bias)? };
                    sizes.push(u64::try_from(previous).ok()?);
                }
            }
        }
        let mut at = from + fields.position() as u64;
        let mut frames = Vec::with_capacity(sizes.len() + 1);
        for frame in sizes {
            frames.push((at, frame));
            at = at.checked_add(frame)?;
        }
        frames.push((at, size.checked_sub(at)?));
        Some(Lace { frames })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laces_of_every_kind_give_their_frames() {
        let check = |bytes: &[u8], size: u64, want: Option<&[(u64, u64)]>| {
            let head = read_head(bytes).expect("a head");
            assert_eq!(head.track, 1);
            let lace = head.lace(bytes, size);
            assert_eq!(lace.as_ref().map(|lace| lace.frames.as_slice()), want, "{bytes:02x?}");
        };
        check(&[0x81, 0, 5, 0x80], 14, Some(&[(4, 10)]));
        check(&[0x81, 0, 5, 0x02, 2, 255, 1, 3], 8 + 256 + 3 + 9, Some(&[(8, 256), (264, 3), (267, 9)]));
        check(&[0x81, 0, 5, 0x04, 2], 5 + 30, Some(&[(5, 10), (15, 10), (25, 10)]));
        check(&[0x81, 0, 5, 0x06, 2, 0x84, 0xC0], 7 + 4 + 5 + 6, Some(&[(7, 4), (11, 5), (16, 6)]));
        check(&[0x81, 0, 5, 0x02, 2, 255, 1, 3], 100, None);
        check(&[0x81, 0, 5, 0x06, 2, 0x81, 0x80], 30, None);
        assert_eq!(read_head(&[0x81, 0]), None);
    }

    #[test]
    fn a_head_holds_time_and_key_flag() {
        let head = read_head(&[0x40, 0x7F, 0xFF, 0xFE, 0x80, 1]).expect("a head");
        assert_eq!((head.track, head.time, head.is_key), (127, -2, true));
    }
}
