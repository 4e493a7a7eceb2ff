//! AIFF and AIFF-C (Apple, Audio Interchange File Format 1.3 and AIFF-C draft 1991).
//! Finds `COMM` and `SSND`; names compressions it does not read.

use super::blocks::{BlockReader, Layout};
use crate::bytes::Fields;
use crate::codec;
use crate::error::{Error, Result};
use crate::facts::{Codec, Container};
use crate::pcm::PcmFormat;
use crate::reader::Reader;
use crate::source::{ByteSource as _, CachedSource};

struct Common {
    channels: u32,
    bits: u32,
    sample_rate: u32,
    compression: [u8; 4],
}

const MOST_CHUNKS: usize = 10_000;

pub(crate) fn open(source: CachedSource, start: u64) -> Result<Box<dyn Reader>> {
    let mut source = source;
    let mut at = start + 12;
    let (mut common, mut data) = (None, None);
    for _ in 0..MOST_CHUNKS {
        let Some([a, b, c, d, size @ ..]) = source.read_array::<8>(at)? else { break };
        let size: [u8; 4] = size;
        let (body, size) = (at + 8, u64::from(u32::from_be_bytes(size)));
        match &[a, b, c, d] {
            b"COMM" => {
                let bytes = source.read_vec(body, size.min(32))?;
                common = bytes.as_deref().and_then(parse_common);
            }
            b"SSND" => {
                let offset =
                    source.read_array::<4>(body)?.map_or(0, |offset| u64::from(u32::from_be_bytes(offset)));
                // Written to a pipe, the size is not known.
                let size = if size == 0 { source.len().saturating_sub(body) } else { size };
                data = Some((body + 8 + offset, size.saturating_sub(8 + offset)));
            }
            _ => {}
        }
        if common.is_some() && data.is_some() {
            break;
        }
        let next = body + size + (size & 1);
        if next >= source.len() {
            break;
        }
        at = next;
    }
    let container = Container::Aiff;
    let common = common.ok_or(Error::NoDescription { container })?;
    let (data_start, data_bytes) = data.ok_or(Error::NoSound { container })?;
    if common.channels == 0 || common.sample_rate == 0 {
        let (channels, sample_rate) = (common.channels, common.sample_rate);
        return Err(Error::ImpossibleSound { container, channels, sample_rate });
    }
    if common.bits == 0 {
        return Err(Error::ImpossibleSampleSize { container });
    }
    let (codec, bytes) = codec_of(&common)?;
    let layout = Layout {
        container,
        codec,
        sample_rate: common.sample_rate,
        channels: common.channels,
        data_start,
        data_bytes,
        block_bytes: u64::from(bytes) * u64::from(common.channels),
        block_frames: 1,
    };
    Ok(Box::new(BlockReader::open(source, layout)?))
}

fn parse_common(bytes: &[u8]) -> Option<Common> {
    let mut fields = Fields::new(bytes);
    let channels = fields.u16()?.into();
    fields.skip(4)?;
    let bits = fields.u16()?.into();
    let sample_rate = extended_to_rate(fields.array()?);
    Some(Common { channels, bits, sample_rate, compression: fields.array().unwrap_or(*b"NONE") })
}

/// An 80-bit IEEE 754 extended number, as far as it is a whole rate.
fn extended_to_rate(bytes: [u8; 10]) -> u32 {
    let [a, b, mantissa @ ..] = bytes;
    let exponent = i32::from(u16::from_be_bytes([a & 0x7F, b])) - 16_383;
    let mantissa = u64::from_be_bytes(mantissa);
    if (0..32).contains(&exponent) { (mantissa >> (63 - exponent)) as u32 } else { 0 }
}

fn codec_of(common: &Common) -> Result<(Codec, u32)> {
    let bytes = common.bits.div_ceil(8);
    // Samples of other widths stand at the upper end of whole bytes.
    let integer = |is_signed: bool, is_big_endian: bool| {
        PcmFormat::integer_name(is_signed, 8 * bytes, bytes, is_big_endian).map(|name| (name, bytes))
    };
    let fixed = |name: &str, bytes: u32| Some((name.to_owned(), bytes));
    let found = match &common.compression {
        b"NONE" | b"twos" => integer(true, true),
        b"sowt" => integer(true, false),
        b"raw " => integer(false, true),
        b"in24" => fixed("pcm_s24be", 3),
        b"in32" => fixed("pcm_s32be", 4),
        b"42ni" => fixed("pcm_s24le", 3),
        b"23ni" => fixed("pcm_s32le", 4),
        b"fl32" | b"FL32" => fixed("pcm_f32be", 4),
        b"fl64" | b"FL64" => fixed("pcm_f64be", 8),
        b"ulaw" | b"ULAW" => fixed("pcm_mulaw", 1),
        b"alaw" | b"ALAW" => fixed("pcm_alaw", 1),
        _ => None,
    };
    let (name, bytes) = found.ok_or_else(|| {
        let coding =
            common.compression.iter().filter(|b| b.is_ascii_graphic()).map(|&b| char::from(b)).collect();
        Error::AiffCoding { coding, bits: common.bits }
    })?;
    Ok((codec::pcm(&name), bytes))
}

#[cfg(test)]
mod tests {
    use super::extended_to_rate;

    #[test]
    fn extended_numbers_become_rates() {
        assert_eq!(extended_to_rate([0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0]), 44_100);
        assert_eq!(extended_to_rate([0x40, 0x0B, 0xFA, 0, 0, 0, 0, 0, 0, 0]), 8_000);
        assert_eq!(extended_to_rate([0; 10]), 0);
        assert_eq!(extended_to_rate([0xFF; 10]), 0);
    }
}
