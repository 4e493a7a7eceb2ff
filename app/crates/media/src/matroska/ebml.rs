//! EBML element headers and values (RFC 8794), in a file and in memory.
//! Knows element numbers only as numbers, and no hierarchy.

use std::ops::Range;

use crate::error::Result;
use crate::source::{ByteSource as _, CachedSource};

/// An element in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element {
    pub id: u32,
    pub start: u64,
    pub body: u64,
    /// Never behind the end of the file; for an unknown size, the end of the file.
    pub end: u64,
    pub is_unknown_size: bool,
    /// Whether it claims more than the file holds.
    pub is_cut: bool,
}

/// Length of a variable-size number by its first byte; 0 for none.
fn vint_length(first: u8) -> usize {
    first.leading_zeros() as usize + 1
}

/// A variable-size number and its length; `None` in place of a value means "unknown size".
fn read_size(bytes: &[u8]) -> Option<(Option<u64>, usize)> {
    let length = vint_length(*bytes.first()?);
    if length > 8 {
        return None;
    }
    let mut value = 0u64;
    for &byte in bytes.get(..length)? {
        value = value << 8 | u64::from(byte);
    }
    let mask = (1u64 << (7 * length)) - 1;
    let value = value & mask;
    Some(((value != mask).then_some(value), length))
}

/// A variable-size number with its marker removed, as track numbers and lace sizes are coded.
pub(super) fn read_vint(bytes: &[u8]) -> Option<(u64, usize)> {
    let (value, length) = read_size(bytes)?;
    Some((value?, length))
}

/// An element number, marker kept.
fn read_id(bytes: &[u8]) -> Option<(u32, usize)> {
    let length = vint_length(*bytes.first()?);
    if length > 4 {
        return None;
    }
    let id = bytes.get(..length)?.iter().fold(0u32, |id, &byte| id << 8 | u32::from(byte));
    Some((id, length))
}

/// The element at `at`; `None` at the end of the file or where none can be.
pub(super) fn read_element(source: &mut CachedSource, at: u64) -> Result<Option<Element>> {
    let mut head = [0; 12];
    let count = source.read_up_to(at, &mut head)?;
    let head = &head[..count];
    let Some((id, id_length)) = read_id(head) else { return Ok(None) };
    let Some((size, size_length)) = head.get(id_length..).and_then(read_size) else { return Ok(None) };
    let body = at + (id_length + size_length) as u64;
    let claimed = size.map_or(source.len(), |size| body.saturating_add(size));
    let end = claimed.min(source.len()).max(body);
    Ok(Some(Element {
        id,
        start: at,
        body,
        end,
        is_unknown_size: size.is_none(),
        is_cut: claimed > source.len(),
    }))
}

/// The elements in `data[within]`: `(id, body)`. Bodies are clamped; ends quietly where a header makes no sense.
pub(super) fn elements(data: &[u8], within: Range<usize>) -> impl Iterator<Item = (u32, Range<usize>)> {
    let end = within.end.min(data.len());
    let mut at = within.start;
    std::iter::from_fn(move || {
        let (id, id_length) = read_id(data.get(at..end)?)?;
        let (size, size_length) = read_size(data.get(at + id_length..end)?)?;
        let body = at + id_length + size_length;
        let size = size.and_then(|size| usize::try_from(size).ok()).unwrap_or(usize::MAX);
        at = body.saturating_add(size).min(end);
        Some((id, body..at))
    })
}

/// The body of the first element with this number.
pub(super) fn find(data: &[u8], within: &Range<usize>, id: u32) -> Option<Range<usize>> {
    elements(data, within.clone()).find(|(found, _)| *found == id).map(|(_, body)| body)
}

pub(super) fn unsigned(body: &[u8]) -> Option<u64> {
    (body.len() <= 8).then(|| body.iter().fold(0, |value, &byte| value << 8 | u64::from(byte)))
}

/// A signed number, whose highest bit is the sign in any length.
pub(super) fn signed(body: &[u8]) -> Option<i64> {
    let bits = 64 - 8 * u32::try_from(body.len()).ok().filter(|length| (1..=8).contains(length))?;
    unsigned(body).map(|value| (value << bits) as i64 >> bits)
}

pub(super) fn float(body: &[u8]) -> Option<f64> {
    match body.len() {
        4 => body.try_into().ok().map(|bytes| f64::from(f32::from_be_bytes(bytes))),
        8 => body.try_into().ok().map(f64::from_be_bytes),
        _ => None,
    }
}

/// Text up to the first zero byte.
pub(super) fn text(body: &[u8]) -> String {
    let end = body.iter().position(|&byte| byte == 0).unwrap_or(body.len());
    String::from_utf8_lossy(&body[..end]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_in_every_length() {
        let check = |bytes: &[u8], want: Option<(Option<u64>, usize)>| {
            assert_eq!(read_size(bytes), want, "{bytes:02x?}")
        };
        check(&[0x81], Some((Some(1), 1)));
        check(&[0x40, 0x02], Some((Some(2), 2)));
        check(&[0xFF], Some((None, 1)));
        check(&[0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Some((None, 8)));
        check(&[0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE], Some((Some((1 << 56) - 2), 8)));
        check(&[0x00, 1, 2], None);
        check(&[0x40], None);
        check(&[], None);
    }

    #[test]
    fn signed_numbers_take_their_sign_from_the_highest_bit() {
        assert_eq!(signed(&[0xFF]), Some(-1));
        assert_eq!(signed(&[0x00, 0xFF]), Some(255));
        assert_eq!(signed(&[0x80, 0, 0, 0, 0, 0, 0, 0]), Some(i64::MIN));
        assert_eq!(signed(&[]), None);
    }

    #[test]
    fn elements_are_clamped_and_never_loop() {
        let data = [0xEC, 0x82, 1, 2, 0xD7, 0x84, 9];
        let got: Vec<_> = elements(&data, 0..data.len()).collect();
        assert_eq!(got, [(0xEC, 2..4), (0xD7, 6..7)]);
        assert_eq!(elements(&[0xEC, 0x01], 0..2).count(), 0);
    }
}
