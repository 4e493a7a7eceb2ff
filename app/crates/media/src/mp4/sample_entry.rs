//! Sample descriptions (ISO/IEC 14496-12 §8.5.2, QuickTime sound descriptions 0–2): which codec, which size, which
//! header. Tolerates children it cannot read; refuses nothing itself but marks what is protected.

use std::ops::Range;

use super::boxes::{self, Kind};
use super::pcm_entry::{self, Linear};
use super::visual_entry::parse_video;
use crate::bytes::Fields;
use crate::codec::{self, aac, opus, xiph};
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

/// More descriptions than any recording has.
const MOST_ENTRIES: usize = 64;

/// Parses `stsd`, at least one description; an unreadable one yields a codec called "unknown".
pub(super) fn parse(data: &[u8], stsd: &Range<usize>, handler: Kind) -> Vec<SampleEntry> {
    let named = |name: String| SampleEntry { codec: codec::named(name), ..SampleEntry::default() };
    let parse = |entry: boxes::Child| {
        let parsed = match &handler {
            b"vide" => parse_video(data, entry.kind, &entry.body),
            b"soun" => parse_audio(data, entry.kind, &entry.body),
            _ => None,
        };
        parsed.unwrap_or_else(|| named(name_of(entry.kind)))
    };
    let claimed = data.get(stsd.start + 4..stsd.start + 8).and_then(|count| count.try_into().ok());
    let count = claimed.map_or(1, |count| u32::from_be_bytes(count) as usize).clamp(1, MOST_ENTRIES);
    let mut entries: Vec<_> =
        boxes::children(data, stsd.start + 8..stsd.end).take(count).map(parse).collect();
    if entries.is_empty() {
        entries.push(named("unknown".into()));
    }
    entries
}

/// The format behind a protected entry's `sinf`/`frma` box.
pub(super) fn original_format(data: &[u8], children: &Range<usize>) -> Option<Kind> {
    let sinf = boxes::find(data, children, b"sinf")?;
    let frma = boxes::find(data, &sinf, b"frma")?;
    data.get(frma)?.get(..4)?.try_into().ok()
}

fn parse_audio(data: &[u8], kind: Kind, body: &Range<usize>) -> Option<SampleEntry> {
    let mut fields = Fields::new(data.get(body.clone())?);
    fields.skip(8)?;
    let version = fields.u16()?;
    fields.skip(6)?;
    let mut channels = u32::from(fields.u16()?);
    let mut bits = u32::from(fields.u16()?);
    fields.skip(4)?;
    let mut sample_rate = u32::from(fields.u16()?);
    fields.u16()?;
    let plain = fields.position();
    let mut linear = Linear::default();
    if version == 2 {
        fields.skip(4)?;
        sample_rate = fields.f64().filter(|rate| rate.is_finite()).map_or(0, |rate| rate as u32);
        channels = fields.u32()?;
        fields.skip(4)?;
        bits = fields.u32()?;
        linear = Linear::of_flags(fields.u32()?, fields.u32()?.checked_div(channels));
        fields.skip(4)?;
    } else if version == 1 {
        fields.skip(16)?;
    }
    let extended = body.start + fields.position()..body.end;
    // ISO files may carry version 1 without QuickTime's extra fields.
    let plausible = |range: &Range<usize>| {
        boxes::children(data, range.clone())
            .next()
            .is_none_or(|child| child.kind.iter().all(|&byte| byte >= 0x20))
    };
    let inside = if version == 1 && !plausible(&extended) { body.start + plain..body.end } else { extended };
    let wave = boxes::find(data, &inside, b"wave");
    let child = |kind: &Kind| {
        boxes::find(data, &inside, kind)
            .or_else(|| wave.as_ref().and_then(|wave| boxes::find(data, wave, kind)))
            .and_then(|body| data.get(body))
    };
    let original = original_format(data, &inside);
    let mut entry = SampleEntry {
        is_protected: kind == *b"enca" || original.is_some(),
        sample_rate,
        channels,
        ..SampleEntry::default()
    };
    if child(b"enda").is_some_and(|body| body.get(1) == Some(&1)) {
        linear.is_big_endian = false;
    }
    let format = original.unwrap_or(kind);
    if let Some((name, bytes)) = pcm_entry::name(format, bits, linear, child(b"pcmC")) {
        entry.codec = codec::pcm(&name);
        entry.pcm_frame_bytes = bytes.checked_mul(channels).filter(|size| (1..=1 << 16).contains(size));
        return Some(entry);
    }
    entry.codec = match &format {
        b"mp4a" => match child(b"esds").and_then(parse_esds) {
            Some((object_type, specific)) => audio_object(object_type, specific, &mut entry),
            // QuickTime writes "mp4a" for AAC even where the header is missing.
            None => codec::named("aac"),
        },
        b"Opus" => match child(b"dOps").and_then(opus::head_of_box) {
            Some(head) => {
                entry.sample_rate = opus::RATE;
                entry.channels = opus::parse_head(&head).map_or(entry.channels, |head| head.channels);
                opus::from_head(&head)
            }
            None => codec::simple("opus", "opus"),
        },
        b"fLaC" => {
            let header =
                child(b"dfLa").and_then(|body| body.get(4..)).map(|blocks| [b"fLaC", blocks].concat());
            match header {
                Some(header) => {
                    if let Some(facts) = header.get(8..).and_then(crate::codec::flac_stream_info) {
                        (entry.sample_rate, entry.channels) = (facts.sample_rate, facts.channels);
                    }
                    xiph::flac(header)
                }
                None => codec::named("flac"),
            }
        }
        b".mp3" | b"ms\0\x55" => codec::simple("mp3", "mp3"),
        b"alac" => {
            let mut codec = codec::named("alac");
            if let Some(cookie) = child(b"alac").and_then(|body| body.get(4..)) {
                let mut fields = Fields::new(cookie);
                if fields.skip(9).is_some()
                    && let Some(stated) = fields.u8()
                    && fields.skip(10).is_some()
                    && let Some(rate) = fields.u32()
                    && rate > 0
                {
                    (entry.sample_rate, entry.channels) = (rate, stated.into());
                }
                codec.description = Some(cookie.to_vec());
            }
            codec
        }
        other => codec::named(name_of(*other)),
    };
    Some(entry)
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

fn audio_object(object_type: u8, specific: &[u8], entry: &mut SampleEntry) -> Codec {
    match object_type {
        0x40 | 0x66..=0x68 => {
            if let Some(config) = aac::parse(specific) {
                entry.sample_rate = config.sample_rate;
                if config.channels > 0 {
                    entry.channels = config.channels;
                }
                // Layers 1 to 3 of MPEG audio and ALS hide behind AAC's object type as well.
                match config.object_type {
                    32..=34 => return codec::simple("mp3", "mp3"),
                    36 => return codec::named("mp4als"),
                    _ => {}
                }
            }
            if specific.is_empty() { codec::named("aac") } else { aac::from_config(specific) }
        }
        0x69 | 0x6B => codec::simple("mp3", "mp3"),
        0xA5 => codec::named("ac3"),
        0xA6 => codec::named("eac3"),
        0xA9 | 0xAC => codec::named("dts"),
        0xDD => {
            let headers = specific.to_vec();
            if xiph::split_laced(&headers).is_some_and(|parts| parts.len() == 3) {
                xiph::vorbis(&headers)
            } else {
                codec::named("vorbis")
            }
        }
        _ => codec::named("unknown"),
    }
}

/// ffmpeg's name for formats that are recognised by their four characters alone.
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
