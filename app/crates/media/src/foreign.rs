//! Kinds of files that are recognized in order to be refused by name. Reads no further than a signature.

use serde::{Deserialize, Serialize};

/// A kind of file that is known and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Foreign {
    // Recordings with a picture.
    Avi,
    Flv,
    MpegTransport,
    /// The form of camcorders and Blu-ray, whose packets carry a time in front.
    M2ts,
    MpegProgram,
    MpegVideo,
    WindowsMedia,
    RealMedia,
    Ivf,
    // Recordings of sound alone.
    Amr,
    Silk,
    MonkeysAudio,
    WavPack,
    Au,
    Ac3,
    Dts,
    // What can be unpacked.
    Zip,
    Rar,
    SevenZip,
    Gzip,
    // What is no recording.
    Midi,
    WebP,
    Png,
    Jpeg,
    Gif,
    /// HEIC or AVIF.
    Heif,
    Pdf,
    WindowsProgram,
    Program,
    Database,
    /// What a failed download often leaves.
    WebPage,
    Text,
}

/// The foreign kind that a file begins like; [`is_text`] is asked only when all else is ruled out.
pub(crate) fn recognize(head: &[u8]) -> Option<Foreign> {
    let synced = |step: usize| (0..4).all(|n| head.get(n * step) == Some(&0x47)) && head.len() > 3 * step;
    let found = match head {
        [b'R', b'I', b'F', b'F', ..] if head.get(8..11) == Some(b"AVI") => Foreign::Avi,
        [b'R', b'I', b'F', b'F', ..] if head.get(8..12) == Some(b"WEBP") => Foreign::WebP,
        [b'F', b'L', b'V', 1, ..] => Foreign::Flv,
        [0x47, ..] if synced(188) || synced(204) => Foreign::MpegTransport,
        [_, _, _, _, 0x47, ..] if (0..4).all(|n| head.get(4 + n * 192) == Some(&0x47)) => Foreign::M2ts,
        [0, 0, 1, 0xBA, ..] => Foreign::MpegProgram,
        [0, 0, 1, 0xB3, ..] => Foreign::MpegVideo,
        [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] => Foreign::WindowsMedia,
        [b'.', b'R', b'M', b'F', ..] => Foreign::RealMedia,
        [b'#', b'!', b'A', b'M', b'R', ..] => Foreign::Amr,
        [b'#', b'!', b'S', b'I', b'L', b'K', ..] => Foreign::Silk,
        [b'M', b'A', b'C', b' ', ..] => Foreign::MonkeysAudio,
        [b'w', b'v', b'p', b'k', ..] => Foreign::WavPack,
        [b'.', b's', b'n', b'd', ..] => Foreign::Au,
        [b'M', b'T', b'h', b'd', ..] => Foreign::Midi,
        [0x0B, 0x77, ..] => Foreign::Ac3,
        [0x7F, 0xFE, 0x80, 0x01, ..] => Foreign::Dts,
        [b'D', b'K', b'I', b'F', ..] => Foreign::Ivf,
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Foreign::Zip,
        [b'R', b'a', b'r', b'!', ..] => Foreign::Rar,
        [b'7', b'z', 0xBC, 0xAF, ..] => Foreign::SevenZip,
        [0x1F, 0x8B, ..] => Foreign::Gzip,
        [0x89, b'P', b'N', b'G', ..] => Foreign::Png,
        [0xFF, 0xD8, 0xFF, ..] => Foreign::Jpeg,
        [b'G', b'I', b'F', b'8', ..] => Foreign::Gif,
        [b'%', b'P', b'D', b'F', ..] => Foreign::Pdf,
        [b'M', b'Z', ..] => Foreign::WindowsProgram,
        [0x7F, b'E', b'L', b'F', ..] => Foreign::Program,
        [b'S', b'Q', b'L', b'i', b't', b'e', ..] => Foreign::Database,
        _ if head.get(4..8) == Some(b"ftyp")
            && matches!(head.get(8..12), Some(b"heic" | b"heix" | b"mif1" | b"avif")) =>
        {
            Foreign::Heif
        }
        _ if is_html(head) => Foreign::WebPage,
        _ => return None,
    };
    Some(found)
}

fn is_html(head: &[u8]) -> bool {
    let text = head.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(head);
    let start: Vec<u8> = text
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take(15)
        .map(u8::to_ascii_lowercase)
        .collect();
    [b"<!doctype".as_slice(), b"<html", b"<?xml", b"<head", b"<body", b"<svg"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

/// Whether it reads like text to its end, which a signature may do as well.
pub(crate) fn is_text(head: &[u8]) -> bool {
    let whole = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    whole && head.iter().all(|&byte| byte >= 0x20 || matches!(byte, b'\n' | b'\r' | b'\t' | 0x0C))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_give_kinds() {
        let check = |head: &[u8], expected| assert_eq!(recognize(head), expected, "{head:02x?}");
        check(b"RIFF\x10\0\0\0AVI LIST", Some(Foreign::Avi));
        check(b"RIFF\x10\0\0\0WAVEfmt ", None);
        check(b"PK\x03\x04", Some(Foreign::Zip));
        check(b"\0\0\0\x18ftypheic", Some(Foreign::Heif));
        check(b"\0\0\0\x18ftypisom", None);
        check(b"\xEF\xBB\xBF \n<!DOCTYPE html>", Some(Foreign::WebPage));
        check(b"Dear diary", None);
        let mut transport = vec![0xFF; 188 * 4];
        transport.iter_mut().step_by(188).for_each(|byte| *byte = 0x47);
        check(&transport, Some(Foreign::MpegTransport));
    }

    #[test]
    fn text_has_no_control_characters_and_may_be_cut_within_a_letter() {
        assert!(is_text("Grüße\n".as_bytes()));
        assert!(is_text(&"Grüße".as_bytes()[..3]));
        assert!(!is_text(b"a\0b"));
        assert!(!is_text(b"a\xFFb"));
    }
}
