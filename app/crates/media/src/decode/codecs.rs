//! One decoder type over several libraries: rusty_aac for AAC with SBR, ropus for Opus, symphonia for MP3,
//! FLAC, Vorbis, ALAC and ADPCM, and this crate's own PCM. Packets in, interleaved samples out.

use std::panic::AssertUnwindSafe;

use ropus::OpusMSDecoder;
use symphonia::core::audio::{Channels, layouts};
use symphonia::core::codecs::audio::well_known::{
    CODEC_ID_ADPCM_IMA_WAV, CODEC_ID_ADPCM_MS, CODEC_ID_ALAC, CODEC_ID_FLAC, CODEC_ID_MP1, CODEC_ID_MP2,
    CODEC_ID_MP3, CODEC_ID_VORBIS,
};
use symphonia::core::codecs::audio::{AudioCodecId, AudioCodecParameters, AudioDecoderOptions};
use symphonia::core::packet::PacketRef;
use symphonia::core::units::{Duration, Timestamp};

use crate::error::{Error, Result};
use crate::facts::{Packet, Track};
use crate::pcm::PcmFormat;
use crate::time::Timescale;

/// The form of decoded samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sound {
    pub sample_rate: u32,
    pub channels: u32,
}

/// Decodes one track's packets in order.
pub struct AudioDecoder {
    inner: Inner,
}

enum Inner {
    Pcm(PcmFormat, Sound),
    Aac(Box<rusty_aac::AacDecoder>),
    Opus {
        decoder: Box<OpusMSDecoder>,
        channels: u32,
        scratch: Vec<i16>,
    },
    Symphonia {
        decoder: Box<dyn symphonia::core::codecs::audio::AudioDecoder>,
        scratch: Vec<f32>,
        block_frames: u64,
    },
}

const OPUS_RATE: u32 = 48_000;
/// Samples per channel in the longest Opus packet, 120 ms.
const OPUS_MOST: usize = 5760;

impl AudioDecoder {
    /// # Errors
    /// If the codec is not read here, or its header makes no sense.
    pub fn new(track: &Track) -> Result<Self> {
        let codec = &track.codec;
        let audio = track.audio.as_ref();
        let sound = Sound {
            sample_rate: audio.map_or(0, |audio| audio.sample_rate),
            channels: audio.map_or(0, |audio| audio.channels),
        };
        let header = codec.description.as_deref();
        let refused = || Error::Undecodable { codec: codec.name.clone() };
        if let Some(format) = PcmFormat::from_codec_name(&codec.name) {
            return Ok(Self { inner: Inner::Pcm(format, sound) });
        }
        let id = match codec.name.as_str() {
            "aac" => {
                let header = header.ok_or_else(refused)?;
                let decoder = rusty_aac::AacDecoder::with_config_bytes(header).map_err(|_| refused())?;
                return Ok(Self { inner: Inner::Aac(Box::new(decoder)) });
            }
            "opus" => return opus(header, sound.channels).map(|inner| Self { inner }).ok_or_else(refused),
            "mp3" => CODEC_ID_MP3,
            "mp2" => CODEC_ID_MP2,
            "mp1" => CODEC_ID_MP1,
            "flac" => CODEC_ID_FLAC,
            "vorbis" => CODEC_ID_VORBIS,
            "alac" => CODEC_ID_ALAC,
            "adpcm_ima_wav" => CODEC_ID_ADPCM_IMA_WAV,
            "adpcm_ms" => CODEC_ID_ADPCM_MS,
            _ => return Err(refused()),
        };
        symphonia_decoder(id, header, sound, track).map(|inner| Self { inner }).ok_or_else(refused)
    }

    /// Appends the packet's samples to `out`, interleaved.
    ///
    /// # Errors
    /// If the packet is damaged; the next one may still be decoded.
    pub fn decode(&mut self, packet: &Packet, out: &mut Vec<f32>) -> Result<Sound> {
        let before = out.len();
        // Damaged packets make some of these libraries panic (symphonia's FLAC on an overflow, where overflows are
        // checked). What they leave behind is state that the next packet overwrites.
        let guarded = AssertUnwindSafe(|| self.decode_unguarded(packet, out));
        let result = std::panic::catch_unwind(guarded).unwrap_or(Err(Error::DamagedSound { at: packet.pts }));
        if result.is_err() {
            out.truncate(before);
        }
        result
    }

    fn decode_unguarded(&mut self, packet: &Packet, out: &mut Vec<f32>) -> Result<Sound> {
        let damaged = || Error::DamagedSound { at: packet.pts };
        match &mut self.inner {
            Inner::Pcm(format, sound) => {
                format.decode_into(&packet.data, out);
                Ok(*sound)
            }
            Inner::Aac(decoder) => {
                let decoded = decoder.decode(&packet.data, None).map_err(|_| damaged())?;
                out.extend_from_slice(&decoded.samples);
                Ok(Sound { sample_rate: decoded.sample_rate, channels: decoded.channels.into() })
            }
            Inner::Opus { decoder, channels, scratch } => {
                let length = i32::try_from(packet.data.len()).map_err(|_| damaged())?;
                let most = OPUS_MOST as i32;
                let frames = decoder
                    .decode(Some(&packet.data), length, scratch, most, false)
                    .map_err(|_| damaged())?;
                let samples =
                    scratch.get(..frames.max(0) as usize * *channels as usize).ok_or_else(damaged)?;
                out.extend(samples.iter().map(|&sample| f32::from(sample) / 32_768.0));
                Ok(Sound { sample_rate: OPUS_RATE, channels: *channels })
            }
            Inner::Symphonia { decoder, scratch, block_frames } => {
                // Only ADPCM looks at the length, to know how many blocks there are.
                let rate = Timescale::new(decoder.codec_params().sample_rate.unwrap_or(0));
                let frames = rate.map_or(0, |rate| packet.duration.samples(rate));
                let blocks = (frames + *block_frames / 2) / *block_frames;
                let length = Duration::from(blocks * *block_frames);
                let packet = PacketRef::new(0, Timestamp::default(), length, &packet.data);
                let decoded = decoder.decode_ref(&packet).map_err(|_| damaged())?;
                let spec = decoded.spec();
                let sound = Sound { sample_rate: spec.rate(), channels: spec.channels().count() as u32 };
                decoded.copy_to_vec_interleaved(scratch);
                out.append(scratch);
                Ok(sound)
            }
        }
    }
}

/// One or two channels have one stream; more are mapped as the header's table says (RFC 7845 §5.1.1).
fn opus(header: Option<&[u8]>, channels: u32) -> Option<Inner> {
    let table = header.and_then(|header| header.get(18..)).unwrap_or_default();
    let (channels, streams, coupled, mapping) = match table {
        [family, streams, coupled, mapping @ ..] if *family > 0 => {
            (channels, i32::from(*streams), i32::from(*coupled), mapping.get(..channels as usize)?)
        }
        _ if channels == 1 => (1, 1, 0, [0].as_slice()),
        _ => (2, 1, 1, [0, 1].as_slice()),
    };
    let decoder = OpusMSDecoder::new(OPUS_RATE as i32, channels as i32, streams, coupled, mapping).ok()?;
    Some(Inner::Opus {
        decoder: Box::new(decoder),
        channels,
        scratch: vec![0; OPUS_MOST * channels as usize],
    })
}

fn symphonia_decoder(id: AudioCodecId, header: Option<&[u8]>, sound: Sound, track: &Track) -> Option<Inner> {
    let mut parameters = AudioCodecParameters::new();
    parameters.for_codec(id).with_sample_rate(sound.sample_rate).with_channels(match sound.channels {
        1 => layouts::CHANNEL_LAYOUT_MONO,
        2 => layouts::CHANNEL_LAYOUT_STEREO,
        count => Channels::Discrete(u16::try_from(count).ok()?),
    });
    let header = match id {
        // The native header's marker and block header stand before STREAMINFO.
        CODEC_ID_FLAC => Some(header?.get(8..42)?),
        _ => header,
    };
    if let Some(header) = header {
        parameters.with_extra_data(header.into());
    }
    let mut block_frames = 1;
    if matches!(id, CODEC_ID_ADPCM_IMA_WAV | CODEC_ID_ADPCM_MS) {
        let frames = crate::codec::adpcm_block_frames(&track.codec)?;
        parameters.with_max_frames_per_packet(frames.packet).with_frames_per_block(frames.block);
        block_frames = frames.block.max(1);
    }
    let decoder = symphonia::default::get_codecs()
        .make_audio_decoder(&parameters, &AudioDecoderOptions::default())
        .ok()?;
    Some(Inner::Symphonia { decoder, scratch: Vec::new(), block_frames })
}
