//! Facts as the command line prints them: one JSON object, times in seconds. The form is fixed by `docs/CLI.md`.
//! Finds nothing out itself.

use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::facts::{Facts, Track, TrackKind};
use crate::source::ByteSource;

/// Opens a medium for its facts alone.
pub fn probe(source: Box<dyn ByteSource>) -> Result<Facts> {
    crate::open(source).map(|demuxer| demuxer.facts().clone())
}

/// `{container, duration_s, tracks: [{id, kind, codec, width, height, rotation, flip, frame_rate, sample_count,
/// sample_rate, channels, language}]}`; what a track does not have is `null`.
pub fn facts_json(facts: &Facts) -> Value {
    json!({
        "container": facts.container.name(),
        "duration_s": facts.duration.seconds(),
        "tracks": facts.tracks.iter().map(track_json).collect::<Vec<_>>(),
    })
}

/// `{error: {class, message}}`, with the words for it.
pub fn error_json(error: &Error, message: &str) -> Value {
    json!({ "error": { "class": error.class().name(), "message": message } })
}

fn track_json(track: &Track) -> Value {
    let kind = match track.kind {
        TrackKind::Video => "video",
        TrackKind::Audio => "audio",
        TrackKind::Other => "other",
    };
    let video = track.video.as_ref();
    let audio = track.audio.as_ref();
    json!({
        "id": track.id.0,
        "kind": kind,
        "codec": track.codec.name,
        "width": video.map(|video| video.width),
        "height": video.map(|video| video.height),
        "rotation": video.map(|video| video.orientation.rotation()),
        "flip": video.map(|video| video.orientation.is_flipped()),
        "frame_rate": video.and_then(|video| video.frame_rate),
        "sample_count": track.sample_count,
        "sample_rate": audio.map(|audio| audio.sample_rate),
        "channels": audio.map(|audio| audio.channels),
        "language": track.language,
    })
}
