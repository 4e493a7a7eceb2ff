//! WAV and its other forms: RIFF, big-endian RIFX, RF64/BW64 (EBU Tech 3306) and Sony Wave64.
//! Finds format and data; a size that cannot be is replaced by what is there.

use super::blocks::{BlockReader, Layout};
use crate::bytes::Fields;
use crate::codec;
use crate::error::{Error, Result, WavCoding};
use crate::facts::{Codec, Container};
use crate::pcm::PcmFormat;
use crate::reader::Reader;
use crate::source::{ByteSource as _, CachedSource};

/// How the file is laid out around its chunks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Riff,
    /// RIFF with every number the other way round, samples included.
    Rifx,
    Wave64,
}

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
    let form = match source.read_array::<4>(start)? {
        Some([b'r', ..]) => Form::Wave64,
        Some([_, _, _, b'X']) => Form::Rifx,
        _ => Form::Riff,
    };
    let (format, data_start, data_bytes) = find_chunks(&mut source, start, form)?;
    let format = format.ok_or(Error::NoDescription { container: Container::Wav })?;
    if format.channels == 0 || format.sample_rate == 0 {
        return Err(Error::ImpossibleSound {
            container: Container::Wav,
            channels: format.channels,
            sample_rate: format.sample_rate,
        });
    }
    if format.tag == 0x55 {
        return super::mpeg::open_within(source, data_start, Container::Wav);
    }
    let sound_at = (data_start, data_bytes);
    let (codec, block_bytes, block_frames) = codec_of(&mut source, &format, sound_at, form == Form::Rifx)?;
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

fn find_chunks(source: &mut CachedSource, start: u64, form: Form) -> Result<(Option<Format>, u64, u64)> {
    let is_wave64 = form == Form::Wave64;
    let mut at = start + if is_wave64 { 40 } else { 12 };
    let mut format = None;
    let mut large_data = None;
    for _ in 0..MOST_CHUNKS {
        let Some((kind, body, size)) = read_chunk(source, at, form)? else { break };
        match &kind {
            b"fmt " => {
                let bytes = source.read_vec(body, size.min(64))?;
                format = bytes.as_deref().and_then(|bytes| parse_format(bytes, form));
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
            if let Some(found) = find_data(source, body, form)? {
                at = found;
                continue;
            }
            break;
        }
        at = next;
    }
    Err(Error::NoSound { container: Container::Wav })
}

fn read_chunk(source: &mut CachedSource, at: u64, form: Form) -> Result<Option<([u8; 4], u64, u64)>> {
    if form == Form::Wave64 {
        let Some(header) = source.read_array::<24>(at)? else { return Ok(None) };
        let mut fields = Fields::new(&header);
        let (kind, size) =
            (fields.array().unwrap_or_default(), Fields::new(&header[16..]).u64_le().unwrap_or(0));
        return Ok((size >= 24).then_some((kind, at + 24, size.saturating_sub(24))));
    }
    let Some([a, b, c, d, size @ ..]) = source.read_array::<8>(at)? else { return Ok(None) };
    let size: [u8; 4] = size;
    Ok(Some(([a, b, c, d], at + 8, form.u32(size).into())))
}

impl Form {
    fn u16(self, bytes: [u8; 2]) -> u16 {
        if self == Self::Rifx { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
    }

    fn u32(self, bytes: [u8; 4]) -> u32 {
        if self == Self::Rifx { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    }
}

/// A `data` header within the next MiB whose size fits what follows.
fn find_data(source: &mut CachedSource, from: u64, form: Form) -> Result<Option<u64>> {
    let mut window = vec![0; 1 << 20];
    let count = source.read_up_to(from, &mut window)?;
    let left = source.len().saturating_sub(from);
    Ok(window[..count].windows(8).enumerate().find_map(|(at, bytes)| {
        let size = u64::from(form.u32([bytes[4], bytes[5], bytes[6], bytes[7]]));
        (bytes.starts_with(b"data") && size <= left - at as u64 && size > 0).then_some(from + at as u64)
    }))
}

fn parse_format(bytes: &[u8], form: Form) -> Option<Format> {
    let mut fields = Fields::new(bytes);
    let tag = form.u16(fields.array()?);
    let channels = u32::from(form.u16(fields.array()?));
    let sample_rate = form.u32(fields.array()?);
    fields.skip(4)?;
    let block_bytes = u32::from(form.u16(fields.array()?));
    let bits = fields.array().map_or(0, |bits| u32::from(form.u16(bits)));
    let mut format = Format { tag, channels, sample_rate, block_bytes, bits, block_frames: 1 };
    if let Some(extra) = fields.array().map(|extra| form.u16(extra))
        && let Some(first) = fields.array().map(|first| form.u16(first)).filter(|_| extra >= 2)
    {
        if tag == 0xFFFE && extra >= 22 {
            fields.skip(4)?;
            format.tag = form.u16(fields.array()?);
        } else {
            format.block_frames = first.into();
        }
    }
    Some(format)
}

/// Bytes of one sample: what a block has for each channel, where that can hold the bits; otherwise as few as do.
fn sample_bytes(format: &Format) -> u32 {
    let least = format.bits.div_ceil(8);
    match format.block_bytes.checked_div(format.channels) {
        Some(each) if least > 1 && each > least && each <= 8 && format.block_bytes.is_multiple_of(each) => {
            each
        }
        _ => least,
    }
}

/// Whether samples of `bits` stand at the lower end of their wider fields: the bits above are copies of the sign, and
/// something is in the lowest ones, in all of the first samples. By the rules they stand at the upper end.
fn stands_low(
    source: &mut CachedSource,
    (start, size): (u64, u64),
    bits: u32,
    bytes: u32,
    big: bool,
) -> Result<bool> {
    let width = bytes as usize;
    let mut window = vec![0; usize::try_from(size.min(1 << 18)).unwrap_or(0) / width * width];
    let count = source.read_up_to(start, &mut window)?;
    let mut has_low_bits = false;
    for sample in window[..count].chunks_exact(width) {
        let mut field = [0; 8];
        field[..width].copy_from_slice(sample);
        if big {
            field[..width].reverse();
        }
        let value = (u64::from_le_bytes(field) << (64 - 8 * bytes)) as i64 >> (64 - 8 * bytes);
        if value >> (bits - 1) != 0 && value >> (bits - 1) != -1 {
            return Ok(false);
        }
        has_low_bits |= value & ((1 << (8 * bytes - bits)) - 1) != 0;
    }
    Ok(has_low_bits)
}

/// Codec, bytes and frames of a block.
fn codec_of(
    source: &mut CachedSource,
    format: &Format,
    sound_at: (u64, u64),
    is_big_endian: bool,
) -> Result<(Codec, u32, u32)> {
    let pcm = |name: &str, bytes: u32| match bytes.checked_mul(format.channels) {
        Some(block) => Ok((codec::pcm(name), block, 1)),
        None => Err(Error::ImpossibleSampleSize { container: Container::Wav }),
    };
    let bytes = sample_bytes(format);
    match (format.tag, bytes) {
        (1, 0) => Err(Error::ImpossibleSampleSize { container: Container::Wav }),
        (1, 1..=8) => {
            let bits = format.bits.clamp(1, 8 * bytes);
            let is_narrow = bits <= 8 * (bytes - 1);
            let bits = if is_narrow && stands_low(source, sound_at, bits, bytes, is_big_endian)? {
                bits
            } else {
                8 * bytes
            };
            let name = PcmFormat::integer_name(bytes > 1, bits, bytes, is_big_endian);
            pcm(name.as_deref().unwrap_or("pcm"), bytes)
        }
        (3, 2 | 4 | 8) => {
            let name = PcmFormat::float_name(8 * bytes, is_big_endian);
            pcm(name.as_deref().unwrap_or("pcm"), bytes)
        }
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
            let coding = match tag {
                1 | 3 => WavCoding::UnusualBits,
                0x31 => WavCoding::Gsm,
                0x50 => WavCoding::MpegLayer2,
                0xFF | 0x1600 | 0x1610 => WavCoding::Aac,
                0x160..=0x163 => WavCoding::WindowsMediaAudio,
                0x2000 => WavCoding::Ac3,
                _ => WavCoding::Unknown,
            };
            Err(Error::WavCoding { coding, tag })
        }
    }
}
