//! Readers for sound files: WAV, AIFF and CAF with fixed blocks, MP3 and ADTS with framed data, FLAC, Ogg.
//! Own code rather than a library: symphonia's readers ask for a source that may cross threads, which a browser's
//! file may not.

mod adts;
mod aiff;
mod blocks;
mod caf;
mod detect;
mod flac;
mod flac_joined;
mod framed;
mod framing;
mod joined;
mod mpeg;
mod ogg;
mod ogg_page;
mod ogg_stream;
mod riff;

use crate::facts::{AudioFacts, Codec, Container, Facts, Track, TrackId, TrackKind};
use crate::time::{Instant, Span};

pub(crate) use adts::open as open_adts;
pub(crate) use aiff::open as open_aiff;
pub(crate) use caf::open as open_caf;
pub(crate) use detect::{frames_behind, look_for_frames};
pub(crate) use flac_joined::open as open_flac;
pub(crate) use mpeg::open as open_mpeg;
pub(crate) use ogg::OggReader;
pub(crate) use riff::open as open_riff;

/// The only track of a plain sound file.
const ONLY_TRACK: TrackId = TrackId(1);

/// Facts of a file with one sound track that begins at zero.
fn single_track(
    container: Container,
    codec: Codec,
    audio: AudioFacts,
    duration: Span,
    sample_count: u64,
) -> Facts {
    let track = Track {
        id: ONLY_TRACK,
        kind: TrackKind::Audio,
        codec,
        start: Instant::ZERO,
        duration,
        sample_count,
        language: None,
        is_default: true,
        video: None,
        audio: Some(audio),
        more: Vec::new(),
    };
    Facts { container, duration, tracks: vec![track] }
}
