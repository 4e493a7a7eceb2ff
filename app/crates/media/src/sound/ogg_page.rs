//! Ogg pages (RFC 3533 §6): headers, segment tables, and the way to the next page behind damage.
//! Knows no codec. Checksums are not verified: a decoder notices damage by itself.

use crate::bytes::Fields;
use crate::error::Result;
use crate::source::{ByteSource as _, CachedSource};

/// A page header and its segment table.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub start: u64,
    pub is_continued: bool,
    pub begins: bool,
    pub granule: i64,
    pub serial: u32,
    pub segments: Vec<u8>,
}

impl Page {
    pub fn body(&self) -> u64 {
        self.start + 27 + self.segments.len() as u64
    }

    pub fn end(&self) -> u64 {
        self.body() + self.segments.iter().map(|&size| u64::from(size)).sum::<u64>()
    }

    /// Packets that end on this page. A zero behind a whole packet is an empty one, which says nothing.
    pub fn packets_ended(&self) -> u64 {
        let before =
            std::iter::once(if self.is_continued { 255 } else { 0 }).chain(self.segments.iter().copied());
        self.segments
            .iter()
            .zip(before)
            .filter(|&(&size, before)| size < 255 && (size > 0 || before == 255))
            .count() as u64
    }
}

/// The page at or behind an offset; `None` when there is none any more.
pub(super) fn next_page(source: &mut CachedSource, from: u64) -> Result<Option<Page>> {
    let mut at = from;
    loop {
        if let Some(head) = source.read_array::<27>(at)?
            && head.starts_with(b"OggS\0")
        {
            let mut fields = Fields::new(&head[5..]);
            let flags = fields.u8().unwrap_or(0);
            let granule = fields.u64_le().unwrap_or(0) as i64;
            let serial = fields.u32_le().unwrap_or(0);
            let Some(segments) = source.read_vec(at + 27, head[26].into())? else { return Ok(None) };
            let page = Page {
                start: at,
                is_continued: flags & 1 != 0,
                begins: flags & 2 != 0,
                granule,
                serial,
                segments,
            };
            return Ok((page.end() <= source.len()).then_some(page));
        }
        match find_capture(source, at + 1)? {
            Some(found) => at = found,
            None => return Ok(None),
        }
    }
}

fn find_capture(source: &mut CachedSource, from: u64) -> Result<Option<u64>> {
    let mut window = vec![0; 64 << 10];
    let mut at = from;
    loop {
        let count = source.read_up_to(at, &mut window)?;
        if count < 5 {
            return Ok(None);
        }
        if let Some(found) = window[..count].windows(5).position(|bytes| bytes == b"OggS\0") {
            return Ok(Some(at + found as u64));
        }
        at += (count - 4) as u64;
    }
}
