//! Sound in blocks of one fixed size: PCM, and the simple compressions that keep a block's length.
//! Position is arithmetic, so every seek is exact to a packet.

use super::{ONLY_TRACK, single_track};
use crate::error::{Error, Result};
use crate::facts::{AudioFacts, Codec, Container, Facts, Packet, TrackId};
use crate::reader::Reader;
use crate::source::{ByteSource as _, CachedSource};
use crate::time::{Instant, Ticks, Timescale};

/// Frames (one sample of every channel) in a packet, about.
const PACKET_FRAMES: u64 = 4096;

/// Blocks in a packet.
pub(super) fn packet_blocks(block_frames: u64) -> u64 {
    (PACKET_FRAMES / block_frames.max(1)).max(1)
}

/// How a data region is cut up.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub container: Container,
    pub codec: Codec,
    pub sample_rate: u32,
    pub channels: u32,
    pub data_start: u64,
    /// May reach behind the end of the file: what is missing is left out.
    pub data_bytes: u64,
    pub block_bytes: u64,
    pub block_frames: u64,
}

pub(super) struct BlockReader {
    source: CachedSource,
    facts: Facts,
    rate: Timescale,
    data_start: u64,
    blocks: u64,
    block_bytes: u64,
    block_frames: u64,
    packet_blocks: u64,
    /// The next block to deliver.
    at: u64,
}

impl BlockReader {
    pub fn open(source: CachedSource, layout: Layout) -> Result<Self> {
        let container = layout.container;
        let rate = Timescale::new(layout.sample_rate).filter(|rate| rate.get() <= 3_000_000);
        let (Some(rate), 1..=256) = (rate, layout.channels) else {
            return Err(Error::ImpossibleSound {
                container,
                channels: layout.channels,
                sample_rate: layout.sample_rate,
            });
        };
        if layout.block_bytes == 0 || layout.block_frames == 0 {
            return Err(Error::ImpossibleSampleSize { container });
        }
        let there = source.len().saturating_sub(layout.data_start).min(layout.data_bytes);
        let blocks = there / layout.block_bytes;
        if blocks == 0 {
            return Err(Error::SoundMissing { container });
        }
        let packet_blocks = packet_blocks(layout.block_frames);
        let frames = i64::try_from(blocks.saturating_mul(layout.block_frames)).unwrap_or(i64::MAX);
        let audio = AudioFacts { sample_rate: layout.sample_rate, channels: layout.channels };
        let duration = rate.span(Ticks(frames));
        let facts =
            single_track(layout.container, layout.codec, audio, duration, blocks.div_ceil(packet_blocks));
        Ok(Self {
            source,
            facts,
            rate,
            data_start: layout.data_start,
            blocks,
            block_bytes: layout.block_bytes,
            block_frames: layout.block_frames,
            packet_blocks,
            at: 0,
        })
    }

    fn shown(&self, block: u64) -> Instant {
        self.rate.instant(Ticks(i64::try_from(block * self.block_frames).unwrap_or(i64::MAX)))
    }
}

impl Reader for BlockReader {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn seek(&mut self, _track: TrackId, at: Instant) -> Result<Instant> {
        let frame = self.rate.ticks(at.since_zero()).0.max(0) as u64;
        let packet = frame / self.block_frames / self.packet_blocks;
        let last = self.blocks.saturating_sub(1) / self.packet_blocks;
        self.at = packet.min(last) * self.packet_blocks;
        Ok(self.shown(self.at))
    }

    fn next_packet(&mut self, _track: TrackId) -> Result<Option<Packet>> {
        let count = self.packet_blocks.min(self.blocks - self.at);
        if count == 0 {
            return Ok(None);
        }
        let bytes =
            self.source.read_vec(self.data_start + self.at * self.block_bytes, count * self.block_bytes)?;
        let Some(data) = bytes else { return Ok(None) };
        let pts = self.shown(self.at);
        self.at += count;
        let duration = self.shown(self.at) - pts;
        Ok(Some(Packet::new(ONLY_TRACK, pts, duration, true, data)))
    }
}
