//! What the readers of all containers have in common, and which readers there are. Which of them takes a file on is `sniff`'s to
//! say; how it reads is its own.

use crate::error::Result;
use crate::facts::{Facts, Packet, TrackId};
use crate::time::Instant;

/// The reader that takes a file on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    IsoMedia,
    Matroska,
    Riff,
    Aiff,
    Caf,
    Flac,
    Ogg,
    MpegAudio,
    Adts,
}

/// What every container reader offers. Tracks have independent positions.
pub(crate) trait Reader {
    fn facts(&self) -> &Facts;

    /// Moves to the packet from which the one shown at `at` can be decoded; returns when that packet is shown.
    fn seek(&mut self, track: TrackId, at: Instant) -> Result<Instant>;

    /// The next packet in decode order; `None` at the end.
    fn next_packet(&mut self, track: TrackId) -> Result<Option<Packet>>;
}
