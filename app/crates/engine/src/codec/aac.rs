//! AAC-LC encoding in pieces. The encoder crate codes a whole stream at once; coded in overlapping pieces, of which only
//! the middle packets are kept, it needs the memory of a piece and gives the same packets.

use rusty_aac::encode::{AacEncoder, AacEncoderConfig, audio_specific_config_bytes};

/// Samples a channel that one packet stands for.
pub const PACKET_SAMPLES: usize = 1024;
/// Samples that decoding gives before the first real one: an edit list hides them.
pub const PRIMING_SAMPLES: u32 = 1024;
pub const SAMPLE_RATE: u32 = 48_000;
pub const CHANNELS: usize = 2;

/// Packets coded before the kept ones so that windows and transients are decided as in the whole stream.
const LEAD: usize = 4;
/// Packets coded after the kept ones for the same reason.
const TAIL: usize = 3;
/// Packets kept of each piece: about two seconds.
const PIECE: usize = 96;

pub struct AacPieces {
    bitrate_bps: u32,
    /// Interleaved samples from packet `first` on, [sample × channel].
    pending: Vec<f32>,
    /// Packets of `pending` that are there only as the lead.
    lead: usize,
}

/// The `AudioSpecificConfig` of what [`AacPieces`] puts out.
pub fn audio_specific_config() -> Vec<u8> {
    audio_specific_config_bytes(SAMPLE_RATE, CHANNELS as u16)
}

impl AacPieces {
    /// With so many bits a second, both channels together.
    pub const fn new(bitrate_bps: u32) -> Self {
        Self { bitrate_bps, pending: Vec::new(), lead: 0 }
    }

    /// Takes interleaved stereo, gives the packets that are finished.
    ///
    /// # Errors
    /// What the encoder refuses (it refuses nothing of this rate and channel count).
    pub fn push(&mut self, samples: &[f32]) -> Result<Vec<Vec<u8>>, rusty_aac::Error> {
        self.pending.extend_from_slice(samples);
        let mut packets = Vec::new();
        loop {
            let wanted = (self.lead + PIECE + TAIL) * PACKET_SAMPLES * CHANNELS;
            let Some(piece) = self.pending.get(..wanted) else { return Ok(packets) };
            packets.extend(encode(piece, self.bitrate_bps)?.into_iter().skip(self.lead).take(PIECE));
            self.pending.drain(..(self.lead + PIECE - LEAD) * PACKET_SAMPLES * CHANNELS);
            self.lead = LEAD;
        }
    }

    /// The rest of the stream.
    ///
    /// # Errors
    /// As [`AacPieces::push`].
    pub fn finish(self) -> Result<Vec<Vec<u8>>, rusty_aac::Error> {
        if self.pending.is_empty() {
            return Ok(Vec::new());
        }
        Ok(encode(&self.pending, self.bitrate_bps)?.into_iter().skip(self.lead).collect())
    }
}

fn encode(samples: &[f32], bitrate_bps: u32) -> Result<Vec<Vec<u8>>, rusty_aac::Error> {
    let config = AacEncoderConfig { bitrate_bps, ..AacEncoderConfig::default() };
    let mut encoder = AacEncoder::new(config);
    encoder.push_pcm(samples, CHANNELS as u16, SAMPLE_RATE)?;
    encoder.finish();
    let mut packets = Vec::new();
    while let Ok(packet) = encoder.next_packet() {
        packets.push(packet.data);
    }
    Ok(packets)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BITRATE_BPS: u32 = 160_000;

    /// A tone with clicks, so that long and short windows both occur.
    fn music(samples: usize) -> Vec<f32> {
        let mut noise = 1_u32;
        (0..samples)
            .flat_map(|n| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let click = if n % 7_001 < 60 { (noise >> 8) as f32 / 16_777_216.0 - 0.5 } else { 0.0 };
                let tone = (n as f32 * 0.031).sin() * 0.3;
                [tone + click, tone - click]
            })
            .collect()
    }

    fn check(samples: usize, block: usize) {
        let input = music(samples);
        let mut pieces = AacPieces::new(BITRATE_BPS);
        let mut packets: Vec<Vec<u8>> =
            input.chunks(block * CHANNELS).flat_map(|chunk| pieces.push(chunk).unwrap()).collect();
        packets.extend(pieces.finish().unwrap());
        let whole = encode(&input, BITRATE_BPS).unwrap();
        assert_eq!(packets.len(), whole.len(), "{samples} samples in blocks of {block}");
        let different = packets.iter().zip(&whole).filter(|(a, b)| a != b).count();
        assert_eq!(different, 0, "{samples} samples in blocks of {block}");
    }

    #[test]
    fn pieces_give_the_packets_of_the_whole_stream() {
        check(1_000, 1_000);
        check(PACKET_SAMPLES * 150 + 77, 4_800);
        check(PACKET_SAMPLES * 330, 24_000);
    }

    #[test]
    fn no_sound_gives_no_packet() {
        assert!(AacPieces::new(BITRATE_BPS).finish().unwrap().is_empty());
    }
}
