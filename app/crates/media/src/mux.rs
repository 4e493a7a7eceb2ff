//! Writing files: what a muxer is, whatever the container, and what is told it. Takes finished packets; knows neither encoder nor
//! file system.

mod boxes;
mod chunks;
mod mp4;
mod track;

use std::io;

pub use crate::codec::avc::record_of_parameter_sets;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::facts::Color;
use crate::time::{FrameRate, Instant, Span};

/// Where the file goes: random access, because the index is written in front of the data once it is known.
pub trait RandomWrite {
    /// Writes all of `bytes`; offsets behind the end extend the file.
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Reads back what was written; needed only when the index outgrows the room kept for it.
    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize>;
}

impl<W: RandomWrite + ?Sized> RandomWrite for &mut W {
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        (**self).write_at(offset, bytes)
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        (**self).read_at(offset, buf)
    }
}

impl RandomWrite for Vec<u8> {
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let from = usize::try_from(offset).map_err(|_| io::ErrorKind::InvalidInput)?;
        let end = from.checked_add(bytes.len()).ok_or(io::ErrorKind::InvalidInput)?;
        if self.len() < end {
            self.resize(end, 0);
        }
        self[from..end].copy_from_slice(bytes);
        Ok(())
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        crate::source::ByteSource::read_at(self, offset, buf)
    }
}

#[cfg(not(target_family = "wasm"))]
impl RandomWrite for std::fs::File {
    fn write_at(&mut self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        use std::io::{Seek as _, Write as _};
        self.seek(io::SeekFrom::Start(offset))?;
        self.write_all(bytes)
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        crate::source::ByteSource::read_at(self, offset, buf)
    }
}

/// The outer formats that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutputContainer {
    #[default]
    Mp4,
}

/// The codecs of pictures that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VideoCodec {
    #[default]
    H264,
}

/// The codecs of sound that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AudioCodec {
    #[default]
    Aac,
}

/// The picture track to write.
#[derive(Debug, Clone, PartialEq)]
pub struct VideoOut {
    pub width: u32,
    pub height: u32,
    pub frame_rate: FrameRate,
    pub codec: VideoCodec,
    /// The decoder configuration record; of H.264, `avcC`. May be empty until [`Muxer::set_video_config`], as encoders deliver
    /// it with their first packet.
    pub config: Vec<u8>,
    /// Written as `colr`/`nclx`; [`Color::BT709`] for what Incut encodes.
    pub color: Color,
}

/// The sound track to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AudioOut {
    pub sample_rate: u32,
    pub channels: u32,
    pub codec: AudioCodec,
    /// The decoder configuration; of AAC, the AudioSpecificConfig.
    pub config: Vec<u8>,
    /// Samples of encoder delay at the start, hidden by an edit list.
    pub priming_samples: u32,
}

/// What is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Movie {
    pub video: Option<VideoOut>,
    pub audio: Option<AudioOut>,
    /// How long it will be. Room for the index is kept by it, and sound that an encoder padded is hidden behind it.
    /// Zero if unknown.
    pub expected: Span,
}

/// One file that is being written. Packets of a track come in the order in which they are decoded; those of two tracks may come
/// as they like, and lie interleaved in the file.
pub trait Muxer {
    /// Gives the decoder configuration record that came with the encoder's first packet.
    fn set_video_config(&mut self, config: Vec<u8>);

    /// Adds one picture; `pts` counts from the start of the clip.
    ///
    /// # Errors
    /// If no picture track was asked for, the times contradict those before, or the target fails.
    fn write_video(
        &mut self,
        data: &[u8],
        pts: Instant,
        dts: Instant,
        duration: Span,
        is_key: bool,
    ) -> Result<()>;

    /// Adds one coded block of `samples` samples per channel.
    ///
    /// # Errors
    /// If no sound track was asked for, or the target fails.
    fn write_audio(&mut self, data: &[u8], samples: u32) -> Result<()>;

    /// Writes what is left and makes the file whole; returns its length.
    ///
    /// # Errors
    /// If nothing was added, a track has no configuration, or the target fails.
    fn finish(self: Box<Self>) -> Result<u64>;
}

/// Begins a file.
///
/// # Errors
/// If neither track is asked for, a size or a rate is zero, or the target fails.
pub fn muxer(container: OutputContainer, out: Box<dyn RandomWrite>, movie: Movie) -> Result<Box<dyn Muxer>> {
    match container {
        OutputContainer::Mp4 => Ok(Box::new(mp4::Mp4Muxer::new(out, movie)?)),
    }
}
