//! AAC in ADTS frames (ISO/IEC 14496-3 §1.A.2): headers, and the configuration that decoders are given instead.
//! Decodes nothing.

use super::framed::FramedReader;
use super::framing::{FrameHead, Framing, Information};
use crate::codec::aac;
use crate::error::Result;
use crate::facts::{Codec, Container};
use crate::reader::Reader;
use crate::source::CachedSource;

pub(super) fn read_head(bytes: &[u8]) -> Option<FrameHead> {
    let &[0xFF, second, third, fourth, fifth, sixth, seventh, ..] = bytes else { return None };
    if second & 0xF6 != 0xF0 {
        return None;
    }
    let sample_rate = *aac::RATES.get(usize::from(third >> 2 & 15))?;
    let channel_config = u32::from(third & 1) << 2 | u32::from(fourth >> 6);
    let length = u64::from(fourth & 3) << 11 | u64::from(fifth) << 3 | u64::from(sixth >> 5);
    let skip = if second & 1 == 1 { 7 } else { 9 };
    (length > skip).then_some(FrameHead {
        length,
        skip,
        samples: (u32::from(seventh & 3) + 1) * 1024,
        sample_rate,
        channels: aac::channel_count(channel_config),
        kind: u32::from(second & 0xFE) << 16 | u32::from(third & 0xFD) << 8 | u32::from(fourth & 0xC0),
    })
}

pub(crate) fn open(source: CachedSource, start: u64) -> Result<Box<dyn Reader>> {
    let framing = Framing {
        container: Container::Adts,
        read: read_head,
        is_information: |_, _| false,
        information: |_, _, _| Ok(Information::default()),
        codec: codec_of,
        lead_in: 1,
        claimed: Container::Adts,
    };
    Ok(Box::new(FramedReader::open(source, start, framing)?))
}

fn codec_of(source: &mut CachedSource, at: u64, _: FrameHead) -> Result<Codec> {
    let header = source.read_array::<7>(at)?.unwrap_or_default();
    let config = aac::build((header[2] >> 6) + 1, header[2] >> 2 & 15, (header[2] & 1) << 2 | header[3] >> 6);
    Ok(aac::from_config(&config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_give_length_and_time() {
        let head = read_head(&[0xFF, 0xF1, 0x50, 0x80, 0x17, 0x9F, 0xFC]).expect("a header");
        assert_eq!((head.length, head.skip, head.samples), (188, 7, 1024));
        assert_eq!((head.sample_rate, head.channels), (44_100, 2));
        assert_eq!(read_head(&[0xFF, 0xF1, 0x7C, 0x80, 0x17, 0x9F, 0xFC]), None);
        assert_eq!(read_head(&[0xFF, 0xF1, 0x50, 0x80, 0x00, 0x1F, 0xFC]), None);
        assert_eq!(read_head(&[0xFF, 0xFB, 0x50, 0x80, 0x17, 0x9F, 0xFC]), None);
    }
}
