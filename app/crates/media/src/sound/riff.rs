//! WAV and its large forms: RIFF, RF64/BW64 (EBU Tech 3306) and Sony Wave64.
//! Finds format and data; a size that cannot be is replaced by what is there.

use super::blocks::{BlockReader, Layout};
use crate::bytes::Fields;
use crate::codec;
use crate::demux::Reader;
use crate::error::{Error, Result};
use crate::facts::{Codec, Container};
use crate::source::{ByteSource as _, CachedSource};

/// The `fmt ` chunk.
#[derive(Debug, Clone, Copy)]
struct Format {
    tag: u16,
    channels: u32,
    sample_rate: u32,
    block_bytes: u32,
    bits: u32,
    block_frames: u32,
}

/// No WAV has so many chunks in front of its data.
const MOST_CHUNKS: usize = 10_000;

pub(crate) fn open(source: CachedSource, start: u64) -> Result<Box<dyn Reader>> {
    let mut source = source;
    let (format, data_start, data_bytes) = find_chunks(&mut source, start)?;
    let format = format.ok_or_else(|| {
        Error::malformed(
            "The WAV file does not say how its sound is stored (no fmt chunk). Export the sound again.",
        )
    })?;
    if format.channels == 0 || format.sample_rate == 0 {
        return Err(Error::malformed(format!(
            "The WAV header claims {} channels at {} Hz, which cannot be. Export the sound again.",
            format.channels, format.sample_rate
        )));
    }
    if format.tag == 0x55 {
        return super::mpeg::open_within(source, data_start, Container::Wav);
    }
    let (codec, block_bytes, block_frames) = codec_of(&format)?;
    let layout = Layout {
        container: Container::Wav,
        codec,
        sample_rate: format.sample_rate,
        channels: format.channels,
        data_start,
        data_bytes,
        block_bytes: block_bytes.into(),
        block_frames: block_frames.into(),
    };
    Ok(Box::new(BlockReader::open(source, layout)?))
}

fn find_chunks(source: &mut CachedSource, start: u64) -> Result<(Option<Format>, u64, u64)> {
    let is_wave64 = source.read_array::<4>(start)? == Some(*b"riff");
    let mut at = start + if is_wave64 { 40 } else { 12 };
    let mut format = None;
    let mut large_data = None;
    for _ in 0..MOST_CHUNKS {
        let Some((kind, body, size)) = read_chunk(source, at, is_wave64)? else { break };
        match &kind {
            b"fmt " => {
                let bytes = source.read_vec(body, size.min(64))?;
                format = bytes.as_deref().and_then(parse_format);
            }
            b"ds64" => {
                let bytes = source.read_vec(body, 24.min(size))?;
                large_data = bytes.as_deref().and_then(|bytes| {
                    let mut fields = Fields::new(bytes);
                    fields.skip(8)?;
                    fields.u64_le()
                });
            }
            b"data" => {
                let there = source.len().saturating_sub(body);
                // Written to a pipe, or larger than 32 bits tell: everything up to the end.
                let is_open = !is_wave64 && (size == 0 || size >= u64::from(u32::MAX) - 1);
                let size = if is_open { large_data.filter(|&size| size > 0).unwrap_or(there) } else { size };
                return Ok((format, body, size.min(there)));
            }
            _ => {}
        }
        let align = if is_wave64 { 8 } else { 2 };
        let next = body.saturating_add(size).checked_next_multiple_of(align).unwrap_or(u64::MAX);
        let next = if is_wave64 { next } else { body.saturating_add(size).saturating_add(size & 1) };
        if next >= source.len() {
            // A chunk in the way claims too much: look for the data behind it by name.
            if let Some(found) = find_data(source, body)? {
                at = found;
                continue;
            }
            break;
        }
        at = next;
    }
    Err(Error::malformed("The WAV file holds no sound: it has no data chunk. Copy or export it again."))
}

fn read_chunk(source: &mut CachedSource, at: u64, is_wave64: bool) -> Result<Option<([u8; 4], u64, u64)>> {
    if is_wave64 {
        let Some(header) = source.read_array::<24>(at)? else { return Ok(None) };
        let mut fields = Fields::new(&header);
        let (kind, size) =
            (fields.array().unwrap_or_default(), Fields::new(&header[16..]).u64_le().unwrap_or(0));
        return Ok((size >= 24).then_some((kind, at + 24, size.saturating_sub(24))));
    }
    let Some([a, b, c, d, size @ ..]) = source.read_array::<8>(at)? else { return Ok(None) };
    let size: [u8; 4] = size;
    Ok(Some(([a, b, c, d], at + 8, u32::from_le_bytes(size).into())))
}

/// A `data` header within the next MiB whose size fits what follows.
fn find_data(source: &mut CachedSource, from: u64) -> Result<Option<u64>> {
    let mut window = vec![0; 1 << 20];
    let count = source.read_up_to(from, &mut window)?;
    let left = source.len() - from;
    Ok(window[..count].windows(8).enumerate().find_map(|(at, bytes)| {
        let size = u64::from(u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]));
        (bytes.starts_with(b"data") && size <= left - at as u64 && size > 0).then_some(from + at as u64)
    }))
}

fn parse_format(bytes: &[u8]) -> Option<Format> {
    let mut fields = Fields::new(bytes);
    let tag = fields.u16_le()?;
    let channels = u32::from(fields.u16_le()?);
    let sample_rate = fields.u32_le()?;
    fields.u32_le()?;
    let (block_bytes, bits) = (u32::from(fields.u16_le()?), u32::from(fields.u16_le().unwrap_or(0)));
    let mut format = Format { tag, channels, sample_rate, block_bytes, bits, block_frames: 1 };
    if let Some(extra) = fields.u16_le()
        && let Some(first) = fields.u16_le().filter(|_| extra >= 2)
    {
        if tag == 0xFFFE && extra >= 22 {
            fields.skip(4)?;
            format.tag = fields.u16_le()?;
        } else {
            format.block_frames = first.into();
        }
    }
    Some(format)
}

/// Codec, bytes and frames of a block.
fn codec_of(format: &Format) -> Result<(Codec, u32, u32)> {
    let pcm = |name: &str, bytes: u32| Ok((codec::pcm(name), bytes * format.channels, 1));
    let rounded = format.bits.div_ceil(8);
    match (format.tag, rounded) {
        (1, 0) => Err(Error::malformed("The WAV header gives samples no bits. Export the sound again.")),
        (1, 1) => pcm("pcm_u8", 1),
        (1, 2..=4) => pcm(["pcm_s16le", "pcm_s24le", "pcm_s32le"][rounded as usize - 2], rounded),
        (3, 4) => pcm("pcm_f32le", 4),
        (3, 8) => pcm("pcm_f64le", 8),
        (6, _) => pcm("pcm_alaw", 1),
        (7, _) => pcm("pcm_mulaw", 1),
        (2 | 0x11, _) if format.block_bytes > 0 && format.block_frames > 0 => {
            let name = if format.tag == 2 { "adpcm_ms" } else { "adpcm_ima_wav" };
            let packet_frames =
                super::blocks::packet_blocks(format.block_frames.into()) as u32 * format.block_frames;
            Ok((
                codec::adpcm(name, packet_frames, format.block_frames),
                format.block_bytes,
                format.block_frames,
            ))
        }
        (tag, _) => {
            let known = match tag {
                1 | 3 => "with an unusual number of bits",
                0x31 => "coded as GSM",
                0x50 => "coded as MPEG layer 2",
                0xFF | 0x1600 | 0x1610 => "coded as AAC",
                0x160..=0x163 => "coded as Windows Media Audio",
                0x2000 => "coded as AC-3",
                _ => "coded in a way that is not known here",
            };
            Err(Error::unsupported(format!(
                "The WAV file's sound is {known} (format {tag:#06x}), which is not read. Convert it to plain WAV or MP3, \
                 for example with `ffmpeg -i input output.wav`."
            )))
        }
    }
}
