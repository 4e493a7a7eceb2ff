//! Box headers, in a file and in memory (ISO/IEC 14496-12 §4.2). One level at a time: nothing here recurses, so
//! nesting costs no stack. Knows no box by name.

use std::ops::Range;

use crate::error::Result;
use crate::source::{ByteSource as _, CachedSource};

pub(super) type Kind = [u8; 4];

/// A box in the file. `end` never lies behind the file's end.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileBox {
    pub kind: Kind,
    pub start: u64,
    pub body: u64,
    pub end: u64,
    /// Whether the box claims more than the file holds.
    pub is_cut: bool,
}

/// The header at `at`; `None` at the end of the file or where no box can be.
pub(super) fn read_file_box(source: &mut CachedSource, at: u64) -> Result<Option<FileBox>> {
    let Some([a, b, c, d, kind @ ..]) = source.read_array::<8>(at)? else { return Ok(None) };
    let kind: Kind = kind;
    let (claimed, header) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (source.len() - at, 8),
        1 => match source.read_array(at + 8)? {
            Some(large) => (u64::from_be_bytes(large), 16),
            None => return Ok(None),
        },
        small => (u64::from(small), 8),
    };
    if claimed < header {
        return Ok(None);
    }
    let claimed_end = at.saturating_add(claimed);
    let end = claimed_end.min(source.len());
    Ok(Some(FileBox { kind, start: at, body: at + header, end, is_cut: claimed_end > end }))
}

/// A box inside a byte slice. `body` is clamped to the slice.
#[derive(Debug, Clone)]
pub(super) struct Child {
    pub kind: Kind,
    pub body: Range<usize>,
}

/// The boxes in `data[within]`, in order. Ends quietly where a header makes no sense.
pub(super) fn children(data: &[u8], within: Range<usize>) -> impl Iterator<Item = Child> {
    let end = within.end.min(data.len());
    let mut at = within.start;
    std::iter::from_fn(move || {
        let header = data.get(at..end)?;
        let size = u32::from_be_bytes(header.get(..4)?.try_into().ok()?);
        let kind: Kind = header.get(4..8)?.try_into().ok()?;
        let (claimed, header_size) = match size {
            0 => (header.len(), 8),
            1 => {
                let large = u64::from_be_bytes(header.get(8..16)?.try_into().ok()?);
                (usize::try_from(large).unwrap_or(usize::MAX), 16)
            }
            small => (small as usize, 8),
        };
        if claimed < header_size {
            return None;
        }
        let start = at;
        at = start.saturating_add(claimed).min(end);
        Some(Child { kind, body: start + header_size..at.max(start + header_size).min(end) })
    })
}

/// The body of the first child of one kind.
pub(super) fn find(data: &[u8], within: &Range<usize>, kind: &Kind) -> Option<Range<usize>> {
    children(data, within.clone()).find(|child| child.kind == *kind).map(|child| child.body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_clamped_and_never_loop() {
        let check = |data: &[u8], want: &[(&[u8; 4], Range<usize>)]| {
            let got: Vec<_> = children(data, 0..data.len()).map(|child| (child.kind, child.body)).collect();
            let want: Vec<_> = want.iter().map(|(kind, body)| (**kind, body.clone())).collect();
            assert_eq!(got, want);
        };
        check(b"\0\0\0\x08free\0\0\0\x09skip!", &[(b"free", 8..8), (b"skip", 16..17)]);
        check(b"\0\0\0\x07free", &[]);
        check(b"\0\0\0\0free12", &[(b"free", 8..10)]);
        check(b"\xff\xff\xff\xfffree12", &[(b"free", 8..10)]);
        check(b"\0\0\0\x01free\xff\xff\xff\xff\xff\xff\xff\xff12", &[(b"free", 16..18)]);
        check(b"\0\0\0\x01free\0\0\0\0\0\0\0\x02", &[]);
    }
}
