//! A medium's sound, decoded natively and in pure Rust: packets to samples, and a track's blocks on the presentation timeline. The page
//! has the browser's decoders instead.

mod codecs;
mod track_sound;

pub use codecs::{AudioDecoder, Sound};
pub use track_sound::TrackSound;

use crate::error::{Error, Result};
use crate::facts::{Facts, Track};

/// The first sound track that can be decoded.
///
/// # Errors
/// If there is no sound, or its codec is not read here.
pub fn first_decodable(facts: &Facts) -> Result<&Track> {
    let tracks = facts.audio_tracks();
    let readable = tracks.iter().find(|track| AudioDecoder::new(track).is_ok()).copied();
    let track = readable.or(tracks.first().copied()).ok_or(Error::NoSoundTrack)?;
    AudioDecoder::new(track).map(|_| track)
}
