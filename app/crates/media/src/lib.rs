//! Bytes to packets and back: containers, time, PCM. Reads MP4/MOV, WebM/MKV and the common sound files through a
//! [`source::ByteSource`], never whole; writes MP4. Pure: no browser, no clock, no network, and no trust in its input.

mod bytes;
mod codec;
mod color;
mod cover;
mod demux;
mod error;
mod foreign;
mod matroska;
mod mp4;
mod orientation;
mod placing;
mod reader;
mod sniff;
mod sound;
mod stretches;

#[cfg(feature = "decode")]
pub mod decode;
pub mod facts;
pub mod mux;
pub mod pcm;
pub mod probe;
pub mod source;
pub mod time;

pub use demux::{Demuxer, open};
pub use error::{Class, Error, IoKind, Medium, MuxFault, Result, WavCoding};
pub use facts::{
    AudioFacts, Codec, Color, Container, Description, Facts, Orientation, Packet, Shown, Track, TrackId,
    TrackKind, VideoFacts,
};
pub use foreign::Foreign;
pub use placing::{PlacedSound, Placer};
pub use source::ByteSource;
pub use stretches::{Fed, Stretches};
pub use time::{FrameIndex, FrameRate, Instant, Span, Ticks, Timescale};
