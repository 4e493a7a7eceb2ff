//! PCM in MP4 and MOV: which of QuickTime's and ISO's many names is which width, sign and byte order (QuickTime File
//! Format, sound sample descriptions; ISO/IEC 23003-5). Knows no box but the body of `pcmC`.

use super::boxes::Kind;
use crate::pcm::PcmFormat;

/// What a version 2 sound description says of `lpcm`; plain integers with the highest byte first where nothing is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Linear {
    pub is_big_endian: bool,
    is_float: bool,
    is_signed: bool,
    /// Bits that do not fill their field stand at its upper end.
    stands_high: bool,
    /// Bytes of one sample of one channel.
    bytes: Option<u32>,
}

impl Default for Linear {
    fn default() -> Self {
        Self { is_big_endian: true, is_float: false, is_signed: true, stands_high: true, bytes: None }
    }
}

impl Linear {
    /// From Core Audio's flags and the bytes of one sample of one channel.
    pub fn of_flags(flags: u32, bytes: Option<u32>) -> Self {
        Self {
            is_float: flags & 1 != 0,
            is_big_endian: flags & 2 != 0,
            is_signed: flags & 4 != 0,
            // Packed samples have no room to stand elsewhere.
            stands_high: flags & 16 != 0,
            bytes: bytes.filter(|bytes| (1..=8).contains(bytes)),
        }
    }
}

/// The codec's name and the bytes of one sample of one channel, if the format is PCM. `bits` is the sample size that the
/// description states, `pcmc` the body of a `pcmC` box.
pub(super) fn name(format: Kind, bits: u32, linear: Linear, pcmc: Option<&[u8]>) -> Option<(String, u32)> {
    let fixed = |name: &str, bytes: u32| Some((name.to_owned(), bytes));
    let whole = |is_signed: bool, bits: u32, is_big_endian: bool| {
        let bytes = bits.div_ceil(8);
        PcmFormat::integer_name(is_signed, bytes.checked_mul(8)?, bytes, is_big_endian)
            .map(|name| (name, bytes))
    };
    let float = |bits: u32, is_big_endian: bool| {
        PcmFormat::float_name(bits, is_big_endian).map(|name| (name, bits / 8))
    };
    match &format {
        b"sowt" => whole(true, if bits == 8 { 8 } else { bits.max(16) }, false),
        b"twos" => whole(true, if bits == 8 { 8 } else { bits.max(16) }, true),
        b"raw " if bits == 16 => fixed("pcm_s16be", 2),
        b"raw " | b"NONE" => fixed("pcm_u8", 1),
        b"in24" => whole(true, 24, linear.is_big_endian),
        b"in32" => whole(true, 32, linear.is_big_endian),
        b"fl32" => float(32, linear.is_big_endian),
        b"fl64" => float(64, linear.is_big_endian),
        b"lpcm" if linear.is_float => float(bits, linear.is_big_endian),
        b"lpcm" => {
            let least = bits.div_ceil(8);
            let bytes = linear.bytes.filter(|&bytes| bytes >= least).unwrap_or(least);
            let low = if linear.stands_high || bytes == least { bytes.checked_mul(8)? } else { bits };
            let name = PcmFormat::integer_name(linear.is_signed, low, bytes, linear.is_big_endian);
            name.map(|name| (name, bytes))
        }
        b"ulaw" => fixed("pcm_mulaw", 1),
        b"alaw" => fixed("pcm_alaw", 1),
        b"ipcm" | b"fpcm" => {
            let (flags, bits) = match pcmc {
                Some([_, _, _, _, flags, bits, ..]) => (*flags, u32::from(*bits)),
                _ => (1, bits),
            };
            let is_big_endian = flags & 1 == 0;
            if format == *b"ipcm" { whole(true, bits, is_big_endian) } else { float(bits, is_big_endian) }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_its_width_sign_and_order() {
        let plain = Linear::default();
        let little = Linear { is_big_endian: false, ..plain };
        let check = |format: &Kind, bits: u32, linear: Linear, want: Option<(&str, u32)>| {
            let got = name(*format, bits, linear, None);
            assert_eq!(got.as_ref().map(|(name, bytes)| (name.as_str(), *bytes)), want, "{format:?} {bits}");
        };
        check(b"sowt", 16, plain, Some(("pcm_s16le", 2)));
        check(b"twos", 24, plain, Some(("pcm_s24be", 3)));
        check(b"twos", 8, plain, Some(("pcm_s8", 1)));
        check(b"raw ", 8, plain, Some(("pcm_u8", 1)));
        check(b"in24", 16, little, Some(("pcm_s24le", 3)));
        check(b"fl64", 16, plain, Some(("pcm_f64be", 8)));
        check(b"lpcm", 32, Linear::of_flags(1 | 8, Some(4)), Some(("pcm_f32le", 4)));
        check(b"lpcm", 24, Linear::of_flags(4, Some(4)), Some(("pcm_s24in32le", 4)));
        check(b"lpcm", 24, Linear::of_flags(4 | 16 | 2, Some(4)), Some(("pcm_s32be", 4)));
        check(b"lpcm", 24, Linear::of_flags(4 | 8, Some(3)), Some(("pcm_s24le", 3)));
        check(b"lpcm", 8, Linear::of_flags(8, Some(1)), Some(("pcm_u8", 1)));
        check(b"lpcm", u32::MAX, Linear::of_flags(4, Some(4)), None);
        check(b"mp4a", 16, plain, None);
    }

    #[test]
    fn iso_pcm_is_described_by_its_own_box() {
        let ipcm = name(*b"ipcm", 16, Linear::default(), Some(&[0, 0, 0, 0, 1, 24]));
        assert_eq!(ipcm, Some(("pcm_s24le".to_owned(), 3)));
        let fpcm = name(*b"fpcm", 16, Linear::default(), Some(&[0, 0, 0, 0, 0, 32]));
        assert_eq!(fpcm, Some(("pcm_f32be".to_owned(), 4)));
    }
}
