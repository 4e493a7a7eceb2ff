//! What kind of file this is, by its first bytes; and, for the kinds that are not read, its name and the way out.
//! Trusts no file name and parses no further than a signature.

use crate::error::{Error, Result};
use crate::reader::Format;
use crate::sound::{frames_behind, look_for_frames};
use crate::source::CachedSource;

const READ_HERE: &str =
    "Incut reads MP4, MOV, WebM and MKV video and MP3, M4A, WAV, FLAC, Ogg, AAC, AIFF and CAF sound.";

/// Decides by signature; `Error` names a foreign format, or says that nothing was recognised.
/// The second value is where the payload begins, behind any ID3 tags.
pub(crate) fn sniff(source: &mut CachedSource) -> Result<(Format, u64)> {
    let mut head = [0; 8192];
    let length = source.read_up_to(0, &mut head)?;
    let head = &head[..length];
    if length < 4 {
        return Err(if length == 0 {
            Error::malformed("The file is empty: it holds no bytes at all. Copy or download it again.")
        } else {
            Error::malformed(
                "The file is only a few bytes long, too short for any medium. Copy or download it again.",
            )
        });
    }
    if let Some(what) = foreign(head) {
        return Err(Error::unsupported(what));
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
    if is_text(head) {
        return Err(Error::unsupported(format!("This is a text file, not a recording. {READ_HERE}")));
    }
    Err(Error::unsupported(format!(
        "The file's kind is not recognised: it may be damaged, encrypted, or no recording at all. {READ_HERE}"
    )))
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

/// Formats that are recognised in order to be refused by name.
fn foreign(head: &[u8]) -> Option<String> {
    let convert = |what: &str, how: &str| Some(format!("This is {what}. {READ_HERE} {how}"));
    let to_mp4 = "Convert it to MP4 first, for example with HandBrake or `ffmpeg -i input output.mp4`.";
    let to_wav = "Convert it to MP3 or WAV first, for example with `ffmpeg -i input output.mp3`.";
    let media = "Choose a recording instead.";
    let synced = |step: usize| (0..4).all(|n| head.get(n * step) == Some(&0x47)) && head.len() > 3 * step;
    match head {
        [b'R', b'I', b'F', b'F', ..] if head.get(8..11) == Some(b"AVI") => convert("an AVI video", to_mp4),
        [b'R', b'I', b'F', b'F', ..] if head.get(8..12) == Some(b"WEBP") => convert("a WebP picture", media),
        [b'F', b'L', b'V', 1, ..] => convert("an FLV (Flash) video", to_mp4),
        [0x47, ..] if synced(188) || synced(204) => {
            convert("an MPEG-TS (transport stream) recording", to_mp4)
        }
        [_, _, _, _, 0x47, ..] if (0..4).all(|n| head.get(4 + n * 192) == Some(&0x47)) => {
            convert("an MPEG-TS (M2TS camcorder or Blu-ray) recording", to_mp4)
        }
        [0, 0, 1, 0xBA, ..] => convert("an MPEG program stream (MPG or VOB)", to_mp4),
        [0, 0, 1, 0xB3, ..] => convert("a bare MPEG video stream", to_mp4),
        [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] => {
            convert("a Windows Media (WMV or WMA) file", to_mp4)
        }
        [b'.', b'R', b'M', b'F', ..] => convert("a RealMedia file", to_mp4),
        [b'#', b'!', b'A', b'M', b'R', ..] => convert("an AMR voice recording", to_wav),
        [b'#', b'!', b'S', b'I', b'L', b'K', ..] => convert("a SILK voice recording", to_wav),
        [b'M', b'A', b'C', b' ', ..] => convert("a Monkey's Audio file", to_wav),
        [b'w', b'v', b'p', b'k', ..] => convert("a WavPack file", to_wav),
        [b'.', b's', b'n', b'd', ..] => convert("an AU sound file", to_wav),
        [b'M', b'T', b'h', b'd', ..] => convert("a MIDI file, which holds notes and no sound", media),
        [0x0B, 0x77, ..] => convert("a bare AC-3 (Dolby Digital) stream", to_wav),
        [0x7F, 0xFE, 0x80, 0x01, ..] => convert("a bare DTS stream", to_wav),
        [b'D', b'K', b'I', b'F', ..] => convert("an IVF video", to_mp4),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => {
            convert("a ZIP archive (or an office document)", "Unpack it and choose the recording inside.")
        }
        [b'R', b'a', b'r', b'!', ..] => {
            convert("a RAR archive", "Unpack it and choose the recording inside.")
        }
        [b'7', b'z', 0xBC, 0xAF, ..] => {
            convert("a 7-Zip archive", "Unpack it and choose the recording inside.")
        }
        [0x1F, 0x8B, ..] => convert("a gzip archive", "Unpack it and choose the recording inside."),
        [0x89, b'P', b'N', b'G', ..] => convert("a PNG picture", media),
        [0xFF, 0xD8, 0xFF, ..] => convert("a JPEG picture", media),
        [b'G', b'I', b'F', b'8', ..] => convert("a GIF animation, which has no sound", media),
        [b'%', b'P', b'D', b'F', ..] => convert("a PDF document", media),
        [b'M', b'Z', ..] => convert("a Windows program", media),
        [0x7F, b'E', b'L', b'F', ..] => convert("a program", media),
        [b'S', b'Q', b'L', b'i', b't', b'e', ..] => convert("a database", media),
        _ if head.get(4..8) == Some(b"ftyp")
            && matches!(head.get(8..12), Some(b"heic" | b"heix" | b"mif1" | b"avif")) =>
        {
            convert("a picture (HEIC or AVIF)", media)
        }
        _ if is_html(head) => {
            convert("a web page, not a recording", "The download may have failed; fetch the recording again.")
        }
        _ => None,
    }
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

fn is_text(head: &[u8]) -> bool {
    let whole = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    whole && head.iter().all(|&byte| byte >= 0x20 || matches!(byte, b'\n' | b'\r' | b'\t' | 0x0C))
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
            return if frames_behind(source, at + 10)? {
                Ok(at + 10)
            } else {
                Err(Error::malformed(
                    "The file begins with an ID3 tag that claims to be larger than the whole file, and no sound follows. \
                     Copy or download it again.",
                ))
            };
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
