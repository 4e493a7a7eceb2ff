//! Linear and logarithmic PCM as files hold it, read into `f32` between -1 and 1.
//! Knows widths, signs and byte orders; channels stay interleaved as they are.

/// How one sample is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PcmFormat {
    U8,
    S8,
    S16Le,
    S16Be,
    S24Le,
    S24Be,
    S32Le,
    S32Be,
    F32Le,
    F32Be,
    F64Le,
    F64Be,
    MuLaw,
    ALaw,
}

impl PcmFormat {
    /// By ffmpeg's codec name, which [`crate::Codec::name`] uses.
    pub fn from_codec_name(name: &str) -> Option<Self> {
        Some(match name {
            "pcm_u8" => Self::U8,
            "pcm_s8" => Self::S8,
            "pcm_s16le" => Self::S16Le,
            "pcm_s16be" => Self::S16Be,
            "pcm_s24le" => Self::S24Le,
            "pcm_s24be" => Self::S24Be,
            "pcm_s32le" => Self::S32Le,
            "pcm_s32be" => Self::S32Be,
            "pcm_f32le" => Self::F32Le,
            "pcm_f32be" => Self::F32Be,
            "pcm_f64le" => Self::F64Le,
            "pcm_f64be" => Self::F64Be,
            "pcm_mulaw" => Self::MuLaw,
            "pcm_alaw" => Self::ALaw,
            _ => return None,
        })
    }

    /// Bytes of one sample of one channel.
    pub const fn bytes(self) -> usize {
        match self {
            Self::U8 | Self::S8 | Self::MuLaw | Self::ALaw => 1,
            Self::S16Le | Self::S16Be => 2,
            Self::S24Le | Self::S24Be => 3,
            Self::S32Le | Self::S32Be | Self::F32Le | Self::F32Be => 4,
            Self::F64Le | Self::F64Be => 8,
        }
    }

    /// Appends the samples of `data` to `out`; an incomplete one at the end is left out. What is not a number
    /// becomes silence.
    pub fn decode_into(self, data: &[u8], out: &mut Vec<f32>) {
        const S16: f32 = 1.0 / 32_768.0;
        const S24: f32 = 1.0 / 8_388_608.0;
        const S32: f32 = 1.0 / 2_147_483_648.0;
        fn each<const N: usize>(data: &[u8], out: &mut Vec<f32>, sample: impl Fn([u8; N]) -> f32) {
            out.extend(data.as_chunks::<N>().0.iter().map(|&bytes| sample(bytes)));
        }
        fn finite(value: f32) -> f32 {
            if value.is_finite() { value } else { 0.0 }
        }
        match self {
            Self::U8 => each(data, out, |[byte]| (f32::from(byte) - 128.0) / 128.0),
            Self::S8 => each(data, out, |[byte]| f32::from(byte as i8) / 128.0),
            Self::S16Le => each(data, out, |bytes| f32::from(i16::from_le_bytes(bytes)) * S16),
            Self::S16Be => each(data, out, |bytes| f32::from(i16::from_be_bytes(bytes)) * S16),
            Self::S24Le => each(data, out, |[a, b, c]| (i32::from_le_bytes([0, a, b, c]) >> 8) as f32 * S24),
            Self::S24Be => each(data, out, |[a, b, c]| (i32::from_be_bytes([a, b, c, 0]) >> 8) as f32 * S24),
            Self::S32Le => each(data, out, |bytes| i32::from_le_bytes(bytes) as f32 * S32),
            Self::S32Be => each(data, out, |bytes| i32::from_be_bytes(bytes) as f32 * S32),
            Self::F32Le => each(data, out, |bytes| finite(f32::from_le_bytes(bytes))),
            Self::F32Be => each(data, out, |bytes| finite(f32::from_be_bytes(bytes))),
            Self::F64Le => each(data, out, |bytes| finite(f64::from_le_bytes(bytes) as f32)),
            Self::F64Be => each(data, out, |bytes| finite(f64::from_be_bytes(bytes) as f32)),
            Self::MuLaw => each(data, out, |[byte]| f32::from(mu_law(byte)) * S16),
            Self::ALaw => each(data, out, |[byte]| f32::from(a_law(byte)) * S16),
        }
    }
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
        check("pcm_s24le", &[0, 0, 0x80, 0, 0, 0x40], &[-1.0, 0.5]);
        check("pcm_s24be", &[0x80, 0, 0, 0x40, 0, 0], &[-1.0, 0.5]);
        check("pcm_s32le", &[0, 0, 0, 0x80], &[-1.0]);
        check("pcm_s32be", &[0x40, 0, 0, 0], &[0.5]);
        check("pcm_f32le", &0.25f32.to_le_bytes(), &[0.25]);
        check("pcm_f32be", &f32::NAN.to_be_bytes(), &[0.0]);
        check("pcm_f64le", &0.25f64.to_le_bytes(), &[0.25]);
        check("pcm_mulaw", &[0xFF, 0x80, 0x00], &[0.0, 32_124.0 / 32_768.0, -32_124.0 / 32_768.0]);
        check("pcm_alaw", &[0xD5, 0xAA, 0x2A], &[8.0 / 32_768.0, 32_256.0 / 32_768.0, -32_256.0 / 32_768.0]);
    }
}
