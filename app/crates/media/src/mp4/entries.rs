//! The raw boxes of a sample table: entries of fixed size inside shared bytes, and sample sizes in their three forms.
//! A claimed count is cut to what is there; nothing is copied or expanded.

use std::ops::Range;
use std::rc::Rc;

/// Fixed-size entries inside shared bytes.
#[derive(Debug, Clone)]
pub(super) struct Entries {
    bytes: Rc<[u8]>,
    start: usize,
    pub stride: usize,
    pub count: usize,
}

impl Entries {
    /// The entries of a full box whose body begins with version, flags, `skip` bytes and a count. As many as are there.
    pub fn of_box(bytes: &Rc<[u8]>, body: Range<usize>, skip: usize, stride: usize) -> Option<Self> {
        let start = body.start + 4 + skip + 4;
        let counted: [u8; 4] = bytes.get(start - 4..start.min(body.end))?.try_into().ok()?;
        let claimed = u32::from_be_bytes(counted) as usize;
        let count = claimed.min((body.end - start) / stride);
        Some(Self { bytes: Rc::clone(bytes), start, stride, count })
    }

    pub fn u32_at(&self, entry: usize, field: usize) -> u32 {
        let at = self.start + entry * self.stride + field;
        match self.bytes.get(at..at + 4) {
            Some(&[a, b, c, d]) if entry < self.count => u32::from_be_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    pub fn pair(&self, entry: usize) -> (u32, u32) {
        (self.u32_at(entry, 0), self.u32_at(entry, 4))
    }
}

#[derive(Debug, Clone)]
pub(super) enum Sizes {
    Same(u32),
    Each(Entries),
    /// `stz2`: fields of 4, 8 or 16 bits.
    Packed {
        entries: Entries,
        bits: u32,
    },
}

pub(super) fn read_sizes(
    bytes: &Rc<[u8]>,
    stsz: Option<Range<usize>>,
    stz2: Option<Range<usize>>,
    frame_size: Option<u32>,
) -> (Sizes, u64) {
    let field =
        |at: usize| bytes.get(at..at + 4).and_then(|field| field.try_into().ok()).map(u32::from_be_bytes);
    if let Some(body) = stsz {
        let same = field(body.start + 4).unwrap_or(0);
        let claimed = field(body.start + 8).unwrap_or(0);
        if same != 0 {
            return (Sizes::Same(frame_size.unwrap_or(same)), u64::from(claimed));
        }
        if let Some(entries) = Entries::of_box(bytes, body, 4, 4) {
            let count = entries.count as u64;
            return (Sizes::Each(entries), count);
        }
    } else if let Some(body) = stz2 {
        let bits = field(body.start + 4).unwrap_or(0) & 0xFF;
        if let (4 | 8 | 16, Some(mut entries)) = (bits, Entries::of_box(bytes, body.clone(), 4, 1)) {
            let claimed = field(body.start + 8).unwrap_or(0) as usize;
            let fit = (body.end - entries.start) * 8 / bits as usize;
            entries.count = claimed.min(fit);
            let count = entries.count as u64;
            return (Sizes::Packed { entries, bits }, count);
        }
    }
    (Sizes::Same(0), 0)
}

impl Sizes {
    /// Bytes of one sample.
    pub fn of(&self, index: u64) -> u64 {
        match self {
            Sizes::Same(size) => u64::from(*size),
            Sizes::Each(entries) => u64::from(entries.u32_at(index as usize, 0)),
            Sizes::Packed { entries, bits } => {
                let byte = |at: usize| entries.bytes.get(entries.start + at).copied().map_or(0, u64::from);
                let index = index as usize;
                match bits {
                    4 => byte(index / 2) >> if index.is_multiple_of(2) { 4 } else { 0 } & 15,
                    8 => byte(index),
                    _ => byte(index * 2) << 8 | byte(index * 2 + 1),
                }
            }
        }
    }
}
