//! Sample descriptions of sound (ISO/IEC 14496-12 §12.2, QuickTime sound descriptions 0–2): codec, rate, channels, and the header
//! that a decoder is given.

use std::ops::Range;

use super::boxes::{self, Kind};
use super::pcm_entry::{self, Linear};
use super::sample_entry::{SampleEntry, name_of, original_format, parse_esds};
use crate::bytes::Fields;
use crate::codec::{self, aac, opus, xiph};
use crate::facts::Codec;

pub(super) fn parse_audio(data: &[u8], kind: Kind, body: &Range<usize>) -> Option<SampleEntry> {
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
