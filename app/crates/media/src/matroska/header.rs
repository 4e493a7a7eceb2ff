//! Segment information and track entries (RFC 9559 §5.1.2 and §5.1.4): scale, duration, codecs, sizes, cues.
//! Looks into no cluster.

use std::ops::Range;
use std::rc::Rc;

use super::ebml::{self, elements, find, unsigned};
use super::ids;
use crate::codec::{self, aac, av1, avc, hevc, opus, xiph};
use crate::color::ColorTags;
use crate::facts::{Codec, Orientation, TrackKind};
use crate::pcm::PcmFormat;

/// What the segment says about time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Info {
    /// Nanoseconds per tick.
    pub scale_ns: u64,
    /// In ticks.
    pub duration: Option<f64>,
}

pub(super) fn parse_info(data: &[u8]) -> Info {
    let mut info = Info { scale_ns: 1_000_000, duration: None };
    for (id, body) in elements(data, 0..data.len()) {
        match id {
            ids::TIMESTAMP_SCALE => {
                info.scale_ns = unsigned(&data[body]).filter(|&scale| scale > 0).unwrap_or(1_000_000)
            }
            ids::DURATION => {
                info.duration = ebml::float(&data[body]).filter(|ticks| ticks.is_finite() && *ticks > 0.0)
            }
            _ => {}
        }
    }
    info
}

/// One track as its entry describes it.
#[derive(Debug, Clone, Default)]
pub(super) struct TrackEntry {
    pub number: u64,
    pub kind: Option<TrackKind>,
    pub codec: Codec,
    pub is_default: bool,
    pub is_encrypted: bool,
    pub language: Option<String>,
    /// Nanoseconds each frame lasts, where stated.
    pub frame_ns: Option<u64>,
    /// Nanoseconds to throw away at the start.
    pub delay_ns: u64,
    pub width: u32,
    pub height: u32,
    pub display: Option<(u32, u32)>,
    pub orientation: Orientation,
    pub color: ColorTags,
    pub sample_rate: u32,
    pub channels: u32,
    /// Bytes taken off the front of every frame, to be put back (header stripping).
    pub stripped: Rc<[u8]>,
    /// Whether frames are compressed in a way that is not undone here.
    pub is_compressed: bool,
}

/// No header that is put back in front of every frame is larger: it is a few bytes of a frame's own.
const MOST_STRIPPED_BYTES: usize = 64 << 10;
/// More tracks than any recording has.
const MOST_TRACKS: usize = 256;

pub(super) fn parse_tracks(data: &[u8]) -> Vec<TrackEntry> {
    elements(data, 0..data.len())
        .filter(|(id, _)| *id == ids::TRACK_ENTRY)
        .take(MOST_TRACKS)
        .filter_map(|(_, body)| parse_entry(data, &body))
        .collect()
}

fn parse_entry(data: &[u8], entry: &Range<usize>) -> Option<TrackEntry> {
    let mut track = TrackEntry { is_default: true, ..TrackEntry::default() };
    let mut codec_id = String::new();
    let mut private: &[u8] = &[];
    let mut bits = 0;
    for (id, body) in elements(data, entry.clone()) {
        let bytes = &data[body.clone()];
        let number = || unsigned(bytes).unwrap_or(0);
        match id {
            ids::TRACK_NUMBER => track.number = number(),
            ids::TRACK_TYPE => {
                track.kind = Some(match number() {
                    1 => TrackKind::Video,
                    2 => TrackKind::Audio,
                    _ => TrackKind::Other,
                });
            }
            ids::FLAG_DEFAULT => track.is_default = number() != 0,
            ids::CODEC_ID => codec_id = ebml::text(bytes),
            ids::CODEC_PRIVATE => private = bytes,
            ids::LANGUAGE => track.language = Some(ebml::text(bytes)).filter(|language| language != "und"),
            ids::DEFAULT_DURATION => track.frame_ns = Some(number()).filter(|&ns| ns > 0),
            ids::CODEC_DELAY => track.delay_ns = number(),
            ids::VIDEO => parse_video(data, &body, &mut track),
            ids::AUDIO => bits = parse_audio(data, &body, &mut track),
            ids::CONTENT_ENCODINGS => parse_encodings(data, &body, &mut track),
            _ => {}
        }
    }
    track.codec = codec_of(&codec_id, private, bits, &mut track);
    (track.number > 0).then_some(track)
}

fn parse_video(data: &[u8], body: &Range<usize>, track: &mut TrackEntry) {
    let (mut display_width, mut display_height, mut unit) = (0, 0, 0);
    for (id, body) in elements(data, body.clone()) {
        let bytes = &data[body.clone()];
        let number = || unsigned(bytes).and_then(|value| u32::try_from(value).ok()).unwrap_or(0);
        match id {
            ids::PIXEL_WIDTH => track.width = number(),
            ids::PIXEL_HEIGHT => track.height = number(),
            ids::DISPLAY_WIDTH => display_width = number(),
            ids::DISPLAY_HEIGHT => display_height = number(),
            ids::DISPLAY_UNIT => unit = number(),
            ids::COLOUR => track.color = parse_color(data, &body),
            ids::PROJECTION => track.orientation = parse_projection(data, &body),
            _ => {}
        }
    }
    if display_width > 0 && display_height > 0 && unit != 4 {
        track.display = Some((display_width, display_height));
    }
}

/// The pose of a flat picture (RFC 9559 §5.1.4.1.28.42 on): roll turns anticlockwise, a yaw of half a turn mirrors.
fn parse_projection(data: &[u8], body: &Range<usize>) -> Orientation {
    let angle = |id| find(data, body, id).and_then(|body| ebml::float(&data[body])).unwrap_or(0.0);
    let (yaw, pitch, roll) = (
        angle(ids::PROJECTION_POSE_YAW),
        angle(ids::PROJECTION_POSE_PITCH),
        angle(ids::PROJECTION_POSE_ROLL),
    );
    Orientation::new(-roll, yaw.abs() == 180.0 && pitch == 0.0)
}

fn parse_color(data: &[u8], body: &Range<usize>) -> ColorTags {
    let field = |id| find(data, body, id).and_then(|body| unsigned(&data[body]));
    let code = |id| field(id).and_then(|value| u16::try_from(value).ok()).unwrap_or(2);
    let full_range = match field(ids::RANGE) {
        Some(1) => Some(false),
        Some(2) => Some(true),
        _ => None,
    };
    ColorTags {
        matrix: code(ids::MATRIX_COEFFICIENTS),
        transfer: code(ids::TRANSFER_CHARACTERISTICS),
        primaries: code(ids::PRIMARIES),
        full_range,
    }
}

fn parse_audio(data: &[u8], body: &Range<usize>, track: &mut TrackEntry) -> u32 {
    let rate =
        |id| find(data, body, id).and_then(|body| ebml::float(&data[body])).filter(|rate| *rate >= 1.0);
    // HE-AAC states the core's rate and, apart, the one that comes out.
    track.sample_rate =
        rate(ids::OUTPUT_SAMPLING_FREQUENCY).or(rate(ids::SAMPLING_FREQUENCY)).unwrap_or(8000.0) as u32;
    let number =
        |id| find(data, body, id).and_then(|body| unsigned(&data[body])).and_then(|n| u32::try_from(n).ok());
    track.channels = number(ids::CHANNELS).unwrap_or(1);
    number(ids::BIT_DEPTH).unwrap_or(0)
}

fn parse_encodings(data: &[u8], body: &Range<usize>, track: &mut TrackEntry) {
    for (_, encoding) in elements(data, body.clone()).filter(|(id, _)| *id == ids::CONTENT_ENCODING) {
        if find(data, &encoding, ids::CONTENT_ENCRYPTION).is_some() {
            track.is_encrypted = true;
        }
        if let Some(compression) = find(data, &encoding, ids::CONTENT_COMPRESSION) {
            let method = find(data, &compression, ids::CONTENT_COMP_ALGO)
                .and_then(|body| unsigned(&data[body]))
                .unwrap_or(0);
            let stripped = find(data, &compression, ids::CONTENT_COMP_SETTINGS)
                .map(|body| &data[body])
                .unwrap_or_default();
            if method == 3 && stripped.len() <= MOST_STRIPPED_BYTES {
                track.stripped = stripped.into();
            } else {
                track.is_compressed = true;
            }
        }
    }
}

/// Codec by Matroska's identifier (Matroska codec registry), with what its private data adds.
fn codec_of(id: &str, private: &[u8], bits: u32, track: &mut TrackEntry) -> Codec {
    match id {
        "V_MPEG4/ISO/AVC" if private.first() == Some(&1) => {
            if let Some(sps) = avc::sps_of_record(private) {
                track.color = track.color.or(sps.vui.color);
            }
            avc::from_record(private)
        }
        "V_MPEG4/ISO/AVC" => avc::from_annex_b(avc::sps_of_annex_b(private).as_ref()),
        "V_MPEGH/ISO/HEVC" => {
            track.color = track.color.or(hevc::vui_of_record(private).unwrap_or_default().color);
            hevc::from_record("hvc1", private)
        }
        "V_VP8" => {
            track.color = track.color.or(ColorTags::VP8);
            codec::simple("vp8", "vp8")
        }
        "V_VP9" => codec::simple("vp9", ""),
        "V_AV1" => {
            track.color = track.color.or(av1::color_of_record(private).unwrap_or_default());
            av1::from_record(Some(private))
        }
        "V_MPEG4/ISO/ASP" | "V_MPEG4/ISO/SP" | "V_MPEG4/ISO/AP" => codec::named("mpeg4"),
        "V_MPEG1" => codec::named("mpeg1video"),
        "V_MPEG2" => codec::named("mpeg2video"),
        "V_MJPEG" => codec::named("mjpeg"),
        "V_PRORES" => codec::named("prores"),
        "V_THEORA" => codec::named("theora"),
        "V_FFV1" => codec::named("ffv1"),
        "A_OPUS" => {
            track.sample_rate = opus::RATE;
            match opus::parse_head(private) {
                Some(head) => {
                    track.channels = head.channels;
                    opus::from_head(private)
                }
                None => codec::simple("opus", "opus"),
            }
        }
        "A_VORBIS" => match xiph::split_laced(private).filter(|parts| parts.len() == 3) {
            Some(_) => xiph::vorbis(private),
            None => codec::named("vorbis"),
        },
        "A_FLAC" => {
            if let Some(info) = private.get(8..).and_then(codec::flac_stream_info) {
                (track.sample_rate, track.channels) = (info.sample_rate, info.channels);
            }
            if private.starts_with(b"fLaC") { xiph::flac(private.to_vec()) } else { codec::named("flac") }
        }
        "A_MPEG/L3" => codec::simple("mp3", "mp3"),
        "A_MPEG/L2" => codec::named("mp2"),
        "A_AC3" => codec::named("ac3"),
        "A_EAC3" => codec::named("eac3"),
        "A_DTS" => codec::named("dts"),
        "A_TRUEHD" => codec::named("truehd"),
        "A_ALAC" => codec::named("alac"),
        "A_PCM/INT/LIT" => pcm(bits, "s", "le"),
        "A_PCM/INT/BIG" => pcm(bits, "s", "be"),
        "A_PCM/FLOAT/IEEE" => pcm(bits, "f", "le"),
        id if id.starts_with("A_AAC") => {
            if private.len() >= 2 {
                if let Some(config) = aac::parse(private) {
                    track.sample_rate = config.sample_rate;
                    track.channels = if config.channels > 0 { config.channels } else { track.channels };
                }
                aac::from_config(private)
            } else {
                old_aac(id, track)
            }
        }
        "S_TEXT/UTF8" | "S_TEXT/ASCII" => codec::named("subrip"),
        "S_TEXT/ASS" | "S_TEXT/SSA" => codec::named("ass"),
        "S_TEXT/WEBVTT" | "D_WEBVTT/SUBTITLES" => codec::named("webvtt"),
        "S_VOBSUB" => codec::named("dvd_subtitle"),
        "S_HDMV/PGS" => codec::named("hdmv_pgs_subtitle"),
        other => codec::named(
            other
                .rsplit(['_', '/'])
                .next()
                .filter(|name| !name.is_empty())
                .unwrap_or("unknown")
                .to_ascii_lowercase(),
        ),
    }
}

fn pcm(bits: u32, letter: &str, end: &str) -> Codec {
    match (bits, letter) {
        (8, "s") => codec::pcm("pcm_u8"),
        // Bits that do not fill their bytes stand at the upper end.
        (_, "s") => {
            let bytes = bits.div_ceil(8);
            let name = PcmFormat::integer_name(true, bytes.saturating_mul(8), bytes, end == "be");
            codec::pcm(name.as_deref().unwrap_or("pcm"))
        }
        _ => codec::pcm(PcmFormat::float_name(bits, false).as_deref().unwrap_or("pcm")),
    }
}

/// Old files put AAC's profile into the identifier and leave the configuration out.
fn old_aac(id: &str, track: &TrackEntry) -> Codec {
    let object_type = if id.contains("/MAIN") {
        1
    } else if id.contains("/SSR") {
        3
    } else {
        2
    };
    let index = aac::RATES.iter().position(|&rate| rate == track.sample_rate);
    match (index, u8::try_from(track.channels)) {
        (Some(index), Ok(channels @ 1..=7)) => {
            aac::from_config(&aac::build(object_type, index as u8, channels))
        }
        _ => codec::named("aac"),
    }
}

/// One entry of the cues: ticks, track number, cluster position relative to the segment's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    pub ticks: u64,
    pub track: u64,
    pub cluster: u64,
}

pub(super) fn parse_cues(data: &[u8]) -> Vec<Cue> {
    let mut cues = Vec::new();
    for (_, point) in elements(data, 0..data.len()).filter(|(id, _)| *id == ids::CUE_POINT) {
        let Some(ticks) = find(data, &point, ids::CUE_TIME).and_then(|body| unsigned(&data[body])) else {
            continue;
        };
        for (_, position) in elements(data, point).filter(|(id, _)| *id == ids::CUE_TRACK_POSITIONS) {
            let number = |id| find(data, &position, id).and_then(|body| unsigned(&data[body]));
            if let (Some(track), Some(cluster)) = (number(ids::CUE_TRACK), number(ids::CUE_CLUSTER_POSITION))
            {
                cues.push(Cue { ticks, track, cluster });
            }
        }
    }
    cues.sort_by_key(|cue| cue.ticks);
    cues
}

/// Positions that a seek head names: `(element number, offset relative to the segment's data)`.
pub(super) fn parse_seek_head(data: &[u8]) -> Vec<(u32, u64)> {
    let seeks = elements(data, 0..data.len()).filter(|(id, _)| *id == ids::SEEK);
    seeks
        .filter_map(|(_, seek)| {
            let id = find(data, &seek, ids::SEEK_ID).and_then(|body| unsigned(&data[body]))?;
            let at = find(data, &seek, ids::SEEK_POSITION).and_then(|body| unsigned(&data[body]))?;
            Some((u32::try_from(id).ok()?, at))
        })
        .collect()
}
