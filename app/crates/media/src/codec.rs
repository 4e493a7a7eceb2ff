//! What codec headers say: WebCodecs strings and descriptions, picture sizes, sample rates, Opus packet lengths.
//! Decodes no picture and no sound; knows no container.

pub(crate) mod aac;
pub(crate) mod av1;
pub(crate) mod avc;
pub(crate) mod hevc;
pub(crate) mod opus;
pub(crate) mod vp9;
pub(crate) mod vui;
pub(crate) mod xiph;

use crate::facts::Codec;

/// A codec known by name only: no browser decodes it, or its header is missing.
pub(crate) fn named(name: impl Into<String>) -> Codec {
    Codec { name: name.into(), webcodecs: None, description: None }
}

/// A codec whose WebCodecs string needs no header.
pub(crate) fn simple(name: &str, webcodecs: &str) -> Codec {
    Codec { name: name.into(), webcodecs: Some(webcodecs.into()), description: None }
}

/// PCM by its name. The browser's own PCM decoder takes some little-endian data only; `pcm::PcmFormat` takes all.
pub(crate) fn pcm(name: &str) -> Codec {
    let webcodecs = match name {
        "pcm_u8" => Some("pcm-u8"),
        "pcm_s16le" => Some("pcm-s16"),
        "pcm_s24le" => Some("pcm-s24"),
        "pcm_s32le" => Some("pcm-s32"),
        "pcm_f32le" => Some("pcm-f32"),
        "pcm_mulaw" => Some("ulaw"),
        "pcm_alaw" => Some("alaw"),
        _ => None,
    };
    Codec { name: name.into(), webcodecs: webcodecs.map(Into::into), description: None }
}

/// What FLAC's STREAMINFO block says about the whole stream (RFC 9639 §8.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FlacStreamInfo {
    pub sample_rate: u32,
    pub channels: u32,
    pub bits: u32,
    /// 0 where the writer did not know.
    pub total_samples: u64,
}

pub(crate) fn flac_stream_info(body: &[u8]) -> Option<FlacStreamInfo> {
    let mut fields = crate::bytes::Fields::new(body);
    fields.skip(10)?;
    let packed = fields.u64()?;
    let info = FlacStreamInfo {
        sample_rate: (packed >> 44) as u32,
        channels: (packed >> 41 & 7) as u32 + 1,
        bits: (packed >> 36 & 31) as u32 + 1,
        total_samples: packed & 0xF_FFFF_FFFF,
    };
    (info.sample_rate > 0).then_some(info)
}

/// Frames of ADPCM: in a packet as delivered, and in one block.
#[cfg(feature = "decode")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AdpcmFrames {
    pub packet: u64,
    pub block: u64,
}

/// ADPCM as WAV holds it; the description is the number of frames in a packet and in a block.
pub(crate) fn adpcm(name: &str, packet_frames: u32, block_frames: u32) -> Codec {
    let description = [packet_frames.to_le_bytes(), block_frames.to_le_bytes()].concat();
    Codec { name: name.into(), webcodecs: None, description: Some(description) }
}

#[cfg(feature = "decode")]
pub(crate) fn adpcm_block_frames(codec: &Codec) -> Option<AdpcmFrames> {
    let mut fields = crate::bytes::Fields::new(codec.description.as_deref()?);
    Some(AdpcmFrames { packet: fields.u32_le()?.into(), block: fields.u32_le()?.into() })
}
