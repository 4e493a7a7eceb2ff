//! What kind of file this is, by its first bytes.
//! Trusts no file name and parses no further than a signature.

use crate::error::{Error, Result};
use crate::foreign::{self, Foreign};
use crate::reader::Format;
use crate::sound::{frames_behind, look_for_frames};
use crate::source::CachedSource;

/// Decides by signature; `Error` names a foreign format, or says that nothing was recognized.
/// The second value is where the payload begins, behind any ID3 tags.
pub(crate) fn sniff(source: &mut CachedSource) -> Result<(Format, u64)> {
    let mut head = [0; 8192];
    let length = source.read_up_to(0, &mut head)?;
    let head = &head[..length];
    if length < 4 {
        return Err(if length == 0 { Error::NoBytes } else { Error::FewBytes });
    }
    if let Some(foreign) = foreign::recognize(head) {
        return Err(Error::Foreign(foreign));
    }
    if let Some(format) = by_signature(head) {
        return Ok((format, 0));
    }
    let start = skip_id3(source)?;
    if start > 0 {
        let mut behind = [0; 16];
        let length = source.read_up_to(start, &mut behind)?;
        match by_signature(&behind[..length]) {
            Some(format @ (Format::Flac | Format::Adts | Format::Riff | Format::Aiff | Format::Ogg)) => {
                return Ok((format, start));
            }
            _ => return Ok((Format::MpegAudio, start)),
        }
    }
    if let Some(format) = look_for_frames(source)? {
        return Ok((format, 0));
    }
    if has_late_boxes(source)? {
        return Ok((Format::IsoMedia, 0));
    }
    Err(if foreign::is_text(head) { Error::Foreign(Foreign::Text) } else { Error::Unrecognized })
}

fn by_signature(head: &[u8]) -> Option<Format> {
    let kind = head.get(4..8);
    match head {
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Some(Format::Matroska),
        [b'R', b'I', b'F', b'F' | b'X', ..] | [b'R', b'F', b'6', b'4', ..] | [b'B', b'W', b'6', b'4', ..]
            if head.get(8..12) == Some(b"WAVE") =>
        {
            Some(Format::Riff)
        }
        [b'r', b'i', b'f', b'f', 0x2E, 0x91, 0xCF, 0x11, ..] => Some(Format::Riff),
        [b'F', b'O', b'R', b'M', ..] if matches!(head.get(8..12), Some(b"AIFF" | b"AIFC")) => {
            Some(Format::Aiff)
        }
        [b'c', b'a', b'f', b'f', ..] => Some(Format::Caf),
        [b'f', b'L', b'a', b'C', ..] => Some(Format::Flac),
        [b'O', b'g', b'g', b'S', ..] => Some(Format::Ogg),
        _ => {
            let known = [
                b"ftyp", b"moov", b"mdat", b"moof", b"free", b"skip", b"wide", b"pnot", b"styp", b"sidx",
                b"uuid", b"junk", b"PICT", b"udta", b"meta", b"emsg", b"prft",
            ];
            kind.filter(|kind| known.iter().any(|name| name.as_slice() == *kind)).map(|_| Format::IsoMedia)
        }
    }
}

/// Where the audio begins behind any number of ID3v2 tags (id3.org, ID3v2.4 §3.1); 0 without one.
fn skip_id3(source: &mut CachedSource) -> Result<u64> {
    use crate::source::ByteSource as _;
    let mut at = 0;
    while let Some([b'I', b'D', b'3', major, minor, flags, size @ ..]) = source.read_array::<10>(at)? {
        if major == 0xFF || minor == 0xFF || size.iter().any(|byte| byte & 0x80 != 0) {
            break;
        }
        let size: [u8; 4] = size;
        let body = size.iter().fold(0u64, |size, &byte| size << 7 | u64::from(byte));
        let next = at + 10 + body + if flags & 0x10 != 0 { 10 } else { 0 };
        if next >= source.len() {
            return if frames_behind(source, at + 10)? { Ok(at + 10) } else { Err(Error::TagTooLarge) };
        }
        at = next;
    }
    Ok(at)
}

/// Whether a chain of plausible boxes leads to `moov` or `mdat`, although the first box has an unusual name.
fn has_late_boxes(source: &mut CachedSource) -> Result<bool> {
    use crate::source::ByteSource as _;
    let mut at = 0u64;
    for _ in 0..64 {
        let Some(header) = source.read_array::<8>(at)? else { return Ok(false) };
        let [a, b, c, d, kind @ ..] = header;
        let kind: [u8; 4] = kind;
        if matches!(&kind, b"moov" | b"mdat" | b"moof" | b"ftyp") && at > 0 {
            return Ok(true);
        }
        let size = u64::from(u32::from_be_bytes([a, b, c, d]));
        if size < 8 || at + size > source.len() || !kind.iter().all(|&byte| byte >= 0x20) {
            return Ok(false);
        }
        at += size;
    }
    // Sixty-four well-formed boxes in a row are boxes, whatever their names.
    Ok(true)
}
