//! Core Audio Format (Apple, CAF specification 1.0): linear and logarithmic PCM.
//! Names what else a CAF may hold and refuses it.

use super::blocks::{BlockReader, Layout};
use crate::bytes::Fields;
use crate::codec;
use crate::error::{Error, Result};
use crate::facts::Container;
use crate::pcm::PcmFormat;
use crate::reader::Reader;
use crate::source::{ByteSource as _, CachedSource};

const MOST_CHUNKS: usize = 10_000;

pub(crate) fn open(source: CachedSource) -> Result<Box<dyn Reader>> {
    let mut source = source;
    let mut at = 8;
    let (mut description, mut data) = (None, None);
    for _ in 0..MOST_CHUNKS {
        let Some([a, b, c, d, size @ ..]) = source.read_array::<12>(at)? else { break };
        let size: [u8; 8] = size;
        let body = at + 12;
        // A data chunk of -1 goes on to the end.
        let size = u64::try_from(i64::from_be_bytes(size)).unwrap_or(source.len() - body.min(source.len()));
        match &[a, b, c, d] {
            b"desc" => description = source.read_array::<32>(body)?,
            b"data" => data = Some((body + 4, size.saturating_sub(4))),
            _ => {}
        }
        if description.is_some() && data.is_some() {
            break;
        }
        at = body.saturating_add(size);
    }
    let undescribed = || Error::NoDescription { container: Container::Caf };
    let description = description.ok_or_else(undescribed)?;
    let (data_start, data_bytes) = data.ok_or(Error::NoSound { container: Container::Caf })?;
    let mut fields = Fields::new(&description);
    let mut read = || {
        let rate = fields.f64()?;
        let kind: [u8; 4] = fields.array()?;
        let [flags, packet_bytes, packet_frames, channels, bits] =
            [fields.u32()?, fields.u32()?, fields.u32()?, fields.u32()?, fields.u32()?];
        Some((rate, kind, flags, packet_bytes, packet_frames, channels, bits))
    };
    let (rate, kind, flags, packet_bytes, packet_frames, channels, bits) = read().ok_or_else(undescribed)?;
    let is_big_endian = flags & 2 == 0;
    let each = packet_bytes.checked_div(channels.max(1).saturating_mul(packet_frames.max(1))).unwrap_or(0);
    let name = match (&kind, flags & 1 != 0) {
        (b"lpcm", true) => PcmFormat::float_name(bits, is_big_endian),
        // Bits that do not fill their bytes stand at the upper end.
        (b"lpcm", false) if each >= bits.div_ceil(8) && bits > 0 => {
            PcmFormat::integer_name(true, 8 * each.min(8), each, is_big_endian)
        }
        (b"ulaw", _) => Some("pcm_mulaw".to_owned()),
        (b"alaw", _) => Some("pcm_alaw".to_owned()),
        _ => None,
    };
    let Some(name) = name.filter(|_| packet_bytes > 0) else {
        let coding =
            kind.iter().filter(|byte| byte.is_ascii_graphic()).map(|&byte| char::from(byte)).collect();
        return Err(Error::CafCoding { coding });
    };
    let layout = Layout {
        container: Container::Caf,
        codec: codec::pcm(&name),
        sample_rate: if rate.is_finite() { rate as u32 } else { 0 },
        channels,
        data_start,
        data_bytes,
        block_bytes: packet_bytes.into(),
        block_frames: packet_frames.into(),
    };
    Ok(Box::new(BlockReader::open(source, layout)?))
}
