//! Sample descriptions (ISO/IEC 14496-12 §8.5.2, QuickTime sound descriptions 0–2): which codec, which size, which
//! header. Tolerates children it cannot read; refuses nothing itself but marks what is protected.

use std::ops::Range;

use super::boxes::{self, Kind};
use super::pcm_entry::{self, Linear};
use crate::bytes::Fields;
use crate::codec::{self, aac, av1, avc, hevc, opus, vp9, xiph};
use crate::facts::{Codec, Color};

/// The first sample description of a track.
#[derive(Debug, Clone, Default)]
pub(super) struct SampleEntry {
    pub codec: Codec,
    pub is_protected: bool,
    pub width: u32,
    pub height: u32,
    pub pixel_aspect: Option<(u32, u32)>,
    pub color: Option<Color>,
    pub sample_rate: u32,
    pub channels: u32,
    /// Bytes of one PCM frame (one sample of every channel), for PCM only.
    pub pcm_frame_bytes: Option<u32>,
}

/// Parses `stsd`; an unreadable one yields a codec called "unknown".
pub(super) fn parse(data: &[u8], stsd: &Range<usize>, handler: Kind) -> SampleEntry {
    let unknown = || SampleEntry { codec: codec::named("unknown"), ..SampleEntry::default() };
    let Some(entry) = boxes::children(data, stsd.start + 8..stsd.end).next() else { return unknown() };
    let parsed = match &handler {
        b"vide" => parse_video(data, entry.kind, &entry.body),
        b"soun" => parse_audio(data, entry.kind, &entry.body),
        _ => Some(SampleEntry { codec: codec::named(name_of(entry.kind)), ..SampleEntry::default() }),
    };
    parsed
        .unwrap_or_else(|| SampleEntry { codec: codec::named(name_of(entry.kind)), ..SampleEntry::default() })
}

/// The format behind a protected entry's `sinf`/`frma` box.
fn original_format(data: &[u8], children: &Range<usize>) -> Option<Kind> {
    let sinf = boxes::find(data, children, b"sinf")?;
    let frma = boxes::find(data, &sinf, b"frma")?;
    data.get(frma)?.get(..4)?.try_into().ok()
}

fn parse_video(data: &[u8], kind: Kind, body: &Range<usize>) -> Option<SampleEntry> {
    let mut fields = Fields::new(data.get(body.clone())?);
    fields.skip(24)?;
    let (width, height) = (u32::from(fields.u16()?), u32::from(fields.u16()?));
    fields.skip(50)?;
    let inside = body.start + fields.position()..body.end;
    let child = |kind: &Kind| boxes::find(data, &inside, kind).and_then(|body| data.get(body));
    let original = original_format(data, &inside);
    let mut entry = SampleEntry {
        is_protected: kind == *b"encv" || original.is_some(),
        width,
        height,
        pixel_aspect: child(b"pasp").and_then(parse_pasp),
        color: child(b"colr").and_then(parse_colr),
        ..SampleEntry::default()
    };
    entry.codec = match &original.unwrap_or(kind) {
        b"avc1" | b"avc2" | b"avc3" | b"avc4" | b"dva1" | b"dvav" => {
            let record = child(b"avcC").unwrap_or_default();
            if let Some(sps) = avc::sps_of_record(record) {
                entry.color = entry.color.or(sps.color);
                entry.pixel_aspect = entry.pixel_aspect.or(sps.pixel_aspect);
                if width == 0 || height == 0 {
                    (entry.width, entry.height) = (sps.width, sps.height);
                }
            }
            avc::from_record(record)
        }
        b"hvc1" | b"dvh1" => hevc::from_record("hvc1", child(b"hvcC").unwrap_or_default()),
        b"hev1" | b"dvhe" => hevc::from_record("hev1", child(b"hvcC").unwrap_or_default()),
        b"av01" => av1::from_record(child(b"av1C")),
        b"vp08" => codec::simple("vp8", "vp8"),
        b"vp09" => match child(b"vpcC").and_then(vp9::from_record) {
            Some((codec, color)) => {
                entry.color = entry.color.or(Some(color));
                codec
            }
            None => vp9::from_frame(&[], width, height, None),
        },
        b"mp4v" => match child(b"esds").and_then(parse_esds) {
            Some((object_type, _)) => codec::named(video_object(object_type)),
            None => codec::named("mpeg4"),
        },
        other => codec::named(name_of(*other)),
    };
    Some(entry)
}

fn parse_pasp(body: &[u8]) -> Option<(u32, u32)> {
    let mut fields = Fields::new(body);
    let (x, y) = (fields.u32()?, fields.u32()?);
    // Anything flatter or taller than 1:10 is damage.
    (x > 0 && y > 0 && x / y < 10 && y / x < 10).then_some((x, y))
}

fn parse_colr(body: &[u8]) -> Option<Color> {
    let mut fields = Fields::new(body);
    let kind: Kind = fields.array()?;
    let full = match &kind {
        b"nclx" => true,
        b"nclc" => false,
        _ => return None,
    };
    let [primaries, transfer, matrix] = [fields.u16()?, fields.u16()?, fields.u16()?];
    let full_range = full && fields.u8().unwrap_or(0) & 0x80 != 0;
    Some(Color { primaries, transfer, matrix, full_range })
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
fn parse_esds(body: &[u8]) -> Option<(u8, &[u8])> {
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

fn video_object(object_type: u8) -> &'static str {
    match object_type {
        0x60..=0x65 => "mpeg2video",
        0x6A => "mpeg1video",
        0x6C => "mjpeg",
        0x6D => "png",
        _ => "mpeg4",
    }
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
fn name_of(kind: Kind) -> String {
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
