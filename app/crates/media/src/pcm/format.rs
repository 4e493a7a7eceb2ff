//! Linear and logarithmic PCM as files hold it, read into `f32` between -1 and 1.
//! Knows widths, signs, byte orders and where the bits lie in a wider field; channels stay interleaved as they are.

/// How one sample is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PcmFormat {
    /// A whole number of one to eight bytes; the highest bit is the sign, or with an offset of half the range there is none.
    Integer {
        bytes: u8,
        is_signed: bool,
        is_big_endian: bool,
        /// How many of the bits, counted from the lowest, carry the sound: 24 for 24 bits at the lower end of a
        /// 32-bit field. The field's whole width where they stand at its upper end.
        low_bits: u8,
    },
    /// IEEE 754 of two, four or eight bytes.
    Float {
        bytes: u8,
        is_big_endian: bool,
    },
    MuLaw,
    ALaw,
}

impl PcmFormat {
    /// By ffmpeg's codec name, which [`crate::Codec::name`] uses; beside ffmpeg's own, `pcm_s24in32le` and its like for
    /// samples at the lower end of a wider field.
    pub fn from_codec_name(name: &str) -> Option<Self> {
        match name {
            "pcm_mulaw" => return Some(Self::MuLaw),
            "pcm_alaw" => return Some(Self::ALaw),
            _ => {}
        }
        let rest = name.strip_prefix("pcm_")?;
        let kind = *rest.as_bytes().first()?;
        let rest = rest.get(1..)?;
        let (widths, is_big_endian) = match rest.strip_suffix("le") {
            Some(widths) => (widths, false),
            None => match rest.strip_suffix("be") {
                Some(widths) => (widths, true),
                // One byte has no order.
                None => (rest, false),
            },
        };
        let (bits, field) = widths.split_once("in").unwrap_or((widths, widths));
        let (bits, field): (u8, u8) = (bits.parse().ok()?, field.parse().ok()?);
        if bits == 0 || bits > field || !field.is_multiple_of(8) || field > 64 {
            return None;
        }
        let bytes = field / 8;
        match kind {
            b's' | b'u' if (bytes == 1) == (rest == widths) => {
                Some(Self::Integer { bytes, is_signed: kind == b's', is_big_endian, low_bits: bits })
            }
            b'f' if bits == field && matches!(bytes, 2 | 4 | 8) => Some(Self::Float { bytes, is_big_endian }),
            _ => None,
        }
    }

    /// The name of whole numbers: `bits` of them at the lower end of a field of `bytes`.
    pub(crate) fn integer_name(
        is_signed: bool,
        bits: u32,
        bytes: u32,
        is_big_endian: bool,
    ) -> Option<String> {
        let letter = if is_signed { 's' } else { 'u' };
        let end = match (bytes, is_big_endian) {
            (1, _) => "",
            (_, true) => "be",
            (_, false) => "le",
        };
        let field = bytes.checked_mul(8)?;
        let name = if bits == field || bits == 0 {
            format!("pcm_{letter}{field}{end}")
        } else {
            format!("pcm_{letter}{bits}in{field}{end}")
        };
        Self::from_codec_name(&name).map(|_| name)
    }

    /// The name of floating-point numbers of so many bits.
    pub(crate) fn float_name(bits: u32, is_big_endian: bool) -> Option<String> {
        let name = format!("pcm_f{bits}{}", if is_big_endian { "be" } else { "le" });
        Self::from_codec_name(&name).map(|_| name)
    }

    /// Bytes of one sample of one channel.
    pub const fn bytes(self) -> usize {
        match self {
            Self::MuLaw | Self::ALaw => 1,
            Self::Integer { bytes, .. } | Self::Float { bytes, .. } => bytes as usize,
        }
    }

    /// Appends the samples of `data` to `out`; an incomplete one at the end is left out. What is not a number
    /// becomes silence.
    pub fn decode_into(self, data: &[u8], out: &mut Vec<f32>) {
        match self {
            Self::MuLaw => out.extend(data.iter().map(|&byte| f32::from(mu_law(byte)) / 32_768.0)),
            Self::ALaw => out.extend(data.iter().map(|&byte| f32::from(a_law(byte)) / 32_768.0)),
            Self::Float { bytes, is_big_endian } => match bytes {
                2 => fields::<2>(data, is_big_endian, out, |bytes| half(u16::from_le_bytes(bytes))),
                4 => fields::<4>(data, is_big_endian, out, |bytes| finite(f32::from_le_bytes(bytes))),
                _ => fields::<8>(data, is_big_endian, out, |bytes| finite(f64::from_le_bytes(bytes) as f32)),
            },
            Self::Integer { bytes, is_signed, is_big_endian, low_bits } => {
                let form = Whole { is_signed, low_bits };
                match bytes {
                    1 => fields::<1>(data, is_big_endian, out, |bytes| form.value(bytes)),
                    2 => fields::<2>(data, is_big_endian, out, |bytes| form.value(bytes)),
                    3 => fields::<3>(data, is_big_endian, out, |bytes| form.value(bytes)),
                    4 => fields::<4>(data, is_big_endian, out, |bytes| form.value(bytes)),
                    5 => fields::<5>(data, is_big_endian, out, |bytes| form.value(bytes)),
                    6 => fields::<6>(data, is_big_endian, out, |bytes| form.value(bytes)),
                    7 => fields::<7>(data, is_big_endian, out, |bytes| form.value(bytes)),
                    _ => fields::<8>(data, is_big_endian, out, |bytes| form.value(bytes)),
                }
            }
        }
    }
}

/// Hands every whole field to `sample`, lowest byte first.
fn fields<const N: usize>(
    data: &[u8],
    is_big_endian: bool,
    out: &mut Vec<f32>,
    sample: impl Fn([u8; N]) -> f32,
) {
    let whole = data.as_chunks::<N>().0.iter();
    if is_big_endian {
        out.extend(whole.map(|&bytes| {
            let mut turned = bytes;
            turned.reverse();
            sample(turned)
        }));
    } else {
        out.extend(whole.map(|&bytes| sample(bytes)));
    }
}

/// How whole numbers are scaled.
#[derive(Clone, Copy)]
struct Whole {
    is_signed: bool,
    low_bits: u8,
}

impl Whole {
    fn value<const N: usize>(self, bytes: [u8; N]) -> f32 {
        let mut field = [0; 8];
        field[..N].copy_from_slice(&bytes);
        // The sample's own highest bit becomes the highest of 64; what stands above it goes.
        let raised = u64::from_le_bytes(field) << (64 - u32::from(self.low_bits.clamp(1, 64)));
        let signed = if self.is_signed { raised } else { raised ^ 1 << 63 } as i64;
        // The upper 32 bits hold more than an `f32` can tell apart, and turn into one without rounding twice.
        (signed >> 32) as i32 as f32 / 2_147_483_648.0
    }
}

fn finite(value: f32) -> f32 {
    if value.is_finite() { value } else { 0.0 }
}

/// IEEE 754 binary16.
fn half(bits: u16) -> f32 {
    let mantissa = f32::from(bits & 0x3FF) / 1024.0;
    let magnitude = match bits >> 10 & 31 {
        0 => mantissa * 2f32.powi(-14),
        31 => 0.0,
        exponent => (1.0 + mantissa) * 2f32.powi(i32::from(exponent) - 15),
    };
    if bits & 0x8000 != 0 { -magnitude } else { magnitude }
}

/// ITU-T G.711, mu-law: inverted bits, three of exponent, four of mantissa.
fn mu_law(byte: u8) -> i16 {
    let code = !byte;
    let magnitude = (((i16::from(code & 0x0F) << 3) + 0x84) << (code >> 4 & 7)) - 0x84;
    if code & 0x80 != 0 { -magnitude } else { magnitude }
}

/// ITU-T G.711, A-law: every other bit inverted.
fn a_law(byte: u8) -> i16 {
    let code = byte ^ 0x55;
    let mantissa = i16::from(code & 0x0F) << 4;
    let magnitude = match code >> 4 & 7 {
        0 => mantissa + 8,
        exponent => (mantissa + 0x108) << (exponent - 1),
    };
    if code & 0x80 != 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_reads_its_extremes() {
        let check = |name: &str, data: &[u8], want: &[f32]| {
            let mut out = Vec::new();
            PcmFormat::from_codec_name(name).expect("a format").decode_into(data, &mut out);
            assert_eq!(out, want, "{name}");
        };
        check("pcm_u8", &[0, 128], &[-1.0, 0.0]);
        check("pcm_s8", &[0x80, 0x40], &[-1.0, 0.5]);
        check("pcm_s16le", &[0, 0x80, 0, 0x40, 9], &[-1.0, 0.5]);
        check("pcm_s16be", &[0x80, 0, 0x40, 0], &[-1.0, 0.5]);
        check("pcm_u16le", &[0, 0x80, 0, 0xC0], &[0.0, 0.5]);
        check("pcm_u16be", &[0x80, 0, 0, 0], &[0.0, -1.0]);
        check("pcm_s24le", &[0, 0, 0x80, 0, 0, 0x40], &[-1.0, 0.5]);
        check("pcm_s24be", &[0x80, 0, 0, 0x40, 0, 0], &[-1.0, 0.5]);
        check("pcm_u24be", &[0x80, 0, 0, 0x40, 0, 0], &[0.0, -0.5]);
        check("pcm_s32le", &[0, 0, 0, 0x80], &[-1.0]);
        check("pcm_s32be", &[0x40, 0, 0, 0], &[0.5]);
        check("pcm_u32le", &[0, 0, 0, 0xC0], &[0.5]);
        check("pcm_s64le", &[0, 0, 0, 0, 0, 0, 0, 0x40], &[0.5]);
        check("pcm_s64be", &[0x80, 0, 0, 0, 0, 0, 0, 0], &[-1.0]);
        check("pcm_f16le", &[0, 0x38, 0, 0xB4, 0, 0x7C], &[0.5, -0.25, 0.0]);
        check("pcm_f32le", &0.25f32.to_le_bytes(), &[0.25]);
        check("pcm_f32be", &f32::NAN.to_be_bytes(), &[0.0]);
        check("pcm_f64le", &0.25f64.to_le_bytes(), &[0.25]);
        check("pcm_f64be", &(-0.25f64).to_be_bytes(), &[-0.25]);
        check("pcm_mulaw", &[0xFF, 0x80, 0x00], &[0.0, 32_124.0 / 32_768.0, -32_124.0 / 32_768.0]);
        check("pcm_alaw", &[0xD5, 0xAA, 0x2A], &[8.0 / 32_768.0, 32_256.0 / 32_768.0, -32_256.0 / 32_768.0]);
    }

    #[test]
    fn samples_at_the_lower_end_of_a_wider_field_are_raised() {
        let check = |name: &str, data: &[u8], want: &[f32]| {
            let mut out = Vec::new();
            let format = PcmFormat::from_codec_name(name).expect("a format");
            format.decode_into(data, &mut out);
            assert_eq!(out, want, "{name}");
        };
        check("pcm_s24in32le", &[0, 0, 0x40, 0, 0, 0, 0xC0, 0xFF], &[0.5, -0.5]);
        check("pcm_s24in32be", &[0xFF, 0x80, 0, 0], &[-1.0]);
        check("pcm_s20in24le", &[0, 0, 0x04], &[0.5]);
        check("pcm_u12in16be", &[0x0C, 0], &[0.5]);
        let name = |bits, bytes| PcmFormat::integer_name(true, bits, bytes, false);
        assert_eq!(name(24, 4).as_deref(), Some("pcm_s24in32le"));
        assert_eq!(name(24, 3).as_deref(), Some("pcm_s24le"));
        assert_eq!(name(8, 1).as_deref(), Some("pcm_s8"));
        assert_eq!(name(33, 4), None);
        assert_eq!(name(8, u32::MAX), None);
    }

    #[test]
    fn names_that_mean_no_format_give_none() {
        for name in [
            "pcm",
            "pcm_",
            "pcm_s",
            "pcm_s16",
            "pcm_s7le",
            "pcm_s0in8",
            "pcm_s24in16le",
            "pcm_f24le",
            "pcm_s72le",
            "aac",
        ] {
            assert_eq!(PcmFormat::from_codec_name(name), None, "{name}");
        }
    }
}
