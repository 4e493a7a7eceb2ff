//! What a sample description says (ISO/IEC 14496-12 §8.5.2), and what those of picture and sound have in common. Refuses nothing
//! itself but marks what is protected.

use std::ops::Range;

use super::boxes::{self, Kind};
use crate::bytes::Fields;
use crate::color::ColorTags;
use crate::facts::Codec;

/// One sample description of a track.
#[derive(Debug, Clone, Default)]
pub(super) struct SampleEntry {
    pub codec: Codec,
    pub is_protected: bool,
    pub width: u32,
    pub height: u32,
    pub pixel_aspect: Option<(u32, u32)>,
    pub color: ColorTags,
    /// Whether the header of the bit stream is not here, so that the first sample has to say what it says.
    pub lacks_header: bool,
    pub sample_rate: u32,
    pub channels: u32,
    /// Bytes of one PCM frame (one sample of every channel), for PCM only.
    pub pcm_frame_bytes: Option<u32>,
}

/// The format behind a protected entry's `sinf`/`frma` box.
pub(super) fn original_format(data: &[u8], children: &Range<usize>) -> Option<Kind> {
    let sinf = boxes::find(data, children, b"sinf")?;
    let frma = boxes::find(data, &sinf, b"frma")?;
    data.get(frma)?.get(..4)?.try_into().ok()
}

/// Object type and decoder-specific data of an `esds` box (ISO/IEC 14496-1 §7.2.6).
pub(super) fn parse_esds(body: &[u8]) -> Option<(u8, &[u8])> {
    let mut fields = Fields::new(body.get(4..)?);
    let mut object_type = None;
    while let Some(tag) = fields.u8() {
        let mut size = 0usize;
        for _ in 0..4 {
            let byte = fields.u8()?;
            size = size << 7 | usize::from(byte & 0x7F);
            if byte & 0x80 == 0 {
                break;
            }
        }
        match tag {
            3 => {
                fields.skip(2)?;
                let flags = fields.u8()?;
                if flags & 0x80 != 0 {
                    fields.skip(2)?;
                }
                if flags & 0x40 != 0 {
                    let length = fields.u8()?;
                    fields.skip(length.into())?;
                }
                if flags & 0x20 != 0 {
                    fields.skip(2)?;
                }
            }
            4 => {
                object_type = Some(fields.u8()?);
                fields.skip(12)?;
            }
            5 => return Some((object_type?, fields.take(size.min(fields.remaining()))?)),
            _ => fields.skip(size)?,
        }
    }
    object_type.map(|object_type| (object_type, &[][..]))
}

/// ffmpeg's name for formats that are recognized by their four characters alone.
pub(super) fn name_of(kind: Kind) -> String {
    let name = match &kind {
        b"jpeg" | b"mjpa" | b"mjpb" | b"dmb1" => "mjpeg",
        b"apch" | b"apcn" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" => "prores",
        b"s263" | b"h263" | b"H263" => "h263",
        b"mp4v" => "mpeg4",
        b"hvc1" | b"hev1" => "hevc",
        b"avc1" | b"avc3" => "h264",
        b"vvc1" | b"vvi1" => "vvc",
        b"dvc " | b"dvcp" | b"dv5n" | b"dv5p" | b"dvh5" | b"dvh6" | b"dvpp" => "dvvideo",
        b"AVdn" | b"AVdh" => "dnxhd",
        b"CFHD" => "cfhd",
        b"rle " => "qtrle",
        b"png " => "png",
        b"gif " => "gif",
        b"tiff" => "tiff",
        b"WRLE" | b"BMP " => "bmp",
        b"SVQ1" => "svq1",
        b"SVQ3" => "svq3",
        b"cvid" => "cinepak",
        b"VP30" | b"VP31" => "vp3",
        b"WMV3" | b"vc-1" => "vc1",
        b"ac-3" | b"AC-3" => "ac3",
        b"ec-3" | b"EC-3" => "eac3",
        b"ac-4" => "ac4",
        b"samr" => "amr_nb",
        b"sawb" => "amr_wb",
        b"dtsc" | b"dtsh" | b"dtsl" | b"dtse" => "dts",
        b"mlpa" => "truehd",
        b"ima4" => "adpcm_ima_qt",
        b"MAC3" => "mace3",
        b"MAC6" => "mace6",
        b"QDM2" => "qdm2",
        b"tx3g" | b"text" => "mov_text",
        b"wvtt" => "webvtt",
        b"stpp" => "ttml",
        b"c608" => "eia_608",
        _ => "",
    };
    if !name.is_empty() {
        return name.to_owned();
    }
    let printable: String =
        kind.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(|&byte| char::from(byte)).collect();
    if printable.is_empty() { "unknown".to_owned() } else { printable.to_ascii_lowercase() }
}
