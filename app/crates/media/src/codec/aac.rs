//! AAC headers: AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1), with SBR and PS signaled openly or behind.
//! Implicit SBR, which only a decoder sees, is not guessed.

use crate::bytes::Bits;
use crate::facts::Codec;

pub(crate) const RATES: [u32; 13] =
    [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];

/// What an AudioSpecificConfig says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AudioConfig {
    pub object_type: u32,
    /// Of the decoded sound: twice the core's with SBR.
    pub sample_rate: u32,
    /// 0 where only a program config element knows.
    pub channels: u32,
}

pub(crate) fn parse(config: &[u8]) -> Option<AudioConfig> {
    let mut bits = Bits::new(config);
    let mut object_type = read_object_type(&mut bits)?;
    let mut sample_rate = read_rate(&mut bits)?;
    let mut channels = channel_count(bits.bits(4)?);
    let signaled = object_type;
    if matches!(object_type, 5 | 29) {
        sample_rate = read_rate(&mut bits)?;
        object_type = read_object_type(&mut bits)?;
        if signaled == 29 && channels == 1 {
            channels = 2;
        }
        return (object_type > 0).then_some(AudioConfig { object_type: signaled, sample_rate, channels });
    }
    if let Some((rate, parametric)) = read_sync_extension(bits) {
        object_type = 5;
        sample_rate = rate;
        if parametric && channels == 1 {
            (object_type, channels) = (29, 2);
        }
    }
    Some(AudioConfig { object_type, sample_rate, channels })
}

/// Codec of a track with this configuration.
pub(crate) fn from_config(config: &[u8]) -> Codec {
    let webcodecs = parse(config).map(|parsed| format!("mp4a.40.{}", parsed.object_type));
    Codec { name: "aac".into(), webcodecs, description: Some(config.to_vec()) }
}

/// A two-byte configuration for plain AAC.
pub(crate) fn build(object_type: u8, rate_index: u8, channel_config: u8) -> Vec<u8> {
    vec![object_type << 3 | rate_index >> 1, (rate_index & 1) << 7 | channel_config << 3]
}

pub(crate) fn channel_count(config: u32) -> u32 {
    match config {
        7 | 12 | 14 => 8,
        11 => 7,
        0..=6 => config,
        _ => 0,
    }
}

fn read_object_type(bits: &mut Bits<'_>) -> Option<u32> {
    match bits.bits(5)? {
        31 => Some(32 + bits.bits(6)?),
        object_type => Some(object_type),
    }
}

fn read_rate(bits: &mut Bits<'_>) -> Option<u32> {
    let rate = match bits.bits(4)? {
        15 => bits.bits(24)?,
        index => *RATES.get(index as usize)?,
    };
    (1..=768_000).contains(&rate).then_some(rate)
}

/// Backward-compatible SBR and PS: the sync words 0x2B7 and 0x548 behind the core's configuration.
fn read_sync_extension(from: Bits<'_>) -> Option<(u32, bool)> {
    let mut window = from;
    loop {
        let mut bits = window;
        if bits.bits(11)? == 0x2B7 && read_object_type(&mut bits) == Some(5) && bits.bit() == Some(true) {
            let rate = read_rate(&mut bits)?;
            let parametric = bits.bits(11) == Some(0x548) && bits.bit() == Some(true);
            return Some((rate, parametric));
        }
        window.bit()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configurations_are_read_in_every_form_of_signalling() {
        let check = |config: &[u8], object_type: u32, sample_rate: u32, channels: u32| {
            assert_eq!(
                parse(config),
                Some(AudioConfig { object_type, sample_rate, channels }),
                "{config:02x?}"
            );
        };
        check(&[0x11, 0x90], 2, 48_000, 2);
        check(&[0x12, 0x08], 2, 44_100, 1);
        check(&[0x13, 0x90, 0x56, 0xE5, 0xA5, 0x48, 0x80], 5, 44_100, 2);
        check(&[0x2B, 0x92, 0x08, 0x00], 5, 44_100, 2);
        check(&[0x11, 0xB0], 2, 48_000, 6);
        assert_eq!(parse(&[0x17]), None);
        assert_eq!(parse(&[]), None);
    }

    #[test]
    fn a_built_configuration_reads_back() {
        let parsed = parse(&build(2, 7, 2));
        assert_eq!(parsed, Some(AudioConfig { object_type: 2, sample_rate: 22_050, channels: 2 }));
    }
}
